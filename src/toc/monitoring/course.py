"""The way that a KPI should go from its baseline over its milestones to its target, and where a value stands on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import NamedTuple

from toc.model.nodes import Kpi


class Stop(NamedTuple):
    """A value that should be there on a day: the baseline, a milestone or the target."""

    day: date
    value: float


def aim(kpi: Kpi) -> float | None:
    """The value to be reached, or to be kept: the last target, of what is kept else the baseline."""
    if kpi.target:
        return kpi.target.value
    return kpi.baseline.value if kpi.direction == "keep" and kpi.baseline else None


def is_reached(kpi: Kpi, value: float, goal: float) -> bool:
    """Whether a value is at or beyond another one in the direction of a KPI that goes up or down."""
    return value <= goal if kpi.direction == "down" else value >= goal


def stops(kpi: Kpi) -> tuple[Stop, ...]:
    """The baseline and the dated milestones up to the target, by date; none where baseline or target has no date.

    What is kept, and what has no way to go, has none either.
    """
    start, target = kpi.baseline, kpi.target
    if kpi.direction == "keep" or not (start and start.date and target and target.by):
        return ()
    later = [Stop(one.by, one.value) for one in target if one.by and start.date < one.by <= target.by]
    return (Stop(start.date, start.value), *sorted(later, key=lambda stop: stop.day))


def expected(kpi: Kpi, way: Sequence[Stop], day: date) -> float | None:
    """The value that should be there on a day; before the baseline that of the baseline, beyond the target that of the target."""
    if kpi.direction == "keep":
        return aim(kpi)
    if not way:
        return None
    place = bisect_right(way, day, key=lambda stop: stop.day)
    before = way[max(place - 1, 0)]
    if kpi.path == "steps" or place in {0, len(way)}:
        return before.value
    after = way[place]
    share = (day - before.day).days / (after.day - before.day).days
    return before.value * (1 - share) + after.value * share


def gap(kpi: Kpi, value: float, wanted: float | None) -> float | None:
    """How far a value is behind what is expected, as a share of the way from baseline to target; less than 0 is ahead.

    What is ahead is told by the direction of the KPI, also where its target lies the other way. Of what is kept it is the
    distance from the aim to either side, as a share of the aim. None where that cannot be told.
    """
    if wanted is None:
        return None
    if kpi.direction == "keep":
        found = 0.0 if value == wanted else _ratio(value, wanted, 0, wanted)
        return None if found is None else abs(found)
    if not (kpi.baseline and kpi.target):
        return None
    first, last = sorted((kpi.baseline.value, kpi.target.value), reverse=kpi.direction == "down")
    return _ratio(value, wanted, first, last)


def share(kpi: Kpi, value: float) -> float | None:
    """How much of the way from baseline to target is behind a value: less than 0 below the baseline, more than 1 beyond."""
    if not (kpi.baseline and kpi.target):
        return None
    return _ratio(kpi.baseline.value, value, kpi.baseline.value, kpi.target.value)


def _ratio(start: float, end: float, first: float, last: float) -> float | None:
    """One distance as a share of another: halves of them where they are too large for a number; none of no distance."""
    part, whole = end - start, last - first
    if not (isfinite(part) and isfinite(whole)):
        part, whole = end / 2 - start / 2, last / 2 - first / 2
    return part / whole if whole else None
