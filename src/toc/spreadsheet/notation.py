"""How one file writes numbers and days: one rule for all its cells, found before any of them is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from toc.model.types import shown
from toc.spreadsheet.columns import Table
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import words

SPACES: Final = " \u00a0\u202f'’"
TOKEN: Final = re.compile(rf"[0-9]+(?:[{SPACES}](?=[0-9]{{3}}(?![0-9]))[0-9]+|[.,][0-9]+)*")
_EITHER: Final = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")  # a thousand, or one with three decimals
_MONEY: Final = re.compile(r"\s*(?:[£$€]\s*[-−]?[0-9.,]+|[-−]?[0-9.,]+\s*[%£$€])\s*")
_LONGEST: Final = 15
NUMERIC: Final = re.compile(r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_WORDED: Final = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+)?([^\W\d_]+)\.?,?\s+(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?([0-9]{4})"
)
_CENTURY: Final = 2000
_HYPHENS: Final = re.compile(r"(?:([0-9]{1,2})-)?([^\W\d_]+)\.?-([0-9]{4}|[0-9]{2})")  # as Excel shows a day: 1-Sep-25


@dataclass(frozen=True, slots=True)
class Notation:
    """The rules of a file. `decimal` is None where both signs stand before decimals; `sure` where a cell shows it.

    `day_first` is None where no cell shows whether the day or the month comes first.
    """

    decimal: str | None = "."
    sure: bool = False
    shown_at: str = ""
    day_first: bool | None = None
    mixed_days: bool = False
    day_shown_at: str = ""

    def value(self, token: str) -> float:
        """The number of digits, with signs between thousands and before decimals. Raises ValueError."""
        digits = re.sub(f"[{SPACES}]", "", token)
        if either := _EITHER.fullmatch(digits):
            return self._either(digits, either[1])
        signs = re.findall("[.,]", digits)
        if not signs:
            return _float(digits)
        last = signs[-1]
        whole, _, rest = digits.rpartition(last) if signs.count(last) == 1 else (digits, "", "")
        between = "".join(set(re.findall("[.,]", whole)))
        if between and not re.fullmatch(rf"[0-9]{{1,3}}(?:[{between[0]}][0-9]{{3}})+", whole):
            raise ValueError(f"{shown(token)} has signs between its digits that do not fit: write it without them")
        return _float(re.sub("[.,]", "", whole) + (f".{rest}" if rest else ""))

    def _either(self, digits: str, sign: str) -> float:
        plain, decimals = digits.replace(sign, ""), digits.replace(sign, ".")
        if self.decimal and sign != self.decimal:
            return _float(plain)
        if self.decimal and self.sure:
            return _float(decimals)
        why = (
            f"this sheet writes decimals in two ways ({self.shown_at})"
            if self.decimal is None
            else "nothing else in the sheet shows which"
        )
        meant = decimals.rstrip("0").rstrip(".").replace(".", sign)
        raise ValueError(f"{shown(digits)} may mean {plain} or {meant}, and {why}: write {plain}, or {meant}")

    def is_plain(self, text: str) -> bool:
        """Whether a number is written as the rule of its sheet says, so that nobody need be told how it was read."""
        between = "." if self.decimal == "," else ","
        groups = rf"[0-9]{{1,3}}(?:\{between}[0-9]{{3}})+"
        return bool(re.fullmatch(rf"[-−]?(?:{groups}|[0-9]+(?:[.,][0-9]{{1,2}}|[.,]0+)?)", text))

    def told(self, texts: Iterable[str]) -> str:
        """How decimals are read in this sheet; nothing where that is how everybody reads them."""
        either = next((text for text in texts if (found := _EITHER.fullmatch(text)) and found[1] == "."), "")
        if self.decimal is None:
            return f"decimals are written with a comma and with a point ({self.shown_at}): a number like 1.200 or 1,200 is refused"
        if self.decimal == "." and not either:
            return ""
        sign, other = ("comma", "point") if self.decimal == "," else ("point", "comma")
        why = f"as {self.shown_at} shows" if self.shown_at else "as in other files with ; between the columns"
        return f"numbers are read with a {sign} before decimals and a {other} between thousands, {why}"


def _float(digits: str) -> float:
    if len(digits) > _LONGEST:
        raise ValueError(f"a number of more than {_LONGEST} digits: is it a number at all?")
    return float(digits)


def notation_of(table: Table) -> Notation:
    """The rules that a table's own cells show."""
    days = [(table.cell(row, column), row.cell(column)) for row in table.rows for column in day_columns(table)]
    return notation_shown(_numbers(table), days, table.grid.decimal)


def notation_shown(
    numbers: Iterable[tuple[object, str, bool]], days: Iterable[tuple[object, str]], usual: str | None
) -> Notation:
    """The rules that texts show, each with the place to name: numbers, of which those of people are whole, and days.

    `usual` is the sign before decimals that such files usually have.
    """
    signs: dict[str, object] = {}
    counted: dict[str, object] = {}
    for cell, text, people in numbers:
        for token in TOKEN.findall(text):
            if sign := _decimal_of(token):
                signs.setdefault(sign, cell)
            elif people and (either := _EITHER.fullmatch(token)):
                counted.setdefault("," if either[1] == "." else ".", cell)
    seen = signs or counted
    where = " and ".join(str(cell) for cell in seen.values())
    decimal = (next(iter(seen)) if len(seen) == 1 else None) if seen else usual or "."
    return Notation(decimal, len(signs) == 1, where, *_day_order(days))


def _numbers(table: Table) -> Iterator[tuple[Cell, str, bool]]:
    """The cells that hold numbers: those of columns of numbers, and sums of money and shares anywhere."""
    people = table.columns.one("participation")
    columns = {
        column for one in table.columns.kpis for key, column in one.details.items() if key in ("target", "baseline")
    }
    for row in table.rows:
        for column in row.filled():
            text = row.cell(column)
            if column in row.numbers:
                continue
            if column == people or column in columns or _MONEY.fullmatch(text):
                yield table.cell(row, column), text, column == people


def _decimal_of(token: str) -> str | None:
    """The sign before decimals where the number itself shows it."""
    signs: list[str] = re.findall("[.,]", token)
    if not signs or _EITHER.fullmatch(token):
        return None
    if len(set(signs)) == 1 and len(signs) > 1:  # 1.200.000: the other sign stands before decimals
        return "," if signs[0] == "." else "."
    return signs[-1]


def _day_order(days: Iterable[tuple[object, str]]) -> tuple[bool | None, bool, str]:
    """Whether days come first in 03/04/2026, as a number above 12 shows."""
    found: dict[bool, object] = {}
    for cell, text in days:
        numeric = NUMERIC.match(text.strip())
        if numeric and numeric[2] != "." and (int(numeric[1]) > 12) != (int(numeric[3]) > 12):
            found.setdefault(int(numeric[1]) > 12, cell)
    order = next(iter(found)) if len(found) == 1 else None
    return order, len(found) == 2, " and ".join(str(cell) for cell in found.values())


def day_columns(table: Table) -> Iterable[int]:
    """The columns that hold days."""
    columns = [*table.columns.fields.get("starts", ()), *table.columns.fields.get("ends", ())]
    return [*columns, *(one.details["by"] for one in table.columns.kpis if "by" in one.details)]


@cache
def _months() -> Mapping[str, int]:
    return {name: int(number) for number, names in words()["months"].items() for name in names}


def day(text: str, rule: Notation) -> tuple[str, bool]:
    """A day as the file format writes it, and whether more than the rule of the sheet was needed. Raises ValueError."""
    text = typed = text.strip()
    iso = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:$|[T ][0-9:.]+Z?$)", text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]), text), len(text) > 10
    if numeric := NUMERIC.fullmatch(re.sub(r"[T ]0?0:00(?::00)?$", "", text)):
        first, sign, second, year = numeric[1], numeric[2], numeric[3], numeric[4]
        day_first = True if sign == "." else _first(int(first), int(second), text, rule)
        number, month = (first, second) if day_first else (second, first)
        found = _date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(number), text)
        return found, len(year) == 2 or ":" in text
    hyphens = _HYPHENS.fullmatch(text)
    if hyphens:
        year = int(hyphens[3]) + (_CENTURY if len(hyphens[3]) == 2 else 0)
        text = f"{hyphens[1] or ''} {hyphens[2]} {year}".strip()
    worded = _WORDED.fullmatch(text)
    month_number = _months().get(worded[2].casefold()) if worded else None
    if worded and month_number and (worded[1] or worded[3]) and not (worded[1] and worded[3]):
        return _date(int(worded[4]), month_number, int(worded[1] or worded[3]), text), bool(
            hyphens and len(hyphens[3]) == 2
        )
    if worded and month_number:
        raise ValueError(f"{shown(typed)} names no day: write one, like {worded[4]}-{month_number:02}-01")
    if re.fullmatch(r"[34][0-9]{4}(\.0+)?", text):
        raise ValueError(
            f"{shown(text)} is the number by which Excel counts days: give the column the format of a date, and save again"
        )
    raise ValueError(f"{shown(text)} is not a day: write year, month and day like 2026-07-31")


def _first(first: int, second: int, text: str, rule: Notation) -> bool:
    """Whether the day comes first: as the number itself shows, else as the rest of the sheet does."""
    if (first > 12) != (second > 12):
        return first > 12
    if first == second:
        return True
    if rule.day_first is None:
        why = (
            f"writes it both ways ({rule.day_shown_at})"
            if rule.mixed_days
            else "does not show whether the day or the month comes first"
        )
        raise ValueError(
            f"{shown(text)} may be two days, and the sheet {why}: write year, month and day like 2026-07-31, or the month "
            "in letters like 31 July 2026"
        )
    return rule.day_first


def _date(year: int, month: int, number: int, text: str) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise ValueError(f"{shown(text)} is not a day of the calendar") from None
