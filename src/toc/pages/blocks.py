"""A page before any format: headings, paragraphs, lists, tables, figures and notes, as frozen values."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, Self

from toc.language.numbers import number
from toc.language.text import one_line

_TYPED: Final = re.compile(r"(“[^”]*”)|`([^`]+)`")


class Coded(str):
    """A text of this library's own, on one line, in which what stands between backticks is to be typed.

    >>> list(pieces(Coded("write `leads_to:` for “The `best` club”")))
    [('write ', False), ('leads_to:', True), (' for “The `best` club”', False)]
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """The text with its runs of spaces and line ends as one space."""
        return super().__new__(cls, one_line(text))


class Marked(str):
    """A word with a mark before it: a letter in plain text, a drawn shape where there is one to be seen.

    `outline` is the shape as path data of SVG, in a square of 16 units.

    >>> Marked("on track", "●", "M8 1z")
    '● on track'
    """

    __slots__ = ("outline", "word")

    def __new__(cls, word: str, glyph: str, outline: str) -> Self:
        """The word behind its letter."""
        made = super().__new__(cls, f"{glyph} {word}")
        made.word, made.outline = word, outline
        return made

    word: str
    outline: str


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text piece by piece, each with whether it is to be typed; what is quoted, and what people wrote, is left alone."""
    start = 0
    for found in _TYPED.finditer(text) if isinstance(text, Coded) else ():
        if found[2]:
            yield from ((text[start : found.start()], False), (found[2], True))
            start = found.end()
    yield text[start:], False


# A cell holds a text, several lines of text, a number, or nothing.
Cell = str | float | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, the title of the page."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a strong one is what to read when nothing else is read."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `weights` share out the width of a terminal among the columns; without them all count the same.

    On paper `parts` are the widths of the columns, together 1, where they do not follow from what stands in them; a wide
    table lies on its side whatever stands in it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    weights: tuple[int, ...] = ()
    parts: tuple[float, ...] = ()
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, as the text of an SVG or the bytes of a PNG; `alt` says all of it to those who do not see it.

    `still` is the same picture as a PNG, for programs that show no SVG, or what makes one. On paper a wide one lies on its side.
    """

    picture: str | bytes = field(repr=False)
    alt: str
    caption: str = ""
    still: bytes | Callable[[], bytes] | None = field(default=None, repr=False, compare=False)
    is_wide: bool = False

    @property
    def address(self) -> str:
        """The picture as an address that holds it, so that a page needs no other file."""
        data, kind = (self.picture.encode(), "svg+xml") if isinstance(self.picture, str) else (self.picture, "png")
        return f"data:image/{kind};base64,{b64encode(data).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside the text: how something was counted, where it comes from."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; where there is no paper it is nothing."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of one level as a list of links to them."""

    level: int = 2


Block = Heading | Paragraph | Bullets | Table | Figure | Note | PageBreak | Contents


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks from top to bottom; `title` names the page where a format wants a name."""

    title: str
    blocks: tuple[Block, ...]

    @classmethod
    def opened(cls, title: str, opening: Iterable[str], *parts: Iterable[Block]) -> Self:
        """A page under its title: first the sentences to read when nothing else is read, then its parts."""
        return cls(title, (Heading(title, 1), Paragraph(Coded(" ".join(opening)), strong=True), *chain(*parts)))

    def headings(self, level: int) -> tuple[str, ...]:
        """The headings of a level, in their order."""
        return tuple(block.text for block in self.blocks if isinstance(block, Heading) and block.level == level)


def lines(cell: Cell) -> tuple[str, ...]:
    """What stands in a cell, line by line, each with its runs of spaces as one."""
    match cell:
        case None:
            return ("",)
        case str():
            return (_line(cell),)
        case int() | float():
            return (number(cell),)
        case _:
            return tuple(map(_line, cell)) or ("",)


def _line(text: str) -> str:
    """A text on one line; what this library made for a page is one already, and keeps what it is."""
    return text if isinstance(text, (Coded, Marked)) else one_line(text)


def deeper(blocks: Iterable[Block], by: int = 1) -> tuple[Block, ...]:
    """Blocks of a page to stand within another one: their headings are so many levels lower."""
    return tuple(replace(one, level=one.level + by) if isinstance(one, Heading) else one for one in blocks)
