"""The workbook that is written: every key has its column, every text stays text, and nobody needs to know an id."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import toc
from format_fields import fields, inside, kinds, values_in
from toc.model.partners import FundingSource
from toc.model.values import Settings, Value
from toc.spreadsheet.workbook.sheet_shapes import (
    ELSEWHERE,
    IN_THE_FILE_ALONE,
    LISTED,
    SHAPES,
    Column,
    Shape,
    columns_of,
    how_to_fill,
    note_on,
    sheet_notes,
)

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

RGS = toc.example("rgs-newcastle")
OURS = RGS.evolve(
    frames={"ours": {"title": "Ours", "source": "Trustees", "statements": {"lead": "Each school names a lead"}}}
)
ALL = [(shape, column) for shape in SHAPES for column in columns_of(shape)]


def book_of(theory: toc.TheoryOfChange) -> Any:
    return openpyxl.load_workbook(io.BytesIO(theory.to_xlsx()))


def held(kind: type[Value]) -> set[str]:
    """The keys of a class that stand in columns, by themselves or as part of what they stand in."""
    return {
        step
        for shape, column in ALL
        for step in column.field
        if kind in shape.models
        or any(
            kind in inside(inner)
            for one in shape.models
            if column.field[0] in one.model_fields
            for inner in values_in(one.model_fields[column.field[0]].annotation)
        )
    }


IN_THE_FILE = {*inside(Settings), FundingSource, *LISTED}  # of those in `LISTED` the word or the text stands in a cell


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind not in IN_THE_FILE], ids=lambda kind: kind.__name__)
def test_every_key_of_the_format_has_a_column_or_a_sheet_or_stays_in_the_file_by_name(kind: type[Value]) -> None:
    places = held(kind) | ELSEWHERE.keys() | IN_THE_FILE_ALONE
    assert sorted(fields(kind).keys() - places) == []


@pytest.mark.parametrize(("shape", "column"), ALL, ids=[f"{shape.name}-{column.heading}" for shape, column in ALL])
def test_every_column_has_a_note(shape: Shape, column: Column) -> None:
    assert note_on(shape, column)
    assert all(line.endswith(".") for line in how_to_fill(column))


def test_the_sheets_stand_in_the_order_in_which_people_need_them() -> None:
    book = book_of(OURS)
    names = [*sheet_notes()]
    assert book.sheetnames == ["Read me", *names, "_toc"]
    assert book["_toc"].sheet_state == "veryHidden"
    assert [book[name].sheet_state for name in names] == ["visible"] * len(names)


def test_sheets_about_partners_are_there_only_where_somebody_may_fill_them() -> None:
    assert {*book_of(OURS).sheetnames} - {*book_of(RGS).sheetnames} == {"Frames", "Statements"}
    alone = book_of(toc.loads("{toc: 1, title: T, goal: G}"))
    assert alone.sheetnames == ["Read me", *list(sheet_notes())[:11], "Lists", "_toc"]
    listed = {cell.value for cell in alone["Read me"]["A"]}
    assert "Partners" in listed
    assert "Exchange" not in listed


def rows_of(book: Any, name: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet under its headings, without their ids."""
    return [row[:-1] for row in book[name].iter_rows(min_row=2, values_only=True)]


def test_what_the_partners_give_and_judge_stands_in_rows_with_titles_in_place_of_ids() -> None:
    book = book_of(OURS)
    assert (
        "Coding clubs for primary schools",
        RGS.partners["rgs"].title,
        "facilities; subject-expertise",
        None,
    ) in rows_of(book, "Exchange")
    assert rows_of(book, "Reciprocity") == [
        (
            "Visits to learn from the Zones of Regulation",
            "Coding clubs for primary schools",
            "The same schools taught RGS in return",
        )
    ]
    facts = {row[0]: row[1] for row in book["Partnership"].iter_rows(values_only=True)}
    assert (facts["home"], facts["aim"], facts["funding.outside"], facts["strategy"]) == (
        "Royal Grammar School Newcastle",
        "broad",
        "yes",
        None,
    )
    assert rows_of(book, "Answers")[1][:5] == (
        "autumn-2026",
        "mutual-benefit",
        "partly",
        None,
        "Visits to learn from the Zones of Regulation",
    )
    assert rows_of(book, "Statements") == [("Ours", "lead", "Each school names a lead", None, None)]
    assert rows_of(book, "Partners")[0][3:5] == ("independent", "secondary; post-16")


def test_a_sheet_has_its_keys_as_headings_frozen_and_filtered_with_ids_last() -> None:
    book = book_of(RGS)
    sheet = book["KPIs"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:3] == ["title", "description", "measures"]
    assert headings[-1] == "id"
    assert "x-illustrative" in headings
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(headings)).column_letter}{len(RGS.kpis) + 1}"
    assert sheet.cell(2, len(headings)).value == "graduating-trainees"
    assert sheet.cell(2, len(headings)).font.color.rgb == "FF808080"
    assert sheet["C2"].value == "More new maths and physics teachers"
    assert sheet["A1"].comment.text.startswith("What it is called.")
    assert [cell.comment is not None for cell in sheet[1]][:-3] == [True] * (len(headings) - 3)


def rules(sheet: Any) -> dict[str, Any]:
    """The rules of a sheet by their first column."""
    return {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}


def test_closed_words_can_be_chosen_and_nothing_else_titles_and_dates_after_a_warning() -> None:
    book = book_of(RGS)
    sheet = book["Activities"]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    found = rules(sheet)
    word, title, day = (found[headings[one]] for one in ("certainty", "pillar", "starts"))
    assert (word.formula1, word.errorStyle, word.showErrorMessage) == ('"low,medium,high"', None, True)
    assert str(word.sqref) == f"{headings['certainty']}2:{headings['certainty']}{len(RGS.activities) + 501}"
    assert (title.errorStyle, day.errorStyle, day.type) == ("warning", "warning", "date")
    listed = [cell.value for cell in book["Lists"]["B"] if cell.value][1:]
    assert listed == [pillar.title for pillar in RGS.pillars.values()]
    assert title.formula1 == "Lists!$B$2:$B$5"
    people = found[headings["participation"]]
    assert (people.formula1, people.showErrorMessage) == ('"low,medium,high"', False)


def test_a_text_is_never_a_formula_a_number_or_a_link() -> None:
    theory = RGS.edit("sport", title="=cmd()|' /C calc'!A0", description="https://example.org", type="0012")
    sheet = book_of(theory)["Activities"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for text in ("=cmd()|' /C calc'!A0", "https://example.org", "0012"):
        assert (cells[text].data_type, cells[text].hyperlink) == ("s", None)
    assert b"<f>" not in b"".join(parts(theory.to_xlsx()))
    assert "\r\n'=cmd()" in csv_file(theory, "Activities")


def parts(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return [bundle.read(name) for name in bundle.namelist() if "worksheets/sheet" in name]


def csv_file(theory: toc.TheoryOfChange, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(theory.to_csv_bundle())) as bundle:
        return bundle.read(f"{name}.csv").decode("utf-8-sig")


def test_settings_stay_in_the_file() -> None:
    theory = RGS.evolve(settings={"vocabulary": {"pillar": "Arbeitsfeld"}})
    with zipfile.ZipFile(io.BytesIO(theory.to_xlsx())) as bundle:
        assert not any(b"Arbeitsfeld" in bundle.read(name) for name in bundle.namelist())
    assert "Arbeitsfeld" not in csv_file(theory, "Theory")


def test_the_same_theory_gives_the_same_bytes() -> None:
    assert RGS.to_xlsx() == RGS.to_xlsx()
    assert RGS.to_csv_bundle() == RGS.to_csv_bundle()


def test_csv_files_hold_the_same_sheets_for_programs() -> None:
    assert csv_file(RGS, "Readings").splitlines()[:2] == [
        "kpi,date,value,where_group,n,note,id",
        "Trainees who graduate,2026-07-31,9,,,,graduating-trainees #1",
    ]
    assert csv_file(RGS, "Theory").splitlines()[:2] == ["key,value", "title,RGS Newcastle school partnerships"]


@pytest.mark.parametrize(("module", "does"), [("xlsxwriter", "write"), ("openpyxl.utils.datetime", "read")])
def test_a_missing_extra_is_named_with_its_command(
    module: str, does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = tmp_path / "back.xlsx"
    back.write_bytes(RGS.to_xlsx())
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(toc.MissingExtraError, match=r"theory-of-change\[xlsx\]"):
        RGS.to_xlsx() if does == "write" else RGS.merge(back)


def test_a_text_longer_than_a_cell_is_cut_there_and_stays_whole_in_the_file(tmp_path: Path) -> None:
    theory = RGS.edit("sport", description="word " * 10_000)
    back = tmp_path / "back.xlsx"
    back.write_bytes(theory.to_xlsx())
    assert theory.merge(back).theory is theory
    book = openpyxl.load_workbook(back)
    cell = next(cell for cell in book["Activities"]["B"] if str(cell.value).startswith("word"))
    assert len(cell.value) == 32_767
    cell.value = "wort" + cell.value[4:]
    book.save(back)
    with pytest.raises(toc.TheoryError, match="longer than a cell can be: change it in the file"):
        theory.merge(back)


def test_ten_thousand_readings_go_and_come_back(tmp_path: Path) -> None:
    readings = [
        toc.Reading(date=f"20{10 + n // 336:02}-{1 + n // 28 % 12:02}-{1 + n % 28:02}", value=n) for n in range(10_000)
    ]
    theory = RGS.edit("reading-age", readings=readings)
    back = tmp_path / "back.xlsx"
    back.write_bytes(theory.to_xlsx())
    assert theory.merge(back).theory is theory
