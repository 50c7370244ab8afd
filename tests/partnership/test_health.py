"""The health view: eighteen lines by the four pillars."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
import toc
from toc.partnership.health import LOOKS, questions
from toc.partnership.shelf import sources

TODAY = date(2026, 9, 1)
RGS = toc.example("rgs-newcastle")
SMALL = """
toc: 1
title: Chess
context:
  target_groups: {pp: {title: Pupils eligible for Pupil Premium, disadvantaged: true}, boys: Boys, refugees: Refugees}
goal: Every child thinks ahead
outcomes: {planners: {title: Pupils plan before they act, target_group: pp}}
outputs: {games: {title: Games played, leads_to: planners}}
activities:
  chess: {title: Chess club, leads_to: games}
  fair: {title: Games fair, leads_to: planners}
kpis:
  moves: {title: Moves ahead, measures: planners, level: learning}
partners:
  grammar: {title: Grammar School, sector: independent}
  hill: {title: Hill School, sector: state}
partnership: {home: grammar}
"""


def small() -> toc.TheoryOfChange:
    """A small theory of which little is said."""
    return toc.loads(SMALL, format="yaml")


def state(theory: toc.TheoryOfChange, line: str, day: date = TODAY) -> str:
    """How one line stands."""
    return theory.health(today=day)[line].state


def test_the_lines_of_rgs_newcastle_stand_as_its_file_says() -> None:
    found = RGS.health(today=TODAY)
    lines = {state: [line.line for line in found if line.state == state] for state in found.counts}
    assert lines == {
        "holds": ["sweet-spot", "reciprocity", "funding", "named", "meant", "counted"],
        "to look at": ["gives-and-gains", "people", "years", "infrastructure", "fit", "planned", "evidence"],
        "not said": ["equal-voice", "proof-of-concept", "who-measures", "schools-chosen", "greatest-need"],
    }
    assert dict(found.counts) == {"holds": 6, "to look at": 7, "not said": 5}
    assert "Of 18 lines 6 hold, 7 are to be looked at, and 5 are not said." in found.to_text()


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("gives-and-gains", [("Partner secondary schools", "partners.partner-secondaries")]),
        ("years", [("of 5 activities with dates 2 run", "activities")]),
        ("infrastructure", [("governance: informal", "partnership.governance")]),
        (
            "fit",
            [
                ("Visits to learn", "activities.zones-visits.certainty"),
                ("Training for the reading", "activities.volunteer-training.certainty"),
            ],
        ),
        (
            "planned",
            [
                ("Partnership teachers in", "activities.partnership-teachers.starts"),
                ("Bright Sparks", "activities.bright-sparks.starts"),
            ],
        ),
        ("greatest-need", []),
    ],
)
def test_each_line_of_rgs_newcastle_says_why_and_where_that_stands(line: str, facts: list[tuple[str, str]]) -> None:
    found = RGS.health(today=TODAY)[line].facts
    assert [fact.place for fact in found] == [place for _, place in facts]
    assert all(text in fact.text for fact, (text, _) in zip(found, facts, strict=True))


def test_every_line_has_a_question_a_source_and_something_that_it_looks_at() -> None:
    assert len(questions()) == 18
    assert list(questions()) == list(LOOKS)
    for line in questions().values():
        assert line.basis in {"source", "extension"}
        assert line.source in sources()
        assert line.place
        assert line.question.endswith("?")


def test_of_a_goal_alone_nothing_is_said() -> None:
    found = toc.loads("{toc: 1, title: T, goal: G}").health(today=TODAY)
    assert {line.state for line in found} == {"not said"}
    assert "Of 18 lines none holds, none is to be looked at, and 18 are not said." in found.to_text()


def edit(id: str, **changes: Any) -> Callable[[toc.TheoryOfChange], toc.TheoryOfChange]:
    """A change of one node."""
    return lambda theory: theory.edit(id, **changes)


def footing(**words: Any) -> Callable[[toc.TheoryOfChange], toc.TheoryOfChange]:
    """What is said of the partnership."""
    return lambda theory: theory.evolve(partnership={"home": "grammar", **words})


def partner(**changes: Any) -> Callable[[toc.TheoryOfChange], toc.TheoryOfChange]:
    """A change of one partner."""
    return lambda theory: theory.evolve(partners={**theory.partners, "hill": theory.partners["hill"].evolve(**changes)})


CERTAIN: dict[str, Any] = {"certainty": "medium", "participation": 100}
BOTH_WAYS: dict[str, Any] = {"brings": "venue", "receives": "attainment"}
SOURCES: dict[str, Any] = {"sources": {"Trust": {}, "School": {}}}
CASES = [
    ("sweet-spot", edit("chess", impact={"internal": "high", "external": "high"}), "holds"),
    ("sweet-spot", edit("chess", impact={"internal": "high", "external": "medium"}), "to look at"),
    ("sweet-spot", edit("chess", impact={"internal": "high"}), "not said"),
    ("reciprocity", edit("chess", impact={"internal": "medium", "external": "high"}), "holds"),
    ("reciprocity", edit("chess", impact={"internal": "low", "external": "high"}), "to look at"),
    ("reciprocity", edit("chess", impact={"internal": "low"}), "not said"),
    ("gives-and-gains", partner(**BOTH_WAYS), "holds"),
    ("gives-and-gains", partner(brings="venue"), "to look at"),
    ("gives-and-gains", edit("chess", exchange={"hill": {"gains": "attainment"}}), "to look at"),
    ("equal-voice", footing(power="even"), "holds"),
    ("equal-voice", footing(design="co-designed"), "holds"),
    ("equal-voice", footing(design="offer"), "to look at"),
    ("equal-voice", footing(power="mostly-lead", design="co-designed"), "to look at"),
    ("people", edit("chess", lead="Head of maths"), "holds"),
    ("funding", footing(funding=SOURCES), "holds"),
    ("funding", edit("chess", funding=["Trust", "trust "[:5]]), "to look at"),
    ("years", edit("chess", starts="2024-09-01", ends="2025-09-02"), "holds"),
    ("years", edit("chess", starts="2024-09-01", ends="2025-09-01"), "to look at"),
    ("years", edit("chess", starts="2025-08-31"), "holds"),
    ("years", edit("chess", starts="2026-09-02"), "not said"),
    ("infrastructure", footing(governance="steering", agreement="written"), "holds"),
    ("infrastructure", footing(governance="steering"), "not said"),
    ("infrastructure", footing(governance="steering", agreement="note"), "to look at"),
    ("infrastructure", footing(coordinator="joint", governance="informal"), "holds"),
    ("infrastructure", footing(coordinator="one-partner"), "to look at"),
    ("proof-of-concept", edit("chess", stage="pilot", ends="2027-07-01"), "holds"),
    ("proof-of-concept", edit("chess", stage="pilot"), "to look at"),
    ("proof-of-concept", edit("chess", stage="running"), "not said"),
    ("fit", lambda theory: theory.edit("chess", **CERTAIN).edit("moves", design="before-after"), "holds"),
    ("fit", edit("chess", **CERTAIN), "to look at"),
    ("fit", edit("chess", certainty="low", participation=3), "to look at"),
    ("fit", lambda theory: theory.edit("chess", **CERTAIN).edit("moves", level=None), "not said"),
    ("planned", lambda theory: theory.edit("chess", starts="2026-09-01").edit("moves", agreed_on="2026-09-01"), "holds"),
    ("planned", lambda theory: theory.edit("chess", starts="2026-08-31").edit("moves", agreed_on="2026-09-01"), "to look at"),
    ("planned", edit("chess", starts="2026-09-01"), "not said"),
    ("planned", lambda theory: theory.edit("chess", starts="2026-09-02").edit("moves", agreed_on="2027-09-01"), "not said"),
    ("evidence", edit("chess", **CERTAIN), "to look at"),
    ("who-measures", edit("moves", collected_by="hill"), "to look at"),
    ("who-measures", edit("moves", collected_by=["hill", "grammar"]), "holds"),
    ("who-measures", lambda theory: partner(sector=None)(theory).edit("moves", collected_by="hill"), "not said"),
    ("schools-chosen", partner(disadvantage={"share": 0.4}), "holds"),
    ("schools-chosen", lambda theory: partner(disadvantage={"share": 0.4})(theory).evolve(partnership={"home": "hill"}), "not said"),
    ("greatest-need", lambda theory: theory.edit("chess", places="Drawn").edit("fair", places="Need first"), "holds"),
    ("greatest-need", edit("chess", places="Drawn"), "not said"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "change", "stands"), CASES)
def test_a_line_stands_as_what_is_written_says(line: str, change: Any, stands: str) -> None:
    assert state(small(), line) != stands or stands == "not said"
    found = change(small()).health(today=TODAY)[line]
    assert found.state == stands
    assert bool(found.facts) is (stands != "not said")


def test_whom_it_is_for_is_named_meant_and_counted_or_not() -> None:
    theory = small()
    lines = ("named", "meant", "counted")
    assert [state(theory, line) for line in lines] == ["holds", "holds", "holds"]
    mixed = theory.edit("planners", target_group=["pp", "boys"])
    assert [state(mixed, line) for line in lines] == ["holds", "holds", "to look at"]
    elsewhere = theory.edit("planners", target_group="boys")
    assert [state(elsewhere, line) for line in lines] == ["holds", "to look at", "not said"]
    unmarked = theory.evolve(context={"target_groups": {"pp": "Pupils", "boys": "Boys", "refugees": "Refugees"}})
    assert [state(unmarked, line) for line in lines] == ["to look at", "not said", "not said"]
    assert state(unmarked.edit("planners", target_group=()).evolve(context={}), "named") == "not said"


def test_money_that_ends_first_is_to_be_looked_at_also_where_there_are_several_sources() -> None:
    theory = small().edit("chess", funding="Trust", ends="2027-07-31")
    paid = footing(funding={"sources": {"trust": {"until": "2027-07-30"}, "School": {}}})(theory)
    (fact,) = paid.health(today=TODAY)["funding"].facts
    assert fact.place == "partnership.funding.sources.trust.until"
    assert "until 30 July 2027" in fact.text


def test_one_who_leads_three_activities_or_all_that_leads_to_a_pillar_is_named() -> None:
    theory = small().edit("chess", lead="Head of maths").edit("fair", lead="Head of maths")
    three = theory.with_node(theory.activities["fair"].evolve(id="quiz"))
    assert (state(theory, "people"), state(three, "people")) == ("holds", "to look at")
    pillar = theory.with_node(toc.Pillar(id="thinking", title="Thinking")).with_link("planners", "thinking")
    (fact,) = pillar.health(today=TODAY)["people"].facts
    assert fact.text == "“Head of maths” leads everything that leads to “Thinking”, and nobody else is named there"


def test_evidence_holds_where_each_activity_stands_as_high_as_the_advice_asks() -> None:
    read = {"value": 3, "date": "2026-07-01"}
    theory = (
        small().edit("chess", certainty="low", participation=900).edit("moves", level="participation", readings=[read])
    )
    assert state(theory, "evidence") == "holds"


def test_too_few_of_those_in_need_is_to_be_looked_at_although_it_says_how_places_are_given() -> None:
    theory = partner(disadvantage={"share": 0.5})(small())
    theory = theory.edit("fair", places="First come").edit(
        "chess", places="First come", partners="hill", participation=120, reach={"pp": 40}
    )
    found = theory.health(today=TODAY)["greatest-need"]
    assert (found.state, found.facts[0].place) == ("to look at", "activities.chess.reach")


def test_who_takes_part_is_told_from_thirty_people_on_in_percent_and_of_few_not_at_all() -> None:
    theory = small().edit("chess", participation=120, reach={"pp": 40, "refugees": 4}).edit(
        "fair", participation=29, reach={"pp": 12}
    )  # fmt: skip
    found = theory.health(today=TODAY)
    assert [(one.activity, one.group, one.people) for one in found.taking_part] == [
        ("chess", "pp", "40 of 120, 33%"),
        ("chess", "refugees", "fewer than 10"),
        ("fair", "pp", "12 of 29"),
    ]


def test_what_would_be_left_of_all_is_not_shown_either() -> None:
    def told(people: Any, **reach: int) -> list[str]:
        theory = small().edit("chess", participation=people, reach=reach)
        return [one.people for one in theory.health(today=TODAY).taking_part]

    assert told(120, pp=115) == ["hidden"]
    assert told(100, pp=50, boys=45, refugees=5) == ["50 of 100, 50%", "hidden", "fewer than 10"]
    assert told(114, pp=50, boys=45, refugees=5) == ["50 of 114, 44%", "45 of 114, 39%", "fewer than 10"]
    assert told("low", pp=50, refugees=0) == ["50", "fewer than 10"]


def test_no_output_gives_a_small_group_away() -> None:
    theory = small().edit("chess", participation=1120, reach={"pp": 1113, "boys": 7777, "refugees": 3})
    found = theory.health(today=TODAY)
    forms = (found.to_text(), found.to_html(), found.to_markdown(), found.to_json(), found.to_csv("taking_part"))
    for text in (*forms, str(found.to_pandas("taking_part").to_dict())):
        assert not re.search("1,?113|\\b3 of\\b|refugees[^a-z]*3\\b", text)


def test_a_long_line_is_cut_on_the_page_and_whole_in_the_record() -> None:
    theory = small()
    for number in range(8):
        theory = theory.with_node(theory.activities["chess"].evolve(id=f"club-{number}", stage="pilot"))
    found = theory.health(today=TODAY)
    assert len(found["proof-of-concept"].facts) == 8
    assert "… and 3 more." in found.to_text()


def test_the_day_must_be_a_day() -> None:
    with pytest.raises(toc.OptionError):
        RGS.health(today="soon")  # type: ignore[arg-type]


@given(strategies.theories(), st.randoms(use_true_random=False))
def test_the_order_of_partners_activities_and_kpis_changes_no_judgement(
    theory: toc.TheoryOfChange, random: Any
) -> None:
    def shuffled(things: Any) -> dict[str, Any]:
        pairs = [*things.items()]
        random.shuffle(pairs)
        return dict(pairs)

    other = theory.evolve(partners=shuffled(theory.partners))
    other = other.evolve(activities=shuffled(theory.activities), kpis=shuffled(theory.kpis))
    states = [(line.line, line.state) for line in theory.health(today=TODAY)]
    assert [(line.line, line.state) for line in other.health(today=TODAY)] == states


def test_a_partner_of_no_stated_sector_is_not_said_to_be_of_that_of_another() -> None:
    theory = toc.loads(SMALL.replace("Hill School, sector: state", "Hill School"), format="yaml")
    (fact,) = theory.edit("moves", collected_by=["grammar", "hill"]).health(today=TODAY)["who-measures"].facts
    assert fact.text == "figures are collected by “Grammar School”, of the sector independent"


def test_the_sectors_of_those_who_measure_stand_in_the_order_of_their_names() -> None:
    theory = toc.loads(
        "toc: 1\ntitle: T\ngoal: G\npartners: {a: {title: A, sector: state}, b: {title: B, sector: independent}}\n"
        "kpis: {k: {title: K, measures: goal, collected_by: [a, b]}}\n"
    )
    line = theory.health(today=TODAY)["who-measures"]
    assert line.facts[0].text == "figures are collected by “A” and “B”, of the sectors state and independent"


def test_of_how_many_partners_something_is_named_is_said() -> None:
    partners = {"a": {"title": "A", "brings": "venue", "receives": "diversity"}, "b": "B", "c": "C"}
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", "partners": partners})
    line = theory.health(today=TODAY)["gives-and-gains"]
    assert line.facts[0].text == "something is named of 1 of 3 partners: it gives and gains"


def test_what_holds_where_places_are_only_described_does_not_claim_that_need_goes_first() -> None:
    theory = toc.TheoryOfChange.model_validate({
        "toc": 1, "title": "T", "goal": "G", "context": {"target_groups": {"poor": {"title": "Poor", "disadvantaged": True}}},
        "activities": {"a": {"title": "A", "leads_to": "goal", "target_group": "poor", "places": "Those who ask first"}},
    })  # fmt: skip
    line = theory.health(today=TODAY)["greatest-need"]
    assert (line.state, line.facts[0].text) == ("holds", "“A” gives places so: Those who ask first")
    assert line.question.startswith("Is it said how places are given")
