"""What a report says of measuring: what is measured and why, the plan, and how the KPIs stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toc.guidance.advice import Guidance
from toc.guidance.brief import opening
from toc.guidance.page import claims_of, now
from toc.guidance.plan_kpis import kpi_table
from toc.guidance.plan_page import collectors, still_missing
from toc.language.text import listed, one_line
from toc.language.vocabulary import how_many, in_sentence, word
from toc.monitoring.progress_page import known_and_unknown, progress_notes, progress_opening
from toc.pages.blocks import Block, Bullets, Cell, Heading, Note, Paragraph, Table, deeper, lines
from toc.partnership.exchanges import taking_part
from toc.reports.report_basis import MOST_TITLES, Basis
from toc.reports.report_pictures import progress_charts


def measuring(basis: Basis) -> Iterator[Block]:
    """How each activity is measured and why so, and what is not claimed."""
    yield Heading("What we measure and why")
    found, book = basis.planned.guidance, basis.planned.book
    if not found:
        yield Paragraph(
            f"There is no {in_sentence(basis.theory, 'activity')} yet, so there is nothing to say how to measure."
        )
        return
    yield Paragraph(" ".join(opening(basis.summary, book, basis.summary.kpis)), strong=True)
    ordered = basis.by_pillar(found.values(), lambda one: basis.theory.columns.get(one.activity))
    how = f"How to measure it, and how its {basis.say.many('kpi')} fit"
    heads = (word(basis.theory, "activity"), how, "Do not claim")
    yield Table(heads, tuple(_advice(basis, one) for one in ordered), (4, 5, 5))
    yield Heading("Why so", 3)
    reasons: dict[str, list[str]] = {}
    for one in ordered:
        reasons.setdefault(one.reasons[0], []).append(f"“{one_line(one.title)}”")
    yield Bullets(tuple(f"{listed(titles, most=MOST_TITLES)}: {reason}" for reason, titles in reasons.items()))
    yield Note(book.words["plan_kinds"])


def _advice(basis: Basis, one: Guidance) -> tuple[Cell, ...]:
    book = basis.planned.book
    people = one.participation
    many = f"{people.people:,} ({people.level})" if people.people is not None else people.level
    rated = f"certainty {one.certainty or 'not said'}, participation {many or 'not said'}"
    claims = claims_of(one, book)
    return (one_line(one.title), rated), (one.headline, now(one, book)), claims[0] if claims else "–"


def plan(basis: Basis) -> Iterator[Block]:
    """Every KPI with who collects it and how, where the whole plan is wanted; else who collects how much."""
    yield Heading("Measurement plan")
    if not basis.rows:
        yield Paragraph(f"There is no {in_sentence(basis.theory, 'kpi')} yet, and nothing that needs one.")
        return
    missing = f", and {how_many(basis.theory, 'kpi', basis.summary.missing)} missing" if basis.summary.missing else ""
    yield Paragraph(f"{how_many(basis.theory, 'kpi', basis.summary.kpis)} planned{missing}.")
    if basis.audience.has_whole_plan:
        yield from _kpis(basis)
    yield from deeper(still_missing(basis.planned, basis.rows))
    # Month by month is for those who do the work.
    summary = replace(basis.summary, months=()) if basis.audience.is_outside else basis.summary
    yield from deeper(collectors(summary, basis.planned.book))


def _kpis(basis: Basis) -> Iterator[Block]:
    """The KPIs in the order of the pillars, with what they do not show."""
    rows = basis.by_pillar(basis.rows, lambda row: row.pillar)
    yield narrow(kpi_table(rows, basis.planned.book))
    yield from basis.claims_about(id for row in rows for id in row.activities)


def narrow(table: Table) -> Table:
    """The table of KPIs on upright paper: what a KPI looks at and its status stand under its title, the advice elsewhere."""
    names, levels, *others, _ = table.columns
    rows = []
    for title, level, *rest, last in table.rows:
        about = "; ".join((", ".join(filter(None, lines(level))), lines(last)[-1]))
        rows.append(((*lines(title), about), *rest))
    return Table((f"{names}, {levels[0].lower()}{levels[1:]}", *others), tuple(rows), (7, 5, 5, 4))


def progress(basis: Basis) -> Iterator[Block]:
    """How the KPIs stand: as a chart, the same figures as tables, and how to read both."""
    yield Heading(f"{basis.say.nouns['kpi'].heading} progress")
    found = basis.progress
    if not len(found):
        yield Paragraph(f"There is no {in_sentence(basis.theory, 'kpi')} yet: nothing can be said about progress.")
        return
    yield from progress_opening(found).blocks[1:]
    yield from progress_charts(basis)
    for section in known_and_unknown(found):
        yield from deeper(section.blocks)
        yield from basis.not_claimed(section.kpis)
    yield from deeper(progress_notes(found))


def partners(basis: Basis) -> Iterator[Block]:
    """Who takes part, in what; nothing where the theory names nobody."""
    theory = basis.theory
    if not theory.partners:
        return
    yield Heading(word(theory, "partner", plural=True))
    taking: dict[str, list[str]] = {}
    for activity in theory.activities.values():
        for id in taking_part(activity):
            taking.setdefault(id, []).append(one_line(activity.title))
    rows = tuple(
        ((one_line(one.title), one.description or ""), listed(taking.get(id, ["nothing that is written down"])))
        for id, one in theory.partners.items()
    )
    yield Table((word(theory, "partner"), "Takes part in"), rows, (3, 5))
