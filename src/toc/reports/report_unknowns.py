"""What a report says that nobody knows: three things on one page, and all of it in a part of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.checks.page import MARKS
from toc.checks.priorities import kinds
from toc.language.numbers import counted, number
from toc.language.text import listed, quoted
from toc.language.vocabulary import how_many, in_sentence
from toc.monitoring import Status
from toc.monitoring.progress_page import SOME_HIDDEN
from toc.monitoring.standing import standing
from toc.monitoring.statuses import Why
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Note, Paragraph, Table
from toc.reports.report_basis import Basis

MOST: Final = 3
MOST_ROWS: Final = 40
LONGEST: Final = 120  # letters of a title or an assumption on one page
UNREAD: Final = (Why.STALE, Why.NO_READING, Why.NOT_READ)


def three_unknowns(basis: Basis) -> Iterator[Block]:
    """The three things that weigh most among those that nobody knows; what there is of them where they are fewer."""
    found = [*_unknowns(basis)][:MOST]
    if found:
        yield Bullets(tuple(found))
    if len(found) < MOST:
        rest = "Beyond that, nothing" if found else "Nothing"
        yield Paragraph(
            f"{rest} was found that the readings, the assumptions and the plan leave open. That is no proof that all is known."
        )


def _unknowns(basis: Basis) -> Iterator[str]:
    """What nobody knows, the weightiest first."""
    theory, say, counts = basis.theory, basis.say, basis.summary.counts
    unknown = [one.title for one in basis.progress if one.status is Status.UNKNOWN and not one.draft]
    if unknown:
        titles = listed([quoted(title, LONGEST) for title in unknown], most=2)
        of_all = how_many(theory, "kpi", basis.progress.summary.counted)
        yield f"How {len(unknown):,} of {of_all} stand{'s' if len(unknown) == 1 else ''}: {titles}."
    elif not theory.kpis:
        yield f"Whether anything changes: there is no {say.one('kpi')} yet."
    if untested := basis.exposure.untested:
        first = untested[0]
        more = f" {counted(len(untested) - 1, 'more is', 'more are')} not tested either." if len(untested) > 1 else ""
        yield f"Whether it is true that {quoted(first.text, LONGEST)}: nobody has tested it.{more}"
    if counts.unmeasured:
        yield f"What {how_many(theory, 'activity', counts.unmeasured)} bring{'s' if counts.unmeasured == 1 else ''} about: no {say.one('kpi')} tells."
    if counts.unrated:
        yield f"How certain it is that {how_many(theory, 'activity', counts.unrated)} change{'s' if counts.unrated == 1 else ''} anybody: nobody has said."
    if count := sum(not row.missing and not row.blanks.keys().isdisjoint(("baseline", "target")) for row in basis.rows):
        verb = "starts and should arrive: it has" if count == 1 else "start and should arrive: they have"
        yield f"Where {how_many(theory, 'kpi', count)} {verb} no baseline or no target yet."


def unknown(basis: Basis) -> Iterator[Block]:
    """What the checks find, what nobody has tested, what nobody has read, and what is hidden."""
    yield Heading("What we do not know")
    if "summary" not in basis.audience.sections:
        yield from three_unknowns(basis)
    yield Heading("What the checks find", 3)
    yield from _findings(basis)
    yield Heading(f"{basis.say.nouns['assumption'].headings} that nobody has tested", 3)
    yield from _untested(basis)
    yield Heading(f"{basis.say.nouns['kpi'].headings} without a reading that counts", 3)
    yield from _unread(basis)
    yield Heading("Figures of few people", 3)
    yield from _hidden(basis)


def _findings(basis: Basis) -> Iterator[Block]:
    """A row for each kind of finding; how to mend it only for those who can."""
    yield Paragraph(basis.findings.summary)
    inside = not basis.audience.is_outside
    heads = ("How grave", "What was found", *(("How to fix it",) if inside else ()), "Rule")
    rows: list[tuple[Cell, ...]] = []
    for kind in kinds(basis.theory, basis.findings):
        first, more = kind.findings[0], len(kind.findings) - 1
        said = Coded(f"{first.message}{f' (and {number(more)} more like this)' if more else ''}")
        fix = (Coded(first.fix),) if inside else ()
        rows.append((f"{MARKS[kind.severity]} {kind.severity}", said, *fix, f"{kind.code} {kind.name}"))
    if rows:
        yield Table(heads, tuple(rows), (2, 6, 5, 3) if inside else (2, 8, 3))


def _untested(basis: Basis) -> Iterator[Block]:
    found, say = basis.exposure.untested, basis.say
    failing = basis.exposure.failing
    if failing:
        yield Paragraph(
            f"{how_many(basis.theory, 'assumption', len(failing))} did not hold: {listed([quoted(one.text) for one in failing], most=MOST)}."
        )
    if not found:
        told = (
            "None is written down."
            if not any(link.assumptions for link in basis.theory.written_links)
            else "None: each was tested."
        )
        yield Paragraph(told)
        return
    rows = tuple(((one.text, say.link(one.link)), one.every, one.test or "not said") for one in found[:MOST_ROWS])
    hang = f"{say.nouns['activity'].headings} that hang on it alone"
    yield Table((f"{say.nouns['assumption'].heading}, and where", hang, "How to test it"), rows, (8, 2, 4))
    yield from _rest(len(found))


def _rest(count: int) -> Iterator[Block]:
    if count > MOST_ROWS:
        yield Paragraph(f"And {count - MOST_ROWS:,} more.")


def _unread(basis: Basis) -> Iterator[Block]:
    found = [one for one in basis.progress if one.why in UNREAD]
    if not basis.theory.kpis:
        yield Paragraph(f"There is no {in_sentence(basis.theory, 'kpi')} yet.")
    elif not found:
        yield Paragraph("None: whatever was due by this day has been read.")
    else:
        yield Bullets(tuple(f"{quoted(one.title)}: {standing(basis.theory, one)}." for one in found[:MOST_ROWS]))
        yield from _rest(len(found))


def _hidden(basis: Basis) -> Iterator[Block]:
    titles: Sequence[str] = [one.title for one in basis.progress if any(part.hidden for part in one.parts)]
    if titles:
        yield Paragraph(f"Hidden in {listed([quoted(title) for title in titles], most=MOST)}.")
        yield Note(SOME_HIDDEN)
    else:
        yield Paragraph("None had to be hidden.")
