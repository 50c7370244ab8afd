"""A workbook that comes back: what was changed in it is taken, what cannot be read is told by its cell, nothing else changes."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
from toc import examples

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
from workbooks import Edited, edited, through_libreoffice

RGS = toc.example("rgs-newcastle")
Make = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Writes the workbook of a theory."""

    def write(theory: toc.TheoryOfChange = RGS, name: str = "back.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(theory.to_csv_bundle() if name.endswith(".zip") else theory.to_xlsx())
        return path

    return write


def told(changes: Any) -> list[tuple[Any, ...]]:
    return [(one.change, one.title, one.field, one.old, one.new, one.cell) for one in changes]


def problems(path: Path, theory: toc.TheoryOfChange = RGS, **options: Any) -> list[str]:
    with pytest.raises(toc.TheoryError) as caught:
        theory.merge(path, **options)
    return [problem.text("back.xlsx") for problem in caught.value.problems]


# Untouched


@pytest.mark.parametrize("name", examples.NAMES)
@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_an_untouched_workbook_changes_nothing(made: Make, tmp_path: Path, name: str, ending: str) -> None:
    file = tmp_path / "my.yaml"
    file.write_text(examples.text(name), encoding="utf-8")
    before = file.read_bytes()
    theory = toc.load(file)
    found = theory.merge(made(theory, f"back.{ending}"))
    assert (found.changes, found.conflicts, found.theory is theory) == ((), (), True)
    found.theory.save(file)
    assert file.read_bytes() == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("name", examples.NAMES)
def test_an_untouched_workbook_that_libreoffice_saved_changes_nothing(made: Make, tmp_path: Path, name: str) -> None:
    theory = toc.example(name)
    found = theory.merge(through_libreoffice(made(theory), tmp_path))
    assert (found.changes, found.conflicts, found.remarks) == ((), (), ())


def untouched(theory: toc.TheoryOfChange, path: Path) -> None:
    found = theory.merge(path)
    assert (found.changes, found.conflicts) == ((), ()), found.to_text()
    assert found.theory is theory


@tries(20)
@given(theories())
def test_any_untouched_workbook_changes_nothing(tmp_path_factory: pytest.TempPathFactory, theory: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, data in (("back.xlsx", theory.to_xlsx()), ("back.zip", theory.to_csv_bundle())):
        (folder / name).write_bytes(data)
        untouched(theory, folder / name)


# The term of the specification


def a_term(path: Path) -> None:
    """What a partnerships office did in a term, slips included."""
    with edited(path) as book:
        book.put("Activities", "cpd-webinars", "certainty", "LOW")
        book.put("KPIs", "reading-age", "level", "atainment")
        book.add(
            "KPIs",
            title="Pupils who read for fun",
            measures="Young readers catch up with their age",
            unit="% of pupils asked",
            hours="=20*4",
            baseline="75%",
            baseline__date="31/07/2027",
        )
        book.put("Readings", "reading-age #1", "value", "#N/A")
        book.delete("Outcomes", "literacy")
        sheet = book.sheet("Activities")
        sheet.cell(1, sheet.max_column + 1).value = "Room"
        sheet.cell(2, sheet.max_column).value = "Library"
        book.put("Outcomes", "young-readers", "title", "Young readers overtake their age")


def mended(path: Path) -> None:
    with edited(path) as book:
        book.put("KPIs", "reading-age", "level", "attainment")
        row = max(row for row in range(1, 40) if book.sheet("KPIs").cell(row, 1).value)
        headings = book.headings("KPIs")
        book.sheet("KPIs").cell(row, headings.index("hours") + 1).value = 80
        book.sheet("KPIs").cell(row, headings.index("baseline.date") + 1).value = date(2027, 7, 31)
        book.put("Readings", "reading-age #1", "value", 13)


@pytest.fixture
def meanwhile(tmp_path: Path) -> Path:
    """The file, in which somebody changed two things after the workbook was written."""
    file = tmp_path / "my.yaml"
    text = examples.text("rgs-newcastle")
    text = text.replace("title: Young readers catch up with their age", "title: Young readers catch up")
    file.write_text(text.replace("review_on: 2027-07-31", "review_on: 2027-06-30"), encoding="utf-8")
    return file


def test_a_term_s_slips_are_told_by_sheet_and_cell(made: Make, meanwhile: Path) -> None:
    back = made()
    a_term(back)
    assert problems(back, toc.load(meanwhile)) == [
        "back.xlsx:KPIs!D11: 'atainment' is not one of participation, engagement, feedback, learning, attainment, practice: did you mean 'attainment'? [TOC013]",
        "back.xlsx:KPIs!I16: '31/07/2027' is not a date: write 2027-07-31 [TOC015]",
        "back.xlsx:KPIs!P16: a formula without a stored result: open the workbook, let it be worked out, and save it [TOC039]",
        "back.xlsx:Readings!C6: '#N/A' is an error of the spreadsheet: mend it, or empty the cell [TOC039]",
    ]


def test_a_term_is_taken_once_its_slips_are_mended(made: Make, meanwhile: Path) -> None:
    back = made()
    a_term(back)
    mended(back)
    theory = toc.load(meanwhile)
    found = theory.merge(back)
    assert told(found.changes) == [
        ("changed", "Webinars and training for teachers", "certainty.level", "medium", "low", "Activities!E3"),
        ("changed", "Reading-age gain over the school year", "level", "learning", "attainment", "KPIs!D11"),
        ("added", "Pupils who read for fun", None, None, found.changes[2].new, "KPIs!A16"),
        ("changed", "Reading-age gain over the school year, 2026-07-15", "value", 12, 13, "Readings!C6"),
    ]
    (conflict,) = found.conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == (
        "title",
        "Young readers catch up with their age",
        "Young readers catch up",
        "Young readers overtake their age",
    )
    assert conflict.problem is not None
    assert (conflict.problem.code, conflict.problem.path) == ("TOC038", ("outcomes", "young-readers", "title"))
    added = found.theory.kpis["pupils-who-read-for-fun"]
    assert (added.hours, added.baseline, added.measures) == (
        80,
        toc.Baseline(value=75, date="2027-07-31"),
        ("young-readers",),
    )
    assert "literacy" in found.theory.pillars
    remarks = " | ".join(found.remarks)
    assert "rows that are gone, and kept in the file (--delete takes them out): 'Literacy'" in remarks
    assert "Activities!AF1 'Room'" in remarks
    before = meanwhile.read_text(encoding="utf-8")
    found.theory.save(meanwhile)
    after = meanwhile.read_text(encoding="utf-8")
    gone, new = changed_lines(before, after)
    assert [line.partition("#")[0].strip() for line in gone] == [
        "certainty: medium",
        "level: learning",
        "- {date: 2026-07-15, value: 12}",
    ]
    assert "  pupils-who-read-for-fun:" in new
    assert "review_on: 2027-06-30" in after


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that are new."""
    lines = [*ndiff(before.splitlines(), after.splitlines())]
    return [line[2:] for line in lines if line.startswith("- ")], [line[2:] for line in lines if line.startswith("+ ")]


def test_whose_word_counts_can_be_said(made: Make, meanwhile: Path) -> None:
    back = made()
    with edited(back) as book:
        book.put("Outcomes", "young-readers", "title", "Young readers overtake their age")
    theory = toc.load(meanwhile)
    for side, title in (("workbook", "Young readers overtake their age"), ("file", "Young readers catch up")):
        found = theory.merge(back, take=side)  # type: ignore[arg-type]  # a word of the two
        assert found.conflicts == ()
        assert found.theory.outcomes["young-readers"].title == title
    assert found.remarks == ("changed on both sides, and left as the file has it: Outcomes!B13 title",)
    with pytest.raises(toc.OptionError, match="did you mean 'workbook'"):
        theory.merge(back, take="workbok")  # type: ignore[arg-type]  # a slip


# Field by field


EDITS: Any = {
    ("Activities", "sport", "title"): st.sampled_from(["Sport", "More sport"]),
    ("Activities", "sport", "participation"): st.sampled_from(["low", 7, None]),
    ("Activities", "mentoring", "stakes"): st.sampled_from(["low", "high", None]),
    ("Outcomes", "aspirations", "by"): st.sampled_from(["2030-01-31", "2031-01-31"]),
    ("KPIs", "first-time", "unit"): st.sampled_from(["pupils", "people"]),
    ("Links", "stem > goal", "because"): st.sampled_from(["It does", "It may", None]),
}


@tries(20)
@given(st.fixed_dictionaries({}, optional=EDITS), st.fixed_dictionaries({}, optional=EDITS))
def test_edits_on_both_sides_come_together_field_by_field(
    tmp_path_factory: pytest.TempPathFactory, here: dict[Any, Any], there: dict[Any, Any]
) -> None:
    back = tmp_path_factory.mktemp("fields") / "back.xlsx"
    back.write_bytes(RGS.to_xlsx())
    with edited(back) as book:
        for (sheet, id, field), value in there.items():
            book.put(sheet, id, field, value)
    mine = changed(RGS, here)
    found = mine.merge(back)
    first = {place: said(RGS, place) for place in EDITS}
    both = {place for place in here.keys() & there.keys() if here[place] != there[place]}
    clashes = {place for place in both if first[place] not in (here[place], there[place])}
    taken = {place: value for place, value in there.items() if place not in clashes and value != first[place]}
    assert len(found.conflicts) == len(clashes)
    assert found.theory == changed(mine, taken)


def said(theory: toc.TheoryOfChange, place: tuple[str, str, str]) -> Any:
    sheet, id, field = place
    if sheet == "Links":
        source, target = id.split(" > ")
        return getattr(theory.nodes[source].leads_to[target], field)  # type: ignore[attr-defined]  # it leads on
    value = getattr(theory.nodes[id], field)
    return value.isoformat() if isinstance(value, date) else value


def changed(theory: toc.TheoryOfChange, values: dict[Any, Any]) -> toc.TheoryOfChange:
    for (sheet, id, field), value in values.items():
        if sheet == "Links":
            source, target = id.split(" > ")
            theory = theory.edit_link(source, target, **{field: value})
        else:
            theory = theory.edit(id, **{field: value})
    return theory


# Rows


def test_a_new_row_gets_an_id_and_may_be_named_by_its_title_at_once(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.add(
            "Activities",
            title="Chess club",
            certainty="medium",
            partners="Partner primary schools",
            tags="games; clubs",
        )
        book.add("Links", source="Chess club", target="Pupils see more futures open to them", because="It opens doors")
        book.add("Assumptions", source="Chess club", target="Pupils see more futures open to them", text="They come")
    found = RGS.merge(back)
    club = found.theory.activities["chess-club"]
    assert (club.certainty, club.partners, club.tags) == (
        toc.Certainty(level="medium"),
        ("partner-primaries",),
        ("games", "clubs"),
    )
    link = club.leads_to["aspirations"]
    assert (link.because, [one.text for one in link.assumptions]) == ("It opens doors", ["They come"])
    assert [one.change for one in found.changes] == ["added", "added", "added"]
    assert list(found.theory.activities)[-1] == "chess-club"


def test_a_title_means_what_bore_it_when_the_workbook_was_written(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.put("Outcomes", "stem", "title", "Literacy")
        book.put("Outcomes", "literacy", "title", "Reading")
        book.put("Activities", "sport", "pillar", "Literacy")
        book.put("Activities", "mentoring", "pillar", "Reading")
    found = RGS.merge(back).theory
    assert (found.activities["sport"].pillar, found.activities["mentoring"].pillar) == ("literacy", "literacy")
    assert found.pillars["stem"].title == "Literacy"


def test_where_titles_are_equal_the_id_stands_behind_them(made: Make) -> None:
    theory = RGS.edit("cpd", title="Literacy")
    back = made(theory)
    with edited(back) as book:
        assert book.cell("Links", "stem > goal", "source").value == "Outcomes in STEM"
        assert book.cell("Links", "cpd > goal", "source").value == "Literacy (cpd)"
        book.put("Activities", "sport", "pillar", "Literacy (cpd)")
    assert theory.merge(back).theory.activities["sport"].pillar == "cpd"


def test_a_row_that_is_gone_is_kept_unless_it_is_to_go(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.delete("Activities", "careers-fair")
    kept = RGS.merge(back)
    assert kept.changes == ()
    assert "(--delete takes them out): 'Careers fair for partner schools'" in kept.remarks[0]
    found = RGS.merge(back, delete=True)
    assert found.theory == RGS.without("careers-fair")
    assert [(one.change, one.title) for one in found.changes] == [("removed", "Careers fair for partner schools")]


def test_a_row_that_is_gone_and_was_changed_in_the_file_is_a_conflict(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.delete("Activities", "careers-fair")
    theory = RGS.edit("careers-fair", participation=3000)
    found = theory.merge(back, delete=True)
    assert [(one.title, one.field, one.theirs) for one in found.conflicts] == [
        ("Careers fair for partner schools", None, None)
    ]
    assert found.theory is theory


def test_a_second_row_with_the_same_id_is_a_new_one_and_told(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.add("Groups", title="Parents", id="teachers")
    found = RGS.merge(back)
    assert found.theory.context.target_groups["parents"].title == "Parents"
    assert found.theory.context.target_groups["teachers"] == RGS.context.target_groups["teachers"]
    assert found.remarks == ("an id that stands twice, so the second row is taken for a new one: Groups!E8 'teachers'",)


def test_rows_in_another_order_and_columns_too_change_nothing(made: Make) -> None:
    back = made()
    with edited(back) as book:
        sheet = book.sheet("KPIs")
        rows = [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows(max_row=15)]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], 1):
            for column, (value, shown) in enumerate(reversed(row), 1):
                cell = sheet.cell(number, column)
                cell.value, cell.number_format = value, shown
    assert RGS.merge(back).changes == ()


def test_an_output_becomes_an_outcome_with_everything_that_hangs_on_it(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.put("Outcomes", "reading-sessions", "kind", "Outcome")
    found = RGS.merge(back).theory
    assert list(found.outcomes)[-1] == "reading-sessions"
    assert found.outcomes["reading-sessions"].leads_to == RGS.outputs["reading-sessions"].leads_to


def test_a_pillar_that_gets_a_link_of_its_own_still_leads_to_the_goal(made: Make) -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, pillars: {a: A, b: B}}")
    back = made(theory)
    with edited(back) as book:
        book.add("Links", source="A", target="B")
    assert theory.merge(back).theory == theory.with_link("a", "b")


def test_a_pillar_that_loses_its_links_leads_nowhere(made: Make) -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, pillars: {a: {title: A, leads_to: goal}}}")
    back = made(theory)
    with edited(back) as book:
        book.delete("Links", "a > goal")
    assert theory.merge(back, delete=True).theory == theory.edit("a", leads_to=[])


def test_a_reading_that_both_sides_added_is_one(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.add(
            "Readings",
            kpi="Reading-age gain over the school year",
            date=date(2027, 7, 15),
            value=13,
            n=34,
            note="Two classes",
        )
    new = toc.Reading(date="2027-07-15", value=13, n=34, note="Two classes")
    theory = RGS.edit("reading-age", readings=[*RGS.kpis["reading-age"].readings, new])
    assert RGS.merge(back).theory == theory
    found = theory.merge(back)
    assert (found.changes, found.conflicts) == ((), ())
    other = RGS.edit("reading-age", readings=[*RGS.kpis["reading-age"].readings, new.evolve(value=12)])
    assert [(one.field, one.base, one.mine, one.theirs) for one in other.merge(back).conflicts] == [
        ("value", None, 12, 13)
    ]


# Cells


def typed(made: Make, place: tuple[str, str, str], value: Any, theory: toc.TheoryOfChange = RGS) -> Path:
    back = made(theory)
    with edited(back) as book:
        sheet, id, heading = place
        book.put(sheet, id, heading, value)
    return back


CERTAINTY = ("Activities", "sport", "certainty")
BASELINE = ("KPIs", "trainees-in-post", "baseline")


@pytest.mark.parametrize(
    ("place", "value", "means"),
    [
        (CERTAINTY, "\u00a0High ", "high"),
        (("Activities", "sport", "participation"), "Medium", "medium"),
        (("Activities", "sport", "participation"), 1250, 1250),
        (("Activities", "sport", "participation"), "1250", 1250),
        (("Activities", "sport", "starts"), "2027-09-01", date(2027, 9, 1)),
        (("Activities", "sport", "starts"), datetime(2027, 9, 1, 14, 30), date(2027, 9, 1)),  # noqa: DTZ001  # a cell has no zone
        (("Activities", "sport", "tags"), "a;b ; c", ("a", "b", "c")),
        (("Activities", "sport", "description"), "=cmd()|' /C calc'!A0", "=cmd()|' /C calc'!A0"),
        (("Activities", "sport", "above_ceiling"), "YES", True),
        (("Activities", "sport", "above_ceiling"), True, True),
        (("Activities", "sport", "title"), 2027, "2027"),
        (("Activities", "sport", "partners"), "Partner secondary schools", ("partner-secondaries",)),
        (("Activities", "sport", "tags"), None, ()),
    ],
)
def test_what_can_be_understood_is(made: Make, place: tuple[str, str, str], value: Any, means: Any) -> None:
    back = made()
    with edited(back) as book:
        cell = book.cell(*place)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    found = RGS.merge(back).theory.activities["sport"]
    held = getattr(found, place[2])
    assert (held.level if isinstance(held, toc.Certainty) else held) == means


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (CERTAINTY, "hihg", "Activities!E12: 'hihg' is not one of low, medium, high: did you mean 'high'? [TOC013]"),
        (
            ("Activities", "sport", "participation"),
            "1,250",
            "Activities!G12: expected a number, or low, medium, high, but found '1,250': write 1250 [TOC012]",
        ),
        (
            ("Activities", "sport", "participation"),
            -5,
            "Activities!G12: -5 is not a number of people: it must be 0 or more, and no more than live [TOC014]",
        ),
        (
            ("Activities", "sport", "starts"),
            "31/07/2027",
            "Activities!K12: '31/07/2027' is not a date: write 2027-07-31 [TOC015]",
        ),
        (
            ("Activities", "sport", "pillar"),
            "Literasy",
            "Activities!D12: nothing is called 'Literasy': did you mean 'Literacy'? [TOC030]",
        ),
        (("Activities", "sport", "title"), None, "Activities!A12: `title` is missing [TOC011]"),
        (
            ("Links", "stem > goal", "confidence"),
            1.5,
            "Links!D3: 1.5 is not between 0 and 1: for 1.5% write 0.015 [TOC014]",
        ),
        (("Links", "stem > goal", "target"), "Outcomes in STEM", "Links!A3: a cycle: stem → stem; delete the link"),
        (
            ("Partners", "rgs", "disadvantage"),
            "35%",
            "expected a number from 0 to 1 but found '35%': write 0.35 [TOC013]",
        ),
        (("Partners", "rgs", "disadvantage"), 35, "35 is not between 0 and 1: for 35% write 0.35 [TOC014]"),
        (("KPIs", "reading-age", "measures"), "Nobody", "KPIs!C11: nothing is called 'Nobody' [TOC030]"),
    ],
)
def test_what_cannot_be_understood_is_told_by_its_cell(
    made: Make, place: tuple[str, str, str], value: Any, said: str
) -> None:
    (problem,) = problems(typed(made, place, value))
    assert said in problem


def test_a_share_shown_as_a_percentage_is_told_as_the_share_to_write(made: Make) -> None:
    back = made()
    with edited(back) as book:
        cell = book.cell("Partners", "rgs", "disadvantage")
        cell.value, cell.number_format = 0.4, "0%"
    (problem,) = problems(back)
    assert "the cell shows 40%, and holds 0.4: give it the format Number, and write a share, 0.4, there" in problem


def test_a_cell_shown_as_a_percentage_is_one_where_the_kpi_is(made: Make) -> None:
    back = made()
    with edited(back) as book:
        for id in ("trainees-in-post", "reading-age"):
            cell = book.cell("KPIs", id, "baseline")
            cell.value, cell.number_format = 0.8, "0%"
    assert problems(back) == [
        "back.xlsx:KPIs!H11: the cell shows 80%, and holds 0.8: give it the format Number, and write the number itself there [TOC012]"
    ]
    with edited(back) as book:
        book.cell("KPIs", "reading-age", "baseline").number_format = "General"
    found = RGS.merge(back)
    assert found.theory.kpis["trainees-in-post"].baseline == toc.Baseline(value=80, date="2025-09-30")
    assert "shown as a percentage, and read as one: KPIs!H3 80%" in found.remarks


def test_a_formula_counts_as_what_it_showed_last(made: Make, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    back = made()
    with edited(back) as book:
        book.put("KPIs", "reading-age", "hours", "=20*4")
    found = RGS.merge(through_libreoffice(back, tmp_path))
    assert found.theory.kpis["reading-age"].hours == 80
    assert found.remarks == ("formulas, which count as what they showed last: KPIs!P11 80",)


def test_notes_on_cells_and_hidden_rows_and_sheets_of_one_s_own_are_told_or_read(made: Make) -> None:
    from openpyxl.comments import Comment

    back = made()
    with edited(back) as book:
        cell = book.cell("Activities", "sport", "title")
        cell.comment = Comment("Ask Anna", "B")
        book.put("Activities", "sport", "certainty", "high")
        book.sheet("Activities").row_dimensions[cell.row].hidden = True
        book.book.create_sheet("Budget")
        book.book["Budget"]["A1"] = "x"
    found = RGS.merge(back)
    assert found.theory.activities["sport"].certainty == toc.Certainty(level="high")
    assert any("notes on cells, which are not kept: Activities!A12 “" in remark for remark in found.remarks)
    assert "sheets of your own, of which nothing is read: 'Budget'" in found.remarks


def test_the_keys_of_the_theory_stand_under_each_other(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.put("Theory", "review_on", "value", date(2028, 1, 31))
        book.put("Theory", "context.unintended", "value", "Less time; Less money")
        book.put("Theory", "version", "value", None)
        sheet = book.sheet("Theory")
        sheet.cell(30, 1).value, sheet.cell(30, 2).value = "x-room", "Hall"
    found = RGS.merge(back)
    assert (found.theory.review_on, found.theory.context.unintended) == (date(2028, 1, 31), ("Less time", "Less money"))
    assert (found.theory.version, found.theory.model_extra["x-room"]) == (None, "Hall")
    assert [one.cell for one in found.changes] == ["Theory!B5", "Theory!B7", "Theory!B11", "Theory!B30"]
    with edited(back) as book:
        book.put("Theory", "title", "value", None)
    assert problems(back) == ["back.xlsx:Theory!B2: `title` is missing [TOC011]"]


def test_a_workbook_of_other_people_is_refused_with_what_to_do(made: Make) -> None:
    back = made()
    with edited(back) as book:
        for name in book.book.sheetnames[:-1]:
            del book.book[name]
        book.book.create_sheet("Plan")
    assert problems(back) == [
        "back.xlsx: none of the sheets that toc workbook writes is in it; toc update takes spreadsheets of other people [TOC002]"
    ]


# Headings


def test_a_heading_that_is_nearly_one_of_ours_is_a_problem(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.sheet("Activities")["E1"] = "certanty"
    assert problems(back) == ["back.xlsx:Activities!E1: unknown heading 'certanty': did you mean 'certainty'? [TOC010]"]


def test_a_column_that_is_gone_changes_nothing_and_is_told(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.sheet("Activities").delete_cols(5)
    found = RGS.merge(back)
    assert found.changes == ()
    assert found.remarks == ("columns that are missing, so nothing in them changes: Activities 'certainty'",)


def test_rows_without_a_column_of_ids_cannot_be_known(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.sheet("Groups").delete_cols(5)
    assert problems(back) == [
        "back.xlsx:Groups!E1: the column `id` is missing, by which rows are known: put it back, with the ids that it had [TOC011]"
    ]


def test_a_column_of_one_s_own_can_be_kept(made: Make) -> None:
    back = made()
    with edited(back) as book:
        sheet = book.sheet("Activities")
        room, cost = sheet.max_column + 1, sheet.max_column + 2
        sheet.cell(1, room).value, sheet.cell(2, room).value = "Room", "Library"
        sheet.cell(1, cost).value, sheet.cell(3, cost).value = "x-cost", 12.5
    assert RGS.merge(back).theory.activities["scitt"].model_extra == {}
    found = RGS.merge(back, keep="Room").theory
    assert found.activities["scitt"].model_extra["x-room"] == "Library"
    assert found.activities["cpd-webinars"].model_extra["x-cost"] == 12.5


def test_what_no_cell_can_hold_is_left_as_it_is(made: Make) -> None:
    theory = RGS.edit("sport", **{"x-cost": {"amount": 3}, "x-room": "Hall"})
    back = made(theory)
    with edited(back) as book:
        book.put("Activities", "sport", "title", "More sport")
        book.put("Activities", "sport", "x-room", None)
    found = theory.merge(back).theory.activities["sport"]
    assert (found.title, found.model_extra) == ("More sport", {"x-illustrative": True, "x-cost": {"amount": 3}})


# What partners give, gain and judge


def test_a_changed_exchange_keeps_the_reasons_of_what_is_left_of_it(made: Make) -> None:
    theory = RGS.edit(
        "coding-clubs", exchange={"rgs": {"gives": [{"resource": "facilities", "because": "Computers"}, "Minibus"]}}
    )
    back = made(theory)
    with edited(back) as book:
        book.put("Exchange", "coding-clubs > rgs", "gives", "Networks; facilities; A planetarium")
    found = theory.merge(back)
    gives = found.theory.activities["coding-clubs"].exchange["rgs"].gives
    assert [(one.resource, one.text, one.because) for one in gives] == [
        ("networks", None, None),
        ("facilities", None, "Computers"),
        (None, "A planetarium", None),
    ]
    assert told(found.changes) == [
        (
            "changed",
            "Coding clubs for primary schools, Royal Grammar School Newcastle",
            "gives",
            found.changes[0].old,
            found.changes[0].new,
            "Exchange!C7",
        )
    ]
    assert "facilities (Computers), A planetarium" in found.to_markdown()


def test_new_rows_about_partners_become_part_of_the_theory(made: Make) -> None:
    sport, primaries = RGS.activities["sport"].title, "Partner primary schools"
    back = made()
    with edited(back) as book:
        book.add("Exchange", activity=sport, partner=primaries, gains="wellbeing")
        book.add("Reciprocity", activity=sport, reciprocates=RGS.activities["mentoring"].title)
        book.add("Reach", activity=sport, group="Teachers in partner schools and at RGS", people=12)
        book.add(
            "Answers",
            review="autumn-2026",
            statement="shared-impact",
            judgement="fully",
            evidence=f"{primaries}; A visit; {sport}",
        )
        book.put("Partnership", "power", "value", "Even")
        book.put("Partners", "rgs", "since", 2008)
        book.put("Partners", "partner-primaries", "phase", "Primary; early")
        book.put("Answers", "autumn-2026 > mutual-benefit", "judgement", "mostly")
    found = RGS.merge(back).theory
    activity = found.activities["sport"]
    assert (activity.exchange["partner-primaries"].gains[0].benefit, activity.reciprocates, activity.reach) == (
        "wellbeing",
        {"mentoring": None},
        {"teachers": 12},
    )
    answers = found.reviews["autumn-2026"].answers
    assert [(one.partner, one.text, one.node) for one in answers["shared-impact"].evidence] == [
        ("partner-primaries", None, None),
        (None, "A visit", None),
        (None, None, "sport"),
    ]
    assert answers["mutual-benefit"].judgement == "mostly"
    assert found.partnership.power is not None
    assert found.partnership.power.value == "even"
    assert (found.partners["rgs"].since, found.partners["partner-primaries"].phase) == (2008, ("primary", "early"))
    again = made(found)
    assert found.merge(again).changes == ()


def test_wrong_words_about_partners_are_told_with_their_cells(made: Make) -> None:
    back = made()
    with edited(back) as book:
        cells = [
            book.put("Exchange", "coding-clubs > rgs", "gives", "facilites"),
            book.put("Partners", "rgs", "phase", "secondry"),
            book.put("Partnership", "power", "value", "evn"),
        ]
    (wrong,) = [one for one in problems(back) if cells[1] in one]
    assert "did you mean 'secondary'?" in wrong
    assert any(cells[2] in one and "did you mean 'even'?" in one for one in problems(back))
    with edited(back) as book:
        book.put("Partners", "rgs", "phase", None)
        book.put("Partnership", "power", "value", None)
        book.add("Answers", review="autumn-2026", statement="clear-purpose", judgement="fully")
        row = book.add("Reciprocity", activity="Sport", reciprocates=RGS.activities["sport"].title)
    assert problems(back)[0].startswith(f"back.xlsx:Reciprocity!A{row}: nothing is called 'Sport'")
    with edited(back) as book:
        book.sheet("Reciprocity").cell(row, 1).value = RGS.activities["sport"].title
    said = problems(back)
    assert any(
        one.startswith(
            f"back.xlsx:{cells[0]}: 'facilites' is not in the table of resources: did you mean 'facilities'?"
        )
        for one in said
    )
    with edited(back) as book:
        book.put("Exchange", "coding-clubs > rgs", "gives", "facilities")
    said = problems(back)
    assert any("Answers!B4: unknown statement 'clear-purpose': did you mean 'clear-purposes'?" in one for one in said)
    assert any(f"Reciprocity!B{row}: 'sport' cannot reciprocate itself" in one for one in said)


def test_answers_on_both_sides_are_joined_field_by_field_and_a_contradiction_is_told(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.put("Answers", "autumn-2026 > mutual-benefit", "judgement", "mostly")
        book.put("Answers", "autumn-2026 > mutual-benefit", "because", "Five heads were asked")
    answers = {"clear-purposes": "mostly", "mutual-benefit": {"judgement": "fully", "owner": "Head of sport"}}
    review = {"frame": "practices", "date": "2026-09-15", "answers": answers}
    mine = RGS.evolve(reviews={"autumn-2026": review})
    found = mine.merge(back)
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.title, conflict.field) == ("Answer", "autumn-2026, mutual-benefit", "judgement")
    assert (conflict.base, conflict.mine, conflict.theirs) == ("partly", "fully", "mostly")
    answer = found.theory.reviews["autumn-2026"].answers["mutual-benefit"]
    assert (answer.judgement, answer.because, answer.owner) == ("fully", "Five heads were asked", "Head of sport")


# What the workbook was written from


def hidden(path: Path, text: str) -> Path:
    with edited(path) as book:
        sheet = book.sheet("_toc")
        sheet.delete_rows(1, sheet.max_row)
        for number, start in enumerate(range(0, len(text), 30_000), 1):
            sheet.cell(number, 1).value = text[start : start + 30_000]
    return path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "5",
        "[[1, 2]]",
        '[[["theory"], 5]]',
        '[[["theory"], {"title": 5}]]',
        '[[["theory"], {"title": ["a"]}]]',
        '[[["theory"], {}], [["nodes", "a"], {"kind": "dragon"}]]',
        '[[["theory"], {}], [["nodes"], {"kind": "goal"}]]',
        '[[["theory"], {}], [["dragons", "a"], {}]]',
        '[[["theory"], {}], [["links", "a", "b"], {}]]',
        '[[["theory"], {}], [["nodes", "a"], {"kind": "goal", "by": "someday"}]]',
        '[[["theory"], {}], [["readings", "a"], {"kpi": "a", "value": NaN}]]',
        json.dumps([[["theory"], {"title": "x" * 5_100_000}]]),
    ],
)
def test_a_broken_memory_of_what_was_written_counts_as_none(made: Make, text: str) -> None:
    back = hidden(typed(made, ("Activities", "sport", "title"), "More sport"), text)
    found = RGS.merge(back)
    assert found.remarks[0].startswith("it is not known from what the workbook was written")
    assert [(one.field, one.new) for one in found.changes] == [("title", "More sport")]


def test_without_that_memory_what_stands_in_a_cell_counts_and_empty_ones_mean_nothing(made: Make) -> None:
    back = made()
    with edited(back) as book:
        book.put("Activities", "sport", "title", "More sport")
        book.put("Activities", "sport", "tags", None)
        book.delete("Activities", "mentoring")
        del book.book["_toc"]
    found = RGS.merge(back, delete=True)
    assert found.theory == RGS.edit("sport", title="More sport")
    assert len(found.remarks) == 2
    assert "not deleted, because it is not known what the workbook was written from" in found.remarks[1]


def test_a_memory_that_lies_decides_nothing_silently(made: Make) -> None:
    things = json.loads(memory(made()))
    for key, fields in things:
        if key == ["nodes", "sport"]:
            fields["title"] = "Something else"
    found = RGS.merge(hidden(made(), json.dumps(things)))
    assert (found.changes, found.conflicts) == ((), ())


def memory(path: Path) -> str:
    sheet = Edited(path).sheet("_toc")
    return "".join(row[0].value for row in sheet.iter_rows())


# CSV


def test_csv_files_come_back_too(made: Make, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    with zipfile.ZipFile(made(RGS, "back.zip")) as bundle:
        bundle.extractall(folder)
    file = folder / "Activities.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("\nSport with partner schools", "\nMore sport"), encoding="utf-8"
    )
    found = RGS.merge(folder)
    assert [(one.field, one.new, one.cell) for one in found.changes] == [("title", "More sport", "Activities!A12")]
    assert found.remarks[0].startswith("CSV files do not say from what they were written")
