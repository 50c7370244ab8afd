"""The arrows between columns: out of a side, up or down a gutter, level through what stands between, and into a side.

Gutter g runs on the left of column g, the last one on the right of all. An arrow past columns goes through all of them at one
height, between their boxes or above or under them all, so that it turns four times at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.layout.geometry import Laid
from toc.diagram.layout.lines import Joint, Track, runs_of, tracked
from toc.diagram.layout.scene import SIDE_CEILING, TRACK, Net, Scene, Want
from toc.diagram.layout.shelves import BESIDE, Shelves
from toc.diagram.shapes import Area, Point
from toc.limits import in_time

CORNER: Final = 5.0  # from the corner of a box to the line nearest to it
APART: Final = (6.0, 5.0, 3.0, 1.6)  # between two level lines: the first that leaves room
CLEAR: Final = 3.0  # between the ends of two lines in one gutter
NEAR: Final = 11.0  # from a box to the upright line nearest to it: an arrow head and a little line
TURN: Final = 12.0  # what a bend costs, in points of length


class Reach(NamedTuple):
    """The gutter into which an arrow leaves its source, and from which it enters its target.

    It goes `ahead` to the right (1) or to the left (-1), or back to its own column (0).
    """

    leaves: int
    enters: int
    ahead: int

    @property
    def passed(self) -> range:
        """The columns between."""
        return range(min(self[:2]), max(self[:2]))

    @property
    def gutters(self) -> range:
        """The gutters that it is drawn in."""
        return range(min(self[:2]), max(self[:2]) + 1)


Side = tuple[int, int]  # a box, and the gutter on the side of it


class _Levels:
    """The heights of the level lines in each gutter."""

    def __init__(self) -> None:
        self.taken: dict[int, list[tuple[float, Net]]] = defaultdict(list)

    def take(self, gutters: Sequence[int], y: float, net: Net) -> None:
        """A line of a net runs here."""
        for gutter in gutters:
            self.taken[gutter].append((y, net))

    def others(self, gutters: Sequence[int], net: Net) -> list[float]:
        """Where lines of other nets run."""
        return [y for gutter in gutters for y, other in self.taken[gutter] if other != net]

    def free(self, gutters: Sequence[int], net: Net, wish: float, low: float, high: float) -> float | None:
        """The height nearest to the wish where no other line runs; none where all of them are taken."""
        others = [y for y in self.others(gutters, net) if low - APART[0] < y < high + APART[0]]
        for apart in APART:
            tries = [wish, *(y + side * apart for y in others for side in (-1, 1))]
            kept = [y for y in tries if low <= y <= high and all(abs(y - one) >= apart - 0.01 for one in others)]
            if kept:
                return min(kept, key=lambda y: (abs(y - wish), y))
        return None


class _Line(NamedTuple):
    """An arrow with the heights at which it leaves its source, runs past columns if it passes any, and enters its target."""

    want: Want
    reach: Reach
    leaves: float
    level: float
    enters: float

    @property
    def uprights(self) -> Iterator[tuple[int, float, float]]:
        """The gutters in which it goes up or down, from where to where."""
        if self.reach.passed:
            yield self.reach.leaves, self.leaves, self.level
            yield self.reach.enters, self.level, self.enters
        else:
            yield self.reach.leaves, self.leaves, self.enters


class _Gutters(NamedTuple):
    """Where each gutter begins, the last number being the width of it all; where its lines run; and the ceiling."""

    lefts: Sequence[float]
    rights: Sequence[float]
    tracks: Mapping[int, Sequence[Track]]
    ceiling: float | None

    def x(self, gutter: int, net: Net, y: float, to: float) -> float:
        """Where a line of a net runs in a gutter from one height to another."""
        low, high = min(y, to), max(y, to)
        found = next(
            one for one in self.tracks[gutter] if one.run.net == net and one.run.low <= low and high <= one.run.high
        )
        middle = (self.lefts[gutter] + self.rights[gutter]) / 2
        return middle + (found.track - (found.of - 1) / 2) * TRACK


def guttered(scene: Scene, shelves: Shelves, spare: float = 0.0) -> Laid:
    """Columns in points, with their arrows, as they stand before they are turned. `spare` is shared out among the gutters."""
    in_time()
    lines = _lines(scene, shelves)
    gutters = _across(scene, shelves, _tracks(lines), spare)
    wide = gutters.rights[-1]
    over = min([0.0, *(line.level - CORNER for line in lines)])
    foot = max([0.0, *shelves.foot.values(), *(line.level + CORNER for line in lines)])

    def turned(x: float, y: float) -> Point:
        return round(y - over, 2), round(wide - x, 2)

    areas: list[Area] = []
    for box in scene.boxes:
        x, width = _beside(shelves, gutters, box)
        areas.append((*turned(x + width, shelves.top[box]), shelves.foot[box] - shelves.top[box], width))
    points = [tuple(dict.fromkeys(turned(*point) for point in _points(shelves, gutters, line))) for line in lines]
    rows = [wide - gutters.lefts[number + 1] for number in reversed(range(len(shelves.columns)))]
    ceiling = wide - gutters.ceiling if gutters.ceiling is not None else None
    return Laid(areas, (), points, [*rows, wide], ceiling, foot - over, wide)


def _reach(shelves: Shelves, want: Want) -> Reach:
    here, there = shelves.column[want.source], shelves.column[want.target]
    if here == there:
        return Reach(here + 1, here + 1, 0)
    return Reach(here + 1, there, 1) if here < there else Reach(here, there + 1, -1)


def _lines(scene: Scene, shelves: Shelves) -> list[_Line]:
    """Every arrow with its heights: first those at the boxes, then those past columns, the shortest first."""
    reaches = [_reach(shelves, want) for want in scene.wants]
    levels = _Levels()
    ports = _ports(scene, shelves, reaches, levels)
    lines = [
        _Line(
            want,
            reach,
            ports[want.source, reach.leaves, want.net, False],
            0.0,
            ports[want.target, reach.enters, want.net, True],
        )
        for want, reach in zip(scene.wants, reaches, strict=True)
    ]
    together: dict[tuple[Net, Reach], list[_Line]] = defaultdict(list)
    for line in lines:
        if line.reach.passed:
            together[line.want.net, line.reach].append(line)
    found = {
        key: _level(shelves, levels, its)
        for key, its in sorted(together.items(), key=lambda one: len(one[0][1].passed))
    }
    return [line._replace(level=found.get((line.want.net, line.reach), line.enters)) for line in lines]


Port = tuple[int, int, Net, bool]  # a box, the gutter beside it, the net, and whether the line leads into the box


def _ports(scene: Scene, shelves: Shelves, reaches: Sequence[Reach], levels: _Levels) -> dict[Port, float]:
    """The height at which each net enters a box, and leaves it: as level with the other end as may be."""
    aims: dict[Port, list[float]] = defaultdict(list)
    entry: dict[Port, Port] = {}
    for want, reach in zip(scene.wants, reaches, strict=True):
        ends = (want.source, reach.leaves, want.net, False), (want.target, reach.enters, want.net, True)
        entry[ends[0]] = ends[1]
        for port in ends:
            aims[port].append(_facing(shelves, want.source, want.target))
    sides: dict[tuple[int, int], list[Port]] = defaultdict(list)
    for port in aims:
        sides[port[:2]].append(port)
    found: dict[Port, float] = {}

    def aim(port: Port) -> float:
        met = found.get(entry.get(port, port))
        return fsum(aims[port]) / len(aims[port]) if met is None else met

    # Where lines come in from most boxes stands first, so that those boxes can aim at it.
    for (box, gutter), ports in sorted(sides.items(), key=lambda side: -max(len(aims[port]) for port in side[1])):
        low, high = shelves.top[box] + CORNER, shelves.foot[box] - CORNER
        apart = min(APART[0], (high - low) / max(1, len(ports) - 1))
        for place, port in enumerate(sorted(ports, key=aim)):
            # Room is kept for the lines that follow, and where there is none left for this one, as little as they need.
            mosts = [max(low, high - (len(ports) - 1 - place) * room) for room in (apart, min(apart, APART[-1]))]
            tries = (levels.free((gutter,), port[2], min(max(aim(port), low), most), low, most) for most in mosts)
            free = next((y for y in tries if y is not None), None)
            found[port] = min(max(aim(port), low), mosts[0]) if free is None else free
            levels.take((gutter,), found[port], port[2])
            low = min(found[port] + apart, high)
    return found


def _facing(shelves: Shelves, one: int, other: int) -> float:
    """The height at which two boxes face one another, or else that half-way between them."""
    low, high = max(shelves.top[one], shelves.top[other]), min(shelves.foot[one], shelves.foot[other])
    return (low + high) / 2


def _level(shelves: Shelves, levels: _Levels, lines: Sequence[_Line]) -> float:
    """The height at which arrows of one net run past columns: between the boxes, or over or under all of them."""
    reach, net = lines[0].reach, lines[0].want.net
    walls = [
        (shelves.top[box] - CORNER, shelves.foot[box] + CORNER)
        for column in reach.passed
        for run in shelves.columns[column].runs
        for box in run
    ]
    others = levels.others(reach.gutters, net)
    ends = [line.leaves for line in lines], lines[0].enters

    def cost(y: float) -> tuple[float, float]:
        from_, to = ends
        length = fsum(abs(y - one) + TURN * (y != one) for one in from_) / len(from_) + abs(y - to) + TURN * (y != to)
        return length, y

    gaps = sorted(walls)
    middles = ((foot + top) / 2 for (_, foot), (top, _) in pairwise(gaps))
    tries = {*ends[0], ends[1], *middles, *(edge for wall in walls for edge in wall)}
    tries |= {y + side * APART[0] for y in others for side in (-1, 1)}
    for y in sorted(tries, key=cost):
        is_free = all(y <= top or y >= foot for top, foot in walls)
        if is_free and all(abs(y - one) >= APART[0] - 0.01 for one in others):
            levels.take(reach.gutters, y, net)
            return y
    raise AssertionError("over all boxes and all lines there is always room")


def _tracks(lines: Sequence[_Line]) -> dict[int, list[Track]]:
    """Where the lines of each gutter run beside one another."""
    pieces: dict[int, dict[Net, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    joints: dict[int, dict[Net, list[Joint]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        net, ahead = line.want.net, line.reach.ahead
        for gutter, y, to in line.uprights:
            if y != to:
                pieces[gutter][net].append((min(y, to), max(y, to)))
                joints[gutter][net] += [(y, -ahead or -1), (to, ahead or -1)]
    return {gutter: tracked(runs_of(its, joints[gutter]), CLEAR) for gutter, its in pieces.items()}


def _across(scene: Scene, shelves: Shelves, tracks: Mapping[int, Sequence[Track]], spare: float) -> _Gutters:
    """How wide each gutter is, and where the ceiling runs."""
    count = len(shelves.columns)
    lefts, rights, ceiling = [], [], None
    x = 0.0
    for gutter in range(count + 1):
        lines = max((one.of for one in tracks.get(gutter, ())), default=0)
        inner = 0 < gutter < count
        wide = 2 * NEAR + max(0, lines - 1) * TRACK if inner or lines else 0.0
        wide += spare / max(1, count - 1) if inner else 0.0
        lefts.append(x)
        rights.append(x + wide)
        x += wide
        if scene.ceiling is not None and gutter == count - scene.ceiling:
            ceiling = x + SIDE_CEILING / 2
            x += SIDE_CEILING
        x += shelves.columns[gutter].wide if gutter < count else 0.0
    return _Gutters(lefts, rights, tracks, ceiling)


def _beside(shelves: Shelves, gutters: _Gutters, box: int) -> tuple[float, float]:
    """Where a box begins from the left, and how wide it is."""
    number = shelves.column[box]
    column = shelves.columns[number]
    run = next(place for place, run in enumerate(column.runs) if box in run)
    x = gutters.lefts[number + 1] - column.wide
    return x + run * (column.width + BESIDE), column.width


def _points(shelves: Shelves, gutters: _Gutters, line: _Line) -> Iterator[Point]:
    """The corners of an arrow from its source to its target."""

    def side(box: int, gutter: int) -> float:
        left, wide = _beside(shelves, gutters, box)
        return left + wide if gutter > shelves.column[box] else left

    yield side(line.want.source, line.reach.leaves), line.leaves
    for gutter, y, to in line.uprights:
        if y != to:
            x = gutters.x(gutter, line.want.net, y, to)
            yield from ((x, y), (x, to))
    yield side(line.want.target, line.reach.enters), line.enters
