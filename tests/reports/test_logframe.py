"""The logframe: levels, codes, what was planned and what was achieved, in three styles and every form."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import openxml_audit  # type: ignore[import-untyped]
import pikepdf
import pytest

import toc
from reports.logframes import TODAY, partnership
from toc.monitoring.progress_page import ALL_SHOWN
from toc.reports.logframe import STYLES

RGS = toc.example("rgs-newcastle")
HOSTILE = '=cmd|"/c calc"!A1 *b* $x$ <b>'

THEORY = toc.loads("""
toc: 1
title: Reading partners
goal: Every child reads
pillars: {literacy: Literacy}
outcomes:
  readers: {title: Young readers catch up, leads_to: {literacy: {assumptions: [Schools release pupils]}}}
  parents: {title: Parents read along, leads_to: {readers: {}, literacy: {}}}
outputs:
  sessions: {title: Sessions held, leads_to: readers}
activities:
  volunteers: {title: Volunteers read, leads_to: [sessions, parents]}
kpis:
  gain:
    title: Reading-age gain
    measures: [readers, literacy]
    unit: months
    baseline: {value: 10, date: 2025-07-15}
    target: [{value: 11, by: 2026-07-15}, {value: 12.5, by: 2027-07-15}, {value: 14, by: 2028-07-15}]
    frequency: termly
    readings:
      - {date: 2026-01-31, value: 9}
      - {date: 2026-08-20, value: 10.5}
      - {date: 2026-11-01, value: 11.5}
      - {date: 2026-11-01, value: 9, n: 7, where: {group: disadvantaged}}
      - {date: 2027-07-15, value: 99}
    source: The schools' own test
    method: test before and after
""")


def rows(frame: toc.Logframe) -> list[list[str]]:
    return list(csv.reader(io.StringIO(frame.to_csv().removeprefix("\ufeff"))))


def of(frame: toc.Logframe, **wanted: str) -> dict[str, str]:
    """The row with these cells."""
    head, *others = rows(frame)
    found = [row for row in (dict(zip(head, cells, strict=True)) for cells in others) if wanted.items() <= row.items()]
    assert len(found) == 1
    return found[0]


def test_goal_pillar_outcome_output_and_activity_have_their_levels_and_codes() -> None:
    found = [(one.label(), one.node.id, one.parent) for one in THEORY.logframe().results]
    assert found == [
        ("Impact", "goal", None),
        ("Outcome 1", "literacy", "goal"),
        ("Outcome 1.1", "readers", "literacy"),
        ("Outcome 1.1.1", "parents", "readers"),
        ("Output 1.1.2", "sessions", "readers"),
        ("Activity 1.1.2.1", "volunteers", "sessions"),
    ]


def test_the_classic_style_calls_them_goal_and_purpose_and_has_four_columns() -> None:
    head, *found = rows(THEORY.logframe("classic", today=TODAY))
    assert head[2:] == ["Narrative summary", "Indicators", "Means of verification", "Assumptions"]
    assert [row[0] for row in found] == ["Goal", "Purpose", "Purpose", "Purpose", "Output", "Activity"]
    assert found[2][2:] == [
        "Young readers catch up",
        "Reading-age gain; Unit: months; 10 → 14 (15 Jul 2028)",
        "The schools' own test; test before and after",
        "Schools release pupils",
    ]


def test_planned_and_achieved_stand_in_a_row_each_with_the_reading_within_half_a_step_of_the_milestone() -> None:
    frame = THEORY.logframe(today=TODAY)
    planned, achieved = (of(frame, Code="1.1", Value=value) for value in ("Planned", "Achieved"))
    columns = ("Baseline", "Milestone 1", "Milestone 2", "Target", "Source")
    assert [planned[name] for name in columns] == [
        *("10 (15 Jul 2025)", "11 (15 Jul 2026)", "12.5 (15 Jul 2027)", "14 (15 Jul 2028)", "The schools' own test"),
    ]
    assert [achieved[name] for name in columns] == ["", "10.5 (20 Aug 2026)", "", "", ""]
    assert achieved["Latest"].startswith("11.5 (1 Nov 2026)")


def test_a_reading_after_today_is_not_known_yet() -> None:
    later = THEORY.logframe(today=date(2027, 8, 1))
    assert of(later, Code="1.1", Value="Achieved")["Milestone 2"] == "99 (15 Jul 2027)"
    assert "99" not in THEORY.logframe(today=TODAY).to_csv()


def test_a_kpi_is_told_in_full_under_the_first_node_that_it_measures_and_elsewhere_by_its_code() -> None:
    frame = THEORY.logframe(today=TODAY)
    assert of(frame, Code="1")["See"] == "1.1"
    assert of(frame, Code="1")["Baseline"] == ""
    assert "see 1.1" in frame.to_text()


def test_assumptions_stand_once_beside_the_result_whose_links_bear_them() -> None:
    frame = THEORY.logframe(today=TODAY)
    held = {(row[1], row[8]) for row in rows(frame) if "Schools release pupils" in row}
    assert held == {("1.1", "Planned")}


def test_without_an_indicator_it_says_none_yet() -> None:
    assert of(THEORY.logframe(today=TODAY), Code="1.1.2")["Indicator"] == "none yet"


def test_a_small_group_is_not_shown_unless_it_is_asked_for_and_then_the_page_says_so() -> None:
    hidden, shown = (THEORY.logframe(today=TODAY, small_groups=asked) for asked in (False, True))
    assert "group: disadvantaged: fewer than 10" in hidden.to_text(200)
    assert "9 (1 Nov 2026)" not in hidden.to_text(200) + hidden.to_csv() + hidden.to_json()
    assert "group: disadvantaged: 9 (1 Nov 2026)" in of(shown, Code="1.1", Value="Achieved")["Latest"]
    assert ALL_SHOWN in " ".join(shown.to_text(200).split())


def test_a_percentage_of_few_is_told_as_how_many_of_how_many() -> None:
    few = toc.loads(
        "{toc: 1, title: T, goal: G, outcomes: {a: {title: A, leads_to: goal}}, kpis: {k: {title: Fluent, measures: a, "
        "unit: '%', readings: [{date: 2026-07-31, value: 78.6, n: 14}]}}}"
    )
    assert of(few.logframe(today=TODAY), Value="Achieved")["Latest"] == "11 of 14 (31 Jul 2026)"


@pytest.mark.parametrize("style", STYLES)
def test_what_a_form_leaves_empty_or_out_is_named(style: str) -> None:
    told = " ".join(RGS.logframe(style, today=TODAY).losses)  # type: ignore[arg-type]
    assert "impact weighting, risk rating and inputs" in told
    assert "7 links are not shown" in told
    assert "36 reasons, 32 confidences and 10 pieces of evidence" in told


def test_readings_that_have_no_place_are_counted() -> None:
    assert any(one.startswith("1 reading between the milestones") for one in THEORY.logframe(today=TODAY).losses)
    assert any(one.startswith("What was read of 1 KPI") for one in THEORY.logframe("classic", today=TODAY).losses)


def test_several_outcomes_are_remarked_where_a_form_allows_one() -> None:
    assert "forms allow one Outcome; this theory has 3 of them" in THEORY.logframe(today=TODAY).to_text(200)
    assert "allow one" not in THEORY.logframe("results", today=TODAY).to_text(200)


def test_several_goals_are_numbered_and_each_has_its_own_beneath_it() -> None:
    two = toc.loads(
        "{toc: 1, title: T, goals: {a: A, b: B}, outcomes: {x: {title: X, leads_to: b}, y: {title: Y, leads_to: a}}, "
        "activities: {z: {title: Z}}}"
    )
    assert [(one.label(), one.node.id) for one in two.logframe().results] == [
        ("Impact 1", "a"), ("Impact 2", "b"), ("Outcome 1.1", "y"), ("Outcome 2.1", "x"), ("Activity 3", "z"),
    ]  # fmt: skip
    assert any("1 result that leads nowhere" in one for one in two.logframe().losses)


def test_the_results_style_has_one_row_for_each_indicator_with_numbers_and_days() -> None:
    frame = RGS.logframe("results", today=TODAY)
    table = frame.to_pandas()
    assert table["kpi"].dropna().nunique() == len(RGS.kpis)
    row = table[(table["kpi"] == "reading-age") & table["see"].isna()].iloc[0]
    assert (row["baseline"], row["target"], row["latest"]) == (10, 14, 12)
    assert str(row["latest_date"].date()) == "2026-07-15"
    assert row["code"] == "3.1"


def test_an_unknown_style_is_named_with_the_nearest() -> None:
    with pytest.raises(toc.OptionError, match=r"there is no style 'clasic'.*did you mean 'classic'"):
        THEORY.logframe("clasic")  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
def test_every_text_in_the_workbook_is_text_and_no_cell_is_merged(style: Any) -> None:
    theory = THEORY.edit("readers", title=HOSTILE).edit("gain", title=HOSTILE, source="=1+1", unit="@x")
    sheet = openpyxl.load_workbook(io.BytesIO(theory.logframe(style, today=TODAY).to_xlsx())).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not sheet.merged_cells.ranges
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    across = 2 if style == "results" else 1
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (across, 0)


def test_rows_of_the_workbook_are_as_high_as_their_text_and_never_higher_than_excel_allows() -> None:
    theory = THEORY.edit("gain", source="word " * 900)
    sheet = openpyxl.load_workbook(io.BytesIO(theory.logframe(today=TODAY).to_xlsx())).worksheets[0]
    heights = [one.height for one in sheet.row_dimensions.values() if one.height]
    assert max(heights) <= 409
    for row in sheet.iter_rows():
        for cell in row:
            if cell.alignment.wrap_text and isinstance(cell.value, str):
                width = sheet.column_dimensions[cell.column_letter].width
                assert sheet.row_dimensions[cell.row].height >= 12 * -(-len(cell.value) // int(width + 1))


@pytest.mark.parametrize("style", STYLES)
def test_office_finds_nothing_wrong_with_workbook_and_document(style: Any, tmp_path: Path) -> None:
    for theory in (RGS, partnership()):
        frame = theory.logframe(style, today=TODAY)
        for name, data in (("a.xlsx", frame.to_xlsx()), ("a.docx", frame.to_docx())):
            (tmp_path / name).write_bytes(data)
            errors = openxml_audit.OpenXmlValidator().validate(tmp_path / name).errors
            assert [error.description for error in errors] == []


@pytest.mark.parametrize("style", STYLES)
def test_a_document_and_a_pdf_lie_on_their_side_from_the_first_page_on(style: Any) -> None:
    frame = partnership().logframe(style, today=TODAY)
    document = docx.Document(io.BytesIO(frame.to_docx()))
    sides = [section.page_width > section.page_height for section in document.sections]  # type: ignore[operator]
    assert sides == [True]
    with pikepdf.open(io.BytesIO(frame.to_pdf())) as pdf:
        assert {sheet.mediabox[2] > sheet.mediabox[3] for sheet in pdf.pages} == {True}


def test_blocks_of_one_level_have_columns_of_the_same_widths() -> None:
    document = docx.Document(io.BytesIO(RGS.logframe(today=TODAY).to_docx()))
    widths = {(len(one.columns), tuple(column.width for column in one.columns)) for one in document.tables}
    assert len(widths) == 4


def test_the_same_logframe_gives_the_same_bytes() -> None:
    assert RGS.logframe(today=TODAY).to_xlsx() == RGS.logframe(today=TODAY).to_xlsx()
