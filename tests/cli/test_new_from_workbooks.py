from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import toc
from cli.running import Run
from hostile_workbooks import REFUSED

DAY = date(2027, 7, 31)
HEADS = ("Project", "Number of pupils", "KPI", "Unit", "Target", "Target date")
Rows = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows], formats: Mapping[str, str] | None = None, file: str = "plan.xlsx") -> None:
    """A workbook of these sheets; `formats` are of cells of the first."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    for cell, look in (formats or {}).items():
        made.worksheets[0][cell].number_format = look
    made.save(file)


def test_cells_are_what_excel_shows_whatever_the_signs_between_digits(run: Run) -> None:
    rows = [
        ["Our plan of 2026"],
        HEADS,
        ["Reading", 1200.0, "Reading age", "months", 14.125, datetime.combine(DAY, time(9, 30))],
        ["Coding", "1.200", "Pupils who code", "% of pupils", 0.75, DAY],
    ]
    workbook({"Activities": rows}, {"E4": "0%"})
    result = run("new", "new.yaml", "--from", "plan.xlsx")
    assert result.exit_code == 0
    theory = toc.load("new.yaml")
    assert [one.participation for one in theory.activities.values()] == [1200, 1200]
    assert [(one.unit, one.target) for one in theory.kpis.values()] == [
        ("months", (toc.Milestone(value=14.125, by=DAY),)),
        ("% of pupils", (toc.Milestone(value=75, by=DAY),)),
    ]
    told = result.stderr.splitlines()
    assert told[0].endswith("Activities!F3 '2027-07-31 09:30' as 2027-07-31")
    assert any(line.endswith("a point between thousands, as Activities!B4 shows") for line in told)


def test_sheets_that_are_headed_alike_are_read_together_and_their_names_are_strands(run: Run) -> None:
    heads = ["Project", "Certainty"]
    workbook(
        {
            "Read me": [["How to fill this in"], ["Activities"], ["Write one a row, and", "ask us"]],
            "Literacy": [heads, ["Reading", "High"]],
            "STEM": [["Certainty", "Project"], ["Low", "Coding"], ["Low", "Robots"]],
            "Budget": [["Item", "Cost"], ["Books", 120]],
        }
    )
    result = run("new", "new.yaml", "--from", "plan.xlsx")
    theory = toc.load("new.yaml")
    assert {one.title: theory.pillars[theory.pillar_of(id) or ""].title for id, one in theory.activities.items()} == {
        "Reading": "Literacy",
        "Coding": "STEM",
        "Robots": "STEM",
    }
    told = result.stderr.splitlines()
    assert told[0] == "plan.xlsx: sheets that are not read (--sheet says which to read): 'Read me'; 'Budget'"
    assert told[1].endswith("so its own name is their strand: 'Literacy'; 'STEM'")


def test_a_sheet_with_other_headings_is_read_when_it_is_named(run: Run) -> None:
    workbook({"This year": [["Project"], ["Reading"]], "Last year": [["Project", "Strand"], ["Chess", "Thinking"]]})
    run("new", "this.yaml", "--from", "plan.xlsx")
    assert [*toc.load("this.yaml").activities] == ["reading"]
    run("new", "last.yaml", "--from", "plan.xlsx", "--sheet", "last YEAR")
    assert [*toc.load("last.yaml").activities] == ["chess"]
    run("new", "both.yaml", "--from", "plan.xlsx", "--sheet", "Last year", "--sheet", "This year")
    theory = toc.load("both.yaml")
    assert [(id, theory.pillar_of(id)) for id in theory.activities] == [("chess", "thinking"), ("reading", "this-year")]
    unknown = run("new", "no.yaml", "--from", "plan.xlsx", "--sheet", "Last yeer")
    assert unknown.exit_code == 2
    assert (
        "there is no sheet 'Last yeer'; the sheets are This year, Last year: did you mean 'Last year'?"
        in unknown.stderr
    )


def test_hidden_sheets_are_read_only_when_they_are_named(run: Run) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["Project"])
    made.worksheets[0].append(["Old idea"])
    made.worksheets[0].title = "Archive"
    page = made.create_sheet("Now")
    page.append(["Project"])
    page.append(["Reading"])
    page.row_dimensions[2].hidden = True
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1
    made.save("plan.xlsx")
    assert "'Archive'" in run("new", "new.yaml", "--from", "plan.xlsx").stderr
    assert [*toc.load("new.yaml").activities] == ["reading"]
    run("new", "old.yaml", "--from", "plan.xlsx", "--sheet", "Archive")
    assert [*toc.load("old.yaml").activities] == ["old-idea"]


def test_formulas_count_as_what_they_showed_and_notes_are_told(run: Run) -> None:
    with xlsxwriter.Workbook("plan.xlsx") as made:
        page = made.add_worksheet("Plan")
        page.write_row(0, 0, ["Project", "Pupils"])
        page.write_string(1, 0, "Reading")
        page.write_formula(1, 1, "=20*4", None, 80)
        page.write_comment(1, 0, "Ask the head first")
    result = run("new", "new.yaml", "--from", "plan.xlsx")
    assert toc.load("new.yaml").activities["reading"].participation == 80
    assert "formulas, of which the result that was saved is read: Plan!B2 as '80'" in result.stderr
    assert "notes on cells, which are not kept: Plan!A2 'Ask the head first'" in result.stderr


def test_what_a_new_user_gets_wrong_is_told_at_once_with_sheet_and_cell(run: Run) -> None:
    rows = [
        HEADS,
        ["Reading", "many", "Reading age", "months", 0.75, "31/13/2027"],
        ["Coding", 30, "Pupils", "pupils", "#N/A", "soon"],
        ["Chess", "=20*4", "Games", "games", "x", 46_000],
    ]
    workbook({"Plan": rows}, {"E2": "0%"})
    result = run("new", "new.yaml", "--from", "plan.xlsx")
    assert result.exit_code == 1
    assert not Path("new.yaml").exists()
    told = [line.split(": ", 1) for line in result.stderr.splitlines()]
    assert [line[0] for line in told] == [
        *(f"plan.xlsx:Plan!{cell}" for cell in ("B2", "E2", "F2", "E3", "F3", "B4", "E4", "F4")),
        "8 problems",
    ]
    assert [line[1].rpartition(" ")[2] for line in told[:-1]] == [
        *("[TOC012]", "[TOC012]", "[TOC015]", "[TOC039]", "[TOC015]", "[TOC039]", "[TOC012]", "[TOC015]")
    ]
    assert "'75%' is a percentage, and the unit is 'months': make the two agree" in result.stderr
    assert "'#N/A' is an error of the spreadsheet: mend the formula, or empty the cell" in result.stderr
    assert "the result of this formula was not saved: open the workbook in Excel, save it" in result.stderr


def test_a_workbook_without_a_known_heading_says_which_sheets_there_are(run: Run) -> None:
    workbook({"One": [["Was", "Wo"], ["Lesen", "Halle"]], "Two": [["Item"], ["Books"]]})
    told = run("new", "new.yaml", "--from", "plan.xlsx").stderr
    assert told.startswith("plan.xlsx: in no sheet is a column headed Title, Activity or Project")
    assert "(there are 'One', 'Two') [TOC011]" in told
    workbook({"One": [["Was", "Wo"], ["Lesen", "Halle"]]})
    assert run("new", "new.yaml", "--from", "plan.xlsx").stderr.startswith("plan.xlsx:One!A1: no column is headed")


def test_workbooks_and_csv_files_are_joined_and_each_cell_names_its_file(run: Run) -> None:
    workbook({"Plan": [["Project"], ["Chess"]]})
    workbook({"Plan": [["Project", "Pupils"], ["Chess", "all Y4"]]}, file="more.xlsx")
    Path("stem.csv").write_text("Project,Pupils\nCoding,KS2\n", encoding="utf-8")
    result = run("new", "new.yaml", "--from", "plan.xlsx", "--from", "more.xlsx", "--from", "stem.csv")
    assert [line.split(": ")[0] for line in result.stderr.splitlines()[:2]] == ["more.xlsx:Plan!B2", "stem.csv!B2"]


@pytest.mark.parametrize("name", ["OLE", "with a password", "empty", "cut", "no zip", "sparse bomb", "external entity"])
def test_what_is_no_workbook_is_refused_in_one_line(run: Run, name: str) -> None:
    make, code = REFUSED[name]
    Path("theirs.xls" if name == "OLE" else "theirs.xlsx").write_bytes(make())
    result = run("new", "new.yaml", "--from", "theirs.xls" if name == "OLE" else "theirs.xlsx")
    assert result.exit_code == 2
    assert result.stderr.startswith("theirs.xls")
    assert result.stderr.endswith(f" [{code}]\n")
    assert result.stderr.count("\n") == 1


def test_a_sheet_is_named_only_of_a_workbook(run: Run) -> None:
    Path("a.csv").write_text("Title\nChess\n", encoding="utf-8")
    Path("a.txt").write_text("Thinking\n  Chess\n", encoding="utf-8")
    for asked in (["--from", "a.csv"], ["--from", "a.txt"], []):
        result = run("new", "new.yaml", *asked, "--sheet", "Plan")
        assert result.exit_code == 2, asked
        assert "sheet" in result.stderr


def test_a_workbook_of_a_whole_theory_becomes_that_theory(run: Run) -> None:
    theory = toc.example("rgs-newcastle")
    Path("ours.xlsx").write_bytes(theory.to_xlsx())
    assert run("new", "whole.yaml", "--from", "ours.xlsx").exit_code == 0
    found = toc.load("whole.yaml")
    assert (found.title, found.nodes) == (theory.title, theory.nodes)
    run("new", "named.yaml", "--from", "ours.xlsx", "--title", "Ours")
    assert toc.load("named.yaml").title == "Ours"
    rows = run("new", "rows.yaml", "--from", "ours.xlsx", "--sheet", "Activities")
    assert rows.exit_code == 0
    assert [one.title for one in toc.load("rows.yaml").activities.values()] == [
        one.title for one in theory.activities.values()
    ]
