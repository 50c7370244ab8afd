"""The certainty–participation chart: every activity in its cell of the grid that decides how to measure it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from toc.charts.chart_marks import Kind
from toc.charts.grid_chart import gridded
from toc.charts.grid_contents import CellHead, Contents, Point
from toc.guidance import Approach, Basis, Fit, Guidance, advised
from toc.guidance.advice_file import advice
from toc.guidance.advice_schema import Book
from toc.language.text import one_line
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.types import LEVELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOTHING: Final = "nothing"
UNKNOWN: Final = "unknown"
REDESIGN: Final = "redesign"
KINDS: Final[Mapping[str, Kind]] = FrozenDict(
    {
        Fit.FITS: Kind("the KPIs fit", "o", "#2b6d75", "#17384a"),
        Fit.BELOW: Kind("the KPIs stop below the advice", "v", "#ffffff", "#a23b2a"),
        Fit.ABOVE: Kind("a KPI goes above the advice", "^", "#7b3fa0", "#7b3fa0"),
        Fit.DESIGN: Kind("deep enough, but not made as advised", "P", "#e0a52b", "#7a5200"),
        REDESIGN: Kind("to be redesigned first", "X", "#ffffff", "#51636e"),
        NOTHING: Kind("nothing measured yet", "s", "#ffffff", "#1f2d36"),
        UNKNOWN: Kind("cannot be said yet", "D", "#c9d3d8", "#51636e"),
    }
)
FOOTNOTES: Final = "†‡§¶‖#"


def plot_certainty_participation(theory: Theory, ax: Axes | None = None) -> Axes:
    """Draw the activities of a theory on the grid of certainty and participation; see the method of the theory."""
    return gridded(_contents(theory), ax)[0]


def _contents(theory: Theory) -> Contents:
    """What the chart of a theory says: a point for each activity that has a cell, a note for every other."""
    book = advice()
    found = advised(theory)
    placed = [one for one in found if one.certainty and one.participation.level]
    marks = _marks(placed, book)
    points = [_point(one, marks.get(one.headline, "")) for one in placed]
    # From the top left to the bottom right, so that the numbers within a cell are neighbours.
    points.sort(key=lambda point: (-point.row, point.column))
    return Contents(
        title=one_line(theory.title),
        across="Participation: different people a year",
        columns=_people(*theory.settings.participation_scale),
        upwards="Certainty that it changes those who take part",
        rows=LEVELS,
        kinds=KINDS,
        cells=tuple(_cells(book)),
        points=tuple(points),
        notes=(*(f"{mark} {headline}" for headline, mark in marks.items()), *_unplaced(found)),
    )


def _point(found: Guidance, note: str) -> Point:
    certainty, participation = _place(found)
    return Point(found.activity, one_line(found.title), participation, certainty, _fit(found), note)


def _place(found: Guidance) -> tuple[int, int]:
    certainty, people = found.certainty, found.participation.level
    if certainty is None or people is None:
        raise ValueError(f"{found.activity} has no cell")
    return LEVELS.index(certainty), LEVELS.index(people)


def _fit(found: Guidance) -> str:
    if not (found.kpi_fit.has_own or found.kpi_fit.has_further):
        return NOTHING
    if found.approach is Approach.REDESIGN and found.kpi_fit.fit is None:
        return REDESIGN
    return str(found.kpi_fit.fit or UNKNOWN)


def _marks(placed: Sequence[Guidance], book: Book) -> dict[str, str]:
    """Advice that takes the place of a cell's own, each with the mark of its footnote."""
    unlike = dict.fromkeys(one.headline for one in placed if one.headline != _headline(one, book))
    return {headline: FOOTNOTES[index] for index, headline in enumerate(unlike)}


def _headline(found: Guidance, book: Book) -> str:
    return book.cells[f"{found.certainty}-{found.participation.level}"].headline


def _cells(book: Book) -> Iterator[CellHead]:
    for row, certainty in enumerate(LEVELS):
        for column, people in enumerate(LEVELS):
            cell = book.cells[f"{certainty}-{people}"]
            source = book.sources[cell.sources[0]].cite if cell.basis is Basis.SOURCE else ""
            yield CellHead(column, row, cell.headline, source, cell.approach == "redesign")


def _people(low: int, high: int) -> tuple[str, ...]:
    middle = f"{low:,}" if low == high - 1 else f"{low:,} to {high - 1:,}"
    return (f"low: below {low:,}", f"medium: {middle}", f"high: {high:,} or more")


def _unplaced(found: Sequence[Guidance]) -> Iterator[str]:
    """The activities without a cell, by what keeps them from having one."""
    for heading, certain, counted in (
        ("Not on the chart, because nobody has rated the certainty", False, True),
        ("Not on the chart, because nobody has said how many take part", True, False),
        ("Not on the chart, because neither certainty nor participation is known", False, False),
    ):
        titles = [
            one_line(one.title)
            for one in found
            if (bool(one.certainty), bool(one.participation.level)) == (certain, counted)
        ]
        if titles:
            yield f"{heading}: {' · '.join(titles)}"
