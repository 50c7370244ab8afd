"""What the author is told of the way from cells to a theory: once for each kind of thing, what matters most first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from toc.spreadsheet.grid import Cell, areas

SHOWN: Final = 3
_MOST_SHOWN: Final = 10
_ROWS: Final = ("sum", "note", "repeated", "maybe-sum", "band", "alone")  # few, and each wants a look
_MOST_AREAS: Final = 12
_WHOLE: Final = (
    "sheet",
    "sheet-strand",
    "workbook",
    "kept",
    "read",
    "decimals",
    "days",
    "heading",
    "empty",
)  # told without a limit

# In this order they are told. {} is where the cells are named.
KINDS: Final = {
    # not used
    "sheet": "sheets that are not read (--sheet says which to read): {}",
    "sum": "rows not used, because they look like sums of others (an activity needs another title): {}",
    "note": "rows not used, because they look like notes under the table: {}",
    "repeated": "rows not used, because they repeat the headings: {}",
    "open": "left out, because it says nothing yet: {}",
    # merged
    "merged": "taken for the same activity, because the title or the id is the same: {}",
    "merged-kpi": "the same KPI twice, taken once: {}",
    "above": "no title, so this goes on with the activity above: {}",
    "one-text": "lines in one cell that go on with a small letter, read as one text: {}",
    "capitals": "written in two ways and taken for the same: {}",
    # guessed
    "maybe-sum": "taken for an activity; if it is a sum of other rows, delete it: {}",
    "sheet-strand": "the rows of a sheet name no strand, so its own name is their strand: {}",
    "band": "stands alone in its row and is taken for the strand of the rows below it: {}",
    "filled": "empty, and taken for merged with the cell above: {}",
    "alone": "stands alone in its row and is taken for an activity; if it is a heading, give the rows below it a strand: {}",
    "twins": "the same title under two ids, taken for two activities: {}",
    "new-id": "the id is used in another file already, so this activity has another: {}",
    "lines": "several in one cell: {}",
    "asked": "kept as one; if it is several, put ; between them: {}",
    "each": "linked each with each, because the row does not say which belongs to which: {}",
    "number": "a number read from more than digits: {}",
    "unit": "words behind a number that are not used, because the unit is given already: {}",
    "level": "read as high, medium or low: {}",
    "day": "a day read without its time, or with a year of this century: {}",
    "goals": "several goals, so each is an outcome before the goal: {}",
    "shared": "kept as it is under x-…, because it is one cell for several: {}",
    "no-name": "kept as it is under x-…, because it names nobody (a number, a sum of money, all): {}",
    "kept-here": "kept as it is under x-…, because nothing in its row can hold it: {}",
    "assumed": "assumptions, put on the links that go on from here; look whether they belong there: {}",
    "measures": "the KPI is taken to measure what stands to its left: {}",
    "goal": "leads straight to the goal, because no strand or outcome is named: {}",
    "formula": "formulas, of which the result that was saved is read: {}",
    "cell-note": "notes on cells, which are not kept: {}",
    "workbook": "{}",
    "empty": "columns that hold nothing: {}",
    "above-head": "stands above the headings and is not used: {}",
    # columns and rules
    "decimals": "{}",
    "days": "{}",
    "heading": "a heading read in spite of its spelling: {}",
    "kept": "kept under a key of your own (x-…), which nothing reads: {}",
    "read": "read: {}",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not used, merged, guessed or decided: one sentence, and all the cells that it is about."""

    kind: str
    text: str
    cells: tuple[Cell, ...] = ()

    def __str__(self) -> str:
        return self.text


class Ledger:
    """Collects what is to be told, cell by cell."""

    def __init__(self, kinds: Mapping[str, str] = KINDS) -> None:
        """`kinds` are the sentences, in the order in which they are told."""
        self.kinds = kinds
        self.entries: dict[str, dict[tuple[tuple[Cell, ...], str], None]] = {}

    def tell(self, kind: str, cell: Cell | tuple[Cell, ...] | None, what: str) -> None:
        """Note one thing; `what` stands behind the name of the cell, or of the first of several."""
        cells = (cell,) if isinstance(cell, Cell) else cell or ()
        self.entries.setdefault(kind, {})[cells, what] = None

    def remarks(self) -> tuple[Remark, ...]:
        """One remark a kind, in the order of their weight."""
        return tuple(self._remark(kind) for kind in self.kinds if kind in self.entries)

    def _remark(self, kind: str) -> Remark:
        found = list(self.entries[kind]) if kind in _WHOLE else sorted(self.entries[kind], key=_place)
        cells = tuple(dict.fromkeys(cell for one, _ in found for cell in one))
        if kind in _WHOLE:
            return Remark(kind, self.kinds[kind].format("; ".join(what for _, what in found)), cells)
        most = _MOST_SHOWN if kind in _ROWS else SHOWN
        text = "; ".join(f"{one[0]} {what}" if one else what for one, what in found[:most])
        if len(found) > most:
            rest = _named(cell for one, _ in found[most:] for cell in one)
            text += f"; and {len(found) - most} more" + (f" ({rest})" if rest else "")
        return Remark(kind, self.kinds[kind].format(text), cells)


def _place(entry: tuple[tuple[Cell, ...], str]) -> tuple[str, int, int]:
    first = next(iter(entry[0]), None)
    return (first.file, first.row, first.column) if first else ("", 0, 0)


def _named(cells: Iterable[Cell]) -> str:
    """Cells by area, and how many areas are left where there are very many."""
    found = list(areas(cells))
    more = len(found) - _MOST_AREAS
    return ", ".join(found[:_MOST_AREAS]) + (f" and {more} places more" if more > 0 else "")
