"""What each row of a table is: about an activity, more of the one above, a band, a sum, a note, or the headings again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Final

from toc.spreadsheet.cells import content, is_open
from toc.spreadsheet.columns import Table
from toc.spreadsheet.grid import Row
from toc.spreadsheet.headings import KINDS, plain, words
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.notation import TOKEN, Notation

_FEWEST: Final = 3  # columns, from which on a row with one cell can be a band


@dataclass(frozen=True, slots=True)
class Line:
    """A row that says something, the band over it, and the rows whose cells go on in its empty ones, by column."""

    row: Row
    band: tuple[Row, int] | None = None
    goes_on: Mapping[int, Row] = field(default_factory=dict)


class Reading:
    """Walks down the rows of a table; what is passed over is told."""

    def __init__(self, table: Table, rule: Notation, ledger: Ledger) -> None:
        self.table, self.rule, self.ledger = table, rule, ledger
        self.title = table.columns.one("title")
        self.strands = table.columns.fields.get("pillar", ())
        self.filled = {row.number: list(row.filled()) for row in table.rows}
        self.merged = [column for column in self.may_be_merged() if self.goes_on(column)]
        self.sums: dict[int, _Sums] = {}

    def lines(self) -> Iterator[Line]:
        """The rows that say something, each with what it has from above."""
        band: tuple[Row, int] | None = None
        above: dict[int, Row] = {}
        for row, under in zip_longest(self.table.rows, self.table.rows[1:]):
            if self.is_passed_over(row):
                continue
            if (found := self.band(row, under)) is not None:
                band = row, found
                self.tell("band", row, found)
                continue
            for place, column in enumerate(self.merged):
                if content(row.cell(column)):
                    above = {merged: above[merged] for merged in self.merged[:place] if merged in above}
                    above[column] = row
            self.add(row)
            yield Line(row, band, {column: found for column, found in above.items() if found is not row})

    def may_be_merged(self) -> list[int]:
        """The columns in which one cell often stands for several rows: a strand, and outcomes before the activities."""
        steps = [column for kind in KINDS for column in self.table.columns.fields.get(kind, ())]
        return sorted(
            [*self.strands[:1], *(column for column in steps if self.title is not None and column < self.title)]
        )

    def goes_on(self, column: int) -> bool:
        """Whether empty cells of a column are merged ones: the first is filled and none repeats the one above."""
        held = [
            content(row.cell(column))
            for row in self.table.rows
            if len(self.filled[row.number]) > 1 and content(row.cell(self.title))
        ]
        repeats = any(one and one.casefold() == other.casefold() for one, other in pairwise(held))
        return bool(held and held[0]) and not repeats

    def band(self, row: Row, under: Row | None) -> int | None:
        """The column of a text that stands alone in its row as a heading over the rows below, else None."""
        filled = self.filled[row.number]
        if len(filled) != 1 or is_open(row.cell(filled[0])):
            return None
        (column,) = filled
        if column in self.strands or (
            self.title is not None and column < self.title and column in self.table.columns.spare
        ):
            return column
        if column != self.title or not (self.strands or self.width() >= _FEWEST):
            return None
        if under and len(self.filled[under.number]) > 1 and content(under.cell(self.title)):
            over = {content(under.cell(strand)).casefold() for strand in self.strands} - {""}
            if not over or over == {content(row.cell(column)).casefold()}:
                return column
        self.tell("alone", row, column)
        return None

    def width(self) -> int:
        """How many columns have a heading."""
        return len(list(self.table.head.filled()))

    def is_passed_over(self, row: Row) -> bool:
        """Whether a row says nothing of its own; it is told then."""
        filled = self.filled[row.number]
        first = row.cell(filled[0])
        kind = None
        if [content(cell) for cell in row.cells] == [content(cell) for cell in self.table.head.cells[: len(row.cells)]]:
            kind = "repeated"
        elif len(filled) == 1 and _is_note(first):
            kind = "note"
        elif self.is_sum(row, filled):
            kind = "sum"
        if kind:
            cells = tuple(self.table.cell(row, column) for column in filled)
            self.ledger.tell(kind, cells, " and ".join(f"'{content(row.cell(column))[:60]}'" for column in filled))
        return kind is not None

    def is_sum(self, row: Row, filled: list[int]) -> bool:
        """Whether a row is named a sum, or is one."""
        numbers = {column: value for column in filled if (value := self.number(row.cell(column))) is not None}
        texts = [column for column in filled if column not in numbers]
        adds_up = any(column in self.sums and self.sums[column].has(value) for column, value in numbers.items())
        if not texts:
            return adds_up
        title = self.title if self.title in texts else texts[0]
        name, sums = plain(row.cell(title)), words()["sums"]
        if name in sums:
            return True
        if len(texts) > 1 or not any(name.startswith(f"{one} ") or name.endswith(f" {one}") for one in sums):
            return False
        if not adds_up and (numbers or self.width() < _FEWEST):
            self.tell("maybe-sum", row, title)
            return False
        return True

    def number(self, text: str) -> float | None:
        """The number in a cell that holds no more than one."""
        text = text.strip(" £$€%")
        with suppress(ValueError):
            return self.rule.value(text) if TOKEN.fullmatch(text) else None
        return None

    def add(self, row: Row) -> None:
        """Count the numbers of a row to those above."""
        for column in self.filled[row.number]:
            if (value := self.number(row.cell(column))) is not None:
                self.sums.setdefault(column, _Sums()).add(value)

    def tell(self, kind: str, row: Row, column: int) -> None:
        """Note a cell with what it holds."""
        self.ledger.tell(kind, self.table.cell(row, column), f"'{content(row.cell(column))[:60]}'")


class _Sums:
    """The sums of the last two and more numbers of a column, found without adding them up again."""

    def __init__(self) -> None:
        self.before, self.total = 0.0, 0.0
        self.count, self.starts = 0, set[float]()

    def add(self, value: float) -> None:
        """One number more."""
        self.count += 1
        if self.count > 1:
            self.starts.add(round(self.before, 6))
        self.before, self.total = self.total, self.total + value

    def has(self, value: float) -> bool:
        """Whether a number is the sum of the last two or more."""
        return round(self.total - value, 6) in self.starts and bool(value)


def _is_note(text: str) -> bool:
    """Whether a text starts as notes under a table do."""
    found = re.match(r"\s*(?:[*†]|([^\W\d_]+(?: [^\W\d_]+)?)\s*:)", text)
    return bool(found and (not found[1] or plain(found[1]) in words()["notes"]))
