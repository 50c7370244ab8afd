"""What the evidence and the tests of assumptions say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.dates import months_later
from toc.language.facts import joins
from toc.language.numbers import counted
from toc.language.text import listed
from toc.partnership.mutuality_opening import side_called
from toc.partnership.reciprocity import SIDES
from toc.partnership.rungs import Standings
from toc.partnership.timing import first_measured, is_late

_EARLIEST: Final = date.min + timedelta(days=1)
MOST_YEARS: Final = 10_000  # more than the calendar has


@rule("TOC131", "contradicted-link", "evidence", Grades(ADVICE, WARNING, WARNING))
def contradicted_link(context: CheckContext) -> Iterable[Fault]:
    for link in context.evidenced:
        against = [place for place, found in enumerate(link.evidence) if found.says == "contradicts"]
        if against:
            ends = (link.source, link.target)
            sources = listed([quoted(link.evidence[place].source) for place in against], most=5)
            verb = "contradicts" if len(against) == 1 else "contradict"
            message = f"{sources} {verb} the link from {context.called(ends[0])} to {context.called(ends[1])}"
            fix = "lower `confidence:` and answer the source in `because:`, or take the link out"
            yield Fault(ends, context.of_link(*ends, "evidence", against[0]), message, fix, (ends,))


@rule("TOC132", "failing-assumption", "evidence", Grades(ADVICE, WARNING, WARNING))
def failing_assumption(context: CheckContext) -> Iterable[Fault]:
    for link in context.assumed:
        for position, assumption in enumerate(link.assumptions):
            if assumption.status == "failing":
                ends = (link.source, link.target)
                verb = joins(negative=link.sign == "-", feedback=link.feedback)
                claim = f"{context.called(ends[0])} {verb} {context.called(ends[1])}"
                message = f"the assumption {quoted(assumption.text)} is failing, and with it the claim that {claim}"
                fix = "change what is done so that the assumption holds or is not needed, then write its `status:`"
                yield Fault(ends, context.of_link(*ends, "assumptions", position), message, fix, (ends,))


@rule("TOC133", "old-evidence", "evidence", Grades(None, ADVICE, WARNING))
def old_evidence(context: CheckContext) -> Iterable[Fault]:
    years = context.theory.settings.checks.evidence_years
    if years is None:
        return
    first = months_later(context.today, -round(min(years, MOST_YEARS) * 12))
    for link in context.evidenced:
        for position, found in enumerate(link.evidence):
            if found.date is not None and found.date < first:
                ends = (link.source, link.target)
                message = f"{_dated(found.source, found.date)} is more than {counted(years, 'year', 'years')} old"
                fix = "look for a newer source, or raise `evidence_years:` under `settings: checks:`"
                yield Fault(ends, context.of_link(*ends, "evidence", position), message, fix, (ends,))


@rule("TOC134", "measured-too-late", "evidence", Grades(None, ADVICE, WARNING))
def measured_too_late(context: CheckContext) -> Iterable[Fault]:
    for activity, first in first_measured(context.theory, context.today):
        if is_late(activity, first):
            message = (
                f"{context.called(activity.id)} started on {activity.starts}, and no {context.word('kpi')} that tells of it "
                f"has a baseline, or says that it was agreed, before {first}"
            )
            fix = (
                "agree by what you will know that it works before it starts again; if that was done in time, write the day "
                f"as `agreed_on:` of a {context.word('kpi')}, or as `date:` of its `baseline:`"
            )
            yield Fault((activity.id,), context.path(activity.id, "starts"), message, fix)


@rule("TOC135", "side-unmeasured", "evidence", Grades(None, ADVICE, WARNING))
def side_unmeasured(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    rated = [one for one in theory.activities.values() if one.impact]
    if not rated:
        return
    standings = Standings.of(theory)
    for activity in rated:
        for side in SIDES:
            whose, impact = "its" if side == "internal" else "their", getattr(activity.impact, side)
            if impact and impact.level != "low" and not standings.is_measured(activity.id, inside=side == "internal"):
                yield Fault(
                    (activity.id,),
                    context.path(activity.id, "impact", side),
                    f"{quoted(activity.title)} is rated {impact.level} for {side_called(theory, side)}, "
                    f"and no {context.word('kpi')} is about {whose} people",
                    f"give the target group of a {context.word('kpi')} its `partner:`, or add one",
                )


@rule("TOC136", "ended-unread", "evidence", Grades(None, ADVICE, WARNING))
def ended_unread(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    ended = [one for one in theory.activities.values() if one.ends is not None and one.ends < context.today]
    if not ended:
        return
    last = _last_readings(context)
    for activity in ended:
        read = max((last[id] for id in theory.forwards[activity.id]), default=date.min)
        if theory.forwards[activity.id] and read < (activity.starts or _EARLIEST):
            since = " since it began" if activity.starts and read > date.min else ""
            message = f"{context.called(activity.id)} ended on {activity.ends}, and nothing that it leads to has a reading{since}"
            fix = "measure what came of it, and write it under `readings:` of a " + context.word("kpi")
            yield Fault((activity.id,), context.path(activity.id, "ends"), message, fix)


def _last_readings(context: CheckContext) -> dict[str, date]:
    """For each node the day of the last reading of it, or of anything on its ways."""
    theory, found = context.theory, dict[str, date]()
    onwards: dict[int, date] = {}  # what several lead to is looked through once
    for node in reversed(context.order):
        own = [one.date for kpi in theory.measured_by.get(node, ()) for one in theory.kpis[kpi].readings]
        targets = theory.forwards[node]
        if id(targets) not in onwards:
            onwards[id(targets)] = max((found[target] for target in targets), default=date.min)
        found[node] = max([*own, onwards[id(targets)]])
    return found


def _dated(source: str, day: date) -> str:
    return f"the evidence {quoted(source)} of {day}"


RULES: Final[tuple[Rule, ...]] = (
    contradicted_link,
    failing_assumption,
    old_evidence,
    measured_too_late,
    side_unmeasured,
    ended_unread,
)
