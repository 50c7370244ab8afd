"""The measurement plan: one row for each KPI, and one for each that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from toc.guidance.advice import Guidance, SuggestedKpi
from toc.guidance.advice_file import advice, filled, some
from toc.guidance.advice_schema import Book
from toc.guidance.advising import Known, advised
from toc.guidance.fit import fitting
from toc.guidance.own_words import in_own_words
from toc.guidance.plan_activities import Advised, Concerned, Concerns
from toc.guidance.scales import Approach, Effort, Fit
from toc.guidance.workload import Running, effort_of, rounds_in, running, spanned
from toc.language.vocabulary import own_words
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.types import Depth, Design, Frequency
from toc.pages.answer import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A KPI of the plan, or one that is missing.

    A field is None where it is not known; `blanks` then says in words what is missing, by the name of the field.
    `collections` counts rounds over all `running_months`, `hours` is the work of all of them. `activities` names the
    first 50 of the `activity_count` activities concerned; `advised` holds the approach advised for each that is named,
    None where its certainty is missing.
    """

    nodes: tuple[str, ...]
    node: str
    pillar: str | None
    kpi: str | None
    title: str
    level: Depth | None
    design: Design | None
    unit: str | None
    baseline: float | None = None
    baseline_date: date | None = None
    target: float | None = None
    target_date: date | None = None
    method: str | None
    who: str | None
    how_often: Frequency | None
    starts: date | None
    running_months: int | None
    collections: int | None
    collections_a_year: int | None
    effort: Effort | None
    hours: float | None = None
    activities: tuple[str, ...]
    activity_count: int
    advised: tuple[Approach | None, ...]
    advice: str
    status: str | None
    missing: bool = False
    blanks: FrozenDict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        found: dict[str, Any] = plain(self)
        return found


# The cells that count as unknown when nobody has filled them in.
CELLS = (
    "level",
    "unit",
    "baseline",
    "target",
    "method",
    "who",
    "how_often",
    "running_months",
    "collections",
    "effort",
    "status",
)


@dataclass(frozen=True, slots=True)
class Planned:
    """What the rows are made from: the theory, its advice, and what belongs to each activity."""

    theory: Theory
    book: Book
    guidance: Mapping[str, Guidance]
    concerns: Concerns


def plan_rows(planned: Planned) -> tuple[PlanRow, ...]:
    """The rows: the KPIs in the author's order, then one for each activity that lacks a KPI."""
    rows = [_row(planned, kpi, planned.concerns.of(kpi, planned.book)) for kpi in planned.theory.kpis.values()]
    return (*rows, *_missing(planned))


def planned_from(theory: Theory) -> Planned:
    """The advice of a theory by activity, and the activities of each KPI."""
    found = advised(theory)
    known = Known.of(theory)
    reaches = {id: known.reaches.of(id) for id in theory.activities}
    book = in_own_words(advice(), own_words(theory))
    guidance = {one.activity: one for one in found}
    approaches = {one.activity: one.approach for one in found}
    return Planned(theory, book, guidance, Concerns(theory, approaches, reaches))


def _row(planned: Planned, kpi: Kpi, concerned: Concerned) -> PlanRow:
    theory, book = planned.theory, planned.book
    span = concerned.span
    a_year = book.rounds.get(kpi.frequency or "")
    rounds = _rounds(kpi.frequency, a_year, span)
    known: dict[str, Any] = {
        "level": kpi.level,
        "unit": kpi.unit,
        "baseline": kpi.baseline.value if kpi.baseline else None,
        "target": kpi.target.value if kpi.target else None,
        "method": kpi.method,
        "who": kpi.owner,
        "how_often": kpi.frequency,
        "running_months": span.months,
        "collections": rounds,
        "effort": effort_of(kpi.method, kpi.design, book),
        "status": kpi.status,
    }
    return PlanRow(
        nodes=tuple(kpi.measures),
        node=some(book, (theory.nodes[id].title for id in kpi.measures)),
        pillar=theory.columns.get(kpi.measures[0]),
        kpi=kpi.id,
        title=kpi.title,
        design=kpi.design,
        baseline_date=kpi.baseline.date if kpi.baseline else None,
        target_date=kpi.target.by if kpi.target else None,
        starts=span.first,
        collections_a_year=a_year,
        hours=kpi.hours * rounds if kpi.hours is not None and rounds is not None else None,
        activities=concerned.activities,
        activity_count=concerned.count,
        advised=concerned.advised,
        advice=_advice(concerned.groups, book),
        blanks=_blanks(known, span, kpi.method, book),
        **known,
    )


def _rounds(frequency: Frequency | None, a_year: int | None, span: Running) -> int | None:
    if frequency == "once":
        return 1
    return rounds_in(span.months, a_year) if span.months is not None and a_year is not None else None


def _blanks(known: Mapping[str, Any], span: Running, method: str | None, book: Book) -> FrozenDict[str, str]:
    """What the cells say that nobody has filled in."""
    words = {name: getattr(book.blanks, name, "") for name in CELLS} | {"running_months": span.blank or ""}
    if method:
        words["effort"] = filled(book.blanks.effort_unread, method=method)
    return FrozenDict({name: words[name] for name in CELLS if known[name] is None})


def _advice(groups: Sequence[Advised], book: Book) -> str:
    """The approaches that are advised for the activities a KPI belongs to, with their names."""
    if not groups:
        return book.plan.advice_none
    named = ((group.approach, some(book, group.titles, count=group.many)) for group in groups)
    return "; ".join(
        filled(book.plan.advice_open, activities=names)
        if approach is None
        else filled(book.plan.advice, approach=approach, activities=names)
        for approach, names in named
    )


def _missing(planned: Planned) -> Iterator[PlanRow]:
    """A row for each activity whose KPIs do not look deep enough, or that has none and is not rated yet."""
    for id, found in planned.guidance.items():
        if found.kpi_fit.fit is Fit.BELOW or (found.approach is None and not found.kpi_fit.kpis):
            yield _missing_row(planned, id, found)


def _missing_row(planned: Planned, id: str, found: Guidance) -> PlanRow:
    theory, book, activity = planned.theory, planned.book, planned.theory.activities[id]
    suggestion = _deep_enough(found, book)
    span = running(spanned(activity, 0), [activity], book)
    a_year = book.rounds[suggestion.frequency]
    rounds = _rounds(suggestion.frequency, a_year, span)
    known: dict[str, Any] = dict.fromkeys(CELLS, "") | {
        "baseline": None,
        "target": None,
        "running_months": span.months,
        "collections": rounds,
    }
    return PlanRow(
        nodes=(id,),
        node=activity.title,
        pillar=theory.columns.get(id),
        kpi=None,
        title=suggestion.title,
        level=suggestion.level,
        design=suggestion.design,
        unit=suggestion.unit,
        method=suggestion.method,
        who=suggestion.collected_by,
        how_often=suggestion.frequency,
        starts=span.first,
        running_months=span.months,
        collections=rounds,
        collections_a_year=a_year,
        effort=effort_of(suggestion.method, suggestion.design, book),
        activities=(id,),
        activity_count=1,
        advised=(found.approach,),
        advice=_advice([Advised(found.approach, (activity.title,), 1)], book),
        status=None,
        missing=True,
        blanks=_blanks(known, span, suggestion.method, book),
    )


def _deep_enough(found: Guidance, book: Book) -> SuggestedKpi:
    """The first suggestion that meets what is asked for."""
    if found.minimum_level is None or found.approach is None:
        return found.suggested_kpis[0]
    return fitting(found.suggested_kpis, found.minimum_level, book.wanted[found.approach])
