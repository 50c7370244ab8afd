"""What stands in the cells of a logframe: a value with its day, a month meaning its last, and what a heading means."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Any, Final, NamedTuple

from toc.language.text import one_line
from toc.spreadsheet.cells import amount
from toc.spreadsheet.headings import plain, words
from toc.spreadsheet.notation import Notation, day

CODE: Final = r"\d{1,4}(?:\.\d{1,4})*"
_PLAIN: Final = re.compile(r"[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PART: Final = re.compile(r"([0-9][0-9,]*) of ([0-9][0-9,]*)")
_BEHIND: Final = re.compile(r"(.*?)\s*\(([^()]*)\)", re.DOTALL)
_BY: Final = re.compile(r"(.*?),?\s+(?:by|in|until|on)\s+(.+)", re.DOTALL)
_MONTH: Final = re.compile(r"([^\W\d_]+)\.?[\s,/-]+([0-9]{4})")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_COUNTED: Final = re.compile(r"\s*\d+(?:\.\d+)*\s*")
_LONGEST: Final = 60


@cache
def logframe_words() -> Mapping[str, Mapping[str, Any]]:
    """How people head rows and columns, as `logframe_words.toml` says."""
    return tomllib.loads(files("toc.reports").joinpath("logframe_words.toml").read_text(encoding="utf-8"))


@cache
def named_as(table: str) -> Mapping[str, str]:
    """What the words of a table mean."""
    return {plain(name): meaning for meaning, names in logframe_words()[table].items() for name in names}


class When(NamedTuple):
    """A day, and whether more was meant than a day: a month or a year, of which it is the last."""

    day: date
    is_last: bool = False


def when(text: str) -> When | None:
    """The day that a text names; of a month or a year its last.

    >>> when("31 Jul 2025"), when("Jul 2025"), when("soon")
    (When(day=datetime.date(2025, 7, 31), is_last=False), When(day=datetime.date(2025, 7, 31), is_last=True), None)
    """
    text = one_line(text).strip(" .,;")
    if _YEAR.fullmatch(text):
        return When(date(int(text), 12, 31), is_last=True)
    months: Mapping[str, list[str]] = words()["months"]
    if found := _MONTH.fullmatch(text):
        month = next((int(number) for number, names in months.items() if found[1].casefold() in names), None)
        year = int(found[2])
        if month and year:
            return When(date(year, month, monthrange(year, month)[1]), is_last=True)
    with suppress(ValueError):
        return When(date.fromisoformat(day(text, Notation())[0]))
    return None


class Told(NamedTuple):
    """A value as it is written: the number, its unit, its day, of how many it is."""

    value: float
    unit: str | None = None
    when: When | None = None
    n: int | None = None


def told_value(text: str, rule: Notation) -> Told | None:
    """The number in a cell with its unit and its day, or None for a text that is none.

    >>> (
    ...     told_value("8 (Jul 2025)", Notation()).value,
    ...     told_value("80%", Notation()).unit,
    ...     told_value("N=35;P=55", Notation()),
    ... )
    (8, '%', None)
    """
    text, found = text.strip(), None
    for shape in (_BEHIND, _BY):
        if (parts := shape.fullmatch(text)) and (found := when(parts[2])):
            text = parts[1]
            break
    number = text.replace("−", "-")
    if rule.decimal == "." and _PLAIN.fullmatch(number) and isfinite(plainly := float(number.replace(",", ""))):
        return Told(_number(plainly), None, found)
    if part := _PART.fullmatch(number):
        some, whole = (int(digits.replace(",", "")) for digits in part.groups())
        return Told(_number(100 * some / whole), "%", found, whole) if whole > 0 and some <= whole else None
    try:
        value, unit, _ = amount(text, rule)
    except ValueError:
        return None
    return Told(value, unit, found)


def _number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 10**15 else value


class Meaning(NamedTuple):
    """What a column holds, the number of its milestone, and the day that its heading names for all its values."""

    role: str
    number: int = 0
    when: When | None = None


@cache
def meaning(heading: str) -> Meaning | None:
    """What a heading means, numbers and days in it aside.

    >>> meaning("Milestone 2 (Mar 2027)").number, meaning("Outcome indicator 1.1").role, meaning("Colour")
    (2, 'indicator', None)
    """
    if len(heading) > _LONGEST:
        return None
    inner = re.findall(r"\(([^()]*)\)", heading)
    text = re.sub(r"\([^()]*\)?", " ", heading)
    found = next((day for part in inner if (day := when(part))), None)
    if found is None and (behind := re.fullmatch(r"(\D*[^\W\d]\D*?)[\s:,–-]+((?:[^\W\d_]+\s+)?\d{4})", text.strip())):
        found, text = when(behind[2]), behind[1] if when(behind[2]) else text
    number = re.search(r"\d+", text)
    bare = plain(_COUNTED.sub(" ", text))
    role = next(filter(None, map(named_as("columns").get, _shorter(bare))), None)
    return Meaning(role, int(number[0]) if number else 0, found) if role else None


def _shorter(text: str) -> Iterator[str]:
    """A heading, and what is left of it without the level that stands before it."""
    yield text
    for level in named_as("levels"):
        if text.startswith(f"{level} "):
            yield text.removeprefix(f"{level} ")
