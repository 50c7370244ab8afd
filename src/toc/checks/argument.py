"""Why each link should hold: reasons, assumptions, weak places, what may come from outside or against intention."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from toc.checks.check_context import Look, quoted
from toc.checks.context import no_external_factor, no_unintended_outcome
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.language.facts import WEAK
from toc.language.numbers import number
from toc.language.text import listed
from toc.model.values import Assumption, Link


@rule("TOC111", "unexplained-link", "argument", Grades(None, ADVICE, WARNING))
def unexplained_link(look: Look) -> Iterable[Fault]:
    """A link that does not say why.

    What: A link without `because`. The links of what has no way to a goal and those that skip every level are left out,
    because they must be led elsewhere first. So are, below the profile `funder`, the bare links from a pillar to a
    goal: this program writes them in where `leads_to` is left out.

    Why: An arrow between two boxes says that one thing leads to another, not how. The reason is the part of a theory
    that others can question, and the part that helps when something does not work.

    Mend: Write `because:` under the link, in one sentence: what happens in between?

    Source: Davies 2018, *Representing theories of change: technical challenges with evaluation consequences* (CEDIL
    Inception Paper 15): most diagrams leave the connections between their boxes undescribed.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to: {goal: Reading is what the other subjects are built on}
        activities:
          tutoring: {title: Weekly reading, leads_to: readers}
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to: {goal: Reading is what the other subjects are built on}
        activities:
          tutoring:
            title: Weekly reading
            leads_to: {readers: Practice with a patient listener builds fluency}
    """
    for link in look.argued:
        if link.because is None:
            rest = f", and it is the only way from there to {look.any_goal}" if _is_weak_way(look, link) else ""
            message = f"nothing says why {_claim(look, link)}{rest}"
            mend = f"write `{link.target}: {{because: …}}` under `leads_to:` of `{link.source}`"
            yield _fault(look, link, message, mend)


@rule("TOC112", "link-without-assumption", "argument", Grades(None, ADVICE, WARNING))
def link_without_assumption(look: Look) -> Iterable[Fault]:
    """A link that says why it should hold, but not what must be the case for it.

    What: A link with `because` and without `assumptions`. A link without `because` is left to TOC111: the reason comes
    first.

    Why: Every step depends on something that nobody here decides: that pupils come, that teachers stay. Written down,
    it can be tested before it fails.

    Mend: Write `assumptions:` under the link, a list of what must hold for it.

    Source: Mayne 2015, "Useful theory of change models", *Canadian Journal of Program Evaluation* 30(2): each causal
    link has its assumptions, the events and conditions needed for it to work.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to: {goal: Reading is what the other subjects are built on}
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                because: Reading is what the other subjects are built on
                assumptions: [Other lessons ask pupils to read]
    """
    for link in look.argued:
        if link.because is not None and not link.assumptions:
            message = f"nothing says what must hold so that {_claim(look, link)}"
            mend = f"write `{link.target}: {{because: …, assumptions: […]}}` under `leads_to:` of `{link.source}`"
            yield _fault(look, link, message, mend)


@rule("TOC113", "incomplete-assumption", "argument", Grades(None, ADVICE, WARNING))
def incomplete_assumption(look: Look) -> Iterable[Fault]:
    """An assumption that nobody can be seen to test.

    What: An assumption without a test, an owner or a date; the finding names which of them is missing. An assumption
    that is failing is left to TOC132.

    Why: An assumption without a test is a belief, without an owner nobody's, and without a date for later.

    Mend: Write the assumption as a mapping with `text:`, `test:`, `owner:` and `by:`.

    Source: Changeroo, *ToC quality audit*, and Davies 2018 (CEDIL Inception Paper 15), on making a theory testable.
    That a test needs an owner and a date is an extension.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                because: Reading is what the other subjects are built on
                assumptions: [Other lessons ask pupils to read]
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal:
                because: Reading is what the other subjects are built on
                assumptions:
                  - text: Other lessons ask pupils to read
                    test: Look through a week of exercise books
                    owner: Head of English
                    by: 2999-01-31
    """
    for link in look.assumed:
        for position, assumption in enumerate(link.assumptions):
            missing = _missing(assumption) if assumption.status != "failing" else ()
            if missing:
                lack, mend = _lacking(missing)
                message = f"the assumption {quoted(assumption.text)} {lack}"
                yield _fault(look, link, message, mend, "assumptions", position)


@rule("TOC114", "weak-only-way", "argument", Grades(None, ADVICE, WARNING))
def weak_only_way(look: Look) -> Iterable[Fault]:
    """A weak link that is the only way from a box to a goal.

    What: A link that every way from its source to a goal passes, and whose confidence is 0.25 ("low") or less, or that
    has neither confidence nor evidence. One that has no `because` either is left to TOC111, which then says that it is
    the only way.

    Why: A chain is as strong as its weakest link, and here there is no other chain. If this link does not hold,
    everything that leads to its source is done in vain.

    Mend: Find evidence for the link and state the `confidence:` it deserves, test its assumptions first, or add another
    way to the goal.

    Source: Mayne 2017, "Theory of change analysis: building robust theories of change", *Canadian Journal of Program
    Evaluation* 32(2), on what makes each causal link robust. That the only way matters most is from the theory of
    graphs, where such a link is called a bridge; the thresholds are an extension.

    Fails:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal: {because: Reading is what the other subjects are built on, confidence: low}
    Passes:
        outcomes:
          readers:
            title: Pupils catch up
            leads_to:
              goal: {because: Reading is what the other subjects are built on, confidence: high}
    """
    for link in look.argued:
        weakness = _weakness(link)
        if weakness and not link.feedback and look.only_way.get(link.source) == link.target:
            ends = f"from {look.called(link.source)} to {look.any_goal} passes {look.called(link.target)}"
            message = f"the only way {ends}: {weakness}"
            mend = f"find evidence for the link to `{link.target}` and state its `confidence:`, or add another way"
            yield _fault(look, link, message, mend)


def _is_weak_way(look: Look, link: Link) -> bool:
    """Whether a link with neither confidence nor evidence is the only way from its source to a goal."""
    unsupported = link.confidence is None and not link.evidence
    return unsupported and not link.feedback and look.only_way.get(link.source) == link.target


def _claim(look: Look, link: Link) -> str:
    return f"{look.called(link.source)} leads to {look.called(link.target)}"


def _fault(look: Look, link: Link, message: str, mend: str, *steps: str | int) -> Fault:
    ends = (link.source, link.target)
    return Fault(ends, look.of_link(*ends, *steps), message, mend, (ends,))


def _missing(assumption: Assumption) -> tuple[str, ...]:
    """What an assumption lacks, in words."""
    has = {"test": assumption.test, "owner": assumption.owner, "date": assumption.by}
    return tuple(word for word, value in has.items() if value is None)


@cache
def _lacking(missing: tuple[str, ...]) -> tuple[str, str]:
    """What is said of an assumption that lacks these, and how to mend it."""
    keys = ["by" if word == "date" else word for word in missing]
    return f"has no {listed(missing, 'or')}", f"write it as `{{{', '.join(f'{key}: …' for key in ('text', *keys))}}}`"


def _weakness(link: Link) -> str | None:
    """What makes a link weak, or None."""
    if link.confidence is not None:
        return f"a link of confidence {number(link.confidence)}" if link.confidence <= WEAK else None
    if link.evidence or link.because is None:
        return None
    return "a link with neither confidence nor evidence"


RULES: Final[tuple[Rule, ...]] = (
    unexplained_link,
    link_without_assumption,
    incomplete_assumption,
    weak_only_way,
    no_unintended_outcome,
    no_external_factor,
)
