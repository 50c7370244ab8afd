from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import toc
from cli.running import Run
from hostile_workbooks import REFUSED

PLAN = """\
toc: 1
title: Our partnership   # as the heads agreed
goal: Every child does well
pillars: {literacy: Literacy}
outcomes: {readers: {title: Readers catch up, leads_to: literacy}}
activities:
  reading: {title: Weekly reading, leads_to: readers, participation: 100}
  chess: {title: Chess, leads_to: goal}
"""


@pytest.fixture
def log() -> str:
    """What the office sends in, in the working folder."""
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.title = "Log"
    for row in (["Project", "Strand", "Pupils"], ["Weekly reading", "Literacy", 120], ["Robots", "STEM", 30]):
        page.append(row)
    made.save("log.xlsx")
    return "log.xlsx"


def test_new_changed_and_vanished_rows_are_listed_and_written(run: Run, log: str) -> None:
    result = run("update", "plan.yaml", "--from", log)
    assert result.exit_code == 0
    assert "Activity: Weekly reading" in result.stdout
    assert "Robots → STEM" in result.stdout
    assert "no row names these any more, and they are kept (--delete takes them out): 'Chess'" in result.stdout
    assert result.stdout.endswith("wrote plan.yaml\n")
    text = Path("plan.yaml").read_text(encoding="utf-8")
    assert "title: Our partnership   # as the heads agreed" in text
    assert "  reading: {title: Weekly reading, leads_to: readers, participation: 120}" in text
    theory = toc.load("plan.yaml")
    assert [*theory.activities] == ["reading", "chess", "robots"]
    assert [*theory.pillars] == ["literacy", "stem"]
    assert "was left as it is" in run("update", "plan.yaml", "--from", log).stdout


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, log: str) -> None:
    result = run("update", "plan.yaml", "--from", log, "--dry-run")
    assert "Robots → STEM" in result.stdout
    assert result.stdout.endswith("plan.yaml was left as it is\n")
    assert Path("plan.yaml").read_text(encoding="utf-8") == PLAN
    assert run("update", "-", "--from", log, "--dry-run", piped_in=PLAN).exit_code == 0
    assert run("update", "-", "--from", log, piped_in=PLAN).exit_code == 2


def test_what_no_row_names_is_taken_out_when_that_is_asked_for(run: Run, log: str) -> None:
    run("update", "plan.yaml", "--from", log, "--delete", "--sheet", "log")
    assert [*toc.load("plan.yaml").activities] == ["reading", "robots"]


def test_every_mistake_is_told_with_its_cell_and_nothing_is_written(run: Run, log: str) -> None:
    made = openpyxl.load_workbook(log)
    page = made.worksheets[0]
    page["C2"], page["C3"], page["A4"], page["C4"] = "#N/A", "=10*3", "Weekly reading", "many"
    made.save(log)
    result = run("update", "plan.yaml", "--from", log)
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
        *("log.xlsx:Log!C2", "log.xlsx:Log!C3", "log.xlsx:Log!C4", "3 problems")
    ]
    assert Path("plan.yaml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("name", ["with a password", "OLE", "cut", "entities"])
def test_a_file_that_is_refused_changes_nothing(run: Run, log: str, name: str) -> None:
    Path(log).write_bytes(REFUSED[name][0]())
    result = run("update", "plan.yaml", "--from", log)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert Path("plan.yaml").read_text(encoding="utf-8") == PLAN


def test_a_workbook_that_toc_made_is_taken_back_with_merge(run: Run, log: str) -> None:
    Path("ours.xlsx").write_bytes(toc.load("plan.yaml").to_xlsx())
    result = run("update", "plan.yaml", "--from", "ours.xlsx")
    assert result.exit_code == 2
    assert result.stderr == "ours.xlsx is a workbook of a whole theory: `toc merge`, or `theory.merge`, takes it back\n"
    assert Path("plan.yaml").read_text(encoding="utf-8") == PLAN
