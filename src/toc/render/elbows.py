"""Arrows as the connectors of office programs: ways of one to five straight pieces, turned and flipped, with shares.

Such a program knows where a connector begins and ends and the places of its middle pieces, and bends it by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from toc.diagram.shapes import Point

MOST_PIECES: Final = 5
LEAST: Final = 0.5  # points: a way is not flatter than this, so that its corners can be given as shares of its size
SAME: Final = 0.01


class Elbow(NamedTuple):
    """A connector: its corners, and its shape as office programs write it.

    `left`, `top`, `width`, `height` is the box of the unturned shape, in points; `turn` is in degrees; `shares` are the
    places of its middle pieces, as shares of width and height in turn.
    """

    points: tuple[Point, ...]
    left: float
    top: float
    width: float
    height: float
    turn: Literal[0, 90]
    flip_x: bool
    flip_y: bool
    shares: tuple[float, ...]


def elbow(points: Sequence[Point]) -> Elbow:
    """The connector for a way."""
    way = _fewer(points)
    (x, y), (to_x, to_y) = way[0], way[-1]
    upright = len(way) > 2 and abs(way[1][0] - x) < SAME
    across, along = max(abs(to_x - x), LEAST), max(abs(to_y - y), LEAST)
    width, height = (along, across) if upright else (across, along)
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    return Elbow(
        points=tuple(way),
        left=middle_x - width / 2,
        top=middle_y - height / 2,
        width=width,
        height=height,
        turn=90 if upright else 0,
        # Turned clockwise by 90 degrees, right becomes down and down becomes left: a shape that starts to the right.
        flip_x=to_y < y if upright else to_x < x,
        flip_y=to_x > x if upright else to_y < y,
        shares=tuple(_shares(way, upright=upright)),
    )


def _fewer(way: Sequence[Point]) -> list[Point]:
    """The way without doubled places and without corners on a straight line, of at most five pieces."""
    found = [way[0]]
    for point in way[1:]:
        if abs(point[0] - found[-1][0]) < SAME and abs(point[1] - found[-1][1]) < SAME:
            continue
        if len(found) > 1 and _in_line(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    while len(found) - 1 > MOST_PIECES:  # leave out one step in the middle
        middle = len(found) // 2
        (x, _), (_, y) = found[middle - 1], found[middle + 1]
        corner = (x, y) if abs(found[middle - 2][0] - x) < SAME else (found[middle + 1][0], found[middle - 1][1])
        found[middle - 1 : middle + 2] = [corner]
    return found


def _in_line(one: Point, middle: Point, other: Point) -> bool:
    return any(abs(one[axis] - middle[axis]) < SAME and abs(middle[axis] - other[axis]) < SAME for axis in (0, 1))


def _shares(way: list[Point], *, upright: bool) -> list[float]:
    """Where the middle pieces lie between start and end, the first along the way's first direction."""
    (x, y), (to_x, to_y) = way[0], way[-1]
    # A turned shape counts to the left where it is not flipped, as it is not where its ends stand over each other.
    spans = (_signed(to_x - x, -LEAST if upright else LEAST), _signed(to_y - y, LEAST))
    starts = (x, y)
    shares = []
    axis = 1 if upright else 0
    for corner, _ in pairwise(way[1:-1]):
        shares.append((corner[axis] - starts[axis]) / spans[axis])
        axis = 1 - axis
    return shares


def _signed(span: float, flat: float) -> float:
    """A span that is not too small to give shares of it; `flat` where it is none."""
    return span if abs(span) >= LEAST else (-LEAST if span < 0 else LEAST if span > 0 else flat)
