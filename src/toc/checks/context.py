"""For whom it is, what may go otherwise than meant, what is decided elsewhere, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule


@rule("TOC115", "no-unintended-outcome", "argument", Grades(None, ADVICE, WARNING))
def no_unintended_outcome(look: Look) -> Iterable[Fault]:
    if not look.theory.context.unintended:
        message = "no unintended outcome is named: what may go otherwise than meant, and for whom?"
        yield Fault((), ("context", "unintended"), message, "write `unintended:` under `context:`, as a list")


@rule("TOC116", "no-external-factor", "argument", Grades(None, ADVICE, WARNING))
def no_external_factor(look: Look) -> Iterable[Fault]:
    if not look.theory.context.external_factors:
        message = "no external factor is named: what, decided by others, could help or stop this?"
        yield Fault(
            (), ("context", "external_factors"), message, "write `external_factors:` under `context:`, as a list"
        )


@rule("TOC151", "no-target-group", "people", Grades(ADVICE, ADVICE, WARNING))
def no_target_group(look: Look) -> Iterable[Fault]:
    theory = look.theory
    aims = (*theory.goals.values(), *theory.outcomes.values())
    missing = [node.id for node in aims if not node.target_group]
    if len(missing) == len(aims):
        kinds = look.word("goal"), look.word("outcome")
        message = f"nobody is named for whom this is: no {kinds[0]} and no {kinds[1]} has a target group"
        fix = "name the people under `context: target_groups:`, and let each `target_group:` name one"
        yield Fault((), ("context", "target_groups"), message, fix)
    elif look.profile != "sketch":
        for id in missing:
            message = f"{look.called(id)} does not say for whom it is"
            fix = f"write `target_group:` under `{id}`, with an id of `context: target_groups:`"
            yield Fault((id,), look.path(id), message, fix)


@rule("TOC152", "disadvantaged-not-named", "people", Grades(None, ADVICE, WARNING))
def disadvantaged_not_named(look: Look) -> Iterable[Fault]:
    groups = look.theory.context.target_groups
    if groups and not any(group.disadvantaged for group in groups.values()):
        message = f"none of the {len(groups)} target groups is named as disadvantaged"
        if len(groups) == 1:
            message = "the only target group is not named as disadvantaged"
        fix = "write `disadvantaged: true` under a group of `context: target_groups:`, or add one"
        yield Fault((), ("context", "target_groups"), message, fix)


@rule("TOC161", "missing-review", "hygiene", Grades(None, ADVICE, WARNING))
def missing_review(look: Look) -> Iterable[Fault]:
    if look.theory.review_on is None:
        yield Fault(
            (),
            (),
            "the theory does not say when it is next reviewed",
            "write the day as `review_on: YEAR-MONTH-DAY`, beside its title",
        )


@rule("TOC162", "overdue-review", "hygiene", Grades(ADVICE, ADVICE, WARNING))
def overdue_review(look: Look) -> Iterable[Fault]:
    due = look.theory.review_on
    if due is not None and due < look.today:
        yield Fault(
            (),
            ("review_on",),
            f"the theory was to be reviewed on {due}, which is past",
            "review it, then write the day of the next review as `review_on:`",
        )


RULES: Final[tuple[Rule, ...]] = (no_target_group, disadvantaged_not_named, missing_review, overdue_review)
