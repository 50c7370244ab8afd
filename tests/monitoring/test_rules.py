"""The nine rules by which a KPI is judged: which fits first, and its edges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.monitoring import KpiProgress, Reached, Status, Why

START, DUE, TODAY = date(2025, 7, 31), date(2027, 7, 31), date(2026, 11, 1)
MIDDLE = START + (DUE - START) / 2
LINE: dict[str, Any] = {"baseline": {"value": 0, "date": START}, "target": {"value": 100, "by": DUE}}


def theory_of(settings: dict[str, Any] | None = None, /, **kpi: Any) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "created": kpi.pop("created", None),
            "activities": {"a": {"title": "A", "leads_to": "goal"}},
            "kpis": {"k": {"title": "K", "measures": "a", **kpi}},
            "settings": settings or {},
        }
    )


def judged(today: date = TODAY, /, *read: tuple[date, float], **kpi: Any) -> KpiProgress:
    readings = [{"date": day, "value": value} for day, value in read]
    return theory_of(readings=readings, **kpi).progress(today)["k"]


def said(one: KpiProgress) -> str:
    return f"{one.status} {one.why or ''}".strip()


# 1 Above the ceiling


@pytest.mark.parametrize("kpi", [{"above_ceiling": True}, {"measures": "goal"}])
def test_what_lies_above_the_ceiling_is_told_and_not_judged(kpi: dict[str, Any]) -> None:
    one = judged(TODAY, (MIDDLE, 100), (START, 10), **LINE, **kpi)
    assert said(one) == "unknown above-ceiling"
    assert (one.gap, one.share, one.expected, one.milestones) == (None, None, None, ())
    assert one.latest is not None
    assert one.previous is not None
    assert (one.previous.value, one.latest.value) == (10, 100)


def test_a_kpi_that_measures_something_below_the_ceiling_as_well_is_judged() -> None:
    assert said(judged(TODAY, (MIDDLE, 100), measures=["goal", "a"], **LINE)) == "met"


# 2 No target


def test_without_a_target_nobody_can_tell() -> None:
    assert said(judged(TODAY, (MIDDLE, 5), baseline=LINE["baseline"])) == "unknown no-target"
    assert said(judged(TODAY, (MIDDLE, 5), direction="keep")) == "unknown no-target"


def test_what_is_kept_has_its_baseline_for_a_target() -> None:
    assert said(judged(TODAY, (MIDDLE, 5), direction="keep", baseline=5)) == "on-track"


# 3 Met


@pytest.mark.parametrize(("direction", "value"), [("up", 100), ("up", 140), ("down", 100), ("down", -3)])
def test_a_target_that_is_reached_is_met_also_early_and_without_a_baseline(direction: str, value: float) -> None:
    assert said(judged(TODAY, (MIDDLE, value), direction=direction, target=100)) == "met"


def test_the_latest_reading_counts_and_not_the_best() -> None:
    assert said(judged(TODAY, (START, 100), (MIDDLE, 50), **LINE)) == "on-track"


def test_of_one_day_the_author_s_last_reading_counts() -> None:
    assert said(judged(TODAY, (MIDDLE, 100), (MIDDLE, 10), **LINE)) == "off-track"


# 4 Due


def test_a_target_that_was_due_is_missed_where_somebody_read_near_its_day() -> None:
    half = 92  # a KPI without a frequency is read once a year, and half of that is more than a quarter
    for away, found in ((0, "missed"), (half, "missed"), (half + 1, "unknown not-read")):
        assert said(judged(DUE + timedelta(1), (DUE - timedelta(away), 50), **LINE)) == found
    termly = {"frequency": "termly", **LINE}
    assert said(judged(DUE + timedelta(1), (DUE - timedelta(61), 50), **termly)) == "missed"
    assert said(judged(DUE + timedelta(1), (DUE - timedelta(62), 50), **termly)) == "unknown not-read"


def test_on_its_day_a_target_is_not_over_yet() -> None:
    assert said(judged(DUE, (DUE, 95), **LINE)) == "on-track"


def test_a_target_that_was_due_and_never_read_is_not_read() -> None:
    assert said(judged(DUE + timedelta(1), **LINE)) == "unknown not-read"


def test_a_target_without_a_date_is_never_due() -> None:
    assert said(judged(date(2090, 1, 1), baseline=LINE["baseline"], target=9)) == "unknown no-reading"


# 5 No reading


def test_a_first_reading_is_due_one_step_and_a_half_and_a_week_after_the_baseline() -> None:
    limit = 190  # of termly: 122 and a half of it, and a week
    for days, found in ((limit, "not-due"), (limit + 1, "no-reading")):
        assert said(judged(START + timedelta(days), frequency="termly", **LINE)) == f"unknown {found}"


def test_without_a_dated_baseline_the_theory_s_own_date_counts_and_without_either_it_is_due() -> None:
    limit = 556
    made = date(2026, 1, 1)
    target = {"target": {"value": 9, "by": "2090-01-01"}, "baseline": 1}
    assert said(judged(made + timedelta(limit), created=made, **target)) == "unknown not-due"
    assert said(judged(made + timedelta(limit + 1), created=made, **target)) == "unknown no-reading"
    assert said(judged(made, **target)) == "unknown no-reading"


# 6 No place on a path


def test_what_is_missing_first_is_named() -> None:
    by = {"value": 100, "by": DUE}
    assert said(judged(TODAY, (MIDDLE, 5), target=100)) == "unknown no-baseline"
    assert said(judged(TODAY, (MIDDLE, 5), target=100, baseline=1)) == "unknown no-date"
    assert said(judged(TODAY, (MIDDLE, 5), target=by, baseline=1)) == "unknown no-start"


def test_a_share_of_the_way_needs_no_dates() -> None:
    assert judged(TODAY, (MIDDLE, 5), target=20, baseline=10).share == -0.5
    assert judged(TODAY, (MIDDLE, 30), target=20, baseline=10).share == 2
    assert judged(TODAY, (MIDDLE, 30), target=20).share is None


# 7 No scale


def test_a_way_of_no_length_cannot_be_measured_along() -> None:
    flat = {"baseline": {"value": 100, "date": START}, "target": LINE["target"]}
    assert said(judged(TODAY, (MIDDLE, 99), **flat)) == "unknown no-scale"
    assert said(judged(TODAY, (MIDDLE, 100), **flat)) == "met"
    assert said(judged(TODAY, (MIDDLE, 1), direction="keep", target=0)) == "unknown no-scale"
    assert said(judged(TODAY, (MIDDLE, 0), direction="keep", target=0)) == "on-track"


# 8 Stale


def test_a_reading_that_is_too_old_says_how_the_kpi_stood_then() -> None:
    near = {"frequency": "monthly", **LINE}
    limit = 53
    assert said(judged(MIDDLE + timedelta(limit), (MIDDLE, 30), **near)) == "behind"
    one = judged(MIDDLE + timedelta(limit + 1), (MIDDLE, 30), **near)
    assert (one.status, one.why, one.last_known) == (Status.UNKNOWN, Why.STALE, Status.BEHIND)


# 9 The gap


@pytest.mark.parametrize(
    ("value", "gap", "status"),
    [(70, -0.2, "on-track"), (50, 0, "on-track"), (40, 0.1, "on-track"), (39, 0.11, "behind"), (25, 0.25, "behind"),
     (24, 0.26, "off-track"), (-30, 0.8, "off-track")],
)  # fmt: skip
def test_the_gap_is_a_share_of_the_way_on_the_day_of_the_reading(value: float, gap: float, status: str) -> None:
    for sign, direction in ((1, "up"), (-1, "down")):
        one = judged(
            TODAY,
            (MIDDLE, sign * value),
            direction=direction,
            baseline=LINE["baseline"],
            target={"value": sign * 100, "by": DUE},
        )
        assert one.expected == sign * 50
        assert one.gap == pytest.approx(gap)
        assert said(one) == status


def test_the_path_leads_through_the_milestones_or_keeps_the_last_until_the_next() -> None:
    first = START + timedelta(365)
    target = [{"value": 100, "by": DUE}, {"value": 20, "by": first}]
    kpi = {"baseline": LINE["baseline"], "target": target}
    day = first - timedelta(73)
    assert judged(TODAY, (day, 1), **kpi).expected == pytest.approx(16)
    assert judged(TODAY, (day, 1), path="steps", **kpi).expected == 0
    for path in ("linear", "steps"):
        assert judged(TODAY, (first, 1), path=path, **kpi).expected == 20
        assert judged(TODAY, (START - timedelta(9), 1), path=path, **kpi).expected == 0
        assert judged(date(2027, 7, 31), (DUE, 1), path=path, **kpi).expected == 100


def test_a_milestone_from_before_the_baseline_is_no_part_of_the_path() -> None:
    target = [{"value": 90, "by": START - timedelta(30)}, {"value": 100, "by": DUE}]
    assert judged(TODAY, (MIDDLE, 1), baseline=LINE["baseline"], target=target).expected == 50


@pytest.mark.parametrize(
    ("value", "status"), [(550, "on-track"), (450, "on-track"), (449, "behind"), (700, "off-track")]
)
def test_of_what_is_kept_both_sides_count_and_it_is_never_met_or_missed(value: float, status: str) -> None:
    kept = {"direction": "keep", "target": {"value": 500, "by": DUE}}
    assert said(judged(TODAY, (MIDDLE, value), **kept)) == status
    late = judged(DUE + timedelta(100), (DUE, value), **kept)
    assert (said(late), late.share) == (status, None)


def test_the_tolerance_is_the_theory_s_own() -> None:
    readings = [{"date": MIDDLE, "value": 20}]
    wide = theory_of({"monitoring": {"tolerance": [0.3, 0.5]}}, readings=readings, **LINE)
    assert said(wide.progress(TODAY)["k"]) == "on-track"


def test_numbers_too_large_to_be_set_apart_are_judged_all_the_same() -> None:
    kpi = {"baseline": {"value": -1.7e308, "date": START}, "target": {"value": 1.7e308, "by": DUE}}
    one = judged(TODAY, (MIDDLE, 0), **kpi)
    assert (said(one), one.gap, one.share) == ("on-track", 0, 0.5)


def test_days_at_the_ends_of_the_calendar_are_judged_all_the_same() -> None:
    kpi = {"baseline": {"value": 0, "date": date.min}, "target": {"value": 1, "by": date.min + timedelta(1)}}
    assert said(judged(date.max, (date.min, 0), **kpi)) == "missed"


# Milestones


def test_a_milestone_is_reached_or_not_by_the_reading_nearest_to_its_day() -> None:
    first = START + timedelta(365)
    target = [{"value": 20, "by": first}, {"value": 60, "by": MIDDLE + timedelta(200)}, {"value": 100, "by": DUE}, 5]
    one = judged(TODAY, (first - timedelta(40), 25), (first + timedelta(30), 19), target=target)
    assert [found.status for found in one.milestones] == [
        Reached.NOT_REACHED, Reached.UNREAD, Reached.UNREAD, Reached.UNREAD
    ]  # fmt: skip
    assert one.milestones[0].reading is not None
    assert one.milestones[0].reading.value == 19
    tied = judged(TODAY, (first - timedelta(30), 19), (first + timedelta(30), 25), target=target)
    assert tied.milestones[0].status is Reached.REACHED


def test_a_milestone_to_keep_is_reached_within_the_tolerance() -> None:
    kept = {"direction": "keep", "target": [{"value": 100, "by": MIDDLE}, {"value": 120, "by": DUE}]}
    assert judged(TODAY, (MIDDLE, 109), **kept).milestones[0].status is Reached.REACHED
    assert judged(TODAY, (MIDDLE, 111), **kept).milestones[0].status is Reached.NOT_REACHED


@pytest.mark.parametrize(("direction", "sign"), [("up", 1), ("down", -1)])
def test_behind_is_told_by_the_direction_also_where_the_target_lies_the_other_way(direction: str, sign: int) -> None:
    turned = {
        "direction": direction,
        "baseline": {"value": sign * 100, "date": START},
        "target": {"value": 0, "by": DUE},
    }
    worse = judged(TODAY, (MIDDLE, sign * -50), **turned)
    assert said(worse) == "off-track"
    assert worse.gap == pytest.approx(1)
    assert said(judged(TODAY, (MIDDLE, 0), **turned)) == "met"


# Properties

DAYS = st.integers(0, 1500).map(lambda days: START + timedelta(days))
VALUES = st.integers(-400, 800).map(lambda quarters: quarters / 4)
ORDER = [Status.MET, Status.ON_TRACK, Status.BEHIND, Status.OFF_TRACK]


@st.composite
def kpis(draw: st.DrawFn, directions: tuple[str, ...] = ("up", "down", "keep")) -> dict[str, Any]:
    """A KPI with whatever may be said of it, or not."""
    day, value = DAYS | st.none(), VALUES
    milestone = st.builds(lambda value, by: {"value": value, "by": by}, value, day)
    found: dict[str, Any] = {
        "direction": draw(st.sampled_from(directions)),
        "path": draw(st.sampled_from(("linear", "steps"))),
        "frequency": draw(st.sampled_from((None, "monthly", "termly", "yearly"))),
        "baseline": draw(st.none() | st.builds(lambda value, day: {"value": value, "date": day}, value, day)),
        "target": draw(st.none() | st.lists(milestone, min_size=1, max_size=3)),
        "readings": draw(
            st.lists(st.builds(lambda day, value: {"date": day, "value": value}, DAYS, value), max_size=6)
        ),
    }
    return found


def progress_of(kpi: dict[str, Any], today: date, tolerance: tuple[float, float] = (0.1, 0.25)) -> KpiProgress:
    return theory_of({"monitoring": {"tolerance": tolerance}}, **kpi).progress(today)["k"]


def mapped(kpi: dict[str, Any], change: Any) -> dict[str, Any]:
    """The KPI with every value changed alike."""

    def one(part: dict[str, Any]) -> dict[str, Any]:
        return {**part, "value": change(part["value"])}

    return {
        **kpi,
        "baseline": kpi["baseline"] and one(kpi["baseline"]),
        "target": kpi["target"] and [*map(one, kpi["target"])],
        "readings": [*map(one, kpi["readings"])],
    }


@tries(150)
@given(kpis(), DAYS, st.integers(1, 200))
def test_a_better_latest_value_never_gives_a_worse_status(kpi: dict[str, Any], today: date, more: int) -> None:
    before = progress_of(kpi, today)
    if before.latest is None:
        return
    value = before.latest.value
    if kpi["direction"] == "keep":
        goal = kpi["target"][-1]["value"] if kpi["target"] else value
        if kpi["target"] and all(one["by"] for one in kpi["target"]):
            goal = max(kpi["target"], key=lambda one: one["by"])["value"]
        better = value + (goal - value) * min(more, 100) / 100
    else:
        better = value + more * (-1 if kpi["direction"] == "down" else 1)
    latest = [one for one in kpi["readings"] if one["date"] == before.latest.date]
    raised = [one for one in kpi["readings"] if one["date"] != before.latest.date]
    after = progress_of({**kpi, "readings": [*raised, {**latest[-1], "value": better}]}, today)
    if before.status in ORDER:
        assert after.status in ORDER
        assert ORDER.index(after.status) <= ORDER.index(before.status)
    elif before.status is Status.MISSED:
        assert after.status in {Status.MISSED, Status.MET}


@tries(150)
@given(kpis(("up", "down")), DAYS)
def test_turning_everything_round_changes_no_status(kpi: dict[str, Any], today: date) -> None:
    turned = mapped({**kpi, "direction": "down" if kpi["direction"] == "up" else "up"}, lambda value: -value)
    one, other = progress_of(kpi, today), progress_of(turned, today)
    assert (one.status, one.why, one.last_known) == (other.status, other.why, other.last_known)
    assert [found.status for found in one.milestones] == [found.status for found in other.milestones]


@tries(150)
@given(kpis(("up", "down")), DAYS)
def test_another_scale_changes_no_status(kpi: dict[str, Any], today: date) -> None:
    one, other = progress_of(kpi, today), progress_of(mapped(kpi, lambda value: 2 * value + 16), today)
    assert (one.status, one.why, one.last_known) == (other.status, other.why, other.last_known)
    assert one.share == pytest.approx(other.share)
    assert one.gap == pytest.approx(other.gap)


@tries(100)
@given(kpis(), DAYS, st.sampled_from(((0.1, 0.25), (0.2, 0.3), (0.3, 1), (0.9, 1))))
def test_a_wider_tolerance_never_worsens(kpi: dict[str, Any], today: date, wider: tuple[float, float]) -> None:
    narrow, wide = progress_of(kpi, today, (0.05, 0.1)), progress_of(kpi, today, wider)
    for before, after in ((narrow.status, wide.status), (narrow.last_known, wide.last_known)):
        if before in ORDER:
            assert after in ORDER
            assert ORDER.index(after) <= ORDER.index(before)
        else:
            assert after == before


@tries(100)
@given(kpis(), DAYS, st.randoms(use_true_random=False))
def test_readings_after_today_and_the_order_of_readings_change_nothing(
    kpi: dict[str, Any], today: date, random: Any
) -> None:
    by_day = {one["date"]: one for one in kpi["readings"]}
    readings = [*by_day.values()]
    later = [{"date": today + timedelta(days), "value": 7} for days in (1, 400)]
    shuffled = [*readings, *later]
    random.shuffle(shuffled)
    seen = [one for one in readings if one["date"] <= today]
    assert progress_of({**kpi, "readings": shuffled}, today) == progress_of({**kpi, "readings": seen}, today)


@tries(100)
@given(st.lists(kpis(), min_size=1, max_size=4), DAYS)
def test_no_count_that_holds_an_unknown_kpi_is_green(several: list[dict[str, Any]], today: date) -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "activities": {"a": {"title": "A", "leads_to": "goal"}},
            "kpis": {f"k{place}": {"title": "K", "measures": "a", **kpi} for place, kpi in enumerate(several)},
        }
    )
    progress = theory.progress(today)
    for tally in (progress.summary, progress.of("a").own, *progress.of("goal").beneath.values()):
        if any(one.status is Status.UNKNOWN for one in tally):
            assert tally.status not in {Status.MET, Status.ON_TRACK}
            assert "not known" in tally.text
