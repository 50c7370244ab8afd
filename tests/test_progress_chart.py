"""The chart of progress: what its axes hold, what it leaves out, and that it can be read."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

import toc
from toc.charts import chart_pictures

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

DAY = dt.date(2026, 11, 25)
RGS = toc.example("rgs-newcastle")
WORLD = (
    "Donaudampfschifffahrtsgesellschaftskapitänsausbildung für Jugendliche aus benachteiligten Familien",
    "每周一对一阅读支持，面向全市所有小学的孩子们和他们的家长以及教师",
    "دعم القراءة الأسبوعي للأطفال في جميع المدارس الابتدائية",
    "Costs $5 and $10 <b>per</b> child & \\frac{x} 100%",
)


def measured(**kpis: dict[str, Any]) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "A programme",
            "goal": {"title": "Every child reads", "above_ceiling": True},
            "outcomes": {"o": {"title": "Pupils read", "leads_to": "goal"}},
            "kpis": {id: {"title": id.capitalize(), "measures": "o", **kpi} for id, kpi in kpis.items()},
        }
    )


def on_its_way(**more: Any) -> dict[str, Any]:
    """A KPI from 10 in July 2025 to 20 in July 2027, with a reading half way."""
    return {
        "unit": "months",
        "baseline": {"value": 10, "date": "2025-07-01"},
        "target": {"value": 20, "by": "2027-07-01"},
        "readings": [{"date": "2026-07-01", "value": 15}],
        **more,
    }


def line(ax: Axes, label: str) -> Any:
    (found,) = [one for one in ax.lines if one.get_label() == label]
    return found


def points(ax: Axes, label: str) -> list[tuple[Any, float]]:
    found = line(ax, label)
    return [(day, float(value)) for day, value in zip(found.get_xdata(orig=True), found.get_ydata(), strict=True)]


def words(ax: Axes) -> str:
    return " | ".join(" ".join(text.get_text().split()) for text in ax.texts)


def labels(ax: Axes) -> set[str]:
    return {str(one.get_label()) for one in (*ax.lines, *ax.collections) if not str(one.get_label()).startswith("_")}


def one_page(theory: toc.TheoryOfChange, *kpis: str, **options: Any) -> Figure:
    found = theory.plot_progress(*kpis, today=DAY, **options)
    assert isinstance(found, Figure)
    return found


def test_a_panel_shows_the_way_the_readings_and_how_the_kpi_stands() -> None:
    ax = measured(k=on_its_way()).plot_kpi("k", today=DAY)
    start, due, read = dt.date(2025, 7, 1), dt.date(2027, 7, 1), dt.date(2026, 7, 1)
    assert (ax.get_title("left"), ax.get_ylabel()) == ("K", "months")
    assert points(ax, "expected") == [(start, 10), (due, 20)]
    assert points(ax, "reading") == [(start, 10), (read, 15)], "joined from the baseline"
    assert points(ax, "baseline") == [(start, 10)]
    assert points(ax, "target") == [(due, 20)]
    assert line(ax, "today").get_xdata(orig=True)[0] == DAY
    assert "on track: 15 expected by then" in words(ax)
    bold = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"]
    assert bold == ["15"]
    assert line(ax, "expected").get_linestyle() == "--"
    assert line(ax, "today").get_linestyle() == ":"


def band(ax: Axes) -> tuple[float, float]:
    (found,) = [one for one in ax.collections if one.get_label() == "still on track"]
    vertices: Any = found.get_paths()[0].vertices
    ys = [float(y) for _, y in vertices]
    return min(ys), max(ys)


def test_the_band_is_where_a_value_is_still_on_track() -> None:
    up = measured(k=on_its_way()).plot_kpi("k", today=DAY)
    assert band(up) == pytest.approx((9, 20)), "a tenth of the way below the path, and nothing above"
    down = measured(k=on_its_way(direction="down", target={"value": 2, "by": "2027-07-01"})).plot_kpi("k", today=DAY)
    assert band(down) == pytest.approx((2, 10.8))
    keep = measured(k=on_its_way(direction="keep", target={"value": 10, "by": "2027-07-01"})).plot_kpi("k", today=DAY)
    assert band(keep) == pytest.approx((9, 11)), "to either side"
    assert {value for _, value in points(keep, "expected")} == {10}
    wide = measured(k=on_its_way()).evolve(settings={"monitoring": {"tolerance": [0.2, 0.5]}})
    assert band(wide.plot_kpi("k", today=DAY)) == pytest.approx((8, 20))


def test_a_path_in_steps_stays_level_until_the_day_of_a_milestone() -> None:
    ax = measured(k=on_its_way(path="steps")).plot_kpi("k", today=DAY)
    assert line(ax, "expected").get_drawstyle() == "steps-post"


def test_every_milestone_has_a_diamond_and_the_last_its_value() -> None:
    target = [{"value": 17, "by": "2026-07-11"}, {"value": 20, "by": "2027-07-01"}]
    ax = measured(k=on_its_way(target=target)).plot_kpi("k", today=DAY)
    assert [value for _, value in points(ax, "target")] == [17, 20]
    assert line(ax, "target").get_marker() == "D"
    assert "| 20" in words(ax)
    assert "| 17" not in words(ax)


def test_what_has_no_day_stands_at_the_edge_and_is_hollow() -> None:
    ax = measured(k=on_its_way(target=20)).plot_kpi("k", today=DAY)
    assert line(ax, "target, no date").get_markerfacecolor() == "#ffffff"
    assert "the target has no date" in words(ax)
    assert "expected" not in labels(ax)


def test_readings_of_later_days_are_not_drawn() -> None:
    readings = [{"date": "2026-07-01", "value": 15}, {"date": "2027-01-01", "value": 18}]
    ax = measured(k=on_its_way(readings=readings)).plot_kpi("k", today=DAY)
    assert [value for _, value in points(ax, "reading")] == [10, 15]


def test_above_the_ceiling_values_are_shown_and_nothing_that_judges_them() -> None:
    ax = measured(k=on_its_way(measures="goal")).plot_kpi("k", today=DAY)
    assert labels(ax) == {"baseline", "reading", "today"}
    assert "not known: above the accountability ceiling" in words(ax)


def test_each_status_has_a_sign_of_its_own_shape() -> None:
    kpis = {
        "met": on_its_way(readings=[{"date": "2026-07-01", "value": 20}]),
        "on-track": on_its_way(),
        "behind": on_its_way(readings=[{"date": "2026-07-01", "value": 13}]),
        "off-track": on_its_way(readings=[{"date": "2026-07-01", "value": 11}]),
        "missed": on_its_way(target={"value": 20, "by": "2026-07-15"}),
        "unknown": on_its_way(readings=[]),
    }
    shapes = set()
    for (id, _), ax in zip(kpis.items(), one_page(measured(**kpis)).axes, strict=True):
        assert id.replace("-", " ").replace("unknown", "not known") in words(ax)
        sign = line(ax, "_")
        shapes.add((str(sign.get_marker()), sign.get_markerfacecolor() == "none"))
    assert len(shapes) == len(kpis)


PARTS = [
    {"date": "2026-07-01", "value": 15, "n": 100},
    {"date": "2026-07-01", "value": 12, "where": {"group": "girls"}, "n": 60},
    {"date": "2026-07-01", "value": 17, "where": {"group": "boys"}, "n": 40},
]


@pytest.mark.parametrize("more", [{"unit": "% of pupils"}, {"design": "before-after"}], ids=str)
def test_parts_are_drawn_where_they_can_be_compared_with_all(more: dict[str, Any]) -> None:
    ax = measured(k=on_its_way(readings=PARTS, **more)).plot_kpi("k", today=DAY)
    assert [value for _, value in points(ax, "girls")] == [12]
    assert line(ax, "girls").get_marker() != line(ax, "boys").get_marker()
    assert "girls 12" in words(ax)
    assert "boys 17" in words(ax)


def test_parts_of_counts_are_listed_beneath() -> None:
    ax = measured(k=on_its_way(readings=PARTS, level="participation", unit="pupils")).plot_kpi("k", today=DAY)
    assert "girls" not in labels(ax)
    assert "Of these: | girls 12 | boys 17" in words(ax)


def test_figures_of_few_people_are_neither_drawn_nor_told_unless_they_are_asked_for() -> None:
    readings = [*PARTS, {"date": "2026-07-01", "value": 19.25, "where": {"group": "carers"}, "n": 7}]
    theory = measured(k=on_its_way(readings=readings, unit="%"))
    figure = one_page(theory)
    (ax,) = figure.axes
    assert "carers" not in labels(ax)
    assert "carers fewer than 10" in words(ax)
    told = words(ax) + str(figure.get_label()) + " ".join(text.get_text() for text in figure.texts)
    assert "19.25" not in told
    assert "would tell of single people" in " ".join(told.split())
    shown = one_page(theory, small_groups=True)
    assert [value for _, value in points(shown.axes[0], "carers")] == [19.25]
    assert "because they were asked for" in " ".join(text.get_text() for text in shown.texts)
    given = theory.plot_kpi("k", Figure(figsize=(6, 4)).subplots(), DAY, small_groups=True)
    assert "they were asked for" in words(given).replace(" | ", " ")


def test_a_percentage_of_few_is_told_as_so_many_of_so_many() -> None:
    readings = [{"date": "2026-07-01", "value": 78.6, "n": 14}]
    ax = measured(k=on_its_way(readings=readings, unit="% of pupils")).plot_kpi("k", today=DAY)
    assert [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"] == ["11 of 14"]


def test_where_nothing_can_be_drawn_it_is_said() -> None:
    nothing = one_page(toc.loads("{toc: 1, title: A programme, goal: Every child reads}"))
    assert not nothing.axes
    assert "Nothing to draw: the theory has no KPIs yet." in [text.get_text() for text in nothing.texts]
    ax = measured(k={}).plot_kpi("k", today=DAY)
    assert not labels(ax)
    assert "Nothing to draw yet: no baseline, no target and no reading of everybody" in words(ax)
    huge = measured(k=on_its_way(baseline={"value": -1e308, "date": "2025-07-01"}, target=1e308))
    assert "the values are too large" in words(huge.plot_kpi("k", today=DAY))


@pytest.mark.parametrize("value", [0, -3, 1e-9, 1e12, 1e150])
def test_values_of_any_size_are_drawn(value: float) -> None:
    theory = measured(
        k=on_its_way(baseline={"value": value, "date": "0001-01-01"}, target=[{"value": value, "by": "9999-12-31"}])
    )
    figure = one_page(theory)
    figure.draw_without_rendering()
    low, high = figure.axes[0].get_ylim()
    assert low <= value <= high


def test_every_kpi_has_a_panel_in_the_author_s_order() -> None:
    figure = one_page(RGS)
    titles = [" ".join(ax.get_title("left").split()) for ax in figure.axes]
    assert [title.removesuffix(" (draft)") for title in titles] == [kpi.title for kpi in RGS.kpis.values()]
    said = [text.get_text() for text in figure.texts]
    assert said[:2] == [
        "Progress on 25 November 2026: RGS Newcastle school partnerships",
        "11 KPIs: 4 on track, 2 behind, 5 not known; 3 drafts, not counted",
    ]
    chosen = one_page(RGS, "first-time", "reading-age", "first-time")
    assert [ax.get_title("left") for ax in chosen.axes] == [RGS.kpis[id].title for id in ("first-time", "reading-age")]


def many(count: int, titles: tuple[str, ...] = ("Pupils who read",)) -> toc.TheoryOfChange:
    kpis = {f"k{n}": on_its_way(title=f"{titles[n % len(titles)]} {n}", readings=PARTS[: n % 4]) for n in range(count)}
    return measured(**kpis)


def test_more_than_a_page_holds_is_a_list_of_pages_as_large_as_a4() -> None:
    pages = many(60).plot_progress(today=DAY)
    assert isinstance(pages, list)
    panels = [" ".join(ax.get_title("left").split()) for page in pages for ax in page.axes]
    assert panels == [f"Pupils who read {n}" for n in range(60)]
    assert all(len(page.axes) <= 24 for page in pages)
    for page in pages:
        wide, high = page.get_size_inches() * 25.4
        assert wide == pytest.approx(210, abs=0.1)
        assert high <= 297.1
    assert f"Page 2 of {len(pages)}" in pages[1].texts[1].get_text()


def test_columns_are_as_many_as_are_asked_for() -> None:
    lefts = {round(ax.get_position().x0, 2) for ax in one_page(many(6), columns=2).axes}
    assert len(lefts) == 2
    for columns in (0, 2.5, True, 7):
        with pytest.raises(toc.OptionError, match="columns"):
            RGS.plot_progress(today=DAY, columns=columns)  # type: ignore[arg-type]


def test_what_is_no_kpi_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(toc.TheoryError, match="reading-age"):
        RGS.plot_kpi("readin-age", today=DAY)
    with pytest.raises(toc.OptionError, match="'literacy' is no KPI"):
        RGS.plot_progress("literacy", today=DAY)
    assert RGS.plot_kpi("Reading-age gain over the school year", today=DAY).get_ylabel() == "months"


def boxes(figure: Figure) -> list[tuple[str, Any]]:
    """Every text that stands outside the lines of the panels, with its place."""
    figure.draw_without_rendering()
    texts: list[Text] = list(figure.texts)
    for ax in figure.axes:
        texts += [ax.yaxis.label, vars(ax)["_left_title"], *ax.get_xticklabels()]
        texts += [text for text in ax.texts if text.xycoords == "axes fraction"]  # type: ignore[attr-defined]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]


@pytest.mark.filterwarnings("ignore:no typeface here has")  # of a machine without them
@pytest.mark.parametrize("count", [1, 4, 14])
@pytest.mark.parametrize("titles", [("Pupils who read",), WORLD], ids=["short", "long"])
def test_no_words_meet_others_or_leave_the_paper(count: int, titles: tuple[str, ...]) -> None:
    found = many(count, titles).plot_progress(today=DAY)
    for figure in found if isinstance(found, list) else [found]:
        told = boxes(figure)
        bad = [(one, other) for (one, here), (other, there) in combinations(told, 2) if here.padded(-1).overlaps(there)]
        assert bad == []
        paper = figure.bbox
        assert [text for text, box in told if box.x0 < 0 or box.x1 > paper.x1 or box.y0 < 0 or box.y1 > paper.y1] == []


def test_the_legend_explains_what_occurs_and_nothing_else() -> None:
    (legend,) = one_page(measured(k=on_its_way(readings=PARTS, unit="%"))).legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "expected", "still on track", "baseline", "target", "reading", "today",
    ]  # fmt: skip
    (legend,) = one_page(measured(k={"target": 3})).legends
    assert [text.get_text() for text in legend.get_texts()] == ["target, no date", "today"]


def test_axes_that_are_handed_over_are_drawn_into_and_come_back() -> None:
    figure = Figure(layout="constrained")
    first, second = figure.subplots(1, 2)
    assert RGS.plot_kpi("reading-age", ax=second, today=DAY) is second
    assert figure.axes == [first, second]
    assert not first.lines
    with pytest.raises(toc.OptionError, match="give axes of matplotlib"):
        RGS.plot_kpi("reading-age", ax=3, today=DAY)  # type: ignore[arg-type]


def test_pyplot_is_neither_loaded_nor_changed() -> None:
    code = (
        "import datetime, sys, toc, matplotlib\nbefore = matplotlib.rcParams.copy()\n"
        "toc.example('small-charity').plot_progress()\n"
        "assert 'matplotlib.pyplot' not in sys.modules\nassert matplotlib.rcParams.copy() == before\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_notebook_shows_the_figure_with_words_for_those_who_cannot_see_it() -> None:
    picture, told = one_page(RGS, "reading-age")._repr_png_()  # type: ignore[attr-defined]
    assert picture.startswith(b"\x89PNG")
    assert "Reading-age gain over the school year: on track (12 expected by then), latest 12." in told["alt"]


def test_letters_of_an_svg_are_paths_and_its_description_says_all() -> None:
    (first,), (second,) = (
        chart_pictures(RGS, "svg", chart="progress", progress=lambda: RGS.progress(DAY)) for _ in range(2)
    )
    assert first == second
    text = first.decode()
    assert "<text" not in text
    described = re.search("<dc:description>(.*?)</dc:description>", text, re.DOTALL)
    assert described
    assert all(kpi.title in described[1] for kpi in RGS.kpis.values())


def test_the_chart_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for draw in (RGS.plot_progress, lambda: RGS.plot_kpi("reading-age")):
        with pytest.raises(toc.MissingExtraError, match=r"theory-of-change\[plot\]"):
            draw()
