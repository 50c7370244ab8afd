"""Whether activities are rated, worth measuring, and measured as deeply as they can answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, rule
from toc.guidance.advice import ActivityFit
from toc.guidance.advice_file import advice
from toc.guidance.advising import settled_fits
from toc.guidance.scales import Approach, Fit, rung
from toc.language.text import listed
from toc.model.nodes import Activity, Kpi

# How to rate an activity.
RATINGS: Final = {
    "certainty": "answer the three questions of `toc guide --ask`, which writes `certainty:`",
    "participation": "write how many different people it means to change in a year as `participation:`",
}


@rule("TOC128", "unrated-activity", "measurement", Grades(None, ADVICE, WARNING))
def unrated_activity(context: CheckContext) -> Iterable[Fault]:
    for activity in context.theory.activities.values():
        missing = [
            key
            for key, value in (("certainty", activity.certainty), ("participation", activity.participation))
            if value is None
        ]
        if missing:
            yield Fault(
                (activity.id,),
                context.path(activity.id),
                f"{context.called(activity.id)} has no {' and no '.join(f'`{key}:`' for key in missing)}: "
                "how to measure it cannot be advised",
                ", and ".join(RATINGS[key] for key in missing),
            )


@rule("TOC129", "activity-to-redesign", "measurement", Grades(ADVICE, ADVICE, WARNING))
def redesigned_activity(context: CheckContext) -> Iterable[Fault]:
    for id, found in context.settled.items():
        if found.cell.approach is Approach.REDESIGN:
            people = context.theory.activities[id].participation
            reached = f"means to change {people:,} people a year" if isinstance(people, int) else "reaches few people"
            yield Fault(
                (id,),
                context.path(id),
                f"{context.called(id)} is of low certainty and {reached}: no way of measuring it would repay the trouble",
                found.cell.headline[:1].lower() + found.cell.headline[1:],
            )


@rule("TOC130", "misfitting-kpi", "measurement", Grades(None, ADVICE, WARNING))
def misfitting_kpi(context: CheckContext) -> Iterable[Fault]:
    rated = {one: found for one, found in context.settled.items() if _is_to_be_measured(context, one)}
    sharing: dict[int, tuple[ActivityFit, list[str]]] = {}  # activities that have one fit in common are looked at once
    for activity, fit in settled_fits(context.theory, rated).items():
        sharing.setdefault(id(fit), (fit, []))[1].append(activity)
    yield from _too_shallow(context, sharing.values())
    yield from _too_deep(context, sharing.values())


def _too_shallow(context: CheckContext, fits: Iterable[tuple[ActivityFit, list[str]]]) -> Iterator[Fault]:
    """The deepest KPIs of activities that stop short; a pillar's is none of them."""
    short: dict[str, list[str]] = {}
    for fit, activities in fits:
        below = [kpi for kpi in fit.kpis if kpi.fit is Fit.BELOW]
        if fit.fit is Fit.BELOW and below:
            deepest = max(below, key=lambda kpi: rung(kpi.level) if kpi.level else -1)
            short.setdefault(deepest.kpi, []).extend(activities)
    for kpi in context.theory.kpis:
        if kpi in short:
            yield _short(context, context.theory.kpis[kpi], short[kpi])


def _short(context: CheckContext, kpi: Kpi, activities: list[str]) -> Fault:
    minimum = max((context.settled[id].minimum for id in activities), key=rung)
    if len(activities) == 1:
        one = context.theory.activities[activities[0]]
        whom = f"{context.called(one.id)}, whose {_certainty(one)} certainty calls for {minimum}"
    else:
        titles = listed([quoted(context.theory.activities[id].title) for id in activities], most=3)
        whom = f"{len(activities)} {context.word('activity', plural=True)} whose certainty calls for more: {titles}"
    return Fault(
        tuple(dict.fromkeys((kpi.id, *kpi.measures, *activities))),
        context.path(kpi.id, "level"),
        f"{context.called(kpi.id)} stops at {kpi.level}, and nothing goes deeper for {whom}",
        f"put a {context.word('kpi')} beside it that looks at {minimum} ({advice().levels[minimum].asks}), at one of "
        f"the {context.word('outcome', plural=True)}, of the people whom the {context.word('activity')} means to change",
    )


def _too_deep(context: CheckContext, fits: Iterable[tuple[ActivityFit, list[str]]]) -> Iterator[Fault]:
    """KPIs of activities and outputs that claim more than the least certain activity behind them can answer for."""
    places = {id: place for place, id in enumerate(context.theory.activities)}
    strictest: dict[str, tuple[int, int, str]] = {}
    for fit, activities in fits:
        limit, first = rung(context.settled[activities[0]].maximum), activities[0]
        for kpi in fit.kpis:
            if kpi.fit is Fit.ABOVE:
                found = limit, places[first], first
                strictest[kpi.kpi] = min(found, strictest.get(kpi.kpi, found))
    for id in context.theory.kpis:
        if id in strictest:
            yield _beyond(context, context.theory.kpis[id], strictest[id][2])


def _beyond(context: CheckContext, kpi: Kpi, activity: str) -> Fault:
    most = context.settled[activity].maximum
    return Fault(
        tuple(dict.fromkeys((kpi.id, *kpi.measures, activity))),
        context.path(kpi.id, "level"),
        f"{context.called(kpi.id)} looks at {kpi.level}, but {context.called(activity)}, of "
        f"{_certainty(context.theory.activities[activity])} certainty, can answer for {most} at most",
        f"let it measure one of the {context.word('outcome', plural=True)}, which do not hang on this "
        f"{context.word('activity')} alone, and of the {context.word('activity')} itself ask no more than "
        f"{most} ({advice().levels[most].asks})",
    )


def _is_to_be_measured(context: CheckContext, id: str) -> bool:
    """Whether an activity is fully rated and not to be redesigned first: other rules speak of those."""
    rated = context.theory.activities[id].participation is not None
    return rated and context.settled[id].cell.approach is not Approach.REDESIGN


def _certainty(activity: Activity) -> str:
    return activity.certainty.level if activity.certainty else "unknown"
