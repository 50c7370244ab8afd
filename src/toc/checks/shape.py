"""Too many links between two levels or from one box, and effects dated before their causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple, get_args

from toc.checks.check_context import Look
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, rule
from toc.model import Theory
from toc.model.nodes import Activity, Goal, Outcome, Output, Pillar
from toc.model.types import PLURALS, Horizon, Kind

FEWEST: Final = 3  # boxes on each of two levels: below that, everything may well lead to everything
MOST: Final = (2, 3)  # of the possible links between two levels: two of three
HANDFUL: Final = 5


@rule("TOC105", "everything-leads-to-everything", "structure", Grades(None, WARNING, WARNING))
def everything_leads_to_everything(look: Look) -> Iterable[Fault]:
    """Two levels between which nearly every link is drawn.

    What: At least two thirds of all possible links between two kinds of box, such as activities and outcomes, where
    each kind has three boxes or more. Feedback and links to the goals are not counted.

    Why: Where everything leads to everything, nothing is claimed. Such a theory cannot be shown wrong, because
    whatever happens agrees with it, and nobody can tell from it what matters.

    Fix: Keep, for each box, the one or two links without which the theory would fall, and delete the others.

    Source: Davies 2018, *Representing theories of change: technical challenges with evaluation consequences* (CEDIL
    Inception Paper 15), on theories with very many pathways. The thresholds are an extension.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          keen: {title: Pupils choose books, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: [readers, keen, parents]}
          fair: {title: Book fair, leads_to: [readers, keen, parents]}
          evenings: {title: Parents' evenings, leads_to: [readers, keen, parents]}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          keen: {title: Pupils choose books, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
          fair: {title: Book fair, leads_to: [keen, parents]}
          evenings: {title: Parents' evenings, leads_to: parents}
    """
    for (lower, upper), (count, possible) in _dense(look).items():
        message = (
            f"{count} of the {possible} possible links lead from {look.word(lower, plural=True)} to "
            f"{look.word(upper, plural=True)}: nearly everything leads to everything"
        )
        fix = "keep the one or two links of each box that matter most under `leads_to:`, and delete the others"
        yield Fault((), (PLURALS[lower],), message, fix)


@rule("TOC106", "too-many-effects", "structure", Grades(None, ADVICE, WARNING))
def too_many_effects(look: Look) -> Iterable[Fault]:
    """A box that leads to more than a handful of others.

    What: More than five links from one activity, output or outcome. Feedback is not counted, nor are links that TOC105
    reports together.

    Why: Each link is a claim that needs a reason, an assumption and some day a test. Nobody can argue for six of them
    from one box, and a drawing of them cannot be followed.

    Fix: Keep the nearest changes. What lies further away is reached through them.

    Source: Davies 2018, *Representing theories of change: technical challenges with evaluation consequences* (CEDIL
    Inception Paper 15), on theories with very many pathways. The number is an extension.

    Fails:
        outcomes:
          a: {title: Pupils read, leads_to: goal}
          b: {title: Pupils write, leads_to: goal}
          c: {title: Pupils count, leads_to: goal}
          d: {title: Pupils sing, leads_to: goal}
          e: {title: Pupils draw, leads_to: goal}
          f: {title: Pupils swim, leads_to: goal}
        activities:
          club: {title: Club after school, leads_to: [a, b, c, d, e, f]}
    Passes:
        outcomes:
          a: {title: Pupils read, leads_to: [b, goal]}
          b: {title: Pupils write, leads_to: goal}
        activities:
          club: {title: Club after school, leads_to: a}
    """
    theory, dense = look.theory, _dense(look)
    for id in (*theory.outcomes, *theory.outputs, *theory.activities):
        if len(theory.forwards[id]) > HANDFUL:
            kind = theory.nodes[id].kind
            targets = [t for t in theory.forwards[id] if (kind, theory.nodes[t].kind) not in dense]
            if len(targets) > HANDFUL:
                message = f"{look.called(id)} leads to {len(targets)} others, which is more than can be argued for"
                links = tuple((id, target) for target in targets)
                fix = f"keep the nearest changes under `leads_to:` of `{id}`, at most {HANDFUL}"
                yield Fault((id, *targets), look.path(id, "leads_to"), message, fix, links)


def _dense(look: Look) -> dict[tuple[Kind, Kind], tuple[int, int]]:
    """The pairs of kinds between which nearly every link is drawn: how many are, how many could be."""
    found = {}
    for (lower, upper), count in look.links_between.items():
        sources, targets = len(look.theory.of_kind(lower)), len(look.theory.of_kind(upper))
        possible = sources * targets
        if min(sources, targets) >= FEWEST and count * MOST[1] >= possible * MOST[0]:
            found[lower, upper] = (count, possible)
    return found


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

    Fix: Correct one of the two dates, or take the link out.

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
    fix = f"correct `{key}:` of `{id}` or `{cause_key}:` of `{last.id}`, or take the link out"
    return Fault((id, last.id), look.path(id, key), message, fix, links)


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
            fix = f"correct `horizon:` of `{node.id}` or of `{id}`, or take the link out"
            yield Fault((node.id, id), look.path(node.id, "horizon"), message, fix, ((id, node.id),))
            return
