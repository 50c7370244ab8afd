"""Ways for the arrows: up the lanes and along the channels of the grid, through no box, and where they join."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal, NamedTuple

from toc.diagram.layout.grid import Cell, Grid
from toc.diagram.shapes import Point
from toc.limits import in_time

Trunk = Hashable
Side = Literal["top", "left", "right"]
Taken = Mapping[int, list[int]]  # by lane: the rows in which a box stands there, from the top
Sides = dict[int, tuple[set[Trunk], set[Trunk]]]  # by slot: the trunks left and right of it that lead straight up


class Wanted(NamedTuple):
    """An arrow to be routed. `trunk` is the same for arrows that may share their way."""

    source: str
    target: str
    trunk: Trunk


class Way(NamedTuple):
    """A way from the side of the lower box: lanes and channels in turn, ending in a lane under (or on top of) the other.

    `lanes[0]` is left by the first channel, and so on; there is one lane more than channels.
    """

    lower: str
    upper: str
    side: Side
    lanes: tuple[int, ...]
    channels: tuple[int, ...]
    level: bool = False  # both boxes stand in one row, so the way ends on top of the other


class Tracks(NamedTuple):
    """Which of its parallel lines a trunk takes in each lane and channel, and how many there are.

    `crossed` are the channels in which anything is drawn above or under a box.
    """

    lane_track: dict[tuple[int, Trunk], int]
    lane_count: dict[int, int]
    channel_track: dict[tuple[int, Trunk], int]
    channel_count: dict[int, int]
    crossed: frozenset[int]


def ways(grid: Grid, wanted: Sequence[Wanted]) -> list[Way]:
    """A way for each arrow, in the same order."""
    taken: Taken = defaultdict(list)
    for cell in sorted(grid.cells.values()):
        for lane in range(cell.first, cell.last + 1):
            taken[lane].append(cell.row)
    sides: Sides = {}
    return [_way(grid, taken, sides, arrow) for arrow in wanted]


def _way(grid: Grid, taken: Taken, sides: Sides, arrow: Wanted) -> Way:
    lower, upper = arrow.source, arrow.target
    if grid.cells[lower].row < grid.cells[upper].row:  # feedback: the same way, walked down
        lower, upper = upper, lower
    here, there = grid.cells[lower], grid.cells[upper]
    start, end = _facing(here, there)
    if here.first == here.last or there.first == there.last or start != end:
        start, end = _slot(grid, here, start), _slot(grid, there, end)
    if here.row == there.row:
        return Way(lower, upper, "top", (start, end), (here.row,), level=True)
    if _is_free(taken[start], there.row, here.row):
        return Way(lower, upper, "top", (start, end), (there.row + 1,))
    side = _side(sides, here, start, end, arrow.trunk)
    gutter = here.first - 1 if side == "left" else here.last + 1
    if _is_free(taken[gutter], there.row, here.row):
        return Way(lower, upper, side, (gutter, end), (there.row + 1,))
    return _around(grid, taken, Way(lower, upper, side, (gutter, end), (there.row + 1,)))


def _around(grid: Grid, taken: Taken, way: Way) -> Way:
    """A way past a bar that covers the gutter: up to it, along to the nearest free outer lane, and up there."""
    here, there = grid.cells[way.lower], grid.cells[way.upper]
    gutter, end = way.lanes
    bar = taken[gutter][bisect_left(taken[gutter], here.row) - 1]
    outer = range(0, grid.lanes, grid.pitch)
    free = [lane for lane in outer if _is_free(taken[lane], there.row, bar + 1)]
    lane = min(free, key=lambda lane: (abs(lane - gutter) + abs(lane - end), lane))
    return way._replace(lanes=(gutter, lane, end), channels=(bar + 1, there.row + 1))


def _is_free(rows: Sequence[int], above: int, below: int) -> bool:
    """Whether none of the rows lies between two others."""
    place = bisect_right(rows, above)
    return place == len(rows) or rows[place] >= below


def _facing(here: Cell, there: Cell) -> tuple[int, int]:
    """The lanes of two boxes that are nearest to one another: straight above one another if that can be."""
    first, last = max(here.first, there.first), min(here.last, there.last)
    if first <= last:
        middle = min(max((here.first + here.last) // 2, first), last)
        return middle, middle
    return (here.last, there.first) if here.last < there.first else (here.first, there.last)


def _slot(grid: Grid, cell: Cell, lane: int) -> int:
    """The slot of a box next to a lane of it."""
    if grid.is_slot(lane):
        return lane
    return lane + 1 if lane + 1 <= cell.last and grid.is_slot(lane + 1) else lane - 1


def _side(sides: Sides, here: Cell, start: int, end: int, trunk: Trunk) -> Side:
    """Leave on the side of the target; for a target straight above, on the side that fewer trunks have taken."""
    if end != start:
        return "left" if end < start else "right"
    left, right = sides.setdefault(here.first, (set(), set()))
    if trunk in right or (trunk not in left and len(right) < len(left)):
        right.add(trunk)
        return "right"
    left.add(trunk)
    return "left"


def tracks(grid: Grid, wanted: Sequence[Wanted], found: Sequence[Way]) -> Tracks:
    """Lines side by side for trunks that meet in a lane or a channel."""
    lanes: dict[int, dict[Trunk, list[int]]] = defaultdict(dict)
    channels: dict[int, dict[Trunk, list[int]]] = defaultdict(dict)
    crossed: set[int] = set()
    for arrow, way in zip(wanted, found, strict=True):
        in_time()
        for lane, low, high in _verticals(grid, way):
            _stretch(lanes[lane], arrow.trunk, low, high)
        crossed.update(way.channels[:1] if way.side == "top" else (), way.channels[-1:])
        for channel, low, high in _horizontals(way):
            _stretch(channels[channel], arrow.trunk, low, high)
    lane_track, lane_count = _numbered(lanes)
    channel_track, channel_count = _numbered(channels)
    return Tracks(lane_track, lane_count, channel_track, channel_count, frozenset(crossed))


def _verticals(grid: Grid, way: Way) -> list[tuple[int, int, int]]:
    """Lane, top and bottom of each part of a way that runs up; channel c counts 2c and row r counts 2r + 1."""
    bottom = 2 * grid.cells[way.lower].row + (way.side != "top")
    parts = []
    for lane, channel in zip(way.lanes, way.channels, strict=False):
        parts.append((lane, 2 * channel, bottom))
        bottom = 2 * channel
    parts.append((way.lanes[-1], bottom, bottom))
    return parts


def _horizontals(way: Way) -> list[tuple[int, int, int]]:
    """Channel, leftmost and rightmost lane of each part of a way that runs along."""
    parts = []
    for channel, lane, following in zip(way.channels, way.lanes[:-1], way.lanes[1:], strict=True):
        if lane != following:
            parts.append((channel, min(lane, following), max(lane, following)))
    return parts


def _stretch(spans: dict[Trunk, list[int]], trunk: Trunk, low: int, high: int) -> None:
    span = spans.setdefault(trunk, [low, high])
    span[0] = min(span[0], low)
    span[1] = max(span[1], high)


def _numbered(
    spans: dict[int, dict[Trunk, list[int]]],
) -> tuple[dict[tuple[int, Trunk], int], dict[int, int]]:
    """A line for each trunk so that those on one line never touch: first come, first served, from the low end."""
    track: dict[tuple[int, Trunk], int] = {}
    count: dict[int, int] = {}
    for place, trunks in spans.items():
        busy: list[tuple[int, int]] = []  # where each line in use ends
        free: list[int] = []
        for trunk, (low, high) in sorted(trunks.items(), key=lambda item: (item[1][0], -item[1][1])):
            while busy and busy[0][0] < low:
                heappush(free, heappop(busy)[1])
            line = heappop(free) if free else len(busy)
            heappush(busy, (high, line))
            track[place, trunk] = line
            count[place] = max(count.get(place, 0), line + 1)
    return track, count


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


def stems(arrows: Iterable[tuple[Trunk, Sequence[Point]]]) -> Iterator[tuple[Point, ...]]:
    """The part of each way that is its own: all of the first on a trunk, the others as far as where they join it.

    >>> trunk = [(0, 90), (0, 50), (20, 50), (20, 0)]
    >>> list(stems([("a", trunk), ("a", [(40, 90), (40, 50), (20, 50), (20, 0)])]))[1]
    ((40, 90), (40, 50), (20, 50))
    """
    upright: dict[Trunk, Painted] = defaultdict(Painted)
    level: dict[Trunk, Painted] = defaultdict(Painted)
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
