"""Ways to the goal, levels, density and time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from checks.finding import found, nodes
from checks.planted_argument import crowded, linked
from checks.planting import CLEAN
from strategies import theories, tries


def test_activities_that_stop_at_the_same_box_make_one_finding_at_that_box() -> None:
    (finding,) = found(
        """
outcomes: {readers: Pupils catch up}
activities:
  one: {title: First, leads_to: readers}
  two: {title: Second, leads_to: readers}
  three: {title: Third, leads_to: two}
  four: {title: Fourth, leads_to: readers}
  five: {title: Fifth, leads_to: readers}
""",
        "TOC101",
    )
    assert finding.nodes == ("one", "two", "three", "four", "five", "readers")
    assert finding.path == ("outcomes", "readers")
    assert finding.message == (
        "no way leads from the activities “First”, “Second”, “Third” and 2 more to the goal: "
        "it stops at the outcome “Pupils catch up”, which leads nowhere"
    )
    assert finding.fix.startswith("write `leads_to:` under `readers`")


def test_a_dead_end_behind_an_activity_is_told_once() -> None:
    text = """
outcomes: {readers: {title: Pupils catch up, leads_to: goal}}
outputs: {sessions: Sessions held}
activities:
  one: {title: First, leads_to: sessions}
  two: {title: Second, leads_to: readers}
"""
    assert nodes(text, "TOC10") == [("one", "sessions")]


def test_an_activity_that_leads_to_one_that_leads_nowhere_is_named_with_it() -> None:
    text = "activities: {one: {title: First, leads_to: two}, two: Second}"
    assert nodes(text, "TOC101") == [("two", "one")]


def test_feedback_is_no_way() -> None:
    text = """
activities:
  one: {title: First, leads_to: {goal: {feedback: true}}}
"""
    assert nodes(text, "TOC101") == [("one",)]


def test_a_theory_with_several_goals_is_asked_for_a_way_to_any_of_them() -> None:
    text = """
goals: {reading: Every child reads, writing: Every child writes}
outcomes: {readers: {title: Pupils catch up, leads_to: reading}}
activities: {one: {title: First, leads_to: readers}, two: Second}
"""
    findings = found(text, "TOC10")
    assert [(finding.code, finding.nodes) for finding in findings] == [("TOC101", ("two",)), ("TOC102", ("writing",))]
    assert "to any of the goals" in findings[0].message


@pytest.mark.parametrize("profile", ["plan", "funder"])
def test_an_activity_without_a_way_is_an_error_but_in_a_sketch_a_warning(profile: str) -> None:
    text = "activities: {one: First}"
    assert [str(finding.severity) for finding in found(text, "TOC101", profile=profile)] == ["error"]
    assert [str(finding.severity) for finding in found(text, "TOC101", profile="sketch")] == ["warning"]


def test_a_goal_alone_has_no_fault_of_structure() -> None:
    assert not found("title: Only a goal", "TOC10")


def test_a_pillar_that_nothing_leads_to_is_named_and_its_goal_is_not() -> None:
    assert nodes("pillars: {literacy: Literacy}", "TOC10") == [("literacy",)]


def test_an_outcome_without_cause_or_effect_is_told_once() -> None:
    (finding,) = found("outcomes: {readers: Pupils catch up}", "TOC10")
    assert (finding.code, finding.nodes) == ("TOC102", ("readers",))
    assert finding.message == "nothing leads to the outcome “Pupils catch up”, and it leads nowhere"


def test_a_pillar_that_leads_nowhere_on_purpose_is_named() -> None:
    text = """
pillars: {literacy: {title: Literacy, leads_to: []}}
outcomes: {readers: {title: Pupils catch up, leads_to: [literacy, goal]}}
activities: {one: {title: First, leads_to: readers}}
"""
    assert nodes(text, "TOC10") == [("literacy",)]


def test_an_activity_may_lead_to_a_pillar_and_need_no_output() -> None:
    text = """
pillars: {literacy: Literacy}
activities: {one: {title: First, leads_to: literacy}}
"""
    assert [finding.code for finding in found(text, "TOC10")] == [
        "TOC108"
    ]  # advice, as with any pillar without outcomes


def test_an_output_straight_to_the_goal_skips_a_level_and_nobody_asks_for_its_reason() -> None:
    text = """
outputs: {sessions: {title: Sessions held, leads_to: goal}}
activities: {one: {title: First, leads_to: {sessions: Volunteers come}}}
"""
    assert nodes(text, "TOC104") == [("sessions", "goal")]
    assert ("sessions", "goal") not in nodes(text, "TOC11")


@pytest.mark.parametrize(("links", "count"), [(10, 0), (11, 1), (16, 1)])
def test_two_thirds_of_all_links_are_everything_to_everything(links: int, count: int) -> None:
    assert len(found(crowded(toc.load(CLEAN), links), "TOC105")) == count


def test_everything_may_lead_to_everything_between_two_boxes_and_three() -> None:
    text = """
outcomes:
  a: {title: Pupils read, leads_to: goal}
  b: {title: Pupils write, leads_to: goal}
activities:
  one: {title: First, leads_to: [a, b]}
  two: {title: Second, leads_to: [a, b]}
  three: {title: Third, leads_to: [a, b]}
"""
    assert not found(text, "TOC105")


def test_pillars_that_lead_to_every_goal_by_themselves_are_not_counted() -> None:
    text = """
goals: {a: A, b: B, c: C, d: D, e: E, f: F}
pillars: {one: One, two: Two, three: Three}
"""
    assert not found(text, "TOC105")
    assert not found(text, "TOC106")


@pytest.mark.parametrize(("count", "expected"), [(5, 0), (6, 1)])
def test_more_than_five_effects_are_too_many(count: int, expected: int) -> None:
    targets = ("readers", "keen-readers", "confident-teachers", "shared-practice", "teaching")[: count - 1]
    theory = linked(toc.load(CLEAN), "teacher-training", *targets)
    assert len(theory.effects("teacher-training")) == count
    assert len(found(theory, "TOC106")) == expected


def test_what_is_told_of_a_whole_level_is_not_told_of_each_box() -> None:
    outcomes = "".join(f"\n  o{n}: {{title: Outcome {n}, leads_to: goal}}" for n in range(6))
    targets = ", ".join(f"o{n}" for n in range(6))
    activities = "".join(f"\n  a{n}: {{title: Activity {n}, leads_to: [{targets}]}}" for n in range(3))
    text = f"outcomes:{outcomes}\nactivities:{activities}"
    assert [finding.code for finding in found(text, "TOC10")] == ["TOC105"]


DATED = """
outcomes:
  near: {{title: Near, {near}leads_to: middle}}
  middle: {{title: Middle, {middle}leads_to: far}}
  far: {{title: Far, {far}leads_to: goal}}
activities:
  club: {{title: Club, {club}leads_to: near}}
"""


def dated(**keys: str) -> str:
    """Three outcomes in a row behind an activity, with these keys."""
    return DATED.format(
        **{name: f"{keys[name]}, " if name in keys else "" for name in ("near", "middle", "far", "club")}
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"near": "by: 2027-01-01", "middle": "by: 2027-01-01"}, []),
        ({"near": "by: 2027-01-02", "middle": "by: 2027-01-01"}, [("middle", "near")]),
        ({"near": "by: 2027-01-02", "far": "by: 2027-01-01"}, [("far", "near")]),
        ({"club": "starts: 2027-01-02", "near": "by: 2027-01-01"}, [("near", "club")]),
        ({"club": "starts: 2027-01-02", "far": "by: 2027-01-01"}, [("far", "club")]),
        ({"club": "ends: 2027-01-02", "near": "by: 2027-01-01"}, []),
        ({"club": "starts: 2029-01-01", "near": "by: 2027-01-01", "middle": "by: 2028-01-01"}, [("near", "club")]),
        ({"near": "horizon: medium", "middle": "horizon: short"}, [("middle", "near")]),
        ({"near": "horizon: short", "middle": "horizon: short", "far": "horizon: long"}, []),
        ({"near": "horizon: long, by: 2027-01-01", "middle": "horizon: short, by: 2027-01-01"}, []),
        ({"near": "horizon: long, by: 2027-01-01", "middle": "horizon: short"}, [("middle", "near")]),
        ({"near": "horizon: long"}, []),
    ],
)
def test_an_effect_comes_after_its_cause_by_what_is_stated(
    keys: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert nodes(dated(**keys), "TOC107") == expected


def test_only_a_link_between_the_two_is_given_as_one() -> None:
    (near,) = found(dated(near="by: 2027-01-02", middle="by: 2027-01-01"), "TOC107")
    (far,) = found(dated(near="by: 2027-01-02", far="by: 2027-01-01"), "TOC107")
    assert near.links == (("near", "middle"),)
    assert far.links == ()
    assert far.path == ("outcomes", "far", "by")


def test_an_activity_that_ends_before_the_one_behind_it_starts_is_named() -> None:
    text = """
outcomes: {readers: {title: Pupils catch up, leads_to: goal}}
activities:
  training: {title: Training, starts: 2027-02-01, leads_to: support}
  support: {title: Support, starts: 2026-09-01, ends: 2027-01-31, leads_to: readers}
"""
    (finding,) = found(text, "TOC107")
    assert finding.nodes == ("support", "training")
    assert (
        "ends on 2027-01-31, before the activity “Training”, which leads to it, starts on 2027-02-01" in finding.message
    )
    assert found(text.replace("2027-01-31", "2027-02-01"), "TOC107") == ()


@tries(60)
@given(theories(), st.sampled_from(["sketch", "plan", "funder"]))
def test_checks_never_fail_and_name_only_what_is_there(theory: toc.TheoryOfChange, profile: str) -> None:
    for finding in found(theory, profile=profile):
        assert set(finding.nodes) <= theory.nodes.keys()
        assert {id for ends in finding.links for id in ends} <= set(finding.nodes) | theory.nodes.keys()
        assert len(set(finding.nodes)) == len(finding.nodes)
        assert finding.message
        assert finding.fix


@tries(60)
@given(theories())
def test_the_activities_that_are_named_are_those_without_a_path(theory: toc.TheoryOfChange) -> None:
    theory = theory.evolve(settings={})
    named = {id for finding in found(theory, "TOC101") for id in finding.nodes if id in theory.activities}
    assert named == {id for id in theory.activities if not any(theory.paths(id))}


ONLY_BACK = """
outcomes:
  cooks: {title: Families cook from scratch, leads_to: [goal, proud]}
  proud: {title: Families are proud of the plots, leads_to: {cooks: {feedback: true}}}
activities:
  plots: {title: Shared vegetable plots, leads_to: cooks}
"""


def test_a_box_that_goes_on_only_by_feedback_is_told_so() -> None:
    (finding,) = found(ONLY_BACK, "TOC10")
    assert (finding.code, finding.nodes) == ("TOC103", ("proud",))
    assert finding.message == (
        "the outcome “Families are proud of the plots” goes on only by feedback: that is no way to a goal"
    )
    assert "write `leads_to:`" not in finding.fix


def test_an_activity_that_stops_at_such_a_box_is_told_so_too() -> None:
    (finding,) = found(f"{ONLY_BACK}  show: {{title: Summer show, leads_to: proud}}\n", "TOC10")
    assert (finding.code, finding.nodes) == ("TOC101", ("show", "proud"))
    assert finding.message.endswith(
        "it stops at the outcome “Families are proud of the plots”, which goes on only by feedback: "
        "that is no way to a goal"
    )
    assert "write `leads_to:`" not in finding.fix


@pytest.mark.parametrize("profile", ["sketch", "plan", "funder"])
def test_pillars_that_only_activities_and_outputs_lead_to_ask_for_the_change_between(profile: str) -> None:
    text = """
pillars: {literacy: Literacy, sums: Sums, music: Music, arts: Arts, sport: {title: Sport, leads_to: music}}
outcomes: {players: {title: Pupils play, leads_to: arts}}
outputs: {sessions: {title: Sessions held, leads_to: sums}}
activities:
  one: {title: First, leads_to: [literacy, sums]}
  two: {title: Second, leads_to: [sessions, players, arts, music]}
"""
    findings = found(text, "TOC108", profile=profile)
    assert [(finding.nodes, str(finding.severity)) for finding in findings] == [
        (("literacy",), "advice"), (("sums",), "advice"),
    ]  # fmt: skip
    assert findings[0].message.startswith("only activities lead to the pillar “Literacy”")
    assert findings[1].message.startswith("only activities and outputs lead to the pillar “Sums”")
