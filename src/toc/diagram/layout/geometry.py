"""From ways to points: where every box and every line stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from toc.diagram.layout.extents import Known, Lanes, Rows, across, down, edges_of
from toc.diagram.layout.lines import Track
from toc.diagram.layout.ports import heights, sides_of, uprights_of
from toc.diagram.layout.runs import Stretch, by_channel, channels_of, level_gutters, used_channels
from toc.diagram.layout.scene import TRACK, Net, Places, Scene
from toc.diagram.layout.stacking import Stack
from toc.diagram.layout.ways import Ways
from toc.diagram.shapes import Area, Point


class Laid(NamedTuple):
    """Where everything stands, from the upper left corner of the first row.

    `areas` are those of the boxes, `panels` the left and the right edge of each column, `points` the corners of each arrow
    from its source to its target, `rows` the top of each row and of what follows the last.
    """

    areas: Sequence[Area]
    panels: Sequence[tuple[float, float]]
    points: Sequence[tuple[Point, ...]]
    rows: Sequence[float]
    ceiling: float | None
    wide: float
    foot: float


def laid(scene: Scene, places: Places, stack: Stack, found: Ways, spare: Point = (0.0, 0.0)) -> Laid:
    """Places in points. `spare` is room across and down that is shared out among the gutters and the channels."""
    channels = dict(channels_of(found, scene))
    lines = {channel: max(one.of for one in tracks) for channel, tracks in by_channel(channels).items()}
    known = Known(scene, places, stack, found, channels, lines, frozenset(used_channels(scene, found)), spare)
    gutters: dict[int, float] = {}
    # How wide a gutter is depends on its lines, what lines meet there on how high boxes are, and how high bars are on
    # how wide the drawing is: going through it twice settles it.
    for _ in range(2):
        lanes = across(known, gutters)
        rows = down(known, lanes)
        sides = sides_of(known, rows)
        uprights = uprights_of(known, rows, sides)
        gutters = {lane: max(one.of for one in tracks) * TRACK for lane, tracks in uprights.items()}
        for lane, room in level_gutters(scene, found):
            gutters[lane] = max(gutters.get(lane, 0.0), room - TRACK)
    lanes = across(known, gutters)
    rows = down(known, lanes)
    sides = sides_of(known, rows)
    xs = _placed(lanes, uprights_of(known, rows, sides), _narrowest(known))
    areas = [_area(known, lanes, rows, box) for box in range(len(scene.column))]
    points = [_points(known, areas, xs, heights(known, rows, sides, index), index) for index in range(len(scene.wants))]
    return Laid(areas, lanes.panels, points, rows.tops, rows.ceiling, lanes.wide, rows.foot)


def _placed(
    lanes: Lanes, uprights: Mapping[int, Sequence[Track]], narrow: Mapping[int, float]
) -> dict[tuple[int, Net], list[Stretch]]:
    """From where to where each net runs in each lane, and at which x: spread over a slot, close together in a gutter."""
    found: dict[tuple[int, Net], list[Stretch]] = defaultdict(list)
    for lane, tracks in uprights.items():
        left, right = lanes.lefts[lane], lanes.lefts[lane + 1]
        if lane % 2 and lane in narrow:  # boxes of different widths in the middle of one slot
            left, right = (left + right - narrow[lane]) / 2, (left + right + narrow[lane]) / 2
        for run, track, of in tracks:
            x = (
                left + (right - left) * (track + 1) / (of + 1)
                if lane % 2
                else (left + right) / 2 + (track - (of - 1) / 2) * TRACK
            )
            found[lane, run.net].append((run.low, run.high, x))
    return found


def _narrowest(known: Known) -> dict[int, float]:
    """How wide the narrowest box of each slot is, where they differ."""
    found: dict[int, float] = {}
    for box in known.scene.boxes if known.scene.turned else ():
        lane, wide = known.ways.field.first[box], known.scene.high(box, known.places.width)
        found[lane] = min(found.get(lane, wide), wide)
    return found


def _area(known: Known, lanes: Lanes, rows: Rows, box: int) -> Area:
    scene = known.scene
    if scene.column[box] < 0:
        left, right = edges_of(known, lanes, box)
        return left, rows.top[box], right - left, rows.height[box]
    lane = known.ways.field.first[box]
    left, right = lanes.lefts[lane], lanes.lefts[lane + 1]
    wide = scene.high(box, known.places.width) if scene.turned else right - left
    return (left + right - wide) / 2, rows.top[box], wide, rows.height[box]


def _points(
    known: Known,
    areas: Sequence[Area],
    xs: Mapping[tuple[int, Net], Sequence[Stretch]],
    at: Sequence[float],
    index: int,
) -> tuple[Point, ...]:
    """The corners of an arrow from its source to its target; `at` are the heights at which it starts, turns and ends."""
    want, way = known.scene.wants[index], known.ways.ways[index]
    lower, upper = known.ways.field.ends(want)
    left, _, wide, _ = areas[lower]
    corners = [(left + wide if way.exit > 0 else left, at[0])] if way.exit else []
    if not way.lanes:
        over, _, over_wide, _ = areas[upper]
        corners.append((over if way.exit > 0 else over + over_wide, at[0]))
    for lane, (y, to) in zip(way.lanes, pairwise(at), strict=bool(way.lanes)):
        x = next(x for low, high, x in xs[lane, want.net] if low <= min(y, to) and max(y, to) <= high)
        corners += [(x, y), (x, to)]
    rounded = dict.fromkeys((round(x, 2), round(y, 2)) for x, y in corners)
    return tuple(rounded) if want.source == lower else tuple(reversed(rounded))
