"""Numbers as people write them, the same in every output that people read; JSON, CSV and pandas hold them as they are."""

from __future__ import annotations

from decimal import Decimal
from math import isinf, log10
from typing import Final

DIGITS: Final = 15  # that a float keeps whatever they are; what lies beyond comes from the way it is stored
SMALLEST: Final = -6  # the power of ten of the smallest number that is written out
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: float) -> str:
    """A number with its thousands separated and without digits that nobody wrote.

    From a thousand million million on, and below a millionth, it is written with a power of ten; of a count that large
    the size is enough. It never takes more than 40 characters.

    >>> number(14.0), number(12500), number(1234567.891), number(0.1 + 0.2)
    ('14', '12,500', '1,234,567.891', '0.3')
    >>> number(1e300), number(-2.5e-9), number(3**99), number(1e308 * 52)
    ('10^300', '-2.5 × 10^-9', 'about 1.7 × 10^47', 'more than 10^308')
    """
    if isinstance(value, int) and abs(value) >= 10**DIGITS:
        return _size(value)
    if isinf(value):  # a sum that no float holds
        return f"{'less than -' if value < 0 else 'more than '}10^308"
    found = Decimal(f"{value:.{DIGITS}g}")
    power = found.adjusted()
    if not found:
        return "0"
    if SMALLEST <= power < DIGITS:
        return f"{found:,f}"
    return _with_power(found.scaleb(-power), power)


def _size(count: int) -> str:
    """A count of which Python might not even write the digits: it refuses more than 4,300."""
    power = int(log10(abs(count)))
    return f"about {_with_power(Decimal(count // 10 ** (power - 1)) / 10, power)}"


def _with_power(factor: Decimal, power: int) -> str:
    shown = f"{factor.normalize():f}"
    return f"{'-' * (factor < 0)}10^{power}" if shown in {"1", "-1"} else f"{shown} × 10^{power}"


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage, as exact as it was written.

    >>> percent(0.8), percent(0.285)
    ('80%', '28.5%')
    """
    return f"{number(float(Decimal(repr(float(share))) * 100))}%"


def amount(value: float, unit: str | None) -> str:
    """A number with its unit; a percent sign follows at once.

    >>> amount(14.0, "months"), amount(0.3, "%"), amount(7, None)
    ('14 months', '0.3%', '7')
    """
    unit = " ".join((unit or "").split())
    return f"{number(value)}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def counted(count: float, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "KPI", "KPIs"), counted(1200, "link", "links")
    ('1 KPI', '1,200 links')
    """
    return f"{number(count)} {one if count == 1 else many}"


def counted_in_words(count: int, one: str, many: str) -> str:
    """A number with its noun, small numbers in words.

    >>> (
    ...     counted_in_words(1, "goal", "goals"),
    ...     counted_in_words(0, "pillar", "pillars"),
    ...     counted_in_words(12, "link", "links"),
    ... )
    ('one goal', 'no pillars', '12 links')
    """
    said = NUMBERS[count] if count < len(NUMBERS) else number(count)
    return f"{said} {one if count == 1 else many}"
