"""The time that each target and reading of a KPI is about: standards ask for a first and a last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from toc.model.nodes import Kpi
from toc.model.values import Milestone, Reading
from toc.monitoring.cadence import half, step
from toc.monitoring.small_groups import Hidden, hidden, whom


class Span(NamedTuple):
    """From the first to the last day, with what was to be reached by then and what was read."""

    begin: date
    end: date
    due: tuple[Milestone, ...]
    read: tuple[Reading, ...]


def spans(kpi: Kpi) -> Iterator[Span]:
    """Every date ends a span; a reading near a milestone shares its own. What would tell of few people is left out.

    A span begins on the day after the one before it, the first after the baseline, else so long before its end as it
    takes from one reading to the next.
    """
    unseen = hidden(kpi)
    ends: dict[date, tuple[list[Milestone], list[Reading]]] = {}
    dated = [(one.by, one) for one in kpi.target or () if one.by]
    for by, one in dated:
        ends.setdefault(by, ([], []))[0].append(one)
    for reading in kpi.readings:
        if whom(reading) not in unseen:
            near = [by for by, _ in dated if abs((by - reading.date).days) <= half(kpi)]
            end = min(near, key=lambda day: (abs((day - reading.date).days), day), default=reading.date)
            ends.setdefault(end, ([], []))[1].append(reading)
    before = kpi.baseline.date if kpi.baseline else None
    for end in sorted(ends):
        begin = before + timedelta(1) if before and before < end else end - timedelta(step(kpi) - 1)
        due, read = ends[end]
        yield Span(begin, end, tuple(due), tuple(read))
        before = end


def untold(kpi: Kpi) -> Iterator[tuple[int, Hidden]]:
    """The readings that are left out, by their place, and what stands for them."""
    unseen = hidden(kpi)
    for position, reading in enumerate(kpi.readings):
        if why := unseen.get(whom(reading)):
            yield position, why
