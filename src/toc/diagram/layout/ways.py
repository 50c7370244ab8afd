"""A way for each arrow: of all ways of at most four bends the cheapest, looked for again when the others are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.layout.choices import around, choices
from toc.diagram.layout.field import Field, Part, Way, field_of, parts
from toc.diagram.layout.scene import Net, Places, Scene
from toc.diagram.layout.stacking import Stack
from toc.limits import in_time

# What a way costs.
BEND: Final = 1.5
CROSSING: Final = 5.0
ALONG: Final = 0.1  # by lane
UP: Final = 0.025  # by number along a lane: four to a row
SHARED: Final = 0.5  # of its length, where its net runs already
CROWD: Final = 0.2  # a line of another net beside it
SIDE: Final = 0.4  # out of the side of a box
LAST_RESORT: Final = 1e4  # a way of more than four bends

INFINITE: Final = float("inf")
MOST_WEIGHED: Final = 250  # arrows; of more, ways are taken as they are shortest


class Ways(NamedTuple):
    """A way for each arrow, in the order of the scene, and what each costs."""

    field: Field
    ways: Sequence[Way]
    costs: Sequence[float]


def ways(scene: Scene, places: Places, stack: Stack, rounds: int = 2) -> Ways | None:
    """A way for each arrow; nothing where boxes over several rows bar all ways of one."""
    field = field_of(scene, places, stack)
    lines = _Lines(field)
    is_weighed = len(scene.wants) <= MOST_WEIGHED
    ends = [field.ends(want) for want in scene.wants]
    found: dict[int, Way] = {}
    costs = [0.0] * len(ends)
    in_turn = sorted(range(len(ends)), key=lambda index: _distance(field, *ends[index]))
    for _ in range(rounds if is_weighed else 1):
        in_time()
        for index in in_turn:
            lower, upper = ends[index]
            net = scene.wants[index].net
            if index in found:
                if not found[index].bends:
                    continue
                lines.change(parts(field, found[index], lower, upper), net, -1)
            if (lower, upper) in stack.level:
                way, cost = Way(-1 if field.first[upper] < field.first[lower] else 1, (), ()), 0.0
            else:
                cheapest = _cheapest(field, lines if is_weighed else None, lower, upper, net)
                if cheapest is None:
                    return None
                way, cost = cheapest
            found[index], costs[index] = way, cost
            if is_weighed:
                lines.change(parts(field, way, lower, upper), net, 1)
    return Ways(field, [found[index] for index in range(len(ends))], costs)


def _distance(field: Field, lower: int, upper: int) -> int:
    return 2 * abs(field.first[lower] - field.first[upper]) + field.row[lower] - field.row[upper]


class _Lines:
    """The lines drawn so far by lane and by channel: from where to where, where they go on, their net, and how many."""

    def __init__(self, field: Field) -> None:
        self.upright: list[dict[tuple[int, int, int, int, Net], int]] = [{} for _ in range(field.lanes)]
        self.level: list[dict[tuple[int, int, int, int, Net], int]] = [{} for _ in range(4 * field.rows + 4)]

    def change(self, pieces: Iterable[Part], net: Net, by: int) -> None:
        """Add the parts of a way, or take them away."""
        for is_upright, at, low, high, one, other in pieces:
            lines = self.upright[at] if is_upright else self.level[at]
            key = (low, high, one, other, net)
            count = lines.get(key, 0) + by
            if count:
                lines[key] = count
            else:
                del lines[key]


def _cheapest(field: Field, lines: _Lines | None, lower: int, upper: int, net: Net) -> tuple[Way, float] | None:
    """The cheapest way of an arrow and its cost; dear ones are not looked at any closer than needed.

    Without the lines of the others only its bends and its length count.
    """
    best: tuple[Way, float] | None = None
    for bends, found in enumerate(choices(field, lower, upper)):
        if best is not None and best[1] <= BEND * bends:
            break  # no way that turns more often can be cheaper
        for way in found:
            pieces = parts(field, way, lower, upper)
            cost = BEND * bends + (SIDE if way.exit else 0.0)
            if lines is None:
                cost += fsum((UP if upright else ALONG) * (high - low) for upright, _, low, high, _, _ in pieces)
            else:
                cost += _cost(lines, pieces, net, best[1] - cost if best is not None else INFINITE)
            if best is None or cost < best[1]:
                best = way, cost
    return best or next(((way, LAST_RESORT) for way in around(field, lower, upper)), None)


def _cost(lines: _Lines, pieces: Sequence[Part], net: Net, most: float) -> float:  # noqa: C901  # the innermost loop
    """What the parts cost: their length, what they cross and what runs beside them. Above `most` it is not finished."""
    cost = 0.0
    for is_upright, at, low, high, one, other in pieces:
        beside, across = (lines.upright[at], lines.level) if is_upright else (lines.level[at], lines.upright)
        is_shared = False
        for from_, to, first, last, of in beside:
            if from_ > high or to < low:
                continue
            if of == net:
                is_shared = is_shared or (from_ <= low and to >= high)
                continue
            # Side by side they cross where one turns off through the other; of the two orders the better one counts.
            before = after = 0
            if from_ < low < to:
                before, after = before + (one > 0), after + (one < 0)
            if from_ < high < to:
                before, after = before + (other > 0), after + (other < 0)
            if low < from_ < high:
                before, after = before + (first < 0), after + (first > 0)
            if low < to < high:
                before, after = before + (last < 0), after + (last > 0)
            cost += CROWD + CROSSING * min(before, after)
        length = (UP if is_upright else ALONG) * (high - low)
        cost += length * SHARED if is_shared else length
        for place in range(low + 1, high):
            for from_, to, _, _, of in across[place]:
                if from_ < at < to and of != net:
                    cost += CROSSING
        if cost > most:
            break
    return cost
