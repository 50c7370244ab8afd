"""What the readings of a KPI tell, from its baseline to the latest, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.language.dates import MONTHS
from toc.language.facts import told
from toc.language.numbers import amount, number, percent
from toc.language.text import leftwards, one_line
from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.monitoring.course import aim, is_reached, share
from toc.monitoring.kpi_progress import readings

MOST: Final = 6
"""So many readings are told one by one; of more, the first is left out and the latest are kept."""


def has_moved(old: Kpi, new: Kpi) -> bool:
    """Whether the readings of everybody differ, or what they are held against."""
    before, after = readings(old), readings(new)
    aims = ((one.baseline, one.target, one.direction, one.unit) for one in (old, new))
    return before != after or bool(after and len(set(aims)) > 1)


def history(kpi: Kpi, before: Kpi | None = None) -> str:
    """Where a KPI came from, what was read since, where it should go, and what that means; and what it should have been before.

    >>> kpi = Kpi(
    ...     title="Reading-age gain",
    ...     measures="readers",
    ...     unit="months",
    ...     baseline={"value": 10, "date": "2025-07-15"},
    ...     target={"value": 14, "by": "2028-07-15"},
    ...     readings=[{"date": "2026-07-15", "value": 12}, {"date": "2027-07-15", "value": 10}],
    ... )
    >>> print(history(kpi))
    Reading-age gain: 10 → 12 → 10 months, target 14 by July 2028: back at its baseline
    """
    read = readings(kpi)
    goal = _goal(kpi)
    was = _goal(before) if before else goal
    changed = f" (before: {was})" if was != goal else ""
    way = "\u200e" if leftwards(kpi.title) else ""  # else the arrows would lead back
    return f"{one_line(kpi.title)}: {way}{_values(kpi, read)}, {goal}{changed}: {_verdict(kpi, read)}"


def _values(kpi: Kpi, read: Sequence[Reading]) -> str:
    """The baseline and the readings with arrows between them, the unit behind the last."""
    if not read:
        return f"baseline {amount(kpi.baseline.value, kpi.unit)}" if kpi.baseline else "nothing read"
    start, left = ([number(kpi.baseline.value)] if kpi.baseline else []), read
    if kpi.baseline and (kpi.baseline.date, kpi.baseline.value) == (read[0].date, read[0].value):
        left = read[1:] or read
        start = start if len(read) > 1 else []
    cut = ["…"] if len(left) > MOST else []
    kept = left[-MOST:]
    return " → ".join([*start, *cut, *(told(kpi, one, unit=False) for one in kept[:-1]), told(kpi, kept[-1])])


def _goal(kpi: Kpi) -> str:
    """Where a KPI should go, or what it should keep, and until when."""
    keep, goal = kpi.direction == "keep", aim(kpi)
    if goal is None:
        return "nothing to keep yet" if keep else "no target yet"
    by = kpi.target.by if kpi.target else None
    end = f" {'until' if keep else 'by'} {MONTHS[by.month - 1]} {by.year}" if by else ""
    return f"{'to keep' if keep else 'target'} {number(goal)}{end}"


def _verdict(kpi: Kpi, read: Sequence[Reading]) -> str:
    return next(_verdicts(kpi, read))


def _verdicts(kpi: Kpi, read: Sequence[Reading]) -> Iterator[str]:
    """What the latest reading means; the first that can be said is the one."""
    if not read:
        yield "no reading of everybody"
    value, goal, start = read[-1].value, aim(kpi), kpi.baseline.value if kpi.baseline else None
    if kpi.direction == "keep":
        if goal is not None:
            yield "as it should be" if value == goal else f"{number(abs(value - goal))} {_side(value, goal)} it"
    elif goal is not None and is_reached(kpi, value, goal):
        yield "target reached"
    elif start is not None:
        moved = any(one.value != start for one in read)
        if value == start:
            yield "back at its baseline" if moved else "still at its baseline"
        elif is_reached(kpi, start, value):
            yield f"{_side(value, start)} its baseline"
    done = None if kpi.direction == "keep" else share(kpi, value)
    way = "" if done is None else f"{percent(round(done, 2))} of the way done"
    trend = _trend(kpi, value, read[-2].value) if len(read) > 1 else ""
    yield ", ".join(filter(None, (way, trend))) or "the first reading"


def _trend(kpi: Kpi, value: float, before: float) -> str:
    """How a reading stands to the one before it."""
    if value == before:
        return "as before"
    if kpi.direction == "keep":
        return "more than before" if value > before else "less than before"
    return "better than before" if is_reached(kpi, value, before) else "worse than before"


def _side(value: float, other: float) -> str:
    return "above" if value > other else "below"
