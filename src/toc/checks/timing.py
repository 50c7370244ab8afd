"""Whether effects come after their causes, by the dates that the author states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, get_args

from toc.checks.looking import Look
from toc.checks.rules import ERROR, WARNING, Fault, Grades, rule
from toc.model import Theory
from toc.model.nodes import Activity, Goal, Outcome, Output, Pillar
from toc.model.words import Horizon

HORIZONS = get_args(Horizon)


class Cause(NamedTuple):
    """The last dated box on the ways to another: nothing that follows it can be there before that day."""

    day: date
    id: str


@rule("TOC107", "effect-before-cause", "structure", Grades(WARNING, ERROR, ERROR))
def effect_before_cause(look: Look) -> Iterable[Fault]:
    """An effect that is due before its cause.

    What: A box whose `by` (an activity's `ends`) lies before the `starts` of an activity, or before the `by` of
    anything else, from which a way leads to it. Boxes in between that bear no date are passed over. Where a date is
    missing but both ends of a link state a `horizon`, an effect of a shorter horizon than its cause is the same fault.
    What is not stated is not guessed, and feedback is left out.

    Why: A cause comes before its effect. Dates that say otherwise are a slip of the pen, or a sign that the link is
    not believed.

    Mend: Correct one of the two dates, or take the link out.

    Source: Mayne 2015, "Useful theory of change models", *Canadian Journal of Program Evaluation* 30(2): the steps of
    an impact pathway follow one another in time.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, by: 2026-07-31, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, starts: 2026-09-01, leads_to: readers}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, by: 2027-07-31, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, starts: 2026-09-01, leads_to: readers}
    """
    theory = look.theory
    if not _says_when(theory):
        return
    carried: dict[str, Cause] = {}
    for id in look.order:
        causes = theory.backwards[id]
        node = theory.nodes[id]
        last = max((carried[cause] for cause in causes if cause in carried), default=None, key=lambda found: found.day)
        due = node.ends if isinstance(node, Activity) else _due(node)
        late = bool(last and due and due < last.day)
        if last and due and late:
            yield _by_date(look, id, due, last)
        elif isinstance(node, (Outcome, Output)) and node.horizon:
            yield from _by_horizon(look, node, causes)
        own = node.starts if isinstance(node, Activity) else due
        if own and (last is None or late or own >= last.day):  # what follows is not told of the same fault again
            carried[id] = Cause(own, id)
        elif last:
            carried[id] = last


def _says_when(theory: Theory) -> bool:
    """Whether there is any date or horizon of an effect to look at."""
    steps: list[Outcome | Output] = [*theory.outcomes.values(), *theory.outputs.values()]
    aims: list[Goal | Pillar | Outcome | Output] = [*theory.goals.values(), *theory.pillars.values(), *steps]
    activities = theory.activities.values()
    return any(n.by for n in aims) or any(n.horizon for n in steps) or any(n.ends for n in activities)


def _due(node: object) -> date | None:
    return node.by if isinstance(node, (Goal, Pillar, Outcome, Output)) else None


def _by_date(look: Look, id: str, due: date, last: Cause) -> Fault:
    theory = look.theory
    ends, key = ("ends", "ends") if id in theory.activities else ("is due", "by")
    cause_key = "starts" if last.id in theory.activities else "by"
    comes = "starts" if cause_key == "starts" else "is due"
    message = (
        f"{look.called(id)} {ends} on {due}, before {look.called(last.id)}, which leads to it, {comes} on {last.day}"
    )
    links = ((last.id, id),) if id in theory.forwards[last.id] else ()
    mend = f"correct `{key}:` of `{id}` or `{cause_key}:` of `{last.id}`, or take the link out"
    return Fault((id, last.id), look.path(id, key), message, mend, links)


def _by_horizon(look: Look, node: Outcome | Output, causes: Iterable[str]) -> Iterator[Fault]:
    """The first cause with a longer horizon than its effect, unless both bear a date."""
    for id in causes:
        cause = look.theory.nodes[id]
        if not isinstance(cause, (Outcome, Output)) or not cause.horizon or not node.horizon:
            continue
        both_dated = node.by and cause.by
        if not both_dated and HORIZONS.index(cause.horizon) > HORIZONS.index(node.horizon):
            message = (
                f"the horizon of {look.called(node.id)} is {node.horizon}, yet that of {look.called(id)}, which leads to "
                f"it, is {cause.horizon}"
            )
            mend = f"correct `horizon:` of `{node.id}` or of `{id}`, or take the link out"
            yield Fault((node.id, id), look.path(node.id, "horizon"), message, mend, ((id, node.id),))
            return
