from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any, get_args

import pytest

import toc
from checks.planting import TODAY
from toc.checks import RULES, findings_of
from toc.model.types import Profile

TEXT = "{toc: 1, title: Reading, goal: Every child reads, outcomes: {readers: {title: Increased confidence}}}"


def codes(**options: Any) -> list[str]:
    return [finding.code for finding in findings_of(toc.loads(TEXT, format="yaml"), today=TODAY, **options)]


def graded(theory: toc.TheoryOfChange, profile: Profile | None = None) -> dict[str, str]:
    return {finding.code: str(finding.severity) for finding in findings_of(theory, today=TODAY, profile=profile)}


def with_profile(profile: Profile) -> toc.TheoryOfChange:
    return toc.loads(TEXT, format="yaml").evolve(settings={"checks": {"profile": profile}})


@pytest.mark.parametrize("profile", get_args(Profile))
def test_a_theory_is_held_to_the_profile_in_its_file(profile: Profile) -> None:
    plain = toc.loads(TEXT, format="yaml")
    assert graded(with_profile(profile)) == graded(plain, profile)


@pytest.mark.parametrize(("own", "argument"), list(itertools.product(get_args(Profile), repeat=2)))
def test_the_argument_goes_before_the_file(own: Profile, argument: Profile) -> None:
    assert graded(with_profile(own), argument) == graded(with_profile(argument))


def test_without_either_it_is_held_to_a_plan() -> None:
    plain = toc.loads(TEXT, format="yaml")
    assert graded(plain) == graded(plain, "plan")


@pytest.mark.parametrize("profile", get_args(Profile))
def test_the_grades_are_those_of_the_rules(profile: Profile) -> None:
    grades = {rule.code: rule.grades.of(profile) for rule in RULES}
    assert all(grades[code] == grade for code, grade in graded(with_profile(profile)).items())


def test_a_sketch_is_told_less_than_a_plan_and_a_plan_is_told_no_more_gravely_than_for_a_funder() -> None:
    theory = toc.loads(TEXT, format="yaml")
    sketch, plan, funder = (graded(theory, profile) for profile in get_args(Profile))
    assert set(sketch) < set(plan) <= set(funder)
    assert "TOC122" not in sketch
    assert (plan["TOC122"], funder["TOC122"]) == ("advice", "warning")


def test_the_findings_come_in_the_order_of_the_catalogue() -> None:
    assert codes() == sorted(codes())


@pytest.mark.parametrize(
    ("word", "same"),
    [("TOC122", "TOC122"), ("unmeasured-outcome", "TOC122"), ("TOC12", "TOC12"), ("TOC1", "TOC"), ("TOC", "TOC")],
)
def test_rules_are_selected_and_ignored_by_code_by_name_and_by_the_beginning_of_a_code(word: str, same: str) -> None:
    every = codes()
    assert "TOC122" in codes(select=[word])
    assert codes(select=[word]) == [code for code in every if code.startswith(same)]
    assert codes(ignore=[word]) == [code for code in every if not code.startswith(same)]


def test_a_lone_word_may_stand_for_a_list_of_one() -> None:
    assert codes(select="TOC122") == ["TOC122"]


@pytest.mark.parametrize("word", ["toc122", " Toc122 ", "toc12", "Unmeasured-Outcome"])
def test_capitals_and_small_letters_name_the_same_rules(word: str) -> None:
    assert "TOC122" in codes(select=[word])
    assert "TOC122" not in codes(ignore=[word])


def test_what_is_selected_and_ignored_is_ignored() -> None:
    assert codes(select=["TOC122", "no-actor"], ignore=["TOC122"]) == ["TOC165"]


def test_a_selected_rule_that_the_profile_leaves_out_stays_out() -> None:
    assert codes(select=["TOC122"], profile="sketch") == []


@pytest.mark.parametrize("where", ["select", "ignore"])
@pytest.mark.parametrize(
    ("word", "nearest"), [("unmeasured-outcom", "unmeasured-outcome"), ("TOC199", None), ("", None), ("12", None)]
)
def test_a_rule_that_is_not_there_is_refused_with_the_nearest(where: str, word: str, nearest: str | None) -> None:
    with pytest.raises(toc.OptionError, match="there is no rule") as refused:
        codes(**{where: [word]})
    assert ("did you mean" in str(refused.value)) is (nearest is not None)
    assert nearest is None or f"did you mean '{nearest}" in str(refused.value)


@pytest.mark.parametrize("profile", ["", 3])
def test_what_is_no_profile_is_refused_and_not_taken_for_none(profile: Any) -> None:
    with pytest.raises(toc.OptionError, match="the profiles are sketch, plan, funder"):
        toc.loads(TEXT).check(profile=profile)


def test_a_moment_stands_for_its_day_and_what_is_no_day_is_refused() -> None:
    due = toc.loads(TEXT).evolve(review_on=TODAY)
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, 23, 59)  # noqa: DTZ001  # as people write it
    assert due.check(today=moment) == due.check(today=TODAY)
    options: dict[str, Any] = {"today": "2026-09-01"}
    with pytest.raises(toc.OptionError, match="today is a date"):
        findings_of(due, **options)


def test_a_rule_is_named_by_text() -> None:
    with pytest.raises(toc.OptionError, match="its code or its name"):
        codes(select=[101])


def test_a_profile_that_is_not_there_is_refused_with_the_choices() -> None:
    with pytest.raises(
        toc.OptionError, match="'founder'; the profiles are sketch, plan, funder: did you mean 'funder'"
    ):
        codes(profile="founder")


def test_rules_that_are_no_list_are_refused_in_words() -> None:
    with pytest.raises(toc.OptionError, match="rules are named in a list"):
        findings_of(toc.example("small-charity"), today=TODAY, select=3)  # type: ignore[arg-type]
