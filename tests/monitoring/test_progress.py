"""How the KPIs of a theory stand: what is known, what is not and why, and how they are counted."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import theories, tries
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


def test_a_reading_below_its_baseline_is_not_met_with_silence() -> None:
    fallen = RGS.edit("first-time", readings=[{"date": "2026-07-31", "value": 880}])
    page = fallen.progress(date(2026, 11, 25)).to_markdown()
    assert "| ■ off track<br>worse than its baseline<br>behind its path by 57% of the way |" in page
    late = RGS.edit("reading-age", readings=[{"date": "2027-07-10", "value": 13}]).progress(date(2027, 9, 1))
    assert "| ✕ missed<br>75% of the way done |" in late.to_markdown()


def test_what_lies_above_the_ceiling_shows_its_last_two_readings() -> None:
    above = RGS.edit("reading-age", above_ceiling=True, readings=read("reading-age", ("2026-11-01", 13)))
    page = above.progress(date(2026, 11, 25)).to_markdown()
    assert "not judged | 13 months on 1 November 2026<br>before: 12 months on 15 July 2026 |" in page


@pytest.mark.parametrize("today", ["2026-11-25", 20261125])
def test_a_day_that_is_none_is_refused(today: object) -> None:
    with pytest.raises(toc.OptionError, match="today is a date"):
        RGS.progress(today)  # type: ignore[arg-type]


# The narrative and the notebook


def test_the_narrative_says_how_each_kpi_stands_where_it_is_asked_for() -> None:
    told = RGS.narrative(progress=RGS.progress(date(2027, 3, 1)))
    assert "(from 10 to 14 months by 15 July 2027, latest 12 on 15 July 2026, on track)" in told
    assert "not known: the latest reading is too old to tell of this day; behind on 31 July 2026)" in told
    assert "on track" not in RGS.narrative()
    early = RGS.narrative(pillar="literacy", progress=RGS.progress(date(2025, 9, 1)))
    assert "(from 10 to 14 months by 15 July 2027, not known: no reading is due yet)" in early


@pytest.mark.parametrize("given", ["yes", 1, toc.example("small-charity").progress(date(2027, 3, 1))])
def test_a_progress_that_is_none_or_another_theory_s_is_refused(given: object) -> None:
    with pytest.raises(toc.OptionError, match="progress"):
        RGS.narrative(progress=given)  # type: ignore[arg-type]


def test_a_notebook_shows_how_the_kpis_stand_where_somebody_has_read_them() -> None:
    assert "<h1" in RGS._repr_mimebundle_()["text/html"]
    assert "Progress: RGS Newcastle school partnerships" in RGS._repr_mimebundle_()["text/html"]
    assert "Progress: " not in toc.example("small-charity")._repr_mimebundle_()["text/html"]


def test_the_page_to_explore_says_how_each_kpi_stands_where_it_is_asked_for() -> None:
    page = RGS.to_html(progress=RGS.progress(date(2026, 11, 25)), search="quick")
    assert '<dt>On 25 November 2026</dt><dd dir="auto">behind: 1,050 expected by then</dd>' in page
    assert '<dd dir="auto">not known: no reading is due yet</dd>' in page
    assert "25 November 2026" not in RGS.to_html(search="quick")
    assert "<dt>On 1 March 2027</dt>" in RGS.to_html(progress=True, today=date(2027, 3, 1), search="quick")


# Counting by pillar


def theory_of(links: str, kpis: str) -> toc.TheoryOfChange:
    return toc.loads(f"""
        toc: 1
        title: T
        goal: G
        pillars: {{p: P, q: Q}}
        outcomes: {{o: {{title: O, leads_to: p}}, u: {{title: U, leads_to: q}}}}
        activities: {{a: {{title: A, leads_to: {links}}}}}
        kpis: {kpis}
    """)


def test_beneath_a_box_is_everything_with_a_way_to_it_each_kpi_once_by_its_level() -> None:
    theory = theory_of(
        "[o, p]",
        "{x: {title: X, measures: [a, o], level: participation}, y: {title: Y, measures: [o, p], level: learning}, "
        "z: {title: Z, measures: o}, d: {title: D, measures: o, level: learning, status: draft}}",
    )
    found = theory.progress(date(2026, 9, 1)).of("p")
    assert [one.kpi for one in found.own] == ["y"]
    assert {level: [one.kpi for one in tally] for level, tally in found.beneath.items()} == {
        "participation": ["x"], "learning": ["d"], "unsaid": ["z"]
    }  # fmt: skip
    assert found.beneath["learning"].text == "drafts only"
    assert theory.progress(date(2026, 9, 1)).of("q").text == "not measured"
    assert [*theory.progress(date(2026, 9, 1)).of("goal").beneath] == ["participation", "learning", "unsaid"]


@pytest.mark.parametrize("link", ['{o: {sign: "-"}, u: }', "{u: , p: {feedback: true}}"])
def test_no_way_leads_over_feedback_or_over_what_works_against_its_end(link: str) -> None:
    theory = theory_of(link, "{x: {title: X, measures: a, level: participation}}")
    progress = theory.progress(date(2026, 9, 1))
    assert progress.of("p").beneath == {}
    assert [one.kpi for one in progress.of("q").beneath["participation"]] == ["x"]


def test_a_mixed_box_says_its_counts_and_has_no_status() -> None:
    found = RGS.progress(date(2026, 11, 25)).of("goal").beneath["participation"]
    assert (found.text, found.status) == ("2 behind, 1 not known", None)


def test_an_unknown_box_is_named_with_the_nearest() -> None:
    with pytest.raises(toc.TheoryError, match="did you mean 'literacy'"):
        RGS.progress(date(2026, 11, 25)).of("litercy")


def test_a_kpi_is_no_box_that_is_measured() -> None:
    with pytest.raises(
        toc.OptionError, match=r"^reading-age is a KPI itself: progress\['reading-age'\] says how it stands$"
    ):
        RGS.progress(date(2026, 11, 25)).of("reading-age")


def test_the_organisation_s_own_words_are_used() -> None:
    theory = RGS.evolve(settings={"vocabulary": {"kpi": "Measure", "pillar": "Strand", "ceiling": "Line"}})
    page = theory.edit("reading-age", above_ceiling=True).progress(date(2026, 11, 25)).to_markdown()
    assert "11 measures on 25 November 2026" in page
    assert "## By strand" in page
    assert "above the line, so it is told and not judged" in page


# What changed


def changed(kpi: str, **fields: object) -> str:
    """What a comparison says of the readings of one KPI."""
    lines = RGS.compare(RGS.edit(kpi, **fields)).to_markdown().splitlines()
    (found,) = [line for line in lines if line.startswith(f"- {RGS.kpis[kpi].title}")]
    return found.removeprefix(f"- {RGS.kpis[kpi].title}: ").removesuffix(".")


def read(kpi: str, *values: tuple[str, float]) -> list[object]:
    return [*RGS.kpis[kpi].readings, *({"date": day, "value": value} for day, value in values)]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([("2027-07-10", 10)], "10 → 12 → 10 months, target 14 by July 2027: back at its baseline"),
        ([("2027-07-10", 9)], "10 → 12 → 9 months, target 14 by July 2027: below its baseline"),
        ([("2027-07-10", 14)], "10 → 12 → 14 months, target 14 by July 2027: target reached"),
        ([("2027-07-10", 13)], "10 → 12 → 13 months, target 14 by July 2027: 75% of the way done, better than before"),
        ([("2027-07-10", 11)], "10 → 12 → 11 months, target 14 by July 2027: 25% of the way done, worse than before"),
        ([("2027-07-10", 12)], "10 → 12 → 12 months, target 14 by July 2027: 50% of the way done, as before"),
        (
            [(f"2027-0{month}-10", month) for month in range(1, 9)],
            "10 → … → 3 → 4 → 5 → 6 → 7 → 8 months, target 14 by July 2027: below its baseline",
        ),
    ],
)
def test_readings_are_told_from_the_baseline_on(values: list[tuple[str, float]], told: str) -> None:
    assert changed("reading-age", readings=read("reading-age", *values)) == told


def test_readings_are_told_whatever_is_known_of_their_kpi() -> None:
    one = read("reading-age", ("2027-07-10", 13))
    assert changed("reading-age", readings=one, direction="down") == (
        "10 → 12 → 13 months, target 14 by July 2027: target reached"
    )
    assert changed("reading-age", readings=one, direction="down", target=8) == (
        "10 → 12 → 13 months, target 8 (before: target 14 by July 2027): above its baseline"
    )
    assert changed("reading-age", readings=one, baseline=None, target=None) == (
        "12 → 13 months, no target yet (before: target 14 by July 2027): better than before"
    )
    assert changed("reading-age", readings=one[-1:], baseline=None) == (
        "13 months, target 14 by July 2027: the first reading"
    )
    assert changed("reading-age", readings=[]) == "baseline 10 months, target 14 by July 2027: no reading of everybody"
    assert changed("schoolhouse-pupils", readings=read("schoolhouse-pupils", ("2027-06-01", 480))) == (
        "500 → 480 pupils, to keep 500 until July 2027: 20 below it"
    )
    assert changed("schoolhouse-pupils", readings=read("schoolhouse-pupils", ("2027-06-01", 500))) == (
        "500 → 500 pupils, to keep 500 until July 2027: as it should be"
    )
    assert changed("trainees-in-post", readings=[{"date": "2027-09-30", "value": 78.6, "n": 14}]) == (
        "85 → 11 of 14, target 95 by September 2028: below its baseline"
    )


def test_a_target_that_changed_is_told_with_what_it_was_before() -> None:
    assert changed("reading-age", target={"value": 16, "by": "2028-07-15"}) == (
        "10 → 12 months, target 16 by July 2028 (before: target 14 by July 2027): 33% of the way done"
    )


def test_what_was_read_of_a_part_alone_is_no_history() -> None:
    part = [*read("reading-age")[:1], {"date": "2026-07-15", "value": 14, "where": {"group": "disadvantaged"}}]
    found = RGS.compare(RGS.edit("reading-age", readings=part)).to_markdown()
    assert "## Readings" not in found
    assert "| readings: 2026-07-15, group: disadvantaged: value | 13 | 14 |" in found


# Any theory


@tries(60)
@given(theories(), st.dates(), st.booleans())
def test_any_theory_has_its_progress_in_every_form(theory: toc.TheoryOfChange, today: date, small_groups: bool) -> None:
    progress = theory.progress(today, small_groups=small_groups)
    assert [one.kpi for one in progress] == list(theory.kpis)
    assert len(progress.summary) == len(theory.kpis)
    assert sum(progress.summary.counts.values()) == progress.summary.counted
    assert "progress" in progress.to_text(60).casefold()
    assert progress.to_html().startswith("<!doctype html>")
    assert json.loads(progress.to_json())["today"] == today.isoformat()
    assert [progress.to_csv(table) for table in progress.tables]
    assert theory.narrative(progress=progress)
    unread = theory.evolve(kpis={id: kpi.evolve(readings=[], unit="months") for id, kpi in theory.kpis.items()})
    for change in (unread.compare(theory), theory.compare(unread)):
        assert change.to_markdown().startswith("# What changed")
        assert change.to_csv().count("\n") >= len(change.changed)
        assert json.loads(change.to_json())["is_empty"] is change.is_empty
    for one in progress:
        assert (one.status == "unknown") is (one.why is not None)
        assert one.last_known is None or one.why == "stale"
        if one.latest is not None:
            assert one.latest.date <= today
            assert not one.latest.where
        for part in one.parts:
            assert small_groups is False or part.hidden is None
            assert (part.hidden is None) is (part.value is not None)
