from __future__ import annotations

import os
from pathlib import Path

import pytest

import toc
from cli.running import Run


def test_the_starting_file_loads_and_explains_every_part(run: Run) -> None:
    result = run("new", "first.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    theory = toc.load("first.yaml")
    assert theory.goals
    assert theory.pillars
    assert theory.outcomes
    assert theory.activities
    assert theory.kpis
    text = Path("first.yaml").read_text(encoding="utf-8")
    sections = ["goal", "pillars", "outcomes", "activities", "kpis"]
    lines = text.splitlines()
    for section in sections:
        above = lines[next(number for number, line in enumerate(lines) if line.startswith(f"{section}:")) - 1]
        assert above.startswith("# ")
    assert "\t" not in text
    assert max(map(len, lines)) <= 120


def test_it_says_what_to_do_next_with_the_file_s_own_name(run: Run) -> None:
    assert "toc check first.yaml\n  toc draw first.yaml first.svg" in run("new", "first.yaml").stdout
    assert "toc check first.yaml" in Path("first.yaml").read_text(encoding="utf-8")
    assert "toc check 'two words.yaml'" in run("new", "two words.yaml").stdout


def test_what_it_advises_can_be_done(run: Run) -> None:
    run("new", "first.yaml")
    assert run("check", "first.yaml").stdout.startswith("first.yaml: fine: 1 goal, 2 pillars")


def test_a_file_is_never_overwritten_without_force(run: Run) -> None:
    before = Path("my.yaml").read_bytes()
    result = run("new", "my.yaml")
    assert result.exit_code == 2
    assert result.stderr == "my.yaml exists already: choose another name, or add --force to replace it\n"
    assert Path("my.yaml").read_bytes() == before
    assert run("new", "my.yaml", "--force").exit_code == 0
    assert Path("my.yaml").read_bytes() != before


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_that_leads_nowhere_is_not_overwritten_either(run: Run) -> None:
    Path("link.yaml").symlink_to("elsewhere.yaml")
    assert run("new", "link.yaml").exit_code == 2
    assert not Path("elsewhere.yaml").exists()


@pytest.mark.parametrize(
    "title", ["Reading", "A: b # c", "'quoted' \"twice\"", "Ångström 数 🎈", "no", "2026-01-01", "- x", "\\1 \\g<0>"]
)
def test_any_title_is_written_so_that_it_is_read_back(run: Run, title: str) -> None:
    assert run("new", "first.yaml", "--title", title).exit_code == 0
    assert toc.load("first.yaml").title == title


def test_the_starting_file_goes_to_stdout_for_a_dash(run: Run) -> None:
    result = run("new", "-")
    assert result.stderr == ""
    assert toc.loads(result.stdout).title == "Reading partners"


def test_a_folder_that_does_not_exist_is_one_line(run: Run) -> None:
    result = run("new", "nowhere/first.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("nowhere/first.yaml: the folder does not exist")


def test_a_spreadsheet_becomes_a_theory_and_what_was_left_out_is_said(run: Run) -> None:
    Path("our-activities.csv").write_text("Project,Strand,Pupils,Colour\nChess,Thinking,100+,red\n", encoding="utf-8")
    result = run("new", "chess.yaml", "--from", "our-activities.csv")
    assert result.exit_code == 0
    assert result.stdout.startswith("wrote chess.yaml\n")
    assert result.stderr.splitlines() == [
        "our-activities.csv: a number read from more than digits: C2 '100+' as 100",
        "our-activities.csv: kept under a key of your own (x-…), which nothing reads: D 'Colour' as x-colour",
        "our-activities.csv: read: A 'Project' as Activity; B 'Strand'; C 'Pupils' as Number of pupils",
    ]
    theory = toc.load("chess.yaml")
    assert theory.title == "Our activities"
    assert theory.pillar_of("chess") == "thinking"
    assert run("new", "two.yaml", "--from", "our-activities.csv", "--title", "Chess").exit_code == 0
    assert toc.load("two.yaml").title == "Chess"


def test_a_spreadsheet_may_be_piped_in(run: Run) -> None:
    result = run("new", "-", "--from", "-", piped_in="Title\nChess\n".encode("utf-8-sig"))
    assert toc.loads(result.stdout).activities["chess"].title == "Chess"


def test_a_spreadsheet_with_mistakes_writes_nothing_and_lists_them(run: Run) -> None:
    Path("a.csv").write_text("Title,Certainty,Pupils\nChess,hihg,many\n,low,\n", encoding="utf-8")
    result = run("new", "first.yaml", "--from", "a.csv")
    assert result.exit_code == 1
    assert not Path("first.yaml").exists()
    *lines, count = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["a.csv:B2", "a.csv:C2", "a.csv:A3"]
    assert count == "3 problems"


def test_several_spreadsheets_are_joined_and_what_stands_in_two_is_told(run: Run) -> None:
    Path("stem.csv").write_text("Ref,Project,Strand\n1,Coding,STEM\n2,Buddies,Literacy\n", encoding="utf-8")
    Path("reading.csv").write_text("Ref,Name,Activity,Lead\n1,Jo Smith,Buddies,Head of English\n", encoding="utf-8")
    result = run("new", "all.yaml", "--from", "stem.csv", "--from", "reading.csv")
    assert result.exit_code == 0
    theory = toc.load("all.yaml")
    assert theory.title == "Our theory of change"
    assert list(theory.activities) == ["coding", "buddies"]
    assert theory.activities["buddies"].lead == ("Head of English",)
    assert result.stderr.splitlines()[0] == (
        "taken for the same activity, because the title or the id is the same: reading.csv!C2 'Buddies' with stem.csv!B3"
    )
    assert "reading.csv!B 'Name' as x-name" in result.stderr
    twice = run("new", "all.yaml", "--force", "--from", "stem.csv", "--from", "stem.csv")
    assert (twice.exit_code, "named twice" in twice.stderr) == (2, True)


def test_mistakes_in_several_spreadsheets_are_told_at_once_with_their_files(run: Run) -> None:
    Path("a.csv").write_text("Title,Pupils\nChess,all Y4\n", encoding="utf-8")
    Path("b.csv").write_text("Title,Pupils\nDraughts,KS2\n", encoding="utf-8")
    result = run("new", "first.yaml", "--from", "a.csv", "--from", "b.csv")
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()[:2]] == ["a.csv!B2", "b.csv!B2"]


def test_a_file_made_from_a_spreadsheet_is_a_sketch(run: Run) -> None:
    Path("a.csv").write_text("Title\nChess\n", encoding="utf-8")
    run("new", "first.yaml", "--from", "a.csv")
    assert toc.load("first.yaml").settings.checks.profile == "sketch"


def test_an_excel_workbook_is_sent_back_with_advice(run: Run) -> None:
    Path("a.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    result = run("new", "first.yaml", "--from", "a.xlsx")
    assert result.exit_code == 2
    assert "choose Save As and the type CSV" in result.stderr
