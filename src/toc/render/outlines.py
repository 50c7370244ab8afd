"""The outlines that every painter of ours draws: the ways of arrows with rounded corners, and the room beside a line of text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from toc.diagram.shapes import Arrow, Point, Role
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH
from toc.model.mappings import FrozenDict

CORNER: Final = 5.0  # radius of the corners of arrows, in points
HEAD: Final = 6.0  # length of an arrow head
HOLLOW_HEAD: Final = 7.5  # the line must not reach into it
INDENTS: Final[Mapping[Role, float]] = FrozenDict({"kpi": BULLET_WIDTH, "badge": ICON_WIDTH})


def bends(arrow: Arrow) -> tuple[list[tuple[Point, Point, Point]], Point]:
    """The corners of the painted way of an arrow, and where its line ends: at its head, if it has one.

    With each corner stands how far before it the curve around it begins, and how far behind it the curve ends.
    """
    points = [*arrow.stem[:-1], _before_head(arrow)]
    if len(points) == 2:
        return [], points[1]
    rooms = [
        (_room(next_x - x) if x != next_x else 0.0, _room(next_y - y) if y != next_y else 0.0)
        for (x, y), (next_x, next_y) in pairwise(points)
    ]
    return list(zip(points[1:], rooms, rooms[1:], strict=False)), points[-1]


def _room(length: float) -> float:
    """How much of a straight piece a curve at one of its ends takes: the radius, or half of the piece."""
    return CORNER if length > 2 * CORNER else -CORNER if length < -2 * CORNER else length / 2


def _before_head(arrow: Arrow) -> Point:
    (x, y), (tip_x, tip_y) = arrow.stem[-2:]
    length = abs(tip_x - x) + abs(tip_y - y)
    head = 0.0 if arrow.joins else HOLLOW_HEAD if arrow.across else HEAD
    back = min(head, length / 2) / length if length else 0.0
    return tip_x + (x - tip_x) * back, tip_y + (y - tip_y) * back
