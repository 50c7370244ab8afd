"""Guidance as people hold it: one activity, or all of them, with every way of showing it a tab away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toc import guidance
from toc.guidance import page as guidance_pages
from toc.guidance.summary import GuidanceSummary, guidance_summary
from toc.language.vocabulary import own_words
from toc.model import Theory
from toc.pages.answer import Rows
from toc.pages.csv import as_csv
from toc.pages.frame import as_frame
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown
from toc.pages.plain_text import WIDTH, as_text

if TYPE_CHECKING:
    import pandas as pd

TYPES: Final = {
    "activity": "object", "title": "object", "certainty": "object", "participation": "Int64",
    "participation_level": "object", "approach": "object", "headline": "object", "minimum_level": "object",
    "maximum_level": "object", "basis": "object", "effort": "object", "fit": "object", "change": "object",
    "suggested_kpis": "object", "do_not_claim": "object", "reasons": "object", "gaps": "object", "sources": "object",
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Guidance(guidance.Guidance):
    """The advice for one activity, and the ways of showing it.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").guidance("scitt")
    >>> found.headline
    'Follow every participant: before, after, and one result that somebody else certifies'
    >>> found
    <Guidance for 'scitt': attainment, learning to attainment>
    """

    def to_text(self, width: int = WIDTH) -> str:
        """The advice for a terminal, no line wider than `width` columns.

        >>> import toc
        >>> toc.example("rgs-newcastle").guidance("sport").to_text().splitlines()[3]
        'Count who took part and who they were; claim nothing about change'
        """
        return as_text(guidance_pages.card(self), width)

    def to_markdown(self) -> str:
        """The advice as Markdown.

        >>> import toc
        >>> toc.example("rgs-newcastle").guidance("sport").to_markdown().splitlines()[0]
        '# Sport with partner schools'
        """
        return as_markdown(guidance_pages.card(self))

    def to_html(self) -> str:
        """The advice as a whole HTML document that needs nothing else.

        >>> import toc
        >>> toc.example("rgs-newcastle").guidance("sport").to_html()[:15]
        '<!doctype html>'
        """
        return as_html(guidance_pages.card(self))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(guidance_pages.card(self))


class GuidanceTable(Rows[Guidance]):
    """The advice for every activity, in the author's order; `table["scitt"]` and `table[0]` are one of them.

    >>> import toc
    >>> table = toc.example("rgs-newcastle").guidance()
    >>> len(table), table["scitt"].approach.value, table.summary.by_approach["count"]
    (13, 'attainment', 4)
    """

    __slots__ = ("_own_words", "summary", "title")

    def __init__(self, theory: Theory) -> None:
        found = guidance.advised(theory, into=Guidance)
        super().__init__(found, {one.activity: one for one in found})
        self.title: str = theory.title
        self._own_words = own_words(theory)
        self.summary: GuidanceSummary = guidance_summary(found)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: `summary` and `activities`.

        >>> import toc
        >>> list(toc.example("small-charity").guidance().to_dict())
        ['title', 'summary', 'activities']
        """
        return {"title": self.title, "summary": self.summary.to_dict(), "activities": [one.to_dict() for one in self]}

    def to_pandas(self) -> pd.DataFrame:
        """A row for each activity. Several texts in one cell are a tuple, ready for `explode`.

        Raises MissingExtraError where pandas is not installed.

        >>> import toc
        >>> toc.example("small-charity").guidance().to_pandas()[["activity", "approach", "fit"]]
                activity  approach    fit
        0  tea-and-games  learning   fits
        1   advice-table  learning  below
        """
        return as_frame(map(_record, self), TYPES)

    def to_text(self, width: int = WIDTH) -> str:
        """The advice for a terminal, no line wider than `width` columns."""
        return as_text(guidance_pages.guidance_page(self.title, self, self._own_words), width)

    def to_markdown(self) -> str:
        """The advice as Markdown."""
        return as_markdown(guidance_pages.guidance_page(self.title, self, self._own_words))

    def to_html(self) -> str:
        """The advice as a whole HTML document that needs nothing else."""
        return as_html(guidance_pages.guidance_page(self.title, self, self._own_words))

    def to_csv(self) -> str:
        """The advice as CSV, a row for each activity; texts that look like formulas are made harmless."""
        return as_csv(guidance_pages.flat_table(self))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(guidance_pages.glance(self.title, self, self._own_words))


def _record(one: Guidance) -> dict[str, Any]:
    return {
        "activity": one.activity,
        "title": one.title,
        "certainty": one.certainty,
        "participation": one.participation.people,
        "participation_level": one.participation.level,
        "approach": one.approach and one.approach.value,
        "headline": one.headline,
        "minimum_level": one.minimum_level,
        "maximum_level": one.maximum_level,
        "basis": one.basis.value,
        "effort": one.effort and one.effort.value,
        "fit": one.kpi_fit.fit and one.kpi_fit.fit.value,
        "change": one.kpi_fit.change,
        "suggested_kpis": tuple(kpi.title for kpi in one.suggested_kpis),
        "do_not_claim": one.do_not_claim,
        "reasons": one.reasons,
        "gaps": tuple(gap.message for gap in one.gaps),
        "sources": tuple(source.cite for source in one.sources),
    }
