"""Measurement plans in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from toc.guidance.advice_file import filled, some
from toc.guidance.advice_schema import Book
from toc.guidance.guidance_table import ActivityCounts, activity_counts, counted_by_fit, tallied
from toc.guidance.plan_activities import Advised
from toc.guidance.plan_rows import CELLS, Planned, PlanRow
from toc.guidance.scales import Approach, Effort
from toc.guidance.workload import rounds_by_month
from toc.language.text import one_line
from toc.model.mappings import FrozenDict
from toc.pages.answer import plain

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Collector:
    """What one owner collects.

    `rounds_a_year` adds up the KPIs that say how often, and is None where none does; `rounds` counts only the `dated`
    KPIs, those whose months are known as well.
    """

    who: str | None
    kpis: int
    rounds_a_year: int | None
    rounds: int
    dated: int


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in numbers.

    `counts` keeps apart what is planned, what is measured and what is to be redesigned. `unknown` of `cells` are not filled in yet, by name in `unknown_by_cell`. `collectors` and `months` count the KPIs
    that exist, not those suggested; `months` holds month (YYYY-MM), owner and rounds. `hours` is the work of the
    `hours_given` KPIs that give theirs and whose rounds are known, the share `hours_share` (0 to 1) of all.
    """

    kpis: int
    missing: int
    activities: int
    counts: ActivityCounts
    cells: int
    unknown: int
    unknown_by_cell: FrozenDict[str, int]
    by_effort: FrozenDict[str, int]
    by_fit: FrozenDict[str, int]
    collectors: tuple[Collector, ...]
    months: tuple[tuple[str, str | None, int], ...]
    dated: int
    hours: float
    hours_given: int
    hours_share: float
    proportion: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        found: dict[str, Any] = plain(self)
        return found


def plan_summary(planned: Planned, rows: Sequence[PlanRow]) -> PlanSummary:
    """The numbers of a plan, and the KPIs that are out of proportion."""
    there = [row for row in rows if not row.missing]
    dated = [row for row in there if row.collections is not None]
    unknown = Counter(name for row in rows for name in row.blanks)
    timed = [row.hours for row in there if row.hours is not None]
    return PlanSummary(
        kpis=len(there),
        missing=len(rows) - len(there),
        activities=len(planned.guidance),
        counts=activity_counts(list(planned.guidance.values())),
        cells=len(rows) * len(CELLS),
        unknown=unknown.total(),
        unknown_by_cell=FrozenDict({name: unknown[name] for name in CELLS if unknown[name]}),
        by_effort=tallied([*Effort, None], (row.effort for row in there)),
        by_fit=counted_by_fit(list(planned.guidance.values())),
        collectors=tuple(_collectors(there)),
        months=tuple(_months(dated)),
        dated=len(dated),
        hours=sum(timed),
        hours_given=len(timed),
        hours_share=len(timed) / len(there) if there else 0.0,
        proportion=tuple(_out_of_proportion(planned, there)),
    )


def _collectors(rows: Sequence[PlanRow]) -> Iterator[Collector]:
    """The owners by their first KPI, and last those KPIs that nobody owns."""
    for who, own in sorted(_grouped(rows, _owner).items(), key=lambda item: item[0] is None):
        rounds = [row.collections for row in own if row.collections is not None]
        often = [row.collections_a_year or 0 for row in own if row.how_often is not None]
        yield Collector(who, len(own), sum(often) if often else None, sum(rounds), len(rounds))


def _owner(row: PlanRow) -> str | None:
    return None if row.who is None else one_line(row.who)


def _grouped(rows: Iterable[PlanRow], key: Callable[[PlanRow], K]) -> Mapping[K, list[PlanRow]]:
    groups: dict[K, list[PlanRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _months(rows: Iterable[PlanRow]) -> Iterator[tuple[str, str | None, int]]:
    """Month by month, who has how many rounds."""
    found: Counter[tuple[str, str | None]] = Counter()
    for row in rows:
        if row.starts is not None and row.running_months is not None and row.collections is not None:
            for month, rounds in rounds_by_month(row.starts, row.running_months, row.collections):
                found[month, _owner(row)] += rounds
    for (month, who), rounds in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        yield month, who, rounds


def _out_of_proportion(planned: Planned, rows: Iterable[PlanRow]) -> Iterator[str]:
    """Each KPI that is moderate or substantial work on an activity that should only be counted, or redesigned first.

    A KPI of an output that a deeper activity shares is left alone.
    """
    light: dict[tuple[str, ...], list[tuple[str, str]]] = {}  # by what is measured, which many KPIs may share
    for row in rows:
        if row.kpi and row.effort in {Effort.MODERATE, Effort.SUBSTANTIAL}:
            if row.nodes not in light:
                light[row.nodes] = list(
                    _only_light(planned.concerns.own_of(planned.theory.kpis[row.kpi]), planned.book)
                )
            for template, activities in light[row.nodes]:
                yield filled(template, kpi=row.title, effort=str(row.effort), activities=activities)


def _only_light(own: Sequence[Advised], book: Book) -> Iterator[tuple[str, str]]:
    """A sentence with the activities that it is about, where all of these ask for light work alone."""
    words = {Approach.COUNT: book.plan.proportion, Approach.REDESIGN: book.plan.proportion_redesign}
    if all(group.approach in words for group in own):
        for approach, titles, many in own:
            if approach:
                yield words[approach], some(book, [f"“{title}”" for title in titles], count=many)
