"""The grid: every cell, typed here by hand and not read from the data file, and the properties that must hold."""

from __future__ import annotations

from itertools import product

import pytest

from guidance.writing import advice_for, theory_with
from toc.guidance import Approach, Basis

LADDER = ("participation", "engagement", "feedback", "learning", "attainment")
LEVELS = ("low", "medium", "high")
STRENGTHS = (None, "none", "emerging", "established")
STAKES = (None, "low", "high")

# certainty, participation, evidence strength, stakes: approach, minimum, maximum, basis
GRID = """
low    low    -           -    : redesign   participation feedback   extension
low    low    -           low  : redesign   participation feedback   extension
low    low    -           high : redesign   participation feedback   extension
low    low    none        -    : redesign   participation feedback   extension
low    low    none        low  : redesign   participation feedback   extension
low    low    none        high : redesign   participation feedback   extension
low    low    emerging    -    : redesign   participation feedback   extension
low    low    emerging    low  : redesign   participation feedback   extension
low    low    emerging    high : redesign   participation feedback   extension
low    low    established -    : redesign   participation feedback   extension
low    low    established low  : redesign   participation feedback   extension
low    low    established high : redesign   participation feedback   extension
low    medium -           -    : count      participation feedback   extension
low    medium -           low  : count      participation feedback   extension
low    medium -           high : count      participation feedback   extension
low    medium none        -    : count      participation feedback   extension
low    medium none        low  : count      participation feedback   extension
low    medium none        high : count      participation feedback   extension
low    medium emerging    -    : count      participation feedback   extension
low    medium emerging    low  : count      participation feedback   extension
low    medium emerging    high : count      participation feedback   extension
low    medium established -    : count      participation feedback   extension
low    medium established low  : count      participation feedback   extension
low    medium established high : count      participation feedback   extension
low    high   -           -    : count      participation feedback   source
low    high   -           low  : count      participation feedback   source
low    high   -           high : count      participation feedback   extension
low    high   none        -    : count      participation feedback   source
low    high   none        low  : count      participation feedback   source
low    high   none        high : count      participation feedback   extension
low    high   emerging    -    : count      participation feedback   source
low    high   emerging    low  : count      participation feedback   source
low    high   emerging    high : count      participation feedback   extension
low    high   established -    : count      participation feedback   source
low    high   established low  : count      participation feedback   source
low    high   established high : count      participation feedback   extension
medium low    -           -    : learning   feedback      attainment extension
medium low    -           low  : learning   feedback      attainment extension
medium low    -           high : learning   feedback      attainment extension
medium low    none        -    : learning   feedback      attainment extension
medium low    none        low  : learning   feedback      attainment extension
medium low    none        high : comparison feedback      attainment extension
medium low    emerging    -    : learning   feedback      attainment extension
medium low    emerging    low  : learning   feedback      attainment extension
medium low    emerging    high : learning   feedback      attainment extension
medium low    established -    : learning   feedback      attainment extension
medium low    established low  : learning   feedback      attainment extension
medium low    established high : learning   feedback      attainment extension
medium medium -           -    : learning   feedback      attainment extension
medium medium -           low  : learning   feedback      attainment extension
medium medium -           high : learning   feedback      attainment extension
medium medium none        -    : learning   feedback      attainment extension
medium medium none        low  : learning   feedback      attainment extension
medium medium none        high : comparison feedback      attainment extension
medium medium emerging    -    : learning   feedback      attainment extension
medium medium emerging    low  : learning   feedback      attainment extension
medium medium emerging    high : learning   feedback      attainment extension
medium medium established -    : uptake     engagement    attainment extension
medium medium established low  : uptake     engagement    attainment extension
medium medium established high : uptake     engagement    attainment extension
medium high   -           -    : learning   feedback      attainment extension
medium high   -           low  : learning   feedback      attainment extension
medium high   -           high : learning   feedback      attainment extension
medium high   none        -    : learning   feedback      attainment extension
medium high   none        low  : learning   feedback      attainment extension
medium high   none        high : comparison feedback      attainment extension
medium high   emerging    -    : learning   feedback      attainment extension
medium high   emerging    low  : learning   feedback      attainment extension
medium high   emerging    high : learning   feedback      attainment extension
medium high   established -    : uptake     engagement    attainment extension
medium high   established low  : uptake     engagement    attainment extension
medium high   established high : uptake     engagement    attainment extension
high   low    -           -    : attainment learning      attainment source
high   low    -           low  : attainment learning      attainment source
high   low    -           high : attainment learning      attainment source
high   low    none        -    : attainment learning      attainment source
high   low    none        low  : attainment learning      attainment source
high   low    none        high : comparison learning      attainment extension
high   low    emerging    -    : attainment learning      attainment source
high   low    emerging    low  : attainment learning      attainment source
high   low    emerging    high : attainment learning      attainment source
high   low    established -    : attainment learning      attainment source
high   low    established low  : attainment learning      attainment source
high   low    established high : attainment learning      attainment source
high   medium -           -    : attainment learning      attainment extension
high   medium -           low  : attainment learning      attainment extension
high   medium -           high : attainment learning      attainment extension
high   medium none        -    : attainment learning      attainment extension
high   medium none        low  : attainment learning      attainment extension
high   medium none        high : comparison learning      attainment extension
high   medium emerging    -    : attainment learning      attainment extension
high   medium emerging    low  : attainment learning      attainment extension
high   medium emerging    high : attainment learning      attainment extension
high   medium established -    : uptake     engagement    attainment extension
high   medium established low  : uptake     engagement    attainment extension
high   medium established high : uptake     engagement    attainment extension
high   high   -           -    : attainment learning      attainment extension
high   high   -           low  : attainment learning      attainment extension
high   high   -           high : attainment learning      attainment extension
high   high   none        -    : attainment learning      attainment extension
high   high   none        low  : attainment learning      attainment extension
high   high   none        high : comparison learning      attainment extension
high   high   emerging    -    : attainment learning      attainment extension
high   high   emerging    low  : attainment learning      attainment extension
high   high   emerging    high : attainment learning      attainment extension
high   high   established -    : uptake     engagement    attainment extension
high   high   established low  : uptake     engagement    attainment extension
high   high   established high : uptake     engagement    attainment extension
"""
ROWS = [line.replace(":", " ").split() for line in GRID.strip().splitlines()]

# Participation missing: what the certainty alone says.
UNCOUNTED = {
    "low": ("count", "participation", "feedback"),
    "medium": ("learning", "feedback", "attainment"),
    "high": ("attainment", "learning", "attainment"),
}

HEADLINES = {
    ("low", "low"): "Redesign before measuring",
    ("low", "medium"): "Count who came and ask a few",
    ("low", "high"): "Count who took part and who they were; claim nothing",
    ("medium", "low"): "Ask or test everyone before and after, on the one thing",
    ("medium", "medium"): "Ask or test before and after: everyone, or at least 30",
    ("medium", "high"): "Count everyone; ask or test before and after in a sample",
    ("high", "low"): "Follow every participant: before, after, and one result",
    ("high", "medium"): "Use a certified result, or before and after, for everyone",
    ("high", "high"): "Count everyone, measure a sample robustly, and find a comparable group",
}


def fields(*, certainty: str | None, participation: str | int | None, strength: str | None, stakes: str | None) -> str:
    written = {
        "certainty": certainty,
        "participation": participation,
        "evidence_strength": strength and f"{{level: {strength}, source: a review}}",
        "stakes": stakes,
    }
    return ", ".join(f"{key}: {value}" for key, value in written.items() if value not in {None, "-"})


def written(row: list[str]) -> str:
    certainty, participation, strength, stakes = (None if word == "-" else word for word in row[:4])
    return fields(certainty=certainty, participation=participation, strength=strength, stakes=stakes)


def test_the_table_holds_every_combination_once() -> None:
    combinations = set(product(LEVELS, LEVELS, ("-", "none", "emerging", "established"), ("-", "low", "high")))
    assert {tuple(row[:4]) for row in ROWS} == combinations
    assert len(ROWS) == len(combinations)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_the_advice_is_that_of_the_table(row: list[str]) -> None:
    found = advice_for(written(row))
    assert [found.approach, found.minimum_level, found.maximum_level, found.basis] == row[4:]
    assert isinstance(found.approach, Approach)
    assert isinstance(found.basis, Basis)


@pytest.mark.parametrize(("cell", "beginning"), HEADLINES.items(), ids="-".join)
def test_the_headline_says_what_the_cell_says(cell: tuple[str, str], beginning: str) -> None:
    certainty, participation = cell
    found = advice_for(fields(certainty=certainty, participation=participation, strength=None, stakes=None))
    assert found.headline.startswith(beginning)


def test_all_nine_headlines_differ_and_so_do_those_of_the_refinements() -> None:
    nine = {
        advice_for(fields(certainty=c, participation=p, strength=None, stakes=None)).headline
        for c, p in product(LEVELS, LEVELS)
    }
    refined = {advice_for(written(row)).headline for row in ROWS}
    assert len(nine) == 9
    # Uptake, a comparison, one with partners, and a pilot before counting and before redesigning.
    assert len(refined - nine) == 5


@pytest.mark.parametrize("certainty", LEVELS)
def test_without_participation_the_certainty_alone_says_how_deep(certainty: str) -> None:
    found = advice_for(f"certainty: {certainty}")
    assert (found.approach, found.minimum_level, found.maximum_level) == UNCOUNTED[certainty]
    assert [gap.missing for gap in found.gaps] == ["participation"]
    assert "Write `participation:`" in str(found.gaps[0])
    assert found.basis is Basis.EXTENSION


def test_few_people_are_compared_together_with_partners() -> None:
    few = advice_for("certainty: medium, participation: low, evidence_strength: none, stakes: high")
    many = advice_for("certainty: medium, participation: high, evidence_strength: none, stakes: high")
    assert few.headline.startswith("Pool with partners")
    assert "independent" in few.headline
    assert "independent" in many.headline
    assert "Pool" not in many.headline


def test_a_decision_on_an_uncertain_activity_waits_for_a_pilot() -> None:
    for participation in LEVELS:
        found = advice_for(f"certainty: low, participation: {participation}, stakes: high")
        assert found.headline.startswith("Run a pilot first, with an end date and one question")


@pytest.mark.parametrize(("strength", "stakes"), list(product(STRENGTHS, STAKES)))
def test_more_certainty_never_asks_for_less_and_more_people_never_for_more(strength: str, stakes: str) -> None:
    found = {
        (c, p): advice_for(fields(certainty=c, participation=p, strength=strength, stakes=stakes))
        for c, p in product(LEVELS, LEVELS)
    }
    least = {cell: LADDER.index(str(one.minimum_level)) for cell, one in found.items()}
    for first, second in (("low", "medium"), ("medium", "high")):
        for other in LEVELS:
            assert least[first, other] <= least[second, other], "raising certainty lowered the minimum"
            assert least[other, first] >= least[other, second], "raising participation raised the minimum"
            turned = (found[other, first].approach, found[other, second].approach)
            assert turned != (Approach.COUNT, Approach.REDESIGN)
    for cell, one in found.items():
        assert least[cell] <= LADDER.index(str(one.maximum_level))


def test_swapping_certainty_and_evidence_strength_changes_the_advice() -> None:
    same = dict(zip(LEVELS, STRENGTHS[1:], strict=True))
    strength_as_certainty = {strength: level for level, strength in same.items()}
    for certainty, strength, participation, stakes in product(LEVELS, STRENGTHS[1:], LEVELS, STAKES):
        if same[certainty] != strength:
            here = fields(certainty=certainty, participation=participation, strength=strength, stakes=stakes)
            swapped = fields(
                certainty=strength_as_certainty[strength],
                participation=participation,
                strength=same[certainty],
                stakes=stakes,
            )
            assert advice_for(here).headline != advice_for(swapped).headline or (
                advice_for(here).minimum_level != advice_for(swapped).minimum_level
            )


@pytest.mark.parametrize(
    ("people", "level"), [(0, "low"), (49, "low"), (50, "medium"), (499, "medium"), (500, "high"), (10**9, "high")]
)
def test_people_become_a_level_by_the_scale_and_the_scale_is_printed(people: int, level: str) -> None:
    found = advice_for(f"certainty: high, participation: {people}")
    assert found.participation.level == level
    assert found.participation.people == people
    assert f"{people:,} people a year: {level}" in found.participation.words
    assert "below 50 low, 50 to 499 medium, 500 or more high" in found.participation.words


def test_a_theory_may_have_a_scale_of_its_own() -> None:
    theory = theory_with("certainty: high, participation: 12")
    assert theory.guidance("it").participation.level == "low"
    theory = theory.evolve(settings={"participation_scale": [5, 10]})
    assert theory.guidance("it").participation.level == "high"
    assert "below 5 low, 5 to 9 medium, 10 or more high" in theory.guidance("it").participation.words


def test_a_written_level_stands_whatever_the_scale() -> None:
    found = advice_for("certainty: high, participation: low")
    assert found.participation.words == "low, as written; the scale of people is not used"
