"""From the bytes of a CSV file to a grid: encoding, separator, limits."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

from toc.errors import TheoryError
from toc.files.opening import check_text, decode
from toc.spreadsheet.grid import MOST_BLANK, MOST_CELLS, MOST_ROWS, Cell, Grid, Row, refused
from toc.spreadsheet.headings import LOOKED_AT, sense

Weigh = Callable[[Sequence[Sequence[str]]], tuple[int, int]]

_SEPARATORS: Final = (",", ";", "\t", "|")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls Unicode text
_QUOTE: Final = "a quotation mark opens in this cell and is not closed: close it, or take it out"


def csv_grid(data: str | bytes, source: str | None = None, weigh: Weigh = sense) -> Grid:
    """The rows of a CSV file. Raises TheoryError (TOC002, TOC003, TOC004).

    `weigh` says how much sense the first rows make; by it the sign between columns is known.
    """
    separator, text = _separator(_text(data, source), weigh)
    if text.count(separator) > MOST_CELLS:
        raise refused("TOC004", f"more than {MOST_CELLS:,} cells: save the rows and columns that matter only", source)
    rows: list[Row] = []
    try:
        rows.extend(_rows(text, separator))
    except csv.Error as error:
        raise _broken(text, separator, source, error) from None
    return Grid(tuple(rows), source, "," if separator == ";" else None)


def _text(data: str | bytes, source: str | None) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1252, in which Excel saves plain CSV."""
    if isinstance(data, str):
        return check_text(data, source=source)
    encoding = "utf-16" if data.startswith(_UTF_16) else "cp1252"
    try:
        data.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError, UnicodeEncodeError):
            data = data.decode(encoding).encode()
    return decode(data, source=source)


def _separator(text: str, weigh: Weigh) -> tuple[str, str]:
    """What stands between the columns: what Excel's first line says, else what makes most sense of the headings."""
    first = text[:6]
    if first.lower().startswith("sep=") and first[4:5] in _SEPARATORS and first[5:6] in ("\r", "\n"):
        return first[4], text[5:]  # the line stays, empty, so that rows keep their numbers
    return max(_SEPARATORS, key=lambda separator: _sense(text, separator, weigh)), text


def _sense(text: str, separator: str, weigh: Weigh) -> tuple[int, int]:
    rows: list[Row] = []
    with suppress(csv.Error):
        rows.extend(islice(_rows(text[:200_000], separator), LOOKED_AT))
    return weigh([row.cells for row in rows])


def _rows(text: str, separator: str) -> Iterator[Row]:
    """The rows that are not blank, a few more than are allowed at most."""
    found = 0
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
        if any(map(str.strip, cells)):
            yield Row(number, tuple(cells))
            found += 1
        if found > MOST_ROWS + LOOKED_AT or number > MOST_BLANK:
            return


def _broken(text: str, separator: str, source: str | None, error: csv.Error) -> TheoryError:
    """Where reading stopped: the cell whose quotation mark is not closed, or else the row."""
    number, start = 1, 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    with suppress(csv.Error):
        for number, _ in enumerate(reader, 2):  # noqa: B007  # the number of the row that comes next is what is asked
            start = reader.line_num
    line = next(islice(io.StringIO(text, newline=""), start, None), "")
    column = _unclosed(line, separator)
    if column is not None:
        return refused("TOC003", _QUOTE, source, Cell(number, column))
    message = f"this is not CSV ({error}): save the spreadsheet as CSV again"
    return refused("TOC003", message, source, Cell(number, 0))


def _unclosed(line: str, separator: str) -> int | None:
    """The column of the first cell that opens with a quotation mark and has no end, or an end in its midst."""
    cell = re.compile(rf'"(?:[^"]|"")*"(?=[{re.escape(separator)}\r\n]|\Z)|(?!")[^{re.escape(separator)}\r\n]*')
    column, at = 0, 0
    while found := cell.match(line, at):
        at = found.end()
        if line[at : at + 1] != separator:
            return None
        column, at = column + 1, at + 1
    return column
