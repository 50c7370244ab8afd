"""The page that is read first: what is missing, one line for each activity, what to do next, what not to claim."""

from __future__ import annotations

from typing import Any

import pytest

import toc

TEN = """
toc: 1
title: Ten activities of every kind in a partnership of many schools
goal: Every child in the city learns more
pillars: {p: Literacy in the city}
outcomes:
  o: {title: Young readers catch up with their age by the end of primary school, leads_to: p}
  q: {title: Teachers more confident in a second subject, leads_to: p}
activities:
  a: {title: Weekly reading support for pupils in Year Four at five primary schools, leads_to: o}
  b: {title: Minibus sharing between the schools of the whole partnership, leads_to: q, certainty: high}
  c: {title: One-off workshop on the history of the city and its river, leads_to: o, certainty: low, participation: 12}
  d: {title: Careers fair for partner schools and their parents, leads_to: o, certainty: low, participation: 2000}
  e: {title: Mentoring for pupils in partner schools who need it most, leads_to: p, certainty: medium, participation: 40}
  f: {title: Coding clubs for primary schools without computers, leads_to: q, certainty: medium, participation: 120}
  g: {title: Sixth-form reading volunteers in primary schools nearby, leads_to: p, certainty: high, participation: 100}
  h: {title: Music exams for pupils who could not pay for lessons, leads_to: p, certainty: high, participation: 20}
  i: {title: Summer school in science with the university, leads_to: o, certainty: low, participation: 60, stakes: high}
  j: {title: Visits to partner schools by staff in their first year, leads_to: q, certainty: medium, participation: low}
kpis:
  k: {title: Teachers who say that they are more confident than they were, measures: q, level: feedback}
  m: {title: Exam grades in the summer after the careers fair, measures: d, level: attainment}
  n: {title: A KPI of which nobody has said what it looks at, measures: h}
  v: {title: Pupils who came back for another session, measures: i, level: engagement}
"""


def imported(count: int, **more: Any) -> toc.TheoryOfChange:
    """Activities as a spreadsheet gives them: a title and a pillar."""
    activities = {f"a{n}": {"title": f"Project {n}", "leads_to": f"p{n % 6}", **more} for n in range(count)}
    pillars = {f"p{n}": f"Strand {n}" for n in range(6)}
    return toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "Imported", "goal": "G", "pillars": pillars, "activities": activities}
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("theory", [toc.loads(TEN), imported(10), imported(10, certainty="high", participation=40)])
def test_ten_activities_take_at_most_sixty_lines_and_all_of_it_more(theory: toc.TheoryOfChange, width: int) -> None:
    for answer in (theory.measurement_plan(), theory.guidance()):
        assert len(answer.to_text(width).splitlines()) <= 60
        assert len(answer.to_text(width, all=True).splitlines()) > 60
        assert "`--all`" in answer.to_text(width)
        assert str(answer) == answer.to_text()


def test_sixty_activities_are_a_table_with_a_line_for_each() -> None:
    theory = imported(60)
    lines = theory.measurement_plan().to_text(80).splitlines()
    rows = [line for line in lines if line.startswith("Project ")]
    assert len(rows) == 60
    assert len(lines) <= 90
    assert sum("three questions" in line for line in lines) == 1


@pytest.mark.parametrize("more", [{}, {"certainty": "high", "participation": 40}])
def test_sixty_activities_without_a_kpi_are_told_so_first(more: dict[str, Any]) -> None:
    theory = imported(60, **more)
    first = "None of the 60 activities has a KPI of its own, nor has any outcome that they lead to."
    for answer in (theory.measurement_plan(), theory.guidance()):
        paragraph = one_line(answer.to_text().split("\n\n")[1])
        assert paragraph.startswith(first)
        assert "fits" not in paragraph
    assert f"**{first}" in theory.measurement_plan().to_markdown()


def test_what_is_measured_further_on_is_not_called_measured() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, outcomes: {near: {title: N, leads_to: far}, far: {title: F, leads_to: goal}},
         activities: {a: {title: A, certainty: low, participation: 900, leads_to: near},
                      b: {title: B, certainty: low, participation: 900, leads_to: far}},
         kpis: {k: {title: K, measures: far, level: learning}}}
        """
    )
    text = one_line(theory.measurement_plan().to_text())
    assert "None of the 2 activities has a KPI of its own." in text
    assert "The work of 2 activities is measured only further on" in text
    assert "A count fits, two steps on" in text
    assert "Nothing has a reading yet: all of this is planned, not measured." in text


def test_planned_measured_and_to_be_redesigned_are_counted_apart() -> None:
    theory = toc.loads(
        """
        {toc: 1, title: T, goal: G, activities: {
          fair: {title: Fair, certainty: low, participation: 900}, talk: {title: Talk, certainty: low, participation: 800},
          shop: {title: Workshop, certainty: low, participation: 9}}, kpis: {
          f: {title: F, measures: fair, level: participation, readings: [{date: 2026-11-01, value: 850}]},
          t: {title: T, measures: talk, level: participation}, s: {title: S, measures: shop, level: participation}}}
        """
    )
    for summary in (theory.guidance().summary, theory.measurement_plan().summary):
        counts = summary.counts
        assert (counts.fitting, counts.with_reading, counts.to_redesign) == (2, 1, 1)
        assert (counts.own, counts.further_on, counts.unmeasured) == (3, 0, 0)
        assert (summary.by_fit["fits"], summary.by_fit["unknown"]) == (2, 1)
    text = one_line(theory.measurement_plan().to_text())
    assert "What is planned fits the advice for 2 of 3 activities." in text
    assert "There is a reading so far for 1 activity; the others are planned, not measured." in text
    assert "Redesign comes before measuring for 1 activity." in text


def test_a_pillar_alone_is_not_called_a_measure_of_the_activity() -> None:
    theory = imported(6, certainty="high", participation=40).with_node(
        toc.Kpi(id="k", title="K", measures="p0", level="attainment", design="comparison")
    )
    text = one_line(theory.measurement_plan().to_text())
    assert text.count("its pillar only") == 1
    assert theory.measurement_plan().summary.counts.unmeasured == 6


def test_names_in_a_long_list_are_cut_with_a_count() -> None:
    text = one_line(imported(60).guidance().to_text())
    assert "“Project 0”, “Project 1”, “Project 2” and 57 more" in text
