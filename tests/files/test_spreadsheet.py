from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.spreadsheet import Converted, converted, from_csv
from toc.spreadsheet.columns import table_of
from toc.spreadsheet.csv_grid import csv_grid

FULL = """\
ID,Title,Pillar,Certainty,Participation,Leads to,KPI,Unit,Target
clubs,Coding clubs,STEM,medium,"1,200",,Pupils who finish a game,pupils,300
,Reading partners,Literacy,High,100,,Reading age gain,months,14
,Reading partners,,,,,Sessions held,,
fair,Careers fair,,L,high,clubs; Literacy,,,
"""


def theory_of(data: str | bytes) -> toc.TheoryOfChange:
    return toc.loads(converted(data, title="Ours", source="a.csv").text)


def told(data: str | bytes) -> dict[str, str]:
    """What is told besides how the columns were read, by kind."""
    remarks = converted(data, title="Ours", source="a.csv").remarks
    return {remark.kind: remark.text for remark in remarks if remark.kind != "read"}


def problems_of(data: str | bytes) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(toc.TheoryError) as caught:
        converted(data, title="Ours", source="a.csv")
    assert caught.value.source == "a.csv"
    return [(problem.code, problem.line, problem.column) for problem in caught.value.problems]


def test_every_column_finds_its_place() -> None:
    theory = theory_of(FULL)
    assert theory.title == "Ours"
    assert {id: pillar.title for id, pillar in theory.pillars.items()} == {"stem": "STEM", "literacy": "Literacy"}
    assert list(theory.activities) == ["clubs", "reading-partners", "fair"]
    clubs, reading, fair = theory.activities.values()
    assert (clubs.certainty, clubs.participation) == (toc.Activity(title="x", certainty="medium").certainty, 1200)
    assert (list(clubs.leads_to), list(reading.leads_to)) == (["stem"], ["literacy"])
    assert (list(fair.leads_to), fair.participation) == (["clubs", "literacy"], "high")
    game, age, sessions = theory.kpis.values()
    assert (game.title, game.unit, game.measures) == ("Pupils who finish a game", "pupils", ("clubs",))
    assert game.target is not None
    assert game.target.value == 300
    assert (age.measures, sessions.measures, sessions.unit) == (("reading-partners",), ("reading-partners",), None)


def test_the_file_says_where_it_comes_from_and_what_to_do() -> None:
    text = from_csv(FULL, title="Ours", source="some/folder/a.csv")
    assert text.startswith("# Made from a.csv: 3 activities, 2 pillars, 3 KPIs.\n")
    lines = text.splitlines()
    assert lines[lines.index("goal: The change that all of this is for") - 1].startswith("# Reword this")


def test_titles_alone_are_enough_and_lead_to_the_goal_with_a_note() -> None:
    made = converted("Activity\nChess\n", title="Ours")
    assert list(toc.loads(made.text).activities["chess"].leads_to) == ["goal"]
    assert "leads_to: goal   # no pillar in the spreadsheet" in made.text
    (straight, _) = made.remarks
    assert str(straight) == "leads straight to the goal, because no strand or outcome is named: A2 'Chess'"


@pytest.mark.parametrize(
    "headings",
    [
        "Title,Pillar,Certainty,Participation",
        "ACTIVITY, strand ,certainty of impact,Number of pupils",
        "Project name,Work-stream,Certainty (H/M/L),No. of participants",
        "Project,Theme,Certainity,Particpants",
        "\ufeffName,Priority area,CERTAINTY_OF_IMPACT,people reached",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_headings_are_matched_forgivingly_whatever_separates_them(headings: str, separator: str) -> None:
    theory = theory_of(f"{headings}\nChess,Thinking,H,12\n".replace(",", separator))
    assert theory == theory_of("Title,Pillar,Certainty,Participation\nChess,Thinking,high,12\n")


def test_a_heading_that_had_to_be_guessed_is_told_and_what_is_not_known_is_kept() -> None:
    made = converted("Title,Pillar,Certainity,Cost,Cost\nChess,Thinking,high,3,4\n", title="Ours")
    assert [remark.text for remark in made.remarks] == [
        "a heading read in spite of its spelling: C 'Certainity' as Certainty",
        "kept under a key of your own (x-…), which nothing reads: D 'Cost' as x-cost; E 'Cost' as x-cost-2",
        "read: A 'Title' as Activity; B 'Pillar' as Strand",
    ]
    chess = toc.loads(made.text).activities["chess"]
    assert chess.model_extra == {"x-cost": "3", "x-cost-2": "4"}


def test_a_second_column_of_the_same_meaning_is_kept_and_told() -> None:
    made = converted("Title,Name\nChess,Draughts\n", title="Ours")
    (chess,) = toc.loads(made.text).activities.values()
    assert (chess.title, chess.model_extra) == ("Chess", {"x-name": "Draughts"})
    assert "B 'Name' as x-name" in told("Title,Name\nChess,Draughts\n")["kept"]


def test_rows_above_the_headings_and_blank_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    assert list(theory_of("Our activities;;\n;;\nProject;Strand;\n;;\nChess;Thinking;\n;;\n").activities) == ["chess"]
    assert problems_of("Our activities\n\nProject,Certainty\n\nChess,no idea\n") == [("TOC013", 5, 2)]


def test_excel_s_own_first_line_names_the_separator() -> None:
    assert list(theory_of("sep=;\nTitle;Pillar\nChess, and more;Thinking\n").pillars) == ["thinking"]
    assert problems_of("sep=;\r\nTitle;Certainty\r\nChess;no idea\r\n") == [("TOC013", 3, 2)]


def test_windows_text_is_read_as_excel_saves_it() -> None:
    theory = theory_of("Title,Pillar\nCaf\xe9 \u2013 \u201cZo\xeb\u201d,\u20ac\n".encode("cp1252"))
    assert [one.title for one in theory.activities.values()] == ["Café – “Zoë”"]
    assert [one.title for one in theory.pillars.values()] == ["€"]


def test_several_kpi_columns_and_several_rows_of_one_title_are_several_kpis() -> None:
    columns = "Title,KPI 1,KPI 2,Target 1,Target 2\nChess,Players,Games,10,20\n"
    groups = "Title,KPI,Target,KPI,Target\nChess,Players,10,Games,20\n"
    rows = "Title,Indicator,Target value\nChess,Players,10\nchess ,Games,20\n"
    assert theory_of(columns) == theory_of(groups) == theory_of(rows)
    assert [kpi.target.value for kpi in theory_of(columns).kpis.values() if kpi.target] == [10, 20]


def test_a_row_whose_title_cell_was_joined_with_the_one_above_is_another_kpi_of_it() -> None:
    made = converted("Title,Pillar,KPI\nChess,Thinking,Players\n,,Games\n", title="Ours")
    assert len(toc.loads(made.text).kpis) == 2
    assert made.remarks[0].text == "no title, so this goes on with the activity above: C3 'Games' with 'Chess'"


@pytest.mark.parametrize(
    ("typed", "meant", "guessed"),
    [
        ("12", 12, False),
        ("1,200", 1200, False),
        ("12.0", 12, False),
        ("~100", 100, True),
        ("100+", 100, True),
        ("c. 1,200 pupils", 1200, True),
        ("about 30", 30, True),
        ("25k", 25_000, True),
        ("3m", 3_000_000, True),
        ("1 200", 1200, True),
        ("1\u00a0200", 1200, True),
        ("0", 0, False),
        ("High", "high", False),
        ("m", "medium", False),
    ],
)
def test_numbers_of_people_are_read_as_people_type_them(typed: str, meant: int | str, guessed: bool) -> None:
    made = converted(f'Title,Pillar,Pupils\nChess,Thinking,"{typed}"\n', title="Ours")
    assert toc.loads(made.text).activities["chess"].participation == meant
    assert (" in the spreadsheet" in made.text) is guessed
    assert any(remark.kind == "number" for remark in made.remarks) is guessed


@pytest.mark.parametrize(
    "typed", ["many", "50%", "-5", "12.5", "2 x 30", "80-100", "80 to 100", "9" * 11, "9" * 5000, "1/2"]
)
def test_a_number_of_people_that_is_none_is_a_problem(typed: str) -> None:
    assert problems_of(f'Title,Pupils\nChess,"{typed}"\n') == [("TOC012", 2, 2)]


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("14", 14, None),
        ("14.5", 14.5, None),
        ("1,5", 1.5, None),
        ("1,200", 1200, None),
        ("80%", 80, "%"),
        ("6 months", 6, "months"),
        ("at least 6 months", 6, "months"),
        ("£1,000", 1000, "£"),
        ("-3", -3, None),
        ("+6", 6, None),
    ],
)
def test_targets_are_read_with_the_unit_behind_them(typed: str, value: float, unit: str | None) -> None:
    kpi = theory_of(f'Title,KPI,Target\nChess,Players,"{typed}"\n').kpis["players"]
    assert kpi.target is not None
    assert (kpi.target.value, kpi.unit) == (value, unit)


def test_a_unit_column_counts_more_than_the_words_behind_a_target() -> None:
    made = converted("Title,Pillar,KPI,Unit,Target\nChess,Thinking,Players,pupils,12 children\n", title="Ours")
    assert toc.loads(made.text).kpis["players"].unit == "pupils"
    assert 'target: 12   # "12 children" in the spreadsheet' in made.text
    assert made.remarks[0].text == (
        "words behind a number that are not used, because the unit is given already: E2 '12 children' as 12 pupils"
    )


@pytest.mark.parametrize("typed", ["", "-", "n/a", "TBC", "?", " – "])
def test_a_cell_that_was_left_open_is_no_problem(typed: str) -> None:
    theory = theory_of(f"Title,Pillar,Certainty,Pupils,KPI,Target\nChess,Thinking,{typed},{typed},Players,{typed}\n")
    chess = theory.activities["chess"]
    assert (chess.certainty, chess.participation, theory.kpis["players"].target) == (None, None, None)


def test_links_name_ids_titles_and_pillars_and_a_title_may_hold_commas() -> None:
    theory = theory_of(
        "Ref,Title,Pillar,Leads to\n"
        "A1,Chess,Thinking,\n"
        'A2,"Maths, physics and games",Thinking,chess\n'
        'A3,Fair,,"maths, physics and games; A1, goal"\n'
        "A4,Tour,Thinking,Thinking\n"
    )
    links = {id: list(one.leads_to) for id, one in theory.activities.items()}
    assert links == {"a1": ["thinking"], "a2": ["a1"], "a3": ["a2", "a1", "goal"], "a4": ["thinking"]}
    assert theory.pillar_of("a2") == "thinking"


def test_pillars_are_the_same_whatever_their_capitals_and_a_cell_may_name_two() -> None:
    theory = theory_of("Title,Pillar\nChess,Thinking\nMaths,THINKING; Numbers\n")
    assert [pillar.title for pillar in theory.pillars.values()] == ["Thinking", "Numbers"]
    assert list(theory.activities["maths"].leads_to) == ["thinking", "numbers"]


def test_names_that_clash_get_ids_of_their_own() -> None:
    theory = theory_of("Title,Pillar,KPI\nGoal,Goal,Goal\nChess,Chess,Chess\n")
    assert [one.title for one in theory.nodes.values()].count("Goal") == 3
    assert [one.title for one in theory.nodes.values()].count("Chess") == 3


def test_every_problem_is_named_at_its_row_and_column_at_once() -> None:
    text = (
        "ID,Title,Certainty,Participation,Leads to,KPI,Target\n"  # 1
        "a,Chess,hihg,many,nowhere,Players,all of them\n"  # 2
        ",,low,,,,\n"  # 3
        "a,Maths,low,,,,\n"  # 4
        ",Tour,low,,Tour,,5\n"  # 5
        ",Chess,low,,,,\n"  # 6
    )
    assert problems_of(text) == [
        ("TOC013", 2, 3),
        ("TOC012", 2, 4),
        ("TOC030", 2, 5),
        ("TOC012", 2, 7),
        ("TOC017", 3, 2),
        ("TOC031", 4, 1),
        ("TOC033", 5, 5),
        ("TOC011", 5, 7),
    ]


def test_a_message_names_the_column_the_value_and_what_would_do() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        from_csv(
            "Title,Certainty of impact,Leads to\nChess,hihg,Ches club\nChess club,,\n", title="Ours", source="a.csv"
        )
    first, second = str(caught.value).splitlines()
    assert first == (
        "a.csv:B2: 'Certainty of impact': 'hihg' is not one of low, medium, high: did you mean 'high'? [TOC013]"
    )
    assert second == "a.csv:C2: 'Leads to': unknown 'Ches club': did you mean 'chess club'? [TOC030]"


def test_rows_of_one_activity_that_disagree_are_a_problem() -> None:
    assert problems_of("Title,Certainty,Pupils\nChess,high,10\nChess,low,20\n") == [("TOC012", 3, 2), ("TOC012", 3, 3)]


def test_two_activities_may_share_a_title_when_they_have_ids() -> None:
    assert list(theory_of("ID,Title\na,Chess\nb,Chess\n").activities) == ["a", "b"]


@pytest.mark.parametrize("ids", [("A 1", "a-1"), ("goal", "b")])
def test_an_id_that_is_used_already_is_a_problem(ids: tuple[str, str]) -> None:
    (problem,) = problems_of(f"ID,Title\n{ids[0]},Chess\n{ids[1]},Maths\n")
    assert problem[0] == "TOC031"


def test_a_cycle_of_three_rows_is_named_in_walking_order() -> None:
    with pytest.raises(toc.TheoryError) as caught:
        from_csv("Title,Leads to\nA,B\nB,C\nC,A\n", title="Ours", source="a.csv")
    assert str(caught.value).startswith("a.csv:B2: a cycle: A → B → C → A; ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "TOC003"),
        ("\n\n", "TOC003"),
        ("Colour,Cost\nred,3\n", "TOC011"),
        ("Title,Pillar\n", "TOC011"),
        ('Title,Pillar\n"Chess,Thinking\n', "TOC003"),
        (b"PK\x03\x04rest of a workbook", "TOC002"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest of an old workbook", "TOC002"),
        ("Title\nChess\n".encode("utf-16") + b"\x00", "TOC002"),
        ("Title\nCh\x00ess\n", "TOC002"),
        (b"Title\nCh\x81ess\n", "TOC002"),
        ("Title\n" + "Chess\n" * 10_001, "TOC004"),
        ("Title" + "," * 2_000_001, "TOC004"),
        ("Title" + ",x" * 500, "TOC004"),
        ("Title\n" + "x" * 200_000, "TOC003"),
    ],
    ids=str,
)
def test_what_is_no_table_of_activities_is_one_problem(data: str | bytes, code: str) -> None:
    assert [problem[0] for problem in problems_of(data)] == [code]


@pytest.mark.parametrize(
    "typed", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+A1", "-A1", "{x}", "*a", "!!python/object:os.system"]
)
def test_a_formula_stays_the_text_it_is(typed: str) -> None:
    theory = theory_of(f'Title,Pillar,KPI\n"{typed}","{typed} pillar","{typed} kpi"\n')
    assert [node.title for node in theory.nodes.values()][1:] == [f"{typed} pillar", typed, f"{typed} kpi"]


def test_no_cell_can_leave_its_comment() -> None:
    made = converted(
        'Title,"Cost\ntoc: 2",Pupils,Certainty\nChess,3,"~5","very\nhigh"\n', title="Ours", source="a\nb: 1.csv"
    )
    assert toc.loads(made.text).activities["chess"].participation == 5


def test_thousands_of_rows_with_one_kpi_name_get_an_id_each() -> None:
    lines = [f"Activity {number},Pillar {number % 7},Players," for number in range(3_000)]
    theory = theory_of("Title,Pillar,KPI,Target\n" + "\n".join(lines))
    assert len(theory.kpis) == len(theory.activities) == 3_000


def test_the_most_rows_there_may_be_are_read() -> None:
    grid = csv_grid("Our activities\nTitle\n" + "Chess\n" * 10_000, None)
    assert len(table_of(grid).rows) == 10_000


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "high", "L", "~100", "1,200", "80%", "Chess", "chess", "goal", "a; b", "=1+1", "id", "x: y"]),
)
HEADINGS = st.sampled_from(
    ["Title", "ID", "Pillar", "Certainty", "Pupils", "Leads to", "KPI", "Unit", "Target", "Notes", ""]
)


@tries(150)
@given(st.lists(HEADINGS, max_size=9), st.lists(st.lists(CELLS, max_size=9), max_size=6), st.sampled_from(",;\t"))
def test_any_table_becomes_a_theory_or_is_refused_in_our_words(
    headings: list[str], rows: list[list[str]], separator: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    try:
        made = converted(text.getvalue(), title="Ours")
    except toc.TheoryError as error:
        assert error.problems  # noqa: PT017  # either outcome is right
    else:
        assert isinstance(made, Converted)
        assert toc.loads(made.text).title == "Ours"
        assert converted(text.getvalue(), title="Ours") == made
