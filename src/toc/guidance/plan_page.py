"""The measurement plan as a page to hand round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.guidance.advice_file import counted, filled, some
from toc.guidance.advice_schema import Book
from toc.guidance.advising import mapping_words
from toc.guidance.brief import opening
from toc.guidance.page import claims_of, overview, source_blocks
from toc.guidance.plan_kpis import kpi_table, pillar_title
from toc.guidance.plan_rows import Planned, PlanRow
from toc.guidance.plan_summary import Collector, PlanSummary
from toc.guidance.scales import Effort
from toc.language import numbers
from toc.model.nodes import Activity
from toc.pages.blocks import Block, Bullets, Cell, Heading, Page, Paragraph, Table

MOST_MONTHS: Final = 36


def plan_page(planned: Planned, rows: Sequence[PlanRow], summary: PlanSummary) -> Page:
    """The plan: what each activity needs, every KPI by pillar, what is missing, who collects, what not to claim."""
    book = planned.book
    title = filled(book.words["plan_title"], title=planned.theory.title)
    if not planned.guidance and not rows:
        return Page(title, (Heading(title, 1), Paragraph(book.words["no_kpis"])))
    blocks = (
        Heading(title, 1),
        *_opening(summary, book),
        *_needs(planned),
        *_by_pillar(planned, rows),
        *still_missing(planned, rows),
        *collectors(summary, book),
        *_proportion(summary, book),
        *_claims(planned),
        *_reading(planned, rows),
    )
    return Page(title, blocks)


def _opening(summary: PlanSummary, book: Book) -> Iterator[Block]:
    yield Paragraph(" ".join((*_first_sentences(summary, book), *_unfilled(summary, book))), strong=True)
    if summary.activities:
        yield Paragraph(book.words["plan_kinds"])


def _first_sentences(summary: PlanSummary, book: Book) -> Iterator[str]:
    """What is missing first, and nothing that is only planned as if it were measured."""
    words = book.words
    if summary.activities:
        yield from opening(summary, book, summary.kpis)
    else:
        yield filled(
            words["plan_opening"], kpis=counted(book, "kpi", summary.kpis), activities=counted(book, "activity", 0)
        )


def _unfilled(summary: PlanSummary, book: Book) -> Iterator[str]:
    words = book.words
    if summary.missing:
        yield filled(words["plan_missing"], missing=counted(book, "kpi", summary.missing))
    if summary.unknown:
        cells = counted(book, "cell", summary.cells)
        yield filled(words["plan_unknown"], unknown=f"{summary.unknown:,}", cells=cells)
    else:
        yield words["plan_unknown_none"]


def _needs(planned: Planned) -> Iterator[Block]:
    if planned.guidance:
        yield Heading(planned.book.words["needs"])
        yield overview(planned.guidance.values(), planned.book)


def _by_pillar(planned: Planned, rows: Sequence[PlanRow]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(planned.book.words["kpis"])
    own: dict[str | None, list[PlanRow]] = {}
    for row in rows:
        own.setdefault(row.pillar, []).append(row)
    for pillar in (*planned.theory.pillars, None):
        if pillar in own:
            if planned.theory.pillars:
                yield Heading(pillar_title(planned, pillar), 3)
            yield kpi_table(own[pillar], planned.book)


def still_missing(planned: Planned, rows: Sequence[PlanRow]) -> Iterator[Block]:
    """By kind of cell, the KPIs in which nobody has filled it in; what follows from other cells is left out."""
    book = planned.book
    found = []
    for name in ("level", "unit", "baseline", "target", "method", "who", "how_often", "effort", "status"):
        titles = [row.title for row in rows if name in row.blanks and not row.missing]
        if titles and not (name == "effort" and not any(row.method for row in rows if name in row.blanks)):
            found.append(f"{book.columns[name]}: {some(book, titles, 4)}")
    titles = _undated(planned, rows)
    if titles:
        found.append(f"{book.columns['dates']}: {some(book, titles, 4)}")
    if found:
        yield Heading(book.words["blanks"])
        yield Bullets(tuple(found))


def _undated(planned: Planned, rows: Sequence[PlanRow]) -> list[str]:
    """The activities of any row for which it is not said when they start or end."""
    found = planned.concerns.concerned() | {id for row in rows if row.missing for id in row.activities}
    return [one.title for id, one in planned.theory.activities.items() if id in found and not _dates(one)]


def _dates(activity: Activity) -> bool:
    """Whether it is known when an activity starts and ends."""
    return activity.starts is not None and (activity.ends is not None or activity.recurs == "once")


def collectors(summary: PlanSummary, book: Book) -> Iterator[Block]:
    """Who collects how much, and month by month where that is known."""
    words = book.words
    if not summary.collectors:
        return
    yield Heading(words["collectors"])
    names = ("who", "kpis", "collections_a_year", "collections")[: 4 if summary.dated else 3]
    rows = tuple(_collector(one, book)[: len(names)] for one in summary.collectors)
    yield Table(tuple(book.columns[name] for name in names), rows, (4, 1, 2, 2)[: len(names)])
    kpis = counted(book, "kpi", summary.kpis)
    if not summary.dated:
        yield Paragraph(words["undated_all"])
    elif summary.dated < summary.kpis:
        yield Paragraph(filled(words["undated"], dated=f"{summary.dated:,}", kpis=kpis))
    yield Paragraph(_hours(summary, book))
    if summary.months:
        yield Heading(words["months"], 3)
        yield _month_table(summary, book)
        if len(summary.months) > MOST_MONTHS:
            yield Paragraph(filled(words["more_months"], count=f"{len(summary.months) - MOST_MONTHS:,}"))


def _collector(one: Collector, book: Book) -> tuple[Cell, ...]:
    part = filled(
        book.words["rounds_for"],
        rounds=f"{one.rounds:,}",
        dated=f"{one.dated:,}",
        kpis=counted(book, "kpi", one.kpis),
    )
    a_year: Cell = book.blanks.collections if one.rounds_a_year is None else one.rounds_a_year
    return (one.who or book.blanks.who, one.kpis, a_year, one.rounds if one.dated == one.kpis else part)


def _hours(summary: PlanSummary, book: Book) -> str:
    if not summary.hours_given:
        return book.words["hours_none"]
    return filled(
        book.words["hours"],
        given=f"{summary.hours_given:,}",
        kpis=counted(book, "kpi", summary.kpis),
        hours=numbers.counted(summary.hours, *book.nouns["hour"]),
    )


def _month_table(summary: PlanSummary, book: Book) -> Table:
    columns = tuple(book.columns[name] for name in ("month", "who", "collections"))
    shown = summary.months[:MOST_MONTHS]
    rows = tuple((month, who or book.blanks.who, rounds) for month, who, rounds in shown)
    return Table(columns, rows, (1, 4, 1))


def _proportion(summary: PlanSummary, book: Book) -> Iterator[Block]:
    yield Heading(book.words["proportion"])
    yield Bullets(summary.proportion) if summary.proportion else Paragraph(book.words["proportion_none"])


def _claims(planned: Planned) -> Iterator[Block]:
    """Each sentence once, with the activities that it is about."""
    book = planned.book
    activities: dict[str, list[str]] = {}
    notes: dict[str, None] = {}
    for one in planned.guidance.values():
        for claim in claims_of(one, book):
            activities.setdefault(claim, []).append(one.title)
        notes |= dict.fromkeys(one.notes)
    if activities:
        yield Heading(book.words["claims"])
        named = (
            filled(book.words["claim_for"], claim=claim, activities=some(book, titles, 4))
            for claim, titles in activities.items()
        )
        yield Bullets(tuple(named))
        yield from (Heading(book.words["notes"]), Bullets(tuple(notes)))


def _reading(planned: Planned, rows: Sequence[PlanRow]) -> Iterator[Block]:
    book, words = planned.book, planned.book.words
    efforts = filled(words["reading_effort"], **{effort.value: book.efforts[effort] for effort in Effort})
    kinds = mapping_words(book, {row.level for row in rows}, {row.design for row in rows if row.design})
    yield Heading(words["reading"])
    yield Bullets((*kinds, words["reading_fit"], efforts, words["reading_rounds"]))
    sources = dict.fromkeys(source for one in planned.guidance.values() for source in one.sources)
    if sources:
        yield from source_blocks(sources, book)
        yield Paragraph(words["plan_basis"])
