"""Guidance as pages, before any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from toc.guidance.advice_file import advice, filled, some, stepped
from toc.guidance.advice_schema import Book
from toc.guidance.own_words import in_own_words
from toc.guidance.scales import Approach, Fit, rung
from toc.language.text import one_line
from toc.pages.blocks import Block, Bullets, Coded, Heading, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.guidance.advice import ActivityFit, Guidance, KpiFit, Source, SuggestedKpi


def card(found: Guidance) -> Page:
    """The advice for one activity, with everything that belongs to it."""
    title = one_line(found.title)
    book = in_own_words(advice(), found.own_words)
    return Page(title, (Heading(title, 1), *_card_blocks(found, book), *source_blocks(found.sources, book)))


def guidance_page(title: str, found: Sequence[Guidance], own: Mapping[str, str]) -> Page:
    """The advice for every activity of a theory: at a glance, then one by one, then the sources once."""
    book = in_own_words(advice(), own)
    name = filled(book.words["guidance_title"], title=title)
    if not found:
        return Page(name, (Heading(name, 1), Paragraph(book.words["nothing_to_guide"])))
    blocks: list[Block] = [Heading(name, 1), Paragraph(book.words["plan_kinds"]), overview(found, book)]
    for one in found:
        blocks += [Heading(one_line(one.title)), *_card_blocks(one, book)]
    sources = dict.fromkeys(source for one in found for source in one.sources)
    return Page(name, (*blocks, *source_blocks(sources, book), Paragraph(book.words["plan_basis"])))


def glance(title: str, found: Iterable[Guidance], own: Mapping[str, str]) -> Page:
    """The advice for every activity in one table, and what it rests on."""
    book = in_own_words(advice(), own)
    return Page(title, (overview(found, book), Paragraph(book.words["plan_kinds"])))


def overview(found: Iterable[Guidance], book: Book) -> Table:
    """A row for each activity: what it says of itself, how to measure it, what is measured now."""
    names = ("activity", "certainty", "headline", "now")
    rows = tuple(
        (
            one_line(one.title),
            (one.certainty or book.inputs.participation_missing, _people(one, book)),
            (one.headline, book.words[f"{one.basis}_word"]),
            (now(one, book), *_measured(one, book)),
        )
        for one in found
    )
    columns = tuple(book.columns[name] for name in names)
    return Table(
        (columns[0], f"{columns[1]}, {book.columns['participation'].lower()}", *columns[2:]), rows, (3, 2, 4, 4)
    )


def fit_word(fit: ActivityFit | KpiFit, book: Book) -> str:
    """The fit as a word of the page."""
    return book.words[fit.fit or "unknown"]


def source_blocks(sources: Iterable[Source], book: Book) -> Iterator[Block]:
    """The sources with what each really says."""
    yield Heading(book.words["sources"])
    yield Bullets(tuple(_source(source, book) for source in sources))


def _source(source: Source, book: Book) -> str:
    if source.url is None:
        template = book.words["source"]
        return filled(template, cite=source.cite, reference=source.reference, supports=source.supports)
    template = book.words["source_url"]
    return filled(template, cite=source.cite, reference=source.reference, url=source.url, supports=source.supports)


def _people(one: Guidance, book: Book) -> str:
    found = one.participation
    if found.people is not None:
        return f"{found.people:,} ({found.level})"
    return found.level or book.inputs.participation_missing


def now(one: Guidance, book: Book) -> str:
    """How the KPIs in reach stand to the advice, and how far on what decides is measured."""
    words, fit = book.words, one.kpi_fit
    if one.approach is Approach.REDESIGN and fit.fit is None:
        return words["now_redesign"]
    if not (fit.has_own or fit.has_further):
        return words["now_pillar"] if fit.kpis else words["now_nothing"]
    if one.approach is None:
        return words["unknown"]
    word = words[f"now_{fit.fit or 'unknown'}"]
    deciding = [kpi.steps for kpi in fit.kpis if kpi.fit is fit.fit]
    steps = min(deciding, default=0)
    return word if fit.has_own or not steps else filled(words["now_on"], word=word, steps=stepped(steps, book))


def claims_of(one: Guidance, book: Book) -> tuple[str, ...]:
    """What not to claim of an activity as it is measured now: of feedback only where it is asked for."""
    feedback = {book.do_not_claim.feedback_lasts, book.do_not_claim.feedback_silent}
    asked = any(kpi.level == "feedback" for kpi in one.kpi_fit.kpis)
    return tuple(claim for claim in one.do_not_claim if asked or claim not in feedback)


def _measured(one: Guidance, book: Book) -> tuple[str, ...]:
    """The KPIs that fit and claim no more than the activity can answer for, else what would mend it."""
    if one.kpi_fit.change:
        return (one.kpi_fit.change,)
    fitting = [kpi.title for kpi in one.kpi_fit.kpis if kpi.fit is Fit.FITS and _within(kpi, one)]
    if len(fitting) > 3 and one.kpi_fit.more and one.kpi_fit.kpis[-1].fit is Fit.FITS:  # others may fit as well
        names, others = ", ".join(fitting[:3]), len(fitting[3:])
        return (filled(book.plan.more_at_least, names=names, count=f"{others:,}"),)
    return (some(book, fitting),) if fitting else (one.kpi_fit.reason,)


def _within(kpi: KpiFit, one: Guidance) -> bool:
    return kpi.level is not None and one.maximum_level is not None and rung(kpi.level) <= rung(one.maximum_level)


def _card_blocks(found: Guidance, book: Book) -> Iterator[Block]:
    words = book.words
    yield Paragraph(found.headline, strong=True)
    yield _facts(found, book)
    if found.questions:
        yield from (Heading(words["questions"], 3), Bullets(found.questions), Paragraph(words["questions_how"]))
    yield from (Heading(words["why"], 3), Bullets((*found.reasons, found.basis_words)))
    yield from (Heading(words["claims"], 3), Bullets(found.do_not_claim))
    yield from (Heading(words["fit"], 3), Bullets(tuple(_fit_lines(found.kpi_fit, book))))
    yield from (Heading(words["suggested"], 3), _suggestions(found.suggested_kpis, book), Paragraph(found.wording))
    if found.gaps:
        yield from (Heading(words["gaps"], 3), Bullets(tuple(Coded(gap.message) for gap in found.gaps)))
    yield from (Heading(words["notes"], 3), Bullets(found.notes))
    yield from (Heading(words["reading"], 3), Bullets(found.mapping))


def _facts(found: Guidance, book: Book) -> Table:
    names = ("certainty", "participation", "levels", "effort", "who_what")
    cells = (
        found.certainty or book.inputs.participation_missing,
        found.participation.words,
        _levels(found, book),
        book.efforts[found.effort] if found.effort else book.words["not_yet"],
        found.who,
    )
    rows = tuple(zip((book.columns[name] for name in names), cells, strict=True))
    return Table((book.words["facts"], ""), rows, (1, 4))


def _levels(found: Guidance, book: Book) -> str:
    if found.minimum_level is None or found.maximum_level is None:
        return book.words["not_yet"]
    return filled(book.words["level_range"], minimum=found.minimum_level, maximum=found.maximum_level)


def _fit_lines(fit: ActivityFit, book: Book) -> Iterator[str]:
    yield fit.reason
    if fit.change:
        yield filled(book.words["smallest"], change=fit.change)
    for kpi in fit.kpis:
        if kpi.fit is None:
            yield filled(book.words["kpi_is_open"], kpi=kpi.title, reason=kpi.reason)
        else:
            yield filled(book.words["kpi_is"], kpi=kpi.title, fit=fit_word(kpi, book), reason=kpi.reason)
    if fit.more:
        yield filled(book.words["more_kpis"], count=f"{fit.more:,}")


def _suggestions(kpis: Iterable[SuggestedKpi], book: Book) -> Table:
    rows = tuple((k.title, (k.level, k.design), k.unit, (k.method, k.collected_by, k.frequency)) for k in kpis)
    return Table(tuple(book.columns[name] for name in ("kpi", "level", "unit", "how")), rows, (4, 2, 3, 4))
