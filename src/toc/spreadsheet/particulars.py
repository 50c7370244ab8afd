"""What is said of an activity besides what it leads to: certainty, people, days, who leads, who pays, for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from toc.model.types import shown
from toc.spreadsheet.cells import Amount, content, is_near_level, level, level_or_none, people
from toc.spreadsheet.entries import Book, Entry
from toc.spreadsheet.grid import Row
from toc.spreadsheet.headings import plain, words
from toc.spreadsheet.notation import day
from toc.spreadsheet.sheet_reading import Sheet, Spot

_LISTS: Final = ("lead", "funding", "partners")
_NO_NAME: Final = re.compile(r"[\W\d_]*(?:[kKmM]|tsd|mio)?[\W\d_]*")
_LEVELS: Final = ("certainty", "impact.internal", "impact.external")
_RATED: Final = ("id", *_LEVELS, "participation", "starts", "ends")


class Particulars:
    """Reads them from the rows of one sheet."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self.sheet, self.book, self.columns = sheet, book, sheet.columns

    def rate(self, row: Row, activities: list[Entry], about: list[Entry]) -> None:
        """What is said once of an activity: certainty, impact, participation, days."""
        if not activities:
            for field in _RATED:
                self.keep_field(row, field, about)
            return
        for field in _LEVELS:
            column = self.columns.one(field)
            if rating := self.sheet.read(row, column, level):
                self.set(activities, field, rating, row, column)
                if column is not None and is_near_level(content(row.cell(column))):
                    self.say_read(activities, field, (row, column), rating, "level")
        self.count(row, activities)
        for field in ("starts", "ends"):
            self.date(row, field, activities)

    def count(self, row: Row, activities: list[Entry]) -> None:
        """How many people take part; of several activities in one cell nobody knows which."""
        column = self.columns.one("participation")
        if column is not None and len(activities) > 1 and self.sheet.is_said(row, column):
            self.sheet.keep(activities, row, column, "shared")
            return
        found = self.sheet.read(
            row, column, lambda text: level_or_none(text) or people(text, self.sheet.rule), "TOC012"
        )
        if found is None or column is None:
            return
        value = int(found.value) if isinstance(found, Amount) else found
        self.set(activities, "participation", value, row, column)
        if isinstance(found, Amount) and found.guessed:
            self.say_read(activities, "participation", (row, column), str(value), "number")
        elif isinstance(found, str) and is_near_level(content(row.cell(column))):
            self.say_read(activities, "participation", (row, column), found, "level")

    def date(self, row: Row, field: str, activities: list[Entry]) -> None:
        """The day on which something starts or ends."""
        column = self.columns.one(field)
        if column is None or not content(row.cell(column)):
            return
        if content(row.cell(column)).casefold() in words()["open_days"]:
            self.sheet.tell("open", row, column)
            return
        found = self.sheet.read(row, column, lambda text: day(text, self.sheet.rule), "TOC015")
        if found:
            self.set(activities, field, found[0], row, column)
            if found[1]:
                self.say_read(activities, field, (row, column), found[0], "day")

    def say_read(self, entries: Iterable[Entry], field: str, at: Spot, value: str, kind: str) -> None:
        """Tell how a cell was read, on the way and in the file."""
        row, column = at
        self.sheet.tell(kind, row, column, f"as {value}")
        if kind != "day":
            for entry in entries:
                entry.notes.append((field, f'"{content(row.cell(column))[:100]}" in the spreadsheet'))

    def set(self, entries: Iterable[Entry], field: str, value: Any, row: Row, column: int | None) -> None:
        """Set a field; the rows of one activity must not disagree."""
        for entry in entries:
            before = entry.fields.setdefault(field, value)
            if before != value and column is not None:
                message = (
                    f"{self.sheet.table.heading(column)} says {shown(value)}, but a row above says {shown(before)} for "
                    f"the same activity: make them agree, or give the two activities different ids"
                )
                self.sheet.report("TOC012", message, row, column)

    def describe(self, row: Row, about: list[Entry]) -> None:
        """Texts and lists: who leads, who pays, who takes part, for whom."""
        is_activity = about[0].kind == "activity"
        for field in ("description", "type"):
            column = self.columns.one(field)
            if column is None or not (text := self.sheet.text(row, column)):
                continue
            if (field == "type" and not is_activity) or any(one.fields.get(field, text) != text for one in about):
                self.sheet.keep(about, row, column, "kept-here")
            else:
                for one in about:
                    one.fields[field] = text
        for field in (*_LISTS, "target_group"):
            if is_activity or field == "target_group":
                self.names(row, field, about)
            else:
                self.keep_field(row, field, about)

    def names(self, row: Row, field: str, about: list[Entry]) -> None:
        """The names in the columns of a field; what is no name is kept as it is."""
        kind = {"partners": "partner", "target_group": "group"}.get(field)
        for name, column in self.sheet.names(row, field):
            if _NO_NAME.fullmatch(name) or plain(name) in words()["anybody"]:
                self.sheet.keep(about, row, column, "no-name")
                continue
            value: Any = self.sheet.entry(self.book, kind, name, (row, column)) if kind else name
            for one in about:
                found = one.fields.setdefault(field, [])
                if value not in found:
                    found.append(value)

    def keep_field(self, row: Row, field: str, entries: list[Entry]) -> None:
        """Keep a cell that what the row is about cannot hold."""
        for column in self.columns.fields.get(field, ()):
            if self.sheet.is_said(row, column):
                self.sheet.keep(entries, row, column, "kept-here")
