"""Guidance as values: frozen, comparable and ready for JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

from toc.guidance.scales import Approach, Basis, Effort, Fit
from toc.model.mappings import FrozenDict
from toc.model.types import Depth, Design, Frequency, Level
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that advice rests on. `supports` says what it really says."""

    id: str
    cite: str
    reference: str
    supports: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestedKpi:
    """A KPI to consider, worded for a type of activity."""

    title: str
    level: Depth
    design: Design
    unit: str
    collected_by: str
    frequency: Frequency
    method: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the advice would need; `missing` is its short name, `message` says what to write."""

    missing: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class KpiFit:
    """Whether one KPI fits the activity; `fit` is None where that cannot be said.

    `node` is where it measures, `steps` how many links lead there: 0 on the activity itself. `counts_as` differs from
    the written `design` where readings on two dates beside a baseline make a before and an after.
    """

    kpi: str
    title: str
    node: str
    steps: int
    level: Depth | None
    design: Design
    counts_as: Design
    fit: Fit | None
    reason: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityFit:
    """Whether the KPIs in reach of an activity fit: those on it, its outputs, and the first outcomes that have any.

    `fit` is "fits" only where both verdicts are: `depth` (fits, below, above) on what is looked at, and `design` (fits,
    design) on how the answers are made; None where it cannot be said. An activity to be redesigned first never fits.
    `change` is the smallest that would mend it. Of more than 12 KPIs `kpis` holds those that decide first, and `more`
    counts the others.
    `has_own` tells of KPIs of the activity and its outputs, `has_further` of those at outcomes, `is_read` of a reading of
    any of them: what is planned is not measured yet.
    """

    fit: Fit | None
    depth: Fit | None
    design: Fit | None
    reason: str
    change: str | None
    kpis: tuple[KpiFit, ...]
    more: int = 0
    has_own: bool = False
    has_further: bool = False
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """How many people an activity means to change in a year, its level, and both with the scale in words."""

    people: int | None
    level: Level | None
    words: str


@dataclass(frozen=True, repr=False)
class Guidance(Answer):
    """The advice for one activity.

    `approach` and the two levels are None while nobody has rated the certainty; then `questions` holds what to ask.
    `sources`, `do_not_claim` and `suggested_kpis` are never empty. The tables are "activities", with one row, and
    "kpis" with the KPIs that the activity has.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").guidance("careers-fair")
    >>> found.approach, found.minimum_level, found.maximum_level, found.basis
    (<Approach.COUNT: 'count'>, 'participation', 'feedback', <Basis.SOURCE: 'source'>)
    >>> found
    <Guidance for 'careers-fair': count, participation to feedback>
    """

    activity: str
    title: str
    headline: str
    approach: Approach | None
    minimum_level: Depth | None
    maximum_level: Depth | None
    basis: Basis
    basis_words: str
    certainty: Level | None
    participation: Participation
    reasons: tuple[str, ...]
    suggested_kpis: tuple[SuggestedKpi, ...]
    wording: str
    do_not_claim: tuple[str, ...]
    effort: Effort | None
    who: str
    kpi_fit: ActivityFit
    gaps: tuple[Gap, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]
    mapping: tuple[str, ...]
    sources: tuple[Source, ...]
    own_words: FrozenDict[str, str] = field(repr=False, compare=False)  # for headings; no part of the advice

    def __repr__(self) -> str:
        depth = f", {self.minimum_level} to {self.maximum_level}" if self.approach else ""
        return f"<Guidance for {self.activity!r}: {self.approach or 'three questions first'}{depth}>"

    @property
    def is_open(self) -> bool:
        """Whether it cannot be said how the KPIs fit although the activity is rated: one of them has no level."""
        rated = self.approach is not None and self.approach is not Approach.REDESIGN
        return rated and self.kpi_fit.fit is None

    def _page(self) -> Page:
        from toc.guidance.page import card  # a drawing prints none

        return card(self)

    def _sheets(self) -> Sheets:
        from toc.guidance.activity_sheet import activity_sheet

        return {"activities": lambda: activity_sheet((self,)), "kpis": self._kpis}

    def _kpis(self) -> Sheet[KpiFit]:
        columns: tuple[Column[KpiFit], ...] = (
            Column("kpi", ""),
            Column("title", "KPI"),
            Column("steps", "Steps on", "Int64"),
            Column("level", "Looks at"),
            Column("counts_as", "Counts as"),
            Column("fit", "Fit"),
            Column("reason", "Why"),
            Column("change", "What would fix it"),
        )
        return Sheet(columns, self.kpi_fit.kpis)
