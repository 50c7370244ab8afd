"""The organisation's own words in the headings and counts of plans and guidance."""

from __future__ import annotations

import re

import pytest

import toc

THEORY = """
toc: 1
title: A partnership
settings: {vocabulary: {pillar: Strand, activity: Project, kpi: "Measure {x}"}}
goal: Every child learns more
pillars: {reading: {title: Reading, leads_to: goal}}
outcomes: {change: {title: Pupils change, pillar: reading, leads_to: goal}}
activities:
  club: {title: Club, pillar: reading, leads_to: change, certainty: high, participation: 40}
  fair: {title: Fair, leads_to: goal, certainty: low, participation: 900}
kpis:
  gain: {title: Gain, measures: club, level: learning}
  heads: {title: Heads, measures: fair, level: participation}
"""
NAMES = re.compile(r"activit|\bKPI|pillar", re.IGNORECASE)


def theory() -> toc.TheoryOfChange:
    return toc.loads(THEORY.replace(" {x}", ""))


def headings(markdown: str) -> list[str]:
    """The headings of sections and of the columns of tables."""
    lines = markdown.splitlines()
    columns = [lines[place - 1] for place, line in enumerate(lines) if line.startswith("|---")]
    return [line for line in lines if line.startswith("#")] + columns


def test_a_plan_counts_and_heads_in_the_organisations_own_words() -> None:
    plan = theory().measurement_plan().to_markdown()
    assert "**2 measures for 2 projects." in plan
    assert "## What each project needs" in plan
    assert "| Project | Certainty" in plan
    assert "| Measure | Looks at" in plan
    assert "### Outside every strand" in plan
    assert [line for line in headings(plan) if NAMES.search(line)] == []


@pytest.mark.parametrize("id", [None, "club"])
def test_guidance_heads_in_the_organisations_own_words(id: str | None) -> None:
    found = theory().guidance(id) if id else theory().guidance()
    assert "Do the measures fit?" in found.to_markdown()
    assert "Measures to consider" in found.to_text()
    assert "Measures to consider" in found.to_html()
    assert [line for line in headings(found.to_markdown()) if NAMES.search(line)] == []


def test_the_headings_of_a_spreadsheet_stay_the_same_for_programs() -> None:
    assert theory().measurement_plan().to_csv().startswith("Pillar,What it measures,KPI,")
    assert theory().guidance().to_csv().startswith("Activity,Certainty,")


def test_braces_in_a_word_are_only_text() -> None:
    assert "2 measure {x}s for 2 projects." in toc.loads(THEORY).measurement_plan().to_text()


def test_a_theory_that_names_no_words_reads_as_the_field_does() -> None:
    assert "What each activity needs" in toc.example("small-charity").measurement_plan().to_text()
