from __future__ import annotations

import copy
import json
import pickle
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

import toc
from strategies import theories, tries
from toc.checks import findings_of
from toc.checks.findings import Findings
from toc.checks.page import MARKS
from toc.files.json_reader import read_json
from toc.files.locator import FindingPlaces, Format
from toc.files.yaml_reader import read_yaml

TODAY = date(2026, 9, 1)
SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
FINDING = toc.Finding("TOC999", "shaky", toc.Severity.WARNING, ("company",), (), ("pillars", "company"), "It <b>shakes</b>|", "Hold it.")  # fmt: skip


@pytest.fixture(scope="module")
def charity() -> toc.TheoryOfChange:
    return toc.example("small-charity")


@pytest.fixture(scope="module")
def found(charity: toc.TheoryOfChange) -> Findings:
    return charity.check(profile="funder", today=TODAY)


def test_findings_are_a_sequence_that_never_changes(charity: toc.TheoryOfChange, found: Findings) -> None:
    assert tuple(found) == findings_of(charity, today=TODAY, profile="funder")
    assert found[0] == next(iter(found)) == found[:1][0]
    assert isinstance(found[1:], Findings)
    assert len(found[1:]) == len(found) - 1
    assert found == charity.check(profile="funder", today=TODAY)
    assert hash(found) == hash(charity.check(profile="funder", today=TODAY))
    assert found != list(found)
    assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    with pytest.raises(TypeError):
        found[0] = FINDING  # type: ignore[index]


def test_the_three_severities_share_out_all_findings(found: Findings) -> None:
    assert len(found.errors) + len(found.warnings) + len(found.advice) == len(found)
    assert {finding.severity for finding in found.warnings} == {toc.Severity.WARNING}
    counts = found.to_dict()["counts"]
    assert counts == {"error": len(found.errors), "warning": len(found.warnings), "advice": len(found.advice)}
    assert repr(found) == f"<Findings: {len(found.warnings)} warnings>"
    assert repr(found.errors) == "<Findings: nothing>"
    assert found.summary == f"{len(found.warnings)} warnings in the profile “funder”."


def test_the_findings_of_one_node_are_those_that_name_it(found: Findings) -> None:
    of_one = found.of("company")
    assert 0 < len(of_one) < len(found)
    assert list(of_one) == [finding for finding in found if "company" in finding.nodes]
    with pytest.raises(toc.TheoryError, match="did you mean 'company'"):
        found.of("compony")


def test_the_profile_is_the_one_asked_for_else_the_file_s_else_plan(charity: toc.TheoryOfChange) -> None:
    assert charity.check(today=TODAY).profile == "plan"
    own = charity.evolve(settings={"checks": {"profile": "funder"}})
    assert own.check(today=TODAY).profile == "funder"
    assert own.check(today=TODAY, profile="sketch").profile == "sketch"
    assert own.check(today=TODAY) == charity.check(today=TODAY, profile="funder")


def test_a_word_that_is_no_profile_or_rule_is_named_with_the_nearest(charity: toc.TheoryOfChange) -> None:
    with pytest.raises(toc.OptionError, match="did you mean 'funder'"):
        charity.check(profile="founder")  # type: ignore[arg-type]
    with pytest.raises(toc.OptionError, match="did you mean 'unused-silence'"):
        charity.check(select=["unused-silense"])


def test_select_and_ignore_take_codes_names_and_beginnings(charity: toc.TheoryOfChange, found: Findings) -> None:
    first = found[0]
    for word in (first.code, first.name, first.code[:5]):
        assert first in charity.check(profile="funder", today=TODAY, select=word)
        assert first not in charity.check(profile="funder", today=TODAY, ignore=[word])
    assert {one.code for one in charity.check(profile="funder", today=TODAY, select=[first.code])} == {first.code}


def test_without_a_day_dates_are_judged_as_of_the_present_one() -> None:
    early = toc.loads("{toc: 1, title: T, goal: G, review_on: 2020-01-01}").check(select="TOC16")
    late = toc.loads("{toc: 1, title: T, goal: G, review_on: 2999-01-01}").check(select="TOC16")
    assert len(early) > len(late)


def test_as_json_nothing_is_lost(found: Findings) -> None:
    told = json.loads(json.dumps(found.to_dict()))
    assert told["profile"] == "funder"
    assert [tuple(one["nodes"]) for one in told["findings"]] == [one.nodes for one in found]
    assert [one["message"] for one in told["findings"]] == [one.message for one in found]


def test_in_pandas_there_is_a_row_for_each_and_the_same_columns_for_none(found: Findings) -> None:
    pytest.importorskip("pandas")
    frame = found.to_pandas()
    assert list(frame["code"]) == [one.code for one in found]
    assert list(frame["nodes"].explode())[: len(found[0].nodes)] == list(found[0].nodes)
    assert list(found.errors.to_pandas().columns) == list(frame.columns)


def test_the_text_groups_by_the_organisation_s_own_word_and_says_all_findings(charity: toc.TheoryOfChange) -> None:
    own = charity.evolve(settings={"vocabulary": {"pillar": "Säule"}})
    whole = toc.Finding("TOC998", "vague", toc.Severity.ADVICE, (), (), (), "It is vague.", "Say it.")
    text = Findings(own, [FINDING, whole]).to_text(all=True)
    assert text.index("The whole theory\n----") < text.index("It is vague.") < text.index("Säule: Company\n----")
    assert "▲ warning: shaky (TOC999)" in text
    assert text.endswith("1 warning and 1 piece of advice in the profile “plan”.")


@pytest.mark.parametrize("width", [24, 40, 100])
def test_no_line_of_the_text_is_wider_than_asked_for(found: Findings, width: int) -> None:
    lines = found.to_text(width).splitlines()
    assert [line for line in lines if len(line) > width and not line.startswith(("▲", "●", "✖"))] == []


def test_a_severity_has_a_sign_and_a_word(found: Findings) -> None:
    assert len(set(MARKS.values())) == len(toc.Severity) == 3
    for finding in found:
        assert f"{MARKS[finding.severity]} {finding.severity}" in found.to_text()


def test_what_stands_in_a_theory_is_text_in_markdown_and_html(charity: toc.TheoryOfChange) -> None:
    hostile = charity.edit("company", title="<script>alert(1)</script>|*x*")
    shown = Findings(hostile, [FINDING])
    assert "<script" not in shown._repr_html_()
    assert "<b>" not in shown._repr_html_()
    assert "&lt;b&gt;shakes" in shown._repr_html_()
    markdown = shown.to_markdown()
    assert "\\<script\\>" in markdown
    assert "It \\<b\\>shakes\\</b\\>\\|" in markdown


def test_a_notebook_shows_what_to_do_first_and_counts_the_rest(found: Findings) -> None:
    kinds = {one.code for one in found}
    html = found._repr_html_()
    assert html.count("<tr>") == 1 + min(3, len(kinds))
    assert html.count("<li>") == max(0, len(kinds) - 3)
    assert "What to do first" in html
    assert all(code in html for code in kinds)
    assert "<table" not in found.errors._repr_html_()
    assert "Nothing was found in the profile “funder”." in found.errors._repr_html_()


def test_the_text_tells_three_kinds_in_full_and_all_of_them_where_that_is_asked(found: Findings) -> None:
    text, whole = found.to_text(), found.to_text(all=True)
    assert text.count("To fix it:") <= 3 * 3
    assert whole.count("\n  To fix it:") <= len(found)
    assert [one for one in found if " ".join(one.message.split()) not in " ".join(whole.split())] == []
    assert "`to_text(all=True)` tells them all." in text
    with pytest.raises(toc.OptionError, match="all is True or False"):
        found.to_text(all=3)  # type: ignore[arg-type]


@tries(40)
@given(theory=theories())
def test_whatever_is_found_in_any_theory_can_be_shown_and_placed(theory: toc.TheoryOfChange) -> None:
    found = theory.check(profile="funder", today=TODAY)
    text, html, markdown = found.to_text(), found._repr_html_(), found.to_markdown()
    assert markdown.count("\n| ") >= len(found)
    assert html.count("<tr>") + html.count("<li>") >= len({one.code for one in found})
    assert found.to_text(all=True).endswith(found.summary)
    assert text.endswith(found.summary)
    for format in get_args(Format):
        dumped = theory.dumps(format)
        places = FindingPlaces(dumped, format)
        for finding in found:
            place = places.place(finding.path)
            if place:
                assert places.line(*place)
            else:
                assert not finding.path or finding.path[0] not in toc_keys(dumped, format)


def toc_keys(text: str, format: str) -> set[str]:
    value = (read_json if format == "json" else read_yaml)(text).value
    return set(value) | ({"goal", "goals"} if {"goal", "goals"} & set(value) else set())


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_the_findings_of_the_small_charity_are_told_as_they_were(found: Findings, ending: str) -> None:
    # After a change that is meant, put what is told now into the file.
    told = found.to_text(all=True) + "\n" if ending == "txt" else found.to_markdown()
    assert told == (SNAPSHOTS / f"small-charity-findings.{ending}").read_text(encoding="utf-8")
