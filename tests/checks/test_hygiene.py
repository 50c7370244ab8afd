from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import toc
from checks.finding import found
from checks.held_out_titles import HELD_OUT
from checks.planting import CLEAN
from checks.wording_titles import TITLES
from toc.checks import findings_of
from toc.cli import main
from toc.language.placeholders import is_placeholder
from toc.model.types import KINDS

DUE = date(2027, 9, 30)  # as the clean theory says


def test_a_theory_without_a_review_is_told_how_to_write_one() -> None:
    (finding,) = findings_of(toc.load(CLEAN).evolve(review_on=None), today=DUE, profile="funder", select=["TOC16"])
    assert (finding.code, finding.nodes, finding.path) == ("TOC161", (), ())
    assert "`review_on: YEAR-MONTH-DAY`" in finding.fix


@pytest.mark.parametrize(("days", "overdue"), [(-1, False), (0, False), (1, True)])
def test_a_review_is_overdue_from_the_day_after(days: int, overdue: bool) -> None:
    findings = findings_of(toc.load(CLEAN), today=DUE + timedelta(days), profile="funder", select=["TOC16"])
    assert [(finding.code, finding.path) for finding in findings] == [("TOC162", ("review_on",))] * overdue


def test_a_sketch_needs_no_review() -> None:
    assert findings_of(toc.load(CLEAN).evolve(review_on=None), today=DUE, profile="sketch") == ()


@pytest.mark.parametrize("profile", ["sketch", "plan", "funder"])
def test_the_goals_that_we_write_are_placeholders_and_nothing_else_that_we_write_is(
    profile: str, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("title,pillar\nChess club,Thinking\n", encoding="utf-8")
    for start in ([], ["--from", str(rows)]):
        file = tmp_path / "my.yaml"
        assert CliRunner().invoke(main, ["new", str(file), "--force", *start]).exit_code == 0
        findings = found(toc.load(file), "TOC166", profile=profile)
        assert [finding.nodes for finding in findings] == [("goal",)]
        assert str(findings[0].severity) == ("error" if profile == "funder" else "warning")


@pytest.mark.parametrize(
    "title",
    ["TBC", "tbc.", "To be confirmed", "Lorem ipsum dolor sit amet", "…", "...", "???", "xxx", "XXXX", "New goal", "New aim",
     "New outcome 2", "[insert title here]", "<your text>", "Outcome: TBC", "Untitled", "TODO", "noch offen", "—"],
)  # fmt: skip
def test_what_only_holds_a_place_is_told(title: str) -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, settings: {vocabulary: {goal: Aim}}, outcomes: {a: A}}")
    assert [finding.nodes for finding in found(theory.edit("a", title=title), "TOC166")] == [("a",)]
    assert [finding.path for finding in found(theory.evolve(title=title), "TOC166")] == [("title",)]


@pytest.mark.parametrize(
    "title",
    ["New goals for girls' football", "New homes built", "Goal", "Outcome 1", "To do no harm", "XX", "TBC Trust funds clubs", "X",
     "New pillar of the community", "Your voice counts", "5 a day", "Every child in our town reads well", "数", "Bar", "Type 2"],
)  # fmt: skip
def test_a_real_title_is_no_placeholder(title: str) -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, outcomes: {a: A}}")
    assert not found(theory.edit("a", title=title).evolve(title=title), "TOC166")


@pytest.mark.parametrize(
    "title",
    [title for part in HELD_OUT.values() for title, _ in part] + [t for both in TITLES.values() for t in both.left],
)
def test_no_title_of_the_field_is_a_placeholder(title: str) -> None:
    assert not is_placeholder(title, KINDS)
