"""Several years, several people, several sources of funding."""

from __future__ import annotations

from typing import Any

import pytest

import toc
from checks.finding import found, nodes
from checks.planted_argument import SOURCES, funded_by, governed, led_by, one_off, paid_until, short
from checks.planting import CLEAN

FAIR = """
pillars: {{choice: {{title: Choices, by: {pillar}}}}}
outcomes: {{careers: {{title: Pupils choose science, {outcome}leads_to: goal}}}}
outputs: {{talks: {{title: Talks held, leads_to: {output}}}}}
activities: {{fair: {{title: Careers fair, {activity}leads_to: {effect}}}}}
"""


def fair(**keys: str) -> str:
    """A careers fair with these keys."""
    usual = {
        "pillar": "2026-10-01",
        "outcome": "",
        "output": "careers",
        "activity": "recurs: once, ",
        "effect": "careers",
    }
    return FAIR.format(**{**usual, **keys})


@pytest.mark.parametrize(("by", "count"), [("2027-09-30", 0), ("2027-10-01", 1)])
def test_twelve_months_are_a_long_term(by: str, count: int) -> None:
    theory = one_off(toc.load(CLEAN), starts="2026-10-01").edit("keen-readers", by=by)
    assert len(found(theory, "TOC141")) == count


def test_a_long_horizon_needs_no_date() -> None:
    (finding,) = found(fair(outcome="horizon: long, "), "TOC141")
    assert finding.nodes == ("fair", "careers")
    assert finding.links == (("fair", "careers"),)
    assert finding.message.endswith(
        "is to lead to a long-term change: the outcome “Pupils choose science” (horizon long)"
    )


@pytest.mark.parametrize("horizon", ["short", "medium"])
def test_a_nearer_horizon_is_no_fault(horizon: str) -> None:
    assert found(fair(outcome=f"horizon: {horizon}, "), "TOC141") == ()


def test_outputs_are_seen_through_and_outcomes_are_not() -> None:
    through = fair(outcome="horizon: long, ", effect="talks")
    assert nodes(through, "TOC141") == [("fair", "careers")]
    behind = through.replace("leads_to: goal", "leads_to: choice").replace("horizon: long, ", "")
    assert nodes(behind.replace("2026-10-01", "2030-10-01"), "TOC141") == []


def test_of_what_lies_behind_an_output_the_furthest_is_named() -> None:
    text = """
outcomes:
  near: {title: Near, by: 2027-11-01, leads_to: goal}
  far: {title: Far, by: 2028-11-01, leads_to: goal}
outputs:
  talks: {title: Talks held, leads_to: [near, notes]}
  notes: {title: Notes shared, leads_to: [far, near]}
activities: {fair: {title: Fair, recurs: once, starts: 2026-10-01, leads_to: [talks, near]}}
"""
    (finding,) = found(text, "TOC141")
    assert finding.nodes == ("fair", "far", "near")
    assert finding.links == (("fair", "near"),)
    assert "(due on 2028-11-01)" in finding.message
    long = text.replace("Near, by", "Near, horizon: long, by")
    assert nodes(long, "TOC141") == [("fair", "near")]


def test_a_pillar_is_a_change_too() -> None:
    text = fair(pillar="2028-10-01", effect="choice", activity="recurs: once, starts: 2026-10-01, ")
    assert nodes(text, "TOC141") == [("fair", "choice")]


@pytest.mark.parametrize(
    ("keys", "count"),
    [
        ("recurs: once, ", 1),
        ("recurs: yearly, ", 0),
        ("starts: 2026-10-01, ends: 2026-10-01, ", 1),
        ("starts: 2026-10-01, ends: 2026-10-02, ", 0),
        ("recurs: yearly, starts: 2026-10-01, ends: 2026-10-01, ", 0),
        ("starts: 2026-10-01, ", 0),
        ("ends: 2026-10-01, ", 0),
        ("", 0),
    ],
)
def test_an_activity_is_one_off_only_where_it_says_so(keys: str, count: int) -> None:
    assert len(found(fair(outcome="horizon: long, ", activity=keys), "TOC141")) == count


def test_two_activities_may_have_the_same_lead_and_three_may_not() -> None:
    theory = led_by(toc.load(CLEAN), *SOURCES)
    three = theory.without("book-club")
    assert len(found(three, "TOC142")) == 1
    assert found(three.without("school-visits"), "TOC142") == ()


@pytest.mark.parametrize("lead", [(), ("Librarian",), ("Reading lead", "Librarian")])
def test_one_activity_led_otherwise_is_enough(lead: Any) -> None:
    assert found(led_by(toc.load(CLEAN), *SOURCES).edit("book-club", lead=lead), "TOC142") == ()


def test_the_same_role_is_known_in_capitals() -> None:
    theory = led_by(toc.load(CLEAN), *SOURCES).edit("book-club", lead="reading  LEAD")
    (finding,) = found(theory, "TOC142")
    assert finding.message == "“Reading lead” leads all 4 activities, and nobody else any"
    assert finding.nodes == ()


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ({}, 0),
        ({"book_club": "Library trust"}, 1),
        ({"book_club": "Library trust", "school_visits": "library trust"}, 1),
        ({"book_club": "Library trust", "school_visits": "School budget"}, 0),
        ({"book_club": ["Library trust", "School budget"]}, 0),
    ],
)
def test_exactly_one_source_of_funding_is_a_fault(sources: dict[str, Any], count: int) -> None:
    assert len(found(funded_by(toc.load(CLEAN), **sources), "TOC143")) == count


def test_three_activities_of_a_year_are_short_lived_and_one_day_more_is_not() -> None:
    theory = short(toc.load(CLEAN))
    (finding,) = found(theory, "TOC144")
    assert finding.message == "none of the 4 activities with dates runs for more than 12 months"
    for ends, count in (("2027-09-14", 1), ("2027-09-15", 0)):
        assert len(found(theory.edit("reading-support", ends=ends), "TOC144")) == count
    three = theory.without("book-club")
    assert len(found(three, "TOC144")) == 1
    assert found(three.without("school-visits"), "TOC144") == ()


def test_what_has_no_end_runs_to_the_day_of_the_check_and_what_has_not_begun_says_nothing() -> None:
    theory = short(toc.load(CLEAN)).edit("book-club", starts="2025-08-31", ends=None)
    assert found(theory, "TOC144") == ()
    assert "none of the 4" in found(theory.edit("book-club", starts="2026-03-01"), "TOC144")[0].message
    assert "none of the 3" in found(theory.edit("book-club", starts="2026-09-02"), "TOC144")[0].message


@pytest.mark.parametrize(
    ("footing", "count"),
    [
        ({}, 1),
        ({"agreement": "none", "governance": "informal", "coordinator": "none"}, 1),
        ({"agreement": "note"}, 0),
        ({"governance": "steering"}, 0),
        ({"governance": "board"}, 0),
        ({"coordinator": "one-partner"}, 0),
    ],
)
def test_a_note_a_steering_group_or_a_coordinator_holds_a_partnership(footing: dict[str, Any], count: int) -> None:
    assert len(found(governed(toc.load(CLEAN), **footing), "TOC145")) == count


def test_only_a_large_partnership_is_asked_what_holds_it() -> None:
    theory = governed(toc.load(CLEAN))
    (finding,) = found(theory, "TOC145")
    assert finding.message.startswith("with 4 partners and 4 activities, no agreement is named")
    three = theory.without("college")
    assert found(three, "TOC145") == ()
    assert found(theory.evolve(partnership={}), "TOC145") == ()
    for number in range(6):
        assert found(three, "TOC145") == ()
        three = three.with_node(three.activities["book-club"].evolve(id=f"club-{number}"))
    assert len(found(three, "TOC145")) == 1


@pytest.mark.parametrize(
    ("until", "ends", "stage", "count"),
    [
        ("2029-07-19", "2029-07-20", None, 1),
        ("2029-07-20", "2029-07-20", None, 0),
        ("2026-08-31", None, None, 1),
        ("2026-09-01", None, None, 0),
        ("2026-08-31", None, "ended", 0),
        (None, "2029-07-20", None, 0),
    ],
)
def test_money_must_last_as_long_as_what_it_pays_for(
    until: str | None, ends: str | None, stage: str | None, count: int
) -> None:
    theory = toc.load(CLEAN).edit("book-club", starts="2026-06-01", ends=ends, stage=stage)
    assert len(found(paid_until(theory, until), "TOC146")) == count


def test_a_source_that_ends_first_is_told_once_with_all_that_it_pays_for() -> None:
    theory = paid_until(
        funded_by(toc.load(CLEAN), book_club="Library trust", school_visits="library trust"), "2027-07-31"
    )
    (finding,) = found(theory, "TOC146")
    assert finding.nodes == ("book-club", "school-visits")
    assert finding.path == ("partnership", "funding", "sources", "Library  TRUST", "until")
    assert "the activity “Book clubs after school” (to 2029-07-20)" in finding.message
