"""Whether activities are rated, worth measuring, and measured as deeply as they can answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from toc import graph
from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, rule
from toc.guidance.advice_file import advice
from toc.guidance.scales import Approach, rung
from toc.language.text import listed
from toc.model import Theory
from toc.model.nodes import Activity, Kpi
from toc.model.types import Depth


class Deepest(NamedTuple):
    """The first of the deepest KPIs and its rung on the ladder; `open` where a KPI without a level leaves it open."""

    rung: int = -1
    kpi: str = ""
    open: bool = False


class Strictest(NamedTuple):
    """The lowest rung that any activity behind a node can answer for; of several such activities the author's first."""

    rung: int
    place: int
    activity: str


NONE: Final = Deepest()
OPEN: Final = Deepest(open=True)


def deepest_held(theory: Theory) -> dict[str, Deepest]:
    """The deepest KPI of each activity."""
    found: dict[str, Deepest] = {}
    for id in (*theory.outcomes, *theory.pillars):
        found[id] = _deepest_of(theory, id)
    for id in (*reversed(_outputs(theory)), *theory.activities):
        held = _deepest_of(theory, id)
        for target in theory.forwards[id]:
            if target in found and target not in theory.activities:
                held = _deeper(held, found[target])
        found[id] = held
    return found


def strictest(theory: Theory, limits: Mapping[str, int]) -> dict[str, Strictest]:
    """The strictest of these limits of activities for each activity itself and each output that it leads to.

    >>> import toc
    >>> found = strictest(toc.example("small-charity"), {"tea-and-games": 2, "advice-table": 4})
    >>> found["afternoons"].rung, found["advice-table"].rung
    (2, 4)
    """
    found = {id: Strictest(limit, place, id) for place, (id, limit) in enumerate(limits.items())}
    for id in (*limits, *_outputs(theory)):
        if id in found:
            for target in theory.forwards[id]:
                if target in theory.outputs:
                    found[target] = min(found[id], found.get(target, found[id]))
    return found


def _outputs(theory: Theory) -> list[str]:
    """The outputs, each after all that lead to it."""
    outputs = theory.outputs
    return graph.order({id: [target for target in theory.forwards[id] if target in outputs] for id in outputs})


def _deepest_of(theory: Theory, id: str) -> Deepest:
    found = NONE
    for kpi in theory.measured_by.get(id, ()):
        level = theory.kpis[kpi].level
        found = _deeper(found, Deepest(rung(level), kpi) if level else OPEN)
    return found


def _deeper(one: Deepest, other: Deepest) -> Deepest:
    """The deeper of two, the first where they are equal; open if either is."""
    deeper = other if other.rung > one.rung else one
    return deeper if deeper.open or not (one.open or other.open) else deeper._replace(open=True)


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
    limits = {id: rung(found.maximum) for id, found in context.settled.items() if _is_to_be_measured(context, id)}
    strict = strictest(context.theory, limits)
    yield from _too_shallow(context, strict)
    yield from _too_deep(context, strict)


def _too_shallow(context: CheckContext, strict: Mapping[str, Strictest]) -> Iterator[Fault]:
    """KPIs that stop short and are the deepest of their activities; none where one without a level leaves it open."""
    held = deepest_held(context.theory)
    short: dict[str, list[str]] = {}
    for id, found in context.settled.items():
        deepest = held[id]
        if deepest.kpi and not deepest.open and deepest.rung < rung(found.minimum) and _is_to_be_measured(context, id):
            short.setdefault(deepest.kpi, []).append(id)
    for kpi, activities in short.items():
        yield _short(context, context.theory.kpis[kpi], activities, _strictest_behind(context.theory.kpis[kpi], strict))


def _short(context: CheckContext, kpi: Kpi, activities: list[str], behind: Strictest | None) -> Fault:
    minimum = max((context.settled[id].minimum for id in activities), key=rung)
    if len(activities) == 1:
        one = context.theory.activities[activities[0]]
        whom = f"{context.called(one.id)}, whose {_certainty(one)} certainty calls for {minimum}"
    else:
        titles = listed([quoted(context.theory.activities[id].title) for id in activities], most=3)
        whom = f"{len(activities)} {context.word('activity', plural=True)} whose certainty calls for more: {titles}"
    asks = f"{minimum} ({advice().levels[minimum].asks})"
    outcomes = context.word("outcome", plural=True)
    fix = f"put one that looks at {asks} beside it"
    if behind and behind.rung < rung(minimum):  # beside it, a deeper one would claim too much for another activity
        fix += f", for one of the {outcomes}"
    return Fault(
        tuple(dict.fromkeys((kpi.id, *kpi.measures, *activities))),
        context.path(kpi.id, "level"),
        f"{context.called(kpi.id)} stops at {kpi.level}, and nothing goes deeper for {whom}",
        fix,
    )


def _too_deep(context: CheckContext, strict: Mapping[str, Strictest]) -> Iterator[Fault]:
    """KPIs of activities and outputs that claim more than the least certain activity behind them can answer for."""
    for kpi in context.theory.kpis.values():
        behind = _strictest_behind(kpi, strict)
        if kpi.level and behind and rung(kpi.level) > behind.rung:
            yield _beyond(context, kpi, kpi.level, behind.activity)


def _strictest_behind(kpi: Kpi, strict: Mapping[str, Strictest]) -> Strictest | None:
    """The least certain of the activities that a KPI measures, by themselves or by their outputs."""
    return min((strict[id] for id in kpi.measures if id in strict), default=None)


def _beyond(context: CheckContext, kpi: Kpi, level: Depth, activity: str) -> Fault:
    most = context.settled[activity].maximum
    return Fault(
        tuple(dict.fromkeys((kpi.id, *kpi.measures, activity))),
        context.path(kpi.id, "level"),
        f"{context.called(kpi.id)} looks at {level}, but {context.called(activity)}, of "
        f"{_certainty(context.theory.activities[activity])} certainty, can answer for {most} at most",
        f"measure the {context.word('activity')} by a {context.word('kpi')} that looks at {most} "
        f"({advice().levels[most].asks}) instead, and keep this one for one of the {context.word('outcome', plural=True)}, which do not hang "
        f"on this {context.word('activity')} alone",
    )


def _is_to_be_measured(context: CheckContext, id: str) -> bool:
    """Whether an activity is fully rated and not to be redesigned first: other rules speak of those."""
    rated = context.theory.activities[id].participation is not None
    return rated and context.settled[id].cell.approach is not Approach.REDESIGN


def _certainty(activity: Activity) -> str:
    return activity.certainty.level if activity.certainty else "unknown"
