"""Where arrows join and cross: those that share their way are painted as far as where they join."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from toc.diagram.layout.scene import Net
from toc.diagram.shapes import Point
from toc.limits import in_time


class Painted:
    """The lines of one trunk that run one way: where each stands, and from where to where it is painted."""

    __slots__ = ("lines", "places")

    def __init__(self) -> None:
        # Lines that touch are one line, so at each place both their beginnings and their ends rise.
        self.lines: dict[float, tuple[list[float], list[float]]] = {}
        self.places: list[float] = []

    def add(self, at: float, low: float, high: float) -> None:
        """Paint one more line."""
        if at not in self.lines:
            insort(self.places, at)
            self.lines[at] = [low], [high]
            return
        begins, ends = self.lines[at]
        first, after = bisect_left(ends, low), bisect_right(begins, high)
        if first < after:
            low, high = min(low, begins[first]), max(high, ends[after - 1])
        begins[first:after], ends[first:after] = [low], [high]

    def along(self, at: float, start: float, end: float) -> float | None:
        """The first place on the way from `start` to `end`, along the lines at `at`, that is painted."""
        if at not in self.lines:
            return None
        begins, ends = self.lines[at]
        low, high = (start, end) if start <= end else (end, start)
        first, after = bisect_left(ends, low), bisect_right(begins, high)
        if first == after:
            return None
        return max(low, begins[first]) if start == low else min(high, ends[after - 1])

    def across(self, at: float, start: float, end: float) -> float | None:
        """The first place on the way from `start` to `end` at which a line crosses it."""
        places, lines = self.places, self.lines
        if start <= end:
            on_the_way = range(bisect_left(places, start), bisect_right(places, end))
        else:
            on_the_way = range(bisect_right(places, start) - 1, bisect_left(places, end) - 1, -1)
        for index in on_the_way:
            begins, ends = lines[places[index]]
            first = bisect_left(ends, at)
            if first < len(ends) and begins[first] <= at:
                return places[index]
        return None


def stems(arrows: Iterable[tuple[Net, Sequence[Point]]]) -> Iterator[tuple[Point, ...]]:
    """The part of each way that is its own: all of the first on a trunk, the others as far as where they join it.

    >>> trunk = [(0, 90), (0, 50), (20, 50), (20, 0)]
    >>> list(stems([("a", trunk), ("a", [(40, 90), (40, 50), (20, 50), (20, 0)])]))[1]
    ((40, 90), (40, 50), (20, 50))
    """
    upright: dict[Net, Painted] = defaultdict(Painted)
    level: dict[Net, Painted] = defaultdict(Painted)
    for trunk, points in arrows:
        in_time()
        stem = _stem(points, upright[trunk], level[trunk])
        # A short line out of the side of a box leads nowhere that another could join.
        for (x, y), (to_x, to_y) in pairwise(stem[1:] if stem[0][1] == stem[1][1] else stem):
            painted, at, one, other = (upright[trunk], x, y, to_y) if x == to_x else (level[trunk], y, x, to_x)
            painted.add(at, min(one, other), max(one, other))
        yield stem


def _stem(points: Sequence[Point], upright: Painted, level: Painted) -> tuple[Point, ...]:
    stem = [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        if x == to_x:
            met = _nearest(y, upright.along(x, y, to_y), level.across(x, y, to_y))
            joint = None if met is None else (x, met)
        else:
            met = _nearest(x, level.along(y, x, to_x), upright.across(y, x, to_x))
            joint = None if met is None else (met, y)
        if joint is not None and joint != stem[0]:
            return (*stem, joint) if joint != stem[-1] else tuple(stem)
        stem.append((to_x, to_y))
    return tuple(points)


def _nearest(start: float, one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one if abs(one - start) <= abs(other - start) else other


def crossings(arrows: Sequence[Sequence[Point]]) -> set[tuple[int, int]]:
    """The pairs of arrows, by their numbers, of which a level part crosses an upright one.

    >>> crossings([[(0, 5), (9, 5)], [(4, 9), (4, 0)], [(5, 5), (5, 0)]])
    {(0, 1)}
    """
    level, upright = [], []
    for number, points in enumerate(arrows):
        for (x, y), (to_x, to_y) in pairwise(points):
            if y == to_y:
                level.append((y, min(x, to_x), max(x, to_x), number))
            else:
                upright.append((x, min(y, to_y), max(y, to_y), number))
    return {
        (min(one, other), max(one, other))
        for y, left, right, one in level
        for x, top, foot, other in upright
        if left < x < right and top < y < foot and one != other
    }
