"""How the boxes hang together: ways to the goal, levels, density, and effects dated before their causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, get_args

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, Rule, rule
from toc.language.text import listed
from toc.model import Theory
from toc.model.nodes import Activity, HasDate, HasHorizon
from toc.model.types import PLURALS, Horizon, Kind

FEWEST: Final = 3  # boxes on each of two levels: below that, everything may well lead to everything
MOST: Final = (2, 3)  # of the possible links between two levels: two of three
HANDFUL: Final = 5
BACK: Final = "goes on only by feedback: that is no way to a goal"
HORIZONS: Final = get_args(Horizon)


@rule("TOC101", "activity-without-way", "structure", Grades(WARNING, ERROR, ERROR))
def activity_without_way(context: CheckContext) -> Iterable[Fault]:
    for end, activities in _stranded(context).items():
        lost = [id for id in activities if id != end]
        only_back = context.goes_only_back(end)
        if lost:
            who = context.called(lost[0]) if len(lost) == 1 else _named(context, lost)
            stops = BACK if only_back else "leads nowhere"
            message = f"no way leads from {who} to {context.any_goal}: it stops at {context.called(end)}, which {stops}"
        else:
            why = f"it {BACK}" if only_back else "nothing stands under its `leads_to`"
            message = f"no way leads from {context.called(end)} to {context.any_goal}: {why}"
        nodes = (end, *lost) if end in context.theory.activities else (*lost, end)
        yield Fault(nodes, context.path(end), message, _led_on(context, end, "what it helps to bring about"))


@rule("TOC102", "outcome-without-cause", "structure", Grades(ADVICE, WARNING, WARNING))
def outcome_without_cause(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    aims = theory.goals if any(map(theory.backwards.leads_in, theory.goals)) else ()
    for id in (*aims, *theory.pillars, *theory.outcomes):
        if not theory.backwards.leads_in(id):
            on = BACK if context.goes_only_back(id) else "leads nowhere"
            alone = id not in theory.goals and not theory.forwards[id]
            message = f"nothing leads to {context.called(id)}{f', and it {on}' if alone else ''}"
            fix = f"add `{id}` to `leads_to:` of what brings it about"
            yield Fault((id,), context.path(id), message, fix)


@rule("TOC103", "output-without-effect", "structure", Grades(ADVICE, WARNING, WARNING))
def output_without_effect(context: CheckContext) -> Iterable[Fault]:
    theory, reported = context.theory, _stranded(context)
    for id in (*theory.pillars, *theory.outcomes, *theory.outputs):
        if not theory.forwards[id] and id not in reported and (id in theory.outputs or theory.backwards.leads_in(id)):
            on = BACK if context.goes_only_back(id) else "leads nowhere"
            fix = _led_on(context, id, "the change that follows")
            yield Fault((id,), context.path(id), f"{context.called(id)} {on}", fix)


def _led_on(context: CheckContext, id: str, what: str) -> str:
    """What to do where a way stops."""
    if context.goes_only_back(id):
        return f"add {what} to the feedback under `leads_to:` of `{id}`, or take `feedback: true` out where it is none"
    return f"write `leads_to:` under `{id}`, with {what}"


@rule("TOC104", "skipped-level", "structure", Grades(ADVICE, WARNING, WARNING))
def skipped_level(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    outcome = context.word("outcome")
    for id in (*theory.outputs, *theory.activities):
        for goal in theory.forwards[id]:
            if goal in theory.goals:
                message = (
                    f"{context.called(id)} leads straight to {context.called(goal)}: no change in between is named"
                )
                fix = f"name the {outcome} in between under `outcomes:`, and let `{id}` lead to it instead"
                yield Fault((id, goal), context.of_link(id, goal), message, fix, ((id, goal),))


def _stranded(context: CheckContext) -> dict[str, list[str]]:
    """The activities without a way to a goal, by the box at which their first way stops."""
    found: dict[str, list[str]] = {}
    for id in context.theory.activities:
        if id not in context.to_goal:
            found.setdefault(context.dead_end[id], []).append(id)
    return found


def _named(context: CheckContext, ids: list[str]) -> str:
    titles = [quoted(context.theory.nodes[id].title) for id in ids]
    return f"the {context.word('activity', plural=True)} {listed(titles, most=3)}"


@rule("TOC105", "everything-leads-to-everything", "structure", Grades(None, WARNING, WARNING))
def everything_leads_to_everything(context: CheckContext) -> Iterable[Fault]:
    for (lower, upper), (count, possible) in _dense(context).items():
        message = (
            f"{count} of the {possible} possible links lead from {context.word(lower, plural=True)} to "
            f"{context.word(upper, plural=True)}: nearly everything leads to everything"
        )
        fix = "keep the one or two links of each box that matter most under `leads_to:`, and delete the others"
        yield Fault((), (PLURALS[lower],), message, fix)


@rule("TOC106", "too-many-effects", "structure", Grades(None, ADVICE, WARNING))
def too_many_effects(context: CheckContext) -> Iterable[Fault]:
    theory, dense = context.theory, _dense(context)
    for id in (*theory.outcomes, *theory.outputs, *theory.activities):
        if len(theory.forwards[id]) > HANDFUL:
            kind = theory.nodes[id].kind
            targets = [t for t in theory.forwards[id] if (kind, theory.nodes[t].kind) not in dense]
            if len(targets) > HANDFUL:
                message = f"{context.called(id)} leads to {len(targets)} others, which is more than can be argued for"
                links = tuple((id, target) for target in targets)
                fix = f"keep the nearest changes under `leads_to:` of `{id}`, at most {HANDFUL}"
                yield Fault((id, *targets), context.path(id, "leads_to"), message, fix, links)


def _dense(context: CheckContext) -> dict[tuple[Kind, Kind], tuple[int, int]]:
    """The pairs of kinds between which nearly every link is drawn: how many are, how many could be."""
    found = {}
    for (lower, upper), count in context.links_between.items():
        sources, targets = len(context.theory.of_kind(lower)), len(context.theory.of_kind(upper))
        possible = sources * targets
        if min(sources, targets) >= FEWEST and count * MOST[1] >= possible * MOST[0]:
            found[lower, upper] = (count, possible)
    return found


class Cause(NamedTuple):
    """The last dated box on the ways to another: nothing that follows it can be there before that day."""

    day: date
    id: str


@rule("TOC107", "effect-before-cause", "structure", Grades(WARNING, ERROR, ERROR))
def effect_before_cause(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    if not _says_when(theory):
        return
    carried: dict[str, Cause] = {}
    latest: dict[int, list[str]] = {}
    place = {id: number for number, id in enumerate(theory.forwards)}
    for id in context.order:
        node = theory.nodes[id]
        causes = (cause for part in theory.backwards.parts(id) for cause in _latest(part, carried, latest))
        in_order = (carried[cause] for cause in sorted(causes, key=place.__getitem__))
        last = max(in_order, default=None, key=lambda found: found.day)
        due = node.ends if isinstance(node, Activity) else _due(node)
        late = bool(last and due and due < last.day)
        if last and due and late:
            yield _by_date(context, id, due, last)
        elif isinstance(node, HasHorizon) and node.horizon:
            yield from _by_horizon(context, node, theory.backwards[id])
        own = node.starts if isinstance(node, Activity) else due
        if own and (last is None or late or own >= last.day):  # what follows is not told of the same fault again
            carried[id] = Cause(own, id)
        elif last:
            carried[id] = last


def _latest(causes: Sequence[str], carried: Mapping[str, Cause], known: dict[int, list[str]]) -> list[str]:
    """The cause with the last day, if any has one; what several nodes have in common is looked through once."""
    if id(causes) not in known:
        dated = [cause for cause in causes if cause in carried]
        known[id(causes)] = [max(dated, key=lambda cause: carried[cause].day)] if dated else []
    return known[id(causes)]


def _says_when(theory: Theory) -> bool:
    """Whether there is any date or horizon of an effect to look at."""
    steps: list[HasHorizon] = [*theory.outcomes.values(), *theory.outputs.values()]
    activities = theory.activities.values()
    dated = any(_due(node) for node in theory.nodes.values())
    return dated or any(n.horizon for n in steps) or any(n.ends for n in activities)


def _due(node: object) -> date | None:
    return node.by if isinstance(node, HasDate) else None


def _by_date(context: CheckContext, id: str, due: date, last: Cause) -> Fault:
    theory = context.theory
    ends, key = ("ends", "ends") if id in theory.activities else ("is due", "by")
    cause_key = "starts" if last.id in theory.activities else "by"
    comes = "starts" if cause_key == "starts" else "is due"
    message = f"{context.called(id)} {ends} on {due}, before {context.called(last.id)}, which leads to it, {comes} on {last.day}"
    links = ((last.id, id),) if id in theory.forwards[last.id] else ()
    fix = f"correct `{key}:` of `{id}` or `{cause_key}:` of `{last.id}`, or take the link out"
    return Fault((id, last.id), context.path(id, key), message, fix, links)


def _by_horizon(context: CheckContext, node: HasHorizon, causes: Iterable[str]) -> Iterator[Fault]:
    """The first cause with a longer horizon than its effect, unless both bear a date."""
    for id in causes:
        cause = context.theory.nodes[id]
        if not isinstance(cause, HasHorizon) or not cause.horizon or not node.horizon:
            continue
        both_dated = _due(node) and _due(cause)
        if not both_dated and HORIZONS.index(cause.horizon) > HORIZONS.index(node.horizon):
            message = (
                f"the horizon of {context.called(node.id)} is {node.horizon}, yet that of {context.called(id)}, which leads to "
                f"it, is {cause.horizon}"
            )
            fix = f"correct `horizon:` of `{node.id}` or of `{id}`, or take the link out"
            yield Fault((node.id, id), context.path(node.id, "horizon"), message, fix, ((id, node.id),))
            return


@rule("TOC108", "no-outcome-between", "structure", Grades(ADVICE, ADVICE, ADVICE))
def no_outcome_between(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    for id in theory.pillars:
        causes = theory.backwards[id]
        kinds = {theory.nodes[cause].kind for cause in causes}
        if kinds and kinds <= {"activity", "output"}:
            done = listed([context.word(kind, plural=True) for kind in ("activity", "output") if kind in kinds])
            message = f"only {done} lead to {context.called(id)}: no change on the way is named"
            outcomes = context.word("outcome", plural=True)
            fix = f"write what must change for people first as {outcomes} under `outcomes:`, and let what you do lead to them"
            yield Fault((id,), context.path(id), message, fix)


RULES: Final[tuple[Rule, ...]] = (
    activity_without_way,
    outcome_without_cause,
    output_without_effect,
    skipped_level,
    everything_leads_to_everything,
    too_many_effects,
    effect_before_cause,
    no_outcome_between,
)
