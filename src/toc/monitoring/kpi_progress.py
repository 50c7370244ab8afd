"""One KPI on a day: what was read, what should have been there, and how it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toc.language.facts import told
from toc.language.text import one_line
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.types import Depth
from toc.model.values import Milestone, Reading
from toc.monitoring.cadence import half
from toc.monitoring.course import expected, gap, is_reached, share, stops
from toc.monitoring.judging import SLACK, Known, Terms, judged
from toc.monitoring.small_groups import Hidden, hidden, whom
from toc.monitoring.statuses import Status, Why


class Reached(StrEnum):
    """What became of a milestone."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    UNREAD = "unread"

    @property
    def word(self) -> str:
        """What people read."""
        return self.value.replace("-", " ")


@dataclass(frozen=True, slots=True)
class MilestoneProgress:
    """A milestone by the reading nearest to its day; `unread` where none is near, or it has no day."""

    value: float
    by: date | None
    status: Reached
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class PartReading:
    """The latest reading of a part of the people. Of one that is `hidden` neither value nor size is there.

    `text` is what people read: the value with its unit, of a percentage of few how many of how many, or why it is hidden.
    """

    where: FrozenDict[str, str]
    date: date
    value: float | None
    n: int | None
    hidden: Hidden | None
    text: str


@dataclass(frozen=True, slots=True)
class KpiProgress:
    """How one KPI stands on a day. `why` and `last_known` say more of one that is `unknown`.

    `latest` and `previous` are the last two readings of everybody. `expected` is the value that should have been there on
    the day of the latest reading, in the KPI's unit. `gap` is how far that reading is behind, as a share of the way from
    baseline to target: less than 0 is ahead; of a KPI to `keep`, how far it is from the aim to either side. `share` is how
    much of the way is done: less than 0 below the baseline, more than 1 beyond the target.
    """

    kpi: str
    title: str
    level: Depth | None
    draft: bool
    status: Status
    why: Why | None
    last_known: Status | None
    latest: Reading | None
    previous: Reading | None
    share: float | None
    expected: float | None
    gap: float | None
    milestones: tuple[MilestoneProgress, ...]
    parts: tuple[PartReading, ...]


def kpi_progress(theory: Theory, kpi: Kpi, terms: Terms, *, small_groups: bool) -> KpiProgress:
    """How a KPI stands; of parts of the people what may be shown, or all with `small_groups`."""
    above = kpi.above_ceiling or all(theory.nodes[id].above_ceiling for id in kpi.measures)
    read = readings(kpi, terms.today)
    latest = read[-1] if read else None
    wanted = expected(kpi, stops(kpi), latest.date) if latest and not above else None
    behind = gap(kpi, latest.value, wanted) if latest else None
    found = judged(kpi, Known(latest, behind, above), terms)
    return KpiProgress(
        kpi=kpi.id,
        title=one_line(kpi.title),
        level=kpi.level,
        draft=kpi.status == "draft",
        status=found.status,
        why=found.why,
        last_known=found.last_known,
        latest=latest,
        previous=read[-2] if len(read) > 1 else None,
        share=share(kpi, latest.value) if latest and not above else None,
        expected=wanted,
        gap=behind,
        milestones=() if above else tuple(_milestones(kpi, read, terms)),
        parts=tuple(_parts(kpi, terms.today, {} if small_groups else hidden(kpi))),
    )


def readings(kpi: Kpi, today: date | None = None) -> Sequence[Reading]:
    """The readings of everybody up to a day, by date; of one day the author's last."""
    by_day = {one.date: one for one in kpi.readings if not one.where and (today is None or one.date <= today)}
    return sorted(by_day.values(), key=lambda one: one.date)


def said_of(where: Mapping[str, str], titles: Mapping[str, str] = FrozenDict()) -> str:
    """Of whom a reading of a part is, on one line; of a target group that is named by its id, its title."""
    return ", ".join(f"{one_line(key)}: {one_line(titles.get(text, text))}" for key, text in where.items())


def _milestones(kpi: Kpi, read: Sequence[Reading], terms: Terms) -> Iterator[MilestoneProgress]:
    for one in kpi.target or ():
        reading = nearest(read, one.by, half(kpi)) if one.by else None
        status = Reached.UNREAD
        if reading:
            status = Reached.REACHED if _is_there(kpi, reading.value, one, terms) else Reached.NOT_REACHED
        yield MilestoneProgress(one.value, one.by, status, reading)


def nearest(read: Sequence[Reading], day: date, most: int) -> Reading | None:
    """The reading nearest to a day, at most so many days away; of two as near the later."""
    place = bisect_left(read, day, key=lambda one: one.date)
    near = [one for one in read[max(place - 1, 0) : place + 1] if abs((one.date - day).days) <= most]
    return min(reversed(near), key=lambda one: abs((one.date - day).days), default=None)


def _is_there(kpi: Kpi, value: float, one: Milestone, terms: Terms) -> bool:
    """Whether a value is at or beyond a milestone; of what is kept, whether it is near enough to be on track."""
    if kpi.direction != "keep":
        return is_reached(kpi, value, one.value)
    away = gap(kpi, value, one.value)
    return away is not None and away <= terms.tolerance[0] + SLACK


def _parts(kpi: Kpi, today: date, unseen: Mapping[tuple[date, FrozenDict[str, str]], Hidden]) -> Iterator[PartReading]:
    """The latest reading of each part, in the author's order."""
    found: dict[FrozenDict[str, str], Reading] = {}
    for one in kpi.readings:
        if one.where and one.date <= today and (one.where not in found or one.date >= found[one.where].date):
            found[one.where] = one
    for where, one in found.items():
        why = unseen.get(whom(one))
        value, n = (None, None) if why else (one.value, one.n)
        yield PartReading(where, one.date, value, n, why, str(why) if why else told(kpi, one))
