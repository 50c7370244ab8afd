"""How wide each lane and how high each row is, now that it is known which lines run where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from toc.diagram.layout.lines import Track
from toc.diagram.layout.runs import corners
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
from toc.diagram.layout.ways import Ways
from toc.diagram.shapes import Point

CEILING_DROP: Final = 12.0  # from the foot of the goals to the line


class Lanes(NamedTuple):
    """From where to where each lane and each panel reaches."""

    lefts: Sequence[float]
    panels: Sequence[tuple[float, float]]
    rooms: Mapping[int, float]  # of the lines in each gutter

    @property
    def wide(self) -> float:
        """How wide all of them are together."""
        return self.lefts[-1]


class Rows(NamedTuple):
    """The top and the height of each box, and the tops of the rows by number."""

    top: Sequence[float]
    height: Sequence[float]
    tops: Sequence[float]
    ceiling: float | None
    foot: float


class Known(NamedTuple):
    """What is known before any length: all that the steps below read. `spare` is room to be given to gutters and channels."""

    scene: Scene
    places: Places
    stack: Stack
    ways: Ways
    channels: Mapping[tuple[int, Net], Sequence[Track]]
    lines: Mapping[int, int]  # how many tracks each channel has
    used: frozenset[int]  # the channels in which anything is drawn
    spare: Point


def across(known: Known, lines: Mapping[int, float]) -> Lanes:
    """Where each lane begins; gutters are wider where many lines run."""
    field = known.ways.field
    slots = widths_of(known.scene, known.places)
    share = known.spare[0] / (len(slots) + 1)
    ends = (0, field.lanes - 1)
    passed = _past_heads(known)
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
    return Lanes(lefts, panels, lines)


def down(known: Known, lanes: Lanes) -> Rows:
    """The top and the height of everything."""
    scene, places, field = known.scene, known.places, known.ways.field
    share = known.spare[1] / max(1, len(known.used))

    def gap(channel: int) -> float:
        if channel not in known.used:
            return QUIET
        return scene.channel + max(0, known.lines.get(channel, 0) - 1) * TRACK + share

    top, height, tops = [0.0] * len(scene.column), [0.0] * len(scene.column), []
    y = max(0, known.lines.get(0, 0)) * TRACK
    ceiling, names = None, dict(scene.names)
    bars = [*scene.goals, *([tuple(head for head in scene.heads if head >= 0)] if max(scene.heads) >= 0 else [])]
    for at, row in enumerate(bars):
        tops.append(y)
        edges = [edges_of(known, lanes, bar) for bar in row]
        own = [scene.high(bar, right - left) for bar, (left, right) in zip(row, edges, strict=True)]
        for bar, high in zip(row, own, strict=True):  # goals are as high as the highest beside them, heads are not
            top[bar], height[bar] = y, high if bar in scene.heads else max(own)
        part = -1 if row[0] in scene.heads else -2
        y += max(*own, names.get(part, 0.0) if part == -1 or len(scene.goals) == 1 else 0.0)
        if scene.ceiling == at + 1:
            ceiling = y + CEILING_DROP + (share / 2 if at + 1 in known.used else 0.0)
            y += CEILING - CHANNEL + max(gap(at + 1), CHANNEL)
        else:
            y += gap(at + 1)
    gaps = [0.0, *(gap(len(bars) + row) for row in range(1, known.stack.shared + 1))]
    under = known.stack.starts.get(scene.ceiling, 0) if scene.ceiling is not None and not bars else 0
    if under:
        gaps[under] = max(gaps[under] - SIDE_CHANNEL, 0.0) + SIDE_CEILING
    rows = raised(scene, places, known.stack, gaps, QUIET + min(share, QUIET))
    starts = sorted(known.stack.starts.items())
    for (tier, first), (_, following) in pairwise(starts):  # so that the names of two tiers keep apart
        gaps[following] += max(0.0, names.get(tier, 0.0) - rows.tops[following] + rows.tops[first])
    rows = raised(scene, places, known.stack, gaps, QUIET + min(share, QUIET))
    if under:
        ceiling = y + rows.tops[under] - gaps[under] + SIDE_CEILING / 2
    for box in scene.boxes:
        top[box], height[box] = y + rows.top[box], scene.along(box, places.width)
    tops += [y + one for one in rows.tops]
    tops += [tops[-1]] * (field.rows + 1 - len(tops))
    return Rows(top, height, tops, ceiling, y + rows.foot)


def _past_heads(known: Known) -> frozenset[int]:
    """The lanes beside the columns in which a line runs past the heads."""
    field, side = known.ways.field, 4 * len(known.scene.goals) + 2
    if max(known.scene.heads) < 0:
        return frozenset()
    return frozenset(
        lane
        for _, way, at in corners(known.ways, known.scene)
        for lane, ends in zip(way.lanes, pairwise(at), strict=False)
        if lane in field.between and min(ends) < side <= max(ends)
    )


def edges_of(known: Known, lanes: Lanes, bar: int) -> tuple[float, float]:
    """The left and the right edge of a bar: those of its panel, or between the middles of the gutters beside it."""
    if bar in known.scene.heads:
        return lanes.panels[known.scene.heads.index(bar)]
    first, last = known.ways.field.first[bar], known.ways.field.last[bar]
    ends = known.ways.field.lanes - 1
    left = lanes.lefts[first] if first < 2 else _middle(lanes, first - 1) + _apart(lanes, first - 1) / 2
    right = lanes.lefts[last + 1] if last > ends - 2 else _middle(lanes, last + 1) - _apart(lanes, last + 1) / 2
    return left, right


def _apart(lanes: Lanes, lane: int) -> float:
    """How far apart two bars stand, with the lines of the gutter between them."""
    return max(BETWEEN, lanes.rooms.get(lane, 0.0) + TRACK)


def _middle(lanes: Lanes, lane: int) -> float:
    return (lanes.lefts[lane] + lanes.lefts[lane + 1]) / 2
