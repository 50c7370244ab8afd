"""Suggested KPIs: worded for the type of the activity, and written in as drafts."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

import toc
from guidance.writing import advice_for, theory_with
from toc.guidance import Fit
from toc.guidance.advice_file import advice

TYPES = (
    "teaching", "tutoring", "mentoring", "teacher-training", "professional-development", "event", "facility-sharing",
    "volunteering", "competition", "performance", "resource",
)  # fmt: skip
LADDER = ("participation", "engagement", "feedback", "learning", "attainment")
EVERY_INPUT = [
    f"certainty: {c}, participation: {p}{more}"
    for c, p, more in product(
        ("low", "medium", "high"),
        ("low", "medium", "high"),
        ("", ", evidence_strength: established", ", evidence_strength: none, stakes: high"),
    )
] + ["certainty: low", "certainty: medium", "certainty: high", "participation: high", ""]


def test_every_type_has_its_own_set() -> None:
    assert set(advice().types) == set(TYPES)


def test_no_two_sets_share_a_title() -> None:
    sets = [advice().general, *advice().types.values()]
    titles = Counter(title for found in sets for title in {kpi.title for kpi in found.kpis})
    assert [title for title, count in titles.items() if count > 1] == []
    assert all(len({kpi.title for kpi in found.kpis}) == len(found.kpis) for found in sets)


def test_every_way_of_measuring_that_is_suggested_has_an_effort() -> None:
    from toc.guidance.workload import effort_of

    kpis = [kpi for found in (advice().general, *advice().types.values()) for kpi in found.kpis]
    assert [kpi.method for kpi in kpis if effort_of(kpi.method, kpi.design, advice()) is None] == []


@pytest.mark.parametrize("known", ["", *TYPES])
def test_two_to_four_kpis_are_suggested_that_reach_the_minimum_and_claim_no_more_than_the_most(known: str) -> None:
    for inputs in EVERY_INPUT:
        written = ", ".join(part for part in (inputs, known and f"type: {known}") if part)
        found = advice_for(written)
        kpis = found.suggested_kpis
        assert 2 <= len(kpis) <= 4
        assert len({kpi.title for kpi in kpis}) == len(kpis)
        assert all(kpi.unit and kpi.method and kpi.collected_by and kpi.frequency for kpi in kpis)
        depths = [LADDER.index(kpi.level) for kpi in kpis]
        if found.minimum_level and found.maximum_level:
            assert max(depths) >= LADDER.index(found.minimum_level)
            assert max(depths) <= LADDER.index(found.maximum_level)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("tutoring", "tutoring"),
        ("Teacher training", "teacher-training"),
        ("SCITT", "teacher-training"),
        ("fair", "event"),
    ],
)
def test_a_type_is_known_by_several_words(written: str, known: str) -> None:
    assert f"of the type “{known}”" in advice_for(f"certainty: high, type: {written}").wording


def test_a_type_is_never_guessed_from_the_title_and_its_absence_is_said() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goal: G, activities: {it: {title: A concert of the choir, certainty: high}}}"
    )
    found = theory.guidance("it")
    assert found.wording.startswith("The suggested KPIs are worded for any activity, because no type is written.")
    assert found.suggested_kpis[0].title == (
        "People who gain a result that somebody else certifies: A concert of the choir"
    )


def test_a_type_without_a_set_is_named() -> None:
    wording = advice_for("certainty: high, type: 'Bar{b}ecue'").wording
    assert "because the type “Bar{b}ecue” has no set of its own" in wording
    assert "teaching, tutoring, mentoring" in wording


def test_suggested_kpis_are_written_in_as_drafts() -> None:
    theory = theory_with("certainty: high, participation: low, type: teacher-training").with_suggested_kpis("it")
    assert list(theory.kpis) == [
        "trainees-who-graduate-an-activity-for",
        "graduates-who-gain-a-teaching-job-an",
        "graduates-still-teaching-after-three",
        "trainees-who-improve-between-their-first",
    ]
    assert {kpi.status for kpi in theory.kpis.values()} == {"draft"}
    first = theory.kpis["trainees-who-graduate-an-activity-for"]
    assert (first.level, first.unit, first.frequency, first.owner) == (
        "attainment",
        "trainees a year",
        "yearly",
        "Course lead",
    )
    assert isinstance(theory, toc.TheoryOfChange)
    assert toc.loads(theory.dumps()) == theory


def test_change_is_measured_in_the_first_direct_outcome_and_all_else_in_the_activity() -> None:
    theory = theory_with("certainty: medium, participation: medium", leads_to="sessions").with_suggested_kpis("it")
    assert {kpi.level: tuple(kpi.measures) for kpi in theory.kpis.values()} == {
        "learning": ("change",),
        "participation": ("it",),
        "feedback": ("it",),
    }
    alone = toc.loads("{toc: 1, title: T, goal: G, activities: {it: {title: A, certainty: high}}}")
    assert {tuple(kpi.measures) for kpi in alone.with_suggested_kpis("it").kpis.values()} == {("it",)}


@pytest.mark.parametrize("inputs", EVERY_INPUT)
def test_writing_them_in_twice_changes_nothing_and_leaves_the_activity_fitting(inputs: str) -> None:
    once = theory_with(inputs).with_suggested_kpis("it")
    assert once.with_suggested_kpis("it") == once
    found = once.guidance("it")
    assert found.kpi_fit.fit is (None if found.approach in {None, "redesign"} else Fit.FITS)


def test_two_activities_of_one_type_get_kpis_of_their_own() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, activities: {
          a: {title: A, certainty: low, participation: high, type: event},
          b: {title: B, certainty: low, participation: high, type: event}}}
        """
    )
    both = theory.with_suggested_kpis("a").with_suggested_kpis("b")
    assert [tuple(kpi.measures) for kpi in both.kpis.values()] == [("a",), ("a",), ("b",), ("b",)]
    assert list(both.kpis)[2] == "pupils-who-came-to-the-event-b"
    assert both.with_suggested_kpis("a") == both


def test_a_kpi_of_that_title_that_is_there_already_is_left_as_it_is() -> None:
    theory = theory_with(
        "certainty: high, participation: low, type: teacher-training",
        "mine: {title: Trainees who graduate, measures: change, level: attainment, unit: people}",
    )
    added = theory.with_suggested_kpis("it")
    assert added.kpis["mine"] == theory.kpis["mine"]
    assert len(added.kpis) == 4


def test_suggestions_name_what_each_activity_is_about_and_no_sentence_is_repeated() -> None:
    activities = {
        f"a{n}": {"title": f"Club {n}", "certainty": "medium", "participation": 60, "leads_to": "change"}
        for n in range(12)
    }
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "outcomes": {"change": "Pupils sing"}, "activities": activities}
    )
    titles = [row.title for row in theory.measurement_plan() if row.missing]
    assert len(set(titles)) == len(titles) == 12
    assert titles[3] == "Change between the first and the last time: Club 3, for “Pupils sing”"
    changes = {found.kpi_fit.change for found in theory.guidance()}
    assert len(changes) == 12
    as_event = theory.edit("a0", type="event").guidance("a0").suggested_kpis[0].title
    assert as_event.startswith("Pupils who can name a job or course that was new to them: Club 0")
