"""What the readings of KPIs show, and what they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from checks.finding import found
from checks.test_any_theory import at
from strategies import Draw, tries
from toc.checks import Finding

TODAY: Final = date(2026, 9, 1)
GROUP: Final = "{group: girls}"
STEPS: Final = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92, "termly": 122, "half-yearly": 183, "yearly": 366}  # fmt: skip


def theory(kpi: str, *, before: str = "") -> str:
    """A file with one KPI."""
    return f"outcomes: {{read: Children read}}\n{before}\nkpis: {{k: {{title: K, measures: read, {kpi}}}}}"


def codes(kpi: str, *, before: str = "", profile: Any = "funder") -> list[str]:
    """The codes of the rules on readings that find something in a KPI."""
    return [one.code for one in of_readings(found(theory(kpi, before=before), profile=profile))]


def of_readings(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.code >= "TOC171"]


def only(kpi: str, code: str, *, before: str = "") -> Finding:
    (finding,) = found(theory(kpi, before=before), code)
    return finding


# 171: when it was read


@pytest.mark.parametrize(
    ("day", "told"),
    [("2025-08-31", "before its baseline of 2025-09-01"), ("2026-09-02", "which is after today, 2026-09-01")],
)
@pytest.mark.parametrize("where", ["", f", where: {GROUP}"])
def test_a_reading_from_before_the_baseline_or_after_today_is_told_with_its_place(
    day: str, told: str, where: str
) -> None:
    kpi = f"baseline: {{value: 8, date: 2025-09-01}}, readings: [{{date: 2026-01-01, value: 9}}, {{date: {day}, value: 9{where}}}]"
    finding = only(kpi, "TOC171")
    people = " of “group: girls”" if where else ""
    assert finding.message == f"the KPI “K” has a reading of 9{people} on {day}, {told}"
    assert finding.path == ("kpis", "k", "readings", 1)


@pytest.mark.parametrize("day", ["2025-09-01", "2026-09-01"])
def test_a_reading_of_the_day_of_the_baseline_or_of_today_is_in_time(day: str) -> None:
    assert codes(f"baseline: {{value: 8, date: 2025-09-01}}, readings: [{{date: {day}, value: 9}}]") == []


def test_without_a_day_of_the_baseline_any_past_day_is_in_time() -> None:
    assert codes("baseline: 8, readings: [{date: 1999-01-01, value: 9}]") == []


# 172: what it can be


@pytest.mark.parametrize(
    ("unit", "value", "is_possible"),
    [
        ("% of pupils", 100, True),
        ("% of pupils", 100.5, False),
        ("per cent", -1, False),
        ("percentage of pupils", 0, True),
        ("% change in absence", -12, True),
        ("% growth", 140, True),
        ("percentage points", -3, True),
        ("pupils, % of whom are new", 140, True),
        ("points out of 10", 10, True),
        ("points out of 10", 10.5, False),
        ("points out of 10", -1, True),
        ("out of 1,200", 1201, False),
        ("pupils", 1e300, True),
    ],
)
def test_what_a_value_can_be_is_known_from_the_unit(unit: str, value: float, is_possible: bool) -> None:
    kpi = f'unit: "{unit}", readings: [{{date: 2026-07-31, value: {value}, n: 40}}]'
    assert codes(kpi) == ([] if is_possible else ["TOC172"])


def test_an_impossible_percentage_says_what_it_lies_between() -> None:
    finding = only('unit: "%", readings: [{date: 2026-07-31, value: 610, n: 40}]', "TOC172")
    assert finding.message == "the KPI “K” has a reading of 610 on 2026-07-31, but a percentage lies from 0 to 100"
    assert finding.fix == "correct the value; if it is of a change, say so in `unit:`, as in `% change`"
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("where", "whole"),
    [
        ("group: girls", ("", 40)),
        ("group: girls, school: hill", ("", 40)),
        ("group: girls, school: hill", ("group: girls", 40)),
        ("group: girls, school: hill", ("school: hill", 40)),
    ],
)
def test_a_part_of_a_count_is_no_larger_than_any_whole_of_the_same_day(where: str, whole: tuple[str, int]) -> None:
    def read(part: int, day: str = "2026-07-31", level: str = "participation") -> list[str]:
        rows = f"{{date: 2026-07-31, value: {whole[1]}, where: {{{whole[0]}}}}}, {{date: {day}, value: {part}, where: {{{where}}}}}"
        return [code for code in codes(f"level: {level}, readings: [{rows}]") if code == "TOC172"]

    assert read(40) == []
    assert read(41) == ["TOC172"]
    assert read(41, level="engagement") == ["TOC172"]
    assert read(41, level="learning") == []  # a mean of a part may well lie above the mean of all
    assert read(41, day="2026-07-30") == []


def test_a_part_above_its_whole_names_the_whole() -> None:
    rows = f"{{date: 2026-07-31, value: 50, where: {GROUP}}}, {{date: 2026-07-31, value: 40}}"
    finding = only(f"level: participation, readings: [{rows}]", "TOC172")
    assert finding.message == (
        "the KPI “K” has a reading of 50 of “group: girls” on 2026-07-31, more than the 40 of everybody on that day"
    )
    assert finding.path == ("kpis", "k", "readings", 0)


@pytest.mark.parametrize("fields", ['unit: "% who come", level: participation', "level: engagement, unit: points"])
def test_what_is_no_count_of_people_may_be_larger_in_a_part(fields: str) -> None:
    rows = f"{{date: 2026-07-31, value: 40, n: 90}}, {{date: 2026-07-31, value: 50, n: 30, where: {GROUP}}}"
    assert codes(f"{fields}, readings: [{rows}]") == []


def test_a_part_is_not_above_a_whole_of_which_it_is_not_known_how_large_it_is() -> None:
    rows = f"{{date: 2026-07-31, value: 50}}, {{date: 2026-07-31, value: 40}}, {{date: 2026-07-31, value: 45, where: {GROUP}}}"
    assert codes(f"level: participation, readings: [{rows}]") == ["TOC179"]
    assert "TOC172" in codes(f"level: participation, readings: [{rows.replace('50', '44')}]")


def test_a_mean_is_no_count() -> None:
    rows = f"{{date: 2026-07-31, value: 2.5}}, {{date: 2026-07-31, value: 3, n: 30, where: {GROUP}}}"
    assert codes(f"level: engagement, unit: visits each, readings: [{rows}]") == []


def test_a_value_that_rests_on_nobody_cannot_be() -> None:
    finding = only("readings: [{date: 2026-07-31, value: 7, n: 0}]", "TOC172")
    assert "it rests on nobody and nothing: its `n` is 0" in finding.message
    assert codes("readings: [{date: 2026-07-31, value: 7, n: 1}]") == []


def test_a_reading_that_is_impossible_in_two_ways_is_told_once() -> None:
    assert codes('unit: "% out of 90", readings: [{date: 2026-07-31, value: 120, n: 0}]') == ["TOC172"]


# 173: which way it goes


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "latest", "is_wrong"),
    [
        ("up", 8, 14, 7.4, False),  # a tenth of the way, the bound
        ("up", 8, 14, 7.39, True),
        ("up", 8, 14, 8, False),
        ("up", 8, 14, 20, False),
        ("down", 8, 2, 8.6, False),
        ("down", 8, 2, 8.61, True),
        ("down", 8, 2, 1, False),
        ("up", -5, -2, -6, True),
        ("keep", 8, 8, 1, False),  # no way is the wrong one
        ("up", 8, 8, 1, False),  # nothing lies between, which another rule tells
        ("up", 8, 2, 7, False),
        ("up", 8, 2, 1, False),
        ("up", 8, 2, 9, False),
        ("up", -1e308, 1e308, -1.7e308, True),
    ],
)
def test_a_kpi_goes_the_wrong_way_beyond_a_tenth_of_its_way(
    direction: str, baseline: float, target: float, latest: float, is_wrong: bool
) -> None:
    kpi = (
        f"direction: {direction}, baseline: {{value: {baseline}, date: 2025-09-01}}, "
        f"target: {{value: {target}, by: 2028-07-31}}, readings: [{{date: 2026-07-31, value: {latest}}}]"
    )
    assert codes(kpi) == ["TOC173"] * is_wrong


FELL: Final = "baseline: {value: 8, date: 2025-09-01}, target: {value: 14, by: 2028-07-31}, "


def test_what_goes_the_wrong_way_is_told_with_its_latest_reading() -> None:
    finding = only(f"{FELL} readings: [{{date: 2026-07-31, value: 7}}, {{date: 2026-01-31, value: 9}}]", "TOC173")
    assert finding.message == (
        "the KPI “K” stood at 7 on 2026-07-31, worse than its baseline of 8 by more than 10% of the way to its target of 14"
    )
    assert finding.path == ("kpis", "k", "readings", 0)


@pytest.mark.parametrize(
    ("kpi", "before"),
    [
        ("target: {value: 14, by: 2028-07-31}, readings: [{date: 2026-07-31, value: 7}]", ""),
        ("baseline: {value: 8, date: 2025-09-01}, readings: [{date: 2026-07-31, value: 7}]", ""),
        (f"{FELL} readings: [{{date: 2026-01-31, value: 7}}, {{date: 2026-07-31, value: 9}}]", ""),
        (f"{FELL} readings: [{{date: 2026-07-31, value: 7, where: {GROUP}, n: 20}}]", ""),
        (f"{FELL} readings: [{{date: 2026-07-31, value: 7}}]", "settings: {monitoring: {tolerance: [0.2, 0.5]}}"),
        (f"{FELL} above_ceiling: true, readings: [{{date: 2026-07-31, value: 7}}]", ""),
    ],
    ids=["no baseline", "no target", "since then up", "of a part", "within a wider tolerance", "above the ceiling"],
)
def test_nothing_goes_the_wrong_way_where_it_cannot_be_told(kpi: str, before: str) -> None:
    assert "TOC173" not in codes(kpi, before=before)


def test_a_figure_from_before_the_baseline_is_no_way_back() -> None:
    assert codes(f"{FELL} readings: [{{date: 2025-07-31, value: 7}}]") == ["TOC171"]


# 174 and 175: percentages

SHARES: Final = 'unit: "% of pupils", baseline: 61, target: {value: 75, by: 2028-07-31}, '


def test_a_share_is_told_with_the_percentage_that_may_have_been_meant() -> None:
    finding = only(f"{SHARES} readings: [{{date: 2026-07-31, value: 0.57, n: 40}}]", "TOC174")
    assert finding.message.startswith(
        "the KPI “K” has a reading of 0.57 on 2026-07-31, while all else about it lies above 1"
    )
    assert finding.fix == "write 57 if that is what was measured"


@pytest.mark.parametrize(
    ("kpi", "count"),
    [
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 1, n: 40}}]", 1),
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 1.01, n: 40}}]", 0),
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 0, n: 40}}]", 0),
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 0.6, n: 40}}, {{date: 2026-01-31, value: 0.5, n: 40}}]", 2),
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 0.6, n: 40}}, {{date: 2026-01-31, value: 62, n: 40}}]", 1),
        (f"{SHARES} readings: [{{date: 2026-07-31, value: 0.6, n: 40}}, {{date: 2026-01-31, value: 0, n: 40}}]", 0),
        ('unit: "%", baseline: 0.5, target: 75, readings: [{date: 2026-07-31, value: 0.6, n: 40}]', 0),
        ('unit: "%", target: [0.8, 75], readings: [{date: 2026-07-31, value: 0.6, n: 40}]', 0),
        ('unit: "%", readings: [{date: 2026-07-31, value: 0.6, n: 40}]', 0),
        ('unit: "% change", baseline: 3, readings: [{date: 2026-07-31, value: 0.6, n: 40}]', 0),
        ("unit: months, baseline: 3, readings: [{date: 2026-07-31, value: 0.6}]", 0),
    ],
)
def test_a_share_is_one_where_nothing_else_is(kpi: str, count: int) -> None:
    assert [code for code in codes(kpi) if code == "TOC174"] == ["TOC174"] * count


def test_what_looks_like_a_share_does_not_go_the_wrong_way_as_well() -> None:
    kpi = 'unit: "%", baseline: {value: 61, date: 2025-09-01}, target: {value: 75, by: 2028-07-31}, '
    assert codes(f"{kpi} readings: [{{date: 2026-07-31, value: 0.6, n: 40}}]") == ["TOC174"]


def test_the_percentages_of_a_kpi_that_do_not_say_of_how_many_make_one_finding() -> None:
    rows = "{date: 2026-01-31, value: 60, n: 40}, {date: 2026-07-31, value: 62}, {date: 2026-08-31, value: 63}"
    finding = only(f'unit: "%", readings: [{rows}]', "TOC175")
    assert finding.message == "2 of the 3 readings of the KPI “K” do not say of how many it is a percentage"
    assert finding.path == ("kpis", "k", "readings", 1)
    assert only('unit: "%", readings: [{date: 2026-07-31, value: 62}]', "TOC175").message == (
        "the only reading of the KPI “K” does not say of how many it is a percentage"
    )
    assert codes("unit: pupils, readings: [{date: 2026-07-31, value: 62}]") == []


# 176: of how few

COUNTED: Final = "level: participation"
LEARNT: Final = "level: learning, unit: months"


@pytest.mark.parametrize(
    ("fields", "row", "is_small"),
    [
        (COUNTED, "value: 9", True),
        (COUNTED, "value: 0", True),
        (COUNTED, "value: 10", False),
        (COUNTED, "value: 9, n: 40", False),
        (COUNTED, "value: 400, n: 9", True),
        (COUNTED, "value: -3", False),
        ("level: engagement", "value: 9", True),
        (LEARNT, "value: 9", False),
        (LEARNT, "value: 12, n: 9", True),
        ('level: participation, unit: "%"', "value: 9, n: 40", False),
        ('level: participation, unit: "%"', "value: 62, n: 9", True),
    ],
)
def test_a_part_is_small_by_its_number_else_by_its_value_where_people_are_counted(
    fields: str, row: str, is_small: bool
) -> None:
    assert codes(f"{fields}, readings: [{{date: 2026-07-31, {row}, where: {GROUP}}}]") == ["TOC176"] * is_small
    assert codes(f"{fields}, readings: [{{date: 2026-07-31, {row}}}]") == []


def test_small_groups_are_named_and_their_figures_are_not() -> None:
    rows = f"{{date: 2026-07-31, value: 7, where: {GROUP}}}, {{date: 2026-01-31, value: 4, where: {{school: hill, group: boys}}}}"
    finding = only(f"{COUNTED}, readings: [{rows}]", "TOC176")
    assert finding.message == (
        "the KPI “K” tells of parts of fewer than 10, who may be known by it: “group: boys, school: hill” on 2026-01-31 "
        "and “group: girls” on 2026-07-31"
    )


# 177, 178 and 180: whether it is read in time

ON_ITS_WAY: Final = "frequency: termly, baseline: {value: 8, date: 2025-09-01}, target: {value: 14, by: 2028-07-31}, "


@pytest.mark.parametrize(("day", "is_stale"), [("2026-02-23", False), ("2026-02-22", True)])
def test_a_reading_is_too_old_after_one_and_a_half_of_its_steps_and_a_week(day: str, is_stale: bool) -> None:
    assert codes(f"{ON_ITS_WAY} readings: [{{date: {day}, value: 9}}]") == ["TOC177"] * is_stale


def test_a_kpi_that_is_too_old_is_told_with_its_last_day() -> None:
    finding = only(f"{ON_ITS_WAY} readings: [{{date: 2026-01-31, value: 9}}, {{date: 2025-12-31, value: 9}}]", "TOC177")
    assert finding.message == "the KPI “K” was last read on 2026-01-31, more than 190 days ago"
    assert finding.path == ("kpis", "k", "readings", 0)


@pytest.mark.parametrize(
    ("kpi", "told"),
    [
        ("frequency: termly, baseline: {value: 8, date: 2026-02-22}, target: 14", "and one is due by now"),
        (
            "frequency: termly, baseline: 8, target: 14",
            "and neither its baseline nor `created:` says from which day on one is due",
        ),
    ],
)
def test_a_kpi_without_a_reading_says_since_when_one_is_due(kpi: str, told: str) -> None:
    finding = only(kpi, "TOC177")
    assert finding.message == f"the KPI “K” has no reading of everybody yet, {told}"
    assert finding.path == ("kpis", "k")


@pytest.mark.parametrize(
    ("kpi", "before"),
    [
        ("frequency: termly, baseline: {value: 8, date: 2026-02-23}, target: 14", ""),
        ("frequency: termly, target: 14", "created: 2026-02-23"),
        ("frequency: termly, baseline: {value: 8, date: 2020-01-01}", ""),
        ("above_ceiling: true, baseline: {value: 8, date: 2020-01-01}, target: 14", ""),
        (
            "frequency: termly, baseline: {value: 8, date: 2020-01-01}, target: 14, readings: [{date: 2021-01-01, value: 15}]",
            "",
        ),
    ],
    ids=["not due", "not due since it was created", "no target", "above the ceiling", "met"],
)
def test_no_reading_is_asked_for_where_none_is_due(kpi: str, before: str) -> None:
    assert codes(kpi, before=before) == []


def test_a_target_that_nobody_read_when_it_was_due_is_told_once() -> None:
    kpi = "frequency: termly, baseline: {value: 8, date: 2024-09-01}, target: {value: 14, by: 2026-07-31}, readings: "
    finding = only(f"{kpi} [{{date: 2026-05-30, value: 12}}]", "TOC178")
    assert finding.message == (
        "the KPI “K” was to reach 14 by 2026-07-31, and no reading of the 61 days before that day, or later, tells whether it did"
    )
    assert codes(f"{kpi} [{{date: 2026-05-30, value: 12}}]") == ["TOC178"]
    assert codes(f"{kpi} [{{date: 2026-05-31, value: 12}}]") == []  # missed, but known
    assert codes(f"{kpi} [{{date: 2026-08-31, value: 12}}]") == []
    assert codes(f"{kpi} []") == ["TOC178"]
    assert codes(f"{kpi} [{{date: 2025-05-30, value: 14}}]") == []
    assert codes(f"direction: keep, {kpi} []") == ["TOC177"]


def test_the_drafts_of_the_worked_example_are_asked_for_their_targets_as_well() -> None:
    rgs = toc.example("rgs-newcastle").check(today=date(2027, 12, 31), select=["TOC178"])
    assert len(rgs) == 9
    assert {finding.severity.value for finding in rgs} == {"warning"}


@pytest.mark.parametrize(
    ("day", "fields", "is_told"),
    [
        ("2026-02-06", "", False),
        ("2026-02-07", "", True),
        ("2026-02-07", "direction: keep,", True),
        ("2026-02-07", "above_ceiling: true,", False),
    ],
)
def test_a_kpi_that_is_read_on_after_its_target_needs_another(day: str, fields: str, is_told: bool) -> None:
    kpi = f"{fields} frequency: termly, target: {{value: 14, by: 2025-07-31}}, readings: [{{date: {day}, value: 14}}]"
    assert ("TOC180" in codes(kpi)) is is_told
    assert "TOC180" not in codes(kpi.replace("by: 2025-07-31", "by: 2027-07-31"))
    assert "TOC180" not in codes(kpi.replace(", by: 2025-07-31", ""))


# 179: two values


@pytest.mark.parametrize("where", ["", ", where: {school: hill, group: girls}"])
def test_two_values_for_one_day_and_the_same_people_are_a_conflict(where: str) -> None:
    turned = ", where: {group: girls, school: hill}" if where else ""
    rows = f"{{date: 2026-07-31, value: 13, n: 40{where}}}, {{date: 2026-07-31, value: 13}}, {{date: 2026-07-31, value: 12, n: 40{turned}}}"
    finding = only(f"readings: [{rows}]", "TOC179")
    people = " of “group: girls, school: hill”" if where else ""
    assert finding.message == f"the KPI “K” has different readings{people} on 2026-07-31: 12 and 13"
    assert finding.path == ("kpis", "k", "readings", 2)
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "other",
    [
        "date: 2026-07-31, value: 12.0, n: 30",
        "date: 2026-07-30, value: 13",
        f"date: 2026-07-31, value: 13, where: {GROUP}",
    ],
)
def test_the_same_value_twice_another_day_and_other_people_are_none(other: str) -> None:
    assert codes(f"readings: [{{date: 2026-07-31, value: 12}}, {{{other}}}]") == []


# 181: of whom


@pytest.mark.parametrize(
    ("breakdowns", "rows", "missing"),
    [
        ("[girls]", "{date: 2026-07-31, value: 12}", "“girls”"),
        ("[girls]", f"{{date: 2026-07-31, value: 12}}, {{date: 2026-07-31, value: 12, where: {GROUP}}}", ""),
        ("[Group]", f"{{date: 2026-07-31, value: 12}}, {{date: 2026-07-31, value: 12, where: {GROUP}}}", ""),
        ("[girls]", f"{{date: 2026-07-31, value: 12}}, {{date: 2026-08-15, value: 12, where: {GROUP}}}", ""),
        ("[girls]", f"{{date: 2026-07-31, value: 12}}, {{date: 2026-01-31, value: 12, where: {GROUP}}}", "“girls”"),
        ("[girls]", f"{{date: 2026-07-31, value: 12}}, {{date: 2026-09-02, value: 12, where: {GROUP}}}", "“girls”"),
        ("[girls, boys]", f"{{date: 2026-07-31, value: 12, where: {GROUP}}}", "“boys”"),
        ("[a, b, girls]", f"{{date: 2026-07-31, value: 12, where: {GROUP}}}", "“a” or “b”"),
        ("[poor]", "{date: 2026-07-31, value: 12, where: {group: Children in need}}", ""),
        ("[Children in need]", "{date: 2026-07-31, value: 12, where: {who: poor}}", ""),
        ("[girls]", "", ""),
        ("[girls]", "{date: 2026-09-02, value: 12}", ""),
    ],
)
def test_a_group_that_is_named_is_told_of_from_the_day_of_the_latest_reading_on(
    breakdowns: str, rows: str, missing: str
) -> None:
    before = "context: {target_groups: {poor: Children in need}}"
    findings = found(theory(f"breakdowns: {breakdowns}, readings: [{rows}]", before=before), "TOC181")
    told = f"the KPI “K” is to be told apart by {missing}, and no reading of 2026-07-31 or since does so"
    assert [finding.message for finding in findings] == ([told] if missing else [])


# All of them


def test_a_silence_answers_what_a_kpi_shows() -> None:
    kpi = "readings: [{date: 2026-07-31, value: 12}, {date: 2026-07-31, value: 13}]"
    silence = "settings: {checks: {silence: [{code: TOC179, node: k, reason: Two tests on one day}]}}"
    assert codes(kpi) == ["TOC179"]
    assert codes(kpi, before=silence) == []


def test_an_unused_silence_is_told_before_what_the_readings_show() -> None:
    kpi = "readings: [{date: 2026-07-31, value: 12}, {date: 2026-07-31, value: 13}]"
    silence = "settings: {checks: {silence: [{code: TOC171, reason: Never}]}}"
    findings = found(theory(kpi, before=silence))
    assert [one.code for one in findings if one.code >= "TOC169"] == ["TOC169", "TOC179"]


def test_a_sketch_is_not_asked_to_be_read() -> None:
    kpi = 'unit: "%", breakdowns: [girls], baseline: {value: 1, date: 2020-01-01}, target: 9, readings: [{date: 2021-01-01, value: 2}]'
    assert codes(kpi, profile="sketch") == []
    assert codes(kpi, profile="plan") == ["TOC175", "TOC181"]


@st.composite
def followed(draw: Draw) -> tuple[dict[str, Any], date]:
    """A KPI that is read when it should be and follows its plan exactly, and a day on its way."""
    word = st.sampled_from
    frequency, direction, path = (
        draw(word(choices)) for choices in ((*STEPS,), ("up", "down", "keep"), ("linear", "steps"))
    )
    start, unit = date(2020, 1, 1), draw(word(("%", "months", "points out of 100")))
    values = sorted(
        draw(st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True)), reverse=direction == "down"
    )
    if direction == "keep":
        values = [max(values)] * 3
    stops = [
        start + timedelta(days)
        for days in (0, *draw(st.lists(st.integers(10, 900), min_size=2, max_size=2, unique=True).map(sorted)))
    ]
    today = start + timedelta(draw(st.integers(0, (stops[-1] - start).days)))
    days = [start + timedelta(days) for days in range(0, (today - start).days + 1, STEPS[frequency])]
    readings = []
    for day in sorted({*days, *(stop for stop in stops if stop <= today)}):
        place = max(place for place, stop in enumerate(stops) if stop <= day)
        value: float = values[place]
        if path == "linear" and place < 2:
            value += (values[place + 1] - value) * (day - stops[place]).days / (stops[place + 1] - stops[place]).days
        readings += [
            {"date": day, "value": value, "n": 200},
            {"date": day, "value": value, "n": 90, "where": {"group": "girls"}},
        ]
    kpi = {
        "title": "K",
        "measures": "read",
        "level": draw(word(("participation", "learning"))),
        "unit": unit,
        "direction": direction,
        "path": path,
        "frequency": frequency,
        "breakdowns": ["girls"],
        "baseline": {"value": values[0], "date": start},
        "target": [{"value": value, "by": stop} for value, stop in zip(values[1:], stops[1:], strict=True)],
        "readings": readings,
    }
    return kpi, today


def with_kpi(kpi: dict[str, Any]) -> toc.TheoryOfChange:
    outcomes = {"read": {"title": "Children read"}}
    contents = {"toc": 1, "title": "Readers", "goal": "All read", "outcomes": outcomes, "kpis": {"k": kpi}}
    return toc.TheoryOfChange.model_validate(contents)


@tries(150)
@given(followed())
def test_nothing_is_found_where_the_readings_follow_the_plan(made: tuple[dict[str, Any], date]) -> None:
    kpi, today = made
    assert of_readings(with_kpi(kpi).check(today=today, profile="funder")) == []


@st.composite
def muddled(draw: Draw) -> dict[str, Any]:
    """A KPI with many readings of a few days, values and people, most of which are wrong in some way."""
    word = st.sampled_from
    wheres: tuple[dict[str, str], ...] = (
        {},
        {"group": "girls"},
        {"group": "boys"},
        {"group": "girls", "school": "hill"},
    )
    reading = st.fixed_dictionaries(
        {
            "date": word((date(2025, 1, 1), date(2026, 1, 1), date(2026, 7, 31), date(2026, 12, 1))),
            "value": word((-4, 0, 0.5, 1, 7, 9, 12, 40, 62, 140)),
            "where": word(wheres),
        },
        optional={"n": word((0, 3, 30))},
    )
    optional = {
        "level": word(("participation", "learning")),
        "unit": word(("%", "points out of 10", "pupils")),
        "direction": word(("up", "down", "keep")),
        "frequency": word(("termly", "yearly")),
        "breakdowns": word((["girls"], ["group", "boys"])),
        "baseline": word((61, {"value": 8, "date": date(2025, 9, 1)})),
        "target": word((75, {"value": 14, "by": date(2025, 3, 1)}, {"value": 30, "by": date(2027, 7, 31)})),
        "status": word(("draft", "agreed")),
    }
    required = {"title": st.just("K"), "measures": st.just("read"), "readings": st.lists(reading, max_size=12)}
    kpi: dict[str, Any] = draw(st.fixed_dictionaries(required, optional=optional))
    return kpi


def shown(finding: Finding, theory: toc.TheoryOfChange) -> tuple[Any, ...]:
    """A finding and, where it is about one reading, that reading in the place of its number."""
    is_about_one = finding.code in {"TOC171", "TOC172", "TOC173", "TOC174"}
    return finding.code, finding.nodes, finding.message, finding.fix, at(theory, finding.path) if is_about_one else None


@tries(150)
@given(muddled(), st.randoms(use_true_random=False))
def test_the_order_of_the_readings_changes_the_place_of_a_finding_and_nothing_else(
    kpi: dict[str, Any], random: Any
) -> None:
    def key(reading: dict[str, Any]) -> tuple[Any, ...]:
        return reading["date"], tuple(reading["where"].items())

    shuffled = [*kpi["readings"]]
    random.shuffle(shuffled)
    waiting: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for reading in kpi["readings"]:  # of one day and the same people the author's last counts, so those stay in order
        waiting.setdefault(key(reading), []).append(reading)
    one, other = with_kpi(kpi), with_kpi({**kpi, "readings": [waiting[key(reading)].pop(0) for reading in shuffled]})
    before, after = (of_readings(theory.check(today=TODAY, profile="funder")) for theory in (one, other))
    assert Counter(shown(finding, one) for finding in before) == Counter(shown(finding, other) for finding in after)
