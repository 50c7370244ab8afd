"""Days and months as people write them, the same in every locale, and the reckoning with months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

# The names that `strftime` gives depend on the computer's settings.
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip


def day(when: date) -> str:
    """A date as people write it.

    >>> day(date(2026, 7, 31))
    '31 July 2026'
    """
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A date as month and year.

    >>> month(date(2026, 7, 31))
    'Jul 2026'
    """
    return f"{MONTHS[when.month - 1][:3]} {when.year}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or earlier for less than nought; the month's last where it has no such day.

    What lies beyond the calendar is its first or last day.

    >>> months_later(date(2024, 2, 29), 12), months_later(date(2026, 9, 1), -120)
    (datetime.date(2025, 2, 28), datetime.date(2016, 9, 1))
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
