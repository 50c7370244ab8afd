"""A spreadsheet that is nobody's export, and comes back every term."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from toc.spreadsheet import from_csv

PLAN = """\
# What we agreed in September
toc: 1
title: Reading
goal: Every child reads
context: {target_groups: {y4: Year 4}}
pillars: {literacy: Literacy, stem: STEM}
outcomes:
  readers: {title: Readers catch up, leads_to: literacy}   # in their own words
activities:
  weekly:   # the oldest
    title: Weekly reading
    leads_to:
      readers: {confidence: high, because: Practice helps}
    certainty: {level: high, because: tried twice}
    participation: 100
    x-ref: 7
  chess: {title: Chess, leads_to: stem}
  clubs: {title: Clubs, leads_to: stem, participation: low}
kpis:
  gain:
    title: Gain
    measures: readers   # moved here by us
    unit: months
    baseline: {value: 10, date: 2026-01-01}
    target: [{value: 12, by: 2027-07-31}, {value: 14, by: 2028-07-31}]
"""
Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plan() -> toc.TheoryOfChange:
    Path("my.yaml").write_text(PLAN, encoding="utf-8")
    return toc.load("my.yaml")


def log(*rows: Sequence[Any]) -> str:
    with Path("log.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return "log.csv"


def told(found: toc.Merged[toc.TheoryOfChange]) -> list[tuple[str, str, str | None, Any, Any]]:
    return [(one.change, one.title, one.field, one.old, one.new) for one in found.changes]


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_column_headed_like_a_key_of_one_s_own_is_that_key() -> None:
    rows = (("Project", "x-ref", "x-paid"), ("Weekly reading", "7", "TRUE"))
    before = plan().edit("weekly", **{"x-paid": True})
    assert told(before.updated(log(*rows))) == []
    assert told(before.updated(log(*rows[:1], ("Weekly reading", "8", "yes")))) == [
        ("changed", "Weekly reading", "x-ref", 7, "8"),
        ("changed", "Weekly reading", "x-paid", True, "yes"),
    ]


def test_only_what_the_row_says_is_written_and_only_those_lines_change() -> None:
    found = plan().updated(log(("Project", "Strand", "Pupils", "Certainty"), ("Weekly reading", "Literacy", 120, "")))
    assert told(found) == [("changed", "Weekly reading", "participation", 100, 120)]
    assert found.changes[0].cell == "C2"
    found.theory.save("my.yaml")
    assert lines_changed(PLAN, Path("my.yaml").read_text(encoding="utf-8")) == (
        ["    participation: 100"],
        ["    participation: 120"],
    )


def test_a_row_is_known_by_its_id_or_by_what_its_column_kept_and_then_its_title_may_change() -> None:
    by_id = plan().updated(log(("Ref", "Project"), ("weekly", "Reading every week")))
    by_number = plan().updated(log(("Ref", "Project"), ("7", "Reading every week")))
    for found in (by_id, by_number):
        assert told(found) == [("changed", "Reading every week", "title", "Weekly reading", "Reading every week")]
        assert [*found.theory.activities] == ["weekly", "chess", "clubs"]


def test_capitals_and_spaces_do_not_make_another_title() -> None:
    found = plan().updated(log(("Project", "Pupils"), ("weekly  READING", 100)))
    assert [one.change for one in found.changes] == ["changed"]
    assert found.theory.activities["weekly"].title == "weekly READING"


def test_a_strand_that_is_reached_by_outcomes_changes_nothing_and_another_adds_a_link() -> None:
    found = plan().updated(log(("Project", "Strand"), ("Weekly reading", "Literacy"), ("Clubs", "Literacy")))
    assert [(one.change, one.title) for one in found.changes] == [("added", "Clubs → Literacy")]
    assert [*found.theory.activities["clubs"].leads_to] == ["stem", "literacy"]
    assert [*found.theory.activities["weekly"].leads_to] == ["readers"]


def test_a_new_row_is_a_new_activity_that_may_lead_to_what_only_the_file_knows() -> None:
    rows = (
        ("Project", "Leads to", "KPI", "Target"),
        ("Robots", "Readers catch up", "Robots built", 5),
        ("Dance", "readers", "", ""),
    )
    found = plan().updated(log(*rows))
    assert [(one.change, one.title) for one in found.changes if one.kind in ("Activity", "Link", "KPI")] == [
        ("added", "Robots"),
        ("added", "Robots → Readers catch up"),
        ("added", "Dance"),
        ("added", "Dance → Readers catch up"),
        ("added", "Robots built"),
    ]
    assert [*found.theory.activities["robots"].leads_to] == [*found.theory.activities["dance"].leads_to] == ["readers"]
    assert found.theory.kpis["robots-built"].measures == ("robots",)


def test_a_new_activity_without_a_strand_leads_to_the_goal_whatever_its_id() -> None:
    theory = toc.loads("{toc: 1, title: T, goals: {reads: Every child reads, well: Every child is well}}")
    found = theory.updated(log(("Project",), ("Robots",)))
    assert [*found.theory.activities["robots"].leads_to] == ["reads", "well"]


def test_a_row_that_is_gone_is_kept_and_told_and_taken_out_only_when_asked() -> None:
    source = log(("Project",), ("Weekly reading",), ("Clubs",))
    found = plan().updated(source)
    assert found.changes == ()
    assert found.remarks[0] == "no row names these any more, and they are kept (--delete takes them out): 'Chess'"
    gone = plan().updated(source, delete=True)
    assert [(one.change, one.title) for one in gone.changes] == [("removed", "Chess"), ("removed", "Chess → STEM")]
    assert "chess" not in gone.theory
    assert not any("no row names" in remark for remark in gone.remarks)


def test_a_kpi_that_went_with_an_activity_comes_back_where_the_row_says() -> None:
    theory = plan().with_node(toc.Kpi(id="games", title="Games", measures="chess"))
    found = theory.updated(log(("Project", "KPI"), ("Clubs", "Games"), ("Weekly reading", "")), delete=True)
    assert "chess" not in found.theory
    assert found.theory.kpis["games"].measures == ("clubs",)


def test_an_activity_may_bear_the_id_goal() -> None:
    theory = toc.loads("{toc: 1, title: T, goals: {well: W}, activities: {goal: {title: Football, leads_to: well}}}")
    found = theory.updated(log(("Project", "Pupils"), ("Football", 22), ("Robots", "")))
    assert found.theory.activities["goal"].participation == 22
    assert [*found.theory.activities["robots"].leads_to] == ["well"]


def test_a_new_title_that_is_almost_an_old_one_is_told() -> None:
    found = plan().updated(log(("Project",), ("Weekly reeding",), ("Clubs",), ("Chess",)))
    assert (
        found.remarks[1]
        == "A2 'Weekly reeding' is new; if it is 'Weekly reading', write 'weekly' in a column headed id"
    )


def test_a_strand_that_is_spelt_almost_as_one_that_is_there_is_told() -> None:
    found = plan().updated(log(("Project", "Strand"), ("Weekly reading", "Litteracy"), ("Chess", "Sport")))
    assert "B2 'Litteracy' is new; if it is 'Literacy', write that title" in found.remarks
    assert not any("'Sport' is new" in remark for remark in found.remarks)


def test_an_old_title_of_which_the_id_was_made_is_told() -> None:
    theory = plan().edit("chess", title="Thinking games")
    found = theory.updated(log(("Project",), ("Weekly reading",), ("Clubs",), ("Chess",)))
    assert found.remarks[1] == "A4 'Chess' is new; if it is 'Thinking games', write 'chess' in a column headed id"


def test_a_target_without_a_day_is_the_last_one_and_a_baseline_keeps_its_day() -> None:
    rows = ("Project", "KPI", "Baseline", "Target"), ("Weekly reading", "Gain", 11, 15)
    found = plan().updated(log(*rows))
    gain = found.theory.kpis["gain"]
    assert gain.baseline is not None
    assert (gain.baseline.value, gain.baseline.date) == (11, date(2026, 1, 1))
    assert [(one.value, one.by) for one in gain.target or ()] == [(12, date(2027, 7, 31)), (15, date(2028, 7, 31))]
    assert gain.measures == ("readers",)


def test_a_target_with_a_day_is_that_of_the_day_or_a_new_one() -> None:
    rows = ("Project", "KPI", "Target", "Target date"), ("Weekly reading", "Gain", 13, "2027-07-31")
    target = plan().updated(log(*rows)).theory.kpis["gain"].target or ()
    assert [one.value for one in target] == [13, 14]
    rows = ("Project", "KPI", "Target", "Target date"), ("Weekly reading", "Gain", 16, "2029-07-31")
    target = plan().updated(log(*rows)).theory.kpis["gain"].target or ()
    assert [one.value for one in target] == [12, 14, 16]


def test_assumptions_go_on_the_link_that_is_there_and_only_once() -> None:
    rows = ("Project", "Strand", "Assumptions"), ("Weekly reading", "Literacy", "Volunteers stay")
    found = plan().updated(log(*rows))
    link = found.theory.activities["weekly"].leads_to["readers"]
    assert (link.because, [one.text for one in link.assumptions]) == ("Practice helps", ["Volunteers stay"])
    assert found.theory.updated("log.csv").changes == ()


def test_people_who_are_named_stand_for_the_groups_and_partners_that_are_there() -> None:
    found = plan().updated(log(("Project", "Target group", "Partners"), ("Chess", "Year 4", "St Mary's")))
    assert found.theory.activities["chess"].target_group == ("y4",)
    assert found.theory.activities["chess"].partners == ("st-marys",)
    assert [*found.theory.context.target_groups] == ["y4"]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ((("Project",), ("Chess",)), "A2"),
        ((("Ref", "Project"), ("chess", "Board games"), ("", "Chess")), "B3"),
    ],
)
def test_a_row_that_fits_two_things_is_refused_with_its_cell(rows: Rows, cell: str) -> None:
    theory = plan()
    if len(rows) == 2:
        theory = theory.with_node(toc.Activity(id="chess-2", title="chess.", leads_to="stem"))
    with pytest.raises(toc.TheoryError) as caught:
        theory.updated(log(*rows))
    (problem,) = caught.value.problems
    assert problem.code == "TOC039"
    assert str(caught.value).startswith(f"log.csv:{cell}: 'Chess' ")
    assert "write the id of the one that is meant in a column headed id" in problem.message


def test_kpis_with_one_title_are_told_apart_by_what_they_measure() -> None:
    theory = plan()
    for id, measured in (("a", "weekly"), ("b", "chess")):
        theory = theory.with_node(toc.Kpi(id=id, title="Attendance", measures=measured, unit="%", target=60))
    rows = ("Project", "KPI", "Target"), ("Chess", "Attendance", "75%"), ("Weekly reading", "Attendance", "80%")
    found = theory.updated(log(*rows))
    assert [
        (one.id, [aim.value for aim in one.target or ()]) for one in found.theory.kpis.values() if one.id != "gain"
    ] == [
        ("a", [80.0]),
        ("b", [75.0]),
    ]


def test_a_change_that_makes_no_theory_is_told_with_the_cell_it_comes_from() -> None:
    theory = plan().edit("chess", starts=date(2027, 1, 1))
    with pytest.raises(toc.TheoryError) as caught:
        theory.updated(log(("Project", "Leads to"), ("Robots", "Chess"), ("Chess", "Robots")))
    assert all(problem.sheet == "" for problem in caught.value.problems)


def test_what_changed_in_the_file_meanwhile_stays() -> None:
    theory = plan()
    found = theory.updated(log(("Project", "Pupils"), ("Weekly reading", 120)))
    Path("my.yaml").write_text(PLAN.replace("Practice helps", "Practice makes fluent"), encoding="utf-8")
    with pytest.raises(toc.TheoryError, match=r"TOC006"):
        found.theory.save("my.yaml")


def test_a_workbook_names_sheet_and_cell_of_each_change() -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Log"
    for row in (["Termly log"], [], ["Pupils", "Project"], [90, "Weekly reading"], [12, "Chess"]):
        made.worksheets[0].append(row)
    made.save("log.xlsx")
    found = plan().updated("log.xlsx")
    assert [(one.title, one.cell, one.new) for one in found.changes] == [
        ("Weekly reading", "Log!A4", 90),
        ("Chess", "Log!A5", 12),
    ]


def test_nothing_is_guessed_of_arguments() -> None:
    theory, source = plan(), log(("Project",), ("Chess",))
    for wrong in ({"delete": "yes"}, {"sheets": ["Plan"]}, {"sheets": [3]}):
        with pytest.raises(toc.OptionError):
            theory.updated(source, **wrong)
    with pytest.raises(toc.OptionError):
        theory.updated(3)  # type: ignore[arg-type]


TITLES = st.sampled_from(["Reading", "reading", "Chess", "Robots", "Dance", "Kürlauf", "Homework club"])
NODES = st.sampled_from(["", "", "Fluent", "Happy; Fluent", "Curious", "n/a"])
ROW = st.tuples(
    TITLES,
    st.sampled_from(["", "Literacy", "STEM", "Literacy; STEM"]),
    NODES,
    st.sampled_from(["", "12", "120"]),
    st.sampled_from(["", "Attendance", "Attendance; Gain", "Gain"]),
    st.sampled_from(["", "75%", "3", "14 months"]),
    st.sampled_from(["", "2027-07-31", "2028-07-31"]),
    st.sampled_from(["", "Staff stay", "Staff stay; Rooms are free"]),
    st.sampled_from(["", "Year 4", "Year 4; Year 5"]),
    st.sampled_from(["", "Hall", "3"]),
)
HEADS = (
    "Project",
    "Strand",
    "Outcome",
    "Pupils",
    "KPI",
    "Target",
    "Target date",
    "Assumptions",
    "Target group",
    "Room",
)
TABLES = st.lists(ROW, min_size=1, max_size=5, unique_by=lambda row: row[0].casefold())


def theory_of(rows: Rows) -> toc.TheoryOfChange | None:
    """What a spreadsheet makes, or nothing where it is refused."""
    try:
        return toc.loads(from_csv(Path(log(HEADS, *rows)).read_text(encoding="utf-8"), title="T"))
    except toc.TheoryError:
        return None


def updated(theory: toc.TheoryOfChange) -> toc.Merged[toc.TheoryOfChange] | None:
    """What the spreadsheet changes, or nothing where two things have one title."""
    try:
        return theory.updated("log.csv")
    except toc.TheoryError as error:
        if {one.code for one in error.problems} != {"TOC039"}:
            raise
        return None


@given(TABLES)
def test_a_spreadsheet_that_a_theory_was_made_from_changes_nothing(rows: Rows) -> None:
    theory = theory_of(rows)
    found = theory and updated(theory)
    if found:
        assert told(found) == []
        assert found.theory == theory


@given(TABLES, TABLES)
def test_the_same_spreadsheet_changes_nothing_the_second_time(rows: Rows, later: Rows) -> None:
    theory = theory_of(rows)
    found = theory_of(later) and theory and updated(theory)
    if not (theory and found):
        return
    again = updated(found.theory)  # two KPIs of one title that measure the same are asked about
    assert again is None or told(again) == []
    known = {one.title.casefold() for one in theory.activities.values()} | {row[0].casefold() for row in later}
    assert {one.title.casefold() for one in found.theory.activities.values()} == known
