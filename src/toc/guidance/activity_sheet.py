"""The advice for activities as a table for pandas and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toc.guidance.advice_file import advice
from toc.guidance.page import fit_word
from toc.pages.sheet import Column, Sheet

if TYPE_CHECKING:
    from toc.guidance.advice import Guidance


def activity_sheet(found: Sequence[Guidance]) -> Sheet[Guidance]:
    """A row for each activity, with a column for each field; programs read it, so its headings never change."""
    book = advice()
    heads = book.columns

    def or_not_yet(name: str) -> Column[Guidance]:
        return Column(name, heads[name], cell=lambda one: getattr(one, name) or book.words["not_yet"])

    columns: tuple[Column[Guidance], ...] = (
        Column("activity", ""),
        Column("title", heads["activity"]),
        Column("certainty", heads["certainty"], cell=lambda one: one.certainty or book.inputs.participation_missing),
        Column(
            "participation",
            heads["participation"],
            "Int64",
            value=lambda one: one.participation.people,
            cell=lambda one: one.participation.level if one.participation.people is None else one.participation.people,
        ),
        Column("participation_level", "", value=lambda one: one.participation.level),
        or_not_yet("approach"),
        Column("headline", heads["headline"]),
        or_not_yet("minimum_level"),
        or_not_yet("maximum_level"),
        Column("basis", heads["basis"]),
        or_not_yet("effort"),
        Column("who", heads["who_what"]),
        Column("fit", heads["fit"], value=lambda one: one.kpi_fit.fit, cell=lambda one: fit_word(one.kpi_fit, book)),
        Column(
            "change",
            heads["now"],
            value=lambda one: one.kpi_fit.change,
            cell=lambda one: (one.kpi_fit.reason, one.kpi_fit.change or ""),
        ),
        Column("suggested_kpis", heads["suggested"], value=lambda one: tuple(kpi.title for kpi in one.suggested_kpis)),
        Column("do_not_claim", heads["do_not_claim"]),
        Column("reasons", heads["reasons"]),
        Column("gaps", heads["gaps"], value=lambda one: tuple(gap.message for gap in one.gaps)),
        Column("notes", heads["notes"]),
        Column("sources", heads["sources"], value=lambda one: tuple(source.cite for source in one.sources)),
    )
    return Sheet(columns, found)
