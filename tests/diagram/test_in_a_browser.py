"""In a real browser no text leaves its box, nothing overlaps, and no arrow crosses a box or a heading."""

from __future__ import annotations

import pytest

import toc
from browser import Measured, measure
from diagram.shapes import theory_of

Drawn = dict[str, tuple[toc.TheoryOfChange, Measured]]

EXAMPLES = {"small-charity": 2, "rgs-newcastle": 12, "large-programme": 90}
SHAPES = {
    "8 activities": {"goal": 1, "pillar": 2, "outcome": 4, "output": 2, "activity": 8, "kpi": 4},
    "25 activities": {"goal": 2, "pillar": 4, "outcome": 12, "output": 4, "activity": 25, "kpi": 9},
    "90 activities": {"goal": 3, "pillar": 6, "outcome": 20, "output": 6, "activity": 90, "kpi": 20},
    "no pillars": {"goal": 2, "outcome": 4, "output": 1, "activity": 6, "kpi": 2},
}
COLLAPSED = "large-programme, collapsed"


@pytest.fixture(scope="module")
def drawn(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    theories = {name: toc.example(name) for name in EXAMPLES}
    theories |= {name: theory_of(sizes, seed) for seed, (name, sizes) in enumerate(SHAPES.items())}
    svgs = {name: theory.to_svg() for name, theory in theories.items()}
    theories[COLLAPSED] = theories["large-programme"]
    svgs[COLLAPSED] = theories[COLLAPSED].to_svg(view="collapsed")
    found = measure(chromium, tmp_path_factory.mktemp("browser"), svgs)
    return {name: (theory, found[name]) for name, theory in theories.items()}


@pytest.mark.parametrize("name", [*EXAMPLES, *SHAPES, COLLAPSED])
def test_nothing_overlaps_or_leaves_its_place(drawn: Drawn, name: str) -> None:
    assert drawn[name][1].faults == []


@pytest.mark.parametrize("name", [*EXAMPLES, *SHAPES])
def test_everything_is_there_to_be_measured(drawn: Drawn, name: str) -> None:
    theory, measured = drawn[name]
    diagram = theory.diagram()
    assert measured.boxes == len(diagram.boxes) == len(theory.nodes) - len(theory.kpis)
    assert measured.arrows == len(diagram.arrows)
    rows = [row for box in diagram.boxes for line in box.lines for row in line.rows]
    bullets = sum(line.role == "kpi" for box in diagram.boxes for line in box.lines)
    captions = [row for caption in diagram.captions for row in caption.rows] + [key.text for key in diagram.legend]
    assert sorted(measured.texts) == sorted([*rows, *captions, *["•"] * bullets])


@pytest.mark.parametrize(("name", "activities"), EXAMPLES.items())
def test_the_examples_are_as_large_as_they_are_meant_to_be(drawn: Drawn, name: str, activities: int) -> None:
    assert len(drawn[name][0].activities) == pytest.approx(activities, abs=2)
    assert drawn[name][1].boxes >= activities


def test_the_measuring_notices_what_is_wrong(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    def node(name: str, x: float, y: float, text: str, css: str = "activity") -> str:
        shape = f'<polygon fill="none" stroke="black" points="{x},{y} {x + 60},{y} {x + 60},{y + 20} {x},{y + 20}"/>'
        return f'<g class="node {css}">{shape}<text x="{x + 5}" y="{y + 14}" font-size="10">{text}</text></g>'

    def arrow(*points: tuple[float, float]) -> str:
        return f'<g id="a" class="edge link"><path fill="none" stroke="black" d="M{" L".join(f"{x},{y}" for x, y in points)}"/></g>'

    def picture(*parts: str) -> str:
        return f'<svg width="300pt" height="200pt" viewBox="0 0 300 200">{"".join(parts)}</svg>'

    apart = (node("one", 10, 10, "one"), node("two", 100, 10, "two"))
    found = measure(
        chromium,
        tmp_path_factory.mktemp("browser"),
        {
            "fine": picture(*apart, arrow((70, 20), (100, 20))),
            "too long": picture(node("one", 10, 10, "far too long for this box")),
            "boxes": picture(node("one", 10, 10, "one"), node("two", 30, 25, "two")),
            "texts": picture(node("one", 10, 10, "one"), node("", 10, 12, "Goal", "caption")),
            "arrow": picture(*apart, arrow((200, 20), (90, 20))),
            "heading": picture(node("", 10, 10, "Goal", "caption"), arrow((20, 50), (20, 0))),
            "paper": picture(node("one", 285, 10, "beyond")),
        },
    )
    assert {name: measured.faults[:1] for name, measured in found.items()} == {
        "fine": [],
        "too long": ['"far too long for this box" leaves its box'],
        "boxes": ['"one" lies on "two"'],
        "texts": ['"one" is written over "Goal"'],
        "arrow": ['a passes through "two"'],
        "heading": ['a passes through "Goal"'],
        "paper": ['"beyond" leaves the paper'],
    }
