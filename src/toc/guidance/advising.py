"""The advice for activities, put together from the grid, the KPIs and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from toc.errors import TheoryError, as_given
from toc.guidance.advice import Gap, Guidance, Participation, Source, SuggestedKpi
from toc.guidance.advice_file import advice, counted, filled
from toc.guidance.advice_schema import Book
from toc.guidance.fit import Reach, activity_fit, reach
from toc.guidance.grid import Inputs, Settled, settled
from toc.guidance.scales import LADDER, Approach, Basis, participation_level, rung
from toc.guidance.suggestions import suggestions, with_suggested, wording
from toc.language.text import one_line
from toc.language.vocabulary import own_words
from toc.model import Theory
from toc.model.nodes import Activity
from toc.model.references import id_among, not_found
from toc.model.structure import article

T = TypeVar("T", bound=Theory)


def advised(theory: Theory) -> tuple[Guidance, ...]:
    """The advice for every activity, in the author's order."""
    return tuple(_advised(theory, activity) for activity in theory.activities.values())


def advised_on(theory: Theory, id: str) -> Guidance:
    """The advice for one activity. Raises TheoryError for anything else, with the nearest activity."""
    return _advised(theory, known_activity(theory, id))


def in_few_words(theory: Theory, activity: Activity) -> str:
    """How to measure an activity, for a line that has no room for more."""
    book = advice()
    found = settled(Inputs.of(theory, activity), book)
    if found is None:
        return book.words["few_words_open"]
    if found.cell.approach is Approach.REDESIGN:
        return book.words["few_words_redesign"]
    return filled(book.words["few_words"], approach=found.cell.approach)


def with_suggested_kpis(theory: T, id: str) -> T:
    """The theory with the KPIs that are suggested for an activity, as drafts; the same theory when it has them all."""
    activity = known_activity(theory, id)
    found = settled(Inputs.of(theory, activity), advice())
    return with_suggested(theory, activity.id, _suggested(activity, found, advice()), reach(theory, activity.id))


def known_activity(theory: Theory, id: Any) -> Activity:
    """The activity with that id, or the only one with that title. Raises TheoryError with the nearest of both."""
    found = id_among(theory.activities, id)
    if found is not None:
        return theory.activities[found]
    kind = theory.kind_of(id) if isinstance(id, str) else None
    said = (
        f"'{id}' is {article(kind)}, and guidance is for activities" if kind else f"there is no activity {as_given(id)}"
    )
    raise TheoryError([not_found(said, id, theory.activities)])


def _advised(theory: Theory, activity: Activity) -> Guidance:
    book = advice()
    inputs = Inputs.of(theory, activity)
    found = settled(inputs, book)
    hold = reach(theory, activity.id)
    suggested = _suggested(activity, found, book)
    basis = found.cell.basis if found else Basis.EXTENSION
    return Guidance(
        activity=activity.id,
        title=activity.title,
        headline=found.cell.headline if found else book.unknown.headline,
        approach=found.cell.approach if found else None,
        minimum_level=found.minimum if found else None,
        maximum_level=found.maximum if found else None,
        basis=basis,
        basis_words=book.inputs.basis_source if basis is Basis.SOURCE else book.inputs.basis_extension,
        certainty=inputs.certainty,
        participation=participation(theory, activity, book),
        reasons=_reasons(activity, found, book),
        suggested_kpis=suggested,
        wording=wording(activity.type, book),
        do_not_claim=_claims(found, hold, suggested, book),
        effort=found.cell.effort if found else None,
        who=found.cell.who if found else book.unknown.who,
        kpi_fit=activity_fit(hold, inputs.certainty, found, suggested, book),
        gaps=tuple(_gaps(activity, found, hold, book)),
        questions=() if found else tuple(question.asks for question in book.questions),
        notes=_notes(found, hold, book),
        mapping=_mapping(found, hold, suggested, book),
        sources=_sources(found, book),
        own_words=own_words(theory),
    )


def participation(theory: Theory, activity: Activity, book: Book) -> Participation:
    """How many people an activity means to change, with the scale in words."""
    people = activity.participation
    level = participation_level(theory, people)
    if people is None or level is None:
        return Participation(None, None, book.inputs.participation_missing)
    if not isinstance(people, int):
        return Participation(None, level, filled(book.inputs.written, level=level))
    low, high = theory.settings.participation_scale
    scale = filled(book.inputs.scale, low=f"{low:,}", below_high=f"{high - 1:,}", high=f"{high:,}")
    return Participation(
        people, level, filled(book.inputs.people, people=counted(book, "person", people), level=level, scale=scale)
    )


def _suggested(activity: Activity, found: Settled | None, book: Book) -> tuple[SuggestedKpi, ...]:
    return suggestions(activity.type, found.cell.suggests if found else book.unknown.suggests, book)


def _reasons(activity: Activity, found: Settled | None, book: Book) -> tuple[str, ...]:
    if found is None or activity.certainty is None:
        return book.unknown.reasons
    level, because = activity.certainty.level, activity.certainty.because
    rating = (
        filled(book.inputs.rated, certainty=level, because=_ended(because))
        if because
        else filled(book.inputs.rated_plainly, certainty=level)
    )
    return (*found.cell.reasons, rating)


def _ended(text: str) -> str:
    """A text that ends like a sentence."""
    line = one_line(text)
    return line if line[-1:] in ".!?…" else f"{line}."


def _claims(found: Settled | None, hold: Reach, suggested: Iterable[SuggestedKpi], book: Book) -> tuple[str, ...]:
    """What not to claim: by the approach, by a comparison that was made, and of feedback."""
    words = book.do_not_claim
    first = book.unknown.do_not_claim if found is None else getattr(words, found.cell.approach)
    claims = [first]
    if any(kpi.design == "comparison" for kpi in hold.kpis):
        # Somebody comparable is measured, so that sentence would not be true.
        claims = [claim for claim in claims if claim != words.attainment]
        claims.append(words.comparison)
    if "feedback" in {*(kpi.level for kpi in hold.kpis), *(kpi.level for kpi in suggested)}:
        claims += [words.feedback_lasts, words.feedback_silent]
    return tuple(dict.fromkeys(claims))


def _gaps(activity: Activity, found: Settled | None, hold: Reach, book: Book) -> Iterator[Gap]:
    words = book.gaps
    if activity.certainty is None:
        yield Gap("certainty", words.certainty)
    if activity.participation is None:
        yield Gap("participation", words.participation)
    proven = activity.evidence_strength
    if proven and proven.level != "none" and not proven.source:
        yield Gap("evidence source", filled(words.evidence_source, strength=proven.level))
    for kpi in hold.kpis:
        if kpi.level is None:
            yield Gap("level", filled(words.level, kpi=kpi.title))
    compared = any(kpi.design == "comparison" for kpi in hold.kpis)
    if found and found.cell.approach is Approach.COMPARISON and not compared:
        yield Gap("comparison", words.comparison)


def _notes(found: Settled | None, hold: Reach, book: Book) -> tuple[str, ...]:
    """The notes on samples and children that apply here, in the order of the file."""
    named = found.cell.notes if found else ()
    broken_down = any(kpi.breakdowns for kpi in hold.kpis)
    applies: dict[str, Callable[[str], bool]] = {
        "always": lambda _: True,
        "cell": lambda key: key in named,
        "groups": lambda key: key in named or broken_down,
    }
    return tuple(note.text for key, note in book.notes.items() if applies[note.when](key))


def _mapping(found: Settled | None, hold: Reach, suggested: tuple[SuggestedKpi, ...], book: Book) -> tuple[str, ...]:
    """The levels and designs that come up here, in the terms of NPC and of the Office for Students."""
    advised_levels = LADDER[rung(found.minimum) : rung(found.maximum) + 1] if found else ()
    levels = {*advised_levels, *(kpi.level for kpi in hold.kpis), *(kpi.level for kpi in suggested)}
    designs = {*(kpi.design for kpi in hold.kpis), *(kpi.design for kpi in suggested)}
    return mapping_words(book, levels, designs)


def mapping_words(book: Book, levels: Iterable[str | None], designs: Iterable[str]) -> tuple[str, ...]:
    """These levels and designs in the terms of the two frameworks, in the order of the file."""
    wanted, made = set(levels), set(designs)
    return (
        *(
            filled(book.mapping.level, level=level, asks=entry.asks, npc=entry.npc)
            for level, entry in book.levels.items()
            if level in wanted
        ),
        *(
            filled(book.mapping.design, design=design, asks=entry.asks, ofs=entry.ofs)
            for design, entry in book.designs.items()
            if design in made
        ),
    )


def _sources(found: Settled | None, book: Book) -> tuple[Source, ...]:
    """The sources of the advice, then those of the mapping that is printed with it."""
    named = (*(found.cell.sources if found else book.unknown.sources), "NPC5", "OfS")
    return tuple(source(id, book) for id in dict.fromkeys(named))


def source(id: str, book: Book) -> Source:
    """A source by its id, as it is cited and in full."""
    entry = book.sources[id]
    return Source(id, entry.cite, entry.reference, entry.supports, entry.url)
