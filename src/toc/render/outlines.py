"""Outlines in points, whoever paints them: ways of arrows with rounded corners, their heads, the icons of badges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import fsum, hypot
from typing import Final

from toc.diagram.looks.themes import Stroke
from toc.diagram.shapes import Arrow, Badge, Point, Role
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH
from toc.model.mappings import FrozenDict

CORNER: Final = 5.0  # radius of the corners of arrows, in points
HEAD: Final = 6.0  # length of an arrow head
HOLLOW_HEAD: Final = 7.5  # the line must not reach into it
DASH: Final = 2.0  # of a weak line, and the gap behind it
FEWEST: Final = 4  # dashes of a line
EDGE: Final = 0.01  # as near as that is at the end
INDENTS: Final[Mapping[Role, float]] = FrozenDict({"kpi": BULLET_WIDTH, "badge": ICON_WIDTH})


# Corners from the middle of a badge, as shares of half its side; a badge without corners is a circle.
ICONS: Final[Mapping[Badge, tuple[Point, ...]]] = FrozenDict(
    {
        "redesign": ((0, 1), (1, -0.5), (-1, -0.5)),
        "learning": ((0, -1), (-1, 0), (0, 1), (1, 0)),
        "attainment": ((0, -1), (-1, 0.5), (1, 0.5)),
        "uptake": ((1, -1), (-1, -1), (-1, 1), (1, 1)),
        "comparison": ((1, 0), (0.5, -1), (-0.5, -1), (-1, 0), (-0.5, 1), (0.5, 1)),
    }
)
RING: Final = Stroke("solid", 1.3)  # the sign of what is not known
NORMAL, OPEN, BAR = 2.1, 2.7, 5.0  # half of the width of each kind of head


def bends(arrow: Arrow) -> tuple[list[tuple[Point, Point, Point]], Point]:
    """The corners of the painted way of an arrow, and where its line ends: at its head, if it has one.

    With each corner stands how far before it the curve around it begins, and how far behind it the curve ends.
    """
    points = [*arrow.stem[:-1], _before_head(arrow)]
    if len(points) == 2:
        return [], points[1]
    rooms = []
    for (x, y), (next_x, next_y) in pairwise(points):
        by_x, by_y = (next_x - x) / 2, (next_y - y) / 2  # a curve takes half of a straight piece at most
        by_x = CORNER if by_x > CORNER else max(by_x, -CORNER)
        rooms.append((by_x, CORNER if by_y > CORNER else max(by_y, -CORNER)))
    return list(zip(points[1:], rooms, rooms[1:], strict=False)), points[-1]


def dash(arrow: Arrow) -> float:
    """How long each dash of a weak line is, and each gap: however short the line, it has four."""
    points = [*arrow.stem[:-1], _before_head(arrow)]
    length = fsum(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(points))
    return min(DASH, length / (2 * FEWEST - 1)) or DASH


def dashes(arrow: Arrow) -> Iterator[list[Point]]:
    """The corners of each dash of a weak line, from the start of the arrow to its head."""
    points = [*arrow.stem[:-1], _before_head(arrow)]
    step = dash(arrow)
    room, drawn, found = step, True, [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        length = abs(to_x - x) + abs(to_y - y)
        done = 0.0
        while length - done > room + EDGE:
            done += room
            corner = (x + (to_x - x) * done / length, y + (to_y - y) * done / length)
            if drawn:
                yield [*found, corner]
            room, drawn, found = step, not drawn, [corner]
        room -= length - done
        found.append((to_x, to_y))
    if drawn:
        yield found


def _before_head(arrow: Arrow) -> Point:
    (x, y), (tip_x, tip_y) = arrow.stem[-2:]
    length = abs(tip_x - x) + abs(tip_y - y)
    head = 0.0 if arrow.joins else HOLLOW_HEAD if arrow.is_hollow else HEAD
    back = min(head, length / 2) / length if length else 0.0
    return tip_x + (x - tip_x) * back, tip_y + (y - tip_y) * back


def head(arrow: Arrow, width: float, back: Point) -> Iterator[tuple[str, list[Point]]]:
    """The head, by its elements and their corners, seen from its tip; `back` is the direction it came from.

    Its very tip lies at the end of the way, as a stroke reaches beyond the corner that it is drawn around.
    """

    def corners(*places: Point) -> list[Point]:
        """Places by how far they lie behind the tip, and how far beside the way."""
        return [(back[0] * far - back[1] * by, back[1] * far + back[0] * by) for far, by in places]

    if arrow.negative:
        yield "polygon", corners((1, BAR), (1, -BAR), (3, -BAR), (3, BAR))
        yield "polyline", corners((0, 0), (HOLLOW_HEAD if arrow.is_hollow else HEAD, 0))
        return
    half = OPEN if arrow.is_open else NORMAL
    tip = width / 2 * hypot(half, HEAD) / half
    base = tip + HEAD
    notch = ((HEAD / 2, 0.0), (base, 0.0), (HEAD / 2, 0.0)) if arrow.is_open else ()
    yield "polygon", corners((tip, 0), (base, half), *notch, (base, -half))
