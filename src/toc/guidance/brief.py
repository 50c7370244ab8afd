"""Guidance and plan in brief, for a terminal: a line for each activity, what to do next, and what not to claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from toc.guidance.advice_file import counted, filled, some
from toc.guidance.fit import fitting
from toc.guidance.page import claims_of, now
from toc.guidance.scales import Approach, Fit
from toc.language.text import bare, sentence
from toc.pages.blocks import Block, Bullets, Heading, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.guidance.advice import Guidance
    from toc.guidance.advice_schema import Book
    from toc.guidance.guidance_table import ActivityCounts

MOST_LETTERS: Final = 36  # of a title, so that each activity has one line
MOST_CLAIMS: Final = 3


class Summary(Protocol):
    """What the opening needs of the summary of guidance or of a plan."""

    @property
    def activities(self) -> int:
        """How many there are."""

    @property
    def counts(self) -> ActivityCounts:
        """What is planned, measured and to be redesigned."""

    @property
    def by_fit(self) -> Mapping[str, int]:
        """How many there are by fit."""


def brief_page(title: str, found: Sequence[Guidance], book: Book, words: str) -> Page:
    """The page that is read first; the rest stands in the long form."""
    if not found:
        return Page(title, (Heading(title, 1), Paragraph(book.words["nothing_to_guide"])))
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        Paragraph(words, strong=True),
        _lines(found, book),
        Heading(book.words["next"]),
        Bullets(tuple(_steps(found, book)) or (book.words["next_none"],)),
        Heading(book.words["claims"]),
        Bullets(tuple(_claims(found, book))),
        Paragraph(book.words["rest"]),
    )
    return Page(title, blocks)


def opening(summary: Summary, book: Book, kpis: int = 0) -> Iterator[str]:
    """The first sentences: what is missing, then what is planned, what is measured and what is to be redesigned."""
    words, counts, total = book.words, summary.counts, summary.activities
    activities, kpi = counted(book, "activity", total), book.nouns["kpi"][0]
    if counts.unmeasured == total:
        yield words["bare_one"] if total == 1 else filled(words["bare_all"], activities=activities, kpi=kpi)
    elif not counts.own:
        yield words["none_own_one"] if total == 1 else filled(words["none_own"], activities=activities, kpi=kpi)
    if kpis:
        yield filled(words["plan_opening"], kpis=counted(book, "kpi", kpis), activities=activities)
    if counts.unmeasured < total:
        yield from _planned(counts, total, book)
    fits = summary.by_fit
    for name, count in (
        ("plan_redesign", counts.to_redesign),
        ("plan_below", fits["below"]),
        ("plan_design", fits["design"]),
        ("plan_above", fits["above"]),
        ("plan_open", counts.open),
        ("plan_unrated", counts.unrated),
    ):
        if count:
            yield filled(words[name], count=counted(book, "activity", count), kpi=kpi)


def _planned(counts: ActivityCounts, total: int, book: Book) -> Iterator[str]:
    """What is planned, and how much of it is measured, where anything is."""
    words = book.words
    for name, count in (("further_on", counts.further_on), ("unmeasured", counts.unmeasured)):
        if count:
            yield filled(words[name], count=counted(book, "activity", count))
    if counts.fitting == total:
        yield words["plan_fits_all"]
    else:
        yield filled(words["plan_fits"], fits=f"{counts.fitting:,}", activities=counted(book, "activity", total))
    if counts.with_reading == total:
        yield words["plan_read_all"]
    elif counts.with_reading:
        yield filled(words["plan_read"], count=counted(book, "activity", counts.with_reading))
    else:
        yield words["plan_read_none"]


def _lines(found: Sequence[Guidance], book: Book) -> Table:
    """One line for each activity: how to measure it, and how what is measured now stands to that."""
    names = ("activity", "approach", "now")
    rows = tuple((_cut(one.title), one.approach or book.words["how_open"], now(one, book)) for one in found)
    return Table(tuple(book.columns[name] for name in names), rows, (4, 1, 3))


def _cut(title: str) -> str:
    text = bare(title)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def _steps(found: Sequence[Guidance], book: Book) -> Iterator[str]:
    """What to do, the first thing first; each thing once, with the activities that it is about."""
    words = book.words
    for name, concerned in (
        ("next_open", [one for one in found if one.approach is None]),
        ("next_people", [one for one in found if one.approach and one.participation.level is None]),
        ("next_redesign", [one for one in found if one.approach is Approach.REDESIGN]),
        ("next_above", [one for one in found if one.kpi_fit.fit is Fit.ABOVE]),
        ("next_below", [one for one in found if one.kpi_fit.fit is Fit.BELOW]),
        ("next_design", [one for one in found if one.kpi_fit.fit is Fit.DESIGN]),
        ("next_level", [one for one in found if one.is_open]),
    ):
        if concerned:
            yield filled(words[name], activities=some(book, map(_title, concerned)), change=_change(concerned[0], book))


def _change(one: Guidance, book: Book) -> str:
    """What would mend the fit of an activity, in short: of what is to be added the title is enough."""
    if one.kpi_fit.fit is Fit.BELOW and one.minimum_level and one.approach:
        return sentence(fitting(one.suggested_kpis, one.minimum_level, book.wanted[one.approach]).title)
    return one.kpi_fit.change or ""


def _title(one: Guidance) -> str:
    return f"“{_cut(one.title)}”"


def _claims(found: Sequence[Guidance], book: Book) -> Iterator[str]:
    """The claims that most activities cannot make, each with how many these are."""
    counts = Counter(claim for one in found for claim in claims_of(one, book))
    for claim, count in counts.most_common(MOST_CLAIMS):
        yield filled(book.words["claim_count"], claim=claim.rstrip("."), count=counted(book, "activity", count))
