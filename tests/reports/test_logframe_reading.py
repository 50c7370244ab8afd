"""Logframes that come in: ours say the same again, and others' tables and blocks are understood, or it is said why not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

import toc
from hostile_workbooks import MB, REFUSED
from reports.logframes import TODAY, converted, partnership, read_back, said
from strategies import days, mapping, numbers, texts, tries
from toc.reports.docx_rows import document_rows
from toc.reports.logframe_reading import logframe_in

FORMS = ("xlsx", "csv", "docx")
EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")

FCDO = """\
PROJECT NAME,Reading for all,,,,,,
IMPACT,Impact Indicator 1,,Baseline,Milestone 1 (Jul 2026),Milestone 2 (31 Jul 2027),Target (2028),
Every child reads,Children who read at their age,Planned,60%,65%,70%,75%,
,,Achieved,,64% (15 Jul 2026),,,
,,Source,,,,,
,,National test data,,,,,
OUTCOME,Outcome Indicator 1,,Baseline,Milestone 1 (Jul 2026),Milestone 2 (Jul 2027),Target (Jul 2028),Assumptions
Pupils read more,Pupils who borrow a book,Planned,N=35;P=55,8 (Jul 2025),900,"1,200",Libraries stay open
OUTPUT 1,Output Indicator 1.1,,Baseline,Milestone 1 (Jul 2026),Milestone 2 (Jul 2027),Target (Jul 2028),Assumptions
Book corners set up,Corners,Planned,0,10,20,30,
,Output Indicator 1.2,,Baseline,Milestone 1 (Jul 2026),Milestone 2 (Jul 2027),Target (Jul 2028),Assumptions
,Volunteers trained,Planned,0,5,6,7,
"""


def written(frame: toc.Logframe, form: str) -> bytes:
    data: Any = getattr(frame, f"to_{form}")()
    return data if isinstance(data, bytes) else data.encode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_logframe_that_was_written_says_the_same_when_it_is_read_back(name: str, form: str) -> None:
    theory = toc.example(name)
    back = read_back(written(theory.logframe(today=TODAY), form), f"logframe.{form}")
    assert said(back) == said(theory)
    assert {one.kind for one in back.nodes.values()} <= {"goal", "outcome", "output", "activity", "kpi"}


@pytest.mark.parametrize("form", FORMS)
def test_so_does_one_of_sixty_activities_with_milestones_and_what_was_achieved(form: str) -> None:
    theory = partnership()
    back = read_back(written(theory.logframe(today=TODAY, small_groups=True), form), f"logframe.{form}")
    (results, kpis), (results_back, kpis_back) = said(theory), said(back)
    assert results_back == results
    assert len(kpis_back) == len(kpis)
    assert [kpi[:-1] for kpi in kpis_back] == [kpi[:-1] for kpi in kpis]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("style", ["classic", "results"])
def test_the_other_styles_give_back_results_and_indicators(style: Any, form: str) -> None:
    theory = toc.example("rgs-newcastle")
    back = read_back(written(theory.logframe(style, today=TODAY), form), f"logframe.{form}")
    assert said(back)[0] == said(theory)[0]
    assert sorted(one.title for one in back.kpis.values()) == sorted(one.title for one in theory.kpis.values())
    assert {one.title: one.target and one.target.value for one in back.kpis.values()} == {
        one.title: one.target and one.target.value for one in theory.kpis.values()
    }


def clean() -> Any:
    """Text on one line, without what no workbook can hold."""
    return texts().map(lambda text: " ".join(text.replace("\ufffe", "").split())).filter(bool)


@st.composite
def frames(draw: Callable[[Any], Any]) -> toc.TheoryOfChange:
    """Theories of all levels whose KPIs have values, days and nasty texts; no two results or KPIs have one title."""
    names = st.lists(clean(), unique=True, min_size=9, max_size=9)
    title = iter(draw(names))
    milestone = mapping((("value", numbers()),), by=days())
    kpi = {
        "baseline": mapping((("value", numbers()),), date=days()),
        "target": st.lists(milestone, min_size=1, max_size=3),
        "unit": st.sampled_from(("months", "points", "a unit: with signs (x)")),
        "direction": st.sampled_from(("up", "down", "keep")),
        "readings": st.lists(mapping((("date", days()), ("value", numbers()))), max_size=2),
        "source": clean(),
        "status": st.just("draft"),
    }
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1, "title": "T", "goal": next(title), "pillars": {"p": next(title)},
            "outcomes": {id: {"title": next(title), "leads_to": to} for id, to in (("a", "p"), ("b", "a"))},
            "outputs": {"o": {"title": next(title), "leads_to": draw(st.sampled_from(("a", "b", "p", "goal")))}},
            "activities": {"v": {"title": next(title), "leads_to": draw(st.sampled_from(("a", "o", "p")))}},
            "kpis": {
                id: {"title": next(title), "measures": draw(st.permutations(("goal", "a", "o", "v")))[:2]}
                | draw(st.fixed_dictionaries({}, optional=kpi))
                for id in ("k", "l", "m")
            },
        }
    )  # fmt: skip


@tries(60)
@given(frames())
def test_whatever_stands_in_a_logframe_it_is_read_back_from_every_form(theory: toc.TheoryOfChange) -> None:
    frame = theory.logframe(today=TODAY)
    for form in FORMS:
        back = read_back(written(frame, form), f"logframe.{form}")
        assert said(back) == said(theory), form


def test_the_blocks_of_a_donor_s_form_are_read() -> None:
    theory = read_back(FCDO.encode(), "fcdo.csv")
    assert theory.goals["goal"].title == "Every child reads"
    assert [(one.title, *one.leads_to) for one in theory.outputs.values()] == [
        ("Book corners set up", "pupils-read-more")
    ]
    assert [one.text for one in theory.outcomes["pupils-read-more"].leads_to["goal"].assumptions] == [
        "Libraries stay open"
    ]
    first, second, *others = theory.kpis.values()
    assert (first.unit, first.baseline, first.source) == ("%", toc.Baseline(value=60), "National test data")
    assert [*(first.target or ())] == [
        toc.Milestone(value=value, by=by)
        for value, by in ((65, date(2026, 7, 31)), (70, date(2027, 7, 31)), (75, date(2028, 12, 31)))
    ]
    assert first.readings == (toc.Reading(date=date(2026, 7, 15), value=64),)
    assert second.description == "Baseline: N=35;P=55"
    assert second.target
    assert second.target[0] == toc.Milestone(value=8, by=date(2025, 7, 31))
    assert second.target.value == 1200
    assert [one.measures for one in others] == [("book-corners-set-up",)] * 2


def test_what_was_guessed_is_told_with_its_cells() -> None:
    told = [str(one) for one in converted(FCDO.encode(), "fcdo.csv").remarks]
    assert any("a month or a year, read as its last day: E3 as 2026-07-31" in one for one in told)
    assert any("kept in the KPI's description: D8 'N=35;P=55'" in one for one in told)
    assert any("nearest result above" in one and "A9" in one for one in told)


def test_codes_give_parents_and_no_pillar_is_invented() -> None:
    text = (
        "Level,Code,Result,Indicator,Baseline,Target\nImpact,,All read,,,\nOutcome,1,Readers,,,\nOutcome,2,Parents,,,\n"
        "Output,2.1,Evenings,Evenings held,0,4 (31/07/2027)\nOutput,1.1,Sessions,,,\nActivity,1.1.1,Volunteers,,,\n"
    )
    theory = read_back(text.encode(), "a.csv")
    assert {id: [*node.leads_to] for id, node in {**theory.outcomes, **theory.outputs, **theory.activities}.items()} == {
        "readers": ["goal"], "parents": ["goal"], "evenings": ["parents"], "sessions": ["readers"], "volunteers": ["sessions"],
    }  # fmt: skip
    assert not theory.pillars
    assert [*(theory.kpis["evenings-held"].target or ())] == [toc.Milestone(value=4, by=date(2027, 7, 31))]


def test_the_four_columns_of_an_older_form_with_levels_at_the_side_are_read() -> None:
    text = (
        ";Intervention logic;Objectively verifiable indicators;Sources of verification;Assumptions\n"
        "Overall objective;Young people find work;Unemployment below 20%;Labour office;\n"
        "Specific objective;Young people gain skills;80 graduates by 2027;School records;Employers hire locally\n"
        "Expected results;1. Courses run;;;\n;2. Mentors found;;;\nActivities;1.1 Hire trainers;;;Trainers are there\n"
    )
    theory = read_back(text.encode(), "eu.csv")
    assert [one.title for one in theory.outputs.values()] == ["Courses run", "Mentors found"]
    assert [*theory.activities["hire-trainers"].leads_to] == ["courses-run"]
    assert theory.kpis["unemployment-below-20"].source == "Labour office"


def test_a_target_below_the_baseline_is_taken_for_less_is_better_and_told() -> None:
    made = converted(b"Level,Result,Indicator,Baseline,Target\nGoal,G,Dropout,20,12\n", "a.csv")
    assert toc.loads(made.text).kpis["dropout"].direction == "down"
    assert any("less is taken to be better" in str(one) for one in made.remarks)


def test_without_a_goal_it_says_where_to_write_one() -> None:
    made = converted(b"Level,Result,Indicator\nOutcome,Readers,Books read\n", "a.csv")
    assert any("write the goal" in str(one) for one in made.remarks)


def test_a_row_of_no_level_is_a_problem_that_names_its_cell() -> None:
    with pytest.raises(toc.TheoryError, match=r"a\.csv:B3: 'Readers': say in a column headed Level") as refused:
        converted(b"Level,Result,Indicator,Target\nGoal,G,,\nthing,Readers,Books,4\n", "a.csv")
    assert [one.code for one in refused.value.problems] == ["TOC011"]


def test_a_block_with_indicators_and_no_title_is_a_problem_that_names_its_cell() -> None:
    text = "IMPACT,Impact Indicator 1,Baseline,Target\n,Readers,1,2\nOUTPUT 1,Indicator,Baseline,Target\n,Corners,0,4\n"
    with pytest.raises(toc.TheoryError, match="indicators and no title") as refused:
        converted(text.encode(), "a.csv")
    assert [(one.line, one.column) for one in refused.value.problems] == [(1, 1), (3, 1)]


def test_a_mention_of_an_indicator_without_its_name_is_none() -> None:
    theory = read_back(b"Level,Code,Result,Indicator,See\nGoal,,G,,\nOutcome,1,A,Books,\nOutcome,2,B,,1\n", "a.csv")
    assert [one.measures for one in theory.kpis.values()] == [("a",)]


@pytest.mark.parametrize(
    "text",
    [
        "Activity,Outcome,KPI,Baseline,Target\nChess,Thinking,Games played,0,4\n",
        "Activity,Indicator,Target,Outcome\nOutput checks,Number of checks,4,Better work\n",
        "Project,Pupils\nActivity days,40\n",
        "Activity,Type,Description,KPI,Target\nChess,Club,Games at lunch,Games played,4\nChoir,Activity,Songs,Songs sung,9\n",
    ],
)
def test_a_list_of_activities_is_no_logframe(text: str) -> None:
    assert logframe_in(text.encode(), "a.csv") is None


def test_a_logframe_is_found_on_whichever_sheet_it_stands_and_the_others_are_named() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write_string(0, 0, "Our project")
        sheet = book.add_worksheet("LF")
        for place, row in enumerate((("Level", "Result", "Indicator", "Target"), ("Goal", "All read", "Readers"))):
            sheet.write_row(place, 0, row)
        sheet.write_number(1, 3, 0.8, book.add_format({"num_format": "0%"}))
    made = converted(held.getvalue(), "a.xlsx")
    assert [*(toc.loads(made.text).kpis["readers"].target or ())] == [toc.Milestone(value=80)]
    assert str(made.remarks[0]) == "sheets that are not read (--sheet says which to read): 'Notes'"


def document(body: str, **parts: str) -> bytes:
    """A Word document with this XML in its body."""
    held, made = io.BytesIO(), io.BytesIO()
    Document().save(held)
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            whole = f"<w:document {names}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(name, whole if name == "word/document.xml" else old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


def test_merged_cells_tracked_changes_and_content_controls_of_a_document_keep_their_columns() -> None:
    def cell(text: str, marks: str = "") -> str:
        return f"<w:tc><w:tcPr>{marks}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        cell("Result", '<w:gridSpan w:val="2"/>') + cell("Target"),
        cell("A", '<w:vMerge w:val="restart"/>')
        + f"<w:sdt><w:sdtContent>{cell('B')}</w:sdtContent></w:sdt>"
        + cell("4"),
        cell("hidden", "<w:vMerge/>") + cell("C") + "<w:tc><w:p><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>6</w:t></w:r></w:ins></w:p></w:tc>",
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    found = document_rows(document(f"<w:p><w:r><w:t>Title</w:t></w:r></w:p><w:tbl>{table}</w:tbl>"), "a.docx")
    assert [(name, row.number, row.cells) for name, row in found] == [
        ("line 1", 1, ("Title",)),
        ("table 1", 1, ("Result", "", "Target")),
        ("table 1", 2, ("A", "B", "4")),
        ("table 1", 3, ("", "C", "6")),
    ]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "large": (lambda: document(f"<w:p><w:r><w:t>{'a' * (21 * MB)}</w:t></w:r></w:p>"), "TOC004"),
    "long cell": (lambda: document(f"<w:p><w:r><w:t>{'a' * 40_000}</w:t></w:r></w:p>"), "TOC004"),
    "rows": (lambda: document("<w:p/>" * 10_001), "TOC004"),
    "columns": (lambda: document(f"<w:tbl><w:tr>{'<w:tc/>' * 201}</w:tr></w:tbl>"), "TOC004"),
    "span": (
        lambda: document('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>'),
        "TOC004",
    ),
    "deep": (lambda: document("<w:tbl>" * 500 + "</w:tbl>" * 500), "TOC002"),
    "cut": (lambda: document("<w:p/>")[:-300], "TOC002"),
    "declared": (
        lambda: document("<w:p/>", **{"word/x.xml": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"}),
        "TOC002",
    ),
    "empty": (bytes, "TOC002"),
    "text": (lambda: b"Impact: all read", "TOC002"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_one_line(name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(toc.TheoryError) as refused:
        logframe_in(make(), "theirs.docx", is_sure=True)
    assert [one.code for one in refused.value.problems] == [code]
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["cut", "OLE", "with a password", "no zip", "entities", "200,000 parts"])
def test_what_is_refused_of_a_workbook_is_refused_of_a_document_in_its_own_words(name: str) -> None:
    make, code = REFUSED[name]
    with pytest.raises(toc.TheoryError, match=r"document|Word|Office") as refused:
        logframe_in(make(), "theirs.docx", is_sure=True)
    assert [one.code for one in refused.value.problems] == [code]
