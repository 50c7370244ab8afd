"""The outlines that every painter of ours draws: the ways of arrows with rounded corners, and the room beside a line of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toc.diagram.shapes import Arrow, Point, Role
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH
from toc.model.mappings import FrozenDict

CORNER: Final = 5.0  # radius of the corners of arrows, in points
HEAD: Final = 6.0  # length of an arrow head
HOLLOW_HEAD: Final = 7.5  # the line must not reach into it
INDENTS: Final[Mapping[Role, float]] = FrozenDict({"kpi": BULLET_WIDTH, "badge": ICON_WIDTH})


def knots(arrow: Arrow) -> list[Point]:
    """The painted way of an arrow as curves of Bézier: where it starts, then three points for each curve.

    Straight pieces are curves too; corners are rounded. It ends where the head begins, if there is one.
    """
    points = arrow.stem
    last, end = points[0], _before_head(arrow)
    found = [last]
    if len(points) > 2:
        for before, corner, after in zip(points, points[1:-1], [*points[2:-1], end], strict=False):
            into, out = _toward(corner, before), _toward(corner, after)
            found += (last, into, into, corner, corner, out)
            last = out
    found += (last, end, end)
    return found


def _before_head(arrow: Arrow) -> Point:
    (x, y), (tip_x, tip_y) = arrow.stem[-2:]
    length = abs(tip_x - x) + abs(tip_y - y)
    head = 0.0 if arrow.joins else HOLLOW_HEAD if arrow.across else HEAD
    back = min(head, length / 2) / length if length else 0.0
    return tip_x + (x - tip_x) * back, tip_y + (y - tip_y) * back


def _toward(corner: Point, other: Point) -> Point:
    """The point at the corner's radius, or half way, on the line to `other`."""
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(CORNER, length / 2) / length if length else 0.0
    return (
        round(corner[0] + (other[0] - corner[0]) * share, 2),
        round(corner[1] + (other[1] - corner[1]) * share, 2),
    )
