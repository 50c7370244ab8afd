"""What is measured where, as people hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toc.analysis.coverage import coverage as covering
from toc.analysis.coverage.page import coverage_page, flat_table
from toc.pages.answer import Paged
from toc.pages.blocks import Page
from toc.pages.csv import as_csv
from toc.pages.frame import as_frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Coverage(Paged, covering.Coverage):
    """What is measured where, and the ways of showing it.

    >>> import toc
    >>> toc.example("rgs-newcastle").coverage()
    <Coverage: 14 KPIs in 4 pillars>
    """

    def to_pandas(self) -> pd.DataFrame:
        """A row for each pillar and each target group named there, with the number of KPIs at each level.

        Raises MissingExtraError where pandas is not installed.

        >>> import toc
        >>> toc.example("small-charity").coverage().to_pandas()[["pillar", "group", "feedback"]]
            pillar       group  feedback
        0  company  neighbours         1
        1  company        None         1
        """
        counts = dict.fromkeys((*self.levels, "unsaid"), "Int64")
        types = {"pillar": "object", "group": "object", "named": "bool", **counts, "kpis": "object"}
        return as_frame(map(self._record, self.groups), types)

    def to_csv(self) -> str:
        """The same rows as CSV, with titles; texts that look like formulas are made harmless.

        >>> import toc
        >>> toc.example("small-charity").coverage().to_csv()[:35]
        'Pillar,Target group,Participation,E'
        """
        return as_csv(flat_table(self))

    def __repr__(self) -> str:
        kpis = {id for row in self.pillars for id in row.kpis}
        pillars = sum(row.pillar is not None for row in self.pillars)
        return f"<{type(self).__name__}: {len(kpis):,} KPI{'s' * (len(kpis) != 1)} in {pillars:,} pillar{'s' * (pillars != 1)}>"

    def _record(self, row: covering.GroupRow) -> dict[str, Any]:
        counts: dict[str, int] = dict(zip(self.levels, row.counts, strict=True))
        return {
            "pillar": row.pillar,
            "group": row.group,
            "named": row.named,
            **counts,
            "unsaid": row.unsaid,
            "kpis": row.kpis,
        }

    def _page(self) -> Page:
        return coverage_page(self)
