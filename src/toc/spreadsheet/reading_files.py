"""From whatever somebody brings to a theory with its readings: a DataFrame, mappings, a CSV file or a workbook."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, TypeVar, get_args

from toc.errors import TheoryError, one_of
from toc.files.opening import read_bytes
from toc.given_rows import Row, Rows, one_row, rows_given
from toc.model import Theory
from toc.monitoring.recording import Recorded, recorded
from toc.problems import Problem, letters
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.grid import MOST_ROWS, refused
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.reading_cells import NO_RESULT
from toc.spreadsheet.reading_headings import DATE, KPI, known_heading
from toc.spreadsheet.reading_tables import ReadingTable
from toc.spreadsheet.workbook.returned_heads import refuse_ours
from toc.spreadsheet.workbook_cells import WorkbookCell
from toc.spreadsheet.xlsx_package import is_workbook
from toc.spreadsheet.xlsx_reading import workbook_of

T = TypeVar("T", bound=Theory)
Order = Literal["day-first", "month-first"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
Line = tuple[int, Mapping[int, Any]]
"""A row of a sheet: its number, from 1, and what stands in its columns, from 0."""


def with_one(theory: T, stated: Mapping[str, Any], *, replace: bool, today: date) -> Recorded[T]:
    """The theory with one reading. Raises TheoryError."""
    return recorded_from(theory, one_row(stated), replace=replace, today=today)


def with_table(theory: T, given: Any, *, replace: bool, order: Order | None, today: date) -> Recorded[T]:
    """The theory with the readings of a table or of a file. Raises TheoryError with every problem."""
    day_first = None if order is None else one_of("order of dates", order, ORDERS) == ORDERS[0]
    rows = rows_in(given) if isinstance(given, (str, os.PathLike)) else rows_given(given, "rows")
    return recorded_from(theory, rows, replace=replace, day_first=day_first, today=today)


def recorded_from(theory: T, rows: Rows, *, replace: bool, day_first: bool | None = None, today: date) -> Recorded[T]:
    """The theory with the readings in some rows. Raises TheoryError with every problem."""
    table = ReadingTable(rows, theory, day_first=day_first, today=today)
    entries = list(table.entries())
    problems = table.problems
    try:
        found = recorded(theory, entries, replace=replace)
    except TheoryError as error:
        problems += error.problems
    if problems:
        raise TheoryError(sorted(problems, key=lambda one: (one.line or 0, one.column or 0)), source=rows.source)
    return found


def rows_in(path: str | os.PathLike[str]) -> Rows:
    """The rows of readings in a file. Raises TheoryError."""
    return rows_of_bytes(read_bytes(path), os.fspath(path))


def rows_of_bytes(data: bytes, source: str) -> Rows:
    """The rows under the headings that look most like those of readings, in the first sheet that has such.

    Raises TheoryError.
    """
    decimal, sheets, too_large = None, dict[str, list[Line]](), None
    if is_workbook(data, source):
        workbook = workbook_of(data, source)
        refuse_ours(workbook)
        for sheet in workbook.sheets:
            sheets[sheet.name] = [(row[0].row, {cell.column - 1: _value(cell) for cell in row}) for row in sheet.held]
            too_large = too_large or sheet.too_large
    else:
        grid = csv_grid(data, source, _sense)
        decimal = grid.decimal
        sheets[""] = [(row.number, dict(enumerate(row.cells))) for row in grid.rows]
    heads = [(name, place, head) for name, lines in sheets.items() for place, head in enumerate(lines[:LOOKED_AT])]
    name, place, head = max(heads, key=lambda one: _weight(one[2][1].values()), default=("", 0, (1, {})))
    if too_large and not _weight(head[1].values()):
        raise too_large
    if not heads:
        raise refused("TOC003", "the table is empty", source)
    if len(lines := sheets[name][place + 1 :]) > MOST_ROWS:
        raise refused("TOC004", f"more than {MOST_ROWS:,} rows: record them in several files", source)
    return _under(head, lines, name, source, decimal)


def _under(head: Line, lines: Sequence[Line], sheet: str, source: str, decimal: str | None) -> Rows:
    """The rows under some headings."""
    at, headings = head
    filled = {column for _, cells in lines for column, value in cells.items() if _holds(value)}
    names: dict[int, str] = {}
    for column in sorted(filled | {column for column, text in headings.items() if _holds(text)}):
        name = str(headings.get(column, "")).strip() or f"column {letters(column)}"
        if name in names.values():
            twice = Problem(
                "TOC019", f"two columns are headed {name!r}: keep one", line=at, column=column + 1, sheet=sheet
            )
            raise TheoryError([twice], source=source)
        names[column] = name
    columns = {name: column for column, name in names.items()}
    held = (
        (number, {names[c]: value for c, value in sorted(cells.items()) if _holds(value)}) for number, cells in lines
    )
    rows = tuple(Row(cells, (), number, columns, sheet) for number, cells in held if cells)
    return Rows(tuple(columns), rows, Row({}, (), at, columns, sheet), source, decimal)


def _value(cell: WorkbookCell) -> Any:
    """A cell as the value of a row: a percentage as it is shown, a day without its time."""
    if cell.value is None and cell.is_formula:
        return NO_RESULT
    if isinstance(cell.value, datetime):
        return cell.value.date()
    return cell.text if cell.is_percent or not isinstance(cell.value, (str, int, float, date)) else cell.value


def _holds(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _weight(cells: Any) -> int:
    """How much a row looks like the headings of readings."""
    known = {known_heading(cell) for cell in cells if isinstance(cell, str)}
    return 2 * (DATE in known) + (KPI in known)


def _sense(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How much sense rows make as a table of readings: their headings, and how many columns these have."""
    return max(((_weight(cells), len(cells)) for cells in rows), default=(0, 0))
