"""What the cells of a table of readings say: days, values and numbers of people as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from toc.language.kpi_units import is_percentage
from toc.model.nodes import Kpi
from toc.model.types import shown
from toc.spreadsheet.notation import NUMERIC, TOKEN, Notation, day, notation_shown

NO_RESULT: Final = "#FORMULA!"
"""What stands for a formula of which the workbook holds no result."""
_ERROR: Final = re.compile(r"\s*(#(?:N/A|[A-Z0-9/]+[!?]))\s*")
_AMOUNT: Final = re.compile(rf"([-−+]?)\s*({TOKEN.pattern})")


@dataclass(frozen=True, slots=True)
class CellRules:
    """How a table writes numbers and days; `day_first` is what somebody said of 03/04/2027. Each method raises ValueError."""

    notation: Notation
    day_first: bool | None = None

    def day(self, text: str) -> str:
        """A day in ISO's form."""
        found = NUMERIC.fullmatch(text)
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            shows = first > 12 if (first > 12) != (second > 12) else None
            if self.notation.day_first is None and shows is None and first != second:
                raise ValueError(
                    f"{shown(text)} may be two days, and nothing shows which: write year, month and day like 2027-07-15, or say "
                    "dates='day-first' (`--dates day-first`)"
                )
            if self.day_first is not None and shows not in (None, self.day_first):
                raise ValueError(f"{shown(text)} is no day if the {'day' if self.day_first else 'month'} comes first")
        if found and len(found[4]) == 2:
            raise ValueError(f"{shown(text)} is not a date: write the year in full, best like 2027-07-15")
        return day(text, self.notation)[0]

    def value(self, text: str, kpi: Kpi) -> float:
        """The value of a reading, in the KPI's unit."""
        if text.endswith("%") and not is_percentage(kpi):
            raise ValueError(f"{shown(text)} is a percentage, but the KPI {counted_in(kpi)}: write the number itself")
        return self.number(text.removesuffix("%").strip())

    def count(self, text: str) -> float:
        """On how many a reading rests; whether that can be is for the reading to judge."""
        found = self.number(text)
        return int(found) if found.is_integer() else found

    def number(self, text: str) -> float:
        """The number that a text is."""
        found = _AMOUNT.fullmatch(text)
        if found is None:
            raise ValueError(f"{shown(text)} is not a number: write digits alone, like 13 or 12.5")
        return self.notation.value(found[2]) * (-1 if found[1] in ("-", "−") else 1)


def rules_shown(
    values: Iterable[tuple[str, str]], days: Iterable[tuple[str, str]], *, decimal: str | None, day_first: bool | None
) -> CellRules:
    """The rules that the texts of a table show, each with its place; `decimal` is the usual sign of such files."""
    found = notation_shown(((place, text, False) for place, text in values), days, decimal)
    # 12.125 is what programs write; 12,125 may be thousands.
    found = replace(found, sure=found.sure or found.decimal == ".")
    return CellRules(found if day_first is None else replace(found, day_first=day_first), day_first)


def error_shown(value: Any) -> str | None:
    """What to say of a cell in which a spreadsheet shows an error of its own, or of a formula without a result."""
    found = _ERROR.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    if value == NO_RESULT:
        return "a formula without its result: open the workbook in Excel or LibreOffice and save it again"
    return f"the spreadsheet shows {found[1]} here, an error of its own: put the value itself"


def counted_in(kpi: Kpi) -> str:
    """What a KPI is counted in, behind its name."""
    return f"is counted in {shown(kpi.unit)}" if kpi.unit else "has no unit"
