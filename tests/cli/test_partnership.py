"""`toc partnership`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import toc
from cli.running import Run
from toc import examples
from toc.pages.answer import Answer

RGS = toc.example("rgs-newcastle")
PARTS: dict[str, Answer] = {
    "health": RGS.health(today=date(2026, 9, 1)),
    "mutuality": RGS.mutuality(),
    "types": RGS.partnership_profile(),
    "benefits": RGS.benefits(),
    "evidence": RGS.evidence_ladder(),
}


@pytest.fixture(autouse=True)
def rgs(folder: Path) -> None:
    """The example stands in the folder as rgs.yaml."""
    Path("rgs.yaml").write_text(examples.text("rgs-newcastle"), encoding="utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_printed_in_every_format_and_ends_well_whatever_it_finds(run: Run, part: str) -> None:
    found = PARTS[part]
    for form, text in (
        ("text", found.to_text() + "\n"),
        ("markdown", found.to_markdown()),
        ("html", found.to_html()),
        ("csv", found.to_csv()),
    ):
        result = run("partnership", "rgs.yaml", "--part", part, "--today", "2026-09-01", "--format", form)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == text.splitlines()
    told = run("partnership", "rgs.yaml", "--part", part, "--today", "2026-09-01", "-f", "json").stdout
    assert json.loads(told) == found.to_dict()


def test_the_health_view_comes_first_and_another_day_gives_another_answer(run: Run) -> None:
    opening = "Of 18 lines 6 hold, 7 are to be looked at, and 5 are not said."
    assert opening in run("partnership", "rgs.yaml", "--today", "2026-09-01").stdout
    told = run("partnership", "rgs.yaml", "--today", "2019-01-01").stdout
    assert "As on 1 January 2019." in told
    assert opening not in told


def test_the_ending_of_the_file_says_what_is_written_and_no_page_replaces_the_theory(run: Run) -> None:
    assert run("partnership", "rgs.yaml", "-o", "trustees.html").stdout == "wrote trustees.html\n"
    assert Path("trustees.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("partnership", "rgs.yaml", "--part", "mutuality", "-o", "m.docx").exit_code == 0
    assert Path("m.docx").read_bytes()[:2] == b"PK"
    assert run("partnership", "rgs.yaml", "-o", "rgs.yaml").exit_code == 2
    assert Path("rgs.yaml").read_text(encoding="utf-8") == examples.text("rgs-newcastle")


def test_an_unknown_part_is_refused_with_the_choices(run: Run) -> None:
    result = run("partnership", "rgs.yaml", "--part", "helth")
    assert result.exit_code == 2
    assert "'mutuality'" in result.output


def test_a_part_that_is_misspelt_is_told_with_the_nearest(run: Run) -> None:
    result = run("partnership", "rgs.yaml", "--part", "mutualty")
    assert result.exit_code == 2
    assert "did you mean 'mutuality'?" in result.stderr
