"""From the bytes of an .xlsx file to plain values. What numbers, days and formats mean is openpyxl's knowledge.

Sheets are read here and not by openpyxl because one pass has to give a formula, its stored result and the note of a cell,
and because 20 MB of XML by a stranger must not take openpyxl's 40 seconds (docs/decisions/0009-workbooks-are-streamed.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final
from xml.etree.ElementTree import Element

from toc.errors import TheoryError, missing_extra
from toc.problems import Problem
from toc.spreadsheet.grid import MOST_COLUMNS, MOST_ROWS, refused
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.workbook_cells import Value, Workbook, WorkbookCell, Worksheet
from toc.spreadsheet.xlsx_package import CUT, DAMAGED, Package, Tell, local
from toc.spreadsheet.xlsx_values import (
    Look,
    Place,
    days_from,
    look_of,
    number_of,
    place_of,
    text_of,
    unescaped,
    without_midnight,
)

MOST_LETTERS: Final = 32_767  # as many as a cell of Excel holds
_MACROS: Final = "its macros are neither run nor kept"
_LINKS: Final = "its links to other workbooks are not followed: what they gave last is read"


def workbook_of(data: bytes, source: str | None = None, tell: Tell | None = None) -> Workbook:
    """The values in an .xlsx or .xlsm file. At most 50 MB, 20 MB of XML, and 10,000 rows × 200 columns in each sheet.

    `tell` is told, again and again, how many bytes of how many are read.

    Raises:
        TheoryError: one problem that says why the file is refused: TOC002 for what is no readable workbook, TOC004 for
            what is too large.
        MissingExtraError: the extra `xlsx` is not installed.
    """
    try:
        return _Opened(Package(data, source, tell)).workbook()
    except ImportError:
        raise missing_extra("xlsx", "reading a workbook") from None
    except TheoryError:
        raise
    except DAMAGED:
        raise refused("TOC002", CUT, source) from None


class _Opened:
    """A workbook while it is read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main()
        self.parts = {one.id: one for one in package.related(self.main)}
        self.strings = list(self.shared_strings())
        self.day = days_from(is_1904=self.is_1904())
        self.looks = list(self.styles())

    def workbook(self) -> Workbook:
        """All sheets that hold cells."""
        found = []
        for one in self.package.elements(self.main, "sheet"):
            id = next((value for key, value in one.items() if key.endswith("}id")), "")
            part = self.parts.get(id)
            if part and part.kind == "worksheet":
                found.append(self.sheet(one.get("name", ""), part.target, one.get("state", "visible") != "visible"))
        if not found:
            raise self.package.of_another_kind()
        names = self.package.parts
        remarks = [_MACROS] * any(name.endswith("vbaproject.bin") for name in names)
        remarks += [_LINKS] * any("/externallinks/" in name for name in names)
        return Workbook(tuple(found), self.package.source, tuple(remarks))

    def part(self, kind: str) -> str | None:
        """The part of a kind of which there is one."""
        return next((one.target for one in self.parts.values() if one.kind == kind), None)

    def shared_strings(self) -> Iterator[str]:
        """The texts that cells name by number."""
        if part := self.part("sharedStrings"):
            yield from map(text_of, self.package.elements(part, "si"))

    def styles(self) -> Iterator[Look]:
        """What the formats of cells mean, which cells name by number."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        part = self.part("styles")
        formats: dict[str, str] = {str(number): text for number, text in BUILTIN_FORMATS.items()}
        for group in self.package.elements(part, "numFmts", "cellXfs") if part else ():
            if local(group) == "numFmts":
                formats |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in group}
            else:
                looks = {number: look_of(text) for number, text in formats.items()}
                yield from (looks.get(one.get("numFmtId", ""), Look()) for one in group)

    def is_1904(self) -> bool:
        """Whether days are counted from 1904, as on old Macs."""
        said = [one.get("date1904") for one in self.package.elements(self.main, "workbookPr")]
        return bool(said) and said[0] in ("1", "true")

    def sheet(self, name: str, part: str, is_hidden: bool) -> Worksheet:  # noqa: FBT001  # as the file says it
        """A sheet with its rows, or with why they are too many to be read."""
        found: dict[int, dict[int, WorkbookCell]] = {}
        for cell in self.cells(part):
            found.setdefault(cell.row, {})[cell.column] = cell
            if why := _too_large(cell, len(found)):
                problem = Problem("TOC004", why, line=cell.row, column=cell.column, sheet=name)
                error = TheoryError([problem], source=self.package.source)
                return Worksheet(name, _ordered(found)[:LOOKED_AT], is_hidden, error)
        for (row, column), note in self.notes(part).items():
            if row in found and column <= MOST_COLUMNS:
                found[row][column] = replace(found[row].get(column, WorkbookCell(row, column, None)), note=note)
        return Worksheet(name, _ordered(found), is_hidden)

    def cells(self, part: str) -> Iterator[WorkbookCell]:
        """The cells of a sheet that hold a value or a formula; places that are not written follow each other."""
        number = 0
        for row in self.package.elements(part, "row"):
            number, column = int(row.get("r", number + 1)), 0
            for one in row:
                if local(one) != "c":
                    continue
                number, column = place_of(one.get("r")) or (number, column + 1)
                if len(one) and (cell := self.cell(one, number, column)):
                    yield cell

    def cell(self, element: Element, row: int, column: int) -> WorkbookCell | None:
        """One cell, or None for one that holds nothing."""
        parts = {local(one): one for one in element}
        written = parts["v"].text if "v" in parts else None
        kind, is_formula = element.get("t", "n"), "f" in parts
        if kind == "inlineStr" and "is" in parts:
            written = text_of(parts["is"])
        if not (written or is_formula):
            return None
        style = int(element.get("s", 0))
        look = self.looks[style] if style < len(self.looks) else Look()
        value = self.value(written, kind, look) if written else None
        is_percent = look.is_percent and isinstance(value, (int, float)) and kind == "n"
        return WorkbookCell(row, column, value, is_percent, is_formula, kind == "e")

    def value(self, written: str, kind: str, look: Look) -> Value:
        """What is written, by the kind of the cell."""
        if kind == "s":
            return self.strings[int(written)]
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "d":
            return without_midnight(datetime.fromisoformat(written))
        number = number_of(written) if kind == "n" else None
        if number is None:
            return unescaped(written)
        return self.day(number) if look.is_day else number

    def notes(self, sheet_part: str) -> Mapping[Place, str]:
        """The notes on the cells of a sheet."""
        parts = [one.target for one in self.package.related(sheet_part) if one.kind == "comments"]
        comments = chain.from_iterable(self.package.elements(part, "comment") for part in parts)
        found = ((place_of(one.get("ref")), "".join(map(text_of, one)).strip()) for one in comments)
        return {place: text for place, text in found if place and text}


def _ordered(rows: Mapping[int, Mapping[int, WorkbookCell]]) -> tuple[tuple[WorkbookCell, ...], ...]:
    return tuple(tuple(cells[column] for column in sorted(cells)) for _, cells in sorted(rows.items()))


def _too_large(cell: WorkbookCell, rows: int) -> str | None:
    """Why a sheet is not read beyond a cell."""
    if cell.column > MOST_COLUMNS:
        return f"more than {MOST_COLUMNS} columns: save those that matter only"
    if rows > MOST_ROWS + LOOKED_AT:
        return f"more than {MOST_ROWS:,} rows: save those that matter only"
    if isinstance(cell.value, str) and len(cell.value) > MOST_LETTERS:
        return f"more than {MOST_LETTERS:,} letters in one cell: shorten it"
    return None
