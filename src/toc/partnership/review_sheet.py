"""The answers of a review as a table: the same columns that a form has, and that are read back from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from toc.language.text import in_brackets
from toc.model.reviews import ReviewEvidence
from toc.pages.sheet import Column, Sheet

if TYPE_CHECKING:
    from toc.partnership.evaluation import Evaluation, JudgedStatement
    from toc.partnership.review_changes import ReviewChanges, StatementChange

PARTNER: Final = "partner: "


def evidence_text(one: ReviewEvidence) -> str:
    """A piece of evidence as it stands in a cell: an id, `partner: id`, or a text with its address and date.

    >>> evidence_text(ReviewEvidence(text="Minutes", date="2026-05-01")), evidence_text(ReviewEvidence(partner="rgs"))
    ('Minutes (2026-05-01)', 'partner: rgs')
    """
    if one.node or one.partner:
        return one.node or f"{PARTNER}{one.partner}"
    more = [part for part in (one.url, one.date.isoformat() if one.date else None) if part]
    return f"{one.text}{in_brackets(more)}"


_COLUMNS: Final[tuple[tuple[str, str, Callable[[Evaluation, JudgedStatement], Any]], ...]] = (
    ("review", "Review", lambda found, _: found.id),
    ("frame", "Frame", lambda found, _: found.frame.id),
    ("date", "Date", lambda found, _: found.review.date),
    ("judged_by", "Judged by", lambda found, _: found.review.by),
    ("id", "Id", lambda _, one: one.id),
    ("statement", "Statement", lambda _, one: one.statement.text),
    ("in_the_file", "In the file", lambda _, one: one.in_the_file),
    ("judgement", "Judgement", lambda _, one: one.judgement),
    ("because", "Because", lambda _, one: one.answer.because),
    ("evidence", "Evidence", lambda _, one: tuple(map(evidence_text, one.answer.evidence))),
    ("owner", "Owner", lambda _, one: one.answer.owner),
    ("next_step", "Next step", lambda _, one: one.answer.next_step),
    ("by", "By when", lambda _, one: one.answer.by),
)
HEADINGS: Final = {name: heading for name, heading, _ in _COLUMNS}


def answer_sheet(found: Evaluation) -> Sheet[JudgedStatement]:
    """A row for each statement."""
    columns = (Column(name, heading, value=partial(say, found)) for name, heading, say in _COLUMNS)
    return Sheet(tuple(columns), found.statements)


def change_sheet(found: ReviewChanges) -> Sheet[StatementChange]:
    """A row for each statement that has a judgement in one of two reviews."""
    columns: tuple[Column[StatementChange], ...] = (
        Column("id", "Id", "str"),
        Column("statement", "Statement", value=lambda one: one.statement.label),
        Column("before", "Before"),
        Column("after", "After"),
        Column("change", "Change", "str"),
    )
    return Sheet(columns, found)
