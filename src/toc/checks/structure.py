"""How the boxes hang together: ways to the goal, levels, density, time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import Look, quoted
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, Rule, rule
from toc.checks.shape import effect_before_cause, everything_leads_to_everything, too_many_effects
from toc.language.text import listed


@rule("TOC101", "activity-without-way", "structure", Grades(WARNING, ERROR, ERROR))
def activity_without_way(look: Look) -> Iterable[Fault]:
    """An activity from which no way leads to a goal.

    What: An activity whose links, followed as far as they go, never come to a goal. Feedback is no way. Activities
    that stop at the same box make one finding, because one link mends them all.

    Why: A theory of change says how what is done is meant to bring about what is hoped for. Where no way leads from an
    activity to the goal, either a step is missing from the theory or the activity does not belong in it.

    Mend: Write `leads_to:` where the way stops, with the change that comes next; or take the activity out.

    Source: School Partnerships Alliance, *School Partnerships for Impact Guide*, section 4: activities and outputs are
    linked to pathways of outcomes that lead to the goal.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
          fair: {title: Book fair}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
          fair: {title: Book fair, leads_to: readers}
    """
    for end, activities in _stranded(look).items():
        lost = [id for id in activities if id != end]
        if lost:
            who = look.called(lost[0]) if len(lost) == 1 else _named(look, lost)
            message = f"no way leads from {who} to {look.any_goal}: it stops at {look.called(end)}, which leads nowhere"
        else:
            message = f"no way leads from {look.called(end)} to {look.any_goal}: nothing stands under its `leads_to`"
        nodes = (end, *lost) if end in look.theory.activities else (*lost, end)
        yield Fault(
            nodes, look.path(end), message, f"write `leads_to:` under `{end}`, with what it helps to bring about"
        )


@rule("TOC102", "outcome-without-cause", "structure", Grades(ADVICE, WARNING, WARNING))
def outcome_without_cause(look: Look) -> Iterable[Fault]:
    """An outcome, a pillar or one of several goals that nothing leads to.

    What: A change that is expected although no activity, output or other change leads to it. Feedback does not count.
    A goal is named only where something leads to another one.

    Why: Working backwards from the goal, each change raises the question of what brings it about. Where the answer is
    missing, the change is a hope.

    Mend: Add its id to `leads_to:` of what brings it about; or take it out.

    Source: School Partnerships Alliance, *School Partnerships for Impact Guide*, section 4: from the goal backwards to
    the changes needed for it, and to the activities that support them.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
          parents: {title: Parents read aloud, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: [readers, parents]}
    """
    theory = look.theory
    aims = theory.goals if any(theory.backwards[goal] for goal in theory.goals) else ()
    for id in (*aims, *theory.pillars, *theory.outcomes):
        if not theory.backwards[id]:
            alone = id not in theory.goals and not theory.forwards[id]
            message = f"nothing leads to {look.called(id)}{', and it leads nowhere' if alone else ''}"
            mend = f"add `{id}` to `leads_to:` of what brings it about"
            yield Fault((id,), look.path(id), message, mend)


@rule("TOC103", "output-without-effect", "structure", Grades(ADVICE, WARNING, WARNING))
def output_without_effect(look: Look) -> Iterable[Fault]:
    """An output, or a change on the way, that leads nowhere.

    What: An output from which no link goes on; likewise an outcome or a pillar. It is left to TOC101 where an activity
    has no other way, and an outcome that nothing leads to either is left to TOC102.

    Why: Sessions held and teachers trained are means. An output that changes nothing is effort without a claim, and a
    change that leads nowhere is no part of the argument for the goal.

    Mend: Write `leads_to:` under it, with the change that follows; or take it out.

    Source: School Partnerships Alliance, *School Partnerships for Impact Guide*, section 4: outputs are linked to the
    pathways of outcomes. That outcomes and pillars are held to the same is an extension.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
        outputs:
          sessions: {title: Sessions held}
        activities:
          tutoring: {title: Weekly reading, leads_to: [sessions, readers]}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
        outputs:
          sessions: {title: Sessions held, leads_to: readers}
        activities:
          tutoring: {title: Weekly reading, leads_to: [sessions, readers]}
    """
    theory, reported = look.theory, _stranded(look)
    for id in (*theory.pillars, *theory.outcomes, *theory.outputs):
        if not theory.forwards[id] and id not in reported and (id in theory.outputs or theory.backwards[id]):
            mend = f"write `leads_to:` under `{id}`, with the change that follows"
            yield Fault((id,), look.path(id), f"{look.called(id)} leads nowhere", mend)


@rule("TOC104", "skipped-level", "structure", Grades(ADVICE, WARNING, WARNING))
def skipped_level(look: Look) -> Iterable[Fault]:
    """An activity or an output that leads straight to a goal.

    What: A link from an activity or an output to a goal, with no outcome and no pillar in between. From an activity to
    a pillar is no skipped level, and outputs may always be left out.

    Why: The goal is far away. What people do, know or feel differently on the way there is what makes the claim
    believable, and it is what can be measured.

    Mend: Name the change in between under `outcomes:`, and let the activity lead to it and it to the goal.

    Source: NPC, *Theory of change in ten steps* (Noble 2019), steps 4 to 6, and NPC, *Mechanisms: a missing component
    in your theory of change?* (2019): between what is done and its impact stand mechanisms and outcomes. That outputs
    are held to the same is an extension.

    Fails:
        activities:
          tutoring: {title: Weekly reading, leads_to: goal}
    Passes:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
    """
    theory = look.theory
    outcome = look.word("outcome")
    for id in (*theory.outputs, *theory.activities):
        for goal in theory.forwards[id]:
            if goal in theory.goals:
                message = f"{look.called(id)} leads straight to {look.called(goal)}: no change in between is named"
                mend = f"name the {outcome} in between under `outcomes:`, and let `{id}` lead to it instead"
                yield Fault((id, goal), look.of_link(id, goal), message, mend, ((id, goal),))


def _stranded(look: Look) -> dict[str, list[str]]:
    """The activities without a way to a goal, by the box at which their first way stops."""
    found: dict[str, list[str]] = {}
    for id in look.theory.activities:
        if id not in look.to_goal:
            found.setdefault(look.dead_end[id], []).append(id)
    return found


def _named(look: Look, ids: list[str]) -> str:
    titles = [quoted(look.theory.nodes[id].title) for id in ids]
    return f"the {look.word('activity', plural=True)} {listed(titles, most=3)}"


RULES: Final[tuple[Rule, ...]] = (
    activity_without_way,
    outcome_without_cause,
    output_without_effect,
    skipped_level,
    everything_leads_to_everything,
    too_many_effects,
    effect_before_cause,
)
