"""Which types the facts fit: the guide's own partnerships, typed by hand, and what holds for every file."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from toc.partnership.word_tables import fact_words

RGS = toc.example("rgs-newcastle")


def theory(partnership: dict[str, Any], schools: int = 0, others: int = 0) -> toc.TheoryOfChange:
    """A theory that says nothing but who takes part, and on what footing."""
    partners: dict[str, Any] = {}
    if schools:
        partners["schools"] = {"title": "Schools", "sector": "state", "organisations": schools}
    if others:
        partners["others"] = {"title": "Others", "sector": "business", "organisations": others}
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "Café", "goal": "All thrive", "partners": partners, "partnership": partnership}
    )


POOL = theory({"aim": "share", "benefit": "recipient", "resourcing": "lent"})
COPTHALL = theory(
    {"aim": "need", "benefit": "needs", "resourcing": "shared", "strategy": True, "communication": "open"}, schools=2
)
YORK_SAYS: Final[dict[str, Any]] = {
    "aim": "broad", "funding": {"paid_by": "all", "outside": True}, "resourcing": "equitable", "coordinator": "joint",
    "agreement": "written", "governance": "steering", "heads": "strategic", "trust": "high", "power": "even",
    "leadership": "joint", "communication": "open",
}  # fmt: skip
YORK = theory(YORK_SAYS, schools=13)
FELTHAM = theory({"aim": "community", "benefit": "society"}, schools=4, others=3)
KING_EDWARD = theory(
    {
        "aim": "community", "funding": {"level": "high"}, "resourcing": "pooled", "agreement": "legal", "governance": "board",
    },
    schools=13,
    others=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "stated", "types", "mismatches"),
    [
        (POOL, 3, (1,), []),
        (COPTHALL, 6, (2,), ["structure", "communication"]),
        (YORK, 9, (3,), []),
        (FELTHAM, 3, (4,), []),
        (KING_EDWARD, 5, (4,), []),
        (RGS, 7, (3,), ["resourcing", "structure"]),
    ],
    ids=["shared pool", "Copthall and Mill Hill", "York", "Feltham", "King Edward VI", "RGS"],
)
def test_partnerships_of_the_guide_are_of_the_types_it_gives_them(
    given: toc.TheoryOfChange, stated: int, types: tuple[int, ...], mismatches: list[str]
) -> None:
    found = given.partnership_profile()
    assert len(found.stated) == stated
    assert found.types == types
    assert [one.dimension for one in found.mismatches] == mismatches
    assert len(found.questions) == 12 - stated


def test_a_declared_type_is_held_against_every_dimension_and_changes_no_type() -> None:
    found = theory({**YORK_SAYS, "type": "connection"}, schools=13).partnership_profile()
    assert (found.declared, found.types) == (1, (3,))
    assert {one.dimension for one in found.mismatches} == {*found.stated} - {"members"}
    assert {one.of for one in found.mismatches} == {(1,)}
    assert found.mismatches[0].expected == ("one opens what it has to another",)


def test_the_opening_says_what_fits_and_what_the_guide_expects_where_it_does_not() -> None:
    opening = " ".join(RGS.partnership_profile().to_text(2000).splitlines()[3].split())
    assert opening == (
        "7 of 12 dimensions are stated. Most fit type 3, alliance: aim, members, benefit, funding and reciprocity. Resourcing "
        "and structure fit type 2. For type 3 the guide expects of resourcing, in our words: large, fairly borne; everyone teaches; a contact "
        "in each school, perhaps a joint coordinator. For type 3 the guide expects of structure, in our words: formal: joint strategy, fair "
        "leadership, often a memorandum; heads decide on strategy. The types are descriptions and not grades: the guide calls "
        "them neither exclusive nor restrictive."
    )


def test_members_benefit_and_reciprocity_are_worked_out_where_nobody_wrote_them() -> None:
    found = RGS.partnership_profile()
    worked_out = {fact.dimension: fact.value for one in found.dimensions for fact in one.facts if fact.worked_out}
    assert worked_out == {
        "members": "101 schools, 1 other",
        "benefit": "3 partners gain something that is named",
        "reciprocity": "reciprocal, as rated",
    }
    written = RGS.evolve(partnership={"home": "rgs", "benefit": "society", "reciprocity": "low"}).partnership_profile()
    assert [str(fact) for fact in written.dimensions["benefit"].facts] == ["benefit (society)"]
    assert [str(fact) for fact in written.dimensions["reciprocity"].facts] == ["reciprocity (low)"]


def test_one_partner_that_gains_fits_the_first_type_alone() -> None:
    gaining = {"a": {"title": "A", "receives": "provision"}, "b": {"title": "B", "brings": "venue"}}
    found = theory({}).evolve(partners=gaining).partnership_profile().dimensions["benefit"]
    assert (found.types, [fact.value for fact in found.facts]) == ((1,), ["1 partner gains something that is named"])


@pytest.mark.parametrize(
    ("schools", "others", "types"), [(2, 0, (1, 2)), (3, 1, (2, 4)), (4, 0, (1, 3, 4)), (4, 1, (3, 4)), (0, 5, ())]
)
def test_members_fit_by_how_many_are_schools_and_whether_there_are_others(
    schools: int, others: int, types: tuple[int, ...]
) -> None:
    assert theory({}, schools, others).partnership_profile().dimensions["members"].types == types


def test_a_partner_without_a_sector_is_no_member_and_is_named() -> None:
    given = RGS.evolve(partners={**RGS.partners, "sponsor": toc.Partner(title="Sponsor")})
    found = given.partnership_profile()
    assert found.unplaced == ("sponsor",)
    assert "“Sponsor” is not among the members: no sector is written." in found.to_text(200)


def test_with_fewer_than_three_dimensions_no_type_is_named() -> None:
    found = theory({"aim": "share", "resourcing": "lent", "coordinator": "one-partner"}).partnership_profile()
    assert (found.stated, found.types, found.mismatches) == (("aim", "resourcing"), (), ())
    assert "With fewer than three no type is named." in found.to_text(200)


def test_a_tie_goes_to_the_types_that_fit_the_aim_and_else_all_are_named() -> None:
    tied: dict[str, Any] = {"design": "offer", "leadership": "joint", "resourcing": "shared", "agreement": "mou"}
    assert theory(tied).partnership_profile().types == (2, 3)
    found = theory({**tied, "design": "co-designed", "trust": "motives", "aim": "need"}).partnership_profile()
    assert found.types == (2,)
    assert "As many fit type 3, but the aim does not." in found.to_text(300)


def test_a_dimension_whose_facts_fit_nothing_together_is_mixed_and_a_mismatch() -> None:
    found = theory({**YORK_SAYS, "agreement": "none"}, schools=13).partnership_profile()
    structure = found.dimensions["structure"]
    assert (structure.mixed, structure.types) == (True, ())
    (mismatch,) = found.mismatches
    assert [str(fact) for fact in mismatch.facts] == ["agreement (none)"]
    assert (
        "Structure is mixed: agreement (none) type 1, governance (steering) type 3 and heads (strategic)"
        in found.to_text(400)
    )


def test_what_fits_no_type_in_particular_states_nothing() -> None:
    found = theory({"coordinator": "none", "strategy": False, "funding": {"outside": False}}).partnership_profile()
    assert found.stated == ()
    assert "funding outside: no" in found.to_text(200)


def test_who_says_so_stands_beside_the_fact() -> None:
    said = {"trust": {"value": "high", "because": "Five years together.", "said_by": "Two heads", "source": "Minutes"}}
    found = theory(said).partnership_profile()
    assert "trust: high (Five years together, Minutes, said by Two heads)" in found.to_text(300)
    assert found.dimensions["trust"].facts[0].place == "partnership.trust"


def test_nothing_is_graded() -> None:
    text = YORK.partnership_profile().to_text(300)
    assert "The types are descriptions and not grades" in text
    assert not any(word in text for word in ("%", "average", "score"))


WORDS: Final = [(one.key, word) for one in fact_words().values() if one.key for word in one.words]
SINGLE: Final = [
    (one.key, word, next(iter(types)))
    for one in fact_words().values() if one.key for word, types in one.words.items() if len(types) == 1
]  # fmt: skip


def said(facts: dict[str, str]) -> dict[str, Any]:
    """The facts as a file says them."""
    found: dict[str, Any] = {"funding": {}}
    for key, word in facts.items():
        value: Any = {"true": True, "false": False}.get(word, word)
        if key.startswith("funding."):
            found["funding"][key.partition(".")[2]] = value
        else:
            found[key] = value
    return found


footings = st.lists(st.sampled_from(WORDS), max_size=14).map(dict)


@given(footings, st.sampled_from(SINGLE), st.integers(0, 5), st.integers(0, 2))
def test_adding_a_fact_that_fits_only_one_type_never_removes_that_type(
    facts: dict[str, str], more: tuple[str, str, int], schools: int, others: int
) -> None:
    key, word, number = more
    before = {one: value for one, value in facts.items() if one != key}
    types = theory(said(before), schools, others).partnership_profile().types
    if number in types:
        assert number in theory(said({**before, key: word}), schools, others).partnership_profile().types


@given(footings, st.integers(0, 5), st.integers(0, 2))
def test_the_order_of_partners_changes_no_type(facts: dict[str, str], schools: int, others: int) -> None:
    one = theory(said(facts), schools, others)
    other = one.evolve(partners=dict(reversed(one.partners.items())))
    assert one.partnership_profile() == other.partnership_profile()
