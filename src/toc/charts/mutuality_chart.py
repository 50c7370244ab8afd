"""The chart of mutuality: every activity that is rated on both sides in its cell of internal and external impact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toc.charts.chart_marks import Kind, boxed
from toc.charts.chart_places import Places
from toc.charts.grid_chart import gridded
from toc.charts.grid_contents import CellHead, Contents, Point
from toc.diagram.looks.themes import LIGHT
from toc.errors import DrawingError
from toc.language.text import quoted
from toc.model.mappings import FrozenDict
from toc.model.types import LEVELS
from toc.partnership.mutuality import Mutuality
from toc.partnership.mutuality_opening import mutuality_opening
from toc.partnership.reciprocity import ActivityMutuality

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST: Final = 40  # characters of the home partner's name
SOURCE: Final = "Smith in SecEd"
KINDS: Final = FrozenDict(
    {
        "sweet": Kind("high on both sides", "*", "#e0a52b", "#7a5200"),
        "answered": Kind("one-sided, answered by what it is joined to", "o", "#2b6d75", "#17384a"),
        "elsewhere": Kind("one-sided, balanced elsewhere with one of the same partners", "s", "#6f9ec2", "#17384a"),
        "open": Kind("one-sided, and nothing that is named comes back", "v", "#ffffff", "#a23b2a"),
        "other": Kind("neither of these", "D", "#c9d3d8", "#51636e"),
    }
)


def plot_mutuality(found: Mutuality, ax: Axes | None = None) -> Axes:
    """Draw the ratings of the activities; see the method of the theory."""
    if not any(one.is_rated for one in found.activities):
        raise DrawingError(
            "no activity is rated on both sides, so there is nothing to draw: rate `impact`, or see the matrix"
        )
    chart = _contents(found)
    drawn, places = gridded(chart, ax)
    boxed(drawn, (2, 2), 1, 1, fill=False, edgecolor=LIGHT.ink, linewidth=1.8, zorder=1.6, gid="sweet-spot")
    _joined(drawn, places, found)
    if ax is None:
        drawn.figure.figure.set_label(f"{chart.title}. {' '.join(mutuality_opening(found))}")
    return drawn


def _contents(found: Mutuality) -> Contents:
    points = [_point(one) for one in found.activities if one.is_rated]
    points.sort(key=lambda point: (-point.row, point.column))
    home = quoted(found.theory.partners[found.home].title, LONGEST) if found.home else "our side"
    return Contents(
        title=f"Who gives and who gains: {found.title}",
        across="External: how much it changes for the others",
        columns=LEVELS,
        upwards=f"Internal: how much it changes for {home}",
        rows=LEVELS,
        kinds=KINDS,
        cells=tuple(_cells("the home partner" if found.home else "our side")),
        points=tuple(points),
        notes=tuple(_notes(found)),
    )


def _cells(inside: str) -> Iterator[CellHead]:
    heads = {(2, 2): "Sweet spot", (2, 0): "Helps the others only", (0, 2): f"Helps {inside} only"}
    for row in range(3):
        for column in range(3):
            head = heads.get((column, row), "")
            yield CellHead(column, row, head, SOURCE if head else "", shaded=False)


def _point(one: ActivityMutuality) -> Point:
    if one.internal is None or one.external is None:
        raise ValueError(f"{one.activity} has no cell")
    return Point(one.activity, one.title, LEVELS.index(one.external), LEVELS.index(one.internal), _kind(one))


def _kind(one: ActivityMutuality) -> str:
    if one.sweet_spot:
        return "sweet"
    if not one.one_sided:
        return "other"
    return "answered" if one.answered_by else "elsewhere" if one.elsewhere else "open"


def _notes(found: Mutuality) -> Iterator[str]:
    """What answers without a place on the chart, what has none, and what the ratings are."""
    rows = found.activities
    off = [
        f"{one.title} by {rows[other].title}"
        for one in rows
        if one.one_sided
        for other in one.answered_by
        if not rows[other].is_rated
    ]
    half = [f"{rows[id].title} ({_half(rows[id])})" for id in found.half_rated]
    unrated = [rows[id].title for id in found.unrated]
    for heading, told in (
        ("Answered by what is not on the chart", off),
        ("Rated for one side only", half),
        ("Not rated", unrated),
    ):
        if told:
            yield f"{heading}: {' · '.join(told)}"
    yield "These are ratings by whoever wrote the file: they do not show that both sides gained."


def _half(one: ActivityMutuality) -> str:
    return f"internal {one.internal}" if one.internal else f"external {one.external}"


def _joined(ax: Axes, places: Places, found: Mutuality) -> None:
    """A line between each activity and what answers it, behind the words."""
    from matplotlib.patheffects import withStroke

    at = {spot.point.id: (spot.x / places.cell_width, 3 - spot.y / places.cell_height) for spot in places.spots}
    pairs = {frozenset((one.activity, other)) for one in found.activities if one.one_sided for other in one.answered_by}
    drawn = sorted(sorted(pair) for pair in pairs if all(id in at for id in pair))
    for first, second in drawn:
        (left, low), (right, high) = at[first], at[second]
        ax.plot([left, right], [low, high], color="#51636e", linewidth=0.8, zorder=1.8, label="_", gid="answers")
    for text in ax.texts if drawn else ():
        text.set_path_effects([withStroke(linewidth=2.5, foreground=LIGHT.paper)])
