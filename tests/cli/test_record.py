"""`toc record`: one reading, a table of them, and a table to fill in; one line is added for each and nothing else changes."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import toc
from cli.running import Run
from toc import examples

HEAD = """\
# What we count, and why.
toc: 1
title: Reading partners   # working title
goal: Every child reads
activities:
  clubs: {title: Clubs, leads_to: goal}
kpis:
  # The one that matters
"""


@pytest.fixture
def rgs(folder: Path) -> Path:
    """The commented file of a real partnership."""
    path = folder / "rgs.yaml"
    path.write_text(examples.text("rgs-newcastle"), encoding="utf-8")
    return path


def changed(before: str, path: Path) -> list[str]:
    """The lines that a file lost and got."""
    lines = difflib.unified_diff(before.splitlines(), path.read_text(encoding="utf-8").splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


# One reading


def test_one_line_is_added_to_a_commented_file(run: Run, rgs: Path) -> None:
    before = rgs.read_text(encoding="utf-8")
    result = run(
        "record", "rgs.yaml", "reading-age", "13", "--date", "2027-07-15", "--where", "group=disadvantaged", "--n", "34",
        "--today", "2027-09-01",
    )  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "rgs.yaml: 1 new reading\n"
        "  Reading-age gain over the school year: 13 months on 15 July 2027 (group: disadvantaged)\n"
    )
    assert changed(before, rgs) == ["+      - {date: 2027-07-15, value: 13, where: {group: disadvantaged}, n: 34}"]


@pytest.mark.parametrize(
    ("kpi", "lines"),
    [
        ("  age:\n    title: Age   # a\n    measures: clubs\n    unit: months\n    # not read yet\n    owner: Office\n",
         ["+    readings:", "+      - {date: 2026-07-15, value: 13}"]),
        ("  age:\n    title: Age\n    measures: clubs\n    readings:   # none yet\n    unit: months\n",
         ["+      - {date: 2026-07-15, value: 13}"]),
        ("  age:\n    title: Age\n    measures: clubs\n    readings: [{date: 2025-07-15, value: 12}]   # last year\n",
         ["-    readings: [{date: 2025-07-15, value: 12}]   # last year",
          "+    readings: [{date: 2025-07-15, value: 12}, {date: 2026-07-15, value: 13}]   # last year"]),
        ("  age:\n    title: Age\n    measures: clubs\n    readings: [\n      {date: 2025-07-15, value: 12},   # last year\n    ]\n",
         ["+      {date: 2026-07-15, value: 13},"]),
        ("  age:\n    title: Age\n    measures: clubs\n    readings: [\n      {date: 2025-07-15, value: 12}   # last year\n    ]\n",
         ["-      {date: 2025-07-15, value: 12}   # last year", "+      {date: 2025-07-15, value: 12},   # last year",
          "+      {date: 2026-07-15, value: 13}"]),
        (("  age:\n    title: Age\n    measures: clubs\n    readings:\n      - date: 2025-07-15   # last year\n        value: 12\n"
         "      # and so on\n"),
         ["+      - {date: 2026-07-15, value: 13}"]),
        ("  age: {title: Age, measures: clubs}   # short\n",
         ["-  age: {title: Age, measures: clubs}   # short",
          "+  age: {title: Age, measures: clubs, readings: [{date: 2026-07-15, value: 13}]}   # short"]),
    ],
)  # fmt: skip
def test_the_least_is_changed_however_the_readings_are_written(
    run: Run, folder: Path, kpi: str, lines: list[str]
) -> None:
    path = folder / "reading.yaml"
    path.write_text(HEAD + kpi, encoding="utf-8")
    assert run("record", "reading.yaml", "age", "13", "--date", "2026-07-15", "--today", "2027-01-01").exit_code == 0
    assert changed(HEAD + kpi, path) == lines


def test_a_long_note_stays_in_the_line_of_its_reading(run: Run, rgs: Path) -> None:
    before, note = rgs.read_text(encoding="utf-8"), 'Two classes: one was away, "ill" # not counted' + " word" * 60
    day = ("--date", "2026-09-01", "--today", "2027-01-01")
    assert run("record", "rgs.yaml", "reading-age", "-3", *day, "--note", note).exit_code == 0
    (line,) = changed(before, rgs)
    assert line.startswith("+      - {date: 2026-09-01, value: -3, note: ")
    assert toc.load(rgs).kpis["reading-age"].readings[-1].note == note


def test_the_same_reading_is_not_written_twice(run: Run, rgs: Path) -> None:
    before = rgs.read_bytes()
    result = run("record", "rgs.yaml", "reading-age", "12", "--date", "15/07/2026", "--today", "2027-01-01")
    assert result.stdout == "rgs.yaml: 1 reading there already; nothing was written\n"
    assert rgs.read_bytes() == before


def test_another_value_is_refused_until_it_is_to_replace_the_first(run: Run, rgs: Path) -> None:
    before = rgs.read_text(encoding="utf-8")
    one = ("record", "rgs.yaml", "reading-age", "11", "--date", "2026-07-15", "--today", "2027-01-01")
    result = run(*one)
    assert result.exit_code == 1
    assert result.stderr.endswith("say replace=True (`--replace`) if this is the right value [TOC037]\n")
    assert changed(before, rgs) == []
    result = run(*one, "--replace")
    assert result.stdout.startswith("rgs.yaml: 1 reading with another value\n")
    assert changed(before, rgs) == [
        "-      - {date: 2026-07-15, value: 12}                     # illustrative",
        "+      - {date: 2026-07-15, value: 11}                     # illustrative",
    ]


def test_a_dry_run_writes_nothing(run: Run, rgs: Path) -> None:
    before = rgs.read_bytes()
    result = run(
        "record", "rgs.yaml", "reading-age", "11", "--date", "2026-09-01", "--dry-run", "--today", "2027-01-01"
    )
    assert result.stdout.startswith("rgs.yaml: 1 new reading; nothing was written\n")
    assert rgs.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "say what to record"),
        (("reading-age",), 2, "a reading has a value and a day"),
        (("reading-age", "3"), 2, "a reading has a value and a day"),
        (("reading-age", "3", "--from", "a.csv"), 2, "say what to record"),
        (("--from", "a.csv", "--n", "3"), 2, "in a table they are columns"),
        (("--template", "a.docx"), 2, "end it in .xlsx or .csv"),
        (("--template", "rgs.csv", "--date", "tomorrow"), 2, "write it as YEAR-MONTH-DAY"),
        (("reading-age", "3", "--date", "2026-07-01", "--where", "boys"), 2, "write KEY=NAME"),
        (("reading-age", "x", "--date", "2026-07-01"), 1, "'x' is not a number"),
        (("reading-age", "3", "--date", "31/7/26"), 1, "write the year in full"),
        (("reading-age", "3", "--date", "2027-01-02"), 1, "2 January 2027 has not come yet"),
        (("reeding-age", "3", "--date", "2026-07-01"), 1, "did you mean 'reading-age'?"),
        (("--from", "nowhere.csv"), 2, "nowhere.csv: there is no such file"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    run: Run, rgs: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = rgs.read_bytes()
    result = run("record", "rgs.yaml", *arguments, "--today", "2027-01-01")
    assert result.exit_code == code
    assert said in result.stderr
    assert rgs.read_bytes() == before
    assert sorted(path.name for path in rgs.parent.iterdir()) == ["my.yaml", "rgs.yaml"]


# Tables


def test_a_table_is_recorded_line_by_line(run: Run, rgs: Path) -> None:
    before = rgs.read_text(encoding="utf-8")
    Path("term.csv").write_text(
        "kpi,date,value,n,where_group\nreading-age,2026-12-18,13,34,\nreading-age,2026-12-18,12,9,disadvantaged\n"
        "Gain on a short coding task,2026-12-18,4.5,,\n",
        encoding="utf-8",
    )
    result = run("record", "rgs.yaml", "--from", "term.csv", "--today", "2027-01-01")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "rgs.yaml: 3 new readings")
    assert changed(before, rgs) == [
        "+    readings:",
        "+      - {date: 2026-12-18, value: 4.5}",
        "+      - {date: 2026-12-18, value: 13, n: 34}",
        "+      - {date: 2026-12-18, value: 12, where: {group: disadvantaged}, n: 9}",
    ]
    again = run("record", "rgs.yaml", "--from", "-", "--today", "2027-01-01", piped_in=Path("term.csv").read_text())
    assert again.stdout == "rgs.yaml: 3 readings there already; nothing was written\n"


def test_all_problems_of_a_table_come_at_once_and_nothing_is_written(run: Run, rgs: Path) -> None:
    before = rgs.read_bytes()
    text = "kpi,date,value\nreading-age,03/04/2026,75%\ncodeing-task,2026-12-18,#N/A\nreading-age,2026-07-15,99\n"
    Path("term.csv").write_text(text, encoding="utf-8")
    result = run("record", "rgs.yaml", "--from", "term.csv", "--today", "2027-01-01")
    assert result.exit_code == 1
    places = [line.partition(": ")[0] for line in result.stderr.splitlines()]
    assert places == ["term.csv:B2", "term.csv:C2", "term.csv:C3", "term.csv:C4", "4 problems"]
    assert rgs.read_bytes() == before
    again = run("record", "rgs.yaml", "--from", "term.csv", "--dates", "day-first", "--today", "2027-01-01")
    assert "B2" not in again.stderr


def test_many_readings_are_told_in_short(run: Run, rgs: Path) -> None:
    rows = "".join(f"reading-age,2024-01-{day:02},{day}\n" for day in range(1, 32))
    result = run("record", "rgs.yaml", "--from", "-", piped_in=f"kpi,date,value\n{rows}")
    assert result.stdout.splitlines()[0] == "rgs.yaml: 31 new readings"
    assert result.stdout.splitlines()[-1] == "  and 11 more"


# Templates


def test_a_template_holds_a_row_for_each_kpi_and_comes_back(run: Run, rgs: Path) -> None:
    before = rgs.read_text(encoding="utf-8")
    assert (
        run("record", "rgs.yaml", "--template", "results.xlsx", "--date", "2026-12-18").stdout == "wrote results.xlsx\n"
    )
    book = load_workbook("results.xlsx")
    page: Any = book.active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    headings = [
        "kpi", "title", "unit", "last_date", "last_value", "target", "target_by", "date", "value", "n", "note", "where_group",
    ]  # fmt: skip
    assert rows[0] == headings
    assert [row[0] for row in rows[1:]] == list(toc.load(rgs).kpis)
    age = rows[1 + list(toc.load(rgs).kpis).index("reading-age")]
    assert age[1:3] == ["Reading-age gain over the school year", "months"]
    assert [str(day)[:10] for day in (age[3], age[6], age[7])] == ["2026-07-15", "2027-07-15", "2026-12-18"]
    assert (age[4], age[5], age[8]) == (12, 14, None)
    untouched = run("record", "rgs.yaml", "--from", "results.xlsx", "--today", "2027-01-01")
    assert untouched.stdout == "rgs.yaml: no readings; nothing was written\n"
    row = 3 + list(toc.load(rgs).kpis).index("reading-age")
    page.cell(row, 9, 13.5)
    page.cell(row, 10, 34)
    book.save("results.xlsx")
    assert run("record", "rgs.yaml", "--from", "results.xlsx", "--today", "2027-01-01").exit_code == 0
    assert changed(before, rgs) == ["+      - {date: 2026-12-18, value: 13.5, n: 34}"]


def test_a_template_may_be_csv_and_replaces_nothing_unasked(run: Run, rgs: Path) -> None:
    assert run("record", "rgs.yaml", "--template", "results.csv").exit_code == 0
    text = Path("results.csv").read_text(encoding="utf-8-sig")
    assert (
        text.splitlines()[10]
        == "reading-age,Reading-age gain over the school year,months,2026-07-15,12,14,2027-07-15,,,,,"
    )
    filled = text.replace("2027-07-15,,,,,", "2027-07-15,18/12/2026,13,,,", 1)
    Path("results.csv").write_text(filled, encoding="utf-8-sig")
    assert run("record", "rgs.yaml", "--from", "results.csv", "--today", "2027-01-01").stdout.startswith(
        "rgs.yaml: 1 new reading\n"
    )
    refused = run("record", "rgs.yaml", "--template", "results.csv")
    assert (refused.exit_code, refused.stderr) == (
        2, "results.csv exists already: choose another name, or add --force to replace it\n"
    )  # fmt: skip
    assert run("record", "rgs.yaml", "--template", "results.csv", "--force").exit_code == 0


def test_a_unit_or_a_title_that_looks_like_a_formula_is_text_in_the_template(run: Run, folder: Path) -> None:
    kpi = '  age: {title: "=cmd()", measures: clubs, unit: "=1+1; +2"}\n'
    (folder / "odd.yaml").write_text(HEAD + kpi, encoding="utf-8")
    for name in ("odd.xlsx", "odd.csv"):
        assert run("record", "odd.yaml", "--template", name, "--date", "2026-01-01").exit_code == 0
    page: Any = load_workbook("odd.xlsx").active
    assert (page["B3"].value, page["B3"].data_type) == ("=cmd()", "s")
    csv = Path("odd.csv").read_text(encoding="utf-8-sig").rstrip()
    Path("odd.csv").write_text(csv.replace("2026-01-01,,,", "2026-01-01,3,,"), encoding="utf-8")
    assert run("record", "odd.yaml", "--from", "odd.csv").stdout.startswith("odd.yaml: 1 new reading\n")


# Files that are something else


TAKEN = "this is a table of readings: `toc record my.yaml --from FILE` takes it [TOC002]"


@pytest.mark.parametrize(
    "command",
    [
        ("update", "rgs.yaml", "--from", "filled.csv"),
        ("update", "rgs.yaml", "--from", "filled.xlsx"),
        ("new", "new.yaml", "--from", "filled.csv"),
        ("new", "new.yaml", "--from", "filled.xlsx"),
        ("merge", "rgs.yaml", "filled.xlsx"),
    ],
)
def test_a_template_that_was_filled_in_is_nothing_but_a_table_of_readings(
    run: Run, rgs: Path, command: tuple[str, ...]
) -> None:
    *_, table = command
    before = rgs.read_text(encoding="utf-8")
    assert run("record", "rgs.yaml", "--template", table, "--date", "2026-07-15").exit_code == 0
    result = run(*command)
    assert (result.exit_code, result.stderr) == (2, f"{table}: {TAKEN}\n")
    assert rgs.read_text(encoding="utf-8") == before
    assert not Path("new.yaml").exists()


def test_a_workbook_of_the_whole_theory_is_no_table_of_readings(run: Run, rgs: Path) -> None:
    assert run("workbook", "rgs.yaml", "ours.xlsx").exit_code == 0
    result = run("record", "rgs.yaml", "--from", "ours.xlsx")
    assert result.exit_code == 2
    assert result.stderr == "ours.xlsx is a workbook of a whole theory: `toc merge`, or `theory.merge`, takes it back\n"


def test_a_table_whose_first_heading_was_changed_is_told_which_one_is_missing(run: Run, rgs: Path) -> None:
    Path("term.csv").write_text("Code,title,date,value\nreading-age,Gain,2026-07-15,12\n", encoding="utf-8")
    result = run("record", rgs.name, "--from", "term.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("term.csv:A1: 'Code' is no column of readings.")
    assert result.stderr.endswith("term.csv:A1: no column is headed kpi: add it [TOC011]\n2 problems\n")


def test_a_template_has_a_column_for_a_group_before_there_is_any_reading_of_one(run: Run, folder: Path) -> None:
    (folder / "tea.yaml").write_text(examples.text("small-charity"), encoding="utf-8")
    assert run("record", "tea.yaml", "--template", "tea.csv").exit_code == 0
    assert Path("tea.csv").read_text(encoding="utf-8-sig").splitlines()[0].endswith(",date,value,n,note,where_group")


def test_a_day_in_the_place_of_a_value_is_told_as_it_stands_there(run: Run, rgs: Path) -> None:
    assert run("record", "rgs.yaml", "--template", "filled.xlsx", "--date", "2026-07-15").exit_code == 0
    book = load_workbook("filled.xlsx")
    book["Readings"]["I3"] = date(2026, 7, 1)
    book.save("filled.xlsx")
    result = run("record", rgs.name, "--from", "filled.xlsx")
    assert result.stderr == "filled.xlsx:Readings!I3: expected a number but found 2026-07-01 [TOC012]\n"


def test_what_a_reading_that_is_there_says_besides_is_not_dropped_in_silence(run: Run, rgs: Path) -> None:
    given = ("record", "rgs.yaml", "reading-age", "13", "--date", "2027-07-15", "--today", "2027-09-01")
    run(*given)
    again = run(*given, "--n", "34")
    assert again.stdout == (
        "rgs.yaml: 1 reading there already; nothing was written\n"
        "  1 reading that is there would get another n or note: say --replace to write it\n"
    )
    assert "n: 34" not in rgs.read_text(encoding="utf-8")
    assert run(*given, "--n", "34", "--replace").exit_code == 0
    assert "n: 34" in rgs.read_text(encoding="utf-8")
    assert "another n" not in run(*given).stdout


def test_python_warns_of_what_was_not_written() -> None:
    theory = toc.example("rgs-newcastle").with_reading("reading-age", 13, date="2027-07-15", today=date(2027, 9, 1))
    with pytest.warns(toc.TocWarning, match="1 reading that is there would get another n or note: say replace=True"):
        assert theory.with_reading("reading-age", 13, date="2027-07-15", n=34, today=date(2027, 9, 1)) == theory
