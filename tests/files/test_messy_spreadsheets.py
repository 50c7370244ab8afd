"""Sheets as people keep them: sums, bands, merged cells, several in one cell, numbers and days of many kinds."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.model.nodes import CausalNode
from toc.spreadsheet import Converted, converted, from_grids
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import headings, meaning


def made_of(text: str | bytes) -> tuple[toc.TheoryOfChange, dict[str, str]]:
    made = converted(text, title="Ours", source="a.csv")
    return toc.loads(made.text), {remark.kind: remark.text for remark in made.remarks}


def refused(text: str) -> dict[str, str]:
    """The messages by cell."""
    with pytest.raises(toc.TheoryError) as caught:
        converted(text, title="Ours", source="a.csv")
    found = (problem.text("a.csv") for problem in caught.value.problems)
    return {line.split(": ")[0].removeprefix("a.csv:"): line.partition(": ")[2] for line in found}


def links(theory: toc.TheoryOfChange, id: str) -> list[str]:
    node = theory.nodes[id]
    assert isinstance(node, CausalNode)
    return list(node.leads_to)


# Numbers: one rule a file


@pytest.mark.parametrize(
    ("text", "people", "target"),
    [
        ("Project;Pupils;KPI;Target\nA;1.200;k;1.200\nB;80;k;12,5\n", 1200, 1200),
        ("Project;Pupils;KPI;Target\nA;1.200;k;1.200\n", 1200, 1200),
        ("Project;Pupils;KPI;Target\nA;1.200;k;2.500.000\n", 1200, 2_500_000),
        ("Project;Pupils;KPI;Target\nA;1.200;k;1.250,5\n", 1200, 1250.5),
        ('Project,Pupils,KPI,Target\nA,"1,200",k,"1,200"\nB,80,k,12.5\n', 1200, 1200),
        ('Project,Pupils,KPI,Target\nA,1.200,k,"12,5"\n', 1200, 12.5),
        ("Project,Pupils,KPI,Target\nA,1.200,k,1.500\n", 1200, 1500),
        ("Project,Pupils,KPI,Target\nA,1 200,k,0.125\n", 1200, 0.125),
        ("Project;Pupils;KPI;Target\nA;1'200;k;12.5\n", 1200, 12.5),
        ("Project;Pupils;KPI;Target\nA;80;k;1.250\nB;80;k;0.5\n", 80, 1.25),
    ],
)
def test_one_file_writes_numbers_in_one_way(text: str, people: int, target: float) -> None:
    theory, _ = made_of(text)
    assert theory.activities["a"].participation == people
    found = theory.kpis["k"].target
    assert found is not None
    assert found.value == target


def test_the_rule_by_which_numbers_are_read_is_told_once() -> None:
    _, told = made_of("Project;Pupils;KPI;Target\nA;1.200;k;1.200\nB;80;k;12,5\n")
    assert (
        told["decimals"] == "numbers are read with a comma before decimals and a point between thousands, as D3 shows"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Project,KPI,Target\nA,k,1.200\n",
        'Project,KPI,Target\nA,k,12.5\nB,k,"12,5"\nC,k,"1,200"\n',
        "Project;KPI;Target\nA;k;1,200\n",
    ],
)
def test_a_number_that_may_be_a_thousand_times_another_is_refused(text: str) -> None:
    (message,) = refused(text).values()
    assert "may mean 1200 or 1" in message


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("25k", 25_000, None),
        ("3m", 3_000_000, None),
        ("£25k", 25_000, "£"),
        ("£1.5m", 1_500_000, "£"),
        ("2 million", 2_000_000, None),
        ("3 Mio", 3_000_000, None),
        ("-5%", -5, "%"),
        ("~100", 100, None),
        ("at least 6 months", 6, "months"),
    ],
)
def test_thousands_and_millions_are_numbers_and_never_units(typed: str, value: float, unit: str | None) -> None:
    theory, told = made_of(f"Project,KPI,Target\nA,k,{typed}\n")
    kpi = theory.kpis["k"]
    assert kpi.target is not None
    assert (kpi.target.value, kpi.unit) == (value, unit)
    assert "number" in told or typed == f"{value}{unit}"


@pytest.mark.parametrize(
    "typed",
    [
        "all Y4",
        "Year 7",
        "KS2",
        "1 class",
        "£500",
        "30-40",
        "30 to 40",
        "12 (6 girls)",
        "350 (x2)",
        "50%",
        "3 per week",
        "H/M",
    ],
)
def test_what_is_no_number_of_people_is_refused_with_its_cell(typed: str) -> None:
    assert list(refused(f"Project,Pupils\nA,{typed}\n")) == ["B2"]


@pytest.mark.parametrize(
    "typed", ["30-40", "350 (x2)", "12 (6 girls)", "Year 7", "KS2", "all Y4", "3 m", "by 2027", "3 out of 4"]
)
def test_what_is_no_target_is_refused_with_its_cell(typed: str) -> None:
    assert list(refused(f"Project,KPI,Target\nA,k,{typed}\n")) == ["C2"]


def test_cells_are_named_as_excel_names_them() -> None:
    text = "a,b,c,d,Project,f,g,h,Pupils\n" + "\n" * 4 + ",,,,Chess,,,,all Y4\n"
    assert refused(text)["I6"].startswith("'Pupils': 'all Y4' is not a number of people")


# What is left open, and levels that are not quite the words


def test_what_says_nothing_yet_and_what_is_not_quite_a_level_is_told() -> None:
    theory, told = made_of("Project,Strand,Certainty\nPlots,Food,Very high\nKitchen,Food,?\nShop,Food,tbc\n")
    assert [one.certainty and one.certainty.level for one in theory.activities.values()] == ["high", None, None]
    assert told["open"] == "left out, because it says nothing yet: C3 '?'; C4 'tbc'"
    assert told["level"] == "read as high, medium or low: C2 'Very high' as high"


# Several in one cell


def test_several_lines_semicolons_and_bullets_are_several() -> None:
    theory, told = made_of(
        'Project,Strand,KPI,Lead\n"- Cooking lessons\n- Raised beds",Food,Attendance; Survey,"• Head\n• Cook"\n'
    )
    assert [one.title for one in theory.activities.values()] == ["Cooking lessons", "Raised beds"]
    assert [(kpi.title, kpi.measures) for kpi in theory.kpis.values()] == [
        ("Attendance", ("cooking-lessons", "raised-beds")),
        ("Survey", ("cooking-lessons", "raised-beds")),
    ]
    assert theory.activities["raised-beds"].lead == ("Head", "Cook")
    assert told["lines"].startswith("several in one cell: A2 'Cooking lessons' and 'Raised beds'")


def test_a_line_that_goes_on_with_a_small_letter_is_one_text_and_told() -> None:
    theory, told = made_of('Project\n"Weekly\nreading"\n')
    assert list(theory.activities) == ["weekly-reading"]
    assert told["one-text"].endswith("A2 'Weekly reading'")


def test_a_number_for_several_activities_is_kept_and_not_counted_twice() -> None:
    theory, told = made_of('Project,Pupils\n"Cooking\nGardening",40\n')
    assert [one.participation for one in theory.activities.values()] == [None, None]
    assert told["shared"].endswith("B2 '40' as x-pupils")


def test_strands_that_stand_elsewhere_alone_are_two_and_others_are_asked_about() -> None:
    theory, told = made_of("Project,Strand\nA,Literacy\nB,STEM\nC,Literacy / STEM\nD,Health / Sport\nE,Art & music\n")
    assert [pillar.title for pillar in theory.pillars.values()] == ["Literacy", "STEM", "Health / Sport", "Art & music"]
    assert links(theory, "c") == ["literacy", "stem"]
    assert told["lines"].endswith("B4 'Literacy' and 'STEM'")
    assert told["asked"] == "kept as one; if it is several, put ; between them: B5 'Health / Sport'"


# Rows that are no activities


def test_a_sum_within_a_strand_is_no_activity_either() -> None:
    theory, told = made_of("Strand,Project,Pupils\nFood,Plots,40\nFood,TOTAL,40\nSport,Swim,9\nSport total,,\n")
    assert list(theory.activities) == ["plots", "swim"]
    assert told["sum"].endswith("A3 'Food' and 'TOTAL' and '40'; A5 'Sport total'")


@pytest.mark.parametrize("name", ["TOTAL", "Sum", "Grand total:", "Food total", "Total pupils", "Summe", "Sous-total"])
@pytest.mark.parametrize("place", ["title", "strand"])
def test_a_sum_of_other_rows_is_no_activity_and_told(name: str, place: str) -> None:
    last = f"{name},,65" if place == "title" else f",{name},65"
    theory, told = made_of(f"Project,Strand,Pupils\nPlots,Food,40\nKitchen,Food,25\n{last}\n")
    assert list(theory.activities) == ["plots", "kitchen"]
    assert f"'{name}' and '65'" in told["sum"]


def test_a_row_of_nothing_but_sums_is_told_too() -> None:
    theory, told = made_of("Project,Strand,Pupils,Cost\nPlots,Food,40,100\nKitchen,Food,25,200\n,,65,300\n")
    assert list(theory.activities) == ["plots", "kitchen"]
    assert "C4 '65' and '300'" in told["sum"]


def test_an_activity_that_is_called_total_stays_one() -> None:
    theory, told = made_of("Project,Strand,Pupils\nPlots,Food,40\nTotal Football,Sport,25\nTotal Art,,12\n")
    assert list(theory.activities) == ["plots", "total-football", "total-art"]
    assert told["maybe-sum"].endswith("A4 'Total Art'")


def test_a_band_is_the_strand_of_the_rows_below_and_told() -> None:
    theory, told = made_of("Project,Pupils,Lead\nLiteracy,,\nReading,12,Head\nSpelling,8,\nSTEM,,\nCoding,9,\n")
    assert [pillar.title for pillar in theory.pillars.values()] == ["Literacy", "STEM"]
    assert [links(theory, id) for id in theory.activities] == [["literacy"], ["literacy"], ["stem"]]
    assert told["band"].endswith("A2 'Literacy'; A5 'STEM'")


def test_a_title_alone_is_an_activity_where_the_rows_below_have_strands_of_their_own() -> None:
    theory, told = made_of("Project,Strand,Lead\nReading,,\nCoding,STEM,Head\nMaths,STEM,Head\n")
    assert list(theory.activities) == ["reading", "coding", "maths"]
    assert told["alone"].endswith("A2 'Reading'")


def test_a_merged_strand_goes_on_and_a_strand_left_empty_does_not() -> None:
    theory, told = made_of("Strand,Project\nFood,Plots\n,Kitchen\nSport,Swim\n,Run\n")
    assert [links(theory, id) for id in theory.activities] == [["food"], ["food"], ["sport"], ["sport"]]
    assert told["filled"] == "empty, and taken for merged with the cell above: A3 'Food'; A5 'Sport'"
    theory, told = made_of("Strand,Project\nFood,Plots\nFood,Kitchen\n,Swim\n")
    assert links(theory, "swim") == ["goal"]
    assert told["goal"].endswith("B4 'Swim'")


def test_headings_that_come_again_and_notes_under_the_table_are_told() -> None:
    theory, told = made_of("Our log,\nProject,Lead\nChess,Head\nProject,Lead\nGo,Head\nSource: school records,\n")
    assert list(theory.activities) == ["chess", "go"]
    assert told["repeated"].endswith(": A4 'Project' and 'Lead'")
    assert told["note"].endswith(": A6 'Source: school records'")
    assert told["above-head"].endswith("A1 'Our log'")


def test_the_same_project_twice_is_one_with_a_word() -> None:
    theory, told = made_of("Nr,Project,Lead\n1,Chess,Head\n2,Go,Cook\n3,Chess,\n")
    assert list(theory.activities) == ["chess", "go"]
    assert told["merged"].endswith("B4 'Chess' with B2")


# Columns


def test_the_columns_of_a_partnership_find_their_places() -> None:
    theory, _ = made_of(
        "Ref,Project name,Strand / pillar,Schools involved,Lead,Start date,End,Intended outcome,Impact measure,Baseline,"
        "Target,Target date,Owner,Means of verification,Funding,Target group\n"
        "R1,Reading,Literacy,St Mary's; Hilltop,Head,01/09/2026,31/07/2027,Pupils read,Reading age,10,14 months,"
        "31/07/2027,Data lead,School test,School budget,Year 3\n"
    )
    reading = theory.activities["r1"]
    assert (reading.title, reading.lead, reading.funding) == ("Reading", ("Head",), ("School budget",))
    assert (str(reading.starts), str(reading.ends)) == ("2026-09-01", "2027-07-31")
    assert {id: one.title for id, one in theory.partners.items()} == {"st-marys": "St Mary's", "hilltop": "Hilltop"}
    assert (reading.partners, reading.target_group) == (("st-marys", "hilltop"), ("year-3",))
    assert (links(theory, "r1"), links(theory, "pupils-read")) == (["pupils-read"], ["literacy"])
    (kpi,) = theory.kpis.values()
    assert (kpi.measures, kpi.unit, kpi.owner, kpi.source, kpi.level) == (
        ("pupils-read",),
        "months",
        "Data lead",
        "School test",
        None,
    )
    assert kpi.baseline is not None
    assert kpi.target is not None
    assert (kpi.baseline.value, kpi.target.value, str(kpi.target.by)) == (10, 14, "2027-07-31")


def test_where_activity_and_name_are_headings_the_name_is_not_the_title() -> None:
    theory, told = made_of("Ref,Name,Activity\n1,Jane Smith,Reading\n")
    (reading,) = theory.activities.values()
    assert (reading.title, reading.model_extra) == ("Reading", {"x-ref": "1", "x-name": "Jane Smith"})
    assert "B 'Name' as x-name" in told["kept"]


def test_a_logframe_becomes_a_chain_with_horizons_and_assumptions() -> None:
    theory, told = made_of(
        "Impact,Long-term outcome,Medium-term outcome,Short-term outcome,Output,Activity,Indicator,Assumptions\n"
        "Every child thrives,Attendance rises,Trust grows,Families talk,Visits made,Home visits,Visits,Families are in\n"
    )
    assert [goal.title for goal in theory.goals.values()] == ["Every child thrives"]
    way = ["home-visits", "visits-made", "families-talk", "trust-grows", "attendance-rises"]
    assert [links(theory, id) for id in way] == [*([id] for id in way[1:]), ["goal"]]
    horizons = [theory.outcomes[id].horizon for id in way[2:]]
    assert horizons == ["short", "medium", "long"]
    (assumption,) = theory.outputs["visits-made"].leads_to["families-talk"].assumptions
    assert assumption.text == "Families are in"
    assert "H2 'Families are in'" in told["assumed"]
    assert theory.kpis["visits"].measures == ("home-visits",)


def test_a_logframe_without_activities_is_a_theory_of_its_outputs() -> None:
    theory, _ = made_of("Outcome,Output,Output indicator,Lead\nFamilies talk,Visits made,Number of visits,Head\n")
    assert (links(theory, "visits-made"), theory.kpis["number-of-visits"].measures) == (
        ["families-talk"],
        ("visits-made",),
    )
    assert theory.outputs["visits-made"].model_extra == {"x-lead": "Head"}


def test_a_sum_of_money_is_no_funder() -> None:
    theory, told = made_of('Project,Funding,Schools\nChess,"£2,500",All\nGo,Trust,4\n')
    assert (theory.activities["chess"].funding, theory.activities["go"].funding) == ((), ("Trust",))
    assert not theory.partners
    assert told["no-name"].endswith("B2 '£2,500' as x-funding; C2 'All' as x-schools; C3 '4' as x-schools")
    assert "asked" not in told


def test_every_heading_in_the_list_is_read_as_its_field() -> None:
    for field, one in headings().items():
        for name in (one["shown"], *one["names"]):
            assert meaning(name.title()).field == field, name


def test_the_documentation_lists_the_columns_as_the_program_reads_them() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "command-line.md").read_text(encoding="utf-8")
    table = page.partition("| column | other headings for it |")[2].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    assert [(shown, holds) for shown, _, holds in rows] == [(one["shown"], one["holds"]) for one in headings().values()]
    for field, (_, names, _) in zip(headings(), rows, strict=True):
        assert {meaning(name).field for name in names.split(", ")} == {field}


# Days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-09-01", "2026-09-01"),
        ("2026-09-01 00:00:00", "2026-09-01"),
        ("31/07/2027", "2027-07-31"),
        ("07/31/2027", "2027-07-31"),
        ("1.9.2026", "2026-09-01"),
        ("31/07/27", "2027-07-31"),
        ("1 September 2026", "2026-09-01"),
        ("1st Sept 2026", "2026-09-01"),
        ("September 1, 2026", "2026-09-01"),
        ("1. März 2027", "2027-03-01"),
        ("3/3/2027", "2027-03-03"),
    ],
)
def test_a_day_that_can_mean_one_thing_only_is_read(typed: str, day: str) -> None:
    theory, _ = made_of(f'Project,Start\nA,"{typed}"\n')
    assert str(theory.activities["a"].starts) == day


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("03/04/2026", "does not show whether the day or the month comes first"),
        ("Sept 2026", "write one, like 2026-09-01"),
        ("2026", "is not a day: write year, month and day"),
        ("Autumn 2026", "is not a day"),
        ("31/02/2027", "not a day of the calendar"),
        ("45537", "the number by which Excel counts days"),
    ],
)
def test_a_day_that_may_be_another_is_refused_with_what_to_write(typed: str, hint: str) -> None:
    assert hint in refused(f"Project,Start\nA,{typed}\n")["B2"]


def test_one_day_of_the_sheet_shows_how_the_others_are_read() -> None:
    theory, told = made_of("Project,Start,End\nA,03/04/2026,31/07/2027\n")
    assert str(theory.activities["a"].starts) == "2026-04-03"
    assert told["days"] == "days like 03/04/2026 are read with the day first, as C2 shows"
    assert "both ways" in refused("Project,Start,End\nA,03/04/2026,31/07/2027\nB,,07/31/2027\n")["B2"]


# Files


def test_unicode_text_as_excel_saves_it_is_read() -> None:
    theory, _ = made_of("Project\tStrand\nCafé – “Zoë”\tKunst\n".encode("utf-16"))
    assert [one.title for one in theory.activities.values()] == ["Café – “Zoë”"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('Project,Strand\nPlots,Food\nKitchen,"Food\nMarket,Food\nSwim,Sport\n', "B3"),
        ('Project,Strand\nPlots,Food\nKitchen,"Food\nMarket,"Food"\nSwim,Sport\n', "B3"),
        ('Project,Strand\n"a\nb",Food\n"Kitchen,Food\n', "A3"),
        ('Project;Strand\n"A";"b"c;d\n', "B2"),
    ],
)
def test_the_cell_whose_quotation_mark_is_not_closed_is_named(text: str, cell: str) -> None:
    assert refused(text) == {
        cell: "a quotation mark opens in this cell and is not closed: close it, or take it out [TOC003]"
    }


def test_a_problem_of_a_spreadsheet_says_so_to_programs() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        converted("Project,Pupils\nA,KS2\n", title="Ours")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.to_dict()["sheet"]) == (2, 2, "")


def test_important_remarks_come_first() -> None:
    made = converted("Project,Pupils,Room\nA,~5,x\nB,?,y\nTotal,5,\n", title="Ours")
    assert [remark.kind for remark in made.remarks] == ["sum", "open", "number", "goal", "kept", "read"]


# Nothing is lost

WORDS = st.sampled_from(["Chess", "Plots", "Reading buddies", "Art & music", "Go"])
TYPED: dict[str, st.SearchStrategy[str]] = {
    "Project": st.one_of(
        WORDS, st.sampled_from(["TOTAL", "Chess; Go", "Chess\nGo", "- Chess\n- Plots", "tbc", "", "Note: draft"])
    ),
    "Strand": st.sampled_from(["", "Food", "food", "STEM", "Food / STEM", "Sport / Play", "?", "STEM; Food"]),
    "Ref": st.sampled_from(["", "1", "2", "A1", "b 2"]),
    "Pupils": st.sampled_from(["", "12", "1,200", "~60", "25k", "tbc", "high"]),
    "Certainty": st.sampled_from(["", "H", "Very high", "?"]),
    "Start": st.sampled_from(["", "2026-09-01", "31/07/2027", "1 May 2027", "tbc"]),
    "Lead": st.sampled_from(["", "Head", "Head, Cook", "Cook", "n/a", "Cook\nNurse"]),
    "Partners": st.sampled_from(["", "St Mary's", "St Mary's, Hilltop", "12", "Hilltop"]),
    "Funding": st.sampled_from(["", "£500", "Trust", "none"]),
    "Outcome": st.sampled_from(["", "Pupils read", "pupils read", "Pupils read\nPupils write", "TBC"]),
    "Short-term outcome": st.sampled_from(["", "Trust grows"]),
    "Output": st.sampled_from(["", "Visits made", "Meals; Visits made"]),
    "Description": st.sampled_from(["", "Weekly", "Monthly"]),
    "KPI": st.sampled_from(["", "Attendance", "Attendance; Survey", "Survey"]),
    "Unit": st.sampled_from(["", "%", "pupils"]),
    "Target": st.sampled_from(["", "14", "80%", "12 children", "10; 20", "TBC"]),
    "Target date": st.sampled_from(["", "2027-07-31"]),
    "Means of verification": st.sampled_from(["", "Register"]),
    "Assumptions": st.sampled_from(["", "Pupils come", "Pupils come\nStaff stay"]),
    "Goal": st.sampled_from(["", "All thrive", "All learn"]),
    "Room": st.sampled_from(["", "Hall", "?", "12"]),
    "": st.sampled_from(["", "loose"]),
}
SHEETS = st.lists(st.sampled_from(list(TYPED)), min_size=1, max_size=9, unique=True).flatmap(
    lambda columns: st.tuples(
        st.just(columns), st.lists(st.tuples(*(TYPED[column] for column in columns)), min_size=1, max_size=6)
    )
)


def texts_of(value: Any) -> set[str]:
    """Every word of a theory's values."""
    if isinstance(value, dict):
        return {text for key, inner in value.items() for text in (*texts_of(inner), str(key))}
    if isinstance(value, (list, tuple)):
        return {text for inner in value for text in texts_of(inner)}
    return {f"{value:g}" if isinstance(value, float) else str(value)}


PLAIN = {"1,200": "1200", "31/07/2027": "2027-07-31", "1 May 2027": "2027-05-01", "H": "high", "80%": "80"}


def is_held(typed: str, held: set[str]) -> bool:
    """Whether every text of a cell stands in the theory."""
    parts = re.split(r"\n|; |, |(?<=12) ", re.sub(r"(?m)^- ", "", typed))
    found = {one.casefold() if one.startswith("A1") or one == "A1" else one for one in held}
    return typed in held or all(
        part in held or PLAIN.get(part, part) in held or part.casefold() in found for part in parts
    )


@tries(300)
@given(SHEETS)
def test_every_cell_is_used_kept_or_named(sheet: tuple[list[str], list[tuple[str, ...]]]) -> None:
    columns, rows = sheet
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    try:
        made = converted(text.getvalue(), title="Ours")
    except toc.TheoryError:
        return
    held = texts_of(toc.loads(made.text).model_dump(mode="json"))
    named = cells_named(made)
    for number, row in enumerate(rows, 2):
        for column, typed in enumerate(row):
            place = Cell(number, column)
            assert not typed.strip() or place in named or is_held(typed, held), (str(place), typed)
    for column, heading in enumerate(columns):
        assert not heading or Cell(1, column) in named


NUMBERS = ("Pupils", "Target")
UNIQUE = [column for column in TYPED if column not in ("Certainty", "Start", "Target date", "Goal")]


@tries(300)
@given(
    st.lists(st.sampled_from(UNIQUE), min_size=1, max_size=12, unique=True),
    st.lists(st.lists(st.booleans(), min_size=12, max_size=12), min_size=1, max_size=6),
)
def test_a_cell_that_says_what_no_other_says_is_in_the_theory_or_named(
    columns: list[str], filled: list[list[bool]]
) -> None:
    rows = [
        [
            f"{7 if column in NUMBERS else 'word '}{number}{place:02}" if row[place] else ""
            for place, column in enumerate(columns)
        ]
        for number, row in enumerate(filled, 2)
    ]
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    try:
        made = converted(text.getvalue(), title="Ours")
    except toc.TheoryError:
        return
    held = texts_of(toc.loads(made.text).model_dump(mode="json"))
    named = cells_named(made)
    for number, row in enumerate(rows, 2):
        for place, typed in enumerate(row):
            assert not typed or Cell(number, place) in named or typed in held or typed.replace(" ", "-") in held, typed


def cells_named(made: Converted) -> set[Cell]:
    """The cells that the remarks are about, each of which the text names or counts."""
    for remark in made.remarks:
        assert remark.text
    return {cell for remark in made.remarks for cell in remark.cells}


@tries(60)
@given(SHEETS, SHEETS)
def test_two_sheets_are_one_theory_or_refused_in_our_words(one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
    grids = []
    for name, (columns, rows) in (("one.csv", one), ("two.csv", other)):
        text = io.StringIO()
        csv.writer(text).writerows([columns, *rows])
        grids.append((text.getvalue(), name))
    try:
        made = from_grids([csv_grid(text, name) for text, name in grids], title="Ours")
    except toc.TheoryError as error:
        assert error.problems  # noqa: PT017  # either outcome is right
    else:
        assert toc.loads(made.text).title == "Ours"


def test_days_as_excel_shows_them_are_read_and_a_year_of_two_digits_is_told() -> None:
    theory, told = made_of("Activity,Start,End\nChess,1-Sep-25,31-Jul-2026\n")
    chess = theory.activities["chess"]
    assert (str(chess.starts), str(chess.ends)) == ("2025-09-01", "2026-07-31")
    assert any("B2 '1-Sep-25' as 2025-09-01" in text for text in told.values())
    assert not any("C2" in text for text in told.values())


def test_a_month_alone_and_a_day_that_may_be_two_say_what_to_write() -> None:
    said = refused("Activity,Start,End\nChess,Sep-25,01/09/2025\n")
    assert "'Sep-25' names no day: write one, like 2025-09-01" in said["B2"]
    assert "or the month in letters like 31 July 2026" in said["C2"]
