"""What the evidence and the tests of assumptions say."""

from __future__ import annotations

from datetime import date

import pytest

import toc
from checks.finding import found
from checks.planted_argument import EVIDENCE, aged, changed, in_context
from checks.planting import CLEAN
from toc.language.dates import months_later


def test_mixed_evidence_is_no_fault() -> None:
    theory = changed(toc.load(CLEAN), "sessions", "readers", evidence=[{**EVIDENCE, "says": "mixed"}])
    assert found(theory) == ()


def test_two_sources_against_one_link_make_one_finding() -> None:
    against = [{"source": name, "says": "contradicts"} for name in ("First study", "Second study")]
    theory = changed(toc.load(CLEAN), "sessions", "readers", evidence=[EVIDENCE, *against])
    (finding,) = found(theory)
    assert finding.message.startswith("“First study” and “Second study” contradict the link from the output “Weekly")
    assert finding.path[-2:] == ("evidence", 1)
    assert finding.links == (("sessions", "readers"),)


def test_the_only_evidence_against_a_link_is_told_once() -> None:
    against = [{"source": "First study", "says": "contradicts"}]
    theory = changed(toc.load(CLEAN), "sessions", "readers", evidence=against, confidence=None)
    assert [finding.code for finding in found(theory)] == ["TOC131"]


@pytest.mark.parametrize("status", ["untested", "holding"])
def test_an_assumption_that_is_not_failing_is_no_fault(status: str) -> None:
    theory = toc.load(CLEAN)
    (assumption,) = theory.outputs["sessions"].leads_to["readers"].assumptions
    assert found(changed(theory, "sessions", "readers", assumptions=[assumption.evolve(status=status)])) == ()


@pytest.mark.parametrize(
    ("years", "day", "count"),
    [(5, date(2026, 9, 1), 0), (5, date(2026, 9, 2), 1), (4.5, date(2026, 3, 1), 0), (4.5, date(2026, 3, 2), 1)],
)
def test_evidence_is_old_from_the_day_after_its_years_are_over(years: float, day: date, count: int) -> None:
    theory = aged(toc.load(CLEAN), years)
    assert [finding.code for finding in found(theory, "TOC133", day=day)] == ["TOC133"] * count


@pytest.mark.parametrize("years", [1e-9, 5000, 1e308])
def test_any_age_may_be_set(years: float) -> None:
    assert (found(aged(toc.load(CLEAN), years), "TOC133") == ()) == (years > 1)


def test_evidence_without_a_date_is_not_judged() -> None:
    theory = changed(aged(toc.load(CLEAN), 1), "sessions", "readers", evidence=[{"source": "First study"}])
    assert ("sessions", "readers") not in [finding.nodes for finding in found(theory, "TOC133")]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 9, 1), 0, date(2026, 9, 1)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("activity", "readings", "told"),
    [
        ("ends: 2026-08-31", "[]", True),
        ("ends: 2026-09-01", "[]", False),
        ("starts: 2026-01-01", "[]", False),
        ("ends: 2026-08-31", "[{date: 2019-01-01, value: 1}]", False),
        ("starts: 2026-01-01, ends: 2026-08-31", "[{date: 2025-12-31, value: 1}]", True),
        ("starts: 2026-01-01, ends: 2026-08-31", "[{date: 2026-07-01, value: 1}]", False),
    ],
)
@pytest.mark.parametrize("measures", ["step", "change"])
def test_what_came_of_an_activity_that_has_ended_is_asked_for(
    activity: str, readings: str, told: bool, measures: str
) -> None:
    text = f"""
outcomes: {{change: {{title: Fields are green, leads_to: goal}}}}
outputs: {{step: {{title: Wells dug, leads_to: change}}}}
activities: {{dig: {{title: Dig wells, leads_to: step, {activity}}}}}
kpis: {{k: {{title: K, measures: {measures}, unit: m, readings: {readings}}}}}
"""
    assert [finding.nodes for finding in found(text, "TOC136")] == ([("dig",)] if told else [])


STARTED = """
outcomes: {readers: {title: Young readers catch up, leads_to: goal}}
outputs: {sessions: {title: Sessions held, leads_to: readers}}
activities: {clubs: {title: Reading clubs, starts: 2025-09-15, leads_to: sessions}}
"""


@pytest.mark.parametrize(
    ("kpi", "count"),
    [
        ("measures: readers, baseline: {value: 8, date: 2025-09-15}", 0),
        ("measures: readers, baseline: {value: 8, date: 2025-09-16}", 1),
        ("measures: readers, agreed_on: 2025-09-16", 1),
        ("measures: readers, agreed_on: 2025-09-01, baseline: {value: 8, date: 2025-09-16}", 0),
        ("measures: [clubs, readers], agreed_on: 2025-09-16", 1),
        ("measures: goal, agreed_on: 2025-09-16", 0),
        ("measures: readers, baseline: 8", 0),
    ],
)
def test_what_was_agreed_or_measured_only_after_the_start_came_too_late(kpi: str, count: int) -> None:
    assert len(found(f"{STARTED}kpis: {{age: {{title: Reading age, {kpi}}}}}", "TOC134")) == count


def test_one_kpi_that_was_agreed_in_time_is_enough_and_what_has_not_started_cannot_be_late() -> None:
    late = f"{STARTED}kpis: {{age: {{title: Reading age, measures: readers, agreed_on: 2025-10-01}}"
    (finding,) = found(f"{late}}}", "TOC134")
    assert finding.nodes == ("clubs",)
    assert finding.message == (
        "the activity “Reading clubs” started on 2025-09-15, and no KPI that tells of it has a baseline, or says that it "
        "was agreed, before 2025-10-01"
    )
    assert found(f"{late}, count: {{title: Pupils, measures: sessions, agreed_on: 2025-09-01}}}}", "TOC134") == ()
    assert found(f"{late}}}", "TOC134", day=date(2025, 9, 14)) == ()
    assert found(f"{late}}}", "TOC134", profile="sketch") == ()


def test_a_side_that_is_said_to_gain_and_whose_people_no_kpi_is_about_is_told() -> None:
    theory = toc.example("rgs-newcastle")
    assert found(theory, "TOC135", profile="plan") == ()
    groups = {**theory.context.target_groups, "sixth-formers": "Sixth-form volunteers at RGS"}
    (finding,) = found(in_context(theory, target_groups=groups), "TOC135", profile="plan")
    assert finding.message == (
        "“Sixth-form reading volunteers in primary schools” is rated high for “Royal Grammar School Newcastle”, and no KPI "
        "is about its people"
    )
    assert finding.fix == "give the target group of a KPI its `partner:`, or add one"
    assert finding.path == ("activities", "reading-volunteers", "impact", "internal")
    assert finding.severity == "advice"


@pytest.mark.parametrize(
    ("impact", "home", "about", "sides"),
    [
        ("{internal: high, external: high}", "ours", "", ["internal"]),
        ("{internal: low, external: medium}", "ours", "", []),
        ("{internal: medium}", "ours", "o", []),
        ("{external: medium}", "ours", "o", ["external"]),
        ("{internal: high, external: high}", "ours", "both", []),
        ("{internal: high, external: high}", "ours", "t", ["internal"]),
        ("{internal: high, external: high}", "", "", []),
        ("{internal: high, external: high}", "ours", "-", ["internal", "external"]),
        ("{internal: high, external: high}", "", "-", ["internal", "external"]),
    ],
)
def test_a_kpi_counts_for_the_side_whose_people_it_is_about(
    impact: str, home: str, about: str, sides: list[str]
) -> None:
    """Without a home nobody can say for whom it counts, so that only its absence is told."""
    group = f"target_group: {about}" if about.strip("-") else ""
    kpi = "" if about == "-" else f"kpis: {{k: {{title: K, measures: change, {group}}}}}"
    text = f"""
partners: {{ours: Our school, theirs: Their school}}
partnership: {{{f"home: {home}" if home else ""}}}
context:
  target_groups: {{o: {{title: O, partner: ours}}, t: {{title: T, partner: theirs}}, both: {{title: B, partner: [ours, theirs]}}}}
outcomes: {{change: {{title: Pupils read, leads_to: goal}}}}
activities: {{visits: {{title: Visits, leads_to: change, impact: {impact}}}}}
{kpi}
"""
    assert [finding.path[-1] for finding in found(text, "TOC135")] == sides
