"""From ways to points: how wide each lane and how high each channel is, and so where everything stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from toc.diagram.layout.lines import Joint, Track, runs_of, tracked
from toc.diagram.layout.scene import (
    BETWEEN,
    CEILING,
    CHANNEL,
    GUTTER,
    OUTER,
    QUIET,
    SIDE_CEILING,
    SIDE_CHANNEL,
    TRACK,
    Net,
    Places,
    Scene,
)
from toc.diagram.layout.stacking import Stack, raised, widths_of
from toc.diagram.layout.ways import Way, Ways
from toc.diagram.shapes import Area, Point

HEAD: Final = 7.0  # from a row up to the lowest line in the channel over it
CEILING_DROP: Final = 12.0  # from the foot of the goals to the line
SIDE: Final = 6.0  # from the corner of a box to the line nearest to it
APART: Final = 5.0  # between lines out of the sides of boxes beside one another
CLEAR: Final = 3.0  # between the ends of two lines in one lane


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


class _Lanes(NamedTuple):
    """From where to where each lane and each panel reaches."""

    lefts: Sequence[float]
    panels: Sequence[tuple[float, float]]
    rooms: Mapping[int, float]  # of the lines in each gutter

    @property
    def wide(self) -> float:
        return self.lefts[-1]


class _Rows(NamedTuple):
    """The top and the height of each box, and the tops of the rows by number."""

    top: Sequence[float]
    height: Sequence[float]
    tops: Sequence[float]
    ceiling: float | None
    foot: float


class _Plan(NamedTuple):
    """What is known before any length: all that the steps below read. `spare` is room to be given to gutters and channels."""

    scene: Scene
    places: Places
    stack: Stack
    ways: Ways
    channels: Mapping[tuple[int, Net], Sequence[Track]]
    lines: Mapping[int, int]  # how many tracks each channel has
    used: frozenset[int]  # the channels in which anything is drawn
    spare: Point


def laid(scene: Scene, places: Places, stack: Stack, found: Ways, spare: Point = (0.0, 0.0)) -> Laid:
    """Places in points. `spare` is room across and down that is shared out among the gutters and the channels."""
    channels = dict(_channels(found, scene))
    lines = {channel: max(one.of for one in tracks) for channel, tracks in _by_channel(channels).items()}
    plan = _Plan(scene, places, stack, found, channels, lines, frozenset(_used(scene, found)), spare)
    gutters: dict[int, float] = {}
    # How wide a gutter is depends on its lines, what lines meet there on how high boxes are, and how high bars are on
    # how wide the drawing is: going through it twice settles it.
    for _ in range(2):
        lanes = _across(plan, gutters)
        rows = _down(plan, lanes)
        sides = _sides(plan, rows)
        uprights = _uprights(plan, rows, sides)
        gutters = {lane: max(one.of for one in tracks) * TRACK for lane, tracks in uprights.items()}
        for lane, room in _level(scene, found):
            gutters[lane] = max(gutters.get(lane, 0.0), room - TRACK)
    lanes = _across(plan, gutters)
    rows = _down(plan, lanes)
    sides = _sides(plan, rows)
    xs = _placed(lanes, _uprights(plan, rows, sides), _narrowest(plan))
    areas = [_area(plan, lanes, rows, box) for box in range(len(scene.column))]
    points = [_points(plan, areas, xs, _heights(plan, rows, sides, index), index) for index in range(len(scene.wants))]
    return Laid(areas, lanes.panels, points, rows.tops, rows.ceiling, lanes.wide, rows.foot)


def _level(scene: Scene, found: Ways) -> Iterator[tuple[int, float]]:
    """The gutters that are crossed from box to box, and how wide they must be for that."""
    for want, way in zip(scene.wants, found.ways, strict=True):
        if not way.lanes:
            yield found.field.first[found.field.ends(want)[0]] + way.exit, want.least


def _used(scene: Scene, found: Ways) -> Iterator[int]:
    field = found.field
    for want, way in zip(scene.wants, found.ways, strict=True):
        lower, upper = field.ends(want)
        if way.lanes:
            yield from way.channels
            yield field.end[upper] if field.end[upper] <= field.row[lower] else field.row[upper]
            if not way.exit:
                yield field.row[lower]


def _corners(found: Ways, scene: Scene) -> Iterator[tuple[Net, Way, list[float]]]:
    """For each arrow its net, its way, and the numbers along the lanes at which it starts, turns and ends."""
    field = found.field
    for want, way in zip(scene.wants, found.ways, strict=True):
        lower, upper = field.ends(want)
        start = 4 * field.row[lower] + (2 if way.exit else 1)
        end = 4 * field.end[upper] - 1 if field.end[upper] <= field.row[lower] else 4 * field.row[upper] + 1
        yield want.net, way, [start, *(4 * channel for channel in way.channels), end]


Stretch = tuple[float, float, float]  # from where to where along a lane, and at which x
Pieces = dict[int, dict[Net, list[tuple[float, float]]]]
Joints = dict[int, dict[Net, list[Joint]]]


def _stretches(corners: Iterator[tuple[Net, Way, list[float]]]) -> tuple[Pieces, Joints]:
    """The upright parts of all ways by lane, and where others join them."""
    pieces: Pieces = defaultdict(lambda: defaultdict(list))
    joints: Joints = defaultdict(lambda: defaultdict(list))
    for net, way, at in corners:
        for step, lane in enumerate(way.lanes):
            pieces[lane][net].append((min(at[step], at[step + 1]), max(at[step], at[step + 1])))
            if step:
                side = 1 if lane > way.lanes[step - 1] else -1
                joints[lane][net].append((at[step], -side))
                joints[way.lanes[step - 1]][net].append((at[step], side))
        if way.lanes and way.exit:
            joints[way.lanes[0]][net].append((at[0], -way.exit))
    return pieces, joints


def _channels(found: Ways, scene: Scene) -> Iterator[tuple[tuple[int, Net], list[Track]]]:
    """The tracks of each net in each channel."""
    pieces, joints = _stretches(_corners(found, scene))
    # Roughly how lines lie in their lanes, to know in which order a channel meets them.
    rank: dict[tuple[int, Net], float] = {}
    for lane, by_net in pieces.items():
        for run, track, of in tracked(runs_of(by_net, joints[lane])):
            rank[lane, run.net] = max(rank.get((lane, run.net), 0.0), lane + 0.9 * track / of)
    level: Pieces = defaultdict(lambda: defaultdict(list))
    ends: Joints = defaultdict(lambda: defaultdict(list))
    for want, way in zip(scene.wants, found.ways, strict=True):
        for channel, lane, beyond in zip(way.channels, way.lanes, way.lanes[1:], strict=False):
            one, other = rank[lane, want.net], rank[beyond, want.net]
            level[channel][want.net].append((min(one, other), max(one, other)))
            ends[channel][want.net] += [(one, 1), (other, -1)]
    for channel, by_net in level.items():
        tracks: dict[Net, list[Track]] = defaultdict(list)
        for found_track in tracked(runs_of(by_net, ends[channel]), clear=0.95):
            tracks[found_track.run.net].append(found_track)
        yield from (((channel, net), found_tracks) for net, found_tracks in tracks.items())


def _by_channel(channels: Mapping[tuple[int, Net], Sequence[Track]]) -> dict[int, list[Track]]:
    found: dict[int, list[Track]] = defaultdict(list)
    for (channel, _), tracks in channels.items():
        found[channel] += tracks
    return found


def _across(plan: _Plan, lines: Mapping[int, float]) -> _Lanes:
    """Where each lane begins; gutters are wider where many lines run."""
    field = plan.ways.field
    slots = widths_of(plan.scene, plan.places)
    share = plan.spare[0] / (len(slots) + 1)
    ends = (0, field.lanes - 1)
    passed = _past_heads(plan)
    lefts, panels = [0.0], []
    start = 0.0
    for lane in range(field.lanes):
        x = lefts[-1]
        if lane % 2:
            lefts.append(x + slots[lane // 2])
            continue
        room = lines.get(lane, 0.0)
        edge = max(BETWEEN, room + TRACK) if lane in passed else BETWEEN  # no line runs through a head
        if lane in ends:
            wide = (2 * OUTER + room + TRACK if lane in passed else max(OUTER, room + 4)) + share / 2
        elif lane in field.between:
            wide = max(2 * OUTER + edge, room + TRACK + 8) + share
        else:
            wide = max(GUTTER, room + TRACK) + share
        lefts.append(x + wide)
        if lane in ends:  # the line runs outside the panel
            edge = wide - 2 * OUTER if lane in passed else 0.0
        if lane in field.between and lane:
            panels.append((start, x + (wide - edge) / 2 if edge else x + wide))
        if lane in field.between and (lane or lane in passed):
            start = x + (wide + edge) / 2
    return _Lanes(lefts, panels, lines)


def _down(plan: _Plan, lanes: _Lanes) -> _Rows:
    """The top and the height of everything."""
    scene, places, field = plan.scene, plan.places, plan.ways.field
    share = plan.spare[1] / max(1, len(plan.used))

    def gap(channel: int) -> float:
        if channel not in plan.used:
            return QUIET
        return scene.channel + max(0, plan.lines.get(channel, 0) - 1) * TRACK + share

    top, height, tops = [0.0] * len(scene.column), [0.0] * len(scene.column), []
    y = max(0, plan.lines.get(0, 0)) * TRACK
    ceiling, names = None, dict(scene.names)
    bars = [*scene.goals, *([tuple(head for head in scene.heads if head >= 0)] if max(scene.heads) >= 0 else [])]
    for at, row in enumerate(bars):
        tops.append(y)
        edges = [_edges(plan, lanes, bar) for bar in row]
        own = [scene.high(bar, right - left) for bar, (left, right) in zip(row, edges, strict=True)]
        for bar, high in zip(row, own, strict=True):  # goals are as high as the highest beside them, heads are not
            top[bar], height[bar] = y, high if bar in scene.heads else max(own)
        part = -1 if row[0] in scene.heads else -2
        y += max(*own, names.get(part, 0.0) if part == -1 or len(scene.goals) == 1 else 0.0)
        if scene.ceiling == at + 1:
            ceiling = y + CEILING_DROP + (share / 2 if at + 1 in plan.used else 0.0)
            y += CEILING - CHANNEL + max(gap(at + 1), CHANNEL)
        else:
            y += gap(at + 1)
    gaps = [0.0, *(gap(len(bars) + row) for row in range(1, plan.stack.shared + 1))]
    under = plan.stack.starts.get(scene.ceiling, 0) if scene.ceiling is not None and not bars else 0
    if under:
        gaps[under] = max(gaps[under] - SIDE_CHANNEL, 0.0) + SIDE_CEILING
    rows = raised(scene, places, plan.stack, gaps, QUIET + min(share, QUIET))
    starts = sorted(plan.stack.starts.items())
    for (tier, first), (_, following) in pairwise(starts):  # so that the names of two tiers keep apart
        gaps[following] += max(0.0, names.get(tier, 0.0) - rows.tops[following] + rows.tops[first])
    rows = raised(scene, places, plan.stack, gaps, QUIET + min(share, QUIET))
    if under:
        ceiling = y + rows.tops[under] - gaps[under] + SIDE_CEILING / 2
    for box in scene.boxes:
        top[box], height[box] = y + rows.top[box], scene.along(box, places.width)
    tops += [y + one for one in rows.tops]
    tops += [tops[-1]] * (field.rows + 1 - len(tops))
    return _Rows(top, height, tops, ceiling, y + rows.foot)


def _past_heads(plan: _Plan) -> frozenset[int]:
    """The lanes beside the columns in which a line runs past the heads."""
    field, side = plan.ways.field, 4 * len(plan.scene.goals) + 2
    if max(plan.scene.heads) < 0:
        return frozenset()
    return frozenset(
        lane
        for _, way, at in _corners(plan.ways, plan.scene)
        for lane, ends in zip(way.lanes, pairwise(at), strict=False)
        if lane in field.between and min(ends) < side <= max(ends)
    )


def _edges(plan: _Plan, lanes: _Lanes, bar: int) -> tuple[float, float]:
    """The left and the right edge of a bar: those of its panel, or between the middles of the gutters beside it."""
    if bar in plan.scene.heads:
        return lanes.panels[plan.scene.heads.index(bar)]
    first, last = plan.ways.field.first[bar], plan.ways.field.last[bar]
    ends = plan.ways.field.lanes - 1
    left = lanes.lefts[first] if first < 2 else _middle(lanes, first - 1) + _apart(lanes, first - 1) / 2
    right = lanes.lefts[last + 1] if last > ends - 2 else _middle(lanes, last + 1) - _apart(lanes, last + 1) / 2
    return left, right


def _apart(lanes: _Lanes, lane: int) -> float:
    """How far apart two bars stand, with the lines of the gutter between them."""
    return max(BETWEEN, lanes.rooms.get(lane, 0.0) + TRACK)


def _middle(lanes: _Lanes, lane: int) -> float:
    return (lanes.lefts[lane] + lanes.lefts[lane + 1]) / 2


def _channel_y(plan: _Plan, rows: _Rows, channel: int, net: Net, lane: int) -> float:
    """Where a net runs in a channel; the room for arrow heads stays free above."""
    tracks = plan.channels[channel, net]
    found = next((one for one in tracks if one.run.low - 0.95 <= lane <= one.run.high + 0.95), tracks[0])
    return rows.tops[channel] - HEAD - (plan.lines[channel] - 1 - found.track) * TRACK


def _sides(plan: _Plan, rows: _Rows) -> dict[int, float]:
    """The height at which each way leaves the side of its box: none lies on another line of the gutter."""
    scene, field = plan.scene, plan.ways.field
    taken: dict[int, list[float]] = defaultdict(list)
    for (channel, net), tracks in plan.channels.items():
        for run, *_ in tracks:
            y = _channel_y(plan, rows, channel, net, int(run.low))
            for lane in range(int(run.low) - 1, int(run.high) + 2):
                insort(taken[lane], y)
    leaving: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (want, way) in enumerate(zip(scene.wants, plan.ways.ways, strict=True)):
        if way.exit:
            leaving[field.ends(want)[0], way.exit].append(index)
    found: dict[int, float] = {}
    for (box, side), indices in sorted(leaving.items()):
        for number, index in enumerate(indices):
            way = plan.ways.ways[index]
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


def _heights(plan: _Plan, rows: _Rows, sides: Mapping[int, float], index: int) -> list[float]:
    """The heights at which an arrow starts, turns and ends."""
    field, want, way = plan.ways.field, plan.scene.wants[index], plan.ways.ways[index]
    lower, upper = field.ends(want)
    turns = [
        _channel_y(plan, rows, channel, want.net, lane) for channel, lane in zip(way.channels, way.lanes, strict=False)
    ]
    end = rows.top[upper] + (rows.height[upper] if field.end[upper] <= field.row[lower] else 0.0)
    return [sides[index] if way.exit else rows.top[lower], *turns, end]


def _uprights(plan: _Plan, rows: _Rows, sides: Mapping[int, float]) -> dict[int, list[Track]]:
    """The tracks of the lines in each lane, now that all heights are known."""
    arrows = enumerate(zip(plan.scene.wants, plan.ways.ways, strict=True))
    corners = ((want.net, way, _heights(plan, rows, sides, index)) for index, (want, way) in arrows if way.lanes)
    pieces, joints = _stretches(corners)
    return {lane: tracked(runs_of(by_net, joints[lane]), CLEAR) for lane, by_net in pieces.items()}


def _placed(
    lanes: _Lanes, uprights: Mapping[int, Sequence[Track]], narrow: Mapping[int, float]
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


def _narrowest(plan: _Plan) -> dict[int, float]:
    """How wide the narrowest box of each slot is, where they differ."""
    found: dict[int, float] = {}
    for box in plan.scene.boxes if plan.scene.turned else ():
        lane, wide = plan.ways.field.first[box], plan.scene.high(box, plan.places.width)
        found[lane] = min(found.get(lane, wide), wide)
    return found


def _area(plan: _Plan, lanes: _Lanes, rows: _Rows, box: int) -> Area:
    scene = plan.scene
    if scene.column[box] < 0:
        left, right = _edges(plan, lanes, box)
        return left, rows.top[box], right - left, rows.height[box]
    lane = plan.ways.field.first[box]
    left, right = lanes.lefts[lane], lanes.lefts[lane + 1]
    wide = scene.high(box, plan.places.width) if scene.turned else right - left
    return (left + right - wide) / 2, rows.top[box], wide, rows.height[box]


def _points(
    plan: _Plan, areas: Sequence[Area], xs: Mapping[tuple[int, Net], Sequence[Stretch]], at: Sequence[float], index: int
) -> tuple[Point, ...]:
    """The corners of an arrow from its source to its target; `at` are the heights at which it starts, turns and ends."""
    want, way = plan.scene.wants[index], plan.ways.ways[index]
    lower, upper = plan.ways.field.ends(want)
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
