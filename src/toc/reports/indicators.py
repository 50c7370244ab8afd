"""A KPI as a logframe tells it: what was planned and what was achieved, each value with its day, as text that reads back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from toc.language.dates import MONTHS
from toc.language.facts import told
from toc.language.numbers import number
from toc.language.text import one_line
from toc.model.nodes import Kpi
from toc.model.values import Baseline, Milestone, Reading
from toc.monitoring.cadence import half
from toc.monitoring.kpi_progress import PartReading, nearest, readings, said_of


@dataclass(frozen=True, slots=True)
class Indicator:
    """A KPI under a node that it measures; `see` names the result under which it is told, where that is another.

    `milestones` are all but the target. The reading of a milestone is the nearest within half of the time between two.
    """

    kpi: Kpi
    see: str | None
    milestones: tuple[Milestone, ...]
    target: Milestone | None
    achieved: tuple[Reading | None, ...]
    latest: Reading | None
    parts: tuple[PartReading, ...]

    @property
    def title(self) -> str:
        """The title on one line."""
        return one_line(self.kpi.title)

    @property
    def direction(self) -> str:
        """Which way is better, where nobody would guess it from baseline and target."""
        kpi = self.kpi
        falls = bool(kpi.baseline and kpi.target and kpi.target.value < kpi.baseline.value)
        return kpi.direction if kpi.direction != "up" or falls else ""

    @property
    def details(self) -> tuple[str, ...]:
        """The title, and what has to be known to read its values."""
        kpi = self.kpi
        found = {"Unit": one_line(kpi.unit or "")}
        found["Direction"] = self.direction
        found["Status"] = "draft" if kpi.status == "draft" else ""
        return (self.title, *(f"{name}: {text}" for name, text in found.items() if text))


def indicator(kpi: Kpi, see: str | None, today: date, parts: Sequence[PartReading]) -> Indicator:
    """What is told of a KPI on a day."""
    stops = _in_order(kpi)
    read = readings(kpi, today)
    achieved = tuple(nearest(read, stop.by, half(kpi)) if stop.by else None for stop in stops)
    last = stops[-1] if stops else None
    return Indicator(kpi, see, tuple(stops[:-1]), last, achieved, read[-1] if read else None, tuple(parts))


def _in_order(kpi: Kpi) -> list[Milestone]:
    """The milestones by date where all have one, the target last."""
    target = kpi.target
    if not target or not all(stop.by for stop in target):
        return list(target or ())
    return sorted(target, key=lambda stop: (stop.by, (stop.value, stop.by) == (target.value, target.by)))


def untold(one: Indicator, today: date) -> int:
    """How many readings of everybody are neither the latest nor that of a milestone."""
    shown = {reading.date for reading in (*one.achieved, one.latest) if reading}
    return sum(reading.date not in shown for reading in readings(one.kpi, today))


def exact(value: float) -> str:
    """A number as people read it, or with all its digits where that would be another number.

    >>> exact(12500.0), exact(0.1 + 0.2), exact(1e300)
    ('12,500', '0.30000000000000004', '1e+300')
    """
    text = number(value)
    try:
        return text if float(text.replace(",", "")) == value else repr(float(value))
    except ValueError:
        return repr(float(value))


def short_day(day: date) -> str:
    """A day with its month in three letters.

    >>> short_day(date(2025, 7, 31))
    '31 Jul 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year:04}"


def _dated(text: str, day: date | None) -> str:
    return f"{text} ({short_day(day)})" if day else text


def planned(value: Baseline | Milestone | None) -> str:
    """A value that was, or is to be, reached, with its day."""
    if value is None:
        return ""
    return _dated(exact(value.value), value.date if isinstance(value, Baseline) else value.by)


def read(kpi: Kpi, reading: Reading | None) -> str:
    """What was read, with its day; a percentage of few people as how many of how many."""
    if reading is None:
        return ""
    text = told(kpi, reading, unit=False)
    return _dated(text if " of " in text else exact(reading.value), reading.date)


def latest(one: Indicator) -> Iterator[str]:
    """The latest reading of everybody, and of the parts of the people that may be shown."""
    if one.latest:
        yield read(one.kpi, one.latest)
    for part in one.parts:
        whom = said_of(part.where)
        if part.value is None:
            yield f"{whom}: {part.text}"
        else:
            yield f"{whom}: {read(one.kpi, Reading(date=part.date, value=part.value, n=part.n))}"
