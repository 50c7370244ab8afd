"""A PNG, which an engine paints from DOT, and an SVG, which we paint, are one picture: measured in the pixels of both."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import toc
from browser import photograph
from diagram.product import written
from toc.diagram import Box, Diagram
from toc.diagram.looks.themes import LIGHT
from toc.diagram.shapes import Area, Point
from toc.render import to_png, to_svg
from toc.render.engine import is_embedded

SCALE = 2  # pixels a point
NEAR = 110  # of 255, in any colour: what an edge is smoothed to still counts
EDGE = 1.0  # points that two pictures of one shape may be apart: the engine moves all by 0.36
SET = 2.2  # the same for text: the engine sets what is not bold 2 points lower, and each has a typeface of its own
OUTLINE = 3.0
# Colours that nobody takes for each other, however much they are smoothed.
RED, BLUE, BLACK, WHITE = "#ff0000", "#0000ff", "#000000", "#ffffff"
BOXES = {kind: paint._replace(fill=WHITE, line=RED, text=BLACK, note=BLACK) for kind, paint in LIGHT.boxes.items()}
CLEAR = LIGHT._replace(
    boxes=BOXES, panel=WHITE, ink=BLACK, faint=BLACK, ceiling=BLACK, arrow=BLUE, arrow_across=BLUE, arrow_feedback=BLUE
)


class Extent(NamedTuple):
    """How far something reaches in a picture, in points."""

    left: float
    top: float
    right: float
    bottom: float


Look = Callable[[Area, str], Extent]


def looker(png: bytes) -> Look:
    """A function from an area of a picture and a colour to how far what has the colour reaches in it."""
    image, numpy = pytest.importorskip("PIL.Image"), pytest.importorskip("numpy")
    pixels: Any = numpy.asarray(image.open(io.BytesIO(png)).convert("RGB")).astype(int)

    def look(area: Area, colour: str) -> Extent:
        left, top, right, bottom = (max(0, round(side * SCALE)) for side in area)
        wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        rows, columns = (abs(pixels[top:bottom, left:right] - wanted).max(axis=2) < NEAR).nonzero()
        assert len(rows), f"nothing of {colour} in {area}"
        reached = (columns.min() + left, rows.min() + top, columns.max() + left + 1, rows.max() + top + 1)
        return Extent(*(float(side) / SCALE for side in reached))

    return look


def shapes_of(diagram: Diagram) -> Iterator[tuple[str, Area, str, float]]:
    """Every shape by its name, the area to look in, its colour, and how far two pictures of it may be apart."""
    for box in diagram.boxes:
        left, top, right, bottom = sides(box)
        inner = (left + OUTLINE, top + OUTLINE, right - OUTLINE, bottom - OUTLINE)
        yield f"border of {box.id}", (left - 4, top - 4, right + 4, bottom + 4), RED, EDGE
        yield f"text of {box.id}", (inner[0] + 18 * bool(box.badge), *inner[1:]), BLACK, SET
        if box.badge:
            yield f"badge of {box.id}", (inner[0], inner[1], left + 18, inner[3]), RED, EDGE
    for arrow in diagram.arrows:
        if not arrow.joins:
            yield f"head of {arrow.source} to {arrow.target}", around_tip(*arrow.points[-2:]), BLUE, EDGE
    for caption in diagram.captions:
        place = (caption.x, caption.y - 2, caption.x + caption.width, caption.y + caption.height)
        yield f"the words {caption.text}", place, BLACK, SET


def around_tip(before: Point, tip: Point) -> Area:
    """Where the foremost 3.5 points of a head are, without the line behind it."""
    (x, y), (tip_x, tip_y) = before, tip
    along_x, along_y = (tip_x > x) - (tip_x < x), (tip_y > y) - (tip_y < y)
    back = (tip_x - 3.5 * along_x, tip_y - 3.5 * along_y)
    beside_x, beside_y = 6 * bool(along_y), 6 * bool(along_x)
    left, right = sorted((tip_x + along_x, back[0]))
    top, bottom = sorted((tip_y + along_y, back[1]))
    return left - beside_x, top - beside_y, right + beside_x, bottom + beside_y


def sides(box: Box) -> Area:
    return box.x, box.y, box.x + box.width, box.y + box.height


DRAWN = {
    "small-charity": toc.example("small-charity").diagram(),
    "every arrow": written(25, "de").diagram(search="quick"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_everything_stands_at_the_same_place_in_both(name: str, chromium: str, tmp_path: Path) -> None:
    if not is_embedded():
        pytest.skip("needs the engine that comes with the library: others draw heads and set text a little elsewhere")
    diagram = DRAWN[name]
    size = (diagram.width, diagram.height)
    png, photo = (
        to_png(diagram, CLEAR, dpi=72 * SCALE),
        photograph(chromium, tmp_path, to_svg(diagram, CLEAR), size, SCALE),
    )
    in_png, in_svg = looker(png), looker(photo)
    apart = {}
    for shape, area, colour, allowed in shapes_of(diagram):
        one, other = in_png(area, colour), in_svg(area, colour)
        if max(abs(a - b) for a, b in zip(one, other, strict=True)) > allowed:
            apart[shape] = (one, other)
    assert apart == {}
    for box in diagram.boxes:
        left, top, right, bottom = sides(box)
        seen = in_svg((left - 4, top - 4, right + 4, bottom + 4), RED)
        assert seen == pytest.approx((left, top, right, bottom), abs=EDGE), box.id


def test_the_looking_notices_what_stands_elsewhere(chromium: str, tmp_path: Path) -> None:
    diagram = toc.example("small-charity").diagram()
    moved = tuple(box._replace(y=box.y + 2) for box in diagram.boxes)
    size = (diagram.width, diagram.height)
    here, there = (
        looker(photograph(chromium, tmp_path, to_svg(drawn, CLEAR), size, SCALE))
        for drawn in (diagram, diagram._replace(boxes=moved))
    )
    for shape, area, colour, allowed in shapes_of(diagram):
        if shape.startswith("border"):
            one, other = here(area, colour), there(area, colour)
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > allowed, shape
