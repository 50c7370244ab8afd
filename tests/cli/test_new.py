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
    assert (
        "toc check first.yaml\n  toc guide first.yaml --ask\n  toc draw first.yaml first.svg"
        in run("new", "first.yaml").stdout
    )
    assert "toc check first.yaml" in Path("first.yaml").read_text(encoding="utf-8")
    assert "toc check 'two words.yaml'" in run("new", "two words.yaml").stdout


def test_what_it_advises_can_be_done(run: Run) -> None:
    run("new", "first.yaml")
    told = run("check", "first.yaml")
    assert told.exit_code == 0
    assert told.stdout.startswith("first.yaml: 1 warning in 1 goal, 2 pillars")
    assert "placeholder (TOC166)" in told.stdout.split("\n\n")[1]
    text = Path("first.yaml").read_text(encoding="utf-8")
    Path("first.yaml").write_text(text.replace("Every child in our town", "Every child in Wells"), encoding="utf-8")
    assert run("check", "first.yaml").stdout.startswith("first.yaml: fine: 1 goal, 2 pillars")


@pytest.mark.parametrize("rows", [None, "rows.csv", "outline.txt"])
def test_what_it_starts_is_held_to_a_sketch_until_somebody_asks_for_more(run: Run, rows: str | None) -> None:
    if rows:
        lines = (
            "title,pillar\nChess,Thinking\n" if rows.endswith("csv") else "Every child thinks\n  Thinking\n    Chess\n"
        )
        Path(rows).write_text(lines, encoding="utf-8")
    run("new", "sketch.yaml", *(["--from", rows] if rows else []))
    theory = toc.load("sketch.yaml")
    assert theory.settings.checks.profile == theory.check().profile == "sketch"
    assert toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G"}).check().profile == "plan"


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


def test_a_spreadsheet_may_say_how_much_each_side_changes(run: Run) -> None:
    rows = "Activity,Strand,Partner,Internal impact,External impact (H/M/L)\nClub,STEM,St Mary's,low,H\nVisits,STEM,St Mary's,,middling\n"
    Path("a.csv").write_text(rows, encoding="utf-8")
    assert "is not one of low, medium, high" in run("new", "--from", "a.csv", "a.yaml").stderr
    Path("a.csv").write_text(rows.replace("middling", "medium"), encoding="utf-8")
    assert run("new", "--from", "a.csv", "a.yaml").exit_code == 0
    theory = toc.load("a.yaml")
    sides = {id: one.impact.model_dump(exclude_defaults=True) for id, one in theory.activities.items() if one.impact}
    assert sides == {
        "club": {"internal": {"level": "low"}, "external": {"level": "high"}},
        "visits": {"external": {"level": "medium"}},
    }


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


OUTLINE = "Every child reads\n\tLiteracy\n\t\tYoung readers catch up\n\t\t\tTutoring\n\t\t\tKPI: Reading age\n"


def test_an_outline_becomes_a_file_and_what_was_guessed_is_told(run: Run) -> None:
    Path("plan.txt").write_text(OUTLINE, encoding="utf-8")
    result = run("new", "first.yaml", "--from", "plan.txt")
    assert result.exit_code == 0
    assert "plan.txt: by how deep they stand, 1 goal, 1 pillar, 1 outcome and 1 activity" in result.stderr
    theory = toc.load("first.yaml")
    assert theory.effects("tutoring") == ("young-readers-catch-up",)
    assert theory.kpis["reading-age"].measures == ("young-readers-catch-up",)
    assert theory.settings.checks.profile == "sketch"


def test_a_text_of_cells_is_a_spreadsheet_whatever_it_is_called(run: Run) -> None:
    Path("table.txt").write_text("Activity\tStrand\nChess\tSTEM\n", encoding="utf-8")
    assert run("new", "first.yaml", "--from", "table.txt").exit_code == 0
    assert toc.load("first.yaml").effects("chess") == ("stem",)


def test_mistakes_in_an_outline_are_told_with_their_lines_and_nothing_is_written(run: Run) -> None:
    Path("plan.txt").write_text("Reads\n Activity: Tutoring\n  Outcome: Catches up\n", encoding="utf-8")
    result = run("new", "first.yaml", "--from", "plan.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "plan.txt:3:1: “Catches up” is taken for an outcome, which cannot lead to an activity"
    )
    assert not Path("first.yaml").exists()


ANSWERS = [
    "Every child reads", "Pupils in care", "", "Literacy", "Enjoyment", "", "- Young readers catch up", "", "",
    "Tutoring", "", "Clubs", "Tutoring", "", "Reading age", "", "",
]  # fmt: skip


def test_six_questions_make_a_file(run: Run) -> None:
    result = run("new", "first.yaml", "--ask", piped_in="\n".join(ANSWERS))
    assert result.exit_code == 0
    theory = toc.load("first.yaml")
    assert theory.goals["goal"].title == "Every child reads"
    assert theory.goals["goal"].target_group == ("pupils-in-care",)
    assert [pillar.title for pillar in theory.pillars.values()] == ["Literacy", "Enjoyment"]
    assert theory.effects("young-readers-catch-up") == ("literacy",)
    assert theory.effects("tutoring") == ("young-readers-catch-up", "enjoyment")
    assert theory.kpis["reading-age"].measures == ("young-readers-catch-up",)
    assert result.stderr.count("For example:") == 9
    assert "the same as “Tutoring”, so it is one box, which leads to “Enjoyment” too" in result.stderr


@pytest.mark.parametrize("answered", range(1, len(ANSWERS)))
@pytest.mark.parametrize("stop", ["q\n", ""])
def test_what_was_answered_is_kept_wherever_somebody_stops(run: Run, answered: int, stop: str) -> None:
    said = ANSWERS[:answered]
    result = run("new", "first.yaml", "--ask", piped_in="".join(f"{line}\n" for line in said) + stop)
    assert result.exit_code == 0
    text = Path("first.yaml").read_text(encoding="utf-8")
    assert toc.load("first.yaml").goals["goal"].title == "Every child reads"
    assert [line for line in said if line.lstrip("- ") not in text] == []


@pytest.mark.parametrize("said", ["", "q\n", "\n"])
def test_without_a_goal_nothing_is_written(run: Run, said: str) -> None:
    result = run("new", "first.yaml", "--ask", piped_in=said)
    assert result.exit_code == 2
    assert "nothing was written: there is no goal yet" in result.stderr
    assert not Path("first.yaml").exists()


def test_asking_and_reading_exclude_each_other(run: Run) -> None:
    result = run("new", "first.yaml", "--ask", "--from", "plan.txt")
    assert result.exit_code == 2
    assert "choose one" in result.stderr
