"""The views in layers: whatever the theory and the direction, causes stand before effects and arrows pass through nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from diagram.geometry import ALWAYS, causes_stand_before
from diagram.shapes import shapes, theory_of
from strategies import theories, tries
from toc.diagram import Diagram

DIRECTIONS = ("up", "down", "right", "left")
LOOKS: tuple[dict[str, Any], ...] = (
    *({"view": "layers", "direction": direction} for direction in DIRECTIONS),
    *({"view": "neighbourhood", "direction": direction} for direction in DIRECTIONS),
    *({"view": "path", "direction": direction} for direction in DIRECTIONS),
    {"view": "logic-model"},
    {"view": "triangle"},
)
SHAPES = {
    "8 activities": {"goal": 1, "pillar": 2, "outcome": 4, "output": 2, "activity": 8, "kpi": 4},
    "25 activities": {"goal": 2, "pillar": 4, "outcome": 12, "output": 4, "activity": 25, "kpi": 9},
    "90 activities": {"goal": 3, "pillar": 6, "outcome": 20, "output": 6, "activity": 90, "kpi": 20},
}


def drawn(theory: toc.TheoryOfChange, look: dict[str, Any]) -> Diagram:
    """The drawing of a look, around the last node or the middle one where it needs a node."""
    nodes = list(theory.forwards)
    middle: dict[str, Any] = {"neighbourhood": {"node": nodes[len(nodes) // 2]}, "path": {"node": nodes[-1]}}
    return theory.diagram(**look, **middle.get(look["view"], {}), search="quick")


def faults(theory: toc.TheoryOfChange, look: dict[str, Any]) -> list[str]:
    diagram = drawn(theory, look)
    found = [fault for rule in ALWAYS for fault in rule(theory, diagram)]
    sideways = {"logic-model", "neighbourhood", "path"}
    return found + list(
        causes_stand_before(look.get("direction", "right" if look["view"] in sideways else "up"), diagram)
    )


def named(look: dict[str, Any]) -> str:
    return " ".join(look.values())


@tries(150)
@given(theory=shapes(), look=st.sampled_from(LOOKS))
def test_a_theory_of_any_shape_is_drawn_without_a_fault(theory: toc.TheoryOfChange, look: dict[str, Any]) -> None:
    assert faults(theory, look) == []


@tries(60)
@given(theory=theories(), look=st.sampled_from(LOOKS))
def test_a_theory_with_any_words_is_drawn_without_a_fault(theory: toc.TheoryOfChange, look: dict[str, Any]) -> None:
    assert faults(theory, look) == []


@pytest.mark.parametrize("look", LOOKS, ids=named)
@pytest.mark.parametrize("name", ["small-charity", "rgs-newcastle", "large-programme"])
def test_the_examples_are_drawn_without_a_fault(name: str, look: dict[str, Any]) -> None:
    assert faults(toc.example(name), look) == []


@pytest.mark.parametrize("look", LOOKS, ids=named)
@pytest.mark.parametrize("size", SHAPES)
def test_theories_of_every_size_are_drawn_without_a_fault(size: str, look: dict[str, Any]) -> None:
    assert faults(theory_of(SHAPES[size], 7), look) == []


@pytest.mark.parametrize("look", LOOKS, ids=named)
@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param({"goal": 1}, id="a goal alone"),
        pytest.param({"goal": 9, "pillar": 1}, id="nine goals over one pillar"),
        pytest.param({"goal": 2, "pillar": 2, "outcome": 30}, id="thirty outcomes"),
        pytest.param({"goal": 1, "activity": 60}, id="activities without a pillar"),
    ],
)
def test_extreme_shapes_are_drawn_without_a_fault(sizes: dict[str, int], look: dict[str, Any]) -> None:
    assert faults(theory_of(sizes, sum(sizes.values()), feedback=6, links=3), look) == []
