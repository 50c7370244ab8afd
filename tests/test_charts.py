"""The certainty–participation chart, measured as it is drawn."""

from __future__ import annotations

import logging
import struct
import subprocess
import sys
import warnings
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest

import toc
from toc.charts import chart_pictures
from toc.guidance.advice_file import advice

pytest.importorskip("matplotlib")

import matplotlib as mpl
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

LEVELS = ("low", "medium", "high")
WORLD = (
    "Donaudampfschifffahrtsgesellschaftskapitänsausbildung für Jugendliche",
    "每周一对一阅读支持，面向全市所有小学的孩子们和他们的家长",
    "دعم القراءة الأسبوعي للأطفال في جميع المدارس الابتدائية",
    "Costs $5 and $10 <b>per</b> child & \\frac{x} 100%",
    "W" * 90,
)


def theory(activities: dict[str, Any], **more: Any) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "A programme", "goal": "Every child reads", "activities": activities, **more}
    )


def programme(count: int, titles: tuple[str, ...] = ("Weekly reading with volunteers",)) -> toc.TheoryOfChange:
    return theory(
        {
            f"a-{index}": {
                "title": f"{titles[index % len(titles)]} {index}",
                "certainty": LEVELS[index % 3],
                "participation": LEVELS[index // 3 % 3],
            }
            for index in range(count)
        }
    )


def by_role(ax: Axes, role: str) -> dict[str, Text]:
    prefix = f"{role}-"
    return {
        (text.get_gid() or "").removeprefix(prefix): text
        for text in ax.texts
        if (text.get_gid() or "").startswith(prefix)
    }


def groups(ax: Axes) -> list[PathCollection]:
    return [group for group in ax.collections if isinstance(group, PathCollection)]


def offsets(group: PathCollection) -> Any:
    return group.get_offsets()


def points(ax: Axes) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for group in groups(ax) for x, y in offsets(group)]


def point_boxes(ax: Axes) -> list[Bbox]:
    found = []
    for group in groups(ax):
        radius = group.get_sizes()[0] ** 0.5 / 2 * ax.figure.figure.dpi / 72
        for x, y in ax.transData.transform(offsets(group)):
            found.append(Bbox([[x - radius, y - radius], [x + radius, y + radius]]))
    return found


def text_boxes(ax: Axes) -> list[Bbox]:
    legend = ax.get_legend()
    return [text.get_window_extent() for text in ax.texts] + ([legend.get_window_extent()] if legend else [])


def collisions(ax: Axes) -> list[str]:
    """Everything in the axes that meets something else or leaves them, and the names outside that meet."""
    ax.figure.figure.draw_without_rendering()
    inside = ax.get_window_extent()
    boxes = text_boxes(ax) + point_boxes(ax)
    title: Text = vars(ax)["_left_title"]
    outside = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, title]
    names = [label.get_window_extent() for label in outside if label.get_text()]
    bad = [f"{one} meets {other}" for one, other in combinations(boxes, 2) if one.overlaps(other)]
    bad += [f"{one} meets {other}" for one, other in combinations(names, 2) if one.overlaps(other)]
    return bad + [
        f"{box} leaves {inside}"
        for box in boxes
        if box.x0 < inside.x0 - 1 or box.x1 > inside.x1 + 1 or box.y0 < inside.y0 - 1 or box.y1 > inside.y1 + 1
    ]


THEORIES = {
    "none": lambda: programme(0),
    "five": lambda: programme(5),
    "twenty-five": lambda: programme(25),
    "ninety": lambda: programme(90),
    "ninety in one cell": lambda: theory(
        {f"a{n}": {"title": f"Club {n}", "certainty": "low", "participation": "high"} for n in range(90)}
    ),
    "in many scripts": lambda: programme(25, WORLD),
    "rgs-newcastle": lambda: toc.example("rgs-newcastle"),
    "large-programme": lambda: toc.example("large-programme"),
}


@pytest.mark.parametrize("name", THEORIES)
def test_nothing_meets_anything_else_and_nothing_leaves_the_axes(name: str) -> None:
    given = THEORIES[name]()
    ax = given.plot_certainty_participation()
    assert collisions(ax) == []
    assert len(points(ax)) == len(given.activities)


def test_a_title_of_any_length_stays_on_the_paper() -> None:
    ax = programme(5).evolve(title="A programme for every child in the city " * 40).plot_certainty_participation()
    assert collisions(ax) == []
    title: Text = vars(ax)["_left_title"]
    paper = ax.figure.figure.bbox
    box = title.get_window_extent()
    assert box.y1 <= paper.y1
    assert box.x1 <= paper.x1


@pytest.mark.parametrize("dpi", [50, 220])
def test_the_resolution_moves_no_label_onto_another(dpi: int) -> None:
    ax = programme(25).plot_certainty_participation()
    ax.figure.figure.set_dpi(dpi)
    assert collisions(ax) == []


@pytest.mark.filterwarnings("ignore:the axes are small")
@pytest.mark.parametrize(("count", "inches"), list(product([5, 25, 90], [(6.4, 4.8), (4, 3), (12, 9)])))
def test_axes_of_any_size_are_given_back_with_nothing_overlapping(count: int, inches: tuple[float, float]) -> None:
    figure = Figure(figsize=inches, layout="constrained")
    ax = figure.subplots()
    assert programme(count).plot_certainty_participation(ax) is ax
    assert collisions(ax) == []
    assert len(points(ax)) == count


def test_axes_that_are_too_small_to_read_are_said_to_be() -> None:
    ax = Figure(figsize=(3, 2)).subplots()
    with pytest.warns(UserWarning, match="the axes are small for 90 activities"):
        programme(90).plot_certainty_participation(ax)


def test_axes_too_small_for_any_type_are_refused_with_their_size() -> None:
    ax = Figure(figsize=(0.5, 0.4)).subplots()
    with pytest.raises(toc.DrawingError, match="inches are too few for 90 activities: make the axes larger"):
        programme(90).plot_certainty_participation(ax)


@pytest.mark.parametrize("example", ["small-charity", "rgs-newcastle", "large-programme"])
def test_each_activity_appears_exactly_once_and_by_its_title(example: str) -> None:
    given = toc.example(example)
    ax = given.plot_certainty_participation()
    labels, keys = by_role(ax, "label"), by_role(ax, "key")
    assert sorted(labels) == sorted(given.activities)
    assert keys == {} or sorted(keys) == sorted(given.activities)
    for id, text in (keys or labels).items():
        assert "".join(text.get_text().rstrip("†‡").split()) == "".join(given.activities[id].title.split())
    numbers = sorted(int(text.get_text()) for text in labels.values()) if keys else []
    assert numbers == list(range(1, len(keys) + 1))


def test_each_activity_stands_in_its_cell() -> None:
    given = toc.example("rgs-newcastle")
    ax = given.plot_certainty_participation()
    for id, text in by_role(ax, "label").items():
        found = given.guidance(id)
        x, y = text.get_position()
        assert (LEVELS[int(x)], LEVELS[int(y)]) == (found.participation.level, found.certainty)
    assert sorted((int(x), int(y)) for x, y in points(ax)) == sorted(
        (int(x), int(y)) for x, y in (text.get_position() for text in by_role(ax, "label").values())
    )


FITS = theory(
    {
        "good": {"title": "Good", "certainty": "low", "participation": "high"},
        "much": {"title": "Much", "certainty": "low", "participation": "high"},
        "shallow": {"title": "Shallow", "certainty": "high", "participation": "low"},
        "bare": {"title": "Bare", "certainty": "high", "participation": "low"},
        "open": {"title": "Open", "certainty": "medium", "participation": "low"},
    },
    kpis={
        "k1": {"title": "Heads", "measures": ["good", "shallow"], "level": "participation"},
        "k2": {"title": "Grades", "measures": "much", "level": "attainment"},
        "k3": {"title": "Something", "measures": "open"},
    },
)


def test_every_fit_has_a_shape_and_a_filling_of_its_own_and_an_entry_in_the_legend() -> None:
    ax = FITS.plot_certainty_participation()
    labels: dict[str, Any] = {str(group.get_label()): group for group in groups(ax)}
    assert list(labels) == [
        "the KPIs fit",
        "the KPIs stop below the advice",
        "a KPI goes above the advice",
        "nothing measured yet",
        "cannot be said yet",
    ]
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == list(labels)
    shapes = {str(group.get_paths()[0].vertices.tolist()) for group in labels.values()}
    assert len(shapes) == 5
    fills = {to_hex(group.get_facecolor()[0]) for group in labels.values()}
    assert "#ffffff" in fills
    assert len(fills) >= 4


def test_the_legend_holds_exactly_what_occurs() -> None:
    legend = toc.example("rgs-newcastle").plot_certainty_participation().get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["the KPIs fit", "deep enough, but not made as advised"]
    assert programme(0).plot_certainty_participation().get_legend() is None


def test_nine_cells_carry_the_reviewed_headlines_and_only_the_one_to_redesign_is_shaded() -> None:
    ax = toc.example("rgs-newcastle").plot_certainty_participation()
    cells = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert sorted(patch.get_xy() for patch in cells) == sorted(product([0, 1, 2], repeat=2))
    assert [patch.get_xy() for patch in cells if to_hex(patch.get_facecolor()) != "#ffffff"] == [(0, 0)]
    headlines = [text.get_text().replace("\n", " ") for text in ax.texts if text.get_gid() == "advice"]
    assert sorted(headlines) == sorted(cell.headline for cell in advice().cells.values())


def test_the_two_cells_of_the_source_name_it() -> None:
    ax = toc.example("rgs-newcastle").plot_certainty_participation()
    named = {
        tuple(map(int, text.get_position())): text.get_text().replace("\n", " ")
        for text in ax.texts
        if text.get_gid() == "source"
    }
    assert named == {
        (0, 2): "Smith in SecEd, after Fiennes 2012",
        (2, 0): "Smith in SecEd, after Fiennes 2012",
    }


def test_the_scale_of_the_theory_names_the_columns() -> None:
    ax = programme(3).evolve(settings={"participation_scale": [1000, 25000]}).plot_certainty_participation()
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        "low: below 1,000",
        "medium: 1,000 to 24,999",
        "high: 25,000 or more",
    ]
    assert [label.get_text() for label in ax.get_yticklabels()] == list(LEVELS)


def test_activities_without_a_cell_are_listed_beneath_with_the_reason() -> None:
    given = theory(
        {
            "a": {"title": "Unrated", "participation": 20},
            "b": {"title": "Uncounted", "certainty": "high"},
            "c": {"title": "Neither", "type": "event"},
            "d": {"title": "Both", "certainty": "high", "participation": 20},
        }
    )
    ax = given.plot_certainty_participation()
    assert list(by_role(ax, "label")) == ["d"]
    assert [text.get_text() for text in ax.texts if text.get_gid() == "note"] == [
        "Not on the chart, because nobody has rated the certainty: Unrated",
        "Not on the chart, because nobody has said how many take part: Uncounted",
        "Not on the chart, because neither certainty nor participation is known: Neither",
    ]
    assert collisions(ax) == []


def test_advice_that_differs_from_the_cell_has_a_footnote() -> None:
    given = theory(
        {
            "plain": {"title": "Plain", "certainty": "high", "participation": "high"},
            "proven": {
                "title": "Proven",
                "certainty": "high",
                "participation": "high",
                "evidence_strength": {"level": "established", "source": "A review"},
            },
        }
    )
    ax = given.plot_certainty_participation()
    assert {id: text.get_text() for id, text in by_role(ax, "label").items()} == {
        "plain": "Plain",
        "proven": "Proven †",
    }
    assert [text.get_text() for text in ax.texts if text.get_gid() == "note"] == [f"† {advice().uptake.headline}"]


def test_titles_are_never_read_as_formulas_and_draw_without_a_word_from_matplotlib(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax = programme(5, ("A $x_{ and $5 club 🎉\U0001f9ff", "हिन्दी पठन")).plot_certainty_participation()
        ax.figure.figure.draw_without_rendering()
    assert caplog.records == []
    assert [str(one.message).split(":")[0][:21] for one in caught] in ([], ["no typeface here has "])


def test_no_setting_of_matplotlib_changes_and_none_of_its_styles_spoils_the_chart() -> None:
    with mpl.rc_context({"axes.grid": True, "text.usetex": True, "figure.facecolor": "black", "text.color": "white"}):
        before = dict(mpl.rcParams)
        ax = programme(5).plot_certainty_participation()
        assert dict(mpl.rcParams) == before
        assert collisions(ax) == []
        assert to_hex(ax.figure.figure.get_facecolor()) == "#ffffff"


def test_no_figure_is_left_open_and_no_other_is_touched() -> None:
    program = (
        "import matplotlib; matplotlib.use('Agg')\nimport matplotlib.pyplot as plt, toc\n"
        "plt.figure()\ntoc.example('small-charity').plot_certainty_participation()\n"
        "assert plt.get_fignums() == [1] and not plt.gcf().axes"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_chart_that_made_its_own_figure_is_a_picture_for_a_notebook_and_says_what_it_shows() -> None:
    ax = toc.example("rgs-newcastle").plot_certainty_participation()
    png, metadata = ax._repr_png_()  # type: ignore[attr-defined]
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width / height == pytest.approx(297 / 210, rel=0.01)
    assert metadata == {
        "alt": "RGS Newcastle school partnerships. Certainty that it changes those who take part. "
        "Participation: different people a year"
    }
    ax.set_title("Ours", loc="left")
    assert ax._repr_png_()[0] != png  # type: ignore[attr-defined]
    assert ax._repr_png_()[1]["alt"].startswith("Ours. ")  # type: ignore[attr-defined]


def test_the_picture_of_a_large_chart_is_bounded() -> None:
    png, _ = programme(90, WORLD).plot_certainty_participation()._repr_png_()  # type: ignore[attr-defined]
    width, height = struct.unpack(">II", png[16:24])
    assert 2_000_000 < width * height <= 8_000_000


def test_axes_that_were_handed_over_are_shown_by_whoever_made_them() -> None:
    ax = programme(5).plot_certainty_participation(Figure().subplots())
    assert not hasattr(ax, "_repr_png_")


def test_matplotlib_is_loaded_only_by_a_chart_and_pyplot_not_even_then() -> None:
    program = (
        "import sys, toc\nt = toc.example('small-charity')\nt.guidance().summary\nimport toc.charts, toc.cli\n"
        "assert 'matplotlib' not in sys.modules\nt.plot_certainty_participation()\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_the_same_theory_gives_the_same_bytes(format: str) -> None:
    given = toc.example("small-charity")
    assert chart_pictures(given, format, progress=given.progress) == chart_pictures(
        given, format, progress=given.progress
    )


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(toc.MissingExtraError, match=r"pip install 'theory-of-change\[plot\]'"):
        programme(1).plot_certainty_participation()
