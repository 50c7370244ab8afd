"""Whether KPIs are read when they should be, and of whom they should be, and whether they go the right way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks import reading_faults
from toc.checks.check_context import CheckContext, quoted
from toc.checks.reading_faults import shares
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.numbers import number, percent
from toc.language.text import listed, one_line
from toc.model.nodes import Kpi
from toc.monitoring.cadence import half, limit
from toc.monitoring.judging import SLACK
from toc.monitoring.kpi_progress import KpiProgress
from toc.monitoring.statuses import Status, Why

SOME: Final = 5  # groups that are named in one sentence
LATE: Final = "write what it is now under `readings:`; if it is read less often, correct `frequency:`"


@rule("TOC173", "wrong-way", "monitoring", Grades(ADVICE, WARNING, WARNING))
def wrong_way(context: CheckContext) -> Iterable[Fault]:
    near = context.theory.settings.monitoring.tolerance[0]
    for kpi, one in _judged(context):
        if one.share is None or one.share >= -(near + SLACK) or _is_told_elsewhere(kpi, one):
            continue
        if kpi.baseline and kpi.target and one.latest:
            message = (
                f"{context.called(kpi.id)} stood at {number(one.latest.value)} on {one.latest.date}, worse than its baseline "
                f"of {number(kpi.baseline.value)} by more than {percent(near)} of the way to its target of {number(kpi.target.value)}"
            )
            fix = "ask what went wrong and change what is done; if the figure is wrong, correct it"
            yield _latest(context, kpi, one, message, fix)


def _is_told_elsewhere(kpi: Kpi, one: KpiProgress) -> bool:
    """Whether a target lies on the wrong side of its baseline, or the latest reading before it, or is a share, no percentage."""
    if one.status is Status.MET or one.latest is None or kpi.baseline is None:
        return True
    is_earlier = kpi.baseline.date is not None and one.latest.date < kpi.baseline.date
    return is_earlier or any(kpi.readings[place] is one.latest for place in shares(kpi))


@rule("TOC177", "stale-kpi", "monitoring", Grades(None, ADVICE, WARNING))
def stale_kpi(context: CheckContext) -> Iterable[Fault]:
    for kpi, one in _judged(context):
        if one.why is Why.STALE and one.latest:
            message = f"{context.called(kpi.id)} was last read on {one.latest.date}, more than {limit(kpi)} days ago"
            yield _latest(context, kpi, one, message, LATE)
        elif one.why is Why.NO_READING:
            due, fix = "one is due by now", LATE
            if not (context.theory.created or (kpi.baseline and kpi.baseline.date)):
                due = "neither its baseline nor `created:` says from which day on one is due"
                fix = "write what it is now under `readings:`, or that day as `date:` in its `baseline:`"
            message = f"{context.called(kpi.id)} has no reading of everybody yet, and {due}"
            yield Fault((kpi.id, *kpi.measures), context.path(kpi.id), message, fix)


@rule("TOC178", "unread-target", "monitoring", Grades(None, WARNING, WARNING))
def unread_target(context: CheckContext) -> Iterable[Fault]:
    for kpi, one in _judged(context):
        if one.why is Why.NOT_READ and kpi.target:
            message = (
                f"{context.called(kpi.id)} was to reach {number(kpi.target.value)} by {kpi.target.by}, "
                f"and no reading of the {half(kpi)} days before that day, or later, tells whether it did"
            )
            fix = "write what it was under `readings:`, or what it is now"
            yield Fault((kpi.id, *kpi.measures), context.path(kpi.id, "target"), message, fix)


@rule("TOC180", "reading-after-target", "monitoring", Grades(None, ADVICE, ADVICE))
def reading_after_target(context: CheckContext) -> Iterable[Fault]:
    for kpi, one in _judged(context):
        due = kpi.target.by if kpi.target else None
        if due and one.latest and one.why is not Why.ABOVE_CEILING and (one.latest.date - due).days > limit(kpi):
            message = (
                f"{context.called(kpi.id)} was read on {one.latest.date}, more than {limit(kpi)} days after its target "
                f"was due on {due}: nothing says what it is to reach now"
            )
            fix = "set a new target under `target:`, or close it by taking it out of the file"
            yield _latest(context, kpi, one, message, fix)


@rule("TOC181", "missing-breakdown", "monitoring", Grades(None, ADVICE, WARNING))
def missing_breakdown(context: CheckContext) -> Iterable[Fault]:
    titles = {id: group.title for id, group in context.theory.context.target_groups.items()}
    for kpi, one in _judged(context):
        read = [reading for reading in kpi.readings if kpi.breakdowns and reading.date <= context.today]
        if not read:
            continue
        newest = one.latest.date if one.latest else max(reading.date for reading in read)
        parts = (pair for reading in read if reading.date >= newest for pair in reading.where.items())
        told = {_plain(text) for pair in parts for text in pair}
        told |= {_plain(name) for pair in titles.items() if not told.isdisjoint(map(_plain, pair)) for name in pair}
        missing = [quoted(name) for name in kpi.breakdowns if _plain(name) not in told]
        if missing:
            names = listed(missing, "or", most=SOME)
            message = (
                f"{context.called(kpi.id)} is to be told apart by {names}, and no reading of {newest} or since does so"
            )
            fix = "write a reading with `where:` for each group, or take the name out of `breakdowns:`"
            yield Fault((kpi.id, *kpi.measures), context.path(kpi.id, "breakdowns"), message, fix)


def _plain(name: str) -> str:
    return one_line(name).casefold()


def _judged(context: CheckContext) -> Iterator[tuple[Kpi, KpiProgress]]:
    """Each KPI with how it stands."""
    return ((context.theory.kpis[id], one) for id, one in context.progress.items())


def _latest(context: CheckContext, kpi: Kpi, one: KpiProgress, message: str, fix: str) -> Fault:
    """A fault at the latest reading."""
    place = next(place for place, reading in enumerate(kpi.readings) if reading is one.latest)
    return Fault((kpi.id, *kpi.measures), context.path(kpi.id, "readings", place), message, fix)


RULES: Final[tuple[Rule, ...]] = (
    reading_faults.reading_out_of_time,
    reading_faults.impossible_reading,
    wrong_way,
    reading_faults.share_as_percentage,
    reading_faults.percentage_without_base,
    reading_faults.small_group,
    stale_kpi,
    unread_target,
    reading_faults.conflicting_readings,
    reading_after_target,
    missing_breakdown,
)
