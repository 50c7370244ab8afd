"""Reading the cells of one table: every cell that is not simply taken as it stands is told, or is a problem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final, TypeVar

from toc.problems import Problem, letters
from toc.spreadsheet.cells import content, is_open, parts_of
from toc.spreadsheet.columns import Table
from toc.spreadsheet.entries import Book, Entry, keys_of
from toc.spreadsheet.grid import Row
from toc.spreadsheet.headings import headings, named
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.notation import Notation, notation_of

V = TypeVar("V")
Spot = tuple[Row, int]
_BETWEEN: Final = re.compile(r"\s*(?:[/,|+&]|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_COMMA: Final = re.compile(r"\s*[,/|]\s*")
_LISTED: Final = ("partners", "target_group")  # what people list with commas


class Sheet:
    """A table, the rules by which it writes numbers and days, and where problems and remarks go."""

    def __init__(self, table: Table, ledger: Ledger, problems: list[Problem]) -> None:
        self.table, self.ledger, self.problems = table, ledger, problems
        self.columns = table.columns
        self.rule: Notation = notation_of(table)
        self.keys = keys_of({column: table.heading(column).strip("'") for column in range(self.width)})
        self._known: dict[str, frozenset[str]] = {}
        if table.grid.strand and "pillar" not in self.columns.fields:
            ledger.tell("sheet-strand", None, f"'{table.grid.strand}'")
        for kind, what, cell in table.grid.asides:
            ledger.tell(kind, cell and cell._replace(file=table.file), what)
        for _, message, cell in table.grid.faults:
            if cell:
                problems.append(Problem("TOC039", message, line=cell.row, column=cell.column + 1, sheet=table.file))

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(row.cells) for row in (self.table.head, *self.table.rows))

    def tell(self, kind: str, row: Row, column: int, what: str | None = None) -> None:
        """Note a cell with what it holds, and what became of that."""
        typed = f"'{content(row.cell(column))[:60]}'"
        self.ledger.tell(kind, self.table.cell(row, column), f"{typed} {what}" if what else typed)

    def report(self, code: str, message: str, row: Row, column: int | None) -> None:
        """A problem in a cell."""
        place = self.table.cell(row, column or 0)
        self.problems.append(Problem(code, message, line=place.row, column=place.column + 1, sheet=place.file))

    def is_said(self, row: Row, column: int | None) -> bool:
        """Whether a cell holds something that says something; what says nothing yet is told."""
        if column is None or not content(row.cell(column)):
            return False
        if is_open(row.cell(column)):
            self.tell("open", row, column)
            return False
        return True

    def text(self, row: Row, column: int | None) -> str:
        """What a cell says, on one line."""
        return content(row.cell(column)) if self.is_said(row, column) else ""

    def texts(self, row: Row, column: int | None) -> tuple[str, ...]:
        """The several texts that a cell holds."""
        if column is None or not self.is_said(row, column):
            return ()
        parts = parts_of(row.cell(column))
        if parts.joined:
            self.tell("one-text", row, column, None)
        if len(parts.texts) > 1 and len(row.cell(column).strip().splitlines()) > 1:
            self.tell_parts(row, column, parts.texts)
        return tuple(text for text in parts.texts if not is_open(text))

    def tell_parts(self, row: Row, column: int, texts: Iterable[str]) -> None:
        """Note that a cell was read as several texts."""
        self.ledger.tell("lines", self.table.cell(row, column), " and ".join(f"'{text[:40]}'" for text in texts))

    def read(self, row: Row, column: int | None, reader: Callable[[str], V], code: str = "TOC013") -> V | None:
        """What a cell means, or None for one that says nothing or whose problem has been reported."""
        text = self.text(row, column)
        if not text or column is None:
            return None
        try:
            return reader(text)
        except ValueError as error:
            self.report(code, f"{self.table.heading(column)}: {error}", row, column)
            return None

    def keep(self, entries: Iterable[Entry], row: Row, column: int, kind: str | None = None) -> None:
        """Keep a cell as it is under a key of the author's own."""
        text = "\n".join(filter(None, (content(line) for line in row.cell(column).splitlines())))
        for entry in entries:
            entry.keep(self.keys[column], text)
        if kind:
            self.tell(kind, row, column, f"as {self.keys[column]}")

    def entry(self, book: Book, kind: str, text: str, at: Spot, step: str = "") -> Entry:
        """What a text names; another way of writing it is told."""
        cell = self.table.cell(*at)
        entry = book.entry(kind, text, cell, step)
        if entry.title != text:
            self.ledger.tell("capitals", cell, f"'{text[:60]}' as '{entry.title[:60]}'")
        return entry

    def names(self, row: Row, field: str) -> list[tuple[str, int]]:
        """The names in the columns of a field, each with its column."""
        found = [
            (name, column)
            for column in self.columns.fields.get(field, ())
            for text in self.texts(row, column)
            for name in self.apart(text, field, row, column)
        ]
        return list({name.casefold(): (name, column) for name, column in reversed(found)}.values())[::-1]

    def apart(self, text: str, field: str, row: Row, column: int) -> list[str]:
        """The names in a text: several where each of them stands elsewhere too, or where people list with commas."""
        names = [name for name in _BETWEEN.split(text) if name]
        if len(names) > 1 and all(name.casefold() in self.known(field) for name in names):
            self.tell_parts(row, column, names)
            return names
        listed = [name for name in _COMMA.split(text) if name]
        if len(listed) > 1 and field in _LISTED:
            self.tell_parts(row, column, listed)
            return listed
        sign = re.search(r"\s/\s|[|+]|/" if field == "pillar" else r"[/,|+]", text)
        if (
            len(names) > 1
            and all(re.search(r"[^\W\d_]{2}", name) for name in names)
            and (sign or any(name.casefold() in self.known(field) for name in names))
        ):
            self.tell("asked", row, column)
        return [text]

    def known(self, field: str) -> frozenset[str]:
        """The names that stand alone in a column of a field, or in two cells that differ."""
        if field not in self._known:
            columns = self.columns.fields.get(field, ())
            cells = {
                text.casefold()
                for row in self.table.rows
                for column in columns
                for text in parts_of(row.cell(column)).texts
            }
            parts = Counter(part for text in cells for part in set(_BETWEEN.split(text)) if part)
            alone = {text for text in cells if len(_BETWEEN.split(text)) == 1}
            self._known[field] = frozenset(alone | {part for part, count in parts.items() if count > 1})
        return self._known[field]

    def tell_columns(self) -> None:
        """Note what each column was read as, and the rules that the sheet follows."""
        table = self.table
        held = {column for row in table.rows for column in row.filled()}
        for row in table.grid.rows:
            for column in row.filled() if row.number < table.head.number else ():
                self.tell("above-head", row, column)
        for field, column in self.used():
            name, heading = headings()[field]["shown"], table.heading(column)
            what = f"{self.letters(column)} {heading}{'' if heading == named(name) else f' as {name}'}"
            kind = "heading" if column in self.columns.guessed else "read"
            self.ledger.tell(kind, table.cell(table.head, column), what)
        for column in self.columns.spare:
            what = f"{self.letters(column)} {table.heading(column)}"
            name = f"{what} as {self.keys[column]}" if column in held else what
            self.ledger.tell("kept" if column in held else "empty", table.cell(table.head, column), name)
        texts = [row.cell(column) for row in table.rows for column in row.filled()]
        if told := self.rule.told(texts):
            self.ledger.tell("decimals", None, f"{table.file}: {told}" if table.file else told)
        if self.rule.day_first is not None:
            order = "the day first" if self.rule.day_first else "the month first"
            self.ledger.tell(
                "days", None, f"days like 03/04/2026 are read with {order}, as {self.rule.day_shown_at} shows"
            )

    def letters(self, column: int) -> str:
        """The name of a column, with its file where there are several."""
        return f"{self.table.file}{'!' if self.table.file else ''}{letters(column)}"

    def used(self) -> Iterable[tuple[str, int]]:
        """Every column that is used, with its field, from left to right."""
        found = [(field, column) for field, columns in self.columns.fields.items() for column in columns]
        for kpi in self.columns.kpis:
            found += [("kpi", kpi.title), *kpi.details.items()]
        return sorted(found, key=lambda pair: pair[1])
