"""What can be counted of a drawing: how large its type is on the page, how its arrows run, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from diagram.geometry import ALWAYS, Point, bends_of
from toc.diagram import Arrow, Box, Diagram
from toc.diagram.paper import PAGES, TITLE
from toc.model import Theory

Stretch = tuple[Point, Point]


class Figures(NamedTuple):
    """The figures of one drawing. A detour is a way over half as long again as its boxes are apart, and 40 points."""

    boxes: int
    arrows: int
    pt: float
    shape: float
    filled: float
    crossings: int
    bends: int
    straight: int
    detours: int
    worst: float
    faults: int


def figures(theory: Theory, diagram: Diagram) -> Figures:
    """What is counted; a drawing of any size is fitted on a slide."""
    page = PAGES["slide"] if diagram.page.is_free else diagram.page
    scale = min(page.width / diagram.width, page.height / diagram.height)
    boxes = {box.id: box for box in diagram.boxes}
    turns = [bends_of(arrow.points) for arrow in diagram.arrows]
    detours = [_long(arrow) / (_apart(boxes[arrow.source], boxes[arrow.target]) + 40) for arrow in diagram.arrows]
    return Figures(
        boxes=len(boxes),
        arrows=len(turns),
        pt=TITLE * scale,
        shape=diagram.width / diagram.height,
        filled=sum(box.width * box.height for box in diagram.boxes) * scale**2 / (page.width * page.height),
        crossings=sum(_cross(*pair) for pair in combinations(diagram.arrows, 2)),
        bends=sum(turns),
        straight=turns.count(0),
        detours=sum(one > 1.5 for one in detours),
        worst=max(detours, default=0.0),
        faults=sum(1 for rule in ALWAYS for _ in rule(theory, diagram)),
    )


def _long(arrow: Arrow) -> float:
    return sum(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(arrow.points))


def _apart(one: Box, other: Box) -> float:
    """How far two boxes are from one another, across and down together."""
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0.0)
    return across + max(one.y - other.y - other.height, other.y - one.y - one.height, 0.0)


def _cross(one: Arrow, other: Arrow) -> bool:
    """Whether two arrows without a common end cross."""
    if {one.source, one.target} & {other.source, other.target}:
        return False
    ways = list(_level_first(one.points, other.points)) + list(_level_first(other.points, one.points))
    return any(left < x < right and top < y < foot for (left, right, y), (x, top, foot) in ways)


def _level_first(
    points: Sequence[Point], others: Sequence[Point]
) -> Iterator[tuple[tuple[float, float, float], tuple[float, float, float]]]:
    """Each level stretch of one arrow with each upright one of another."""
    level = [(min(x, to_x), max(x, to_x), y) for (x, y), (to_x, to_y) in pairwise(points) if y == to_y]
    upright = [(x, min(y, to_y), max(y, to_y)) for (x, y), (to_x, to_y) in pairwise(others) if x == to_x]
    return ((one, other) for one in level for other in upright)
