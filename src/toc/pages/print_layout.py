"""How a page falls on paper, for every format that is printed: how wide columns are, and which tables lie on their side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from toc.pages.blocks import (
    Block,
    Bullets,
    Cell,
    Contents,
    Figure,
    Heading,
    Note,
    Page,
    PageBreak,
    Paragraph,
    Table,
    lines,
)
from toc.pages.plain_text import columns

UPRIGHT: Final = 92  # letters of a table's size that stand side by side on A4
ON_ITS_SIDE: Final = 140
FEW_LETTERS: Final = 900  # of text that needs no page of its own
PADDING: Final = 3  # of a column, in letters
LONGEST_WORD: Final = 20  # a longer one is broken
WORTH_A_LINE: Final = 14  # a column narrower than that is one word wide, if it has several
SHORT_LINE: Final = 24


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that follow one another on paper of one direction."""

    on_its_side: bool
    blocks: tuple[Block, ...]


def shares(table: Table, *, on_its_side: bool = False) -> tuple[float, ...]:
    """How much of the width each column gets; together they make 1.

    A column is never narrower than its longest word, nor one word wide where it holds sentences, if there is room at all.
    """
    if table.parts:
        return table.parts
    least = _least(table)
    more = [max(wish - low, 0) for wish, low in zip(_wish(table), least, strict=True)]
    room = max(ON_ITS_SIDE if on_its_side else UPRIGHT, sum(least))
    given = min(1, (room - sum(least)) / (sum(more) or 1))
    widths = [low + high * given for low, high in zip(least, more, strict=True)]
    return tuple(one / sum(widths) for one in widths)


def runs(page: Page) -> Iterator[Run]:
    """The page in runs of one direction: headings and little text beside a table or picture on its side go with it."""
    blocks = list(_levelled(page.blocks))
    sides = [_lies(block) for block in blocks]
    for position in reversed(range(len(sides) - 1)):
        # A heading goes with what follows it, and so does the little that stands between them.
        beside = next((at for at in range(position + 1, len(sides)) if not _is_line(blocks[at])), position)
        if isinstance(blocks[position], Heading) and sides[beside] and not sides[position]:
            sides[position:beside] = [True] * (beside - position)
    for position in range(1, len(sides)):
        # A note belongs to what it stands under.
        sides[position] |= sides[position - 1] and isinstance(blocks[position], Note)
    found = list(_grouped(zip(sides, ((block,) for block in blocks), strict=True)))
    several = len(found) > 1
    yield from _grouped((run.on_its_side or (several and _is_little(run)), run.blocks) for run in found)


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with headings of which none skips a level: who hears a page goes from heading to heading."""
    reached = 0
    for block in blocks:
        if isinstance(block, Heading):
            reached = min(block.level, reached + 1)
            yield replace(block, level=reached)
        else:
            yield block


def _grouped(sides: Iterable[tuple[bool, tuple[Block, ...]]]) -> Iterator[Run]:
    for side, alike in groupby(sides, itemgetter(0)):
        yield Run(side, tuple(block for _, blocks in alike for block in blocks))


def _is_line(block: Block) -> bool:
    """Whether a block takes but a few lines."""
    return isinstance(block, Heading) or (isinstance(block, (Paragraph, Note)) and len(block.text) < FEW_LETTERS / 3)


def _is_little(run: Run) -> bool:
    """Whether a run would leave most of its page empty."""
    letters = 0
    for block in run.blocks:
        match block:
            case Table() | Figure():
                return False
            case Bullets(items):
                letters += sum(map(len, items))
            case Heading(text) | Paragraph(text) | Note(text):
                letters += len(text)
            case PageBreak() | Contents():
                return False
    return letters < FEW_LETTERS


def kept(run: Run) -> Iterator[tuple[Block, bool]]:
    """The blocks, and which of them are kept on the page of what follows: the few lines between a heading and a table or picture."""
    waiting = False
    found: list[tuple[Block, bool]] = []
    for block in reversed(run.blocks):
        is_kept = waiting and _is_line(block)
        found.append((block, is_kept))
        waiting = isinstance(block, (Table, Figure)) or (is_kept and not isinstance(block, Heading))
    yield from reversed(found)


def is_number(cell: Cell) -> bool:
    """Whether a cell is set from the right."""
    return isinstance(cell, (int, float))


def _lies(block: Block) -> bool:
    match block:
        case Table():
            return block.is_wide or sum(_least(block)) > UPRIGHT
        case Figure():
            return block.is_wide
        case _:
            return False


def _least(table: Table) -> list[int]:
    return [
        PADDING
        + max(
            min(_longest(word for text in (name, *texts) for word in text.split()), LONGEST_WORD),
            min(_longest(texts), WORTH_A_LINE),
        )
        for name, texts in _texts(table)
    ]


def _wish(table: Table) -> list[float]:
    """So much that the rows become low: a column in which more stands gets more."""
    return [
        PADDING
        + max(min(_longest(texts), SHORT_LINE), sum(map(columns, texts)) / max(len(table.rows), 1), len(name) / 2)
        for name, texts in _texts(table)
    ]


def _texts(table: Table) -> Iterator[tuple[str, list[str]]]:
    """The heading of each column, and the lines that stand in it."""
    for position, name in enumerate(table.columns):
        yield name, [line for row in table.rows for line in lines(row[position])]


def _longest(texts: Iterable[str]) -> int:
    return max(map(columns, texts), default=0)
