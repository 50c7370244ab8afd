"""How the KPIs of a theory stand: what is known, what is not and why, and how they are counted."""

from __future__ import annotations

from datetime import date

import pytest

import toc
from toc.monitoring import Progress, Status

RGS = toc.example("rgs-newcastle")


def statuses(progress: Progress) -> dict[str, str]:
    return {one.kpi: f"{one.status} {one.why or ''}".strip() for one in progress}


def of(progress: Progress, status: str) -> set[str]:
    return {id for id, found in statuses(progress).items() if found == status}


def test_rgs_in_november_2026_has_four_on_track_two_behind_and_eight_not_known() -> None:
    progress = RGS.progress(date(2026, 11, 25))
    gaps = {one.kpi: round(one.gap, 3) for one in progress if one.gap is not None}
    assert of(progress, "on-track") == {"graduating-trainees", "trainees-in-post", "specialist-pupils", "reading-age"}
    assert of(progress, "behind") == {"first-time", "careers-fair-pupils"}
    assert of(progress, "unknown no-reading") == {"schoolhouse-pupils"}
    assert len(of(progress, "unknown not-due")) == 7
    assert gaps == {
        "graduating-trainees": 0.083,
        "trainees-in-post": -0.067,
        "specialist-pupils": 0.1,
        "reading-age": 0.0,
        "first-time": 0.133,
        "careers-fair-pupils": 0.124,
    }


def test_rgs_in_march_2027_has_two_readings_that_are_too_old() -> None:
    progress = RGS.progress(date(2027, 3, 1))
    assert of(progress, "unknown stale") == {"specialist-pupils", "first-time"}
    assert progress["specialist-pupils"].last_known is Status.ON_TRACK
    assert progress["first-time"].last_known is Status.BEHIND


def test_rgs_at_the_end_of_2027_has_nine_targets_that_nobody_read() -> None:
    progress = RGS.progress(date(2027, 12, 31))
    assert len(of(progress, "unknown not-read")) == 9
    assert progress["reading-age"].last_known is None


def test_drafts_are_listed_and_not_counted() -> None:
    progress = RGS.progress(date(2026, 11, 25))
    assert len(progress) == 14
    assert progress.summary.drafts == 3
    assert progress.summary.counts == {
        "met": 0, "on-track": 4, "behind": 2, "off-track": 0, "missed": 0, "unknown": 5
    }  # fmt: skip
    assert progress.summary.text == "4 on track, 2 behind, 5 not known"


def test_what_is_not_known_comes_first_where_it_is_more_than_half() -> None:
    early, late = RGS.progress(date(2026, 11, 25)), RGS.progress(date(2027, 3, 1))
    assert late.summary.text == "7 not known, 3 on track, 1 behind"
    for progress, first in ((early, "What the readings say"), (late, "What is not known")):
        headings = [line for line in progress.to_markdown().splitlines() if line.startswith("## ")]
        assert headings[0] == f"## {first}"


@pytest.mark.parametrize("today", ["2026-11-25", 20261125])
def test_a_day_that_is_none_is_refused(today: object) -> None:
    with pytest.raises(toc.OptionError, match="today is a date"):
        RGS.progress(today)  # type: ignore[arg-type]
