"""The answers of a review as a table: the same columns that a form has, and that are read back from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from toc.language.text import in_brackets
from toc.model.reviews import ReviewEvidence
from toc.pages.sheet import Column, Sheet

if TYPE_CHECKING:
    from toc.partnership.evaluation import Evaluation, JudgedStatement
    from toc.partnership.review_changes import ReviewChanges, StatementChange

HEADINGS: Final = {
    "review": "Review",
    "frame": "Frame",
    "date": "Date",
    "judged_by": "Judged by",
    "id": "Id",
    "statement": "Statement",
    "in_the_file": "In the file",
    "judgement": "Judgement",
    "because": "Because",
    "evidence": "Evidence",
    "owner": "Owner",
    "next_step": "Next step",
    "by": "By when",
}
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


def answer_sheet(found: Evaluation) -> Sheet[JudgedStatement]:
    """A row for each statement."""
    review = found.review
    columns = (
        _column("review", lambda _: found.id),
        _column("frame", lambda _: found.frame.id),
        _column("date", lambda _: review.date),
        _column("judged_by", lambda _: review.by),
        _column("id", lambda one: one.id),
        _column("statement", lambda one: one.statement.text),
        _column("in_the_file", lambda one: one.in_the_file),
        _column("judgement", lambda one: one.judgement),
        _column("because", lambda one: one.answer.because),
        _column("evidence", lambda one: tuple(map(evidence_text, one.answer.evidence))),
        _column("owner", lambda one: one.answer.owner),
        _column("next_step", lambda one: one.answer.next_step),
        _column("by", lambda one: one.answer.by),
    )
    return Sheet(columns, found.statements)


def _column(name: str, value: Callable[[JudgedStatement], Any]) -> Column[JudgedStatement]:
    return Column(name, HEADINGS[name], value=value)


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
