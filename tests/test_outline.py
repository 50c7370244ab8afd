from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from analysis.shapes import KIND, MAY_LINK, NODES
from strategies import tries

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
  Strand: Literacy (see below)
Goal: Reading is fun
  Indicator: Fun (keep 1,000 smiles, draft)
  Strand: Literacy (see below)
  Project: Talk (low participation; measure: three questions first)

Strand: Literacy
  Indicator: Low (from 3 pupils, no target yet)
  Indicator: Bare
  Outcome: Fluent (by 31 July 2027, above the accountability ceiling)
    Indicator: Age (from 0.5 to 14 months by 31 July 2026)
    Outcome: Calm (short term)
      Output: Sessions with a tab
        Project: Clubs (high certainty, 1,200 people a year; measure: attainment)
          Indicator: Age (from 0.5 to 14 months by 31 July 2026)

No way to a goal
  Project: Walk (low certainty, 1 person a year; redesign before measuring)
    Indicator: Unit (in steps)

Above the accountability ceiling: aimed for together with others, not answered for alone."""
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_node_is_told_in_full_once_and_every_link_has_a_line(example: str) -> None:
    theory = toc.example(example)
    lines = theory.outline().splitlines()
    assert lines[0] == theory.title
    for node in theory.nodes.values():
        named = [line for line in lines if re.search(rf": {re.escape(node.title)}( [(–]|$)", line)]
        full = [line for line in named if not re.search(r"\(see (above|below|under .*)\)$", line)]
        links = sum(link.source == node.id for link in theory.links)
        assert len(full) == (len(node.measures) if isinstance(node, toc.Kpi) else 1), node.title
        assert len([line for line in named if line.startswith(" ")]) >= links


def test_what_leads_to_two_pillars_stands_under_both() -> None:
    theory = toc.loads("""
toc: 1
title: Shared
goal: {title: G, above_ceiling: false}
pillars: {cooking: Cooking, growing: Growing}
outcomes:
  cooks: {title: Families cook, leads_to: cooking}
  growers: {title: Neighbours grow, leads_to: growing}
activities:
  fair: {title: Spring fair, certainty: low, leads_to: [cooks, growers]}
""")
    assert (
        theory.outline()
        == """\
Shared

Goal: G
  Pillar: Cooking (see below)
  Pillar: Growing (see below)

Pillar: Cooking
  Outcome: Families cook
    Activity: Spring fair (low certainty; measure: count)

Pillar: Growing
  Outcome: Neighbours grow
    Activity: Spring fair (see under “Cooking”)"""
    )


def test_a_minus_feedback_confidence_and_the_author_s_word_are_told() -> None:
    theory = toc.loads("""
toc: 1
title: Fridge
goal: {title: G, above_ceiling: false}
pillars: {cooking: {title: Cooking, leads_to: {shops: {feedback: true, sign: "-"}, goal: {confidence: 0.65}}}}
outcomes:
  shops: {title: Takeaways open, leads_to: {cooking: {sign: "-"}}}
  lessons: {title: Recipes known, leads_to: {cooking: {contribution: necessary, confidence: high}}}
  apart: {title: Shops help, pillar: cooking, leads_to: goal}
""")
    lines = theory.outline().splitlines()
    assert "  Pillar: Cooking – confidence 0.65 (see below)" in lines
    assert "  Outcome: Takeaways open – works against it" in lines
    assert "    Pillar: Cooking – feeds back to and works against it (see above)" in lines
    assert "  Outcome: Recipes known – high confidence, necessary" in lines
    assert lines[-2:] == ["  Also placed in this pillar", "    Outcome: Shops help"]


def test_boxes_of_one_title_are_told_apart_by_their_ids() -> None:
    text = """
toc: 1
title: Twins
goal: {title: G, above_ceiling: false}
outcomes: {a: {title: Calm, leads_to: goal}, b: {title: Calm, leads_to: goal}}
outputs: {c: {title: Rooms, leads_to: %s}}
"""
    first, second = (toc.loads(text % id).outline() for id in "ab")
    assert first != second
    assert "  Outcome: Calm [a]\n    Output: Rooms" in first


def test_a_long_chain_begins_anew_at_the_left() -> None:
    outcomes = {f"o{n}": {"title": f"Step {n}", "leads_to": f"o{n - 1}" if n else "p"} for n in range(200)}
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "Chain", "goal": "G", "pillars": {"p": "P"}, "outcomes": outcomes}
    )
    lines = theory.outline().splitlines()
    assert max(len(line) - len(line.lstrip()) for line in lines) <= 30
    assert sum("Outcome: Step 120" in line for line in lines) in {1, 2}
    assert "Outcome: Step 12" in lines  # at the margin
    assert all(sum(line.strip() == f"Outcome: Step {n}" for line in lines) == 1 for n in range(200))


Wired = dict[tuple[str, str], dict[str, Any]]


@st.composite
def wired(draw: st.DrawFn) -> tuple[toc.TheoryOfChange, Wired]:
    """A theory of the same boxes, two of a title, joined in some way, and its links."""
    links: Wired = {pair: draw(LINK) for pair in draw(st.lists(st.sampled_from(MAY_LINK), unique=True, max_size=9))}
    back = draw(st.lists(st.sampled_from([("g0", "o0"), ("p0", "a1"), ("o2", "a0"), ("o1", "o0")]), unique=True))
    links |= {pair: {"feedback": True, **draw(LINK)} for pair in back}
    declared = draw(st.sampled_from((None, "p0", "p1")))
    sections: dict[str, dict[str, dict[str, Any]]] = {
        kind: {id: {"title": id[0].upper() if id in {"o0", "o2"} else id.upper(), "leads_to": {}} for id in ids}
        for kind, ids in NODES.items()
        if kind != "pillars" or draw(st.booleans()) or declared or any("p" in pair[0] + pair[1] for pair in links)
    }
    if declared:
        sections["outcomes"]["o1"]["pillar"] = declared
    for (source, target), link in links.items():
        sections[KIND[source]][source]["leads_to"][target] = link
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", **sections}), links


LINK = st.fixed_dictionaries(
    {},
    optional={
        "confidence": st.sampled_from(("low", 0.4, 0.8)),
        "contribution": st.sampled_from(("necessary", "sufficient")),
        "sign": st.just("-"),
    },
)


@tries(300)
@given(wired(), st.data())
def test_any_change_of_a_link_changes_the_outline(made: tuple[toc.TheoryOfChange, Wired], data: st.DataObject) -> None:
    theory, links = made
    before = theory.outline()
    for source, target in links:
        assert cut(theory, source, target).outline() != before
        link = next(link for link in theory.links if (link.source, link.target) == (source, target))
        said = "sufficient" if link.contribution == "necessary" else "necessary"
        for change in ({"sign": "+" if link.sign == "-" else "-"}, {"confidence": 0.1}, {"contribution": said}):
            assert theory.edit_link(source, target, **change).outline() != before
    other, others = data.draw(wired())
    if others.keys() != links.keys():
        assert other.outline() != before


def cut(theory: toc.TheoryOfChange, source: str, target: str) -> toc.TheoryOfChange:
    left = {other: link for other, link in theory.nodes[source].leads_to.items() if other != target}  # type: ignore[attr-defined]
    return theory.edit(source, leads_to=left)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_outline_has_neither_colours_nor_loose_ends(example: str) -> None:
    lines = toc.example(example).outline().split("\n")
    assert all(line.isprintable() and line == line.rstrip() for line in lines)


def test_without_pillars_everything_stands_under_the_goal() -> None:
    theory = toc.loads(
        "{toc: 1, title: A, goal: {title: G, above_ceiling: false}, activities: {b: {title: B, leads_to: goal}}}"
    )
    assert theory.outline() == "A\n\nGoal: G\n  Activity: B (measure: three questions first)"


def test_a_theory_of_a_goal_alone_is_a_title_and_a_goal() -> None:
    theory = toc.loads("{toc: 1, title: A, goal: {title: G, above_ceiling: false}}")
    assert theory.outline() == "A\n\nGoal: G"
