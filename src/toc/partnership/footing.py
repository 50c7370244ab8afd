"""The facts about a partnership's footing: those that its file states, and the three that follow where none is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from toc.language.numbers import counted
from toc.model import Theory
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.partnership.exchanges import gains
from toc.partnership.reciprocity import Whole
from toc.partnership.word_tables import TYPES, FactWords, fact_words

SCHOOLS: Final = frozenset({"state", "independent", "trust"})
STEERED: Final = frozenset({"steering", "board"})
FEW: Final = 3  # schools: the guide says “two or three”


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """One fact: the key that says it, its word, and the types that this fits.

    `place` is where it stands in the file; of one that is worked out, where it comes from. `because`, `source` and
    `said_by` are the author's.
    """

    dimension: str
    name: str
    value: str
    types: tuple[int, ...]
    place: str
    worked_out: bool = False
    because: str | None = None
    source: str | None = None
    said_by: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.value})"


class Members(NamedTuple):
    """How many schools take part, how many others, and the partners whose sector nobody wrote."""

    schools: int
    others: int
    unplaced: tuple[str, ...]

    def __str__(self) -> str:
        others = f", {counted(self.others, 'other', 'others')}" if self.others else ""
        return counted(self.schools, "school", "schools") + others


def members(theory: Theory) -> Members:
    """The organisations that take part, home included, by whether they are schools."""
    found: Counter[bool] = Counter()
    for partner in theory.partners.values():
        if partner.sector:
            found[partner.sector in SCHOOLS] += partner.organisations
    unplaced = tuple(id for id, partner in theory.partners.items() if not partner.sector)
    return Members(found[True], found[False], unplaced)


def declared_type(theory: Theory) -> int | None:
    """The type that the file names, as its number."""
    said = theory.partnership.type
    return next((number for number, name in TYPES.items() if name == said), said if isinstance(said, int) else None)


def facts(theory: Theory, whole: Whole | None) -> Iterator[ProfileFact]:
    """Every fact that says something about the type, those worked out where the file states none on their dimension."""
    written = stated(theory).values()
    dimensions = {fact.dimension for fact in written}
    yield from written
    yield from (fact for fact in _worked_out(theory, whole) if fact.dimension not in dimensions)


def stated(theory: Theory) -> Mapping[str, ProfileFact]:
    """The facts that the file states, by their names."""
    return kept(theory, _stated)


def _stated(theory: Theory) -> Mapping[str, ProfileFact]:
    written = [words for words in fact_words().values() if not words.is_worked_out]
    said = [(words, _at(theory.partnership, words.key)) for words in written]
    facts = [_fact(words, value) for words, value in said if value is not None]
    return FrozenDict({fact.name: fact for fact in facts})


def _at(partnership: Any, key: str) -> Any:
    for step in key.split("."):
        partnership = getattr(partnership, step)
    return partnership


def _fact(words: FactWords, said: Any) -> ProfileFact:
    """A fact as the file states it: a word alone, or with its reason and who says so."""
    value = getattr(said, "value", said)
    word = str(value).lower() if isinstance(value, bool) else str(value)
    shown = {"true": "yes", "false": "no"}.get(word, word)
    because, source, said_by = (getattr(said, key, None) for key in ("because", "source", "said_by"))
    name = words.key.replace(".", " ").replace("_", " ")
    types = tuple(sorted(words.words[word]))
    place = f"partnership.{words.key}"
    return ProfileFact(words.dimension, name, shown, types, place, because=because, source=source, said_by=said_by)


def _worked_out(theory: Theory, whole: Whole | None) -> Iterator[ProfileFact]:
    """Who takes part, who gains and what comes back. Trust, power and design are never worked out."""
    counts = members(theory)
    if counts.schools:
        word = "few-schools" if counts.schools <= FEW else "four-schools-or-more"
        yield _found("members", word + ("-and-others" if counts.others else ""), str(counts), "partners")
    gaining = sum(bool(named) for named in gains(theory).values())
    if gaining:
        shown = f"{counted(gaining, 'partner gains', 'partners gain')} something that is named"
        yield _found("gains", "one-partner" if gaining == 1 else "several-partners", shown, "partners, exchange")
    if whole in {"reciprocal", "one-sided"}:
        yield _found("reciprocity", "integrated" if whole == "reciprocal" else "low", f"{whole}, as rated", "impact")


def _found(id: str, word: str, shown: str, place: str) -> ProfileFact:
    words = fact_words()[id]
    return ProfileFact(
        words.dimension, words.dimension, shown, tuple(sorted(words.words[word])), place, worked_out=True
    )
