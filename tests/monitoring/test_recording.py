"""Readings come in one by one, in tables and in files; what is wrong is told in one go, and then nothing is recorded."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

import toc
from strategies import tries

TODAY = date(2027, 9, 1)
THEORY = toc.loads("""
toc: 1
title: Reading
goal: Every child reads
activities: {clubs: {title: Clubs, leads_to: goal}}
kpis:
  age:
    title: Reading-age gain
    measures: clubs
    unit: months
    readings:
      - {date: 2026-07-15, value: 12}
      - {date: 2026-07-15, value: 13, where: {group: disadvantaged}, n: 30}
  fluent: {title: Fluent readers, measures: clubs, unit: "% of pupils"}
  twin-a: {title: Twin, measures: clubs}
  twin-b: {title: Twin, measures: clubs}
""")


def recorded(rows: Any, **options: Any) -> toc.TheoryOfChange:
    return THEORY.with_readings(rows, today=TODAY, **options)


def readings(theory: toc.TheoryOfChange, kpi: str) -> list[dict[str, Any]]:
    return [reading.model_dump(mode="json", exclude_defaults=True) for reading in theory.kpis[kpi].readings]


def told(record: Callable[[], object]) -> list[str]:
    with pytest.raises(toc.TheoryError) as error:
        record()
    return str(error.value).splitlines()


def codes(record: Callable[[], object]) -> list[tuple[str, str]]:
    """Where each problem stands and its code."""
    return [(line.partition(": ")[0], line[-7:-1]) for line in told(record)]


def csv(folder: Path, text: str, name: str = "readings.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def xlsx(folder: Path, *rows: list[Any], sheet: str = "Term 1", before: str = "") -> Path:
    path = folder / "readings.xlsx"
    with Workbook(path, {"strings_to_formulas": False}) as book:
        if before:
            book.add_worksheet(before).write_string(0, 0, "Nothing to see")
        page = book.add_worksheet(sheet)
        percent, day = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "d mmm yyyy"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                match cell:
                    case None:
                        pass
                    case date():
                        page.write_datetime(number, column, cell, day)
                    case ("%", share):
                        page.write_number(number, column, share, percent)
                    case ("=", formula, result):
                        page.write_formula(number, column, formula, None, result)
                    case _:
                        page.write(number, column, cell)
    return path


# One reading


def test_a_reading_stands_behind_the_others_with_all_that_is_said_of_it() -> None:
    theory = THEORY.with_reading(
        "age", 14, date="2027-07-15", where={"group": "disadvantaged"}, n=34, note="Two classes", today=TODAY
    )
    assert readings(theory, "age")[-1] == {
        "date": "2027-07-15", "value": 14, "where": {"group": "disadvantaged"}, "n": 34, "note": "Two classes"
    }  # fmt: skip
    assert len(theory.kpis["age"].readings) == 3
    assert len(THEORY.kpis["age"].readings) == 2


def test_a_kpi_is_named_by_its_title_where_only_one_bears_it() -> None:
    theory = THEORY.with_reading("reading-age  GAIN", 14, date=date(2027, 1, 1), today=TODAY)
    assert theory.kpis["age"].readings[-1].value == 14
    assert told(lambda: THEORY.with_reading("Twin", 1, date="2027-01-01", today=TODAY)) == [
        "kpi: there is no KPI 'Twin': several have that title; give the id of one: 'twin-a' or 'twin-b' [TOC030]"
    ]


def test_values_of_numpy_and_pandas_are_understood() -> None:
    count: Any = np.int64(3)
    theory = THEORY.with_reading(
        "age", np.float64(14), date=pd.Timestamp("2027-07-15"), n=count, note=None, today=TODAY
    )
    assert readings(theory, "age")[-1] == {"date": "2027-07-15", "value": 14, "n": 3}


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, " "])
def test_a_reading_without_a_value_is_refused_and_not_left_out(value: Any) -> None:
    with pytest.raises(toc.TheoryError, match=r"^value: the value is missing: .* \[TOC011\]$"):
        THEORY.with_reading("age", value, date="2027-07-15", today=TODAY)


def test_a_column_where_without_a_key_is_told_with_how_it_is_written() -> None:
    with pytest.raises(toc.TheoryError, match=r"'where' is no column of readings\. There are .* such as where_group"):
        THEORY.with_readings([{"kpi": "age", "date": "2027-07-15", "value": 3, "where": "girls"}], today=TODAY)


def test_a_date_after_today_is_refused() -> None:
    assert THEORY.with_reading("age", 14, date=TODAY, today=TODAY).kpis["age"].readings[-1].date == TODAY
    found = told(lambda: THEORY.with_reading("age", 14, date="2027-09-02", today=TODAY))
    assert found == [
        "date: 2 September 2027 has not come yet: a reading is what was measured; what is to be reached is a target [TOC014]"
    ]


def test_the_same_reading_changes_nothing_and_another_value_is_a_problem() -> None:
    assert THEORY.with_reading("age", 12, date="2026-07-15", today=TODAY) is THEORY
    found = told(lambda: THEORY.with_reading("age", 11, date="2026-07-15", today=TODAY))
    assert found == [
        (
            "value: “Reading-age gain” has 12 months on 15 July 2026 already, and not 11: say replace=True (`--replace`) "
            "if this is the right value [TOC037]"
        )
    ]


def test_a_replaced_reading_keeps_its_place_and_what_was_not_said_anew() -> None:
    where = {"group": "disadvantaged"}
    theory = THEORY.with_reading("age", 15, date="2026-07-15", where=where, replace=True, today=TODAY)
    assert readings(theory, "age") == [
        {"date": "2026-07-15", "value": 12},
        {"date": "2026-07-15", "value": 15, "where": where, "n": 30},
    ]
    again = theory.with_reading("age", 15, date="2026-07-15", where=where, n=31, replace=True, today=TODAY)
    assert again.kpis["age"].readings[1].n == 31


def test_of_two_readings_of_one_day_the_last_is_replaced_because_it_is_the_one_that_counts() -> None:
    twice = THEORY.edit("fluent", readings=[{"date": "2027-01-01", "value": 1}, {"date": "2027-01-01", "value": 2}])
    assert twice.with_reading("fluent", 1, date="2027-01-01", today=TODAY) is twice
    replaced = twice.with_reading("fluent", 3, date="2027-01-01", replace=True, today=TODAY)
    assert [reading.value for reading in replaced.kpis["fluent"].readings] == [1, 3]


# Tables


def test_a_long_table_says_of_each_reading_what_there_is_to_say() -> None:
    rows = [
        {"kpi": "age", "date": "2027-07-15", "value": 14, "n": 34, "where_group": "disadvantaged", "x-by": "Office"},
        {"kpi": "Fluent readers", "date": date(2027, 7, 15), "value": 60.5, "note": "Year 7 alone", "where_year": 7},
        {"kpi": "age", "date": None, "value": None},
        {},
    ]
    theory = recorded(rows)
    assert readings(theory, "age")[2:] == [
        {"date": "2027-07-15", "value": 14, "where": {"group": "disadvantaged"}, "n": 34, "x-by": "Office"}
    ]
    assert readings(theory, "fluent") == [
        {"date": "2027-07-15", "value": 60.5, "where": {"year": "7"}, "note": "Year 7 alone"}
    ]


def test_yes_and_no_under_a_key_of_one_s_own_are_no_texts_where_csv_wrote_them_out() -> None:
    rows = [
        {"kpi": "fluent", "date": f"2027-07-0{day}", "value": 60, "x-illustrative": text}
        for day, text in enumerate(("TRUE", "false", "yes", False), start=1)
    ]
    assert [one["x-illustrative"] for one in readings(recorded(rows), "fluent")] == [True, False, "yes", False]


def test_a_row_may_hold_whom_it_is_about_as_a_mapping() -> None:
    row = {"kpi": "fluent", "date": "2027-07-15", "value": 60, "where": {"group": "all", "year": "7"}}
    assert readings(recorded([row, {**row, "where": {}}]), "fluent") == [
        {"date": "2027-07-15", "value": 60, "where": {"group": "all", "year": "7"}},
        {"date": "2027-07-15", "value": 60},
    ]


def test_a_wide_table_has_a_column_for_each_kpi() -> None:
    frame = pd.DataFrame(
        {"age": [13, np.nan], "Fluent readers": [60.0, 61.0]}, index=pd.Index(["2027-01-31", "2027-07-15"], name="date")
    )
    theory = recorded(frame)
    assert readings(theory, "age")[2:] == [{"date": "2027-01-31", "value": 13}]
    assert [(one["date"], one["value"]) for one in readings(theory, "fluent")] == [
        ("2027-01-31", 60),
        ("2027-07-15", 61),
    ]


def test_pandas_and_polars_are_read_alike() -> None:
    columns: dict[str, Any] = {
        "kpi": ["age", "fluent"], "date": [date(2027, 7, 15), date(2027, 1, 1)], "value": [14.0, 61.5], "n": [34, None]
    }  # fmt: skip
    pandas, polars = recorded(pd.DataFrame(columns)), recorded(pl.DataFrame(columns))
    assert pandas == polars
    assert pandas.kpis["age"].readings[-1].n == 34


@pytest.mark.parametrize("example", ["rgs-newcastle", "small-charity", "large-programme"])
def test_the_table_of_readings_reads_back_as_it_is(example: str) -> None:
    theory = toc.example(example)
    bare = theory
    for id in theory.kpis:
        bare = bare.edit(id, readings=[])
    assert bare.with_readings(theory.to_pandas("readings"), today=date(2100, 1, 1)) == theory
    assert bare.with_readings(theory.to_polars("readings"), today=date(2100, 1, 1)) == theory


def test_every_problem_is_told_by_row_and_column() -> None:
    rows = [
        {"kpi": "agee", "date": "2027-07-15", "value": 14},
        {"kpi": "age", "date": "15.7.", "value": "x", "unit": "weeks"},
        {"date": "2027-07-15", "value": 14, "n": "many"},
        {"kpi": "age", "value": 14, "n": 2.5},
        {"kpi": "age", "date": "2027-07-16", "value": True, "n": -3},
        {"kpi": "age", "date": "2027-07-17", "n": 3},
        {"kpi": "age", "date": "2027-07-18", "value": "75%"},
        {"kpi": "age", "date": "2026-07-15", "value": 99},
        {"kpi": "fluent", "date": "2027-07-15", "value": 14},
        {"kpi": "fluent", "date": "2027-07-15", "value": 15},
    ]
    assert codes(lambda: recorded(rows)) == [
        ("rows[0].kpi", "TOC030"),
        ("rows[1].unit", "TOC012"),
        ("rows[1].date", "TOC015"),
        ("rows[1].value", "TOC012"),
        ("rows[2].kpi", "TOC011"),
        ("rows[3].date", "TOC011"),
        ("rows[4].value", "TOC012"),
        ("rows[4].n", "TOC014"),
        ("rows[5].value", "TOC011"),
        ("rows[6].value", "TOC012"),
        ("rows[9].value", "TOC037"),
        ("rows[7].value", "TOC037"),
    ]


def test_columns_that_mean_nothing_are_told_with_the_nearest() -> None:
    assert told(lambda: recorded([{"kpi": "age", "date": "2027-07-15", "value": 14, "wehre": "boys"}])) == [
        (
            "rows.wehre: 'wehre' is no column of readings: did you mean 'where'? There are kpi, date, value, n, note and "
            "where_…, such as where_group; head it x-… to keep it with each reading [TOC010]"
        )
    ]
    assert told(lambda: recorded([{"date": "2027-07-15", "Fluent reader": 14}])) == [
        (
            "rows.Fluent reader: there is no KPI 'Fluent reader': did you mean 'fluent'? A table without a "
            "column kpi has a column date, one for each KPI, headed by its id or title, and where_… [TOC030]"
        )
    ]
    assert [code for _, code in codes(lambda: recorded([{"a": 1}]))] == ["TOC011"]
    assert [code for _, code in codes(lambda: recorded([{"kpi": "age", "value": 3}]))] == ["TOC011"]


def test_what_is_no_table_is_refused_in_one_line() -> None:
    for no_table in (3, None, {"kpi": "age"}, [3], "nowhere.csv", b"kpi"):
        with pytest.raises(toc.TocError):
            recorded(no_table)
    with pytest.raises(toc.OptionError, match="today is a date"):
        THEORY.with_readings([], today="2027-09-01")  # type: ignore[arg-type]  # a mistake that people make
    with pytest.raises(toc.OptionError, match="two columns 'value'"):
        recorded(pd.DataFrame([["age", "2027-01-01", 1, 2]], columns=["kpi", "date", "value", "value"]))
    with pytest.raises(toc.OptionError, match="day-first, month-first"):
        recorded([], dates="day first")


# Days and numbers as people write them


def test_a_day_above_twelve_settles_the_order_of_the_whole_table(tmp_path: Path) -> None:
    for first, second, found in (
        ("03/04/2027", "31/07/2027", "2027-04-03"),
        ("03/04/2027", "07/31/2027", "2027-03-04"),
    ):
        path = csv(tmp_path, f"kpi,date,value\nage,{first},1\nfluent,{second},2\n")
        assert readings(recorded(path), "age")[-1]["date"] == found


def test_where_nothing_settles_the_order_the_option_is_asked_for(tmp_path: Path) -> None:
    path = csv(tmp_path, "kpi,date,value\nage,03/04/2027,1\nfluent,05/05/2027,2\n")
    assert told(lambda: recorded(path)) == [
        (
            f"{path}:B2: '03/04/2027' may be two days, and nothing shows which: write year, month and day like 2027-07-15, or say "
            f"dates='day-first' (`--dates day-first`) [TOC015]"
        )
    ]
    assert readings(recorded(path, dates="day-first"), "age")[-1]["date"] == "2027-04-03"
    assert readings(recorded(path, dates="month-first"), "age")[-1]["date"] == "2027-03-04"
    other = csv(tmp_path, "kpi,date,value\nage,03/04/2027,1\nfluent,07/31/2027,2\n")
    assert codes(lambda: recorded(other, dates="day-first")) == [(f"{other}:B3", "TOC015")]


@pytest.mark.parametrize("day", ["31/7/27", "31/02/2027", "July 2027", "46218", "2027-7-1", "tomorrow"])
def test_other_dates_are_refused(day: str) -> None:
    assert codes(lambda: recorded([{"kpi": "age", "date": day, "value": 1}])) == [("rows[0].date", "TOC015")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("13", 13), ("12,5", 12.5), ("-3", -3), ("−3.25", -3.25), ("1,200.5", 1200.5), (" 7 ", 7), ("+2", 2)],
)
def test_numbers_may_be_text(text: str, value: float) -> None:
    assert readings(recorded([{"kpi": "age", "date": "2027-07-15", "value": text}]), "age")[-1]["value"] == value


@pytest.mark.parametrize("text", ["x", "13 months", "£13", "1.2.3", "(3)", "nan", "inf", "1e5", "=1+1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert codes(lambda: recorded([{"kpi": "age", "date": "2027-07-15", "value": text}])) == [
        ("rows[0].value", "TOC012")
    ]


def test_a_percentage_is_a_number_of_a_kpi_in_per_cent_alone() -> None:
    assert readings(recorded([{"kpi": "fluent", "date": "2027-07-15", "value": "75%"}]), "fluent")[-1]["value"] == 75
    found = told(lambda: recorded([{"kpi": "age", "date": "2027-07-15", "value": "75%"}]))
    assert found == [
        "rows[0].value: '75%' is a percentage, but the KPI is counted in 'months': write the number itself [TOC012]"
    ]


# Files


def test_csv_comes_with_the_signs_of_its_country(tmp_path: Path) -> None:
    path = tmp_path / "readings.csv"
    path.write_bytes("KPI;Date;Value;Note\nage;31/07/2027;12,5;Été\n".encode("cp1252"))
    assert readings(recorded(path), "age")[-1] == {"date": "2027-07-31", "value": 12.5, "note": "Été"}
    wide = csv(tmp_path, "date;age;fluent\n2027-07-31;12,5;60,5\n")
    assert [one["value"] for one in readings(recorded(wide), "fluent")] == [60.5]


def test_three_decimals_are_decimals_where_a_point_stands_before_them(tmp_path: Path) -> None:
    path = csv(tmp_path, 'kpi,date,value\nage,2027-01-01,12.125\nage,2027-02-01,"1,200"\n')
    assert [one["value"] for one in readings(recorded(path), "age")[2:]] == [12.125, 1200]
    doubtful = csv(tmp_path, "kpi;date;value\nage;2027-01-01;1,200\nfluent;2027-02-01;1.200\n")
    assert codes(lambda: recorded(doubtful)) == [(f"{doubtful}:C2", "TOC012")]


def test_a_workbook_is_read_from_the_sheet_that_holds_readings(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path,
        ["Results of the summer term"],
        ["KPI", "Date", "Value", "N", "Where group", "Note"],
        ["Reading-age gain", date(2027, 7, 15), 14, 34, "disadvantaged", None],
        [
            "fluent",
            datetime(2027, 7, 15, 12, 30),  # noqa: DTZ001
            ("%", 0.755),
            None,
            None,
            "Two classes",
        ],
        ["fluent", "2027-07-16", ("=", "=40*2", 80)],
        before="Read me",
    )
    theory = recorded(path)
    assert readings(theory, "age")[-1] == {
        "date": "2027-07-15", "value": 14, "where": {"group": "disadvantaged"}, "n": 34
    }  # fmt: skip
    assert readings(theory, "fluent") == [
        {"date": "2027-07-15", "value": 75.5, "note": "Two classes"},
        {"date": "2027-07-16", "value": 80},
    ]


def test_every_problem_of_a_workbook_is_told_by_sheet_and_cell(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path,
        ["kpi", "date", "value", "n"],
        ["age", "31/7/27", "x", 3],
        ["age", date(2027, 7, 15), ("%", 0.75)],
        ["fluent", date(2027, 7, 15), "#N/A"],
        ["fluent", date(2027, 7, 16), ("=", "=1/0", "#DIV/0!")],
        ["flüent", date(2027, 7, 15), 3],
        ["age", date(2026, 7, 15), 3],
    )
    place = f"{path}:Term 1!"
    assert codes(lambda: recorded(path)) == [
        (f"{place}B2", "TOC015"),
        (f"{place}C2", "TOC012"),
        (f"{place}C3", "TOC012"),
        (f"{place}C4", "TOC039"),
        (f"{place}C5", "TOC039"),
        (f"{place}A6", "TOC030"),
        (f"{place}C7", "TOC037"),
    ]


def test_files_without_readings_are_refused_in_one_line(tmp_path: Path) -> None:
    for text, code in (("", "TOC003"), ("a,b\n1,2\n", "TOC011"), ("kpi,date,value,value\n", "TOC019")):
        path = csv(tmp_path, text)
        assert [found for _, found in codes(partial(recorded, path))] == [code]
    many = "kpi,date,value\n" + "age,2027-01-01,1\n" * 10_001
    assert [found for _, found in codes(lambda: recorded(csv(tmp_path, many)))] == ["TOC004"]
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert [found for _, found in codes(lambda: recorded(old))] == ["TOC002"]


# Properties

ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "kpi": st.sampled_from(["age", "fluent"]),
            "date": st.dates(date(2024, 1, 1), TODAY),
            "value": st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
        },
        optional={"n": st.integers(0, 10**6), "where": st.just({"group": "boys"}), "note": st.just("Seen: two, #3")},
    ),
    max_size=8,
    unique_by=lambda row: (row["kpi"], row["date"], "where" in row),
)


@tries(60)
@given(rows=ENTRIES)
def test_recording_twice_is_recording_once_in_any_form_of_table(rows: list[dict[str, Any]]) -> None:
    once = recorded(rows, replace=True)
    assert recorded(rows, replace=True).with_readings(rows, today=TODAY) == once
    text = io.StringIO()
    pd.DataFrame([{**row, **({"where_group": "boys"} if "where" in row else {})} for row in rows]).drop(
        columns="where", errors="ignore"
    ).to_csv(text, index=False)
    assert not rows or recorded(pd.read_csv(io.StringIO(text.getvalue())), replace=True) == once
    assert THEORY.with_readings(once.to_pandas("readings"), replace=True, today=TODAY) == once
