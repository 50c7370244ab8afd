from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from checks.planting import CLEAN, TODAY
from strategies import LEVELS, Strategy, tries
from toc.checks import Finding, findings_of
from toc.guidance import Approach, Fit

DEPTHS = ("participation", "engagement", "feedback", "learning", "attainment", "practice")
TEXT = """
toc: 1
title: Reading partners
created: 2026-07-01
goal: Every child reads
pillars: {literacy: Pupils read well}
outcomes: {readers: {title: Young readers catch up, leads_to: literacy}}
outputs: {sessions: {title: Sessions held, leads_to: readers}}
activities:
  partners: {title: Reading partners, certainty: high, participation: 100, leads_to: sessions}
kpis:
  age: {title: Reading age, measures: readers, level: learning, unit: months, baseline: 8, target: {value: 14, by: 2028-07-31}, source: Test, owner: Lead}
"""


def found(theory: toc.TheoryOfChange, code: str) -> list[Finding]:
    return list(findings_of(theory, today=TODAY, select=[code]))


@pytest.fixture
def theory() -> toc.TheoryOfChange:
    return toc.loads(TEXT, format="yaml")


def test_nothing_above_the_ceiling_needs_a_kpi(theory: toc.TheoryOfChange) -> None:
    assert [finding.nodes for finding in found(theory, "TOC121")] == [("literacy",)]
    assert found(theory.edit("literacy", above_ceiling=True), "TOC121") == []
    assert found(theory.edit("readers", above_ceiling=True).without("age"), "TOC122") == []


def test_five_kpis_are_a_handful_and_six_are_more(theory: toc.TheoryOfChange) -> None:
    for number in range(4):
        theory = theory.with_node(theory.kpis["age"].evolve(id=f"age-{number}"))
    assert found(theory, "TOC123") == []
    six = theory.with_node(theory.kpis["age"].evolve(id="age-5"))
    assert "has 6 KPIs" in found(six, "TOC123")[0].message


def test_one_finding_names_all_that_a_kpi_lacks(theory: toc.TheoryOfChange) -> None:
    bare = theory.with_node(toc.Kpi(id="age", title="Reading age", measures="readers"))
    (finding,) = found(bare, "TOC124")
    assert finding.message == (
        "the KPI “Reading age” has no unit, no baseline, no target, no target date, no source of data and no owner"
    )
    assert finding.fix == (
        "write `unit:`, `baseline: {value: …, date: …}`, `target: {value: …, by: …}`, `source:` and `owner:`"
    )


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"unit": None}, "no unit"),
        ({"baseline": None}, "no baseline"),
        ({"target": 14}, "no target date"),
        ({"source": None, "owner": None}, "no source of data and no owner"),
    ],
)
def test_what_a_kpi_lacks_is_named(theory: toc.TheoryOfChange, changes: dict[str, Any], missing: str) -> None:
    (finding,) = found(theory.edit("age", **changes), "TOC124")
    assert finding.message == f"the KPI “Reading age” has {missing}"


def test_a_kpi_of_the_goal_needs_no_target(theory: toc.TheoryOfChange) -> None:
    assert found(theory.edit("age", measures="goal", target=None), "TOC124") == []


def test_no_target_is_asked_for_where_another_rule_would_object_to_it(theory: toc.TheoryOfChange) -> None:
    both = theory.edit("age", measures=["goal", "readers"])
    assert [finding.code for finding in findings_of(both, today=TODAY) if "age" in finding.nodes] == ["TOC127"]
    assert not [one for one in findings_of(both.edit("age", target=None), today=TODAY) if "age" in one.nodes]


def test_a_baseline_of_nought_is_a_baseline(theory: toc.TheoryOfChange) -> None:
    assert found(theory.edit("age", baseline=0), "TOC124") == []


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "fails"),
    [
        ("up", 8, 14, False),
        ("up", 8, 8, True),
        ("up", 8, 7.5, True),
        ("down", 8, 6, False),
        ("down", 8, 8, True),
        ("down", 8, 9, True),
        ("keep", 8, 8, False),
        ("keep", 92, 90, False),
        ("up", -5, -2, False),
        ("up", 8, [{"value": 10, "by": "2027-07-31"}, {"value": 14, "by": "2028-07-31"}], False),
        ("up", 8, [{"value": 14, "by": "2028-07-31"}, {"value": 8, "by": "2027-07-31"}], False),
        ("up", 8, [{"value": 7, "by": "2027-07-31"}, {"value": 14, "by": "2028-07-31"}], True),
        ("up", 8, [{"value": 14, "by": "2027-07-31"}, {"value": 8, "by": "2028-07-31"}], True),
        ("down", 8, [{"value": 9, "by": "2027-07-31"}, {"value": 6, "by": "2028-07-31"}], True),
    ],
)
def test_a_target_is_compared_with_its_baseline_in_its_direction(
    theory: toc.TheoryOfChange, direction: str, baseline: float, target: Any, fails: bool
) -> None:
    changed = theory.edit("age", direction=direction, baseline=baseline, target=target)
    assert bool(found(changed, "TOC125")) is fails


def test_a_target_without_progress_names_both_values_and_the_way_out(theory: toc.TheoryOfChange) -> None:
    (finding,) = found(theory.edit("age", target=6), "TOC125")
    assert finding.severity == "error"
    assert finding.path == ("kpis", "age", "target")
    assert finding.message == "the KPI “Reading age” should go up, but its target 6 is not above its baseline 8"
    assert finding.fix == "write a target above 8, correct the baseline, or write `direction: down`"
    (equal,) = found(theory.edit("age", target=8), "TOC125")
    assert equal.fix.endswith("write `direction: keep`")


@pytest.mark.parametrize(
    ("start", "due", "fails"),
    [
        ("2028-08-01", "2028-07-31", True),
        ("2028-07-31", "2028-07-31", False),
        (None, "2028-07-31", False),
        ("2028-08-01", None, False),
    ],
)
def test_a_target_may_not_be_due_before_its_baseline(
    theory: toc.TheoryOfChange, start: str | None, due: str | None, fails: bool
) -> None:
    changed = theory.edit("age", baseline={"value": 8, "date": start}, target={"value": 14, "by": due})
    assert bool(found(changed, "TOC126")) is fails


def test_a_milestone_may_not_be_due_before_the_baseline_either(theory: toc.TheoryOfChange) -> None:
    milestones = [{"value": 10, "by": "2026-01-31"}, {"value": 14, "by": "2028-07-31"}]
    (finding,) = found(theory.edit("age", baseline={"value": 8, "date": "2026-07-31"}, target=milestones), "TOC126")
    assert "a target for 2026-01-31, before its baseline of 2026-07-31" in finding.message


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        (lambda theory: theory, True),
        (lambda theory: theory.edit("goal", above_ceiling=False), False),
        (lambda theory: theory.edit("age", target=None), False),
        (lambda theory: theory.edit("age", above_ceiling=True), False),
    ],
)
def test_only_targets_of_ones_own_are_kept_below_the_ceiling(
    theory: toc.TheoryOfChange, change: Callable[[toc.TheoryOfChange], toc.TheoryOfChange], fails: bool
) -> None:
    assert bool(found(change(theory.edit("age", measures=["goal"])), "TOC127")) is fails


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"certainty": None}, "has no `certainty:`:"),
        ({"participation": None}, "has no `participation:`:"),
        ({"certainty": None, "participation": None}, "has no `certainty:` and no `participation:`:"),
    ],
)
def test_what_is_not_rated_is_named(theory: toc.TheoryOfChange, changes: dict[str, Any], missing: str) -> None:
    (finding,) = found(theory.edit("partners", **changes), "TOC128")
    assert missing in finding.message


def test_an_activity_for_nobody_is_rated(theory: toc.TheoryOfChange) -> None:
    assert found(theory.edit("partners", participation=0), "TOC128") == []


@pytest.mark.parametrize("certainty", LEVELS)
@pytest.mark.parametrize("participation", [*LEVELS, 49, 50])
def test_low_with_low_and_nothing_else_is_to_be_redesigned(
    theory: toc.TheoryOfChange, certainty: str, participation: Any
) -> None:
    changed = theory.edit("partners", certainty=certainty, participation=participation)
    assert bool(found(changed, "TOC129")) is (certainty == "low" and participation in {"low", 49})


def test_the_redesign_says_what_the_guidance_says(theory: toc.TheoryOfChange) -> None:
    changed = theory.edit("partners", certainty="low", participation=12)
    (finding,) = found(changed, "TOC129")
    assert "means to change 12 people a year" in finding.message
    assert finding.fix.lower() == changed.guidance("partners").headline.lower()


def test_a_certain_activity_that_is_only_counted_is_told_how_deep_to_look(theory: toc.TheoryOfChange) -> None:
    (finding,) = found(theory.edit("age", level="participation"), "TOC130")
    assert finding.nodes == ("age", "readers", "partners")
    assert finding.path == ("kpis", "age", "level")
    assert finding.message == (
        "the KPI “Reading age” stops at participation, and nothing goes deeper for the activity “Reading partners”, "
        "whose high certainty calls for learning"
    )
    assert finding.fix.startswith("put a KPI beside it that looks at learning")


def test_activities_that_share_their_deepest_kpi_share_the_finding(theory: toc.TheoryOfChange) -> None:
    clubs = toc.Activity(id="clubs", title="Clubs", certainty="medium", participation=80, leads_to="readers")
    (finding,) = found(theory.with_node(clubs).edit("age", level="engagement"), "TOC130")
    assert finding.nodes == ("age", "readers", "partners", "clubs")
    assert finding.message.endswith("2 activities whose certainty calls for more: “Reading partners” and “Clubs”")
    assert finding.fix.startswith("put a KPI beside it that looks at learning")


def test_nobody_is_told_to_measure_deeper_than_another_activity_can_answer_for(theory: toc.TheoryOfChange) -> None:
    activity = toc.Activity(id="fair", title="Book fair", certainty="low", participation=900, leads_to="sessions")
    both = theory.with_node(activity).edit("age", measures="sessions", level="participation")
    (finding,) = found(both, "TOC130")
    assert "at one of the outcomes, of the people whom the activity means to change" in finding.fix
    assert "`level: learning`" not in finding.fix
    (finding,) = found(both.edit("age", level="learning"), "TOC130")
    assert "the activity “Book fair”, of low certainty" in finding.message
    skill = toc.Kpi(id="skill", title="Skill", measures="readers", level="learning")
    assert not found(both.with_node(skill), "TOC130")


def test_a_kpi_that_claims_too_much_is_told_where_to_stop(theory: toc.TheoryOfChange) -> None:
    fair = theory.edit("partners", certainty="low", participation=2000)
    (finding,) = found(fair.edit("age", measures="sessions", level="attainment"), "TOC130")
    assert finding.nodes == ("age", "sessions", "partners")
    assert finding.path == ("kpis", "age", "level")
    assert "can answer for feedback at most" in finding.message


@pytest.mark.parametrize(
    "changes",
    [{"certainty": None}, {"participation": None}, {"certainty": "low", "participation": 12}],
    ids=["uncertain", "uncounted", "to be redesigned"],
)
def test_an_activity_that_another_rule_speaks_of_is_not_told_of_its_kpis(
    theory: toc.TheoryOfChange, changes: dict[str, Any]
) -> None:
    for level, node in (("participation", "readers"), ("attainment", "partners")):
        changed = theory.edit("partners", **changes).edit("age", level=level, measures=node)
        assert found(changed, "TOC130") == []


def test_a_kpi_without_a_level_leaves_the_fit_open(theory: toc.TheoryOfChange) -> None:
    count = theory.kpis["age"].evolve(id="count", level="participation")
    assert found(theory.edit("age", level=None).with_node(count), "TOC130") == []


def test_a_long_row_of_outputs_is_followed_to_its_end() -> None:
    clean = toc.load(CLEAN)
    for number in range(30):
        clean = clean.with_node(
            toc.Output(id=f"step-{number}", title="Step", leads_to=f"step-{number - 1}" if number else "readers")
        )
    theory = clean.edit("reading-support", leads_to="step-29").edit("reading-age", level="engagement")
    assert [finding.nodes for finding in found(theory, "TOC130")] == [("reading-age", "readers", "reading-support")]


def some(ids: list[str], most: int) -> Strategy:
    return st.lists(st.sampled_from(ids), max_size=most, unique=True)


@st.composite
def rated(draw: Any) -> toc.TheoryOfChange:
    """Rated activities, a few outputs that lead to one another, and KPIs of any of them."""
    one = st.sampled_from
    outputs = [f"output-{n}" for n in range(draw(st.integers(1, 4)))]
    outcomes, activities = ["first", "second"], ["a", "b", "c"]
    ladder = {
        id: {"title": id, "leads_to": draw(some([*outputs[n + 1 :], *outcomes], 3))} for n, id in enumerate(outputs)
    }
    doing = {
        id: {
            "title": id,
            "leads_to": draw(some([*outputs, *outcomes, *activities[n + 1 :]], 3)),
            "certainty": draw(one(LEVELS)),
            "participation": draw(one(LEVELS)),
            **draw(one([{}, {"evidence_strength": "established"}, {"evidence_strength": "none", "stakes": "high"}])),
        }
        for n, id in enumerate(activities)
    }
    every = [*outputs, *outcomes, *activities]
    kpis = {
        f"kpi-{n}": {"title": "K", "measures": draw(some(every, 2)) or ["goal"], "level": draw(one([*DEPTHS, None]))}
        for n in range(draw(st.integers(0, 6)))
    }
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1, "title": "T", "goal": "G", "outcomes": dict.fromkeys(outcomes, "O"),
            "outputs": ladder, "activities": doing, "kpis": kpis,
        }
    )  # fmt: skip


@tries(120)
@given(rated())
def test_kpis_misfit_exactly_where_the_guidance_says_so(theory: toc.TheoryOfChange) -> None:
    shallow, deep = set(), set()
    for advice in theory.guidance():
        if advice.approach is not Approach.REDESIGN:
            deep |= {kpi.kpi for kpi in advice.kpi_fit.kpis if kpi.fit is Fit.ABOVE}
            if advice.kpi_fit.fit is Fit.BELOW and advice.kpi_fit.kpis:
                shallow.add(advice.activity)
    findings = found(theory, "TOC130")
    short = [finding for finding in findings if "stops at" in finding.message]
    assert {finding.nodes[0] for finding in findings if finding not in short} == deep
    assert len(findings) == len(short) + len(deep)
    told = [set(finding.nodes) - {finding.nodes[0], *theory.kpis[finding.nodes[0]].measures} for finding in short]
    assert not any("`level:" in finding.fix or "`design:" in finding.fix for finding in findings), "a change of label"
    assert set().union(*told) <= shallow
    assert shallow <= set().union(*(finding.nodes for finding in short))
