"""Boxes in columns of their own, in the author's order, packed one under the other without shared rows.

So the columns of a logic model stand: a tier of the scene is a column, the last one on the left. Boxes that no arrow leads to
or from, such as the rows of a table, may stand in several runs side by side. Lengths across and down are those of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.layout.moves import WIDTHS
from toc.diagram.layout.scene import QUIET, SIDE_CHANNEL, TRACK, Scene
from toc.diagram.layout.search import scale_of

MANY: Final = 20  # boxes without arrows in a column are the rows of a table
PASSED: Final = 16.0  # between two boxes that lines pass between: two of them
IN_TABLE: Final = 4.0  # between two rows of a table
BESIDE: Final = 10.0  # between two runs
HIGHER: Final = 1.06  # from one height that is tried to the next
TRIES: Final = 30
READ_WELL: Final = 172.0  # wider boxes than that are worth it only where they make the drawing larger
SWEEPS: Final = 3


class Column(NamedTuple):
    """Boxes in runs that stand side by side: one run where an arrow leads to a box or from it, and they are `led`."""

    runs: tuple[tuple[int, ...], ...]
    width: float  # of each box
    gap: float
    is_led: bool

    @property
    def wide(self) -> float:
        """The width of all its runs."""
        return len(self.runs) * (self.width + BESIDE) - BESIDE

    def high(self, scene: Scene) -> float:
        """The height of its highest run, when its boxes stand as close as they may."""
        return max(fsum(scene.high(box, self.width) + self.gap for box in run) for run in self.runs) - self.gap


class Shelves(NamedTuple):
    """The columns from the left, the column of each box, and where each box begins and ends."""

    columns: Sequence[Column]
    column: Mapping[int, int]
    top: Mapping[int, float]
    foot: Mapping[int, float]

    def middle(self, box: int) -> float:
        """The height of the middle of a box."""
        return (self.top[box] + self.foot[box]) / 2


def shelved(scene: Scene, spare: float = 0.0) -> Shelves:
    """The boxes in columns as wide as lets the drawing be largest on its paper. `spare` is room to be shared out down."""
    boxes: dict[int, list[int]] = {}
    for box in scene.boxes:
        boxes.setdefault(scene.tier[box], []).append(box)
    tiers = [boxes[tier] for tier in sorted(boxes, reverse=True)]
    column = {box: number for number, tier in enumerate(tiers) for box in tier}
    columns = _fitted(scene, tiers, column)
    high = max(one.high(scene) for one in columns) + spare
    height = {box: scene.high(box, columns[column[box]].width) for box in column}
    top = _spread(columns, height, high)
    return _levelled(scene, Shelves(columns, column, top, {box: top[box] + height[box] for box in top}), high)


def _fitted(scene: Scene, tiers: Sequence[Sequence[int]], column: Mapping[int, int]) -> list[Column]:
    """Of columns of all heights those with which the drawing is largest, and then as wide as the paper lets them be."""
    ends = [sorted((column[want.source], column[want.target])) for want in scene.wants]
    led = {number for its in ends for number in its}
    passed = {number for low, high in ends for number in range(low + 1, high)}
    choices = []
    for number, tier in enumerate(tiers):
        gap = PASSED if number in passed else QUIET if number in led or len(tier) <= MANY else IN_TABLE
        choices.append(_Choice(scene, tier, gap, number in led))
    between = (len(tiers) - 1) * SIDE_CHANNEL + TRACK * len({want.net for want in scene.wants})
    best: tuple[float, list[Column]] | None = None
    lowest = max(choice.within(0.0).high(scene) for choice in choices)
    for step in range(TRIES if scene.wants else 2 * TRIES):  # rows alone begin low
        tried = [choice.within(lowest * HIGHER**step) for choice in choices]
        high = max(one.high(scene) for one in tried)
        wide = fsum(one.wide for one in tried) + between
        size = scale_of(scene, (high + scene.paper.beside, wide + scene.paper.above))
        if best is None or size > best[0]:
            spare = (high + scene.paper.beside) * scene.paper.height / scene.paper.width - scene.paper.above - wide
            best = size, [choice.widened(one, spare / len(tiers)) for choice, one in zip(choices, tried, strict=True)]
    return best[1] if best else []


class _Choice(NamedTuple):
    """The boxes of a column that may be of several widths."""

    scene: Scene
    boxes: Sequence[int]
    gap: float
    is_led: bool

    @property
    def columns(self) -> Iterator[Column]:
        """The column in each width in which no word of a title is broken, or else in the greatest."""
        longest = max(self.scene.longest_word(box) for box in self.boxes)
        for width in [one for one in WIDTHS if one >= longest] or WIDTHS[-1:]:
            yield Column((tuple(self.boxes),), width, self.gap, self.is_led)

    def within(self, high: float) -> Column:
        """The narrowest that is no higher than asked for, or else the lowest."""
        found = [one if self.is_led else self._in_runs(one, high) for one in self.columns]
        lowest = min(one.high(self.scene) for one in found)
        return min((one for one in found if one.high(self.scene) <= max(high, lowest)), key=lambda one: one.wide)

    def widened(self, column: Column, spare: float) -> Column:
        """The same with wider boxes, as far as there is room to spare and they read better for it."""
        widths = (width for width in WIDTHS if column.width <= width <= READ_WELL)
        wider = (column._replace(width=width) for width in widths)
        return max((one for one in wider if one.wide <= column.wide + spare), key=lambda one: one.wide, default=column)

    def _in_runs(self, column: Column, high: float) -> Column:
        return column._replace(runs=tuple(_runs(self.scene, self.boxes, self.gap, column.width, high)))


def _runs(scene: Scene, boxes: Sequence[int], gap: float, width: float, high: float) -> Iterator[tuple[int, ...]]:
    """The boxes in as many runs as keep to a height."""
    run: list[int] = []
    reached = 0.0
    for box in boxes:
        own = scene.high(box, width)
        if run and reached + own > high:
            yield tuple(run)
            run, reached = [], 0.0
        run.append(box)
        reached += own + gap
    yield tuple(run)


def _spread(columns: Sequence[Column], height: Mapping[int, float], high: float) -> dict[int, float]:
    """The boxes of each column shared out evenly over a height; those without arrows from the top."""
    top: dict[int, float] = {}
    for column in columns:
        for run in column.runs:
            used = fsum(height[box] for box in run)
            even = (high - used) / len(run)
            gap, at = (even, even / 2) if column.is_led else (column.gap, 0.0)
            for box in run:
                top[box] = at
                at += height[box] + gap
    return top


def _levelled(scene: Scene, shelves: Shelves, high: float) -> Shelves:
    """Each box as level with what it is linked to as the order and the boxes above and under it let it be."""
    linked: dict[int, list[int]] = {box: [] for box in shelves.column}
    for want in scene.wants:
        if shelves.column[want.source] != shelves.column[want.target] and not want.is_loose:
            linked[want.source].append(want.target)
            linked[want.target].append(want.source)
    top, foot = dict(shelves.top), dict(shelves.foot)
    shelves = shelves._replace(top=top, foot=foot)
    for _ in range(SWEEPS):
        for column in (*shelves.columns, *reversed(shelves.columns)):
            if not column.is_led:
                continue
            (run,) = column.runs
            own = [foot[box] - top[box] for box in run]
            over = list(accumulate((high + column.gap for high in own), initial=0.0))
            wishes = []
            for box, high_of, above in zip(run, own, over, strict=False):
                others = [shelves.middle(other) for other in linked[box]] or [shelves.middle(box)]
                wishes.append(fsum(others) / len(others) - high_of / 2 - above)
            room = high - over[-1] + column.gap
            for box, high_of, above, at in zip(run, own, over, _rising(wishes), strict=False):
                top[box] = min(max(at, 0.0), room) + above
                foot[box] = top[box] + high_of
    return shelves


def _rising(wishes: Sequence[float]) -> list[float]:
    """The numbers nearest to the wishes of which none is less than the one before."""
    pools: list[tuple[float, int]] = []
    for wish in wishes:
        pool = (wish, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    return [mean for mean, count in pools for _ in range(count)]
