"""In a real browser no text leaves its box, nothing overlaps, and no arrow crosses a box or a heading.

All drawings go through one run of the browser, so one test has them all: shared out over several processes they would
be drawn and measured several times.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

import toc
from browser import measure
from diagram.product import FACTORS, all_cases, covering, picture_of, sampled
from diagram.shapes import theory_of
from toc.diagram import Diagram
from toc.render.svg import to_svg

EXAMPLES = {"small-charity": 2, "rgs-newcastle": 12, "large-programme": 90}
# Texts in every script at once, and a theory without pillars.
SHAPES = {
    "25 activities": {"goal": 2, "pillar": 4, "outcome": 12, "output": 4, "activity": 25, "kpi": 9},
    "no pillars": {"goal": 2, "outcome": 4, "output": 1, "activity": 6, "kpi": 2},
}
LARGEST_SAMPLE = 50


@pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")
def test_no_text_leaves_its_box_nothing_overlaps_and_no_arrow_crosses_anything(chromium: str, tmp_path: Path) -> None:
    theories = {name: toc.example(name) for name in EXAMPLES}
    theories |= {name: theory_of(sizes, seed) for seed, (name, sizes) in enumerate(SHAPES.items())}
    diagrams = {name: theory.diagram() for name, theory in theories.items()}
    svgs = {name: to_svg(diagram) for name, diagram in diagrams.items()}
    for case in sampled():
        diagrams[str(case)], svgs[str(case)] = picture_of(case, "quick")
    measured = measure(chromium, tmp_path, svgs)
    assert {name: found.faults for name, found in measured.items() if found.faults} == {}
    there = {name: (found.boxes, found.arrows) for name, found in measured.items()}
    assert there == {name: (len(diagram.boxes), len(diagram.arrows)) for name, diagram in diagrams.items()}
    assert {name for name in theories if texts_of(diagrams[name]) != sorted(measured[name].texts)} == set()


def texts_of(diagram: Diagram) -> list[str]:
    """Every row of text that the drawing has to show."""
    rows = [row for box in diagram.boxes for line in box.lines for row in line.rows]
    bullets = ["•" for box in diagram.boxes for line in box.lines if line.role == "kpi"]
    captions = [row for caption in diagram.captions for row in caption.rows] + [key.text for key in diagram.legend]
    return sorted([*rows, *bullets, *captions])


@pytest.mark.parametrize(("name", "activities"), EXAMPLES.items())
def test_the_examples_are_as_large_as_they_are_meant_to_be(name: str, activities: int) -> None:
    theory = toc.example(name)
    assert len(theory.activities) == pytest.approx(activities, abs=2)
    assert len(theory.diagram().boxes) == len(theory.nodes) - len(theory.kpis)


def test_in_the_sample_any_two_of_view_direction_page_size_language_marks_and_theme_meet() -> None:
    sample = sampled()
    assert len(FACTORS[0]) * len(FACTORS[1]) <= len(sample) <= LARGEST_SAMPLE
    assert len(all_cases()) > 10 * len(sample)
    for (one, first), (other, second) in combinations(enumerate(FACTORS), 2):
        met = {(case[one], case[other]) for case in sample}
        assert met == {(a, b) for a in first for b in second}


def test_rows_that_cover_all_pairs_are_few_and_the_same_each_time() -> None:
    factors = [range(3)] * 4
    rows = list(covering(factors))
    assert rows == list(covering(factors))
    assert 9 <= len(rows) <= 12 < 3**4


def test_the_measuring_notices_what_is_wrong(chromium: str, tmp_path: Path) -> None:
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
        tmp_path,
        {
            "fine": picture(*apart, arrow((70, 20), (100, 20))),
            "too long": picture(node("one", 10, 10, "far too long for this box")),
            "boxes": picture(node("one", 10, 10, "one"), node("two", 30, 25, "two")),
            "texts": picture(node("one", 10, 10, "one"), node("", 10, 12, "Goal", "caption")),
            "arrow": picture(*apart, arrow((200, 20), (90, 20))),
            "curve": picture(*apart, '<g id="a" class="link"><path d="M200,20C180,20 120,20 90,20"/></g>'),
            "corner": picture(*apart, '<g id="a" class="link"><path d="M130,50V25c0,-5 0,-5 -5,-5H200"/></g>'),
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
        "curve": ['a passes through "two"'],
        "corner": ['a passes through "two"'],
        "heading": ['a passes through "Goal"'],
        "paper": ['"beyond" leaves the paper'],
    }
