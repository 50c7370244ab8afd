from __future__ import annotations

from typing import Any

import pytest

import toc
from checks.planting import CLEAN, TODAY
from toc.checks import Finding, findings_of
from toc.model.types import Profile


def silenced(*entries: dict[str, str]) -> toc.TheoryOfChange:
    """The clean theory with two outcomes that nobody measures, and these silences."""
    theory = toc.load(CLEAN).without("taken-up").without("own-choice")
    return theory.evolve(settings={"checks": {"silence": [{"reason": "Seen", **entry} for entry in entries]}})


def found(*entries: dict[str, str], **options: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.nodes) for one in findings_of(silenced(*entries), today=TODAY, profile="funder", **options)]


def unused(*entries: dict[str, str]) -> Finding:
    (finding,) = [one for one in findings_of(silenced(*entries), today=TODAY) if one.code == "TOC169"]
    return finding


def test_without_a_silence_both_are_found() -> None:
    assert found() == [("TOC122", ("keen-readers",)), ("TOC122", ("shared-practice",))]


def test_a_silence_for_a_node_answers_the_finding_there() -> None:
    assert found({"code": "TOC122", "node": "keen-readers"}) == [("TOC122", ("shared-practice",))]


def test_a_silence_without_a_node_answers_all_of_its_code() -> None:
    assert found({"code": "TOC122"}) == []


def test_several_silences_may_answer_one_finding() -> None:
    assert found({"code": "TOC122"}, {"code": "TOC122", "node": "keen-readers"}) == []


def test_a_silence_for_a_node_answers_only_where_it_is_the_main_one() -> None:
    theory = toc.load(CLEAN).edit("reading-age", unit=None)
    entry = {"code": "TOC124", "node": "readers", "reason": "Seen"}
    theory = theory.evolve(settings={"checks": {"silence": [entry]}})
    assert [finding.code for finding in findings_of(theory, today=TODAY)] == ["TOC124", "TOC169"]


def test_an_unused_silence_is_named_with_its_node_and_place() -> None:
    finding = unused({"code": "TOC122"}, {"code": "TOC122", "node": "readers"})
    assert finding.message == "the silence of TOC122 for readers silences nothing"
    assert finding.path == ("settings", "checks", "silence", 1)
    assert finding.nodes == ("readers",)


def test_a_silence_of_no_rule_is_unused_and_no_other_is_guessed() -> None:
    finding = unused({"code": "TOC122"}, {"code": "TOC199"})
    assert finding.message.endswith("silences nothing: there is no rule TOC199")
    assert finding.fix == "put the code right, or delete it"


@pytest.mark.parametrize(
    "options", [{"ignore": ["TOC161"]}, {"select": ["TOC122", "TOC169"]}, {"select": ["unused-silence", "TOC12"]}]
)
def test_a_silence_of_a_rule_that_was_not_followed_is_not_called_unused(options: dict[str, Any]) -> None:
    assert found({"code": "TOC122"}, {"code": "TOC161"}, **options) == []


def test_a_silence_of_a_rule_that_the_profile_leaves_out_is_not_called_unused() -> None:
    assert findings_of(silenced({"code": "TOC161"}), today=TODAY, profile="sketch") == ()


@pytest.mark.parametrize("profile", ["plan", "funder"])
def test_a_silence_of_what_only_a_funder_is_told_is_kept_in_a_plan(profile: Profile) -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, review_on: 2999-01-01, goal: G, pillars: {literacy: Literacy},
         settings: {checks: {silence: [{code: TOC111, node: literacy, reason: It goes without saying}]}}}
        """
    )
    options: dict[str, Any] = {"select": ["TOC111", "TOC169"], "today": TODAY, "profile": profile}
    assert findings_of(theory, **options) == ()
    measured = theory.evolve(pillars={"literacy": {"title": "Literacy", "leads_to": {"goal": "Why"}}})
    assert [finding.code for finding in findings_of(measured, **options)] == ["TOC169"]


def test_thousands_of_silences_are_each_looked_up_once() -> None:
    ids = [f"outcome-{number}" for number in range(2000)]
    outcomes = {id: {"title": f"Pupils read {id}", "leads_to": "goal"} for id in ids}
    silence = [{"code": "TOC122", "node": id, "reason": "Seen"} for id in ids]
    theory = toc.loads("{toc: 1, title: T, goal: G}").evolve(
        outcomes=outcomes, settings={"checks": {"silence": silence}}
    )
    assert findings_of(theory, today=TODAY, select=["TOC122", "TOC169"]) == ()


def test_unused_silences_cannot_be_silenced() -> None:
    assert found({"code": "TOC122"}, {"code": "TOC169"}) == [("TOC169", ())]
