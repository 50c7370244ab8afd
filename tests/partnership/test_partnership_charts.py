"""The charts of evidence and benefits: what stands on their axes, what is said in words, and that they can be read."""

from __future__ import annotations

import warnings
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

import toc
from toc.charts import chart_pictures

pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

RGS = toc.example("rgs-newcastle")
RUNGS = ["none", "anecdote", "counts", "outcomes", "comparison"]
WORLD = (
    "Weekly reading with volunteers in the primary schools of the region",
    "Donaudampfschifffahrtsgesellschaftskapitänsausbildung für Jugendliche aus benachteiligten Familien",
    "每周一对一阅读支持，面向全市所有小学的孩子们和他们的家长以及教师",
    "دعم القراءة الأسبوعي للأطفال في جميع المدارس الابتدائية",
    "Costs $5 and $10 <b>per</b> child & \\frac{x} 100%",
    "Sport",
)
LEVELS = ("low", "medium", "high")
GAINS = ("relationship", "innovation", "attainment", "A new roof over the hall")


def programme(activities: int, partners: int, titles: tuple[str, ...] = WORLD) -> toc.TheoryOfChange:
    """So many activities, of which some are rated and read, and so many partners that gain something."""

    def activity(place: int) -> dict[str, Any]:
        rated = {"certainty": LEVELS[place % 3], "participation": LEVELS[place // 3 % 3]} if place % 5 != 4 else {}
        gains = {f"p{place % partners}": {"gains": [GAINS[place % 4]]}}
        return {"title": f"{titles[place % len(titles)]} {place}", "leads_to": "better", "exchange": gains, **rated}

    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Une école, 每周",
            "goal": "Every child thrives",
            "outcomes": {"better": {"title": "Better", "leads_to": "goal"}},
            "kpis": {"k": {"title": "K", "measures": "better", "level": "attainment"}},
            "activities": {f"a{place}": activity(place) for place in range(activities)},
            "partners": {f"p{place}": f"{titles[place % len(titles)]} {place}" for place in range(partners)},
            "partnership": {"home": "p0"},
        }
    )


def marks(ax: Axes, label: str) -> set[tuple[int, int]]:
    """The marks of one kind, each as its column and its row."""
    found = [one for one in ax.collections if isinstance(one, PathCollection) and one.get_label() == label]
    offsets: Any = [one.get_offsets() for one in found]
    return {(round(x), round(y)) for points in offsets for x, y in points}


def words(ax: Axes, role: str) -> list[str]:
    return [" ".join(text.get_text().split()) for text in ax.texts if text.get_gid() == role]


def boxes(ax: Axes) -> list[tuple[str, Bbox]]:
    canvas: Any = FigureCanvasAgg(ax.figure.figure)
    renderer = canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in ax.texts if text.get_text()]


def is_legible(ax: Axes) -> bool:
    """Whether no words stand upon others, or leave the figure."""
    found, whole = boxes(ax), ax.figure.figure.bbox
    overlapping = [
        (one, two)
        for (one, first), (two, second) in combinations(found, 2)
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 1
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    ]
    outside = [
        text for text, box in found if box.x0 < -1 or box.x1 > whole.x1 + 1 or box.y0 < -1 or box.y1 > whole.y1 + 1
    ]
    assert not overlapping
    assert not outside
    return True


def test_each_activity_has_its_dot_its_ring_and_its_brackets() -> None:
    ax = RGS.plot_evidence()
    ladder = RGS.evidence_ladder()
    assert words(ax, "head") == RUNGS
    assert words(ax, "name")[2] == "Visits to learn from the Zones of Regulation"
    for label, take in (("today", "today"), ("planned", "planned"), ("asked by the advice", "asked")):
        assert marks(ax, label) == {(RUNGS.index(getattr(one, take)), row) for row, one in enumerate(ladder)}


def test_nothing_is_asked_where_nobody_has_rated_and_the_name_says_why() -> None:
    theory = programme(5, 2)
    ax = theory.plot_evidence()
    assert words(ax, "name")[4].endswith("(not rated)")
    assert words(ax, "name")[0].endswith("(to be designed anew)")
    assert {row for _, row in marks(ax, "asked by the advice")} == {1, 2, 3}


def test_each_benefit_has_a_mark_and_a_word_and_what_nobody_names_is_not_said() -> None:
    ax = RGS.plot_benefits()
    names, heads = words(ax, "name"), words(ax, "head")
    assert heads[:2] == ["Royal Grammar School Newcastle", "Partner primary schools"]
    assert marks(ax, "only stated") == {(1, names.index("Complementarity"))}
    assert marks(ax, "outcomes") == {(1, names.index("Pupils achieve more"))}
    assert marks(ax, "anecdote") == {
        (0, names.index("Shared learning")),
        (0, names.index("Pupils grow personally and socially, and get ready for work or university")),
    }
    assert sorted(words(ax, "word")) == ["anecdote", "anecdote", "counts", "counts", "counts", "outcomes", "stated"]
    assert words(ax, "said") == ["not said"] * 7


def test_columns_that_have_no_room_for_their_names_are_numbers_with_a_list() -> None:
    ax = programme(13, 12).plot_benefits()
    assert words(ax, "head") == [str(place) for place in range(1, 13)]
    assert "1 Weekly reading with volunteers in the primary schools of the region 0" in words(ax, "note")
    assert not words(programme(60, 50).plot_benefits(), "word"), "there is no room for words in so narrow columns"


@pytest.mark.parametrize("count", [1, 13, 90])
def test_the_chart_of_evidence_can_be_read_at_any_size(count: int) -> None:
    ax = programme(count, 2).plot_evidence()
    assert is_legible(ax)
    assert min(float(text.get_fontsize()) for text in ax.texts) >= 6


@pytest.mark.parametrize("count", [1, 2, 12, 50])
def test_the_chart_of_benefits_can_be_read_at_any_size(count: int) -> None:
    assert is_legible(programme(60, count).plot_benefits())


def test_what_is_empty_is_drawn_and_says_so() -> None:
    bare = toc.loads("{toc: 1, title: A, goal: G}")
    assert "There are no activities." in str(bare.plot_evidence().figure.figure.get_label())
    assert "There are no partners" in str(bare.plot_benefits().figure.figure.get_label())


def test_the_figure_says_in_words_what_it_shows() -> None:
    told = str(RGS.plot_evidence().figure.figure.get_label())
    assert "Visits to learn from the Zones of Regulation: today anecdote, planned counts, asked outcomes." in told
    told = str(RGS.plot_benefits().figure.figure.get_label())
    assert "Partner primary schools: Complementarity, only stated." in told


def test_axes_that_are_handed_over_are_filled_and_their_figure_is_left_alone() -> None:
    figure = Figure(figsize=(15, 9))
    left, right = figure.subplots(1, 2)
    assert RGS.plot_evidence(left) is left
    assert RGS.plot_benefits(ax=right) is right
    assert is_legible(left)
    assert is_legible(right)
    assert figure.get_label() == ""
    assert len(figure.texts) == 0


def test_axes_that_are_small_are_told_of_and_those_that_are_too_small_refused() -> None:
    with pytest.warns(toc.TocWarning, match="the axes are small for this chart"):
        programme(40, 2).plot_evidence(Figure(figsize=(4, 4)).subplots())
    with pytest.raises(toc.DrawingError, match="too few for 90 rows and 5 columns: make the axes larger"):
        programme(90, 2).plot_evidence(Figure(figsize=(1, 1)).subplots())


@pytest.mark.parametrize("chart", ["evidence", "benefits"])
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_chart_is_the_same_bytes_each_time(chart: str, ending: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = (chart_pictures(RGS, ending, chart=chart, progress=RGS.progress) for _ in range(2))
    assert first == second
    assert len(first) == 1
