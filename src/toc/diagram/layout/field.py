"""Where boxes stand and what they bar, as the ways of the arrows see it; and a way, with the straight parts it is made of.

Lanes are numbered from the left: gutters are even, slots odd, so that slot s is lane 2s + 1. Along a lane everything has
one number: the channel above row r counts 4r, the top of a box in that row 4r + 1, its sides 4r + 2, its foot 4r + 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from toc.diagram.layout.scene import Places, Scene, Want
from toc.diagram.layout.stacking import Stack


class Way(NamedTuple):
    """A way from the lower box of an arrow: out of its top or a side, by lanes and channels in turn, into the upper box.

    `lanes[0]` is left by `channels[0]`, and so on; there is one lane more than channels. A level way has no lanes.
    """

    exit: int  # 0 through the top, -1 on the left, 1 on the right
    lanes: tuple[int, ...]
    channels: tuple[int, ...]

    @property
    def bends(self) -> int:
        """How often it turns."""
        return 2 * len(self.channels) + bool(self.exit and self.lanes)


UPRIGHT, LEVEL = True, False
# A straight part of a way, a plain tuple because there are hundreds of thousands in a search: whether it is upright, its lane
# (or its channel by number), from where to where, and to which side the way goes on at the two: -1 to the left or up, 1 to the
# right or down, 0 nowhere.
Part = tuple[bool, int, int, int, int, int]


class Field(NamedTuple):
    """Where boxes stand, as the ways see it: rows are counted from the first goals.

    For each box `first` and `last` are the lanes that it covers, `row` and `end` its first row and the one after its last.
    """

    first: Sequence[int]
    last: Sequence[int]
    row: Sequence[int]
    end: Sequence[int]
    rows: int
    lanes: int
    walls: Sequence[set[int]]  # by lane: the rows that boxes stand in
    barred: Sequence[set[int]]  # by channel: the lanes where a box stands across it
    between: Sequence[int]  # the lanes beside the columns
    closed: frozenset[int]  # boxes packed under others, which can only be left by their sides
    bars: int  # how many boxes are bars, which come first and fill their panels, so that no way leaves their sides

    def ends(self, want: Want) -> tuple[int, int]:
        """The lower box of an arrow and the upper one."""
        source, target = want.source, want.target
        return (target, source) if self.row[source] < self.row[target] else (source, target)


def field_of(scene: Scene, places: Places, stack: Stack) -> Field:
    """Where boxes stand and what they bar."""
    count, lanes = len(scene.column), 2 * sum(places.slots) + 1
    first, last, row, end = [0] * count, [0] * count, [0] * count, [0] * count
    for at, bars in enumerate(scene.goals):
        edges = _edges(lanes, len(bars))
        for index, bar in enumerate(bars):
            first[bar], last[bar] = edges[index] + (index > 0), edges[index + 1] - (index + 1 < len(bars))
            if at:  # beside lower goals a way is free to upper ones
                first[bar], last[bar] = max(first[bar], 1), min(last[bar], lanes - 2)
            row[bar], end[bar] = at, at + 1
    top = len(scene.goals)
    between = [2 * slots for slots in accumulate(places.slots, initial=0)]
    for head, left, right in zip(scene.heads, between, between[1:], strict=False):
        if head >= 0:
            first[head], last[head], row[head], end[head] = left + 1, right - 1, top, top + 1
    top += any(head >= 0 for head in scene.heads)
    rows = top
    for box in scene.boxes:
        first[box] = last[box] = 2 * places.slot[box] + 1
        row[box], end[box] = top + stack.row[box], top + stack.end[box]
        rows = max(rows, end[box])
    walls: list[set[int]] = [set() for _ in range(lanes)]
    barred: list[set[int]] = [set() for _ in range(rows + 1)]
    for box in range(count):
        for lane in range(first[box], last[box] + 1):
            walls[lane].update(range(row[box], end[box]))
            for channel in range(row[box] + 1, end[box]):
                barred[channel].add(lane)
    closed = frozenset(box for box in stack.packed if stack.row[box] > stack.shared)
    return Field(first, last, row, end, rows, lanes, walls, barred, between, closed, scene.boxes.start)


def _edges(lanes: int, bars: int) -> list[int]:
    """The gutters between which bars over all lanes stand, each over one slot at least."""
    return [2 * (index * (lanes // 2) // bars) for index in range(bars)] + [lanes - 1]


def parts(field: Field, way: Way, lower: int, upper: int) -> list[Part]:
    """The straight parts of a way."""
    leaves, lanes, channels = way
    at = 4 * field.row[lower] + 1
    found: list[Part] = []
    came = 0  # the side from which the lane is reached
    if leaves:
        at += 1
        here = field.first[lower]
        to = lanes[0] if lanes else here + 2 * leaves
        up = -1 if lanes else 0
        found.append((LEVEL, at, here, to, 0, up) if here < to else (LEVEL, at, to, here, up, 0))
        if not lanes:
            return found
        came = -leaves
    lane = lanes[0]
    for index, channel in enumerate(channels):
        to, beyond = 4 * channel, lanes[index + 1]
        goes = 1 if beyond > lane else -1
        found.append(_upright(lane, at, to, came, goes))
        found.append((LEVEL, to, lane, beyond, 1, -1) if lane < beyond else (LEVEL, to, beyond, lane, -1, 1))
        came, lane, at = -goes, beyond, to
    over = field.end[upper] > field.row[lower]
    found.append(_upright(lane, at, 4 * field.row[upper] + 1 if over else 4 * field.end[upper] - 1, came, 0))
    return found


def _upright(lane: int, at: int, to: int, came: int, goes: int) -> Part:
    return (UPRIGHT, lane, to, at, goes, came) if to < at else (UPRIGHT, lane, at, to, came, goes)
