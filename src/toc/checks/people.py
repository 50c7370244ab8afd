"""For whom it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.looking import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule


@rule("TOC151", "no-target-group", "people", Grades(ADVICE, ADVICE, WARNING))
def no_target_group(look: Look) -> Iterable[Fault]:
    """A goal or an outcome that does not say for whom it is.

    What: A goal or an outcome without `target_group`. Where none of them has one, there is one finding for the whole
    theory; the profile `sketch` looks for nothing else.

    Why: A change is a change in somebody. Without knowing whom it is meant for, nobody can say who should take part,
    or whom to ask whether it came.

    Mend: Name the groups under `context: target_groups:`, and write `target_group:` under the goal and each outcome.

    Source: NPC, *Theory of change in ten steps* (Noble 2019), step 2, target groups.

    Fails:
        outcomes:
          readers: {title: Pupils catch up, leads_to: goal}
    Passes:
        context: {target_groups: {pupils: Pupils in Year 6}}
        goal: {title: Every child reads, target_group: pupils}
        outcomes:
          readers: {title: Pupils catch up, target_group: pupils, leads_to: goal}
    """
    theory = look.theory
    aims = (*theory.goals.values(), *theory.outcomes.values())
    missing = [node.id for node in aims if not node.target_group]
    if len(missing) == len(aims):
        kinds = look.word("goal"), look.word("outcome")
        message = f"nobody is named for whom this is: no {kinds[0]} and no {kinds[1]} has a target group"
        mend = "name the people under `context: target_groups:`, and let each `target_group:` name one"
        yield Fault((), ("context", "target_groups"), message, mend)
    elif look.profile != "sketch":
        for id in missing:
            message = f"{look.called(id)} does not say for whom it is"
            mend = f"write `target_group:` under `{id}`, with an id of `context: target_groups:`"
            yield Fault((id,), look.path(id), message, mend)


@rule("TOC152", "disadvantaged-not-named", "people", Grades(None, ADVICE, WARNING))
def disadvantaged_not_named(look: Look) -> Iterable[Fault]:
    """None of the target groups is said to be disadvantaged.

    What: Target groups are named under `context.target_groups`, and none of them says `disadvantaged: true`. A theory
    without any target group is left to TOC151.

    Why: Those who find it easiest to take part are seldom those in greatest need. Unless these are named, nobody can
    see whether they are reached.

    Mend: Write `disadvantaged: true` under the group it is true of, or add such a group.

    Source: Smith in SecEd, on tackling disadvantage in school partnerships: those in greatest need should gain most.

    Fails:
        context: {target_groups: {pupils: Pupils in Year 6}}
    Passes:
        context:
          target_groups:
            pupils: {title: Pupils eligible for Pupil Premium, disadvantaged: true}
    """
    groups = look.theory.context.target_groups
    if groups and not any(group.disadvantaged for group in groups.values()):
        message = f"none of the {len(groups)} target groups is named as disadvantaged"
        if len(groups) == 1:
            message = "the only target group is not named as disadvantaged"
        mend = "write `disadvantaged: true` under a group of `context: target_groups:`, or add one"
        yield Fault((), ("context", "target_groups"), message, mend)


RULES: Final[tuple[Rule, ...]] = (no_target_group, disadvantaged_not_named)
