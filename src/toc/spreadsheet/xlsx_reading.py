"""From the bytes of an .xlsx file to plain values. What numbers, days and formats mean is openpyxl's knowledge.

Sheets are read here and not by openpyxl because one pass has to give a formula, its stored result and the note of a cell,
and because 20 MB of XML by a stranger must not take openpyxl's 40 seconds (docs/decisions/0009-workbooks-are-streamed.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from math import isfinite
from typing import Any, Final
from xml.etree.ElementTree import Element

from toc.errors import TheoryError, missing_extra
from toc.files.opening import REFUSED
from toc.problems import Problem
from toc.spreadsheet.grid import MOST_COLUMNS, MOST_ROWS, refused
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.workbook_cells import Value, Workbook, WorkbookCell, Worksheet
from toc.spreadsheet.xlsx_package import CUT, DAMAGED, Package, local

MOST_LETTERS: Final = 32_767  # as many as a cell of Excel holds
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+(?:[eE][+-]?[0-9]{1,3})?")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MACROS: Final = "its macros are neither run nor kept"
_LINKS: Final = "its links to other workbooks are not followed: what they gave last is read"
_Place = tuple[int, int]


def workbook_of(data: bytes, source: str | None = None) -> Workbook:
    """The values in an .xlsx or .xlsm file. At most 50 MB, 20 MB of XML, and 10,000 rows × 200 columns in each sheet.

    Raises:
        TheoryError: one problem that says why the file is refused: TOC002 for what is no readable workbook, TOC004 for
            what is too large.
        MissingExtraError: the extra `xlsx` is not installed.
    """
    try:
        return _Opened(Package(data, source)).workbook()
    except TheoryError:
        raise
    except DAMAGED:
        raise refused("TOC002", CUT, source) from None


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the number of a cell's style says of it."""

    is_percent: bool = False
    is_day: bool = False


class _Opened:
    """A workbook while it is read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.workbook()
        self.parts = {one.id: one for one in package.related(self.main)}
        self.strings = list(self.shared_strings())
        self.day = self.days()
        self.meanings = list(self.styles())

    def workbook(self) -> Workbook:
        """All sheets that hold cells."""
        found = []
        for one in self.package.elements(self.main, "sheet"):
            id = next((value for key, value in one.items() if key.endswith("}id")), "")
            part = self.parts.get(id)
            if part and part.kind == "worksheet":
                found.append(self.sheet(one.get("name", ""), part.target, one.get("state", "visible") != "visible"))
        if not found:
            raise self.package.not_a_workbook()
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
            yield from map(_text, self.package.elements(part, "si"))

    def styles(self) -> Iterator[_Meaning]:
        """What the formats of cells mean, which cells name by number."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        part = self.part("styles")
        formats: dict[str, str] = {str(number): text for number, text in BUILTIN_FORMATS.items()}
        for group in self.package.elements(part, "numFmts", "cellXfs") if part else ():
            if local(group) == "numFmts":
                formats |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in group}
            else:
                meanings = {number: _meaning(text) for number, text in formats.items()}
                yield from (meanings.get(one.get("numFmtId", ""), _Meaning()) for one in group)

    def days(self) -> Callable[[float], Value]:
        """From the number by which the workbook counts a day to the day."""
        try:
            from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
        except ImportError:
            raise missing_extra("xlsx", "reading a workbook") from None
        said = [one.get("date1904") for one in self.package.elements(self.main, "workbookPr")]
        epoch = MAC_EPOCH if said and said[0] in ("1", "true") else WINDOWS_EPOCH

        def day(number: float) -> Value:
            try:
                found: Any = from_excel(number, epoch)
            except (OverflowError, ValueError):
                return number
            return _without_midnight(found)

        return day

    def sheet(self, name: str, part: str, is_hidden: bool) -> Worksheet:  # noqa: FBT001  # as the file says it
        """A sheet with its rows, or with why they are too many to be read."""
        found: dict[int, dict[int, WorkbookCell]] = {}
        for cell in self.cells(part):
            found.setdefault(cell.row, {})[cell.column] = cell
            if why := _too_large(cell, len(found)):
                problem = Problem("TOC004", why, line=cell.row, column=cell.column, sheet=name)
                return Worksheet(name, (), is_hidden, TheoryError([problem], source=self.package.source))
        for (row, column), note in self.notes(part).items():
            if row in found and column <= MOST_COLUMNS:
                found[row][column] = replace(found[row].get(column, WorkbookCell(row, column, None)), note=note)
        rows = (tuple(cells[column] for column in sorted(cells)) for _, cells in sorted(found.items()))
        return Worksheet(name, tuple(rows), is_hidden)

    def cells(self, part: str) -> Iterator[WorkbookCell]:
        """The cells of a sheet that hold a value or a formula; places that are not written follow each other."""
        number = 0
        for row in self.package.elements(part, "row"):
            number, column = int(row.get("r", number + 1)), 0
            for one in row:
                if local(one) != "c":
                    continue
                number, column = _place(one.get("r")) or (number, column + 1)
                if len(one) and (cell := self.cell(one, number, column)):
                    yield cell

    def cell(self, element: Element, row: int, column: int) -> WorkbookCell | None:
        """One cell, or None for one that holds nothing."""
        parts = {local(one): one for one in element}
        written = parts["v"].text if "v" in parts else None
        kind, is_formula = element.get("t", "n"), "f" in parts
        if kind == "inlineStr" and "is" in parts:
            written = _text(parts["is"])
        if not (written or is_formula):
            return None
        style = int(element.get("s", 0))
        meaning = self.meanings[style] if style < len(self.meanings) else _Meaning()
        value = self.value(written, kind, meaning) if written else None
        is_percent = meaning.is_percent and isinstance(value, (int, float)) and kind == "n"
        return WorkbookCell(row, column, value, is_percent, is_formula, kind == "e")

    def value(self, written: str, kind: str, meaning: _Meaning) -> Value:
        """What is written, by the kind of the cell."""
        if kind == "s":
            return self.strings[int(written)]
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "d":
            return _without_midnight(datetime.fromisoformat(written))
        if kind != "n" or not _NUMBER.fullmatch(written.strip()):
            return _unescaped(written)
        number = float(written)
        if not isfinite(number):
            return written
        if meaning.is_day:
            return self.day(number)
        return int(number) if number.is_integer() and abs(number) < 10**15 else number

    def notes(self, sheet_part: str) -> Mapping[_Place, str]:
        """The notes on the cells of a sheet."""
        parts = [one.target for one in self.package.related(sheet_part) if one.kind == "comments"]
        comments = chain.from_iterable(self.package.elements(part, "comment") for part in parts)
        found = ((_place(one.get("ref")), "".join(map(_text, one)).strip()) for one in comments)
        return {place: text for place, text in found if place and text}


def _too_large(cell: WorkbookCell, rows: int) -> str | None:
    """Why a sheet is not read beyond a cell."""
    if cell.column > MOST_COLUMNS:
        return f"more than {MOST_COLUMNS} columns: save those that matter only"
    if rows > MOST_ROWS + LOOKED_AT:
        return f"more than {MOST_ROWS:,} rows: save those that matter only"
    if isinstance(cell.value, str) and len(cell.value) > MOST_LETTERS:
        return f"more than {MOST_LETTERS:,} letters in one cell: shorten it"
    return None


def _place(name: str | None) -> _Place | None:
    """Row and column, from 1, of a cell by its name."""
    found = _PLACE.fullmatch(name or "")
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _text(element: Element) -> str:
    """The text of a cell or a note, whatever its letters look like; how Japanese is pronounced is left out."""
    runs = (one for one in element if local(one) in ("t", "r"))
    return _unescaped("".join(part.text or "" for run in runs for part in run.iter() if local(part) == "t"))


def _unescaped(text: str) -> str:
    """Text with line ends as they are here, and without the invisible characters that may not stand in a theory."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return REFUSED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _meaning(text: str) -> _Meaning:
    """What a number format makes of a number; hours beyond a day, like `[h]:mm`, are a number."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    bare = _QUOTED.sub("", text)
    return _Meaning("%" in bare, bool(is_date_format(text)) and not is_timedelta_format(text))


def _without_midnight(found: Any) -> Value:
    """A day that is given with the time of midnight is a day."""
    if isinstance(found, datetime) and found == datetime.combine(found.date(), datetime.min.time()):
        return found.date()
    return found if not isinstance(found, timedelta) else found.total_seconds() / 86_400
