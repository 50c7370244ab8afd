"""The organisation's own words in the headings and counts of plans and guidance."""

from __future__ import annotations

import re

import pytest

import toc
from toc.language.vocabulary import in_sentence

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
    assert "Measures to consider" in found.to_text(all=True)
    assert "Measures to consider" in found.to_html()
    assert [line for line in headings(found.to_markdown()) if NAMES.search(line)] == []


def test_the_headings_of_a_spreadsheet_stay_the_same_for_programs() -> None:
    assert theory().measurement_plan().to_csv().startswith("\ufeffPillar,What it measures,KPI,")
    assert theory().guidance().to_csv().startswith("\ufeffActivity,Certainty,")


def test_braces_in_a_word_are_only_text() -> None:
    assert "2 measure {x}s for 2 projects." in toc.loads(THEORY).measurement_plan().to_text()


def said(own: str, language: str | None = None, *, plural: bool = False) -> str:
    """An organisation's own word for an outcome within a sentence."""
    theory = toc.example("small-charity").evolve(language=language, settings={"vocabulary": {"outcome": own}})
    return in_sentence(theory, "outcome", plural=plural)


@pytest.mark.parametrize(
    ("own", "within"),
    [
        ("Outcome", "outcome"),
        ("Intermediate Outcome", "intermediate outcome"),
        ("Long-Term Outcome/Effect", "long-term outcome/effect"),
        ("Theory of Change Step", "theory of change step"),
        ("Intermediate outcome", "intermediate outcome"),
        ("Key step in Gateshead", "key step in Gateshead"),  # the capital of a name: the rest is not set like a title
        ("UN Goal", "UN goal"),
        ("Learning KPI", "learning KPI"),
        ("KS2 Result", "KS2 result"),
        ("R&D Step", "R&D step"),
        ("Phase B", "phase B"),
        ("SDGs", "SDGs"),
        ("Long-term Outcome", "long-term outcome"),
        ("E-mail Campaign", "e-mail campaign"),
        ("学习成果", "学习成果"),
    ],
)
@pytest.mark.parametrize("language", [None, "en", "en-GB"])
def test_a_word_set_like_a_title_has_small_letters_in_a_sentence(own: str, within: str, language: str | None) -> None:
    assert said(own, language) == within


def test_several_of_a_word_of_two_parts_stand_in_small_letters_too() -> None:
    assert said("Intermediate Outcome", plural=True) == "intermediate outcomes"
    own = toc.example("small-charity").evolve(settings={"vocabulary": {"outcome": "Intermediate Outcome"}})
    assert "two intermediate outcomes" in own.narrative()


@pytest.mark.parametrize("own", ["Projekt", "langfristiges Ergebnis", "Ergebnis im Quartier"])
@pytest.mark.parametrize("language", ["de", "de-AT", "DE"])
def test_a_german_word_stays_as_it_is_written(own: str, language: str) -> None:
    assert said(own, language) == own
    assert said(own, language, plural=True) == own  # nobody has said what many of it are


def test_the_later_words_of_other_languages_keep_their_capitals() -> None:
    assert said("Résultat À Long Terme", "fr") == "résultat À Long Terme"


def test_a_theory_that_names_no_words_reads_as_the_field_does() -> None:
    assert "What each activity needs" in toc.example("small-charity").measurement_plan().to_text(all=True)
