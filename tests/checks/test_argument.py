"""Reasons, assumptions, weak places, what may come from outside or against intention."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import toc
from checks.finding import found, nodes
from checks.planted_argument import ASSUMPTION, changed, linked
from checks.planting import CLEAN
from strategies import theories, tries
from toc.model.nodes import CausalNode

BARE = """
pillars: {literacy: Literacy}
outcomes: {readers: {title: Pupils catch up, leads_to: literacy}}
activities: {club: {title: Club, leads_to: {readers: Practice}}}
"""


def clean() -> toc.TheoryOfChange:
    """The clean theory."""
    return toc.load(CLEAN)


def test_the_link_that_the_program_writes_in_is_no_fault_below_the_profile_funder() -> None:
    assert nodes(BARE, "TOC111", profile="plan") == [("readers", "literacy")]
    assert nodes(BARE, "TOC111") == [("literacy", "goal"), ("readers", "literacy")]


def test_a_pillar_that_argues_its_link_is_held_to_it_in_a_plan() -> None:
    text = BARE.replace("Literacy}", "{title: Literacy, leads_to: {goal: {confidence: high}}}}")
    assert nodes(text, "TOC111", profile="plan") == [("literacy", "goal"), ("readers", "literacy")]


def test_a_sketch_is_not_asked_for_any_argument() -> None:
    assert found(BARE, "TOC11", profile="sketch") == ()


def test_a_bare_link_is_told_once_and_named_as_the_only_way() -> None:
    findings = [finding for finding in found(BARE, "TOC11", profile="plan") if finding.nodes == ("readers", "literacy")]
    assert [finding.code for finding in findings] == ["TOC111"]
    assert findings[0].message == (
        "nothing says why the outcome “Pupils catch up” leads to the pillar “Literacy”, "
        "and it is the only way from there to the goal"
    )


def test_what_has_no_way_to_a_goal_is_not_asked_for_its_argument() -> None:
    text = """
outcomes: {readers: Pupils catch up}
activities: {club: {title: Club, leads_to: readers}}
"""
    assert found(text, "TOC111") == ()


def test_a_feedback_link_is_asked_for_its_reason() -> None:
    theory = clean().with_link("readers", "reading-support", feedback=True)
    (finding,) = found(theory)
    assert (finding.code, finding.nodes) == ("TOC111", ("readers", "reading-support"))
    assert "only way" not in finding.message


@pytest.mark.parametrize(
    ("goals", "word", "said"),
    [
        ("goal: Every child reads", "Impact", "to the impact passes"),
        ("goals: {reading: Every child reads, sums: Every child counts}", "Aim", "to any of the aims passes"),
    ],
)
def test_the_goal_needs_no_article_that_may_not_fit_the_word_for_it(goals: str, word: str, said: str) -> None:
    theory = toc.loads(
        f"{{toc: 1, title: T, {goals}, settings: {{vocabulary: {{goal: {word}}}}}, pillars: {{literacy: Literacy}},"
        " outcomes: {readers: {title: Pupils catch up, leads_to: {literacy: {because: Practice, confidence: low}}}}}"
    )
    (finding,) = found(theory, "TOC114")
    assert said in finding.message


def test_a_link_with_an_assumption_alone_is_told_that_it_is_the_only_way_and_one_with_evidence_is_not() -> None:
    theory = changed(clean(), "readers", "reading", because=None, confidence=None, evidence=[])
    (finding,) = found(theory)
    assert (finding.code, finding.nodes) == ("TOC111", ("readers", "reading"))
    assert finding.message.endswith("and it is the only way from there to the goal")
    (finding,) = found(changed(theory, "readers", "reading", evidence=[{"source": "Follow-up"}]))
    assert "only way" not in finding.message


@pytest.mark.parametrize(
    ("missing", "words", "keys"),
    [
        (("test",), "has no test", "{text: …, test: …}"),
        (("owner",), "has no owner", "{text: …, owner: …}"),
        (("by",), "has no date", "{text: …, by: …}"),
        (("test", "by"), "has no test or date", "{text: …, test: …, by: …}"),
        (("test", "owner", "by"), "has no test, owner or date", "{text: …, test: …, owner: …, by: …}"),
    ],
)
def test_an_assumption_is_told_what_it_lacks(missing: tuple[str, ...], words: str, keys: str) -> None:
    assumption = {key: value for key, value in ASSUMPTION.items() if key not in missing}
    theory = changed(clean(), "sessions", "readers", assumptions=[ASSUMPTION, assumption])
    (finding,) = found(theory)
    assert finding.code == "TOC113"
    assert finding.message == f"the assumption “Heads agree” {words}"
    assert finding.fix == f"write it as `{keys}`"
    assert finding.path == ("outputs", "sessions", "leads_to", "readers", "assumptions", 1)


def test_each_assumption_that_lacks_something_is_told_of() -> None:
    theory = changed(clean(), "sessions", "readers", assumptions=["Pairs meet", "Rooms are free"])
    assert [finding.path[-1] for finding in found(theory)] == [0, 1]


def test_an_assumption_that_fails_is_told_of_once() -> None:
    theory = changed(clean(), "sessions", "readers", assumptions=[{"text": "Pairs meet", "status": "failing"}])
    assert [finding.code for finding in found(theory)] == ["TOC132"]


def test_a_long_assumption_is_told_by_its_beginning() -> None:
    theory = changed(clean(), "sessions", "readers", assumptions=["word " * 100])
    (finding,) = found(theory)
    assert len(finding.message) < 130
    assert "…”" in finding.message


@pytest.mark.parametrize(
    ("argument", "count"),
    [
        ({"confidence": 0.25}, 1),
        ({"confidence": "low"}, 1),
        ({"confidence": 0}, 1),
        ({"confidence": 0.26}, 0),
        ({"confidence": None}, 0),
        ({"confidence": None, "evidence": []}, 1),
        ({"confidence": 0.5, "evidence": []}, 0),
        ({"confidence": 0.25, "evidence": []}, 1),
    ],
)
def test_a_link_is_weak_by_its_confidence_or_without_both(argument: dict[str, Any], count: int) -> None:
    theory = changed(clean(), "sessions", "readers", **argument)
    assert [finding.code for finding in found(theory)] == ["TOC114"] * count


def test_a_weak_link_beside_another_way_is_no_fault() -> None:
    theory = changed(clean(), "book-club", "keen-readers", confidence="low")
    assert found(linked(theory, "book-club", "readers")) == ()


def test_a_second_link_that_reaches_no_goal_is_no_other_way() -> None:
    theory = changed(clean(), "book-club", "keen-readers", confidence="low")
    theory = theory.with_node(toc.Outcome(id="aside", title="Pupils meet friends"))
    assert nodes(linked(theory, "book-club", "aside"), "TOC114") == [("book-club", "keen-readers")]


def test_one_unintended_outcome_and_one_external_factor_are_enough() -> None:
    text = "context: {unintended: [Study time is lost], external_factors: [Budgets hold]}"
    assert [finding.code for finding in found(text, "TOC11")] == []
    assert [finding.code for finding in found("context: {problem: Few read}", "TOC11")] == ["TOC115", "TOC116"]


@tries(60)
@given(theories())
def test_a_weak_link_is_named_where_every_path_passes_it(theory: toc.TheoryOfChange) -> None:
    theory = theory.evolve(settings={})
    expected = set()
    for id, node in theory.nodes.items():
        if isinstance(node, CausalNode) and node.kind != "goal":
            for target, link in node.leads_to.items():
                weak = link.confidence is not None and link.confidence <= 0.25
                unsure = link.confidence is None and not link.evidence and link.because is not None
                straight = node.kind in {"activity", "output"} and target in theory.goals
                firsts = {path[1] for path in theory.paths(id)}
                if (weak or unsure) and not link.feedback and not straight and firsts == {target}:
                    expected.add((id, target))
    assert set(nodes(theory, "TOC114")) == expected


def test_the_link_to_the_goal_itself_is_the_only_way_and_not_on_it() -> None:
    text = "outcomes: {cooks: {title: Families cook, leads_to: {goal: {confidence: 0.2, because: Habit}}}}"
    (finding,) = found(text, "TOC114")
    assert finding.message == (
        "the only way from the outcome “Families cook” to the goal is its link to the goal, with confidence 0.2"
    )


@pytest.mark.parametrize(
    ("assumption", "told"),
    [
        ("{text: It rains, by: 2026-08-31}", True),
        ("{text: It rains, by: 2026-09-01}", False),
        ("{text: It rains, by: 2026-08-31, status: holding}", False),
        ("{text: It rains, by: 2026-08-31, status: failing}", False),
        ("It rains", False),
    ],
)
def test_a_test_is_overdue_the_day_after_it_was_due_while_the_assumption_is_untested(
    assumption: str, told: bool
) -> None:
    text = f"outcomes: {{a: {{title: Fields are green, leads_to: {{goal: {{assumptions: [{assumption}]}}}}}}}}"
    assert [finding.nodes for finding in found(text, "TOC117")] == ([("a", "goal")] if told else [])
