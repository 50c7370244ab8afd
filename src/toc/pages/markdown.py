"""A page as Markdown, with tables as GitHub and most editors know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toc.language.text import one_line
from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
    Coded,
    Contents,
    Figure,
    Heading,
    Note,
    Page,
    PageBreak,
    Paragraph,
    Table,
    lines,
    pieces,
)

_MARKS: Final = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START: Final = re.compile(r"^(?:([#+\-=>])|(\d{1,9})([.)])(?=\s|$))")


def as_markdown(page: Page) -> str:
    """The page as Markdown; what people wrote stays text, whatever signs it holds."""
    shown = (_listed(page, block) if isinstance(block, Contents) else block for block in page.blocks)
    return "\n\n".join("\n".join(_block(block)) for block in shown if block != PageBreak()) + "\n"


def _listed(page: Page, contents: Contents) -> Block:
    """A table of contents as a list: what the headings of Markdown are called in a link depends on who shows it."""
    return Bullets(page.headings(contents.level))


def escaped(text: str) -> str:
    """A text on one line in which nothing is read as Markdown or HTML."""
    on_one = text if isinstance(text, Coded) else one_line(text)
    line = "".join(_code(part) if typed else _MARKS.sub(r"\\\1", part) for part, typed in pieces(on_one))
    return _AT_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * min(level, 6)} {escaped(text)}"
        case Paragraph(text, strong):
            yield f"**{escaped(text)}**" if strong else escaped(text)
        case Bullets(items):
            yield from (f"- {escaped(item)}" for item in items)
        case Table(columns, rows):
            yield _row(columns)
            yield "|" + "---|" * len(columns)
            yield from map(_row, rows)
        case Figure(_, alt, caption):
            yield f"![{escaped(alt)}]({block.address})"
            yield from ("", f"*{escaped(caption)}*") if caption else ()
        case Note(text):
            yield f"> {escaped(text)}"
        case PageBreak() | Contents():
            pass


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join("<br>".join(escaped(line) for line in _shown(cell)) for cell in cells) + " |"


def _shown(cell: Cell) -> tuple[str, ...]:
    return tuple(line for line in lines(cell) if line)
