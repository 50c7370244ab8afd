"""Why each link should hold: reasons, assumptions, weak places, what may come from outside or against intention."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.facts import WEAK, joins
from toc.language.numbers import number
from toc.language.text import listed
from toc.model.values import Assumption, Link


@rule("TOC111", "unexplained-link", "argument", Grades(None, ADVICE, WARNING))
def unexplained_link(context: CheckContext) -> Iterable[Fault]:
    for link in context.argued:
        if link.because is None:
            rest = f", and it is the only way from there to {context.any_goal}" if _is_weak_way(context, link) else ""
            message = f"nothing says why {_claim(context, link)}{rest}"
            fix = f"write `{link.target}: {{because: …}}` under `leads_to:` of `{link.source}`"
            yield _fault(context, link, message, fix)


@rule("TOC112", "link-without-assumption", "argument", Grades(None, ADVICE, WARNING))
def link_without_assumption(context: CheckContext) -> Iterable[Fault]:
    for link in context.argued:
        if link.because is not None and not link.assumptions:
            message = f"nothing says what must hold so that {_claim(context, link)}"
            fix = f"write `{link.target}: {{because: …, assumptions: […]}}` under `leads_to:` of `{link.source}`"
            yield _fault(context, link, message, fix)


@rule("TOC113", "incomplete-assumption", "argument", Grades(None, ADVICE, WARNING))
def incomplete_assumption(context: CheckContext) -> Iterable[Fault]:
    for link in context.assumed:
        for position, assumption in enumerate(link.assumptions):
            missing = _missing(assumption) if assumption.status != "failing" else ()
            if missing:
                lack, fix = _lacking(missing)
                message = f"the assumption {quoted(assumption.text)} {lack}"
                yield _fault(context, link, message, fix, "assumptions", position)


@rule("TOC114", "weak-only-way", "argument", Grades(None, ADVICE, WARNING))
def weak_only_way(context: CheckContext) -> Iterable[Fault]:
    for link in context.argued:
        weakness = _weakness(link)
        if weakness and not link.feedback and context.only_way.get(link.source) == link.target:
            target = context.called(link.target)
            passes = f"passes {target}: a link {'with' if link.confidence is None else 'of'} {weakness}"
            if link.target in context.theory.goals:
                passes = (
                    f"is its link to {context.any_goal if len(context.theory.goals) == 1 else target}, with {weakness}"
                )
            message = f"the only way from {context.called(link.source)} to {context.any_goal} {passes}"
            fix = f"find evidence for the link to `{link.target}` and state its `confidence:`, or add another way"
            yield _fault(context, link, message, fix)


@rule("TOC115", "no-unintended-outcome", "argument", Grades(None, ADVICE, WARNING))
def no_unintended_outcome(context: CheckContext) -> Iterable[Fault]:
    if not context.theory.context.unintended:
        message = "no unintended outcome is named: what may go otherwise than meant, and for whom?"
        yield Fault((), ("context", "unintended"), message, "write `unintended:` under `context:`, as a list")


@rule("TOC116", "no-external-factor", "argument", Grades(None, ADVICE, WARNING))
def no_external_factor(context: CheckContext) -> Iterable[Fault]:
    if not context.theory.context.external_factors:
        message = "no external factor is named: what, decided by others, could help or stop this?"
        yield Fault(
            (), ("context", "external_factors"), message, "write `external_factors:` under `context:`, as a list"
        )


@rule("TOC117", "overdue-assumption-test", "argument", Grades(None, ADVICE, WARNING))
def overdue_assumption_test(context: CheckContext) -> Iterable[Fault]:
    for link in context.assumed:
        for position, assumption in enumerate(link.assumptions):
            if assumption.status == "untested" and assumption.by is not None and assumption.by < context.today:
                message = (
                    f"the assumption {quoted(assumption.text)} was to be tested by {assumption.by}, "
                    "and its status still is untested"
                )
                fix = "test it and write what came of it as `status:`, or write a new day as `by:`"
                yield _fault(context, link, message, fix, "assumptions", position)


def _is_weak_way(context: CheckContext, link: Link) -> bool:
    """Whether a link with neither confidence nor evidence is the only way from its source to a goal."""
    unsupported = link.confidence is None and not link.evidence
    return unsupported and not link.feedback and context.only_way.get(link.source) == link.target


def _claim(context: CheckContext, link: Link) -> str:
    verb = joins(negative=link.sign == "-", feedback=link.feedback)
    return f"{context.called(link.source)} {verb} {context.called(link.target)}"


def _fault(context: CheckContext, link: Link, message: str, fix: str, *steps: str | int) -> Fault:
    ends = (link.source, link.target)
    return Fault(ends, context.of_link(*ends, *steps), message, fix, (ends,))


def _missing(assumption: Assumption) -> tuple[str, ...]:
    """What an assumption lacks, in words."""
    has = {"test": assumption.test, "owner": assumption.owner, "date": assumption.by}
    return tuple(word for word, value in has.items() if value is None)


@cache
def _lacking(missing: tuple[str, ...]) -> tuple[str, str]:
    """What is said of an assumption that lacks these, and how to fix it."""
    keys = ["by" if word == "date" else word for word in missing]
    return f"has no {listed(missing, 'or')}", f"write it as `{{{', '.join(f'{key}: …' for key in ('text', *keys))}}}`"


def _weakness(link: Link) -> str | None:
    """What makes a link weak, or None."""
    if link.confidence is not None:
        return f"confidence {number(link.confidence)}" if link.confidence <= WEAK else None
    if link.evidence or link.because is None:
        return None
    return "neither confidence nor evidence"


RULES: Final[tuple[Rule, ...]] = (
    unexplained_link,
    link_without_assumption,
    incomplete_assumption,
    weak_only_way,
    no_unintended_outcome,
    no_external_factor,
    overdue_assumption_test,
)
