"""For whom it is, what may go otherwise than meant, what is decided elsewhere, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule


@rule("TOC115", "no-unintended-outcome", "argument", Grades(None, ADVICE, WARNING))
def no_unintended_outcome(look: Look) -> Iterable[Fault]:
    """No unintended outcome has been considered.

    What: Nothing stands under `context.unintended`.

    Why: Whatever changes people may change them otherwise than was meant: volunteers lose study time, the schools that
    find it easy come and those in need do not. What nobody has thought of, nobody will look for.

    Fix: Write `unintended:` under `context:`, a list of what may go otherwise than meant.

    Source: Bamberger, Tarsilla and Hesse-Biber 2016, "Why so many 'rigorous' evaluations fail to identify unintended
    consequences of development programs", *Evaluation and Program Planning* 55; HM Treasury, *Magenta Book* (2020).

    Fails:
        context: {external_factors: [School budgets hold]}
    Passes:
        context: {unintended: [Volunteers lose study time]}
    """
    if not look.theory.context.unintended:
        message = "no unintended outcome is named: what may go otherwise than meant, and for whom?"
        yield Fault((), ("context", "unintended"), message, "write `unintended:` under `context:`, as a list")


@rule("TOC116", "no-external-factor", "argument", Grades(None, ADVICE, WARNING))
def no_external_factor(look: Look) -> Iterable[Fault]:
    """No external factor is named.

    What: Nothing stands under `context.external_factors`.

    Why: No programme works alone. What others decide can help or stop it, and a reader wants to know that its authors
    have seen this.

    Fix: Write `external_factors:` under `context:`, a list of what must stay as it is, or may change.

    Source: NPC, *Theory of change in ten steps* (Noble 2019), step 9, stakeholders and enabling factors; HM Treasury,
    *Magenta Book* (2020).

    Fails:
        context: {unintended: [Volunteers lose study time]}
    Passes:
        context: {external_factors: [School budgets hold]}
    """
    if not look.theory.context.external_factors:
        message = "no external factor is named: what, decided by others, could help or stop this?"
        yield Fault(
            (), ("context", "external_factors"), message, "write `external_factors:` under `context:`, as a list"
        )


@rule("TOC151", "no-target-group", "people", Grades(ADVICE, ADVICE, WARNING))
def no_target_group(look: Look) -> Iterable[Fault]:
    """A goal or an outcome that does not say for whom it is.

    What: A goal or an outcome without `target_group`. Where none of them has one, there is one finding for the whole
    theory; the profile `sketch` looks for nothing else.

    Why: A change is a change in somebody. Without knowing whom it is meant for, nobody can say who should take part,
    or whom to ask whether it came.

    Fix: Name the groups under `context: target_groups:`, and write `target_group:` under the goal and each outcome.

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
        fix = "name the people under `context: target_groups:`, and let each `target_group:` name one"
        yield Fault((), ("context", "target_groups"), message, fix)
    elif look.profile != "sketch":
        for id in missing:
            message = f"{look.called(id)} does not say for whom it is"
            fix = f"write `target_group:` under `{id}`, with an id of `context: target_groups:`"
            yield Fault((id,), look.path(id), message, fix)


@rule("TOC152", "disadvantaged-not-named", "people", Grades(None, ADVICE, WARNING))
def disadvantaged_not_named(look: Look) -> Iterable[Fault]:
    """None of the target groups is said to be disadvantaged.

    What: Target groups are named under `context.target_groups`, and none of them says `disadvantaged: true`. A theory
    without any target group is left to TOC151.

    Why: Those who find it easiest to take part are seldom those in greatest need. Unless these are named, nobody can
    see whether they are reached.

    Fix: Write `disadvantaged: true` under the group it is true of, or add such a group.

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
        fix = "write `disadvantaged: true` under a group of `context: target_groups:`, or add one"
        yield Fault((), ("context", "target_groups"), message, fix)


@rule("TOC161", "missing-review", "hygiene", Grades(None, ADVICE, WARNING))
def missing_review(look: Look) -> Iterable[Fault]:
    """A theory that nobody has planned to look at again.

    What: A theory without `review_on`, the date on which it is next looked at.

    Why: A theory of change is a living document: what was assumed is found to hold or not, and the boxes move. Without
    a date it is drawn once, framed and forgotten.

    Fix: Write the day of the next meeting that could change it, once a year at the latest: `review_on: 2027-07-31`.

    Source: I. Vogel, Review of the Use of “Theory of Change” in International Development, DFID, 2012, where it is
    updated at regular intervals. That the date stands in the file is this library's own (an extension).

    Fails:
        title: Reading partners
    Passes:
        review_on: 2999-07-31
    """
    if look.theory.review_on is None:
        yield Fault(
            (),
            (),
            "the theory does not say when it is next reviewed",
            "write the day as `review_on: YEAR-MONTH-DAY`, beside its title",
        )


@rule("TOC162", "overdue-review", "hygiene", Grades(ADVICE, ADVICE, WARNING))
def overdue_review(look: Look) -> Iterable[Fault]:
    """A review that was planned and whose day has passed.

    What: A theory whose `review_on` lies before today.

    Why: A theory of change is a living document. After the day on which it was to be looked at, a reader cannot tell
    what in it still holds.

    Fix: Look at it together: which assumptions have been tested, what has changed? Then write the day of the next
    review.

    Source: I. Vogel, Review of the Use of “Theory of Change” in International Development, DFID, 2012, where it is
    updated at regular intervals. That the date stands in the file is this library's own (an extension).

    Fails:
        review_on: 2020-07-31
    Passes:
        review_on: 2999-07-31
    """
    due = look.theory.review_on
    if due is not None and due < look.today:
        yield Fault(
            (),
            ("review_on",),
            f"the theory was to be reviewed on {due}, which is past",
            "review it, then write the day of the next review as `review_on:`",
        )


RULES: Final[tuple[Rule, ...]] = (no_target_group, disadvantaged_not_named, missing_review, overdue_review)
