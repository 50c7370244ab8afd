from __future__ import annotations

import re
from dataclasses import astuple, replace
from datetime import date
from itertools import pairwise
from typing import Final, get_args

import pytest

import toc
from checks import planted_argument, planted_measurement, planted_partnership, planted_readings
from checks.finding import whole
from checks.planting import CLEAN, TODAY, Planted
from toc.checks import RULES, Rule, findings_of, rule_named
from toc.checks.rules import Group, RulePage, pages_of
from toc.model.types import Profile

PLANTED: Final = (
    *planted_argument.PLANTED,
    *planted_measurement.PLANTED,
    *planted_readings.PLANTED,
    *planted_partnership.PLANTED,
)
RANGES: Final = {
    "structure": range(101, 110),
    "argument": range(111, 120),
    "measurement": range(121, 131),
    "evidence": range(131, 140),
    "sustainability": range(141, 150),
    "people": range(151, 160),
    "hygiene": range(161, 170),
    "monitoring": range(171, 182),
    "partnership": range(201, 220),
}
# What a good theory must have, one line for each row of the specification.
ROWS: Final = {
    "an activity without a path to the goal, an outcome nothing leads to, an output that leads nowhere": (
        "TOC101", "TOC102", "TOC103",
    ),
    "a pillar or outcome without a KPI, or with more than a handful": ("TOC121", "TOC122", "TOC123"),
    "a KPI that lacks something": ("TOC124",),
    "a target no better than its baseline, or due before it": ("TOC125", "TOC126"),
    "a target above the accountability ceiling": ("TOC127",),
    "a link without a reason or an assumption, an assumption without a test": ("TOC111", "TOC112", "TOC113"),
    "a test of an assumption that is overdue, an activity that ended and nobody read": ("TOC117", "TOC136"),
    "a placeholder": ("TOC166",),
    "a weak link that is the only way": ("TOC114",),
    "a skipped level, or no outcome between": ("TOC104", "TOC108"),
    "everything leads to everything": ("TOC105", "TOC106"),
    "an activity that is unrated, to be redesigned or measured at the wrong depth": ("TOC128", "TOC129", "TOC130"),
    "nobody it is for, or nobody disadvantaged": ("TOC151", "TOC152"),
    "an outcome worded as an activity": ("TOC163",),
    "two outcomes in one, or nobody named": ("TOC164", "TOC165"),
    "an effect before its cause": ("TOC107",),
    "a one-off that should last, one lead, one funder": ("TOC141", "TOC142", "TOC143"),
    "projects that are short, nothing that holds the partnership, money that ends first": ("TOC144", "TOC145", "TOC146"),
    "an activity that was to be judged by what was agreed too late": ("TOC134",),
    "the disadvantaged not counted, not first, or more than all": ("TOC153", "TOC154", "TOC155"),
    "nothing unintended, nothing from outside": ("TOC115", "TOC116"),
    "a review that is missing or past": ("TOC161", "TOC162"),
    "evidence that contradicts, an assumption that fails, evidence that is old": ("TOC131", "TOC132", "TOC133"),
    "a side that is said to gain, and whose people nobody counts": ("TOC135",),
    "a reading at an impossible time, of an impossible value, or of two": ("TOC171", "TOC172", "TOC179"),
    "a KPI that goes the wrong way": ("TOC173",),
    "a percentage that is a share, or that says not of how many": ("TOC174", "TOC175"),
    "a figure of so few that they are known by it": ("TOC176",),
    "a KPI that nobody reads, or whose target nobody read": ("TOC177", "TOC178"),
    "a KPI that is read on without a target, or not of those it names": ("TOC180", "TOC181"),
    "one side gains, and the other gives": ("TOC201", "TOC202", "TOC203"),
    "a partner that only gives, or only gains": ("TOC204",),
    "a partnership unlike what it is called": ("TOC205", "TOC206"),
    "a judgement without evidence, a gap without a next step, a step that is overdue": ("TOC211", "TOC212", "TOC213"),
}  # fmt: skip
OURS: Final = {"TOC169"}  # of silences, which are no row

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def test_every_row_of_the_specification_is_covered_by_at_most_three_rules() -> None:
    assert all(1 <= len(codes) <= 3 for codes in ROWS.values())
    assert sorted(code for codes in ROWS.values() for code in codes) == sorted({rule.code for rule in RULES} - OURS)


def test_the_codes_are_different_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert all(first < second for first, second in pairwise(codes))


def test_the_names_are_different() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@each_rule
def test_a_code_stands_in_the_range_of_its_group(rule: Rule) -> None:
    assert re.fullmatch(r"TOC\d{3}", rule.code)
    assert int(rule.code[3:]) in RANGES[rule.group]


@each_rule
def test_a_name_is_in_kebab_case_and_finds_its_rule(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule_named(rule.name) is rule_named(rule.code) is rule


@each_rule
def test_a_rule_is_never_graver_for_a_sketch_than_for_a_plan_nor_for_a_plan_than_for_a_funder(rule: Rule) -> None:
    places = [("", "advice", "warning", "error").index(grade or "") for grade in rule.grades]
    assert places == sorted(places)
    assert places[-1] > 0


@each_rule
def test_a_page_says_everything_in_whole_sentences(rule: Rule) -> None:
    page = rule.page
    assert all(astuple(page))
    assert "\n" not in page.summary
    assert page.summary[-1] == "."
    assert all(text[-1] in ".!?" for text in (page.what, page.why, page.fix, page.source))


def test_each_group_holds_the_pages_of_its_rules_in_the_order_of_their_codes() -> None:
    for group in get_args(Group):
        codes = [rule.code for rule in RULES if rule.group == group]
        assert list(pages_of(group)) == codes


def test_a_rule_from_elsewhere_brings_its_own_page() -> None:
    page = RulePage("A fault.", "Something.", "It matters.", "Change it.", "Ours.", "a: 1", "a: 2")
    assert replace(RULES[0], own_page=page).page is page


@each_rule
def test_the_failing_example_fails_and_the_passing_one_passes(rule: Rule) -> None:
    profile: Profile = "plan" if rule.grades.plan else "funder"
    for example, fails in ((rule.page.fails, True), (rule.page.passes, False)):
        findings = findings_of(toc.loads(whole(example), format="yaml"), today=TODAY, profile=profile)
        assert any(finding.code == rule.code for finding in findings) is fails


@pytest.mark.parametrize("profile", get_args(Profile))
def test_the_clean_theory_has_no_finding_in_any_profile(profile: Profile) -> None:
    assert findings_of(toc.load(CLEAN), today=TODAY, profile=profile) == ()


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{planted.code}-{n}" for n, planted in enumerate(PLANTED)])
def test_a_planted_fault_gives_exactly_its_finding_at_its_nodes(planted: Planted) -> None:
    found = findings_of(planted.plant(toc.load(CLEAN)), today=planted.day, profile="funder")
    assert [(finding.code, finding.nodes) for finding in found] == [(planted.code, planted.nodes)]


def test_every_rule_has_a_planted_fault() -> None:
    assert {planted.code for planted in PLANTED} == {rule.code for rule in RULES}


@pytest.mark.parametrize("name", ["rgs-newcastle", "small-charity", "large-programme"])
def test_the_shipped_examples_have_nothing_above_advice_as_plans(name: str) -> None:
    findings = findings_of(toc.example(name), today=date(2026, 12, 1), profile="plan")
    assert [finding.text() for finding in findings if finding.severity != "advice"] == []


def test_the_words_of_the_organisation_are_used() -> None:
    theory = toc.load(CLEAN).without("taken-up").evolve(settings={"vocabulary": {"outcome": "Step", "kpi": "Measure"}})
    (finding,) = findings_of(theory, today=TODAY, profile="funder")
    assert finding.message.startswith("the step “Schools take up what worked at a partner school” has no measure")
