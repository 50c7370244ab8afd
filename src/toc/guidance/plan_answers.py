"""The measurement plan as people hold it, with every way of showing it a tab away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toc.guidance.plan import PlanRow, plan_rows, planned_from
from toc.guidance.plan_kpis import flat_plan
from toc.guidance.plan_page import plan_page
from toc.guidance.summary import PlanSummary, plan_summary
from toc.model import Theory
from toc.pages.answer import Rows
from toc.pages.blocks import Page
from toc.pages.csv import as_csv
from toc.pages.frame import as_frame
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown
from toc.pages.plain_text import WIDTH, as_text

if TYPE_CHECKING:
    import pandas as pd

DAY: Final = "datetime64[s]"
TYPES: Final = {
    "pillar": "object", "nodes": "object", "node": "object", "kpi": "object", "title": "object", "level": "object",
    "design": "object", "unit": "object", "baseline": "float64", "baseline_date": DAY, "target": "float64",
    "target_date": DAY, "method": "object", "who": "object", "how_often": "object", "running_months": "Int64",
    "collections_a_year": "Int64", "collections": "Int64", "hours": "float64", "effort": "object", "activities": "object",
    "advised": "object", "advice": "object", "status": "object", "missing": "bool", "blanks": "object",
}  # fmt: skip


class MeasurementPlan(Rows[PlanRow]):
    """What is measured, how, by whom and how often: a row for each KPI, then one for each that is missing.

    `plan["reading-age"]` is the row of a KPI; `summary` holds the plan in numbers. The `blanks` of a row say in words
    what nobody has filled in yet.

    >>> import toc
    >>> plan = toc.example("rgs-newcastle").measurement_plan()
    >>> plan["practice-adopted"].blanks["baseline"]
    'no baseline yet'
    >>> plan.summary.kpis, plan.summary.missing
    (14, 0)
    """

    __slots__ = ("_planned", "summary")

    def __init__(self, theory: Theory) -> None:
        self._planned = planned_from(theory)
        rows = plan_rows(self._planned)
        super().__init__(rows, {row.kpi: row for row in rows if row.kpi is not None})
        self.summary: PlanSummary = plan_summary(self._planned, rows)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: `title`, `summary` and `rows`.

        >>> import toc
        >>> list(toc.example("small-charity").measurement_plan().to_dict())
        ['title', 'summary', 'rows']
        """
        title = self._planned.theory.title
        return {"title": title, "summary": self.summary.to_dict(), "rows": [row.to_dict() for row in self]}

    def to_pandas(self) -> pd.DataFrame:
        """A row for each KPI; what is not known is missing, and the column `blanks` names it.

        Raises MissingExtraError where pandas is not installed.

        >>> import toc
        >>> toc.example("small-charity").measurement_plan().to_pandas()[["kpi", "target", "blanks"]].iloc[0].blanks
        ('method', 'how_often', 'running_months', 'collections', 'effort', 'status')
        """
        return as_frame(map(_record, self), TYPES)

    def to_text(self, width: int = WIDTH) -> str:
        """The plan for a terminal, no line wider than `width` columns."""
        return as_text(self._page(), width)

    def to_markdown(self) -> str:
        """The plan as Markdown, ready to hand round.

        >>> import toc
        >>> toc.example("rgs-newcastle").measurement_plan().to_markdown().splitlines()[0]
        '# Measurement plan: RGS Newcastle school partnerships'
        """
        return as_markdown(self._page())

    def to_html(self) -> str:
        """The plan as a whole HTML document that needs nothing else and prints well."""
        return as_html(self._page())

    def to_csv(self) -> str:
        """The plan as CSV, a row for each KPI; texts that look like formulas are made harmless.

        >>> import toc
        >>> toc.example("rgs-newcastle").measurement_plan().to_csv()[:31]
        'Pillar,What it measures,KPI,Loo'
        """
        return as_csv(flat_plan(self, self._planned))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(self._page())

    def _page(self) -> Page:
        return plan_page(self._planned, self, self.summary)


def _record(row: PlanRow) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in TYPES}
    return found | {
        "effort": row.effort and row.effort.value,
        "advised": tuple(approach and approach.value for approach in row.advised),
        "blanks": tuple(row.blanks),
    }
