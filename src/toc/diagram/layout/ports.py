"""At which height a line leaves its box, turns and ends, and which lines meet in each lane."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from toc.diagram.layout.extents import Known, Rows
from toc.diagram.layout.lines import Track, runs_of, tracked
from toc.diagram.layout.runs import stretches
from toc.diagram.layout.scene import TRACK, Net

HEAD: Final = 7.0  # from a row up to the lowest line in the channel over it
SIDE: Final = 6.0  # from the corner of a box to the line nearest to it
APART: Final = 5.0  # between lines out of the sides of boxes beside one another
CLEAR: Final = 3.0  # between the ends of two lines in one lane


def _channel_y(known: Known, rows: Rows, channel: int, net: Net, lane: int) -> float:
    """Where a net runs in a channel; the room for arrow heads stays free above."""
    tracks = known.channels[channel, net]
    found = next((one for one in tracks if one.run.low - 0.95 <= lane <= one.run.high + 0.95), tracks[0])
    return rows.tops[channel] - HEAD - (known.lines[channel] - 1 - found.track) * TRACK


def sides_of(known: Known, rows: Rows) -> dict[int, float]:
    """The height at which each way leaves the side of its box: none lies on another line of the gutter."""
    scene, field = known.scene, known.ways.field
    taken: dict[int, list[float]] = defaultdict(list)
    for (channel, net), tracks in known.channels.items():
        for run, *_ in tracks:
            y = _channel_y(known, rows, channel, net, int(run.low))
            for lane in range(int(run.low) - 1, int(run.high) + 2):
                insort(taken[lane], y)
    leaving: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (want, way) in enumerate(zip(scene.wants, known.ways.ways, strict=True)):
        if way.exit:
            leaving[field.ends(want)[0], way.exit].append(index)
    found: dict[int, float] = {}
    for (box, side), indices in sorted(leaving.items()):
        for number, index in enumerate(indices):
            way = known.ways.ways[index]
            low, high = rows.top[box] + SIDE, rows.top[box] + rows.height[box] - SIDE
            if not way.lanes:
                upper = field.ends(scene.wants[index])[1]
                low, high = max(low, rows.top[upper] + SIDE), min(high, rows.top[upper] + rows.height[upper] - SIDE)
            share = (number + 1) / (len(indices) + 1) if len(indices) > 1 else 0.5 + 0.1 * side * bool(way.lanes)
            gutter = field.first[box] + side
            passed = range(min(gutter, *way.lanes[:1], gutter), max(gutter, *way.lanes[:1], gutter) + 1)
            others = [y for lane in passed for y in _within(taken[lane], low - APART, high + APART)]
            found[index] = _free(low + (high - low) * share, low, high, others)
            for lane in passed:
                insort(taken[lane], found[index])
    return found


def _within(heights: Sequence[float], low: float, high: float) -> Sequence[float]:
    return heights[bisect_left(heights, low) : bisect_right(heights, high)]


def _free(wish: float, low: float, high: float, others: Sequence[float]) -> float:
    """The height nearest to the wish at which no other line runs."""
    tries = [wish, *(other + side * APART for other in others for side in (-1, 1))]
    free = [y for y in tries if low <= y <= high and all(abs(y - other) >= APART - 0.01 for other in others)]
    return min(free, key=lambda y: (abs(y - wish), y), default=wish)


def heights(known: Known, rows: Rows, sides: Mapping[int, float], index: int) -> list[float]:
    """The heights at which an arrow starts, turns and ends."""
    field, want, way = known.ways.field, known.scene.wants[index], known.ways.ways[index]
    lower, upper = field.ends(want)
    turns = [
        _channel_y(known, rows, channel, want.net, lane) for channel, lane in zip(way.channels, way.lanes, strict=False)
    ]
    end = rows.top[upper] + (rows.height[upper] if field.end[upper] <= field.row[lower] else 0.0)
    return [sides[index] if way.exit else rows.top[lower], *turns, end]


def uprights_of(known: Known, rows: Rows, sides: Mapping[int, float]) -> dict[int, list[Track]]:
    """The tracks of the lines in each lane, now that all heights are known."""
    arrows = enumerate(zip(known.scene.wants, known.ways.ways, strict=True))
    corners = ((want.net, way, heights(known, rows, sides, index)) for index, (want, way) in arrows if way.lanes)
    pieces, joints = stretches(corners)
    return {lane: tracked(runs_of(by_net, joints[lane]), CLEAR) for lane, by_net in pieces.items()}
