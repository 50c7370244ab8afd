"""Whatever the theory, everything is drawn once, apart from everything else, and within its place."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from diagram.geometry import (
    RULES,
    boxes_stand_in_their_column,
    ceiling_stands_under_the_goals_above_it,
    legend_shows_what_occurs,
    lines_keep_apart,
)
from diagram.shapes import shapes, theory_of
from strategies import theories, tries
from toc.diagram import Diagram
from toc.diagram.paper import PAGES
from toc.draw_options import Search
from toc.model import Theory

Rule = Callable[[Theory, Diagram], Iterator[str]]


def faults(theory: toc.TheoryOfChange, search: Search = "quick", page: str = "free") -> list[str]:
    diagram = theory.diagram("pillars", search=search, page=page, kpis="full")
    return [fault for rule in RULES for fault in rule(theory, diagram)]


@tries(100)
@given(theory=shapes(), page=st.sampled_from(list(PAGES)))
@pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")
def test_a_theory_of_any_shape_is_drawn_without_a_fault(theory: toc.TheoryOfChange, page: str) -> None:
    assert faults(theory, page=page) == []


@tries(6)
@given(seed=st.integers(0, 10_000))
def test_places_that_are_searched_are_without_a_fault(seed: int) -> None:
    sizes = {"goal": 2, "pillar": 2, "outcome": 4, "output": 1, "activity": 6, "kpi": 2}
    assert faults(theory_of(sizes, seed), search="full") == []


@tries(60)
@given(theory=theories())
def test_a_theory_with_any_words_is_drawn_without_a_fault(theory: toc.TheoryOfChange) -> None:
    assert faults(theory) == []


@pytest.mark.parametrize("name", ["small-charity", "rgs-newcastle", "large-programme"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_examples_are_drawn_without_a_fault(name: str, rule: Rule) -> None:
    theory = toc.example(name)
    assert list(rule(theory, theory.diagram())) == []


@tries(40)
@given(theory=shapes())
def test_the_same_theory_in_the_same_order_is_drawn_in_the_same_bytes(theory: toc.TheoryOfChange) -> None:
    again = toc.loads(theory.dumps())
    assert again.to_dot(search="quick") == theory.to_dot(search="quick")


def test_two_processes_draw_the_same_bytes() -> None:
    program = "import sys, toc; sys.stdout.write(toc.example('rgs-newcastle').to_svg(page='slide', search=sys.argv[1]))"
    for search in ("quick", "full"):
        drawn = [
            subprocess.run(
                [sys.executable, "-W", "ignore", "-c", program, search],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, capture_output=True, check=True,
            ).stdout
            for seed in ("1", "2")
        ]  # fmt: skip
        assert drawn[0].startswith(b"<svg")
        assert drawn[0] == drawn[1]


@tries(40)
@given(theory=shapes())
def test_another_order_is_drawn_without_a_fault_too(theory: toc.TheoryOfChange) -> None:
    turned = {
        section: dict(reversed(list(getattr(theory, section).items())))
        for section in ("goals", "pillars", "outcomes", "outputs", "activities", "kpis")
    }
    other = theory.evolve(**turned)
    assert other == theory
    assert list(other.nodes) != list(theory.nodes) or len(theory.goals) == 1
    assert faults(other) == []


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param({"goal": 1}, id="a goal alone"),
        pytest.param({"goal": 9, "pillar": 1}, id="nine goals over one pillar"),
        pytest.param({"goal": 3, "pillar": 7}, id="three goals over seven pillars"),
        pytest.param({"goal": 2, "pillar": 1, "activity": 40}, id="forty activities in one pillar"),
        pytest.param({"goal": 1, "pillar": 2, "outcome": 30}, id="thirty outcomes"),
        pytest.param({"goal": 1, "activity": 60}, id="activities without a pillar"),
        pytest.param({"goal": 2, "pillar": 12, "outcome": 40, "output": 20, "activity": 90, "kpi": 40}, id="large"),
    ],
)
def test_extreme_shapes_are_drawn_without_a_fault(sizes: dict[str, int]) -> None:
    assert faults(theory_of(sizes, sum(sizes.values()), feedback=6, links=3)) == []


# What the rules found once.


def test_goals_over_one_pillar_keep_apart() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goals: {a: A, b: B}, pillars: {p: P}, outcomes: {one: {title: One, leads_to: p},"
        " two: {title: Two, leads_to: p}, three: {title: Three, leads_to: p}, four: {title: Four, leads_to: p}}}"
    )
    first, second = theory.diagram().boxes[:2]
    assert first.y == second.y
    assert first.x + first.width < second.x
    assert faults(theory) == []


def test_arrows_that_pass_a_pillar_have_room_under_it() -> None:
    outcomes = {f"o{number}": {"title": "Outcome", "pillar": "p", "leads_to": "goal"} for number in range(6)}
    strengths = [0.1, 0.5, 0.9, None, 0.2, 0.6]
    for outcome, strength in zip(outcomes.values(), strengths, strict=True):
        outcome["leads_to"] = {"goal": {"confidence": strength}} if strength else "goal"  # type: ignore[assignment]
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "pillars": {"p": "P"}, "outcomes": outcomes}
    )
    assert len(theory.diagram().arrows) == 7
    assert faults(theory) == []


def test_a_long_title_over_a_narrow_drawing_stays_on_the_paper() -> None:
    theory = toc.loads(f"{{toc: 1, title: {'A very long title indeed ' * 8}, goal: G}}")
    diagram = theory.diagram()
    assert len(diagram.captions[0].rows) > 1
    assert faults(theory) == []


# The rules themselves: each notices a drawing that breaks it.


@pytest.fixture(scope="module")
def drawn() -> tuple[toc.TheoryOfChange, Diagram]:
    theory = toc.example("small-charity")
    return theory, theory.diagram()


def broken(diagram: Diagram, part: str, index: int, **changes: object) -> Diagram:
    parts = list(getattr(diagram, part))
    parts[index] = parts[index]._replace(**changes)
    return diagram._replace(**{part: tuple(parts)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "index", "changes", "said"),
    [
        ("boxes", -1, {"id": "other"}, "the boxes are"),
        ("boxes", -1, {"x": 250.0}, "overlaps"),
        ("boxes", -1, {"y": -5.0}, "leaves the paper"),
        ("boxes", -1, {"x": 430.0}, "stands wrong"),
        ("boxes", -1, {"width": 60.0}, "too wide for the box"),
        ("boxes", -1, {"height": 9.0}, "too high for it"),
        ("boxes", 0, {"width": 200.0}, "do not span"),
        ("boxes", -1, {"y": 20.0}, "beside or above a goal"),
        ("captions", 0, {"width": 20.0}, "too wide for its place"),
        ("captions", 1, {"x": 150.0}, "overlaps"),
        ("arrows", 0, {"points": ((0.0, 0.0), (9.0, 9.0))}, "aslant"),
        ("arrows", 0, {"points": ((0.0, 0.0), (9.0, 0.0))}, "does not begin at its source"),
        ("arrows", 0, {"points": ((0.0, 0.0), (9.0, 0.0))}, "does not end at its target"),
        ("arrows", 0, {"points": ((200.0, 0.0), (200.0, 300.0))}, "passes through"),
        ("arrows", 0, {"points": ()}, "has no length"),
        ("arrows", 0, {"feedback": True}, "the legend has"),
        ("ceilings", 0, {"y": 5.0}, "is not above the ceiling"),
        ("ceilings", 0, {"y": 300.0}, "is not below the ceiling"),
    ],
)
def test_the_rules_notice_what_is_wrong(
    drawn: tuple[toc.TheoryOfChange, Diagram], part: str, index: int, changes: dict[str, object], said: str
) -> None:
    theory, diagram = drawn
    tampered = broken(diagram, part, index, **changes)
    assert any(said in fault for rule in RULES for fault in rule(theory, tampered))


def test_the_rules_notice_lines_on_one_another(drawn: tuple[toc.TheoryOfChange, Diagram]) -> None:
    theory, diagram = drawn
    tampered = broken(diagram, "arrows", 0, points=diagram.arrows[1].points)
    assert any("lie on one another" in fault for fault in lines_keep_apart(theory, tampered))


def test_the_rules_notice_what_is_missing(drawn: tuple[toc.TheoryOfChange, Diagram]) -> None:
    theory, diagram = drawn
    lines = [[line.role for line in box.lines] for box in diagram.boxes]
    measured = next(index for index, roles in enumerate(lines) if "kpi" in roles)
    for tampered in (
        diagram._replace(boxes=diagram.boxes[1:]),
        diagram._replace(arrows=diagram.arrows[1:]),
        broken(diagram, "boxes", measured, lines=diagram.boxes[measured].lines[:1]),
        diagram._replace(boxes=(*diagram.boxes, diagram.boxes[0])),
    ):
        assert list(RULES[0](theory, tampered))
    rules: list[tuple[Rule, Diagram]] = [
        (ceiling_stands_under_the_goals_above_it, diagram._replace(ceilings=())),
        (ceiling_stands_under_the_goals_above_it, diagram._replace(captions=diagram.captions[:1])),
        (legend_shows_what_occurs, diagram._replace(legend=())),
        (boxes_stand_in_their_column, diagram._replace(groups=diagram.groups[1:])),
    ]
    for rule, tampered in rules:
        assert list(rule(theory, tampered))
