"""Rows and columns with a mark where something is, and where all of it stands at a size of type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from toc.charts.chart_marks import Kind, used
from toc.charts.lettering import Lettering
from toc.language.text import one_line

TYPE: Final = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
GIVEN: Final = (*TYPE, 5.0, 4.0, 3.0, 2.0, 1.0)  # for axes of any size: small, but never one upon another
MOST_LINES: Final = 3  # of the name of a row
MOST_HEAD_LINES: Final = 4  # of the name of a column; else it is a number, and named beneath
NAMED: Final = 8.0  # points of type: columns are named in no smaller one where a number would do
LABELS: Final = (0.42, 0.32)  # of the width, at most
WIDEST: Final = 125.0  # a column
BOLD: Final = 1.08  # bold type is wider
UNDER: Final = 0.72  # of the type: a word under a mark
LEAST: Final = 5.0  # points of type: no word under a mark in smaller


class Row(NamedTuple):
    """A row: its name, or the heading of those that follow; `said` stands in it where it has no mark."""

    name: str
    said: str = ""
    is_heading: bool = False


class Mark(NamedTuple):
    """A mark at a row and a column, counted from 0 with the headings; `word` stands under it where there is room."""

    row: int
    column: int
    kind: str
    word: str = ""


@dataclass(frozen=True)
class MarkRows:
    """Everything on the chart. `kinds` are those of the marks, in the order of the legend.

    `lines` say what the marks do, for those who cannot see them.
    """

    title: str
    opening: str
    rows: Sequence[Row]
    columns: Sequence[str]
    marks: Sequence[Mark]
    kinds: Mapping[str, Kind]
    notes: Sequence[str]
    lines: Sequence[str]

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The kinds that occur."""
        return used(self.kinds, (mark.kind for mark in self.marks))

    @property
    def told(self) -> str:
        """All of it in words."""
        return " ".join((f"{self.title}. {self.opening}", *self.lines))


class Words(NamedTuple):
    """Lines of text from a place on, counted in points from the top left."""

    lines: Sequence[str]
    x: float
    y: float
    role: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands on axes of a width and a height, in points."""

    size: float
    wide: float
    high: float
    left: float  # where the first column begins
    column: float
    above: float  # where the first row begins
    row: float
    is_worded: bool  # whether every mark has room for its word
    words: Sequence[Words]
    legend: Sequence[Words]


class _Room(NamedTuple):
    """What is tried: the room there is, a size of type, how wide names of rows may be, and whether columns must be named."""

    chart: MarkRows
    letters: Lettering
    wide: float
    high: float
    size: float
    labels: float
    is_named: bool

    def lines(self, text: str, room: float) -> tuple[str, ...]:
        return self.letters.lines(self.letters.drawable(one_line(text)), room, self.size)


def first_fitting(
    chart: MarkRows, letters: Lettering, sizes: Sequence[float], room: tuple[float, float]
) -> Layout | None:
    """The first that fits: columns with names rather than numbers, and large type rather than small."""
    tries = [(size, labels, True) for size in sizes if size >= NAMED for labels in LABELS]
    tries += [(size, LABELS[0], False) for size in sizes]
    rooms = (_Room(chart, letters, *room, size, labels, is_named) for size, labels, is_named in tries)
    return next(filter(None, map(_arranged, rooms)), None)


def _arranged(room: _Room) -> Layout | None:
    """Where everything stands at one size of type; nothing where there is no room for it."""
    chart, letters, size = room.chart, room.letters, room.size
    count = max(len(chart.columns), 1)
    names = [room.letters.drawable(one_line(row.name)) for row in chart.rows]
    widest = max((letters.wide(name, size) for name in names), default=0) + size
    left = min(widest, room.labels * room.wide)
    column = min((room.wide - left) / count, WIDEST)
    if column < 1.9 * size:
        return None
    left = min(room.wide - column * count, widest)
    lines = [
        letters.cut(name, (room.wide if row.is_heading else left) - size / 2, size, MOST_LINES)
        for name, row in zip(names, chart.rows, strict=True)
    ]
    row = max(1.75 * size, max((letters.high(part, size) for part in lines), default=0) + 0.5 * size)
    widest = max((letters.wide(mark.word, size * UNDER) for mark in chart.marks), default=0)
    if is_worded := 0 < widest <= column - 4 and size * UNDER >= LEAST:
        row = max(row, 1.2 * size + 2 * letters.tall("comparison", 1, size * UNDER))
    heads = [*_heads(room, column)]
    is_numbered = bool(heads) and heads[0] == ("1",)
    if is_numbered and room.is_named:
        return None
    above = max((letters.high(head, size) for head in heads), default=0) + 0.6 * size
    words = [Words(head, left + (at + 0.5) * column, above - 0.5 * size, "head") for at, head in enumerate(heads)]
    words += [Words(part, 0, above + (at + 0.5) * row, "name") for at, part in enumerate(lines)]
    words += [
        Words((one.said,), left + column * count / 2, above + (at + 0.5) * row, "said")
        for at, one in enumerate(chart.rows)
        if one.said
    ]
    foot = above + row * len(chart.rows) + 0.8 * size
    legend = [*_legend(room, foot)]
    foot = max((one.y for one in legend), default=foot - 0.8 * size) + 1.3 * size
    for parts in (*(_numbered(room) if is_numbered else ()), *((room.lines(note, room.wide),) for note in chart.notes)):
        words += [Words(part, at * room.wide / len(parts), foot, "note") for at, part in enumerate(parts)]
        foot += max(letters.high(part, size) for part in parts) + 0.35 * size
    return (
        Layout(size, room.wide, foot, left, column, above, row, is_worded, words, legend) if foot <= room.high else None
    )


def _heads(room: _Room, column: float) -> Iterator[tuple[str, ...]]:
    """The names of the columns, or a number for each where one of them would be broken within a word."""
    names = [room.letters.drawable(one_line(name)) for name in room.chart.columns]
    wide = (column - room.size / 2) / BOLD
    heads = [room.lines(name, wide) for name in names]
    fits = all(len(head) <= MOST_HEAD_LINES for head in heads) and all(
        room.letters.wide(word, room.size) <= wide for name in names for word in name.split() if word.isascii()
    )
    yield from heads if fits else ((str(place),) for place, _ in enumerate(names, 1))


def _numbered(room: _Room) -> Iterator[Sequence[tuple[str, ...]]]:
    """The names of numbered columns, row by row in as many columns as their lines allow."""
    names = [f"{place} {one_line(name)}" for place, name in enumerate(room.chart.columns, 1)]
    for abreast in (4, 3, 2, 1):
        found = [room.lines(name, room.wide / abreast - room.size) for name in names]
        if all(len(lines) <= 2 for lines in found):
            break
    found += [()] * (-len(found) % abreast)
    high = len(found) // abreast
    yield from (found[row::high] for row in range(high))


def _legend(room: _Room, top: float) -> Iterator[Words]:
    """The kinds of mark that occur, one beside the other, and on further lines where there is no room."""
    x, y = 0.0, top + 0.5 * room.size
    for kind in room.chart.used:
        word = room.chart.kinds[kind].label
        wide = room.letters.wide(word, room.size) + 3.6 * room.size
        if x and x + wide > room.wide:
            x, y = 0.0, y + 1.6 * room.size
        yield Words((word,), x, y, kind)
        x += wide
