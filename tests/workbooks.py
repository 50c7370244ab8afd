"""A workbook as people change it: cells found by the id of a row and the heading of a column. Needs openpyxl."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

TRANSPOSED = ("Theory", "Partnership")


class Edited:
    """A workbook that is open for changes."""

    def __init__(self, path: Path) -> None:
        self.book: Any = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Any:
        return self.book[name]

    def headings(self, sheet: str) -> list[str]:
        return [cell.value for cell in self.book[sheet][1]]

    def row(self, sheet: str, id: str) -> int:
        """The row with an id; in a sheet with one thing, with a key."""
        column = 1 if sheet in TRANSPOSED else self.headings(sheet).index("id") + 1
        rows = range(2, self.book[sheet].max_row + 1)
        return next(row for row in rows if self.book[sheet].cell(row, column).value == id)

    def cell(self, sheet: str, id: str, heading: str) -> Any:
        column = 2 if sheet in TRANSPOSED else self.headings(sheet).index(heading) + 1
        return self.book[sheet].cell(self.row(sheet, id), column)

    def put(self, sheet: str, id: str, heading: str, value: Any) -> str:
        """Type something into a cell; its name."""
        cell = self.cell(sheet, id, heading)
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def add(self, sheet: str, **values: Any) -> int:
        """Add a row behind the last one; its number."""
        number = last_row(self.book[sheet]) + 1
        for heading, value in values.items():
            self.book[sheet].cell(number, self.headings(sheet).index(heading.replace("__", ".")) + 1).value = value
        return number

    def delete(self, sheet: str, id: str) -> None:
        self.book[sheet].delete_rows(self.row(sheet, id))


def last_row(sheet: Any) -> int:
    return max(row for row in range(1, sheet.max_row + 1) if any(cell.value is not None for cell in sheet[row]))


@contextmanager
def edited(path: Path) -> Iterator[Edited]:
    """Open a workbook, and save it with what was changed inside."""
    open_book = Edited(path)
    yield open_book
    open_book.book.save(path)


def through_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it again."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "out" / path.name
