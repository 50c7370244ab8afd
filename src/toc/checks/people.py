"""For whom it is, and whether those in greatest need are named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import CheckContext
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule


@rule("TOC151", "no-target-group", "people", Grades(ADVICE, ADVICE, WARNING))
def no_target_group(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    aims = (*theory.goals.values(), *theory.outcomes.values())
    missing = [node.id for node in aims if not node.target_group]
    if len(missing) == len(aims):
        kinds = context.word("goal"), context.word("outcome")
        message = f"nobody is named for whom this is: no {kinds[0]} and no {kinds[1]} has a target group"
        fix = "name the people under `context: target_groups:`, and let each `target_group:` name one"
        yield Fault((), ("context", "target_groups"), message, fix)
    elif context.profile != "sketch":
        for id in missing:
            message = f"{context.called(id)} does not say for whom it is"
            fix = f"write `target_group:` under `{id}`, with an id of `context: target_groups:`"
            yield Fault((id,), context.path(id), message, fix)


@rule("TOC152", "disadvantaged-not-named", "people", Grades(None, ADVICE, WARNING))
def disadvantaged_not_named(context: CheckContext) -> Iterable[Fault]:
    groups = context.theory.context.target_groups
    if groups and not any(group.disadvantaged for group in groups.values()):
        message = f"none of the {len(groups)} target groups is named as disadvantaged"
        if len(groups) == 1:
            message = "the only target group is not named as disadvantaged"
        fix = "write `disadvantaged: true` under a group of `context: target_groups:`, or add one"
        yield Fault((), ("context", "target_groups"), message, fix)


RULES: Final[tuple[Rule, ...]] = (no_target_group, disadvantaged_not_named)
