"""What changed between two reviews by one frame, as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toc.pages.answer import Answer, Rows, Sheets
from toc.pages.blocks import Page
from toc.partnership.judgements import Change, change_between
from toc.partnership.review_page import changes_page
from toc.partnership.review_sheet import change_sheet
from toc.partnership.statements import Statement

if TYPE_CHECKING:
    from toc.partnership.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class StatementChange:
    """How the judgement of a statement changed. `changed` is to or from `not-ours`."""

    statement: Statement
    before: str | None
    after: str | None
    change: Change

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id


class ReviewChanges(Rows[StatementChange], Answer):
    """What changed between two reviews by one frame, statement by statement, those without a judgement in both left out.

    The table is "changes".
    """

    __slots__ = ("earlier", "later")

    def __init__(self, earlier: Evaluation, later: Evaluation) -> None:
        self.earlier, self.later = earlier, later
        found = {}
        for one in later.statements:
            before = earlier.statements[one.id].judgement
            if before or one.judgement:
                change = change_between(before, one.judgement, later.frame.scale)
                found[one.id] = StatementChange(one.statement, before, one.judgement, change)
        super().__init__(found.values(), found)

    def __repr__(self) -> str:
        return f"<ReviewChanges from {self.earlier.id!r} to {self.later.id!r}: {len(self)}>"

    def _page(self) -> Page:
        return changes_page(self)

    def _sheets(self) -> Sheets:
        return {"changes": lambda: change_sheet(self)}

    def _record(self) -> dict[str, Any]:
        changes = {
            one.id: {"statement": one.statement.label, "before": one.before, "after": one.after, "change": one.change}
            for one in self
        }
        title = self.later.theory.title
        return {"title": title, "earlier": self.earlier.id, "later": self.later.id, "changes": changes}
