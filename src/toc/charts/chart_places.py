"""Where everything on the chart stands: the cells are lists of points, so that no label can meet another.

All lengths are points (1/72 inch), from the top left corner of the axes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from toc.charts.grid_contents import CellHead, Contents, Point
from toc.charts.lettering import Lettering

PAD: Final = 0.7  # all of these are parts of the type size
INDENT: Final = 1.35
BETWEEN: Final = 0.45
SMALL: Final = 0.84
NARROWEST: Final = 13.0
KEY_SHARES: Final = (0.3, 0.36, 0.42, 0.48, 0.54, 0.6)


@dataclass(frozen=True, slots=True)
class Words:
    """A text on its place: x and y of its top left corner, or top right where `right` is true."""

    text: str
    x: float
    y: float
    size: float
    role: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """The marker of a point, by its middle."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Places:
    """A finished arrangement. The grid has `cell_width` by `cell_height` cells; the legend starts at `legend_top`."""

    size: float
    cell_width: float
    cell_height: float
    legend_top: float
    legend_columns: int
    spots: tuple[Spot, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The room there is, and the type to fill it with."""

    width: float
    height: float
    size: float
    letters: Lettering

    @property
    def small(self) -> float:
        """The size of the advice, the notes and the legend."""
        return self.size * SMALL


def with_titles(chart: Contents, paper: Paper) -> Places | None:
    """The chart with every title beside its point; None where there is no room for that."""
    return _grid(chart, paper, {})


def with_numbers(chart: Contents, paper: Paper) -> Places | None:
    """The chart with numbers beside the points and the titles in a list beside the grid; None without room."""
    numbers = {point.id: str(index) for index, point in enumerate(chart.points, 1)}
    for share, columns in product(KEY_SHARES, (1, 2, 3, 4, 5)):
        left = paper.width * (1 - share)
        key = _key(chart.points, numbers, columns, left, paper)
        if key is not None:
            found = _grid(chart, Paper(left, paper.height, paper.size, paper.letters), numbers)
            if found is not None:
                return replace(found, words=found.words + key)
    return None


def _grid(chart: Contents, paper: Paper, numbers: dict[str, str]) -> Places | None:
    legend_columns, legend_height = _legend([chart.kinds[kind].label for kind in chart.used], paper)
    foot = legend_height + sum(_tall(note, paper.width, paper) for note in chart.notes)
    wide, high = paper.width / 3, (paper.height - foot) / 3
    if wide < NARROWEST * paper.size * (0.5 if numbers else 1) or high < 5 * paper.size:
        return None
    spots: list[Spot] = []
    words: list[Words] = []
    for cell in chart.cells:
        own = [point for point in chart.points if (point.column, point.row) == (cell.column, cell.row)]
        filled = _cell(cell, own, Paper(wide, high, paper.size, paper.letters), numbers)
        if filled is None:
            return None
        spots += filled[0]
        words += filled[1]
    words += _notes(chart.notes, 3 * high + legend_height, paper)
    return Places(paper.size, wide, high, 3 * high, legend_columns, tuple(spots), tuple(words))


def _cell(
    cell: CellHead, own: Sequence[Point], paper: Paper, numbers: dict[str, str]
) -> tuple[list[Spot], list[Words]] | None:
    """One cell: its advice, the source that names it, then its points; None where they do not all fit."""
    left, top = cell.column * paper.width, (2 - cell.row) * paper.height
    bottom = top + paper.height - PAD * paper.size
    words: list[Words] = []
    y = top + PAD * paper.size
    for text, role in ((cell.headline, "advice"), (cell.source, "source")):
        if text:
            lines = paper.letters.lines(text, paper.width - 2 * PAD * paper.size, paper.small)
            words.append(Words("\n".join(lines), left + PAD * paper.size, y, paper.small, role))
            y += paper.letters.tall(text, len(lines), paper.small) + BETWEEN / 2 * paper.size
    y += BETWEEN * paper.size
    if not own:
        return ([], words) if y <= bottom else None
    listed = _columns(own, (left, y, bottom), paper, numbers)
    return None if listed is None else (listed[0], words + listed[1])


def _columns(
    own: Sequence[Point], room: tuple[float, float, float], paper: Paper, numbers: dict[str, str]
) -> tuple[list[Spot], list[Words]] | None:
    """The points of a cell in as few columns as hold them."""
    inner = paper.width - 2 * PAD * paper.size
    least = NARROWEST * paper.size
    if numbers:
        least = INDENT * paper.size + max(paper.letters.wide(numbers[point.id], paper.size) for point in own)
    for count in range(1, max(1, int(inner / (least + PAD * paper.size))) + 1):
        found = _listed(own, room, count, paper, numbers)
        if found is not None:
            return found
    return None


def _listed(
    own: Sequence[Point], room: tuple[float, float, float], count: int, paper: Paper, numbers: dict[str, str]
) -> tuple[list[Spot], list[Words]] | None:
    left, top, bottom = room
    step = (paper.width - PAD * paper.size) / count
    quota = -(-len(own) // count)
    spots: list[Spot] = []
    words: list[Words] = []
    column, y = 0, top
    for index, point in enumerate(own):
        text = paper.letters.drawable(numbers.get(point.id, point.label))
        lines = paper.letters.lines(text, step - (INDENT + PAD) * paper.size, paper.size)
        high = paper.letters.tall(text, len(lines), paper.size)
        if index and index % quota == 0:
            column, y = column + 1, top
        if y + high > bottom:
            return None
        x = left + PAD * paper.size + column * step
        spots.append(Spot(point, x + 0.45 * paper.size, y + paper.letters.tall(text, 1, paper.size) / 2))
        words.append(Words("\n".join(lines), x + INDENT * paper.size, y, paper.size, f"label {point.id}"))
        y += high + BETWEEN * paper.size
    return spots, words


def _key(
    points: Sequence[Point], numbers: dict[str, str], count: int, left: float, paper: Paper
) -> tuple[Words, ...] | None:
    """The numbers with their titles, in columns to the right of the grid."""
    letters, size = paper.letters, paper.size
    step = (paper.width - left) / count
    indent = PAD * 2 * size + max((letters.wide(number, size) for number in numbers.values()), default=0.0)
    room = step - indent - BETWEEN * size
    if room < NARROWEST * size * 0.8:
        return None
    words: list[Words] = []
    column, y = 0, PAD * size
    for point in points:
        text = letters.drawable(point.label)
        lines = letters.lines(text, room, size)
        high = max(letters.tall(text, len(lines), size), letters.tall(numbers[point.id], 1, size))
        if y + high > paper.height:
            column, y = column + 1, PAD * size
        if column == count or y + high > paper.height:
            return None
        x = left + column * step + indent
        words.append(Words(numbers[point.id], x - BETWEEN * size, y, size, "number", right=True))
        words.append(Words("\n".join(lines), x, y, size, f"key {point.id}"))
        y += high + BETWEEN * 0.55 * size
    return tuple(words)


def _legend(labels: Iterable[str], paper: Paper) -> tuple[int, float]:
    """How many entries of the legend stand in a row, and how high it is."""
    entries = [paper.letters.wide(label, paper.small) + 4 * paper.small for label in labels]
    if not entries:
        return 1, 0.0
    room = paper.width - paper.small
    columns = len(entries) if sum(entries) <= room else max(1, int(room / max(entries)))
    rows = -(-len(entries) // columns)
    return columns, (1.2 + 1.75 * rows) * paper.small


def _tall(note: str, room: float, paper: Paper) -> float:
    text = paper.letters.drawable(note)
    lines = paper.letters.lines(text, room, paper.small)
    return paper.letters.tall(text, len(lines), paper.small) + BETWEEN * paper.small


def _notes(notes: Iterable[str], top: float, paper: Paper) -> Iterator[Words]:
    y = top
    for note in notes:
        lines = paper.letters.lines(paper.letters.drawable(note), paper.width, paper.small)
        yield Words("\n".join(lines), 0.0, y, paper.small, "note")
        y += _tall(note, paper.width, paper)
