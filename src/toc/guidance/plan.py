"""The measurement plan of a theory."""

from __future__ import annotations

from typing import Any

from toc.guidance.activity_sheet import activity_sheet
from toc.guidance.advice_file import filled
from toc.guidance.brief import brief_page, opening
from toc.guidance.plan_kpis import plan_sheet
from toc.guidance.plan_page import plan_page
from toc.guidance.plan_rows import PlanRow, plan_rows, planned_from
from toc.guidance.plan_summary import PlanSummary, plan_summary
from toc.model import Theory
from toc.pages.answer import Answer, Rows, Sheets
from toc.pages.blocks import Page


class MeasurementPlan(Rows[PlanRow], Answer):
    """What is measured, how, by whom and how often: a row for each KPI, then one for each that is missing.

    `plan["reading-age"]` is the row of a KPI; `summary` holds the plan in numbers. The `blanks` of a row say in words
    what nobody has filled in yet. The tables are "kpis", and "activities" with the advice for each.

    >>> import toc
    >>> plan = toc.example("rgs-newcastle").measurement_plan()
    >>> plan["practice-adopted"].blanks["baseline"]
    'no baseline yet'
    >>> plan.summary.kpis, plan.summary.missing
    (14, 0)
    >>> toc.example("small-charity").measurement_plan().to_pandas().iloc[0].blanks
    ('method', 'how_often', 'running_months', 'collections', 'effort', 'status')
    """

    __slots__ = ("_planned", "summary")

    def __init__(self, theory: Theory) -> None:
        self._planned = planned_from(theory)
        rows = plan_rows(self._planned)
        super().__init__(rows, {row.kpi: row for row in rows if row.kpi is not None})
        self.summary: PlanSummary = plan_summary(self._planned, rows)

    def _page(self) -> Page:
        return plan_page(self._planned, self, self.summary)

    def _brief(self) -> Page:
        planned, book = self._planned, self._planned.book
        if not planned.guidance:
            return self._page()
        title = filled(book.words["plan_title"], title=planned.theory.title)
        return brief_page(
            title, tuple(planned.guidance.values()), book, " ".join(opening(self.summary, book, self.summary.kpis))
        )

    def _sheets(self) -> Sheets:
        return {
            "kpis": lambda: plan_sheet(self, self._planned),
            "activities": lambda: activity_sheet(tuple(self._planned.guidance.values())),
        }

    def _record(self) -> dict[str, Any]:
        title = self._planned.theory.title
        return {"title": title, "summary": self.summary.to_dict(), "rows": [row.to_dict() for row in self]}
