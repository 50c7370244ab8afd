"""Whether it is looked at again, and how boxes are worded: in English only, and always advice, because a person judges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import CheckContext, quoted
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, Rule, rule
from toc.language.english.grammar import is_activity, joined_changes, names_nothing
from toc.language.placeholders import is_placeholder
from toc.language.text import listed
from toc.model.types import KINDS

ALWAYS: Final = Grades(ADVICE, ADVICE, ADVICE)
SOME: Final = 5  # titles that are named in one sentence


@rule("TOC161", "missing-review", "hygiene", Grades(None, ADVICE, WARNING))
def missing_review(context: CheckContext) -> Iterable[Fault]:
    if context.theory.review_on is None:
        yield Fault(
            (),
            (),
            "the theory does not say when it is next reviewed",
            "write the day as `review_on: YEAR-MONTH-DAY`, beside its title",
        )


@rule("TOC162", "overdue-review", "hygiene", Grades(ADVICE, ADVICE, WARNING))
def overdue_review(context: CheckContext) -> Iterable[Fault]:
    due = context.theory.review_on
    if due is not None and due < context.today:
        yield Fault(
            (),
            ("review_on",),
            f"the theory was to be reviewed on {due}, which is past",
            "review it, then write the day of the next review as `review_on:`",
        )


@rule("TOC163", "outcome-as-activity", "hygiene", ALWAYS)
def outcome_as_activity(context: CheckContext) -> Iterable[Fault]:
    for id, title in context.titles.items():
        if is_activity(title):
            yield Fault(
                (id,),
                context.path(id, "title"),
                f"{context.called(id)} is worded as something that is done",
                "write who is then different and how, and make what is done "
                f"one of the {context.word('activity', plural=True)} that lead to it",
            )


@rule("TOC164", "two-outcomes-in-one", "hygiene", ALWAYS)
def two_outcomes_in_one(context: CheckContext) -> Iterable[Fault]:
    for id, title in context.titles.items():
        if joined_changes(title) and not is_activity(title):
            yield Fault(
                (id,),
                context.path(id, "title"),
                f"{context.called(id)} seems to hold two changes in one box",
                f"make two {context.word(context.theory.nodes[id].kind, plural=True)} of it, and link them if one leads to the other",
            )


@rule("TOC165", "no-actor", "hygiene", ALWAYS)
def no_actor(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    unnamed = [id for id in theory.outcomes if _names_nobody(context, id)]
    answered = context.silenced("TOC165")
    for id in unnamed:
        if id in answered:
            yield _unnamed(context, [id])
    if left := [id for id in unnamed if id not in answered]:
        yield _unnamed(context, left)


def _names_nobody(context: CheckContext, id: str) -> bool:
    """Whether neither the title of an outcome says who or what changes, nor a target group, its own or the next one's."""
    theory, title = context.theory, context.titles.get(id, ())
    nodes = (theory.nodes[one] for one in (id, *theory.forwards[id]))
    return names_nothing(title) and not any(getattr(node, "target_group", ()) for node in nodes)


def _unnamed(context: CheckContext, ids: list[str]) -> Fault:
    """One question about all outcomes that leave it open."""
    theory, outcomes = context.theory, context.word("outcome", plural=True)
    fix = "begin the title with who or what is then different, or write for whom it is as `target_group:`"
    if len(ids) == 1:
        path = context.path(ids[0], "title")
        return Fault((ids[0],), path, f"{context.called(ids[0])} does not say who or what changes", fix)
    titles = listed([quoted(theory.outcomes[id].title) for id in ids], most=SOME)
    message = f"{len(ids)} of {len(theory.outcomes)} {outcomes} do not say who or what changes: {titles}"
    return Fault(tuple(ids), ("outcomes",), message, fix)


@rule("TOC166", "placeholder", "hygiene", Grades(WARNING, WARNING, ERROR))
def placeholder(context: CheckContext) -> Iterable[Fault]:
    theory = context.theory
    words = {*KINDS, *(word.casefold() for word in context.words.values())}
    fix = "write your own words in its place"
    if is_placeholder(theory.title, words):
        yield Fault((), ("title",), f"the title {quoted(theory.title)} only holds a place", fix)
    for id, node in theory.nodes.items():
        if is_placeholder(node.title, words):
            fix = "write who will be different in the end, and how" if node.kind == "goal" else fix
            yield Fault((id,), context.path(id), f"{context.called(id)} only holds a place: it says nothing yet", fix)


RULES: Final[tuple[Rule, ...]] = (
    missing_review,
    overdue_review,
    outcome_as_activity,
    two_outcomes_in_one,
    no_actor,
    placeholder,
)
