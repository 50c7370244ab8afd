"""What holds for the findings of every valid theory."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
from toc.checks import RULES, Finding, Severity, findings_of
from toc.model.types import Profile
from toc.problems import Path

profiles = st.sampled_from((*get_args(Profile), None))
days = st.dates() | st.just(date(2026, 9, 1))


def at(theory: toc.TheoryOfChange, path: Path) -> Any:
    """What stands at a place of a theory; raises where there is no such place."""
    value: Any = theory
    for step in path:
        if value is theory and step == "goal":
            (value,) = theory.goals.values()
        elif isinstance(step, int) or isinstance(value, dict):
            value = value[step]
        else:
            assert step in type(value).model_fields
            value = getattr(value, step)
    return value


def answered(theory: toc.TheoryOfChange, finding: Finding) -> toc.TheoryOfChange:
    """The theory with a silence of a finding: at its main node, else for the whole theory."""
    node = {"node": finding.nodes[0]} if finding.nodes else {}
    entry = {"code": finding.code, "reason": "Seen", **node}
    checks = theory.settings.checks
    return theory.evolve(settings=theory.settings.evolve(checks=checks.evolve(silence=[*checks.silence, entry])))


@tries(80)
@given(theories(), profiles, days)
def test_checks_never_raise_and_every_finding_stands_somewhere(
    theory: toc.TheoryOfChange, profile: Profile | None, today: date
) -> None:
    links = {(link.source, link.target) for link in theory.links}
    for finding in findings_of(theory, today=today, profile=profile):
        assert set(finding.nodes) <= set(theory.nodes)
        assert len(set(finding.nodes)) == len(finding.nodes)
        assert set(finding.links) <= links
        at(theory, finding.path)


@tries(40)
@given(theories(), profiles, days)
def test_a_finding_tells_what_is_wrong_and_what_to_do_on_one_line(
    theory: toc.TheoryOfChange, profile: Profile | None, today: date
) -> None:
    names = {rule.code: rule.name for rule in RULES}
    for finding in findings_of(theory, today=today, profile=profile):
        assert finding.name == names[finding.code]
        assert isinstance(finding.severity, Severity)
        assert finding.message
        assert finding.fix
        assert len(finding.text().splitlines()) == 1
        assert len(finding.fix.splitlines()) == 1
        assert json.loads(json.dumps(finding.to_dict()))["nodes"] == list(finding.nodes)


@tries(25)
@given(theories(), profiles)
def test_checking_twice_finds_the_same_and_leaves_the_theory_as_it_was(
    theory: toc.TheoryOfChange, profile: Profile | None
) -> None:
    before = theory.dumps("json")
    first = findings_of(theory, today=date(2026, 9, 1), profile=profile)
    assert findings_of(theory, today=date(2026, 9, 1), profile=profile) == first
    assert theory.dumps("json") == before


@tries(40)
@given(theories(), profiles, st.data())
def test_a_silence_takes_away_its_finding_and_nothing_of_another_code(
    theory: toc.TheoryOfChange, profile: Profile | None, data: st.DataObject
) -> None:
    today = date(2026, 9, 1)
    before = findings_of(theory, today=today, profile=profile)
    silenceable = [finding for finding in before if finding.code != "TOC169"]
    if silenceable:
        finding = data.draw(st.sampled_from(silenceable))
        after = findings_of(answered(theory, finding), today=today, profile=profile)
        kept = [
            other
            for other in before
            if other.code != finding.code or (finding.nodes and other.nodes[:1] != finding.nodes[:1])
        ]
        assert list(after) == kept


@tries(40)
@given(theories(), profiles, st.sampled_from(RULES))
def test_a_rule_finds_the_same_alone_as_among_the_others(
    theory: toc.TheoryOfChange, profile: Profile | None, rule: Any
) -> None:
    every = findings_of(theory, today=date(2026, 9, 1), profile=profile)
    alone = findings_of(theory, today=date(2026, 9, 1), profile=profile, select=[rule.code])
    others = findings_of(theory, today=date(2026, 9, 1), profile=profile, ignore=[rule.code])
    if rule.code != "TOC169":  # which silences are unused depends on the rules that are followed
        assert [finding for finding in every if finding.code == rule.code] == list(alone)
        assert [f for f in every if f.code not in {rule.code, "TOC169"}] == [f for f in others if f.code != "TOC169"]


@tries(80)
@given(theories(), profiles, days)
def test_no_finding_proposes_another_label_for_what_is_measured(
    theory: toc.TheoryOfChange, profile: Profile | None, today: date
) -> None:
    for finding in findings_of(theory, today=today, profile=profile):
        told = f"{finding.message} {finding.fix}"
        assert not re.search("`(level|design|certainty|participation): [^`…]", told)
        assert not re.search("(change|raise|lower|correct|write)[^;]*`(level|design):", told)
