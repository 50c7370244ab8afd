"""What a cell means: levels, numbers of people and targets as people type them. A cell that means nothing raises."""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

from toc.model.types import Level, shown
from toc.spelling import hint, nearest

_BLANK: Final = frozenset({"", "-", "–", "—", "?", "n/a", "na", "tbc", "tbd", "not known", "unknown"})
_LEVELS: Final[dict[str, Level]] = {
    **dict.fromkeys(("high", "h", "hi", "very high"), "high"),
    **dict.fromkeys(("medium", "m", "med", "mid", "moderate"), "medium"),
    **dict.fromkeys(("low", "l", "lo", "very low"), "low"),
}
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:[,'’\u00a0\u202f][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?")
_SPACED: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_PLAIN: Final = re.compile(r"[0-9]+(?:\.0+)?|[0-9]{1,3}(?:,[0-9]{3})+")
_RANGE: Final = re.compile(r"[0-9](?:[-–—]| ?(?:-|–|—|to) ?)[0-9]")
_POINT_GROUPS: Final = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_LONGEST: Final = 15
MOST_PEOPLE: Final = 10**10


class Amount(NamedTuple):
    """A number, the unit that stood behind it, and whether the cell held more than the number."""

    value: float
    unit: str | None = None
    guessed: bool = False


def content(cell: str) -> str:
    r"""A cell on one line; nothing for the signs with which people leave a cell open.

    >>> content("  Weekly\n reading "), content("n/a")
    ('Weekly reading', '')
    """
    text = " ".join(cell.split())
    return "" if text.casefold() in _BLANK else text


def level(text: str) -> Level:
    """A level in one of the words for it. Raises ValueError.

    >>> level("Med."), level("H")
    ('medium', 'high')
    """
    found = level_or_none(text)
    if found is None:
        raise ValueError(f"{shown(text)} is not one of low, medium, high{hint(nearest(text.casefold(), _LEVELS))}")
    return found


def level_or_none(text: str) -> Level | None:
    """A level, or None for a text that is none."""
    return _LEVELS.get(text.casefold().strip(" .!*"))


def people(text: str) -> Amount:
    """A number of people from whatever was typed. Raises ValueError.

    >>> people("1,200"), people("100+"), people("80-100")
    (Amount(value=1200, unit=None, guessed=False), Amount(value=100, unit=None, guessed=True), Amount(value=80, unit=None, guessed=True))
    """
    numbers = _numbers(text)
    fits = len(numbers) == 1 or (len(numbers) == 2 and _RANGE.search(text))
    if not fits or "%" in text or re.match(r"[-−]", text) or re.search(r"[0-9][kKmM]\b", text):
        raise ValueError(f"{shown(text)} is not a number of people: write digits like 120, or low, medium or high")
    number = numbers[0].replace(".", "") if _POINT_GROUPS.fullmatch(numbers[0]) else numbers[0]
    value = _value(number)
    if value != int(value) or value >= MOST_PEOPLE:
        raise ValueError(f"{shown(text)} is not a number of people: write a whole number like 120")
    return Amount(int(value), guessed=not _PLAIN.fullmatch(text))


def amount(text: str) -> Amount:
    """A target and the unit behind it. Raises ValueError.

    >>> amount("14"), amount("80%"), amount("at least 6 months")
    (Amount(value=14, unit=None, guessed=False), Amount(value=80, unit='%', guessed=True), Amount(value=6, unit='months', guessed=True))
    """
    numbers = _numbers(text)
    if len(numbers) != 1:
        raise ValueError(f"{shown(text)} is not a target: write one number, and the words in another column")
    value = _value(numbers[0])
    before, _, behind = text.partition(numbers[0])
    if re.search(r"(?:^|\s)[-−]$", before):
        value = -value
    unit = behind.strip(" +.,;:") or None
    plain = text in (numbers[0], f"-{numbers[0]}", f"−{numbers[0]}") and "," not in re.sub(r",[0-9]{3}", "", text)
    return Amount(int(value) if value.is_integer() else value, unit if unit and len(unit) <= 40 else None, not plain)


def _numbers(text: str) -> list[str]:
    return [text.replace(" ", "")] if _SPACED.fullmatch(text) else _NUMBER.findall(text)


def _value(number: str) -> float:
    """The value of digits with signs between thousands, and a point or comma before decimals."""
    digits = re.sub(r"[,'’\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", number).replace(",", ".")
    value = float(digits) if len(digits) <= _LONGEST else math.inf
    if math.isinf(value):
        raise ValueError(f"a number of more than {_LONGEST} digits: is it a number at all?")
    return value
