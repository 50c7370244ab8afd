"""The measurement plan: one row for each KPI, and one for each that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from toc import graph
from toc.guidance.advice import Guidance, SuggestedKpi
from toc.guidance.advice_file import advice, filled, some
from toc.guidance.advice_schema import Book
from toc.guidance.advising import Known, advised
from toc.guidance.fit import fitting
from toc.guidance.own_words import in_own_words
from toc.guidance.reach import Held, Reach
from toc.guidance.scales import Approach, Effort, Fit
from toc.guidance.workload import Running, effort_of, rounds_in, running
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
    `collections` counts rounds over all `running_months`, `hours` is the work of all of them. `advised` holds the
    approach advised for each activity concerned, None where its certainty is missing.
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
    reached: Mapping[str, tuple[str, ...]]
    owned: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Concerned:
    """What the rows of all KPIs share that concern the same activities."""

    activities: tuple[str, ...]
    advised: tuple[Approach | None, ...]
    advice: str
    span: Running


def plan_rows(planned: Planned) -> tuple[PlanRow, ...]:
    """The rows: the KPIs in the author's order, then one for each activity that lacks a KPI."""
    found: dict[tuple[str, ...] | int, Concerned] = {}
    rows = [_row(planned, kpi, _concerned(planned, kpi, found)) for kpi in planned.theory.kpis.values()]
    return (*rows, *_missing(planned))


def _concerned(planned: Planned, kpi: Kpi, found: dict[tuple[str, ...] | int, Concerned]) -> Concerned:
    """The activities a KPI tells about, those it is in reach of, else all that lead to what it measures; found once."""
    near = planned.reached.get(kpi.id)
    key = tuple(kpi.measures) if near is None else id(near)
    if key not in found:
        activities = _leading(planned.theory, kpi) if near is None else near
        span = running([planned.theory.activities[one] for one in activities], planned.book)
        advised = tuple(planned.guidance[one].approach for one in near or ())
        found[key] = Concerned(activities, advised, _advice(planned, near or ()), span)
    return found[key]


def _leading(theory: Theory, kpi: Kpi) -> tuple[str, ...]:
    before = graph.reachable(theory.backwards, kpi.measures)
    return tuple(id for id in theory.activities if id in before)


def planned_from(theory: Theory) -> Planned:
    """The advice of a theory by activity, and the activities of each KPI."""
    found = advised(theory)
    known = Known.of(theory)
    reaches = {id: known.reaches.of(id) for id in theory.activities}
    book = in_own_words(advice(), own_words(theory))
    guidance = {one.activity: one for one in found}
    reached = _by_kpi(reaches, lambda reach: reach.telling)
    return Planned(theory, book, guidance, reached, _by_kpi(reaches, lambda reach: reach.own))


def _by_kpi(reaches: Mapping[str, Reach], held: Callable[[Reach], Iterable[Held]]) -> Mapping[str, tuple[str, ...]]:
    """The activities that hold each KPI, in the author's order; KPIs of the same reaches share one tuple."""
    places = {id: place for place, id in enumerate(reaches)}
    sharing: dict[Reach, list[str]] = {}
    for id, reach in reaches.items():
        sharing.setdefault(reach, []).append(id)
    holding: dict[str, list[Reach]] = {}
    for reach in sharing:
        for one in held(reach):
            holding.setdefault(one.kpi.id, []).append(reach)
    joined: dict[tuple[Reach, ...], tuple[str, ...]] = {}
    for several in map(tuple, holding.values()):
        if several not in joined:
            joined[several] = tuple(sorted((id for reach in several for id in sharing[reach]), key=places.__getitem__))
    return {kpi: joined[tuple(several)] for kpi, several in holding.items()}


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
        advised=concerned.advised,
        advice=concerned.advice,
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


def _advice(planned: Planned, activities: Sequence[str]) -> str:
    """The approaches that are advised for the activities a KPI belongs to, with their names."""
    book = planned.book
    if not activities:
        return book.plan.advice_none
    names: dict[Approach | None, list[str]] = {}
    for id in activities:
        names.setdefault(planned.guidance[id].approach, []).append(planned.theory.activities[id].title)
    return "; ".join(
        filled(book.plan.advice_open, activities=some(book, titles))
        if approach is None
        else filled(book.plan.advice, approach=approach, activities=some(book, titles))
        for approach, titles in names.items()
    )


def _missing(planned: Planned) -> Iterator[PlanRow]:
    """A row for each activity whose KPIs do not look deep enough, or that has none and is not rated yet."""
    for id, found in planned.guidance.items():
        if found.kpi_fit.fit is Fit.BELOW or (found.approach is None and not found.kpi_fit.kpis):
            yield _missing_row(planned, id, found)


def _missing_row(planned: Planned, id: str, found: Guidance) -> PlanRow:
    theory, book = planned.theory, planned.book
    suggestion = _deep_enough(found, book)
    span = running([theory.activities[id]], book)
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
        node=theory.activities[id].title,
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
        advised=(found.approach,),
        advice=_advice(planned, (id,)),
        status=None,
        missing=True,
        blanks=_blanks(known, span, suggestion.method, book),
    )


def _deep_enough(found: Guidance, book: Book) -> SuggestedKpi:
    """The first suggestion that meets what is asked for."""
    if found.minimum_level is None or found.approach is None:
        return found.suggested_kpis[0]
    return fitting(found.suggested_kpis, found.minimum_level, book.wanted[found.approach])
