"""A workbook as plain values: sheets, rows and cells as they are typed, before anybody asks what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from toc.errors import TheoryError
from toc.problems import letters

Value = str | bool | int | float | date | time | None
"""What a cell holds; a day with a time is a `datetime`, which is a `date` too."""


@dataclass(frozen=True, slots=True)
class WorkbookCell:
    """One cell that holds something, or has a note.

    `row` and `column` count from 1, as in `Problem`. The value of a formula is its stored result, None where there is
    none. An error of the spreadsheet, like `#N/A`, is its text and `is_error`. `is_percent` says that 0.8 is shown as 80%.
    """

    row: int
    column: int
    value: Value
    is_percent: bool = False
    is_formula: bool = False
    is_error: bool = False
    note: str | None = None

    @property
    def place(self) -> str:
        """The name that Excel gives it.

        >>> WorkbookCell(9, 10, "x").place
        'J9'
        """
        return f"{letters(self.column - 1)}{self.row}"

    @property
    def is_number(self) -> bool:
        """Whether it holds a number and not a text that looks like one."""
        return isinstance(self.value, (int, float)) and not isinstance(self.value, bool)

    @property
    def text(self) -> str:
        """What the cell shows: 0.8 shown as a percentage is 80%, a day is written as 2026-09-01.

        >>> WorkbookCell(1, 1, 0.8, is_percent=True).text, WorkbookCell(1, 1, 12.0).text, WorkbookCell(1, 1, None).text
        ('80%', '12', '')
        """
        match self.value:
            case None:
                return ""
            case bool():
                return str(self.value).upper()
            case int() | float() if self.is_percent:
                return f"{self.value * 100:.12g}%"
            case int() | float():
                return f"{self.value:.15g}"
            case datetime():
                return self.value.isoformat(" ", "minutes")
            case date() | time():
                return self.value.isoformat()
            case str():
                return self.value


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet: its name, whether people see it, and what it holds; `too_large` says why its rows were not read."""

    name: str
    held: tuple[tuple[WorkbookCell, ...], ...] = ()
    is_hidden: bool = False
    too_large: TheoryError | None = None

    @property
    def rows(self) -> tuple[tuple[WorkbookCell, ...], ...]:
        """The rows that hold something, hidden and filtered ones too. Raises TheoryError (TOC004) for a sheet too large."""
        if self.too_large:
            raise self.too_large
        return self.held


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs, and what was left alone in the file, as sentences."""

    sheets: tuple[Worksheet, ...]
    source: str | None = None
    remarks: tuple[str, ...] = ()

    def sheet(self, name: str) -> Worksheet | None:
        """The sheet of this name, capitals and outer spaces aside, as in Excel; None where there is none."""
        return next((one for one in self.sheets if one.name.strip().casefold() == name.strip().casefold()), None)
