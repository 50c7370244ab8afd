"""How much work measuring is: how heavy a method, how long activities run, how often their KPIs are collected in that time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book
from toc.guidance.scales import Effort
from toc.model.nodes import Activity
from toc.model.types import Design

LONGEST_YEARS: Final = 100


def effort_of(method: str | None, design: Design, book: Book) -> Effort | None:
    """The heaviest class whose words stand in the method, or None where none do. A comparison is substantial.

    >>> from toc.guidance.advice_file import advice
    >>> [effort_of(method, "after", advice()) for method in ("Register", "register, then a survey", "by ear", None)]
    [<Effort.LIGHT: 'light'>, <Effort.MODERATE: 'moderate'>, None, None]
    >>> effort_of(None, "comparison", advice())
    <Effort.SUBSTANTIAL: 'substantial'>
    """
    if design == "comparison":
        return Effort.SUBSTANTIAL
    text = (method or "").casefold()
    for effort in reversed(Effort):
        if _pattern(book.methods[effort]).search(text):
            return effort
    return None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    any_word = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{any_word})(?!\w)")


@dataclass(frozen=True, slots=True)
class Running:
    """From the first month to the last in which any of some activities runs; `blank` says why that is not known."""

    first: date | None
    months: int | None
    blank: str | None = None


class Span(NamedTuple):
    """From the earliest start to the latest end of some activities; `unclear` is the place of the first without them."""

    starts: date
    ends: date
    unclear: int


NEVER: Final = Span(date.max, date.min, sys.maxsize)


def spanned(activity: Activity, place: int) -> Span:
    """When an activity runs that stands at this place. One that happens once ends when it starts unless it says otherwise."""
    span = _span(activity)
    return NEVER._replace(unclear=place) if span is None or span[1] < span[0] else Span(*span, NEVER.unclear)


def joined(spans: Sequence[Span]) -> Span:
    """When any of several runs."""
    starts, ends, unclear = zip(NEVER, *spans, strict=True)
    return Span(min(starts), max(ends), min(unclear))


def running(span: Span, activities: Sequence[Activity], book: Book) -> Running:
    """The calendar months from the first to the last, both included.

    Nothing is known when the dates of any of the activities are missing.
    """
    if span == NEVER:
        return Running(None, None, book.blanks.no_activity)
    if span.unclear != NEVER.unclear:
        return Running(None, None, _blank(activities[span.unclear], book))
    first, last = span.starts, span.ends
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > LONGEST_YEARS * 12:
        return Running(None, None, filled(book.blanks.too_long, years=str(LONGEST_YEARS)))
    return Running(first, months)


def _span(activity: Activity) -> tuple[date, date] | None:
    ends = activity.ends or (activity.starts if activity.recurs == "once" else None)
    return (activity.starts, ends) if activity.starts and ends else None


def _blank(activity: Activity, book: Book) -> str:
    """Why it is not known when an activity runs."""
    words = book.blanks
    if activity.starts is None:
        return filled(words.no_start, activity=activity.title)
    return filled(words.no_end if _span(activity) is None else words.ends_first, activity=activity.title)


def rounds_in(months: int, rounds_a_year: int) -> int:
    """How many rounds fall into some months, to the nearest whole one; at least one.

    >>> rounds_in(11, 3), rounds_in(35, 1), rounds_in(11, 52), rounds_in(1, 1)
    (3, 3, 48, 1)
    """
    return max(1, (2 * months * rounds_a_year + 12) // 24)


def rounds_by_month(first: date, months: int, rounds: int) -> Iterator[tuple[str, int]]:
    """The months that have a round and how many, when they are spread evenly and the last falls into the last month.

    >>> list(rounds_by_month(date(2026, 9, 1), 11, 3))
    [('2026-12', 1), ('2027-04', 1), ('2027-07', 1)]
    """
    for month in range(months):
        here = (month + 1) * rounds // months - month * rounds // months
        if here:
            since = first.year * 12 + first.month - 1 + month
            yield f"{since // 12:04}-{since % 12 + 1:02}", here
