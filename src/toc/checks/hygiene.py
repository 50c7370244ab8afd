"""Whether it is kept alive: when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.looking import Look
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule


@rule("TOC161", "missing-review", "hygiene", Grades(None, ADVICE, WARNING))
def missing_review(look: Look) -> Iterable[Fault]:
    """A theory that nobody has planned to look at again.

    What: A theory without `review_on`, the date on which it is next looked at.

    Why: A theory of change is a living document: what was assumed is found to hold or not, and the boxes move. Without
    a date it is drawn once, framed and forgotten.

    Mend: Write the day of the next meeting that could change it, once a year at the latest: `review_on: 2027-07-31`.

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

    Mend: Look at it together: which assumptions have been tested, what has changed? Then write the day of the next
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


RULES: Final[tuple[Rule, ...]] = (missing_review, overdue_review)
