"""For whom it is."""

from __future__ import annotations

import toc
from checks.finding import found, nodes
from checks.planting import CLEAN

NOBODY = """
outcomes:
  readers: {title: Pupils catch up, leads_to: goal}
  keen: {title: Pupils choose books, leads_to: goal}
"""
SOMEBODY = f"context: {{target_groups: {{pupils: Pupils in Year 6}}}}{NOBODY}"


def test_a_theory_for_nobody_is_told_once_even_as_a_sketch() -> None:
    for profile in ("sketch", "plan", "funder"):
        (finding,) = found(NOBODY, "TOC15", profile=profile)
        assert (finding.code, finding.nodes) == ("TOC151", ())
        assert "no goal and no outcome has a target group" in finding.message


def test_each_goal_and_outcome_that_names_nobody_is_told_where_others_do() -> None:
    text = SOMEBODY.replace("Pupils catch up", "Pupils catch up, target_group: pupils")
    assert nodes(text, "TOC151") == [("goal",), ("keen",)]
    assert nodes(text, "TOC151", profile="sketch") == []


def test_pillars_outputs_and_activities_need_no_target_group() -> None:
    theory = toc.load(CLEAN)
    for id in ("reading", "teaching", "reading-support", "book-club", "teacher-training"):
        theory = theory.edit(id, target_group=())
    assert found(theory) == ()


def test_target_groups_are_asked_for_the_disadvantaged_and_their_absence_is_told_of_first() -> None:
    assert [finding.code for finding in found(NOBODY, "TOC15")] == ["TOC151"]
    assert [finding.code for finding in found(SOMEBODY, "TOC15")] == ["TOC151", "TOC152"]
    (finding,) = found(SOMEBODY, "TOC152")
    assert finding.message == "the only target group is not named as disadvantaged"


def test_one_disadvantaged_group_is_enough() -> None:
    text = SOMEBODY.replace("pupils: Pupils in Year 6", "pupils: Pupils, poor: {title: Poor, disadvantaged: true}")
    assert found(text, "TOC152") == ()


def test_the_words_of_the_organisation_are_used() -> None:
    text = f"{NOBODY}settings: {{vocabulary: {{goal: Vision, outcome: Step}}}}"
    (finding,) = found(text, "TOC151")
    assert "no vision and no step has a target group" in finding.message
