from __future__ import annotations

import re

import pytest

import toc

EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")


@pytest.fixture
def theory() -> toc.TheoryOfChange:
    return toc.loads("""
toc: 1
title: Reading
goals: {read: {title: Every child reads, by: 2030-07-31}, enjoy: {title: Reading is fun, above_ceiling: false}}
pillars: {literacy: Literacy}
outcomes:
  calm: {title: Calm, leads_to: fluent, horizon: short}
  fluent: {title: Fluent, leads_to: literacy, by: 2027-07-31, above_ceiling: true}
outputs: {sessions: {title: "Sessions\\twith a tab", leads_to: calm}}
activities:
  clubs: {title: Clubs, leads_to: sessions, certainty: high, participation: 1200}
  talk: {title: Talk, leads_to: enjoy, participation: low}
  walk: {title: Walk, participation: 1, certainty: low}
kpis:
  age: {title: Age, measures: [fluent, clubs], unit: months, baseline: 0.5, target: {value: 14, by: 2026-07-31}}
  fun: {title: Fun, measures: enjoy, direction: keep, unit: smiles, target: 1000, status: draft}
  low: {title: Low, measures: literacy, unit: pupils, baseline: 3}
  none: {title: Bare, measures: literacy}
  unit: {title: Unit, measures: walk, unit: steps}
settings: {vocabulary: {pillar: Strand, activity: Project, kpi: Indicator}}
""")


def test_the_outline_says_it_all_in_words(theory: toc.TheoryOfChange) -> None:
    assert (
        theory.outline()
        == """\
Reading

Goal: Every child reads (by 31 July 2030, above the accountability ceiling)
Goal: Reading is fun
    Indicator: Fun (keep 1,000 smiles, draft)

Strand: Literacy
    Indicator: Low (from 3 pupils, no target yet)
    Indicator: Bare
  Outcome: Fluent (by 31 July 2027, above the accountability ceiling)
    Indicator: Age (from 0.5 to 14 months by 31 July 2026)
  Outcome: Calm (short term)
  Output: Sessions with a tab
  Project: Clubs (high certainty, 1,200 people a year; measure: attainment)
    Indicator: Age (from 0.5 to 14 months by 31 July 2026)

Outside every Strand
  Project: Talk (low participation; measure: three questions first)
  Project: Walk (low certainty, 1 person a year; redesign before measuring)
    Indicator: Unit (in steps)

Above the accountability ceiling: aimed for together with others, not answered for alone."""
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_title_stands_once_and_a_kpi_beneath_all_that_it_measures(example: str) -> None:
    theory = toc.example(example)
    lines = theory.outline().splitlines()
    assert lines[0] == theory.title
    for node in theory.nodes.values():
        expected = len(node.measures) if isinstance(node, toc.Kpi) else 1
        named = [line for line in lines if re.search(rf": {re.escape(node.title)}( \(|$)", line)]
        assert len(named) == expected, node.title


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_outline_has_neither_colours_nor_loose_ends(example: str) -> None:
    lines = toc.example(example).outline().split("\n")
    assert all(line.isprintable() and line == line.rstrip() for line in lines)


def test_a_theory_without_pillars_has_no_heading_for_what_is_outside() -> None:
    theory = toc.loads(
        "{toc: 1, title: A, goal: {title: G, above_ceiling: false}, activities: {b: {title: B, leads_to: goal}}}"
    )
    assert theory.outline() == "A\n\nGoal: G\n\nActivity: B (measure: three questions first)"


def test_a_theory_of_a_goal_alone_is_a_title_and_a_goal() -> None:
    theory = toc.loads("{toc: 1, title: A, goal: {title: G, above_ceiling: false}}")
    assert theory.outline() == "A\n\nGoal: G"
