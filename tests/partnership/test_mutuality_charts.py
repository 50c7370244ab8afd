"""The charts of mutuality and of types: what stands where, what is joined and outlined, and that they can be read."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

import pytest

import toc
from partnership.test_mutuality import rated, theory
from partnership.test_partnership_charts import WORLD, is_legible, marks, words
from partnership.test_profile import YORK_SAYS
from partnership.test_profile import theory as on_footing
from toc.charts import chart_pictures

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

from test_charts import by_role, collisions, groups, offsets, points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RGS = toc.example("rgs-newcastle")
LEVELS = ("low", "medium", "high")
ANSWERED, OPEN = "one-sided, answered by what it is joined to", "one-sided, and nothing that is named comes back"


def programme(count: int, titles: tuple[str, ...] = WORLD) -> toc.TheoryOfChange:
    """So many activities with all kinds of ratings, each fourth of which is to answer the one before."""
    activities = {
        f"a{place}": rated(LEVELS[place % 3], LEVELS[place // 3 % 3] if place % 7 != 6 else None)
        | {"title": f"{titles[place % len(titles)]} {place}", "partners": ["primary", "college"][place % 2 :]}
        | ({"reciprocates": [f"a{place - 1}"]} if place % 4 == 3 else {})
        for place in range(count)
    }
    return theory(activities)


def kinds(ax: Axes) -> dict[str, set[tuple[int, int]]]:
    """The cells of the points by what the legend says of them: external, then internal."""
    return {str(group.get_label()): {(int(x), int(y)) for x, y in offsets(group)} for group in groups(ax)}


def answers(ax: Axes) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == "answers"]


def test_each_activity_stands_in_the_cell_of_its_ratings() -> None:
    ax = RGS.plot_mutuality()
    assert kinds(ax) == {"high on both sides": {(2, 2)}, ANSWERED: {(0, 2), (2, 0)}}
    assert ax.get_xlabel() == "External: how much it changes for the others"
    assert ax.get_ylabel() == "Internal: how much it changes for “Royal Grammar School Newcastle”"
    assert sorted(by_role(ax, "label")) == ["coding-clubs", "reading-volunteers", "zones-visits"]


def test_the_sweet_spot_is_outlined_and_named() -> None:
    ax = RGS.plot_mutuality()
    (outline,) = [patch for patch in ax.patches if patch.get_gid() == "sweet-spot"]
    assert outline.get_bbox().bounds == (2, 2, 1, 1)  # type: ignore[attr-defined]
    assert any(text.get_text() == "Sweet spot" and text.get_position()[0] > 2 for text in ax.texts)


def test_what_answers_is_joined_by_one_line_from_point_to_point() -> None:
    ax = RGS.plot_mutuality()
    (line,) = answers(ax)
    ends = {(round(x, 6), round(y, 6)) for x, y in line.get_xydata()}
    (found,) = [group for group in groups(ax) if group.get_label() == ANSWERED]
    assert ends == {(round(x, 6), round(y, 6)) for x, y in offsets(found)}


def test_what_nothing_answers_has_another_shape_and_no_line() -> None:
    ax = theory({"clubs": rated("low", "high"), "visits": rated("low", "medium")}).plot_mutuality()
    assert kinds(ax) == {OPEN: {(2, 0)}, "neither of these": {(1, 0)}}
    assert answers(ax) == []


def test_what_is_not_rated_on_both_sides_is_listed_beneath() -> None:
    notes = [" ".join(text.get_text().split()) for text in RGS.plot_mutuality().texts if text.get_gid() == "note"]
    assert notes[0] == "Rated for one side only: Partnership teachers in maths and physics (external high)"
    assert notes[1].startswith("Not rated: Training maths and physics teachers (SCITT) · Webinars")
    assert notes[2] == "These are ratings by whoever wrote the file: they do not show that both sides gained."


def test_an_answer_without_a_place_on_the_chart_is_named() -> None:
    ax = theory({"clubs": rated("low", "high"), "visits": {"reciprocates": "clubs"}}).plot_mutuality()
    assert answers(ax) == []
    assert any(text.get_text() == "Answered by what is not on the chart: Clubs by Visits" for text in ax.texts)


@pytest.mark.filterwarnings("ignore:no typeface here has")  # of a machine without them
@pytest.mark.parametrize("count", [1, 13, 90])
def test_the_chart_can_be_read_at_any_size_in_any_script(count: int) -> None:
    ax = programme(count).plot_mutuality()
    assert collisions(ax) == []
    assert len(points(ax)) == sum(one.is_rated for one in programme(count).mutuality().activities)


def test_many_activities_in_one_cell_are_numbers_with_a_list_beside() -> None:
    ax = theory({f"a{place}": rated("high", "high") for place in range(90)}).plot_mutuality()
    assert sorted(int(text.get_text()) for text in by_role(ax, "label").values()) == [*range(1, 91)]
    assert len(by_role(ax, "key")) == 90
    assert collisions(ax) == []


@pytest.mark.filterwarnings("ignore:no typeface here has")
def test_a_home_with_a_long_name_and_none_at_all_are_named() -> None:
    long = theory({"a": rated("high", "high")}).evolve(partners={"home": WORLD[1] * 3, "primary": "P", "college": "C"})
    assert collisions(long.plot_mutuality()) == []
    assert theory({"a": rated("high", "high")}, partnership={}).plot_mutuality().get_ylabel().endswith("for our side")


def test_a_partnership_that_rates_nothing_is_referred_to_its_matrix() -> None:
    equals = theory({"play": {"exchange": {"home": {"gives": "venue"}}}})
    with pytest.raises(toc.DrawingError, match="rate `impact`, or see the matrix"):
        equals.plot_mutuality()


def test_each_dimension_has_a_square_for_each_type_that_it_fits() -> None:
    ax, profile = RGS.plot_types(), RGS.partnership_profile()
    assert words(ax, "head") == ["1 connection", "2 collaboration", "3 alliance", "4 integration"]
    fits = {(number - 1, row) for row, one in enumerate(profile.dimensions) for number in one.types}
    assert marks(ax, "fits all that is stated") == fits
    names = words(ax, "name")
    assert names[0] == "Aim: broad"
    assert names[3] == "Funding: outside (yes)"
    assert names[6] == "Trust: not said"


def test_the_named_type_is_outlined_and_a_declared_one_with_dashes() -> None:
    ax = on_footing({**YORK_SAYS, "type": 1, "agreement": "none"}, schools=13).plot_types()
    found = {str(patch.get_gid()): patch for patch in ax.patches}
    assert {role: round(patch.get_bbox().x0 + 0.43) for role, patch in found.items()} == {"type": 2, "declared": 0}  # type: ignore[attr-defined]
    assert (found["type"].get_linestyle(), found["declared"].get_linestyle()) == ("solid", "dashed")
    assert marks(ax, "fits some of it: mixed") == {(0, 5), (2, 5), (3, 5)}


@pytest.mark.parametrize(
    "facts", [{}, {**YORK_SAYS, "type": 4, "funding": {"level": "some", "paid_by": "all", "outside": True}}]
)
def test_the_chart_of_types_can_be_read(facts: dict[str, Any]) -> None:
    assert is_legible(on_footing(facts, 13, 2).evolve(title=WORLD[1] * 2).plot_types())


def test_the_figures_say_in_words_what_they_show() -> None:
    told = str(RGS.plot_mutuality().figure.figure.get_label())
    assert told.startswith("Who gives and who gains: RGS Newcastle school partnerships. 3 of 13 activities are rated")
    told = str(RGS.plot_types().figure.figure.get_label())
    assert "Structure: governance (informal), fits type 2. Trust: not said." in told


def test_axes_that_are_handed_over_are_drawn_into_and_their_figure_is_left_alone() -> None:
    figure = Figure(figsize=(16, 9))
    left, right = figure.subplots(1, 2)
    assert RGS.plot_mutuality(left) is left
    assert RGS.plot_types(ax=right) is right
    assert collisions(left) == []
    assert (figure.get_label(), figure.texts) == ("", [])


@pytest.mark.parametrize("chart", ["mutuality", "types"])
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_chart_is_the_same_bytes_each_time(chart: str, ending: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = (chart_pictures(RGS, ending, chart=chart, progress=RGS.progress) for _ in range(2))
    assert first == second


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for plot in (RGS.plot_mutuality, RGS.plot_types):
        with pytest.raises(toc.MissingExtraError, match=r"pip install 'theory-of-change\[plot\]'"):
            plot()
