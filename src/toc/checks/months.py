"""Months of the calendar: how far apart two days are."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


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
