"""From slots and an order to rows, and from rows to heights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import fsum
from typing import NamedTuple

from toc.diagram.layout.scene import BETWEEN, CEILING, CHANNEL, GUTTER, OUTER, QUIET, TRACK, Places, Scene


class Stack(NamedTuple):
    """The first row of each box and the row after its last one, counted under the bars.

    `level` are the pairs of boxes side by side, the one that leads to the other first. `starts` holds the first row of each
    tier, `shared` how many rows are shared by all slots: the boxes that are `packed` stand under them, slot by slot.
    """

    row: Sequence[int]
    end: Sequence[int]
    level: frozenset[tuple[int, int]]
    starts: dict[int, int]
    shared: int
    packed: frozenset[int] = frozenset()

    def is_under(self, box: int, effect: int) -> bool:
        """Whether a packed box stands right under one that it leads to."""
        return box in self.packed and self.row[box] == self.end[effect]


def stacked(scene: Scene, places: Places) -> Stack:
    """Each box as high as what it leads to lets it: under it, or level with it in the slot beside it."""
    row, end = [0] * len(scene.column), [0] * len(scene.column)
    level: list[tuple[int, int]] = []
    free = [0] * sum(places.slots)
    slot, span, effects, tier = places.slot, places.span, scene.effects, scene.tier
    starts: dict[int, int] = {}
    for box in places.order:
        if tier[box] not in starts:
            starts[tier[box]] = max(free, default=0)
            free = [starts[tier[box]]] * len(free)
            if box in scene.last_tier and (found := _packed(scene, places, starts, row, end)):
                return found._replace(level=found.level | frozenset(level))
        here = slot[box]
        beside = [effect for effect in effects[box] if abs(slot[effect] - here) == 1]
        over = (end[effect] for effect in effects[box] if effect not in beside)
        at = max(free[here], *over, 0)
        for effect in sorted(beside, key=row.__getitem__):
            if at < row[effect]:
                at = row[effect]
            elif row[effect] < at < end[effect]:
                at = end[effect]
        level += [(box, effect) for effect in beside if row[effect] == at]
        row[box] = at
        free[here] = end[box] = at + span[box]
    return Stack(row, end, frozenset(level), starts, max(free, default=0))


def _packed(scene: Scene, places: Places, starts: dict[int, int], row: list[int], end: list[int]) -> Stack | None:
    """The boxes of the last tier packed slot by slot, if each stands right under what it leads to, or beside it on top."""
    shared = max(starts.values())
    depth = [shared] * sum(places.slots)
    level = []
    for box in places.order:
        if box not in scene.last_tier:
            continue
        here = places.slot[box]
        at = depth[here]
        for effect in scene.effects[box]:
            if row[effect] == at == shared and abs(places.slot[effect] - here) == 1:
                level.append((box, effect))
            elif places.slot[effect] != here or end[effect] != at:
                return None
        row[box], end[box] = at, at + 1
        depth[here] = at + 1
    return Stack(row, end, frozenset(level), starts, shared, scene.last_tier)


def widths_of(scene: Scene, places: Places) -> list[float]:
    """The width of each slot."""
    if not scene.turned:
        return [places.width] * sum(places.slots)
    found = [0.0] * sum(places.slots)
    for box in places.order:
        found[places.slot[box]] = max(found[places.slot[box]], scene.high(box, places.width))
    return found


class Raised(NamedTuple):
    """The top of each box, of each row and of what follows the last, from the first row down; and where boxes end."""

    top: list[float]
    tops: list[float]
    foot: float


def raised(scene: Scene, places: Places, stack: Stack, gaps: Sequence[float], quiet: float = QUIET) -> Raised:
    """The height of everything. `gaps` are the channels above the rows and under the last, `quiet` lies between packed."""
    tops = [0.0] * (stack.shared + 1)
    height = {box: scene.along(box, places.width) for box in places.order}
    ending: list[list[int]] = [[] for _ in tops]
    for box in places.order:
        if box not in stack.packed:
            ending[stack.end[box]].append(box)
    for row in range(1, stack.shared + 1):
        reached = [tops[stack.row[box]] + height[box] for box in ending[row]]
        tops[row] = max([tops[row - 1], *reached]) + gaps[row]
    top = [0.0] * len(scene.column)
    ends = [tops[-1]] * sum(places.slots)
    foot = tops[-1] - (gaps[stack.shared] if stack.shared else 0.0)
    for box in places.order:
        if box in stack.packed:
            here = places.slot[box]
            under = any(stack.is_under(box, effect) for effect in scene.effects[box])
            top[box] = ends[here] + (scene.channel - quiet if under else 0.0)
            ends[here] = top[box] + height[box] + quiet
            foot = max(foot, ends[here] - quiet)
        else:
            top[box] = tops[stack.row[box]]
    return Raised(top, tops, foot)


def column_widths(scene: Scene, places: Places) -> list[float]:
    """The width of the panel of each column, before any line needs room."""
    widths = widths_of(scene, places)
    ends = list(accumulate(places.slots, initial=0))
    return [2 * OUTER + fsum(widths[first:last]) + (last - first - 1) * GUTTER for first, last in pairwise(ends)]


def rough_size(scene: Scene, places: Places, stack: Stack) -> tuple[float, float]:
    """About how wide and how high the drawing comes out, title and margins included, before any arrow has its way."""
    columns = column_widths(scene, places)
    wide = fsum(columns) + BETWEEN * (len(columns) - 1)
    high = raised(scene, places, stack, [scene.channel + TRACK] * (stack.shared + 1)).foot
    for row in scene.goals:
        high += max(bar_along(scene, bar, places.width, wide / len(row)) for bar in row) + CHANNEL
    if scene.ceiling is not None:
        high += CEILING - CHANNEL
    heads = [
        bar_along(scene, head, places.width, wide) for head, wide in zip(scene.heads, columns, strict=True) if head >= 0
    ]
    high += max(heads) + CHANNEL + OUTER if heads else 0.0
    return wide + scene.paper.beside, high + scene.paper.above


def bar_along(scene: Scene, bar: int, width: float, room: float) -> float:
    """How far a bar reaches from the top down when it has so much room across."""
    return width if scene.turned else scene.high(bar, round(room / 4) * 4.0)
