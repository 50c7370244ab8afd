"""For whom it is, and whether those in greatest need are named, counted and come first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, Rule, rule
from toc.language.numbers import number, percent
from toc.language.text import listed
from toc.partnership.need import reached, shortfalls, uncounted

SOME: Final = 5  # groups that are named in one sentence


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


@rule("TOC153", "disadvantaged-not-counted", "people", Grades(None, ADVICE, WARNING))
def disadvantaged_not_counted(context: CheckContext) -> Iterable[Fault]:
    for id, groups in uncounted(context.theory).items():
        those = listed([_title(context, group) for group in groups], most=SOME)
        message = f"{context.called(id)} is meant for {those}, and nothing that is counted or measured there tells of them apart"
        fix = (
            f"count them under `reach:` of `{id}`, or tell them apart in the figures of a {context.word('kpi')}, "
            "with `breakdowns:`"
        )
        yield Fault((id,), context.path(id), message, fix)


@rule("TOC154", "need-not-first", "people", Grades(None, ADVICE, ADVICE))
def need_not_first(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    for id, groups, least, partners in shortfalls(theory):
        cells = reached(theory.activities[id])
        those = listed([f"{_title(context, group)} ({cells[group]})" for group in groups], most=SOME)
        there = quoted(theory.partners[partners[0]].title)
        if len(partners) > 1:
            there = f"each of {len(partners)} partners that say theirs"
        message = f"in {context.called(id)} {those} are a smaller share than the disadvantaged are at {there} ({percent(least)})"
        fix = (
            "ask who gets a place and how, offer places first where need is greatest, and say so under `places:`; "
            "whether the two shares are of the same people is for you to judge"
        )
        yield Fault((id,), context.path(id, "reach"), message, fix)


@rule("TOC155", "more-reached-than-take-part", "people", Grades(ERROR, ERROR, ERROR))
def more_reached_than_take_part(context: CheckContext) -> Iterable[Fault]:
    for id, activity in context.theory.activities.items():
        people = activity.participation
        for group, count in activity.reach.items():
            if isinstance(people, int) and count > people:
                message = (
                    f"{context.called(id)} is to reach {number(count)} of {_title(context, group)}, more than the "
                    f"{number(people)} people who take part at all"
                )
                fix = "correct one of the two: `reach:` counts those of a group among the people of `participation:`"
                yield Fault((id,), context.path(id, "reach", group), message, fix)


def _title(context: CheckContext, group: str) -> str:
    return quoted(context.theory.context.target_groups[group].title)


RULES: Final[tuple[Rule, ...]] = (
    no_target_group,
    disadvantaged_not_named,
    disadvantaged_not_counted,
    need_not_first,
    more_reached_than_take_part,
)
