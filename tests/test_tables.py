from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import toc
from toc import tables
from toc.model.nodes import Activity, Goal, Kpi, Outcome, Output, Pillar
from toc.model.partners import Partner
from toc.model.types import PLURALS
from toc.model.values import Assumption, Evidence, Link, Milestone, Reading, TargetGroup, Value

KINDS_OF_NODES = (Goal, Pillar, Outcome, Output, Activity, Kpi)
NAMES = tuple(tables.TABLES)


@pytest.fixture
def theory() -> toc.TheoryOfChange:
    return toc.loads("""
toc: 1
title: Reading
context: {target_groups: {pupils: Pupils}}
goal: {title: Every child reads, by: 9999-12-31}
pillars: {literacy: Literacy}
outcomes: {fluent: {title: Fluent, leads_to: literacy, horizon: short, x-code: 7}}
outputs: {sessions: Sessions}
activities:
  clubs:
    title: Clubs
    leads_to:
      fluent:
        because: They practise
        assumptions: [They come, {text: They stay, by: 2027-07-31}]
        evidence: [{source: A review, type: review, date: 2021-09-01}]
        confidence: high
    certainty: {level: high, because: Tested}
    participation: 50
    tags: [b, a]
    partners: [school]
    starts: 2024-09-01
  talks: {title: Talks, participation: low}
  fair: {title: Fair, participation: 500}
  walks: {title: Walks, participation: 49}
kpis:
  age:
    title: Age
    measures: [fluent, literacy]
    unit: months
    baseline: {value: 0, date: 2025-09-01}
    target: [{value: 6, by: 2026-02-01}, {value: 14, by: 2026-07-31}]
    readings:
      - {date: 2026-07-31, value: 14}
      - {date: 2026-08-31, value: 20, where: {group: pupils}}
      - {date: 2026-07-31, value: 15}
      - {date: 2026-02-01, value: 6}
  bare: {title: Bare, measures: clubs}
partners: {school: School, other: Other}
""")


def test_every_table_has_a_row_for_each_thing(theory: toc.TheoryOfChange) -> None:
    assert {name: len(theory.to_pandas(name)) for name in NAMES} == {
        "nodes": 10,
        "goals": 1,
        "pillars": 1,
        "outcomes": 1,
        "outputs": 1,
        "activities": 4,
        "kpis": 2,
        "links": 3,
        "assumptions": 2,
        "evidence": 1,
        "measures": 3,
        "milestones": 2,
        "readings": 4,
        "target_groups": 1,
        "partners": 2,
        "exchange": 0,
        "answers": 0,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_table_without_rows_keeps_its_columns_and_their_types(theory: toc.TheoryOfChange, name: str) -> None:
    empty = toc.loads("{toc: 1, title: Empty, goal: Goal}").to_pandas(name)
    full = theory.to_pandas(name)
    assert list(empty.columns) == list(full.columns)[: len(empty.columns)]
    assert len(empty.columns) >= 5
    assert empty.dtypes.to_dict() == {name: full.dtypes[name] for name in empty.columns}


@pytest.mark.parametrize("example", ["rgs-newcastle", "small-charity", "large-programme"])
@pytest.mark.parametrize("name", NAMES)
def test_the_examples_make_tables_that_go_through_csv(example: str, name: str) -> None:
    frame = toc.example(example).to_pandas(name)
    assert list(frame.index) == list(range(len(frame)))
    assert list(frame.columns) == list(dict.fromkeys(frame.columns))
    assert frame.to_csv(index=False).count("\n") >= len(frame) + 1


def test_dates_numbers_and_flags_have_types_to_reckon_with(theory: toc.TheoryOfChange) -> None:
    activities, kpis, links = theory.to_pandas("activities"), theory.to_pandas("kpis"), theory.to_pandas("links")
    assert activities["starts"].dt.year.tolist()[0] == 2024
    assert pd.isna(activities["starts"][1])
    assert activities["participation"].sum() == 599
    assert activities["above_ceiling"].dtype == bool
    assert (kpis["target"] - kpis["baseline"]).tolist()[0] == 14
    assert links["confidence"].max() == 0.8
    assert theory.to_pandas("goals")["by"][0] == pd.Timestamp(date(9999, 12, 31)).as_unit("s")


def test_participation_is_counted_and_levelled_by_the_scale_of_the_theory(theory: toc.TheoryOfChange) -> None:
    levels = theory.to_pandas("activities").set_index("id")["participation_level"]
    assert levels.to_dict() == {"clubs": "medium", "talks": "low", "fair": "high", "walks": "low"}
    other = theory.evolve(settings={"participation_scale": [10, 20]}).to_pandas("activities").set_index("id")
    assert other["participation_level"].to_dict() == {"clubs": "high", "talks": "low", "fair": "high", "walks": "high"}
    assert pd.isna(other["participation"]["talks"])


def test_an_activity_tells_its_certainty_and_the_reason(theory: toc.TheoryOfChange) -> None:
    row = tables.rows(theory, "activities")[0]
    assert (row["certainty"], row["certainty_because"], row["pillar"], row["kpis"]) == (
        "high",
        "Tested",
        "literacy",
        ("bare",),
    )


def test_an_activity_tells_how_to_measure_it_and_whether_its_kpis_fit(theory: toc.TheoryOfChange) -> None:
    rated = theory.edit("fair", certainty="low")
    frame = rated.to_pandas("activities").set_index("id")
    assert frame["approach"].dropna().to_dict() == {"clubs": "attainment", "fair": "count"}
    assert frame["kpi_fit"].dropna().to_dict() == {"fair": "below"}
    assert frame["headline"].to_list() == [found.headline for found in rated.guidance()]
    assert {type(row["approach"]) for row in tables.rows(rated, "activities")} == {str, type(None)}


def test_the_latest_reading_is_of_everybody_and_the_last_of_its_day(theory: toc.TheoryOfChange) -> None:
    row, bare = tables.rows(theory, "kpis")
    assert (row["latest"], row["latest_date"], row["readings"]) == (15, date(2026, 7, 31), 4)
    assert (row["baseline"], row["target"], row["target_by"]) == (0, 14, date(2026, 7, 31))
    assert (bare["latest"], bare["baseline"], bare["target"], bare["readings"]) == (None, None, None, 0)


def test_several_names_in_a_cell_are_a_tuple_ready_to_explode(theory: toc.TheoryOfChange) -> None:
    tags = theory.to_pandas("activities")[["id", "tags"]].explode("tags").dropna()
    assert tags.to_numpy().tolist() == [["clubs", "b"], ["clubs", "a"]]
    measured = theory.to_pandas("kpis")[["id", "measures"]].explode("measures")
    assert measured.to_numpy().tolist() == [["age", "fluent"], ["age", "literacy"], ["bare", "clubs"]]
    assert type(tables.rows(theory, "activities")[0]["tags"]) is tuple


def test_a_link_is_a_row_with_its_argument_counted(theory: toc.TheoryOfChange) -> None:
    row = tables.rows(theory, "links")[-1]
    assert (row["source"], row["target"], row["source_title"], row["target_kind"]) == (
        "clubs",
        "fluent",
        "Clubs",
        "outcome",
    )
    assert (row["because"], row["assumptions"], row["evidence"]) == ("They practise", 2, 1)


def test_assumptions_and_evidence_stand_with_their_link(theory: toc.TheoryOfChange) -> None:
    assumptions = tables.rows(theory, "assumptions")
    assert [(row["source"], row["target"], row["text"], row["status"]) for row in assumptions] == [
        ("clubs", "fluent", "They come", "untested"),
        ("clubs", "fluent", "They stay", "untested"),
    ]
    (evidence,) = tables.rows(theory, "evidence")
    assert (evidence["source"], evidence["evidence"], evidence["type"]) == ("clubs", "A review", "review")


def test_levels_sort_and_compare_from_the_least_to_the_most(theory: toc.TheoryOfChange) -> None:
    activities = theory.to_pandas("activities").set_index("id")
    assert activities["participation_level"].sort_values().index.tolist() == ["talks", "walks", "clubs", "fair"]
    assert activities.index[activities["participation_level"] >= "medium"].tolist() == ["clubs", "fair"]
    assert activities["certainty"].cat.categories.tolist() == ["low", "medium", "high"]
    assert theory.to_pandas("kpis")["level"].isna().all()
    levels = theory.to_polars("activities").get_column("participation_level")
    assert levels.sort().to_list() == ["low", "low", "medium", "high"]


def test_progress_is_a_table_as_its_answer_has_it() -> None:
    theory, today = toc.example("rgs-newcastle"), date(2026, 11, 25)
    frame = theory.to_pandas("progress", today=today)
    answer = theory.progress(today=today).to_pandas()
    assert list(frame.columns) == list(answer.columns)
    assert frame.astype(object).where(frame.notna(), None).equals(answer.astype(object).where(answer.notna(), None))
    assert frame.loc[frame["status"] == "behind", "kpi"].tolist() == ["first-time", "careers-fair-pupils"]
    assert str(frame.dtypes["level"]) == "category"
    polars = theory.to_polars("progress", today=today)
    assert polars.filter(polars["why"] == "no-reading")["kpi"].to_list() == ["schoolhouse-pupils"]
    listed = re.search(r"\| `progress` \| [^|]+ \| (.+) \|", PAGE.read_text(encoding="utf-8"))
    assert listed
    assert re.findall(r"`(\w+)`", listed[1]) == polars.columns


def test_milestones_and_what_is_measured_have_a_row_each(theory: toc.TheoryOfChange) -> None:
    assert [(row["kpi"], row["value"], row["by"]) for row in tables.rows(theory, "milestones")] == [
        ("age", 6, date(2026, 2, 1)),
        ("age", 14, date(2026, 7, 31)),
    ]
    assert [(row["kpi"], row["measures"], row["measures_kind"]) for row in tables.rows(theory, "measures")] == [
        ("age", "fluent", "outcome"),
        ("age", "literacy", "pillar"),
        ("bare", "clubs", "activity"),
    ]
    (group,) = tables.rows(theory.edit("clubs", target_group="pupils"), "target_groups")
    assert (group["id"], group["title"], group["disadvantaged"], group["nodes"]) == (
        "pupils",
        "Pupils",
        False,
        ("clubs",),
    )


@pytest.mark.parametrize("name", NAMES)
def test_polars_has_the_same_rows_and_columns(theory: toc.TheoryOfChange, name: str) -> None:
    frame = theory.to_polars(name)
    found = [
        {key: tuple(cell) if isinstance(cell, list) else cell for key, cell in row.items() if not key.startswith("x-")}
        for row in frame.iter_rows(named=True)
    ]
    expected = [
        {key: row.get(key) for key in frame.columns if not key.startswith("x-")} for row in tables.rows(theory, name)
    ]
    assert found == expected
    assert frame.columns == list(theory.to_pandas(name).columns)


def test_keys_of_ones_own_are_numbers_flags_or_texts_to_polars(theory: toc.TheoryOfChange) -> None:
    own = theory.edit("clubs", **{"x-n": 7, "x-is": True, "x-any": {"a": [1]}}).edit("fair", **{"x-n": 2.5})
    frame = own.to_polars("activities")
    assert frame["x-n"].to_list() == [7.0, None, 2.5, None]
    assert frame["x-is"].to_list() == [True, None, None, None]
    assert frame["x-any"][0] == '{"a": [1]}'


def test_readings_name_of_whom_they_are(theory: toc.TheoryOfChange) -> None:
    frame = theory.to_pandas("readings")
    assert frame["value"].tolist() == [14, 20, 15, 6]
    assert frame.loc[frame["where_group"] == "pupils", "value"].tolist() == [20]


def test_a_partner_is_shown_with_its_activities(theory: toc.TheoryOfChange) -> None:
    assert [(row["id"], row["activities"]) for row in tables.rows(theory, "partners")] == [
        ("school", ("clubs",)),
        ("other", ()),
    ]


def test_what_partners_bring_give_and_gain_stands_in_rows_with_the_kind_that_the_table_tells() -> None:
    rgs = toc.example("rgs-newcastle").edit(
        "sport", exchange={"rgs": {"gives": {"text": "Minibus", "kind": "tangible"}}}
    )
    frame = rgs.to_pandas("exchange")
    clubs = frame[frame["activity"] == "coding-clubs"]
    assert clubs[["partner", "way", "what"]].to_numpy().tolist() == [
        ["rgs", "gives", "facilities"],
        ["rgs", "gives", "subject-expertise"],
        ["partner-primaries", "gains", "provision"],
        ["partner-primaries", "gains", "complementarity"],
    ]
    assert clubs["kind"].tolist()[:2] == ["tangible", "intangible"]
    assert clubs["kind"].isna().tolist() == [False, False, True, True]
    assert frame.loc[frame["what"] == "Minibus", "kind"].tolist() == ["tangible"]
    partners = rgs.to_pandas("partners").set_index("id")
    assert partners.loc["rgs", "brings"] == ("subject-expertise", "facilities", "pupil-volunteers")
    assert partners.loc["rgs", "phase"] == ("secondary", "post-16")
    assert partners["organisations"].tolist() == [1, 50, 50, 1]


def test_answers_stand_in_rows_with_what_they_rest_on() -> None:
    frame = toc.example("rgs-newcastle").to_pandas("answers")
    assert frame[["review", "frame", "statement", "judgement"]].to_numpy().tolist() == [
        ["autumn-2026", "practices", "clear-purposes", "mostly"],
        ["autumn-2026", "practices", "mutual-benefit", "partly"],
    ]
    assert frame["evidence"].tolist() == [("goal", "cpd"), ("zones-visits",)]
    assert frame["by"].dt.year.tolist()[1] == 2027


def test_a_partner_that_only_exchanges_takes_part_and_the_table_tells_the_kind_of_its_words(
    theory: toc.TheoryOfChange,
) -> None:
    gifts = {
        "other": {"gives": ["venue", {"text": "Planetarium", "kind": "tangible"}, "networks"], "gains": "diversity"}
    }
    exchanging = theory.edit("clubs", exchange=gifts)
    assert [row["activities"] for row in tables.rows(exchanging, "partners")] == [("clubs",), ("clubs",)]
    kinds = [row["kind"] for row in tables.rows(exchanging, "exchange")]
    assert kinds == ["tangible", "tangible", "intangible", None]


def test_keys_of_ones_own_are_the_last_columns(theory: toc.TheoryOfChange) -> None:
    assert theory.to_pandas("outcomes").columns[-1] == "x-code"
    nodes = theory.to_pandas().set_index("id")
    assert nodes["x-code"]["fluent"] == 7
    assert pd.isna(nodes["x-code"]["clubs"])


def test_an_unknown_table_is_answered_with_the_nearest_and_the_choices(theory: toc.TheoryOfChange) -> None:
    with pytest.raises(toc.OptionError, match=r"no table 'activites'; .*: did you mean 'activities'") as caught:
        theory.to_pandas("activites")
    assert (
        "links, assumptions, evidence, measures, milestones, readings, target_groups, partners, exchange, answers, progress"
        in str(caught.value)
    )


def test_without_pandas_the_error_says_what_to_install(
    theory: toc.TheoryOfChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(toc.MissingExtraError, match=r"pip install 'theory-of-change\[pandas\]'"):
        theory.to_pandas("kpis")
    assert tables.rows(theory, "kpis")[1]["id"] == "bare"
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(toc.MissingExtraError, match=r"pip install 'theory-of-change\[polars\]'"):
        theory.to_polars("kpis")


# Nothing is missing without a murmur


PAGE = Path(__file__).parents[1] / "docs/tables.md"
WORDS = {
    "day": {"datetime64[s]"},
    "number": {"float64"},
    "count": {"Int64", "int64"},
    "flag": {"bool"},
    "names": {"object"},
}
CALLED = {"evidence": {"source": "evidence"}}
ELSEWHERE: dict[str, dict[str, str]] = {
    "nodes": {},
    "goals": {"leads_to": "a goal seldom leads to anything: its links are in the table of links"},
    "activities": {"impact": "internal_… and external_…", "exchange": "a table of its own"},
    "partners": {"disadvantage": "disadvantage_…"},
    "links": {},
    "readings": {"where": "a column for each name, where_…"},
}


@pytest.mark.parametrize(
    ("table", "values"),
    [
        *[(section, kind) for section, kind in zip(PLURALS.values(), KINDS_OF_NODES, strict=True)],
        ("links", Link),
        ("assumptions", Assumption),
        ("evidence", Evidence),
        ("milestones", Milestone),
        ("readings", Reading),
        ("target_groups", TargetGroup),
        ("partners", Partner),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_field_is_a_column_or_has_a_reason_not_to_be(table: str, values: type[Value]) -> None:
    columns = {column.name for column in tables.TABLES[table].columns}
    called = CALLED.get(table, {})
    missing = {field for field in values.model_fields if called.get(field, field) not in columns}
    assert missing == ELSEWHERE.get(table, {}).keys()


def test_the_page_lists_every_column_with_its_type() -> None:
    listed = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \| [^|]+ \| (`.+) \|", line):
            listed[found[1]] = re.findall(r"`(\w+)`(?: \((\w+)\))?", found[2])
    assert list(listed) == [*tables.TABLES, "progress", "benefits"]
    for name, table in tables.TABLES.items():
        assert [column for column, _ in listed[name]] == [column.name for column in table.columns]
        for (_, word), column in zip(listed[name], table.columns, strict=True):
            assert column.dtype in WORDS.get(word, {"str"}) or (word == "level" and isinstance(column.dtype, tuple))


@pytest.mark.skipif(int(pd.__version__.partition(".")[0]) < 3, reason="pandas 2 knows texts as objects only")
def test_texts_are_texts_to_pandas(theory: toc.TheoryOfChange) -> None:
    frame = theory.to_pandas("activities")
    of_text: Any = "str"  # the stubs know no such type yet
    assert {"id", "title", "recurs", "lead"} & set(frame.select_dtypes(of_text)) == {"id", "title", "recurs"}
    assert frame["recurs"].isna().all()
