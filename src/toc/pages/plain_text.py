"""A page as text for a terminal: no line wider than asked for, cells wrapped in their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final
from unicodedata import category, east_asian_width

from toc.errors import whole_number
from toc.pages.blocks import Block, Bullets, Contents, Figure, Heading, Note, Page, PageBreak, Paragraph, Table, lines

WIDTH: Final = 100
_GAP: Final = "  "
REMEMBERED_LENGTH: Final = 500
LONGEST_WORD: Final = 20  # longer ones may be cut in a table; no id of a frame is
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})


def as_text(page: Page, width: int = WIDTH) -> str:
    """The page as lines of at most `width` columns, counting Chinese, Japanese and Korean characters as two."""
    width = whole_number("the width in columns", width, 1)
    listed = (Bullets(page.headings(one.level)) if isinstance(one, Contents) else one for one in page.blocks)
    shown = [block for block in listed if block != PageBreak()]
    return "\n\n".join("\n".join(line.rstrip() for line in _block(block, width)) for block in shown)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(text, level):
            found = wrapped(text, width)
            yield from found
            yield ("=" if level == 1 else "-" if level == 2 else ".") * max(map(columns, found))
        case Paragraph(text):
            yield from wrapped(text, width)
        case Bullets(items):
            for item in items:
                first, *rest = wrapped(item, width - 2)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
        case Table():
            yield from _table(block, width)
        case Figure(_, alt):
            yield from wrapped(f"[Picture: {alt}]", width)
        case Note(text):
            yield from wrapped(f"Note: {text}", width)
        case PageBreak() | Contents():
            pass


def _table(table: Table, width: int) -> Iterator[str]:
    widths = _widths(table, width)
    yield from _row([(name,) for name in table.columns], widths)
    yield _GAP.join("-" * column for column in widths)
    rows = [list(_row([lines(cell) for cell in row], widths)) for row in table.rows]
    roomy = any(len(row) > 1 for row in rows)
    for position, row in enumerate(rows):
        if position and roomy:
            yield ""
        yield from row


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    inner = [
        [part for line in cell for part in wrapped(line, width)] for cell, width in zip(cells, widths, strict=True)
    ]
    for parts in zip_longest(*inner, fillvalue=""):
        yield _GAP.join(part + " " * (width - columns(part)) for part, width in zip(parts, widths, strict=True))


def _widths(table: Table, width: int) -> list[int]:
    """The widths of the columns: what each needs where all fit, else shared out by weight, never more than needed."""
    count = len(table.columns)
    room = width - len(_GAP) * (count - 1)
    needed = [
        max(columns(line) for cell in (name, *(row[place] for row in table.rows)) for line in lines(cell))
        for place, name in enumerate(table.columns)
    ]
    words = [min(_longest_word(table, place), LONGEST_WORD) for place in range(count)]
    least = [max(2, word if sum(words) <= room else min(word, room // count)) for word in words]
    weights = list(table.weights or (1,) * count)
    widths: dict[int, int] = {}
    while len(widths) < count:
        still_open = [place for place in range(count) if place not in widths]
        share = (room - sum(widths.values())) / sum(weights[place] for place in still_open)
        # First those that a word of theirs makes wide, then those that need less than their share.
        settled = {place: least[place] for place in still_open if least[place] > share * weights[place]} or {
            place: max(2, needed[place]) for place in still_open if needed[place] <= share * weights[place]
        }
        widths |= settled or {place: int(share * weights[place]) for place in still_open}
    return [widths[place] for place in range(count)]


def _longest_word(table: Table, place: int) -> int:
    cells = (table.columns[place], *(row[place] for row in table.rows))
    return max((columns(word) for cell in cells for line in lines(cell) for word in line.split()), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, broken at spaces, and within a word only where it is wider than a line."""
    return list(_remembered(text, width) if len(text) <= REMEMBERED_LENGTH else _broken(text, width))


@lru_cache(maxsize=1024)  # long pages say the same of many things
def _remembered(text: str, width: int) -> tuple[str, ...]:
    return tuple(_broken(text, width))


def _broken(text: str, width: int) -> list[str]:
    found: list[str] = []
    line: list[str] = []  # pieces, joined when the line is full
    taken = 0
    for word in text.split():
        for place, (piece, wide) in enumerate(_pieces(word, width)):
            if line and not place and taken + 1 + wide <= width:
                line.append(piece)
                taken += 1 + wide
            else:
                found += [" ".join(line)] if line else []
                line, taken = [piece], wide
    return [*found, " ".join(line)]


def _pieces(word: str, width: int) -> Iterator[tuple[str, int]]:
    """The word, cut where it is wider than a line, and how wide each piece is."""
    whole = columns(word)
    if whole <= width:
        yield word, whole
        return
    start = taken = 0
    for place, letter in enumerate(word):
        wide = _letter_columns(letter)
        if place > start and taken + wide > width:
            yield word[start:place], taken
            start, taken = place, 0
        taken += wide
    yield word[start:], taken


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: the sum of what its letters take."""
    return len(text) if text.isascii() else sum(map(_letter_columns, text))


@lru_cache(maxsize=8192)  # more letters than a theory uses, and few enough to keep
def _letter_columns(letter: str) -> int:
    if letter.isascii():
        return 1
    return 0 if category(letter) in _NO_WIDTH else 2 if east_asian_width(letter) in "WF" else 1
