"""How the KPIs stand, as tables for pandas and spreadsheets and as plain JSON values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toc.language.text import one_line
from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.monitoring.kpi_progress import KpiProgress, MilestoneProgress, PartReading, said_of
from toc.monitoring.statuses import Status
from toc.monitoring.tally import Tally
from toc.pages.answer import Sheets, plain
from toc.pages.sheet import Column, Sheet

if TYPE_CHECKING:
    from toc.monitoring.progress import Progress

DAY: Final = "datetime64[s]"


class MilestoneRow(NamedTuple):
    """A milestone and the KPI it is of."""

    kpi: KpiProgress
    milestone: MilestoneProgress


class PartRow(NamedTuple):
    """The latest reading of a part and the KPI it is of."""

    kpi: KpiProgress
    part: PartReading


class PillarRow(NamedTuple):
    """The KPIs of a pillar, or those of a level beneath it; `level` is None for its own."""

    pillar: str
    level: str | None
    tally: Tally


def progress_sheets(found: Progress) -> Sheets:
    """The KPIs, their milestones, the parts of the people, and the pillars."""
    return {
        "kpis": partial(_kpis, found),
        "milestones": partial(_milestones, found),
        "parts": partial(_parts, found),
        "pillars": partial(_pillars, found),
    }


def _kpis(found: Progress) -> Sheet[KpiProgress]:
    kpis, nodes = found.theory.kpis, found.theory.nodes

    def of_kpi(take: Callable[[Kpi], Any]) -> Callable[[KpiProgress], Any]:
        return lambda row: take(kpis[row.kpi])

    columns: tuple[Column[KpiProgress], ...] = (
        Column("kpi", ""),
        Column("title", "KPI"),
        Column(
            "measures",
            "Measures",
            value=of_kpi(lambda kpi: kpi.measures),
            cell=lambda row: tuple(one_line(nodes[id].title) for id in kpis[row.kpi].measures),
        ),
        Column("level", "Level"),
        Column("draft", "Draft", "bool"),
        Column("status", "Status", cell=lambda row: row.status.word),
        Column("why", "Why not known", cell=lambda row: row.why and row.why.sentence),
        Column("last_known", "Last known", cell=lambda row: row.last_known and row.last_known.word),
        Column("unit", "Unit", value=of_kpi(lambda kpi: kpi.unit)),
        Column("direction", "Direction", value=of_kpi(lambda kpi: kpi.direction)),
        Column("baseline", "Baseline", "float64", value=of_kpi(lambda kpi: kpi.baseline and kpi.baseline.value)),
        Column("baseline_date", "Baseline on", DAY, value=of_kpi(lambda kpi: kpi.baseline and kpi.baseline.date)),
        Column("latest", "Latest", "float64", value=lambda row: row.latest and row.latest.value),
        Column("latest_date", "Latest on", DAY, value=lambda row: row.latest and row.latest.date),
        Column("latest_n", "Latest of how many", "Int64", value=lambda row: row.latest and row.latest.n),
        Column("expected", "Expected then", "float64"),
        Column("gap", "Gap", "float64"),
        Column("share", "Share of the way", "float64"),
        Column("target", "Target", "float64", value=of_kpi(lambda kpi: kpi.target.value if kpi.target else None)),
        Column("target_by", "Target by", DAY, value=of_kpi(lambda kpi: kpi.target.by if kpi.target else None)),
    )
    return Sheet(columns, found)


def _milestones(found: Progress) -> Sheet[MilestoneRow]:
    columns: tuple[Column[MilestoneRow], ...] = (
        Column("kpi", "", value=lambda row: row.kpi.kpi),
        Column("title", "KPI", value=lambda row: row.kpi.title),
        Column("by", "By", DAY, value=lambda row: row.milestone.by),
        Column("value", "Milestone", "float64", value=lambda row: row.milestone.value),
        Column("status", "Status", value=lambda row: row.milestone.status, cell=lambda row: row.milestone.status.word),
        Column(
            "reading", "Reading", "float64", value=lambda row: row.milestone.reading and row.milestone.reading.value
        ),
        Column("reading_date", "Read on", DAY, value=lambda row: row.milestone.reading and row.milestone.reading.date),
    )
    return Sheet(columns, [MilestoneRow(one, milestone) for one in found for milestone in one.milestones])


def _parts(found: Progress) -> Sheet[PartRow]:
    columns: tuple[Column[PartRow], ...] = (
        Column("kpi", "", value=lambda row: row.kpi.kpi),
        Column("title", "KPI", value=lambda row: row.kpi.title),
        Column("where", "Of whom", value=lambda row: said_of(row.part.where)),
        Column("date", "Date", DAY, value=lambda row: row.part.date),
        Column("value", "Value", "float64", value=lambda row: row.part.value),
        Column("n", "Of how many", "Int64", value=lambda row: row.part.n),
        Column("hidden", "Hidden", value=lambda row: row.part.hidden),
    )
    return Sheet(columns, [PartRow(one, part) for one in found for part in one.parts])


def _pillars(found: Progress) -> Sheet[PillarRow]:
    titles = found.theory.pillars

    def rows() -> Iterator[PillarRow]:
        for one in found.pillars:
            yield PillarRow(one.node, None, one.own)
            yield from (PillarRow(one.node, level, tally) for level, tally in one.beneath.items())

    def number_of(status: Status) -> Callable[[PillarRow], int]:
        return lambda row: row.tally.counts[status]

    columns: tuple[Column[PillarRow], ...] = (
        Column("pillar", "Pillar", cell=lambda row: one_line(titles[row.pillar].title)),
        Column("level", "Level beneath"),
        *(
            Column(status.value.replace("-", "_"), status.word.capitalize(), "int64", value=number_of(status))
            for status in Status
        ),
        Column("drafts", "Drafts", "int64", value=lambda row: row.tally.drafts),
    )
    return Sheet(columns, [*rows()])


def progress_record(found: Progress) -> dict[str, Any]:
    """Every KPI, and how many stand how: of all, and of each pillar."""
    return {
        "title": found.theory.title,
        "today": found.today.isoformat(),
        "small_groups": found.small_groups,
        "summary": _tally(found.summary),
        "kpis": [_kpi(one) for one in found],
        "pillars": [
            {
                "pillar": one.node,
                "own": _tally(one.own),
                "beneath": {level: _tally(tally) for level, tally in one.beneath.items()},
            }
            for one in found.pillars
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    kpis = [one.kpi for one in tally]
    return {"text": tally.text, "counts": plain(tally.counts), "drafts": tally.drafts, "kpis": kpis}


def _kpi(one: KpiProgress) -> dict[str, Any]:
    milestones = [{**plain(milestone), "reading": _reading(milestone.reading)} for milestone in one.milestones]
    readings = {"latest": _reading(one.latest), "previous": _reading(one.previous)}
    return {**plain(one), **readings, "milestones": milestones}


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    """A reading of everybody, without what somebody noted beside it."""
    if reading is None:
        return None
    return {"date": reading.date.isoformat(), "value": reading.value, "n": reading.n}
