"""The KPIs of the measurement plan as tables: a few roomy columns to read, or one for each field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from toc.guidance.advice_file import advice, counted, filled
from toc.guidance.advice_schema import Book
from toc.guidance.plan_rows import Planned, PlanRow
from toc.language.dates import month
from toc.language.numbers import number
from toc.language.text import one_line
from toc.pages.blocks import Cell, Table
from toc.pages.sheet import Column, Sheet

DAY: Final = "datetime64[s]"


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


def pillar_title(planned: Planned, pillar: str | None) -> str:
    """What a pillar is called, or what stands in its place for KPIs outside every pillar."""
    return planned.book.words["outside"] if pillar is None else one_line(planned.theory.pillars[pillar].title)


def plan_sheet(rows: Sequence[PlanRow], planned: Planned) -> Sheet[PlanRow]:
    """A row for each KPI and a column for each field; programs read it, so its headings never change."""
    heads, book, pillars = advice().columns, planned.book, planned.theory.pillars

    def known(name: str, dtype: str = "object") -> Column[PlanRow]:
        """A field of which `blanks` says what is missing."""
        return Column(name, heads[name], dtype, cell=lambda row: row.blanks.get(name) or getattr(row, name))

    columns: tuple[Column[PlanRow], ...] = (
        Column("pillar", heads["pillar"], cell=lambda row: pillar_title(planned, row.pillar) if pillars else None),
        Column("nodes", ""),
        Column("node", heads["node"]),
        Column("kpi", ""),
        Column("title", heads["kpi"], cell=lambda row: _title(row, book)),
        known("level"),
        Column("design", heads["design"]),
        known("unit"),
        known("baseline", "float64"),
        Column("baseline_date", heads["baseline_date"], DAY),
        known("target", "float64"),
        Column("target_date", heads["target_date"], DAY),
        known("method"),
        known("who"),
        known("how_often"),
        known("running_months", "Int64"),
        Column("collections_a_year", heads["collections_a_year"], "Int64"),
        known("collections", "Int64"),
        Column("hours", heads["hours"], "float64"),
        known("effort"),
        Column("activities", ""),
        Column("activity_count", "", "Int64"),
        Column("advised", "", value=lambda row: tuple(approach and approach.value for approach in row.advised)),
        Column("advice", heads["advice"]),
        Column("status", heads["status"], cell=lambda row: _status(row, book)),
        Column("missing", "", "bool"),
        Column("blanks", "", value=lambda row: tuple(row.blanks)),
    )
    return Sheet(columns, rows)
