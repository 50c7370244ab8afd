"""The advice for activities, put together from the grid, the KPIs and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar

from toc.errors import TheoryError, as_given
from toc.guidance.advice import ActivityFit, Gap, Guidance, Participation, Source, SuggestedKpi
from toc.guidance.advice_file import advice, counted, filled
from toc.guidance.advice_schema import Book, Claims
from toc.guidance.fit import Asked, Demand, asked_of, mended, reach_fit, uncertain_fit, unlevelled, verdict
from toc.guidance.grid import Inputs, Settled, settled
from toc.guidance.reach import Reach, Reaches
from toc.guidance.scales import RARE, RUNGS, Approach, Basis, Fit, participation_level, rung
from toc.guidance.suggestions import suggestions, with_suggested, wording
from toc.language.text import one_line
from toc.language.vocabulary import own_words
from toc.model import Theory
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.model.nodes import Activity
from toc.model.references import id_among, not_found
from toc.model.structure import article

T = TypeVar("T", bound=Theory)


@dataclass(frozen=True, slots=True)
class Known:
    """What the advice of a whole theory shares: the sentences, what lies in reach, and fits that were found before."""

    theory: Theory
    book: Book
    reaches: Reaches
    own_words: FrozenDict[str, str]
    fits: dict[tuple[int, Demand | None], ActivityFit]
    mappings: dict[tuple[frozenset[str | None], frozenset[str]], tuple[str, ...]]

    @classmethod
    def of(cls, theory: Theory) -> Self:
        """What is known of a theory: found once and kept with it, as its own views are."""
        return kept(theory, cls._found)

    @classmethod
    def _found(cls, theory: Theory) -> Self:
        return cls(theory, advice(), Reaches(theory), own_words(theory), {}, {})

    def fit(self, reach: Reach, asked: Asked | None) -> ActivityFit:
        """How the KPIs in reach stand to what is asked, found once for all activities that share both."""
        key = id(reach), asked.demand if asked else None
        found = self.fits.get(key)
        if found is None:
            found = reach_fit(reach, asked) if asked else uncertain_fit(reach, self.theory, self.book)
            self.fits[key] = found
        return found


def advised(theory: Theory) -> tuple[Guidance, ...]:
    """The advice for every activity, in the author's order."""
    known = Known.of(theory)
    return tuple(_advised(known, activity) for activity in theory.activities.values())


def advised_on(theory: Theory, id: str) -> Guidance:
    """The advice for one activity. Raises TheoryError for anything else, with the nearest activity."""
    return _advised(Known.of(theory), known_activity(theory, id))


def settled_fits(theory: Theory, settled: Mapping[str, Settled]) -> dict[str, ActivityFit]:
    """How the KPIs of rated activities stand to what is settled for each, without the change that would mend it."""
    known = Known.of(theory)
    return {
        id: known.fit(known.reaches.of(id), _asked(known, theory.activities[id], one)) for id, one in settled.items()
    }


def settled_verdicts(theory: Theory, settled: Mapping[str, Settled]) -> dict[str, Fit | None]:
    """The same in one word each."""
    known = Known.of(theory)
    asked = {id: _asked(known, theory.activities[id], one) for id, one in settled.items()}
    return {id: verdict(known.reaches.of(id), one) if one else None for id, one in asked.items()}


def _asked(known: Known, activity: Activity, found: Settled | None) -> Asked | None:
    if found is None or activity.certainty is None:
        return None
    return asked_of(known.theory, activity.certainty.level, found, known.book)


def in_few_words(theory: Theory, activity: Activity) -> str:
    """How to measure an activity, for a line that has no room for more."""
    return _worded(theory, activity, "few_words")


def badge_of(theory: Theory, activity: Activity) -> str:
    """How to measure an activity, beside a sign that says that this is told."""
    return _worded(theory, activity, "badge")


def all_settled(theory: Theory) -> Mapping[str, Settled]:
    """How deep and how widely to measure each activity whose certainty is rated: the cheap part of its advice."""
    return kept(theory, _all_settled)


def _all_settled(theory: Theory) -> Mapping[str, Settled]:
    found = {id: settled(Inputs.of(theory, one), advice()) for id, one in theory.activities.items()}
    return FrozenDict({id: cell for id, cell in found.items() if cell is not None})


def approach_of(theory: Theory, activity: Activity) -> Approach | None:
    """How to measure an activity; nothing where nobody has said how certain its effect is."""
    found = all_settled(theory).get(activity.id)
    return found.cell.approach if found else None


def _worded(theory: Theory, activity: Activity, wording: str) -> str:
    """The advice in one of the wordings that have a form for each case."""
    book = advice()
    found = settled(Inputs.of(theory, activity), book)
    if found is None:
        return book.words[f"{wording}_open"]
    if found.cell.approach is Approach.REDESIGN:
        return book.words[f"{wording}_redesign"]
    return filled(book.words[wording], approach=found.cell.approach)


def with_suggested_kpis(theory: T, id: str) -> T:
    """The theory with the KPIs that are suggested for an activity, as drafts; the same theory when it has them all."""
    activity = known_activity(theory, id)
    found = settled(Inputs.of(theory, activity), advice())
    return with_suggested(theory, activity.id, _suggested(theory, activity, found, advice()))


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


def _advised(known: Known, activity: Activity) -> Guidance:
    theory, book = known.theory, known.book
    inputs = Inputs.of(theory, activity)
    found = settled(inputs, book)
    reach, asked = known.reaches.of(activity.id), _asked(known, activity, found)
    suggested = _suggested(theory, activity, found, book)
    fit = known.fit(reach, asked)
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
        do_not_claim=_claims(found, reach, suggested, book),
        effort=found.cell.effort if found else None,
        who=found.cell.who if found else book.unknown.who,
        kpi_fit=mended(fit, activity, suggested, asked) if asked else fit,
        gaps=tuple(_gaps(activity, found, reach, book)),
        questions=() if found else tuple(question.asks for question in book.questions),
        notes=_notes(found, reach, book),
        mapping=_mapping(found, reach, suggested, known),
        sources=_sources(found),
        own_words=known.own_words,
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


def _suggested(theory: Theory, activity: Activity, found: Settled | None, book: Book) -> tuple[SuggestedKpi, ...]:
    return suggestions(theory, activity, found.cell.suggests if found else book.unknown.suggests, book)


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


def _claims(found: Settled | None, reach: Reach, suggested: Iterable[SuggestedKpi], book: Book) -> tuple[str, ...]:
    """What not to claim: by the approach, by what lies in reach, which is not contradicted, and of feedback."""
    words = book.do_not_claim
    claims = [book.unknown.do_not_claim if found is None else _claim(found.cell.approach, reach, words)]
    if reach.is_compared:
        # Somebody comparable is measured, so that sentence would not be true.
        claims = [claim for claim in claims if claim != words.attainment]
        claims.append(words.comparison)
    elif reach.further:
        claims = [words.attainment_further if claim == words.attainment else claim for claim in claims]
    if "feedback" in reach.levels or any(kpi.level == "feedback" for kpi in suggested):
        claims += [words.feedback_lasts, words.feedback_silent]
    return tuple(dict.fromkeys(claims))


def _claim(approach: Approach, reach: Reach, words: Claims) -> str:
    """What an approach cannot show; where a KPI looks at a change all the same, that it is not this activity's alone."""
    beside: str | None = getattr(words, f"{approach}_beside", None)
    if beside and reach.change:
        return filled(beside, kpi=reach.change.kpi.title)
    claim: str = getattr(words, approach)
    return claim


def _gaps(activity: Activity, found: Settled | None, reach: Reach, book: Book) -> Iterator[Gap]:
    words = book.gaps
    if activity.certainty is None:
        yield Gap("certainty", words.certainty)
    if activity.participation is None:
        yield Gap("participation", words.participation)
    proven = activity.evidence_strength
    if proven and proven.level != "none" and not proven.source:
        yield Gap("evidence source", filled(words.evidence_source, strength=proven.level))
    if reach.open:
        yield Gap("level", unlevelled(reach.open, len(reach.open) + reach.left_open, book))
    if found and found.cell.approach is Approach.COMPARISON and not reach.is_compared:
        yield Gap("comparison", words.comparison)


def _notes(found: Settled | None, reach: Reach, book: Book) -> tuple[str, ...]:
    """The notes on samples and children that apply here, in the order of the file."""
    named = found.cell.notes if found else ()
    applies: dict[str, Callable[[str], bool]] = {
        "always": lambda _: True,
        "cell": lambda key: key in named,
        "groups": lambda key: key in named or reach.is_broken_down,
    }
    return tuple(note.text for key, note in book.notes.items() if applies[note.when](key))


def _mapping(found: Settled | None, reach: Reach, suggested: tuple[SuggestedKpi, ...], known: Known) -> tuple[str, ...]:
    """The levels and designs that come up here, in the terms of NPC and of the Office for Students."""
    asked = {level for level in RUNGS if found and rung(found.minimum) <= rung(level) <= rung(found.maximum)}
    levels = frozenset({*(asked - RARE), *reach.levels, *(kpi.level for kpi in suggested)})
    designs = frozenset({*reach.designs, *(kpi.design for kpi in suggested)})
    key = levels, designs
    if key not in known.mappings:
        known.mappings[key] = mapping_words(known.book, levels, designs)
    return known.mappings[key]


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


def _sources(found: Settled | None) -> tuple[Source, ...]:
    """The sources of the advice, then those of the mapping that is printed with it."""
    named = found.cell.sources if found else advice().unknown.sources
    return tuple(map(source, dict.fromkeys((*named, "NPC5", "OfS"))))


@cache
def source(id: str) -> Source:
    """A source by its id, as it is cited and in full."""
    entry = advice().sources[id]
    return Source(id, entry.cite, entry.reference, entry.supports, entry.url)
