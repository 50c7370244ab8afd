"""Guidance as values: frozen, comparable and ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from toc.guidance.scales import Approach, Basis, Effort, Fit
from toc.model.mappings import FrozenDict
from toc.model.types import Depth, Design, Frequency, Level


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
    """Whether one KPI fits the activity. `fit` is None where that cannot be said; `change_to` is a level."""

    kpi: str
    title: str
    level: Depth | None
    fit: Fit | None
    reason: str
    change: str | None = None
    change_to: Depth | None = None


@dataclass(frozen=True, slots=True)
class ActivityFit:
    """Whether the KPIs of an activity, its outputs and its direct outcomes fit. `change` is the smallest that fixes it."""

    fit: Fit | None
    reason: str
    change: str | None
    kpis: tuple[KpiFit, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """How many people an activity means to change in a year, its level, and both with the scale in words."""

    people: int | None
    level: Level | None
    words: str


@dataclass(frozen=True, repr=False)
class Guidance:
    """The advice for one activity.

    `approach` and the two levels are None while nobody has rated the certainty; then `questions` holds what to ask.
    `sources`, `do_not_claim` and `suggested_kpis` are never empty.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").guidance("careers-fair")
    >>> found.approach, found.minimum_level, found.maximum_level, found.basis
    (<Approach.COUNT: 'count'>, 'participation', 'feedback', <Basis.SOURCE: 'source'>)
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

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values.

        >>> import json, toc
        >>> json.loads(json.dumps(toc.example("rgs-newcastle").guidance("scitt").to_dict()))["approach"]
        'attainment'
        """
        return {one.name: plain(getattr(self, one.name)) for one in fields(self) if one.name != "own_words"}


def plain(value: Any) -> Any:
    """A value of this package as JSON values.

    >>> plain(Gap("certainty", "Nobody has rated it.")), plain((Fit.BELOW, date(2027, 7, 31), None))
    ({'missing': 'certainty', 'message': 'Nobody has rated it.'}, ['below', '2027-07-31', None])
    """
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
