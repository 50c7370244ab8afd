"""A review of a theory as an answer: what was judged by a frame, what stands in the file about it, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from toc.errors import OptionError, TheoryError, as_given, day_of
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.meant import id_advice
from toc.model.own_frames import NOT_OURS
from toc.model.reviews import Review, ReviewAnswer
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page
from toc.partnership.frame_file import frame_in
from toc.partnership.judgements import GAPS, GapKind, is_open
from toc.partnership.prefill import FactFound, Look, in_the_file
from toc.partnership.probing import prefilled
from toc.partnership.review_changes import ReviewChanges
from toc.partnership.review_page import form_page, review_page
from toc.partnership.review_sheet import answer_sheet
from toc.partnership.statements import Frame, Statement
from toc.problems import Problem

NOTHING: Final = ReviewAnswer()


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A statement of a frame with its answer in one review, and with what the theory says about it."""

    statement: Statement
    answer: ReviewAnswer
    found: tuple[FactFound, ...]

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id

    @property
    def judgement(self) -> str | None:
        """A word of the scale, `not-ours`, or nothing."""
        return self.answer.judgement

    @property
    def in_the_file(self) -> str:
        """What the theory says about it, as a sentence; "" where it says nothing."""
        return in_the_file(self.found)


@dataclass(frozen=True, slots=True)
class ReviewGap:
    """Something that is open in a review, and of which statement."""

    kind: GapKind
    statement: str


@dataclass(frozen=True, repr=False)
class Evaluation(Answer):
    """One review: every statement of its frame with its answer and with what stands in the file about it.

    `answers` are the statements with a judgement by their ids, in the frame's order; `unanswered` the ids of the others.
    `gaps` are, in this order, statements without an answer, of the lower half of the scale without a next step, of the
    upper half without evidence, and those whose next step was due before `today`. `counts` holds how many were judged by
    each word, and is never added up. The table is "answers".

    >>> import datetime, toc
    >>> found = toc.example("rgs-newcastle").review("autumn-2026", today=datetime.date(2026, 11, 25))
    >>> found
    <Evaluation 'autumn-2026' by practices: 2 of 13 answered>
    >>> found.answers["clear-purposes"].judgement, found.answers["clear-purposes"].in_the_file
    ('mostly', 'the goal and four pillars; nobody has signed up to them yet.')
    >>> found.counts["mostly"], len(found.unanswered), found.gaps[0]
    (1, 11, ReviewGap(kind='unanswered', statement='local-need'))
    """

    theory: Theory = field(compare=False)
    id: str
    review: Review
    frame: Frame
    today: date
    statements: Rows[JudgedStatement]

    def __repr__(self) -> str:
        return f"<Evaluation {self.id!r} by {self.frame.id}: {len(self.answers)} of {len(self.statements)} answered>"

    @property
    def answers(self) -> FrozenDict[str, JudgedStatement]:
        """What has a judgement, by statement."""
        return FrozenDict({one.id: one for one in self.statements if one.judgement})

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The statements without a judgement."""
        return tuple(one.id for one in self.statements if not one.judgement)

    @property
    def counts(self) -> FrozenDict[str, int]:
        """How many statements were judged by each word of the scale, the least first, and as `not-ours`."""
        words = [one.judgement for one in self.statements]
        return FrozenDict({word: words.count(word) for word in (*self.frame.scale, NOT_OURS)})

    @property
    def gaps(self) -> tuple[ReviewGap, ...]:
        """What is open, as the class says."""
        return tuple(gap for kind in GAPS for gap in self._of_kind(kind))

    def _of_kind(self, kind: GapKind) -> Iterator[ReviewGap]:
        for one in self.statements:
            if is_open(kind, one.answer, self.frame.scale, self.today):
                yield ReviewGap(kind, one.id)

    def since(self, id: str) -> ReviewChanges:
        """What changed since another review by the same frame.

        Raises:
            TheoryError: there is no such review.
            OptionError: it judges by another frame, or is this one.

        >>> import datetime, toc
        >>> theory = toc.example("rgs-newcastle").with_review("spring-2027", frame="practices", date="2027-03-01")
        >>> found = theory.review("spring-2027").since("autumn-2026")
        >>> found["mutual-benefit"].change, found["mutual-benefit"].before
        ('dropped', 'partly')
        """
        earlier = evaluation(self.theory, id, self.today)
        if earlier.frame.id != self.frame.id:
            message = f"{id!r} judges by {earlier.frame.id!r} and {self.id!r} by {self.frame.id!r}: reviews by one frame can be compared"
            raise OptionError(message)
        if id == self.id:
            raise OptionError(f"{id!r} is this review itself: name another one by {self.frame.id!r}")
        return ReviewChanges(earlier, self)

    def form(self) -> ReviewForm:
        """The review as a form to fill in: to print as HTML, PDF or Word, or as CSV that `toc review --read` takes back.

        >>> import toc
        >>> form = toc.example("rgs-newcastle").review("autumn-2026").form()
        >>> form.to_csv().splitlines()[0].split(",")[1:4]
        ['Frame', 'Date', 'Judged by']
        """
        return ReviewForm(self)

    def _page(self) -> Page:
        return review_page(self)

    def _sheets(self) -> Sheets:
        return {"answers": lambda: answer_sheet(self)}

    def _record(self) -> dict[str, Any]:
        return {
            "title": self.theory.title,
            "review": self.id,
            "frame": self.frame.id,
            "date": self.review.date.isoformat(),
            "by": [*self.review.by],
            "counts": dict(self.counts),
            "unanswered": [*self.unanswered],
            "gaps": plain(self.gaps),
            "statements": [
                {
                    "id": one.id,
                    "statement": one.statement.label,
                    **one.answer.model_dump(mode="json"),
                    "in_the_file": plain(one.found),
                }
                for one in self.statements
            ],
        }


@dataclass(frozen=True, repr=False)
class ReviewForm(Answer):
    """A review to fill in. The table is "answers"."""

    of: Evaluation

    def __repr__(self) -> str:
        return f"<ReviewForm {self.of.id!r}: {len(self.of.statements)} statements>"

    def _page(self) -> Page:
        return form_page(self.of)

    def _sheets(self) -> Sheets:
        return self.of._sheets()  # noqa: SLF001  # the form is the review with room to write

    def _record(self) -> dict[str, Any]:
        return self.of.to_dict()


def evaluation(theory: Theory, id: Any, today: date) -> Evaluation:
    """A review of a theory. Raises TheoryError for an id that no review bears, with the nearest."""
    if not isinstance(id, str) or id not in theory.reviews:
        raise unknown_review(theory, id)
    review = theory.reviews[id]
    by, look = frame_in(theory, review.frame), Look(theory, review.date)
    judged = {
        one.id: JudgedStatement(one, review.answers.get(one.id, NOTHING), prefilled(look, one.probes))
        for one in by.statements
    }
    return Evaluation(theory, id, review, by, day_of(today), Rows(judged.values(), judged))


def unknown_review(theory: Theory, id: object) -> TheoryError:
    """What is said of an id that no review of a theory bears."""
    if not theory.reviews:
        told = f"there is no review {as_given(id)}: the file has none yet; begin one with with_review() (`toc review --frame`)"
        return TheoryError([Problem("TOC030", told)])
    advice, near = id_advice(str(id), list(theory.reviews), "reviews")
    return TheoryError([Problem("TOC030", f"unknown review {as_given(id)}{advice}", suggestion=near)])
