"""From the sheets of a workbook to grids of text, as if they had been saved as CSV, but sure of what is a number or a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from toc.errors import one_of
from toc.model.types import shown
from toc.spreadsheet.grid import Aside, Cell, Grid, Row, refused
from toc.spreadsheet.headings import LOOKED_AT, meaning, plain, starts_table, words
from toc.spreadsheet.workbook_cells import Workbook, WorkbookCell, Worksheet

_EITHER: Final = re.compile(r"(?<![0-9.])([1-9][0-9]{0,2}\.[0-9]{3})(?=%?$)")  # as a text, it might be thousands
_NO_RESULT: Final = "the result of this formula was not saved: open the workbook in Excel, save it, and name it again"
_NO_TABLE: Final = (
    "in no sheet is a column headed Title, Activity or Project: give the column of titles such a heading (there are {})"
)


def workbook_grids(workbook: Workbook, names: Sequence[str] = ()) -> list[Grid]:
    """The rows of the sheets that are named, or else of the first that lists activities and of those headed like it.

    Where there are several, the name of a sheet is the strand of its rows if they name none.

    Raises:
        TheoryError: no sheet lists activities, or one is too large.
        OptionError: there is no such sheet.
    """
    sheets = [_named(workbook, name) for name in dict.fromkeys(names)] if names else _listing(workbook)
    chosen = {sheet.name for sheet in sheets}
    left = [one.name for one in workbook.sheets if one.held and one.name not in chosen and not names]
    asides = [Aside("workbook", remark) for remark in workbook.remarks] + [Aside("sheet", shown(name)) for name in left]
    return [
        _grid(
            workbook.source, sheet, is_strand=len(sheets) > 1 and _says_something(sheet.name), told=asides * (not place)
        )
        for place, sheet in enumerate(sheets)
    ]


def _named(workbook: Workbook, name: str) -> Worksheet:
    found = workbook.sheet(name)
    names = {one.name: one for one in workbook.sheets}
    return found or names[one_of("sheet", name, names)]


def _listing(workbook: Workbook) -> list[Worksheet]:
    """The first sheet with a known heading, and those whose known headings are the same; hidden ones are not looked at."""
    seen = [one for one in workbook.sheets if not one.is_hidden and one.held]
    heads = [_head(sheet) for sheet in seen]
    first = next(filter(None, heads), None)
    if first is None and len(seen) > 1:
        raise refused("TOC011", _NO_TABLE.format(", ".join(shown(one.name) for one in seen[:12])), workbook.source)
    return [sheet for sheet, head in zip(seen, heads, strict=True) if head == first] or [*workbook.sheets[:1]]


def _head(sheet: Worksheet) -> frozenset[str]:
    """The fields that the headings of a sheet name; none where it does not list activities."""
    rows = [[cell.text for cell in row] for row in sheet.held[:LOOKED_AT]]
    if any(len(row) > 1 for row in rows):
        rows = [
            row for row in rows if len(row) > 1
        ]  # a lone text over others is a title, or a line of a list of contents
    found = [{field for text in row if (field := meaning(text).field)} for row in rows if starts_table(row)]
    return frozenset(max(found, key=len, default=()))


def _says_something(name: str) -> bool:
    """Whether the name of a sheet may be a strand, and is no more than what Excel calls it."""
    return re.sub(r"[\d ]+$", "", plain(name)) not in words()["sheets"]


def _grid(source: str | None, sheet: Worksheet, *, is_strand: bool, told: Iterable[Aside]) -> Grid:
    """The rows of a sheet as text."""
    rows = tuple(row for row in map(_row, sheet.rows) if any(map(str.strip, row.cells)))
    cells = [cell for row in sheet.rows for cell in row]
    strand = sheet.name.strip() if is_strand else ""
    asides = [*told, *(aside for cell in cells for aside in _asides(cell))]
    faults = tuple(fault for cell in cells for fault in _faults(cell))
    return Grid(rows, source, None, sheet.name, strand, tuple(asides), faults)


def _row(cells: Sequence[WorkbookCell]) -> Row:
    texts = [""] * cells[-1].column
    for cell in cells:
        texts[cell.column - 1] = _EITHER.sub(r"\g<1>0", cell.text) if cell.is_number else cell.text
    return Row(cells[0].row, tuple(texts), frozenset(cell.column - 1 for cell in cells if cell.is_number))


def _asides(cell: WorkbookCell) -> Iterator[Aside]:
    """What is told of a cell."""
    place = Cell(cell.row, cell.column - 1)
    if cell.is_formula and cell.value is not None and not cell.is_error:
        yield Aside("formula", f"as '{cell.text[:60]}'", place)
    if cell.note:
        yield Aside("cell-note", f"'{' '.join(cell.note.split())[:60]}'", place)


def _faults(cell: WorkbookCell) -> Iterator[Aside]:
    """Why a cell cannot be read."""
    place = Cell(cell.row, cell.column - 1)
    if cell.is_error:
        yield Aside(
            "", f"{shown(cell.text)} is an error of the spreadsheet: mend the formula, or empty the cell", place
        )
    elif cell.is_formula and cell.value is None:
        yield Aside("", _NO_RESULT, place)
