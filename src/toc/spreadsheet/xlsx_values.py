"""What stands in the XML of a workbook: the name of a cell, its text, its number and what its format makes of that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, Final
from xml.etree.ElementTree import Element

from toc.files.opening import REFUSED
from toc.spreadsheet.workbook_cells import Value
from toc.spreadsheet.xlsx_package import local

Place = tuple[int, int]
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+(?:[eE][+-]?[0-9]{1,3})?")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Look:
    """What the format of a cell makes of a number."""

    is_percent: bool = False
    is_day: bool = False


def place_of(name: str | None) -> Place | None:
    """Row and column, from 1, of a cell by its name."""
    found = _PLACE.fullmatch(name or "")
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def text_of(element: Element) -> str:
    """The text of a cell or a note, whatever its letters look like; how Japanese is pronounced is left out."""
    texts: list[str] = []
    for one in element:
        name = local(one)
        if name == "t":
            texts.append(one.text or "")
        elif name == "r":
            texts += [part.text or "" for part in one if local(part) == "t"]
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """Text with line ends as they are here, and without the invisible characters that may not stand in a theory."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    elif text.isascii() and text.isprintable():
        return text
    return REFUSED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def look_of(text: str) -> Look:
    """What a number format makes of a number; hours beyond a day, like `[h]:mm`, are a number."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    bare = _QUOTED.sub("", text)
    return Look("%" in bare, bool(is_date_format(text)) and not is_timedelta_format(text))


def number_of(written: str) -> float | None:
    """The number that is written, or None for what is none."""
    number = float(written) if _NUMBER.fullmatch(written.strip()) else float("nan")
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def days_from(*, is_1904: bool) -> Callable[[float], Value]:
    """From the number by which a workbook counts a day to the day; what is no day stays the number that it is."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH

    def day(number: float) -> Value:
        try:
            return without_midnight(from_excel(number, epoch))
        except (OverflowError, ValueError):
            return number

    return day


def without_midnight(found: Any) -> Value:
    """A day that is given with the time of midnight is a day."""
    if isinstance(found, datetime) and found == datetime.combine(found.date(), datetime.min.time()):
        return found.date()
    return found if not isinstance(found, timedelta) else found.total_seconds() / 86_400
