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
    theory = look.theory
    aims = theory.goals if any(theory.backwards[goal] for goal in theory.goals) else ()
    for id in (*aims, *theory.pillars, *theory.outcomes):
        if not theory.backwards[id]:
            alone = id not in theory.goals and not theory.forwards[id]
            message = f"nothing leads to {look.called(id)}{', and it leads nowhere' if alone else ''}"
            fix = f"add `{id}` to `leads_to:` of what brings it about"
            yield Fault((id,), look.path(id), message, fix)


@rule("TOC103", "output-without-effect", "structure", Grades(ADVICE, WARNING, WARNING))
def output_without_effect(look: Look) -> Iterable[Fault]:
    theory, reported = look.theory, _stranded(look)
    for id in (*theory.pillars, *theory.outcomes, *theory.outputs):
        if not theory.forwards[id] and id not in reported and (id in theory.outputs or theory.backwards[id]):
            fix = f"write `leads_to:` under `{id}`, with the change that follows"
            yield Fault((id,), look.path(id), f"{look.called(id)} leads nowhere", fix)


@rule("TOC104", "skipped-level", "structure", Grades(ADVICE, WARNING, WARNING))
def skipped_level(look: Look) -> Iterable[Fault]:
    theory = look.theory
    outcome = look.word("outcome")
    for id in (*theory.outputs, *theory.activities):
        for goal in theory.forwards[id]:
            if goal in theory.goals:
                message = f"{look.called(id)} leads straight to {look.called(goal)}: no change in between is named"
                fix = f"name the {outcome} in between under `outcomes:`, and let `{id}` lead to it instead"
                yield Fault((id, goal), look.of_link(id, goal), message, fix, ((id, goal),))


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
