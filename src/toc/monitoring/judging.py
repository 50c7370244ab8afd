"""How a KPI stands on a day: nine rules, of which the first that fits decides."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.monitoring.cadence import half, limit
from toc.monitoring.course import aim, is_reached
from toc.monitoring.statuses import Status, Why

SLACK: Final = 1e-9  # what a sum of fractions may be wrong by


class Terms(NamedTuple):
    """By what all KPIs of a theory are judged: the day, the shares up to which one is on track and behind, and since when."""

    today: date
    tolerance: tuple[float, float]
    created: date | None


class Known(NamedTuple):
    """What is known of one KPI: its latest reading of everybody, how far that is behind its path, and where it stands."""

    latest: Reading | None
    gap: float | None
    above_ceiling: bool


class Judgement(NamedTuple):
    """How a KPI stands; `why` and `last_known` only where it is not known."""

    status: Status
    why: Why | None = None
    last_known: Status | None = None


def judged(kpi: Kpi, known: Known, terms: Terms) -> Judgement:
    """How a KPI stands, by the first rule that fits."""
    latest, goal = known.latest, aim(kpi)
    if known.above_ceiling:
        return _unknown(Why.ABOVE_CEILING)
    if goal is None:
        return _unknown(Why.NO_TARGET)
    if kpi.direction != "keep" and (ended := _ended(kpi, latest, goal, terms.today)):
        return ended
    if latest is None:
        return _unknown(Why.NOT_DUE if _is_early(kpi, terms) else Why.NO_READING)
    if why := _unplaced(kpi, known.gap):
        return _unknown(why)
    word = _graded(known.gap or 0, terms.tolerance)
    if (terms.today - latest.date).days > limit(kpi):
        return Judgement(Status.UNKNOWN, Why.STALE, word)
    return Judgement(word)


def _unknown(why: Why) -> Judgement:
    return Judgement(Status.UNKNOWN, why)


def _ended(kpi: Kpi, latest: Reading | None, goal: float, today: date) -> Judgement | None:
    """Of what goes up or down: whether its target is met, or was due; None while it is on its way."""
    if latest and is_reached(kpi, latest.value, goal):
        return Judgement(Status.MET)
    due = kpi.target.by if kpi.target else None
    if due is None or today <= due:
        return None
    if latest and (due - latest.date).days <= half(kpi):
        return Judgement(Status.MISSED)
    return _unknown(Why.NOT_READ)


def _is_early(kpi: Kpi, terms: Terms) -> bool:
    """Whether the first reading of a KPI need not be there yet."""
    start = (kpi.baseline and kpi.baseline.date) or terms.created
    return start is not None and (terms.today - start).days <= limit(kpi)


def _unplaced(kpi: Kpi, gap: float | None) -> Why | None:
    """Why a value has no place on the path."""
    if kpi.direction != "keep":
        if kpi.baseline is None:
            return Why.NO_BASELINE
        if kpi.target is None or kpi.target.by is None:
            return Why.NO_DATE
        if kpi.baseline.date is None:
            return Why.NO_START
    return Why.NO_SCALE if gap is None else None


def _graded(gap: float, tolerance: tuple[float, float]) -> Status:
    near, far = tolerance
    if gap <= near + SLACK:
        return Status.ON_TRACK
    return Status.BEHIND if gap <= far + SLACK else Status.OFF_TRACK
