"""The KPIs of the measurement plan as tables: a few roomy columns to read, or one for each field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from toc.guidance.advice_file import advice, counted, filled
from toc.guidance.advice_schema import Book
from toc.guidance.plan import Planned, PlanRow
from toc.language.dates import month
from toc.language.numbers import number
from toc.language.text import one_line
from toc.pages.blocks import Cell, Table


def kpi_table(rows: Iterable[PlanRow], book: Book) -> Table:
    """A row for each KPI in six columns, for a page."""
    names = ("kpi", "level", "from_to", "how", "rounds_effort", "advice_status")
    columns = tuple(book.columns[name] for name in names)
    return Table(columns, tuple(_kpi_row(row, book) for row in rows), (6, 4, 5, 5, 4, 5))


def _kpi_row(row: PlanRow, book: Book) -> tuple[Cell, ...]:
    return (
        (_title(row, book), filled(book.words["measures"], nodes=row.node)),
        (_said(row, "level"), row.design or ""),
        (_said(row, "unit"), *_from_to(row, book)),
        (_said(row, "method"), _said(row, "who"), _said(row, "how_often")),
        (*_rounds(row, book), _said(row, "effort")),
        (row.advice, _status(row, book)),
    )


def _said(row: PlanRow, name: str) -> str:
    """What stands in a cell, or what is missing there."""
    return row.blanks.get(name) or one_line(str(getattr(row, name)))


def _title(row: PlanRow, book: Book) -> str:
    if not row.missing:
        return one_line(row.title)
    unrated = all(approach is None for approach in row.advised)
    return book.plan.missing_unknown if unrated else filled(book.plan.missing, kpi=row.title)


def _status(row: PlanRow, book: Book) -> str:
    return book.plan.missing_status if row.missing else _said(row, "status")


def _from_to(row: PlanRow, book: Book) -> tuple[str, ...]:
    """Baseline and target; both on one line when both are missing."""
    start = row.blanks.get("baseline") or _dated(row.baseline, row.baseline_date, book.words["on"])
    end = row.blanks.get("target") or _dated(row.target, row.target_date, book.words["by"])
    return (filled(book.words["from_to"], baseline=start, target=end),)


def _dated(value: float | None, day: date | None, template: str) -> str:
    shown = "" if value is None else number(value)
    return filled(template, value=shown, date=month(day)) if day else shown


def _rounds(row: PlanRow, book: Book) -> tuple[str, ...]:
    words = book.words
    a_year = () if row.collections_a_year is None else (filled(words["a_year"], count=str(row.collections_a_year)),)
    if row.how_often == "once":
        return (words["once"],)
    if row.collections is not None and row.running_months is not None:
        rounds = counted(book, "round", row.collections)
        months = counted(book, "month", row.running_months)
        return (*a_year, filled(words["in_all"], rounds=rounds, months=months))
    return a_year or (row.blanks["collections"],)


def flat_plan(rows: Iterable[PlanRow], planned: Planned) -> Table:
    """A row for each KPI and a column for each field, for spreadsheets; programs read it, so its headings never change."""
    columns = advice().columns
    names = (
        "pillar", "node", "kpi", "level", "design", "unit", "baseline", "baseline_date", "target", "target_date",
        "method", "who", "how_often", "running_months", "collections_a_year", "collections", "hours", "effort",
        "advice", "status",
    )  # fmt: skip
    return Table(tuple(columns[name] for name in names), tuple(_flat(row, planned) for row in rows))


def pillar_title(planned: Planned, pillar: str | None) -> str:
    """What a pillar is called, or what stands in its place for KPIs outside every pillar."""
    return planned.book.words["outside"] if pillar is None else one_line(planned.theory.pillars[pillar].title)


def _flat(row: PlanRow, planned: Planned) -> tuple[Cell, ...]:
    book = planned.book

    def cell(name: str) -> Cell:
        value = getattr(row, name)
        return value if isinstance(value, (int, float)) else _said(row, name)

    return (
        pillar_title(planned, row.pillar) if planned.theory.pillars else "",
        row.node,
        _title(row, book),
        *(cell(name) for name in ("level",)),
        row.design or "",
        *(cell(name) for name in ("unit", "baseline")),
        row.baseline_date.isoformat() if row.baseline_date else "",
        cell("target"),
        row.target_date.isoformat() if row.target_date else "",
        *(cell(name) for name in ("method", "who", "how_often", "running_months")),
        row.collections_a_year,
        cell("collections"),
        row.hours,
        cell("effort"),
        row.advice,
        _status(row, book),
    )
