"""Which of the guide's four types the stated facts about a partnership fit, dimension by dimension, as an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from toc.language.text import one_line
from toc.model import Theory
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.partnership.footing import ProfileFact, declared_type, facts, members
from toc.partnership.mutuality import mutuality
from toc.partnership.profile_page import FEWEST, profile_page
from toc.partnership.word_tables import TYPES, dimensions


@dataclass(frozen=True, slots=True)
class ProfileDimension:
    """One dimension: what is stated on it, and the types that all of that fits; none where it is mixed or not stated."""

    id: str
    name: str
    facts: tuple[ProfileFact, ...]
    question: str

    @property
    def telling(self) -> tuple[ProfileFact, ...]:
        """The facts that fit some type and not all: there being no coordinator, for one, says nothing."""
        return tuple(fact for fact in self.facts if fact.types)

    @property
    def stated(self) -> bool:
        """Whether something is stated that says of which type it is."""
        return bool(self.telling)

    @property
    def types(self) -> tuple[int, ...]:
        """The types that every fact fits."""
        return tuple(one for one in TYPES if self.stated and all(one in fact.types for fact in self.telling))

    @property
    def mixed(self) -> bool:
        """Whether something is stated and no type fits all of it."""
        return self.stated and not self.types


@dataclass(frozen=True, slots=True)
class TypeMismatch:
    """A dimension that fits none of the types `of` which it is asked, and what the guide expects for each of those.

    `facts` are those that do not fit all of them.
    """

    dimension: str
    name: str
    facts: tuple[ProfileFact, ...]
    of: tuple[int, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class PartnershipProfile(Answer):
    """Of which types the facts about a partnership are, and where they are not.

    `types` are those that most of the `stated` dimensions fit, none with fewer than three; `declared` is what the file
    says, and changes nothing. `mismatches` fit none of `types`, or not the declared one. `unplaced` are partners without
    a sector, which count as no members. The types are descriptions and not grades. The tables are "dimensions" and
    "facts".

    >>> import toc
    >>> found = toc.example("rgs-newcastle").partnership_profile()
    >>> found
    <PartnershipProfile: type 3, 7 of 12 dimensions stated>
    >>> found.types, found.declared, [one.dimension for one in found.mismatches]
    ((3,), None, ['resourcing', 'structure'])
    >>> found.dimensions["structure"].types, str(found.dimensions["structure"].facts[0])
    ((2,), 'governance (informal)')
    """

    title: str
    declared: int | None
    types: tuple[int, ...]
    dimensions: Rows[ProfileDimension]
    mismatches: tuple[TypeMismatch, ...]
    unplaced: tuple[str, ...]
    theory: Theory = field(repr=False, compare=False)

    def __repr__(self) -> str:
        named = f"type{'s' if self.types[1:] else ''} {', '.join(map(str, self.types))}" if self.types else "no type"
        return f"<PartnershipProfile: {named}, {len(self.stated)} of {len(self.dimensions)} dimensions stated>"

    @property
    def stated(self) -> tuple[str, ...]:
        """The dimensions on which something is stated."""
        return tuple(one.id for one in self.dimensions if one.stated)

    @property
    def questions(self) -> tuple[str, ...]:
        """A question for each dimension on which nothing is stated."""
        return tuple(one.question for one in self.dimensions if not one.stated)

    def _page(self) -> Page:
        return profile_page(self)

    def _sheets(self) -> Sheets:
        return {"dimensions": self._dimensions, "facts": self._facts}

    def _dimensions(self) -> Sheet[ProfileDimension]:
        columns: tuple[Column[ProfileDimension], ...] = (
            Column("id", "", "str"),
            Column("name", "Dimension", "str"),
            Column("stated", "Stated", "bool"),
            Column("facts", "Facts", value=lambda row: tuple(map(str, row.facts))),
            Column("types", "Fits types", cell=lambda row: ", ".join(map(str, row.types))),
            Column("mixed", "Mixed", "bool"),
            Column("question", "To ask", "str", lambda row: "" if row.stated else row.question),
        )
        return Sheet(columns, self.dimensions)

    def _facts(self) -> Sheet[ProfileFact]:
        columns: tuple[Column[ProfileFact], ...] = (
            Column("dimension", "Dimension", "str"),
            Column("name", "Fact", "str"),
            Column("value", "Says", "str"),
            Column("types", "Fits types", cell=lambda row: ", ".join(map(str, row.types))),
            Column("place", "Place", "str"),
            Column("worked_out", "Worked out", "bool"),
            Column("because", "Because"),
            Column("source", "Source"),
            Column("said_by", "Said by"),
        )
        return Sheet(columns, [fact for one in self.dimensions for fact in one.facts])

    def _record(self) -> dict[str, Any]:
        rows = [
            {**plain(one), "stated": one.stated, "types": [*one.types], "mixed": one.mixed} for one in self.dimensions
        ]
        more = {"stated": [*self.stated], "questions": [*self.questions]}
        return {**plain(self), "dimensions": rows, **more}


def partnership_profile(theory: Theory) -> PartnershipProfile:
    """The type profile of a theory; see its method."""
    found: dict[str, list[ProfileFact]] = {id: [] for id in dimensions()}
    for fact in facts(theory, mutuality(theory).whole):
        found[fact.dimension].append(fact)
    rows = {id: ProfileDimension(id, one.name, tuple(found[id]), one.question) for id, one in dimensions().items()}
    types, declared = _types([*rows.values()]), declared_type(theory)
    mismatches = tuple(_mismatches([*rows.values()], types, declared))
    title, unplaced = one_line(theory.title), members(theory).unplaced
    return PartnershipProfile(title, declared, types, Rows(rows.values(), rows), mismatches, unplaced, theory)


def _types(rows: Sequence[ProfileDimension]) -> tuple[int, ...]:
    """The types that most stated dimensions fit; of several those that fit the aim, where some do."""
    stated = [one for one in rows if one.stated]
    counts = Counter(number for one in stated for number in one.types)
    if len(stated) < FEWEST or not counts:
        return ()
    first = [number for number in TYPES if counts[number] == max(counts.values())]
    aim = next(one.types for one in rows if one.id == "aim")
    return tuple([number for number in first if number in aim] or first)


def _mismatches(
    rows: Sequence[ProfileDimension], types: tuple[int, ...], declared: int | None
) -> Iterator[TypeMismatch]:
    for one in rows:
        unlike = [] if set(types) & set(one.types) else [*types]
        if declared and declared not in one.types:
            unlike.append(declared)
        if one.stated and unlike:
            of = tuple(sorted({*unlike}))
            expects = dimensions()[one.id].expects
            against = tuple(fact for fact in one.telling if not set(of) <= set(fact.types))
            yield TypeMismatch(one.id, one.name, against, of, tuple(expects[number - 1] for number in of if expects))
