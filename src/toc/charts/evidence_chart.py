"""The ladder of evidence as a chart: a row for each activity, a column for each rung."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from toc.charts.chart_marks import Kind
from toc.charts.mark_painting import plotted
from toc.charts.mark_rows import Mark, MarkRows, Row
from toc.guidance import Approach
from toc.language.text import one_line
from toc.partnership.ladder import ActivityEvidence, EvidenceLadder
from toc.partnership.ladder_page import CAUTIONS, ladder_opening, ladder_title
from toc.partnership.rungs import RUNGS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOT_RATED: Final = "not rated"
REDESIGN: Final = "to be designed anew"


def plot_evidence(ladder: EvidenceLadder, ax: Axes | None = None) -> Axes:
    """Draw the ladder of evidence; see the method of the theory."""
    return plotted(_chart(ladder), ax)


def _chart(ladder: EvidenceLadder) -> MarkRows:
    return MarkRows(
        title=ladder_title(ladder),
        opening=" ".join(ladder_opening(ladder)),
        rows=[Row(_name(one)) for one in ladder],
        columns=RUNGS,
        marks=[mark for place, one in enumerate(ladder) for mark in _marks(place, one)],
        kinds={
            "asked": Kind("asked by the advice", _brackets(), "none", "#1f2d36", scale=2.0, line=1.1, layer=2),
            "planned": Kind("planned", "o", "none", "#2b6d75", scale=1.35, line=1.1),
            "today": Kind("today", "o", "#2b6d75", "#17384a", scale=0.8, line=0.6),
        },
        notes=CAUTIONS[:1],
        lines=[*map(_told, ladder)],
    )


def _name(one: ActivityEvidence) -> str:
    if one.asked:
        return one.title
    return f"{one.title} ({REDESIGN if one.approach is Approach.REDESIGN else NOT_RATED})"


def _marks(place: int, one: ActivityEvidence) -> Iterator[Mark]:
    yield Mark(place, RUNGS.index(one.today), "today")
    yield Mark(place, RUNGS.index(one.planned), "planned")
    if one.asked:
        yield Mark(place, RUNGS.index(one.asked), "asked")


def _told(one: ActivityEvidence) -> str:
    return f"{one_line(_name(one))}: today {one.today}, planned {one.planned}{f', asked {one.asked}' if one.asked else ''}."


@cache
def _brackets() -> Any:
    """A marker: one bracket to the left, one to the right."""
    from matplotlib.path import Path

    left = [(-0.75, 0.65), (-1.0, 0.65), (-1.0, -0.65), (-0.75, -0.65)]
    points = [*left, *((-x, y) for x, y in left)]
    return Path(points, [Path.MOVETO, *[Path.LINETO] * 3] * 2)
