"""From the bytes of a CSV file to its rows and columns: encoding, separator, headings, limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from toc.errors import TheoryError
from toc.files.opening import check_text, decode
from toc.problems import Problem
from toc.spreadsheet.headings import Columns, columns_of, meaning, named

MOST_ROWS: Final = 10_000
MOST_BLANK: Final = 1_048_576  # as many rows as Excel has
MOST_CELLS: Final = 2_000_000
MOST_COLUMNS: Final = 200
_SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 10
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SAVE_AS: Final = (
    "this is a workbook or another Office file: open it in Excel, choose Save As and the type CSV, and name that file"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row and its number in the spreadsheet, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """What stands in a column, from 0; nothing where the row is shorter."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the headings that hold something."""

    headings: tuple[str, ...]
    columns: Columns
    rows: tuple[Row, ...]
    source: str | None = None

    def heading(self, column: int) -> str:
        """The heading of a column, in quotes and on one line."""
        return named(self.headings[column])


def text_of(data: str | bytes, source: str | None) -> str:
    """The text of a CSV file: UTF-8, or Windows-1252 as Excel saves it. Raises TheoryError (TOC002, TOC004)."""
    if isinstance(data, str):
        return check_text(data, source=source)
    if data.startswith(_WORKBOOKS):
        raise _failed("TOC002", _SAVE_AS, source)
    try:
        data.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):
            data = data.decode("cp1252").encode()
    return decode(data, source=source)


def table_of(text: str, source: str | None) -> Table:
    """The rows of a CSV text, under the first row that holds a heading for titles. Raises TheoryError."""
    separator, text = _separator(text)
    if text.count(separator) > MOST_CELLS:
        raise _failed("TOC004", f"more than {MOST_CELLS:,} cells: save the rows and columns that matter only", source)
    try:
        rows = list(_rows(text, separator))
    except csv.Error as error:
        raise _failed("TOC003", f"this is not CSV ({error}): save the spreadsheet as CSV again", source) from None
    head = next((row for row in rows[:_LOOKED_AT] if _has_titles(row.cells)), None)
    if head is None:
        raise _without_titles(rows, source)
    under = tuple(row for row in rows if row.number > head.number)
    if len(under) > MOST_ROWS:
        raise _failed("TOC004", f"more than {MOST_ROWS:,} rows: save the activities only", source)
    if len(head.cells) > MOST_COLUMNS:
        raise _failed("TOC004", f"more than {MOST_COLUMNS} columns: save those that matter only", source)
    return Table(head.cells, columns_of(head.cells), under, source)


def _separator(text: str) -> tuple[str, str]:
    """What stands between the columns: what Excel's first line says, else what makes most sense of the headings."""
    first = text[:6]
    if first.lower().startswith("sep=") and first[4:5] in _SEPARATORS and first[5:6] in ("\r", "\n"):
        return first[4], text[5:]  # the line stays, empty, so that rows keep their numbers
    return max(_SEPARATORS, key=lambda separator: _sense(text, separator)), text


def _sense(text: str, separator: str) -> tuple[int, int]:
    best = (0, 0)
    with suppress(csv.Error):
        for row in islice(_rows(text[:200_000], separator), _LOOKED_AT):
            if _has_titles(row.cells):
                return sum(meaning(cell).field is not None for cell in row.cells[:MOST_COLUMNS]), len(row.cells)
            best = max(best, (0, len(row.cells)))
    return best


def _rows(text: str, separator: str) -> Iterator[Row]:
    """The rows that are not blank, a few more than are allowed at most."""
    found = 0
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
        if any(map(str.strip, cells)):
            yield Row(number, tuple(cells))
            found += 1
        if found > MOST_ROWS + _LOOKED_AT or number > MOST_BLANK:
            return


def _has_titles(cells: Sequence[str]) -> bool:
    return any(meaning(cell).field == "title" for cell in cells[:MOST_COLUMNS])


def _without_titles(rows: Sequence[Row], source: str | None) -> TheoryError:
    if not rows:
        return _failed("TOC003", "the spreadsheet is empty", source)
    found = ", ".join(named(cell) for cell in rows[0].cells[:12] if cell.strip())
    message = (
        f"no column is headed Title, Activity or Project: give the column of titles such a heading (there are {found})"
    )
    return TheoryError([Problem("TOC011", message, line=rows[0].number, column=1)], source=source)


def _failed(code: str, message: str, source: str | None) -> TheoryError:
    return TheoryError([Problem(code, message)], source=source)
