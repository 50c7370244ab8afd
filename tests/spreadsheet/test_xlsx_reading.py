"""The one way in for workbooks: what cells hold, and what is refused before it is opened."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils.datetime import MAC_EPOCH

import toc
from hostile_workbooks import BEARABLE, PLAIN, REFUSED, SHEET, sheet, workbook
from toc.spreadsheet.workbook_cells import Workbook, WorkbookCell
from toc.spreadsheet.xlsx_reading import workbook_of

DAY = date(2027, 7, 31)
WITHIN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from toc import TheoryError
from toc.spreadsheet.xlsx_reading import workbook_of
try:
    for sheet in workbook_of(open(sys.argv[1], "rb").read(), "theirs.xlsx").sheets:
        print([cell.text for row in sheet.rows for cell in row])
except TheoryError as error:
    print(error)
"""


def saved(made: openpyxl.Workbook) -> Workbook:
    held = io.BytesIO()
    made.save(held)
    return workbook_of(held.getvalue(), "ours.xlsx")


def written(write: Callable[[xlsxwriter.Workbook], object]) -> Workbook:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as made:
        write(made)
    return workbook_of(held.getvalue(), "ours.xlsx")


def only_row(found: Workbook) -> list[WorkbookCell]:
    return list(found.sheets[0].rows[0])


def in_bounds(data: bytes, tmp_path: Path) -> str:
    file = tmp_path / "theirs.xlsx"
    file.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", WITHIN, str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(Path(toc.__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_cell_is_what_its_author_sees() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("KPIs")
        page.write_string(0, 0, "Reading age")
        page.write_number(0, 1, 12)
        page.write_number(0, 2, 0.8, made.add_format({"num_format": "0%"}))
        page.write_number(0, 3, 0.125, made.add_format({"num_format": "0.0%"}))
        page.write_datetime(0, 4, DAY, made.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_datetime(
            0, 5, datetime.combine(DAY, time(14, 30)), made.add_format({"num_format": "d mmm yyyy hh:mm"})
        )
        page.write_boolean(0, 6, True)  # noqa: FBT003  # the cell holds it
        page.write_number(0, 7, 36.5, made.add_format({"num_format": '0.0" % of pupils"'}))
        page.write_number(0, 8, 1.5, made.add_format({"num_format": "[h]:mm"}))

    cells = only_row(written(write))
    assert [cell.text for cell in cells] == [
        *("Reading age", "12", "80%", "12.5%", "2027-07-31", "2027-07-31 14:30", "TRUE", "36.5", "1.5")
    ]
    assert [cell.is_percent for cell in cells] == [False, False, True, True, *[False] * 5]
    assert [type(cell.value) for cell in cells] == [str, int, float, float, date, datetime, bool, float, float]
    assert [cell.place for cell in cells[:3]] == ["A1", "B1", "C1"]


def test_a_formula_is_its_stored_result_and_one_without_is_nothing() -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet()
        page.write_formula(0, 0, "=20*4", None, 80)
        page.write_formula(0, 1, '="a"&"b"', None, "ab")
        page.write_formula(0, 2, "=20*4", None, "")
        page.write_formula(0, 3, "=NA()", None, "#N/A")

    cells = only_row(written(write))
    assert [(cell.value, cell.is_formula, cell.is_error) for cell in cells] == [
        (80, True, False),
        ("ab", True, False),
        (None, True, False),
        ("#N/A", True, True),
    ]


def test_notes_stand_on_their_cells_and_hidden_rows_and_sheets_are_read() -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.append(["Activity"])
    page.append(["Chess"])
    page["A2"].comment = Comment("Ask Ms Ali first", "office")
    page["B2"].comment = Comment("nobody yet", "office")
    page.row_dimensions[2].hidden = True
    made.create_sheet("Lists").sheet_state = "hidden"
    made.create_sheet("_toc").sheet_state = "veryHidden"
    found = saved(made)
    assert found.sheets[0].rows[1] == (
        WorkbookCell(2, 1, "Chess", note="Ask Ms Ali first"),
        WorkbookCell(2, 2, None, note="nobody yet"),
    )
    assert [(one.name, one.is_hidden) for one in found.sheets] == [("Sheet", False), ("Lists", True), ("_toc", True)]
    lists = found.sheet(" lists")
    assert lists is not None
    assert lists.rows == ()
    assert found.sheet("List") is None


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    made = openpyxl.Workbook()
    made.epoch = MAC_EPOCH
    assert made.active is not None
    made.active.append([date(2027, 7, 31), time(14, 30)])
    assert [cell.text for cell in only_row(saved(made))] == ["2027-07-31", "14:30:00"]


def test_text_of_several_looks_is_one_text_and_invisible_characters_are_spaces() -> None:
    text = "<r><t>Weekly </t></r><r><rPr><b/></rPr><t>reading</t></r><rPh><t>x</t></rPh>"
    rows = f"<row><c t='inlineStr'><is>{text}</is></c><c t='str'><v>a_x000D_\nb_x0007_c_xD800_</v></c></row>"
    assert [cell.text for cell in only_row(workbook_of(workbook({SHEET: sheet(rows)})))] == [
        "Weekly reading",
        "a\nb c ",
    ]


def test_the_strict_form_of_a_workbook_is_read_too() -> None:
    old, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    parts = {name: text.replace(old, strict) for name, text in PLAIN.items()}
    assert [[cell.text for cell in row] for row in workbook_of(workbook(parts)).sheets[0].rows] == [
        ["Activity"],
        ["Chess"],
    ]


def test_macros_and_links_to_other_workbooks_are_told() -> None:
    found = workbook_of(workbook({"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}))
    assert [remark.partition(" are ")[0] for remark in found.remarks] == ["its macros", "its links to other workbooks"]
    assert workbook_of(workbook()).remarks == ()


def test_a_sheet_too_large_is_refused_when_it_is_asked_for_and_the_others_are_read() -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append(["Activity"])
    other = made.create_sheet("Raw data")
    other["HA7"] = "far right"
    found = saved(made)
    assert found.sheets[0].rows[0][0].value == "Activity"
    with pytest.raises(toc.TheoryError, match=r"^ours\.xlsx:Raw data!HA7: more than 200 columns: .* \[TOC004\]$"):
        _ = found.sheets[1].rows


CELLS = st.one_of(
    st.text("ab ÄÉ&<>\"'\n中😀_x", min_size=1, max_size=12).filter(str.strip),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: 1e-300 < abs(value) < 1e300),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2900, 1, 1)),
    st.none(),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_openpyxl_writes_and_reads_is_read_alike(rows: list[list[Any]]) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    held = io.BytesIO()
    made.save(held)
    theirs = openpyxl.load_workbook(io.BytesIO(held.getvalue()), data_only=True).active
    assert theirs is not None
    expected = {
        cell.coordinate: cell.value.date() if isinstance(cell.value, datetime) else cell.value
        for row in theirs.iter_rows()
        for cell in row
        if cell.value is not None
    }
    found = {cell.place: cell.value for row in workbook_of(held.getvalue()).sheets[0].rows for cell in row}
    assert found == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_is_refused_in_one_line_within_a_gigabyte(name: str, tmp_path: Path) -> None:
    make, code = REFUSED[name]
    told = in_bounds(make(), tmp_path)
    assert told.startswith("theirs.xlsx:")
    assert told.endswith(f" [{code}]\n")
    assert told.count("\n") == 1


@pytest.mark.parametrize("name", BEARABLE)
def test_a_foolish_workbook_is_read_within_a_gigabyte(name: str, tmp_path: Path) -> None:
    assert in_bounds(BEARABLE[name](), tmp_path) == "['Activity', 'Chess']\n"


def test_what_is_wrong_with_a_workbook_says_what_to_do() -> None:
    for name, words in {
        "OLE": "save it as .xlsx without a password",
        "with a password": "this workbook has a password",
        "empty": "the file is empty",
        "no zip": "copy it again",
        "Word": "this is no Excel workbook: save the spreadsheet as .xlsx",
    }.items():
        with pytest.raises(toc.TheoryError) as caught:
            workbook_of(REFUSED[name][0](), "theirs.xlsx")
        assert words in str(caught.value)
        assert caught.value.unreadable
