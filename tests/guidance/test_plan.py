"""The measurement plan: its rows, what is unknown in them, and its numbers."""

from __future__ import annotations

import copy
import json
import math
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

import toc
from toc.errors import MissingExtraError
from toc.guidance import Approach, Effort

RGS = Path(__file__).parent / "rgs-newcastle-plan.md"


def theory(kpi: str = "", activity: str = "", more: str = "") -> toc.TheoryOfChange:
    fields = ", ".join(part for part in ("title: A KPI, measures: it", kpi) if part)
    about = ", ".join(part for part in ("title: An activity, leads_to: change", activity) if part)
    return toc.loads(
        f"""
        toc: 1
        title: A partnership
        goal: Every child learns more
        outcomes: {{change: {{title: Pupils change, leads_to: goal}}}}
        activities: {{it: {{{about}}}{more}}}
        kpis: {{k: {{{fields}}}}}
        """
    )


def row(kpi: str = "", activity: str = "", more: str = "") -> Any:
    return theory(kpi, activity, more).measurement_plan()["k"]


def test_the_plan_of_the_example_reads_as_it_was_agreed() -> None:
    # To agree on a new wording: print(toc.example("rgs-newcastle").measurement_plan().to_markdown()).
    assert toc.example("rgs-newcastle").measurement_plan().to_markdown() == RGS.read_text(encoding="utf-8")


def test_a_full_row_says_everything() -> None:
    found = row(
        "level: learning, design: before-after, unit: months, baseline: {value: 2, date: 2026-09-01}, "
        "target: [{value: 4, by: 2027-07-31}, {value: -6.5, by: 2028-07-31}], method: reading test, frequency: termly, "
        "owner: Office, hours: 2.5, status: agreed",
        "certainty: medium, participation: 40, starts: 2026-09-01, ends: 2027-07-31",
    )
    assert found.blanks == {}
    assert (found.node, found.nodes, found.level, found.design) == ("An activity", ("it",), "learning", "before-after")
    assert (found.baseline, str(found.baseline_date)) == (2, "2026-09-01")
    assert (found.target, str(found.target_date)) == (-6.5, "2028-07-31")
    assert (found.method, found.who, found.how_often) == ("reading test", "Office", "termly")
    assert (found.running_months, found.collections, found.collections_a_year) == (11, 3, 3)
    assert (found.hours, found.effort, found.status) == (7.5, Effort.MODERATE, "agreed")
    assert (found.advised, found.advice) == ((Approach.LEARNING,), "learning: An activity")


def test_an_empty_row_says_in_words_what_is_missing() -> None:
    plan = theory().measurement_plan()
    assert plan["k"].blanks == {
        "level": "level not said",
        "unit": "no unit yet",
        "baseline": "no baseline yet",
        "target": "no target yet",
        "method": "no method yet",
        "who": "nobody named yet",
        "how_often": "not said how often",
        "running_months": "not known: no start date for “An activity”",
        "collections": "not known yet",
        "effort": "not known: no method yet",
        "status": "not said whether agreed",
    }
    assert plan.summary.unknown == plan.summary.cells == 11
    assert plan.summary.unknown_by_cell["baseline"] == 1


@pytest.mark.parametrize(
    ("dates", "months"),
    [
        ("starts: 2026-09-01, ends: 2026-09-30", 1),
        ("starts: 2024-09-01, ends: 2027-07-31", 35),
        ("starts: 2026-12-31, ends: 2027-01-01", 2),
        ("starts: 2027-06-12, recurs: once", 1),
    ],
)
def test_running_months_are_calendar_months(dates: str, months: int) -> None:
    assert row("", dates).running_months == months


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ("", "no start date for “An activity”"),
        ("starts: 2026-09-01", "no end date for “An activity”"),
        ("starts: 2026-09-01, recurs: weekly", "no end date for “An activity”"),
        ("starts: 2026-09-01, ends: 2026-08-31", "“An activity” ends before it starts"),
        ("starts: 0001-01-01, ends: 9999-12-31", "more than 100 years, so check the dates"),
    ],
)
def test_unknown_months_say_why(dates: str, words: str) -> None:
    found = row("frequency: daily", dates)
    assert found.running_months is found.collections is None
    assert words in found.blanks["running_months"]


@pytest.mark.parametrize(
    ("frequency", "rounds"),
    [
        ("once", 1),
        ("yearly", 1),
        ("half-yearly", 2),
        ("termly", 3),
        ("quarterly", 4),
        ("monthly", 11),
        ("fortnightly", 24),
        ("weekly", 48),
        ("daily", 335),
    ],
)
def test_collections_are_how_often_times_running_months(frequency: str, rounds: int) -> None:
    found = row(f"frequency: {frequency}", "starts: 2026-09-01, ends: 2027-07-31")
    assert found.collections == rounds


def test_a_kpi_of_several_activities_runs_from_the_first_start_to_the_last_end() -> None:
    other = ", other: {title: Other, leads_to: change, starts: 2027-01-01, ends: 2027-12-31}"
    found = theory("", "starts: 2026-09-01, ends: 2027-07-31", other).edit(
        "k", measures=["change"], frequency="monthly"
    )
    both = found.measurement_plan()["k"]
    assert (both.activities, both.running_months, both.collections) == (("it", "other"), 16, 16)
    undated = found.edit("other", ends=None).measurement_plan()["k"]
    assert "no end date for “Other”" in undated.blanks["running_months"]


def test_a_kpi_further_on_concerns_all_activities_that_lead_to_it_and_is_no_advice_to_any() -> None:
    found = theory("", "starts: 2026-09-01, ends: 2027-07-31").edit("k", measures=["goal"]).measurement_plan()["k"]
    assert found.activities == ("it",)
    assert found.running_months == 11
    assert found.advised == ()
    assert found.advice == "tells of all that leads here together, and of no activity by itself"


def test_rounds_are_added_up_by_owner_and_month() -> None:
    summary = (
        toc.loads(
            """
        {toc: 1, title: T, goal: G, activities: {
           a: {title: A, starts: 2026-09-01, ends: 2027-07-31}, b: {title: B}},
         kpis: {
           one: {title: One, measures: a, frequency: termly, owner: Office, hours: 2},
           two: {title: Two, measures: a, frequency: yearly, owner: Office},
           three: {title: Three, measures: b, frequency: yearly, owner: Office, hours: 9},
           four: {title: Four, measures: a, frequency: yearly}}}
        """
        )
        .measurement_plan()
        .summary
    )
    assert [(one.who, one.kpis, one.rounds_a_year, one.rounds, one.dated) for one in summary.collectors] == [
        ("Office", 3, 5, 4, 2),
        (None, 1, 1, 1, 1),
    ]
    assert summary.months == (
        ("2026-12", "Office", 1),
        ("2027-04", "Office", 1),
        ("2027-07", None, 1),
        ("2027-07", "Office", 2),
    )
    assert sum(rounds for _, _, rounds in summary.months) == sum(one.rounds for one in summary.collectors)
    assert (summary.hours, summary.hours_given, summary.hours_share) == (6, 1, 0.25)


@pytest.mark.parametrize(
    ("method", "effort"),
    [
        ("Register", "light"),
        ("certificate register", "light"),
        ("linked data", "light"),
        ("short SURVEY", "moderate"),
        ("test, then an interview", "moderate"),
        ("register and survey", "moderate"),
        ("tracing leavers, by survey", "substantial"),
        ("comparison with similar schools", "substantial"),
    ],
)
def test_effort_is_the_heaviest_class_in_the_method(method: str, effort: str) -> None:
    assert row(f"method: '{method}'").effort == effort


def test_a_comparison_by_design_is_substantial_and_an_unread_method_is_said() -> None:
    assert row("design: comparison").effort == "substantial"
    assert row("method: contest").effort is None  # `test` stands in it, but not as a word
    assert row("method: contest").blanks["effort"] == "not known from the method “contest”"


def test_an_activity_without_a_deep_enough_kpi_gets_a_row_of_its_own() -> None:
    plan = theory("level: participation", "certainty: high, participation: low, type: tutoring").measurement_plan()
    kpi, missing = plan
    assert not kpi.missing
    assert missing.missing
    assert (missing.kpi, missing.node, missing.level) == (None, "An activity", "attainment")
    assert (
        missing.title
        == "Tutored pupils who reach the standard expected for their age: An activity, for “Pupils change”"
    )
    assert set(missing.blanks) == {"baseline", "target", "running_months", "collections"}
    assert (plan.summary.kpis, plan.summary.missing) == (1, 1)
    assert f"Missing. Suggested: {missing.title}" in plan.to_csv()


def test_an_activity_without_certainty_and_kpi_is_not_given_a_depth() -> None:
    plan = toc.loads("{toc: 1, title: T, goal: G, activities: {a: {title: A}}}").measurement_plan()
    assert [row.missing for row in plan] == [True]
    assert "How deep it should look depends on the three questions" in plan.to_markdown()
    assert plan[0].advice == "three questions first: A"


@pytest.mark.parametrize(
    ("activity", "method", "named"),
    [
        ("certainty: low, participation: high", "survey", "which should only be counted"),
        ("certainty: low, participation: high", "tracing leavers", "which should only be counted"),
        ("certainty: low, participation: low", "survey", "which should be redesigned"),
        ("certainty: low, participation: high", "register", ""),
        ("certainty: medium, participation: high", "survey", ""),
        ("participation: high", "survey", ""),
    ],
)
def test_heavy_work_on_an_activity_that_should_only_be_counted_is_named(activity: str, method: str, named: str) -> None:
    plan = theory(f"level: feedback, method: {method}", activity).measurement_plan()
    assert len(plan.summary.proportion) == bool(named)
    assert all("“A KPI”" in line and "“An activity”" in line and named in line for line in plan.summary.proportion)
    assert all(line in plan.to_text(10_000, all=True) for line in plan.summary.proportion)


def test_heavy_work_on_a_shared_outcome_or_output_is_in_proportion() -> None:
    shared = theory("method: survey, level: feedback", "certainty: low, participation: high")
    assert shared.edit("k", measures=["change"]).measurement_plan().summary.proportion == ()
    text = """
        {toc: 1, title: T, goal: G, outputs: {held: {title: Held}}, activities: {
           a: {title: A, certainty: low, participation: high, leads_to: held},
           b: {title: B, certainty: high, participation: low, leads_to: held}},
         kpis: {k: {title: K, measures: held, method: survey, level: feedback}}}
        """
    assert toc.loads(text).measurement_plan().summary.proportion == ()
    assert len(toc.loads(text).edit("b", leads_to=[]).measurement_plan().summary.proportion) == 1


def test_classes_of_effort_are_never_turned_into_numbers() -> None:
    frame = toc.example("rgs-newcastle").measurement_plan().to_pandas()
    assert set(frame["effort"].dropna()) <= {"light", "moderate", "substantial"}
    assert frame["hours"].isna().all()


def test_the_frame_has_typed_columns_and_a_row_for_each_row() -> None:
    plan = toc.example("rgs-newcastle").measurement_plan()
    frame = plan.to_pandas()
    assert len(frame) == len(plan)
    assert str(frame["target"].dtype) == "float64"
    assert str(frame["collections"].dtype) == "Int64"
    assert str(frame["target_date"].dtype).startswith("datetime64")
    assert frame.set_index("kpi").loc["practice-adopted", "blanks"] == ("baseline", "running_months", "collections")
    empty = toc.loads("{toc: 1, title: T, goal: G}").measurement_plan().to_pandas()
    assert list(empty.columns) == list(frame.columns)


def test_without_pandas_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    theory = toc.example("small-charity")
    for table in (theory.guidance(), theory.measurement_plan()):
        with pytest.raises(MissingExtraError, match=r"pip install 'theory-of-change\[pandas\]'"):
            table.to_pandas()


def test_rows_are_found_by_id_and_do_not_change() -> None:
    plan = toc.example("rgs-newcastle").measurement_plan()
    assert plan["reading-age"] is plan[list(toc.example("rgs-newcastle").kpis).index("reading-age")]
    assert plan == toc.example("rgs-newcastle").measurement_plan()
    assert hash(plan) == hash(toc.example("rgs-newcastle").measurement_plan())
    with pytest.raises(AttributeError):
        setattr(plan["reading-age"], "title", "Other")  # noqa: B010  # the type checker knows that it cannot be
    with pytest.raises(KeyError, match="did you mean 'reading-age'"):
        plan["reading-aged"]


def test_plans_and_guidance_can_be_pickled_and_copied() -> None:
    theory = toc.example("rgs-newcastle")
    for shown in (theory.measurement_plan(), theory.guidance(), theory.guidance("scitt")):
        again = pickle.loads(pickle.dumps(shown))  # noqa: S301  # our own
        assert again == shown == copy.deepcopy(shown)
        assert again.to_markdown() == shown.to_markdown()


def test_a_theory_with_nothing_to_plan_says_so() -> None:
    empty = toc.loads("{toc: 1, title: T, goal: G}")
    assert "There is nothing to plan yet" in empty.measurement_plan().to_text()
    assert "there is nothing to guide" in empty.guidance().to_markdown()
    assert len(empty.measurement_plan()) == len(empty.guidance()) == 0


def test_kpis_stand_under_their_pillar_and_those_outside_last() -> None:
    text = (
        toc.loads(
            """
        {toc: 1, title: T, goal: G, pillars: {p: Literacy},
         outcomes: {o: {title: O, leads_to: p}}, kpis: {
           out: {title: Outside, measures: goal}, inside: {title: Inside, measures: o}}}
        """
        )
        .measurement_plan()
        .to_markdown()
    )
    places = [text.index(words) for words in ("### Literacy", "Inside", "### Outside every pillar", "| Outside<br>")]
    assert places == sorted(places)


def test_months_beyond_the_first_three_years_are_counted_and_not_listed() -> None:
    found = theory("frequency: monthly, owner: Office", "starts: 2020-01-01, ends: 2029-12-31").measurement_plan()
    assert len(found.summary.months) == 120
    assert "… and 84 more" in found.to_text(all=True)


def test_hours_that_add_up_to_more_than_any_number_are_said_so_and_keep_json_readable() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goal: G, activities: {a: {title: A, leads_to: goal, starts: 2024-01-01, ends: 2026-01-01}},"
        " kpis: {k: {title: K, measures: a, hours: 1e308, frequency: weekly, baseline: 1}}}"
    )
    plan = theory.measurement_plan()
    found = json.loads(json.dumps(plan.to_dict(), allow_nan=False))
    assert (found["rows"][0]["hours"], found["summary"]["hours"], found["summary"]["hours_given"]) == (None, None, 1)
    assert plan.summary.hours == math.inf
    assert "Hours of work are given for 1 of 1 KPI: more than 10^308 hours in all" in plan.to_markdown()
    assert ",more than 10^308," in plan.to_csv()
    assert plan.to_pandas()["hours"].tolist() == [math.inf]
