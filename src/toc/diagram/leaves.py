"""The leaves of a deck: each is a drawing, or a table that is drawn as well, with what a speaker says to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.looks.page import written
from toc.diagram.paper import Page
from toc.diagram.shapes import MARGIN, Band, Caption, Diagram, Role
from toc.diagram.type.box_text import STYLES
from toc.diagram.type.measures import unwrapped, wrap
from toc.model import Theory

SCALE: Final = 1.2  # of a table on its page: type of 10 points becomes 12
ROOM: Final = 5.0  # beside and above the text of a cell
FOOT: Final = 28.0  # under a table, for the number of the slide


class Table(NamedTuple):
    """A table: how wide its columns are and how high its rows, its heads first, and the text of each cell.

    It stands at `x` and `y` of its drawing.
    """

    x: float
    y: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Leaf(NamedTuple):
    """A drawing with its notes; where it is one of a table, that too."""

    diagram: Diagram
    notes: str = ""
    table: Table | None = None


def tables(
    theory: Theory, title: str, rows: Iterable[Sequence[str]], shares: Sequence[float], page: Page
) -> list[Leaf]:
    """A table on as many leaves as it needs, its heads, the first row, on each; `shares` say how wide the columns are."""
    heads, *others = rows
    wide, high = page.width / SCALE, page.height / SCALE
    widths = tuple((wide - 2 * MARGIN) * share / fsum(shares) for share in shares)
    top = _title(title, wide).height + MARGIN + ROOM + _height(heads, widths, "eyebrow")
    parts = _parts(others, [_height(row, widths, "note") for row in others], high - FOOT - top)
    named = [f"{title} ({number} of {len(parts)})" if parts[1:] else title for number in range(1, len(parts) + 1)]
    tables = (_table(_title(name, wide), [heads, *part], widths) for name, part in zip(named, parts, strict=True))
    return [_leaf(theory, _title(name, wide), table, page) for name, table in zip(named, tables, strict=True)]


def _parts(rows: Sequence[Sequence[str]], heights: Sequence[float], room: float) -> list[list[Sequence[str]]]:
    """The rows in as few parts as the room allows, and those about as high as one another."""
    found = _filled(rows, heights, room)
    even = fsum(heights) / len(found)
    while len(tried := _filled(rows, heights, min(even, room))) > len(found):
        even += ROOM
    return tried


def _filled(rows: Sequence[Sequence[str]], heights: Sequence[float], room: float) -> list[list[Sequence[str]]]:
    parts: list[list[Sequence[str]]] = [[]]
    foot = 0.0
    for row, high in zip(rows, heights, strict=True):
        if parts[-1] and foot + high > room:
            parts.append([])
            foot = 0.0
        parts[-1].append(row)
        foot += high
    return parts


def _table(title: Caption, rows: Sequence[Sequence[str]], widths: tuple[float, ...]) -> Table:
    heights = (_height(row, widths, "note" if number else "eyebrow") for number, row in enumerate(rows))
    return Table(MARGIN, title.y + title.height + ROOM, widths, tuple(heights), tuple(map(tuple, rows)))


def _leaf(theory: Theory, title: Caption, table: Table, page: Page) -> Leaf:
    """A table as it is drawn where no format knows a better one: its texts on a ground in every second row."""
    captions, bands, y, right = [title], [], table.y, table.x + fsum(table.widths)
    for number, (row, tall) in enumerate(zip(table.rows, table.heights, strict=True)):
        x = table.x
        for text, wide in zip(row, table.widths, strict=True):
            captions.append(written("note" if number else "eyebrow", text, x + ROOM, y + ROOM, wide - 2 * ROOM))
            x += wide
        if number % 2 == 0:
            bands.append(Band(((table.x, y), (right, y), (right, y + tall), (table.x, y + tall))))
        y += tall
    diagram = Diagram(
        title=title.text, view="table", language=theory.language or "", description="", width=right + MARGIN,
        height=max(page.height / SCALE, y + FOOT), boxes=(), arrows=(), groups=(), captions=tuple(captions), ceilings=(), legend=(),
        bands=tuple(bands), page=page,
    )  # fmt: skip
    return Leaf(diagram, "", table)


def _title(text: str, wide: float) -> Caption:
    style = STYLES["heading"]
    rows = wrap(text, wide - 2 * MARGIN, style.size, style.bold)
    return Caption("heading", rows, unwrapped(text), MARGIN, MARGIN, wide - 2 * MARGIN, len(rows) * style.leading)


def _height(row: Sequence[str], widths: Sequence[float], role: Role) -> float:
    style = STYLES[role]
    lines = (len(wrap(t, w - 2 * ROOM, style.size, style.bold)) for t, w in zip(row, widths, strict=True))
    return round(max(lines) * style.leading + 2 * ROOM, 2)
