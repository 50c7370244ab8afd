"""Arrows as the connectors of office programs: ways of one to five straight pieces between two places of two boxes.

A box has four places to which a connector can be glued, the middles of its sides. The ends of a way move to the nearest
of them, its middle stays where it was laid out, so that the line still runs between the boxes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal, NamedTuple

from toc.diagram.shapes import Box, Point

Site = Literal[0, 1, 2, 3]  # top, left, bottom, right: the order in which office programs count them
MOST_PIECES: Final = 5
LEAST: Final = 0.5  # points: a way is not flatter than this, so that its corners can be given as shares of its size
DROP: Final = 9.0  # how far from a box a line turns that had no corner of its own
SAME: Final = 0.01


class Elbow(NamedTuple):
    """A connector: the sites it is glued to, its corners, and its shape as office programs write it.

    `left`, `top`, `width`, `height` is the box of the unturned shape, in points; `turn` is in degrees; `shares` are the
    places of its middle pieces, as shares of width and height in turn.
    """

    begin: Site
    end: Site
    points: tuple[Point, ...]
    left: float
    top: float
    width: float
    height: float
    turn: Literal[0, 90]
    flip_x: bool
    flip_y: bool
    shares: tuple[float, ...]


def elbow(source: Box, target: Box, points: tuple[Point, ...]) -> Elbow:
    """The connector for a way from one box to another."""
    begin, end = _site(source, points[0]), _site(target, points[-1])
    way = _glued(points, site_of(source, begin), site_of(target, end), begin, end)
    return _shaped(begin, end, way)


def site_of(box: Box, site: Site) -> Point:
    """The middle of a side of a box."""
    match site:
        case 0:
            return box.x + box.width / 2, box.y
        case 1:
            return box.x, box.y + box.height / 2
        case 2:
            return box.x + box.width / 2, box.y + box.height
        case 3:
            return box.x + box.width, box.y + box.height / 2


def _site(box: Box, point: Point) -> Site:
    """The side of a box on which a way ends."""
    x, y = point
    distances: dict[Site, float] = {
        0: abs(y - box.y),
        1: abs(x - box.x),
        2: abs(y - box.y - box.height),
        3: abs(x - box.x - box.width),
    }
    return min(distances, key=lambda site: distances[site])


def _glued(points: tuple[Point, ...], start: Point, stop: Point, begin: Site, end: Site) -> list[Point]:
    """The way with its ends moved to their sites, without pieces of no length."""
    way = [start, *points[1:-1], stop]
    if len(way) == 2:
        way = _bent(start, stop, begin, end)
    else:
        way[1] = _moved(way[1], start, upright=begin in (0, 2))
        way[-2] = _moved(way[-2], stop, upright=end in (0, 2))
    return _fewer(way)


def _bent(start: Point, stop: Point, begin: Site, end: Site) -> list[Point]:
    """A straight way whose ends no longer face each other gets a step beside its end."""
    (x, y), (to_x, to_y) = start, stop
    if abs(x - to_x) < SAME or abs(y - to_y) < SAME:
        return [start, stop]
    if begin in (0, 2):
        turn = to_y + (DROP if end == 2 else -DROP)
        return [start, (x, turn), (to_x, turn), stop]
    turn = to_x + (DROP if end == 3 else -DROP)
    return [start, (turn, y), (turn, to_y), stop]


def _moved(corner: Point, end: Point, *, upright: bool) -> Point:
    """A corner beside an end, so that the piece between them stays upright or level."""
    return (end[0], corner[1]) if upright else (corner[0], end[1])


def _fewer(way: list[Point]) -> list[Point]:
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


def _shaped(begin: Site, end: Site, way: list[Point]) -> Elbow:
    """The way as a shape that starts to the right in its own frame: turned by 90 degrees where it starts up or down."""
    (x, y), (to_x, to_y) = way[0], way[-1]
    upright = len(way) > 2 and abs(way[1][0] - x) < SAME
    across, along = max(abs(to_x - x), LEAST), max(abs(to_y - y), LEAST)
    width, height = (along, across) if upright else (across, along)
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    return Elbow(
        begin=begin,
        end=end,
        points=tuple(way),
        left=middle_x - width / 2,
        top=middle_y - height / 2,
        width=width,
        height=height,
        turn=90 if upright else 0,
        # Turned clockwise by 90 degrees, right becomes down and down becomes left.
        flip_x=to_y < y if upright else to_x < x,
        flip_y=to_x > x if upright else to_y < y,
        shares=tuple(_shares(way, upright=upright)),
    )


def _shares(way: list[Point], *, upright: bool) -> list[float]:
    """Where the middle pieces lie between start and end, the first along the way's first direction."""
    (x, y), (to_x, to_y) = way[0], way[-1]
    spans = (_signed(to_x - x), _signed(to_y - y))
    starts = (x, y)
    shares = []
    axis = 1 if upright else 0
    for corner, _ in pairwise(way[1:-1]):
        shares.append((corner[axis] - starts[axis]) / spans[axis])
        axis = 1 - axis
    return shares


def _signed(span: float) -> float:
    return span if abs(span) >= LEAST else (-LEAST if span < 0 else LEAST)
