"""`toc progress`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import toc
from cli.running import Run
from toc import examples

TODAY = ("--today", "2026-11-25")


@pytest.fixture(autouse=True)
def rgs(folder: Path) -> None:
    """The example stands in the folder as rgs.yaml."""
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")


def test_progress_is_printed_in_every_format_and_ends_well_whatever_it_finds(run: Run) -> None:
    found = toc.example("rgs-newcastle").progress(date(2026, 11, 25))
    for form, text in (
        ("text", found.to_text() + "\n"),
        ("markdown", found.to_markdown()),
        ("html", found.to_html()),
        ("csv", found.to_csv()),
    ):
        result = run("progress", "rgs.yaml", *TODAY, "--format", form)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == text.splitlines()
    assert json.loads(run("progress", "rgs.yaml", *TODAY, "-f", "json").stdout) == found.to_dict()


def test_another_day_gives_another_answer(run: Run) -> None:
    assert "9 not known, 2 on track" in run("progress", "rgs.yaml", "--today", "2027-12-31").stdout
    assert run("progress", "rgs.yaml", "--today", "31/12/2027").exit_code == 2


def test_the_page_for_governors_draws_its_marks_and_says_their_words(run: Run) -> None:
    assert run("progress", "rgs.yaml", *TODAY, "-o", "governors.html").stdout == "wrote governors.html\n"
    page = Path("governors.html").read_text(encoding="utf-8")
    assert page.count("<svg aria-hidden") > 10
    assert "</svg> on track<" in page
    assert [glyph for glyph in "★●▲■✕○" if glyph in page] == []


def test_a_page_does_not_replace_the_theory(run: Run) -> None:
    assert run("progress", "rgs.yaml", "-o", "rgs.yaml").exit_code == 2
    assert Path("rgs.yaml").read_text(encoding="utf-8") == examples.text("rgs-newcastle")


def test_small_groups_are_shown_where_they_are_asked_for_and_the_page_says_so(run: Run) -> None:
    Path("small.yaml").write_text(
        "toc: 1\ntitle: T\ngoal: G\nactivities: {a: {title: A, leads_to: goal}}\nkpis:\n"
        "  k: {title: K, measures: a, level: participation, readings: [{date: 2026-07-31, value: 7, where: {g: h}}]}\n",
        encoding="utf-8",
    )
    hidden = run("progress", "small.yaml", *TODAY, "-f", "markdown").stdout
    shown = run("progress", "small.yaml", *TODAY, "-f", "markdown", "--small-groups").stdout
    assert "| fewer than 10<br>on 31 July 2026 |" in hidden
    assert "| 7<br>on 31 July 2026 |" in shown
    assert "do not pass this on" in shown
    assert "do not pass this on" not in hidden
