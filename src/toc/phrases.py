"""Small pieces of sentences that every part says in the same way: lists, dates, horizons, and how strong a confidence is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

Strength = Literal["strong", "medium", "weak", "unknown"]

HORIZONS: Final[Mapping[str, str]] = MappingProxyType(
    {"short": "short term", "medium": "medium term", "long": "long term"}
)
# The names that `strftime` gives depend on the computer's settings.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_WEAK: Final = 0.25  # the most confidence of a weak link, which is the word "low"
_STRONG: Final = 0.65  # the least of a strong one


def one_line(text: str) -> str:
    r"""A text with every run of spaces and line ends as one space.

    >>> one_line(" Coding \n clubs")
    'Coding clubs'
    """
    return " ".join(text.split())


def listed(words: Sequence[str], last: str = "and", *, most: int | None = None) -> str:
    """Words one after the other, as in a sentence. Those beyond the first `most` are counted, but never a single one.

    >>> listed(["reading", "maths", "music"]), listed(["reading", "maths"], "or"), listed(["tea"])
    ('reading, maths and music', 'reading or maths', 'tea')
    >>> listed(["one", "two", "three"], "or", most=1), listed(["one", "two", "three"], "or", most=2)
    ('one and 2 more', 'one, two or three')
    """
    if most is not None and len(words) > most + 1:
        words, last = [*words[:most], f"{len(words) - most:,} more"], "and"
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def capital(text: str) -> str:
    """A text as it begins a sentence.

    >>> capital("our goal")
    'Our goal'
    """
    return text[:1].upper() + text[1:]


def day(when: date) -> str:
    """A date as people write it, the same in every locale.

    >>> day(date(2026, 7, 31))
    '31 July 2026'
    """
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A date as month and year, the same in every locale.

    >>> month(date(2026, 7, 31))
    'Jul 2026'
    """
    return f"{_MONTHS[when.month - 1][:3]} {when.year}"


def strength(confidence: float | None) -> Strength:
    """A confidence as the drawings show it: weak up to 0.25, strong from 0.65.

    >>> strength(0.8), strength(0.5), strength(0.25), strength(None)
    ('strong', 'medium', 'weak', 'unknown')
    """
    if confidence is None:
        return "unknown"
    return "weak" if confidence <= _WEAK else "medium" if confidence < _STRONG else "strong"


def number(value: float) -> str:
    """A number as people write it, with thousands separated.

    >>> number(14.0), number(12500.0), number(0.75)
    ('14', '12,500', '0.75')
    """
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
