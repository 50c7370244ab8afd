"""The type profile as a page: what fits, what does not and what the guide expects there, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from toc.language.text import bare, capital, in_brackets, listed, quoted
from toc.pages.blocks import Block, Bullets, Coded, Heading, Note, Page, Paragraph, Table
from toc.partnership.footing import ProfileFact
from toc.partnership.word_tables import TYPES

if TYPE_CHECKING:
    from toc.partnership.profile import PartnershipProfile, ProfileDimension, TypeMismatch

FEWEST: Final = 3  # stated dimensions, below which no type is named
FITS: Final = "■"
NO_GRADE: Final = "The types are descriptions and not grades: the guide calls them neither exclusive nor restrictive."


def profile_page(found: PartnershipProfile) -> Page:
    """What fits which type."""
    title = f"What kind of partnership: {found.title}"
    parts = (dimensions_told(found), _mismatches(found), _questions(found), _caution())
    return Page.opened(title, profile_opening(found), *parts)


def profile_opening(found: PartnershipProfile) -> Iterator[str]:
    """How much is stated, which types most of it fits, and what does not."""
    count = len(found.stated)
    yield f"{count or 'None'} of {len(found.dimensions)} dimensions {'is' if count < 2 else 'are'} stated."
    if found.types:
        yield from _types(found)
    else:
        yield "With fewer than three no type is named." if count < FEWEST else "No type fits any of them."
    if found.declared:
        yield f"The file declares {type_named(found.declared)}."
    yield from _unlike(found)
    yield NO_GRADE


def type_named(number: int) -> str:
    """A type by its number and its name."""
    return f"type {number}, {TYPES[number]}"


def types_numbered(types: Sequence[int]) -> str:
    """One or several types by their numbers.

    >>> types_numbered([3]), types_numbered([1, 2])
    ('type 3', 'types 1 and 2')
    """
    return f"type{'s' if len(types) > 1 else ''} {listed([*map(str, types)])}"


def _types(found: PartnershipProfile) -> Iterator[str]:
    """The types that most dimensions fit, with the dimensions, and those that fit as many and not the aim."""
    fitting = {number: [one.name.lower() for one in found.dimensions if number in one.types] for number in TYPES}
    most = len(fitting[found.types[0]])
    for number in found.types:
        first = "Most" if most * 2 > len(found.stated) else f"{most}"
        yield f"{first} fit {type_named(number)}: {listed(fitting[number])}."
    tied = [number for number, names in fitting.items() if len(names) == most and number not in found.types]
    if tied:
        yield f"As many fit {types_numbered(tied)}, but the aim does not."


def _unlike(found: PartnershipProfile) -> Iterator[str]:
    """The dimensions that do not fit, together where they fit the same; and what the guide expects there instead."""
    together: dict[tuple[int, ...], list[str]] = {}
    for one in found.mismatches:
        fitting = found.dimensions[one.dimension].types
        if fitting:
            together.setdefault(fitting, []).append(one.name.lower())
        else:
            told = [f"{fact} {types_numbered(fact.types)}" for fact in found.dimensions[one.dimension].telling]
            yield f"{one.name} is mixed: {listed(told)}."
    for types, names in together.items():
        yield f"{capital(listed(names))} {'fit' if names[1:] else 'fits'} {types_numbered(types)}."
    if 0 < len(found.mismatches) < 3:
        for one in found.mismatches:
            yield from (f"{capital(line)}." for line in _expectations(one, f" of {one.name.lower()}"))


def _expectations(one: TypeMismatch, what: str = "") -> Iterator[str]:
    for number, text in zip(one.of, one.expected, strict=bool(one.expected)):
        yield f"for type {number} the guide expects{what}, in our words: {text}"


def dimensions_told(found: PartnershipProfile) -> Iterator[Block]:
    """Each dimension with what is stated, and the types that this fits."""
    yield Heading("Dimension by dimension")
    columns = ("Dimension", "What is stated", *(f"{number} {name}" for number, name in TYPES.items()))
    rows = tuple((one.name, tuple(map(fact_told, one.facts)) or "not said", *_squares(one)) for one in found.dimensions)
    yield Table(columns, rows, (3, 6, 2, 2, 2, 2), is_wide=True)
    yield Paragraph(f"{FITS} marks the types that everything stated on a dimension fits.")
    if found.unplaced:
        names = listed([quoted(found.theory.partners[id].title) for id in found.unplaced], most=5)
        are = "are" if found.unplaced[1:] else "is"
        yield Paragraph(f"{names} {are} not among the members: no sector is written.")


def _squares(one: ProfileDimension) -> Iterator[str]:
    yield from (FITS if number in one.types else "" for number in TYPES)


def fact_told(fact: ProfileFact) -> str:
    """A fact with its reason, its source and who says so."""
    more = [bare(text) for text in (fact.because, fact.source) if text]
    if fact.said_by:
        more.append(f"said by {bare(fact.said_by)}")
    if fact.worked_out:
        more.append("worked out")
    return f"{fact.name}: {fact.value}{in_brackets(more)}"


def _mismatches(found: PartnershipProfile) -> Iterator[Block]:
    if not found.mismatches:
        return
    yield Heading("Where it does not fit")
    rows = tuple(
        (
            (one.name, "mixed") if found.dimensions[one.dimension].mixed else one.name,
            tuple(f"{fact} fits {types_numbered(fact.types)}; {fact.place}" for fact in one.facts),
            (*_expectations(one),) or f"nothing in particular for {types_numbered(one.of)}",
        )
        for one in found.mismatches
    )
    yield Table(("Dimension", "Fact, and where it stands", "What the guide expects instead"), rows, (2, 5, 5))


def _questions(found: PartnershipProfile) -> Iterator[Block]:
    if found.questions:
        yield Heading("Not said, and worth asking")
        asked = [one for one in found.dimensions if not one.stated]
        yield Bullets(tuple(f"{one.name}: {one.question}" for one in asked))


def _caution() -> Iterator[Block]:
    yield Heading("How to read this")
    yield Bullets(
        (
            "A higher number is not better, and none is an award. Mixed profiles are normal: the guide’s own examples have them.",
            (
                "Members, benefit and reciprocity are worked out from the partners, what they gain and how activities are rated, where "
                "the file states none. Trust, power and design are never worked out: they are what somebody says."
            ),
            "A declared type changes none of the types that are named. Fewer than three dimensions name no type.",
        )
    )
    yield Note(
        Coded(
            "The four types and what is expected of each: SPA guide, Table 4 and section 5. The words and the threshold are ours."
        )
    )
