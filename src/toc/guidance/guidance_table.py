"""The advice for every activity of a theory, and how much of it there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from toc.guidance.activity_sheet import activity_sheet
from toc.guidance.advice import Guidance
from toc.guidance.advice_file import advice, filled
from toc.guidance.advising import advised
from toc.guidance.brief import brief_page, opening
from toc.guidance.own_words import in_own_words
from toc.guidance.page import glance, guidance_page
from toc.guidance.scales import Approach, Fit
from toc.language.vocabulary import own_words
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """How many activities there are whose planned KPIs fit, that have a reading, and that are to be redesigned.

    `fitting` never holds one that is `to_redesign`. Of the `open` a KPI has no level, the `unrated` have no certainty. `own` have a KPI of their own
    or of an output, `further_on` only at an outcome, `unmeasured` at neither.
    """

    fitting: int
    with_reading: int
    to_redesign: int
    open: int
    unrated: int
    own: int
    further_on: int
    unmeasured: int


@dataclass(frozen=True, slots=True)
class GuidanceSummary:
    """How many activities there are by approach, by fit and by what is missing.

    Every approach and every fit has a number; `unknown` counts the activities for which it cannot be said yet, or that
    are to be redesigned first. `counts` keeps apart what is planned and what is measured.
    """

    activities: int
    counts: ActivityCounts
    by_approach: FrozenDict[str, int]
    by_fit: FrozenDict[str, int]
    gaps: FrozenDict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        found: dict[str, Any] = plain(self)
        return found


class GuidanceTable(Rows[Guidance], Answer):
    """The advice for every activity, in the author's order; `table["scitt"]` and `table[0]` are one of them.

    >>> import toc
    >>> table = toc.example("rgs-newcastle").guidance()
    >>> len(table), table["scitt"].approach.value, table.summary.by_approach["count"]
    (13, 'attainment', 4)
    >>> toc.example("small-charity").guidance().to_pandas()[["activity", "approach", "fit"]]
            activity  approach     fit
    0  tea-and-games  learning  design
    1   advice-table  learning   below
    """

    __slots__ = ("_own_words", "summary", "title")

    def __init__(self, theory: Theory) -> None:
        found = advised(theory)
        super().__init__(found, {one.activity: one for one in found})
        self.title: str = theory.title
        self._own_words = own_words(theory)
        self.summary: GuidanceSummary = guidance_summary(found)

    def _page(self) -> Page:
        return guidance_page(self.title, self, self._own_words)

    def _brief(self) -> Page:
        book = in_own_words(advice(), self._own_words)
        title = filled(book.words["guidance_title"], title=self.title)
        return brief_page(title, self, book, " ".join(opening(self.summary, book)))

    def _glance(self) -> Page:
        return glance(self.title, self, self._own_words)

    def _sheets(self) -> Sheets:
        return {"activities": lambda: activity_sheet(self)}

    def _record(self) -> dict[str, Any]:
        return {"title": self.title, "summary": self.summary.to_dict(), "activities": [one.to_dict() for one in self]}


def guidance_summary(found: Sequence[Guidance]) -> GuidanceSummary:
    """How much of what is advised, how the KPIs fit, and what is missing."""
    return GuidanceSummary(
        activities=len(found),
        counts=activity_counts(found),
        by_approach=tallied([*Approach, None], (one.approach for one in found)),
        by_fit=counted_by_fit(found),
        gaps=FrozenDict(Counter(gap.missing for one in found for gap in one.gaps)),
    )


def activity_counts(found: Sequence[Guidance]) -> ActivityCounts:
    """What is planned, what is measured and what is to be redesigned, each counted by itself."""
    fits = [one.kpi_fit for one in found]
    own, further = sum(fit.has_own for fit in fits), sum(fit.has_further and not fit.has_own for fit in fits)
    return ActivityCounts(
        fitting=sum(fit.fit is Fit.FITS for fit in fits),
        with_reading=sum(fit.is_read for fit in fits),
        to_redesign=sum(one.approach is Approach.REDESIGN for one in found),
        open=sum(one.is_open for one in found),
        unrated=sum(one.approach is None for one in found),
        own=own,
        further_on=further,
        unmeasured=len(fits) - own - further,
    )


def counted_by_fit(found: Iterable[Guidance]) -> FrozenDict[str, int]:
    """How many activities there are by how their KPIs fit."""
    return tallied([Fit.ABOVE, Fit.BELOW, Fit.DESIGN, Fit.FITS, None], (one.kpi_fit.fit for one in found))


def tallied(choices: Sequence[str | None], found: Iterable[str | None]) -> FrozenDict[str, int]:
    """How often each choice was found, with none left out; None is called unknown."""
    numbers = Counter(found)
    return FrozenDict({str(choice or UNKNOWN): numbers[choice] for choice in choices})
