"""Ways for the arrows: up the lanes and along the channels, through no box, with at most four bends.

Lanes are numbered from the left: gutters are even, slots odd, so that slot s is lane 2s + 1. Along a lane everything has
one number: the channel above row r counts 4r, the top of a box in that row 4r + 1, its sides 4r + 2, its foot 4r + 3.
Of all ways of at most four bends the cheapest is taken, arrow by arrow, and looked for again when the others are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.layout.scene import Net, Places, Scene, Want
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

FARTHEST: Final = 3  # lanes from the side of a box to where its line goes up
INFINITE: Final = float("inf")
MOST_WEIGHED: Final = 250  # arrows; of more, ways are taken as they are shortest
ASTRAY: Final = 3  # lanes beside those between its ends that a way may take


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


def _cheapest(field: Field, lines: _Lines | None, lower: int, upper: int, net: Net) -> tuple[Way, float] | None:
    """The cheapest way of an arrow and its cost; dear ones are not looked at any closer than needed.

    Without the lines of the others only its bends and its length count.
    """
    best: tuple[Way, float] | None = None
    for bends, choices in enumerate(_choices(field, lower, upper)):
        if best is not None and best[1] <= BEND * bends:
            break  # no way that turns more often can be cheaper
        for way in choices:
            pieces = parts(field, way, lower, upper)
            cost = BEND * bends + (SIDE if way.exit else 0.0)
            if lines is None:
                cost += fsum((UP if upright else ALONG) * (high - low) for upright, _, low, high, _, _ in pieces)
            else:
                cost += _cost(lines, pieces, net, best[1] - cost if best is not None else INFINITE)
            if best is None or cost < best[1]:
                best = way, cost
    return best or next(((way, LAST_RESORT) for way in _around(field, lower, upper)), None)


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


def _choices(field: Field, lower: int, upper: int) -> Iterator[Iterator[Way]]:
    """The ways from one box to another above it, by how often they turn: not at all, once, up to four times."""
    here, there = _slots(field, lower), _slots(field, upper)
    foot, top = field.end[upper], field.row[lower]
    middle = here[len(here) // 2]
    is_closed = lower in field.closed and foot < top  # right under the other one its top is free
    if foot > top:  # side by side: over the top
        yield from _over(field, middle, there[len(there) // 2], top, field.row[upper])
        return
    straight = [lane for lane in here if lane in there and not is_closed and _is_free(field, lane, foot, top)]
    yield iter((Way(0, (min(straight, key=lambda lane: abs(lane - middle)),), ()),) if straight else ())
    starts = dict.fromkeys((middle, here[0], here[-1]))
    pairs = [(start, min(there, key=lambda lane, start=start: (abs(lane - start), lane))) for start in starts]  # type: ignore[misc]
    yield _once(field, lower, upper, pairs)
    yield iter(()) if is_closed else _twice(field, lower, upper, pairs)
    yield _thrice(field, lower, upper, pairs)
    yield iter(()) if is_closed else _four_times(field, lower, upper, pairs)


def _over(field: Field, start: int, entry: int, top: int, over: int) -> Iterator[Iterator[Way]]:
    """The ways over the top of a box that stands beside the other one, and may begin higher up."""
    yield from (iter(()), iter(()))
    yield iter((Way(0, (start, entry), (over,)),) if _is_free(field, start, over, top) else ())
    low, high = _reach(field, top, start)
    lanes = (lane for lane in _lanes_near(field, start, entry) if low <= lane <= high and lane not in {start, entry})
    yield iter(())
    yield (
        Way(0, (start, lane, entry), (top, over)) for lane in lanes if over < top and _is_free(field, lane, over, top)
    )


def _slots(field: Field, box: int) -> range:
    """The lanes of the slots under a box."""
    first = field.first[box]
    return range(first + (first % 2 == 0), field.last[box] + 1, 2) or range(first, first + 1)


Pairs = Sequence[tuple[int, int]]  # a slot under the lower box, and the slot under the upper one that is nearest to it


def _once(field: Field, lower: int, upper: int, pairs: Pairs) -> Iterator[Way]:
    """Out of a side and straight up."""
    for start, entry in pairs if lower >= field.bars else ():
        for leaves, lane in _beside(field, lower, upper, start):
            if lane == entry or _leads_into(field, lane, upper):
                yield Way(leaves, (lane,), ())


def _beside(field: Field, lower: int, upper: int, start: int) -> Iterator[tuple[int, int]]:
    """The lanes to the left and to the right of a box that are free as far as the other one."""
    foot, row = field.end[upper], field.row[lower]
    # What is packed is not as high as what has the same row in the next slot.
    farthest, rows = (1 if lower in field.closed else FARTHEST), range(row, field.end[lower])
    for leaves in (-1, 1):
        for lane in range(start + leaves, min(max(start + leaves * (farthest + 1), -1), field.lanes), leaves):
            if lane % 2 and not field.walls[lane].isdisjoint(rows):
                break
            if _is_free(field, lane, foot, row + 1):
                yield leaves, lane


def _twice(field: Field, lower: int, upper: int, pairs: Pairs) -> Iterator[Way]:
    """Out of the top, along the channel over the box or under the other one, and up."""
    foot, top = field.end[upper], field.row[lower]
    for start, entry in pairs:
        low, high = _reach(field, top, start)
        if entry != start and low <= entry <= high and _is_free(field, entry, foot, top):
            yield Way(0, (start, entry), (top,))
        if foot < top and entry != start:
            low_foot, high_foot = _reach(field, foot, entry)
            if low_foot <= start <= high_foot and _is_free(field, start, foot, top):
                yield Way(0, (start, entry), (foot,))
        for lane in _gutters(field, upper, start):
            if low <= lane <= high and _is_free(field, lane, foot, top):
                yield Way(0, (start, lane), (top,))


def _gutters(field: Field, upper: int, start: int) -> Iterator[int]:
    """The gutters near a slot that lead straight up into a bar."""
    if field.first[upper] < field.last[upper]:
        yield from (lane for lane in _lanes_near(field, start, start) if _leads_into(field, lane, upper))


def _thrice(field: Field, lower: int, upper: int, pairs: Pairs) -> Iterator[Way]:
    """Out of a side, up, along the channel under the other box, and up; or up beside a bar that stands over the gutter."""
    foot, row = field.end[upper], field.row[lower]
    for start, entry in pairs if lower >= field.bars else ():
        low, high = _reach(field, foot, entry)
        for leaves, lane in _beside(field, lower, upper, start):
            if low <= lane <= high and lane != entry:
                yield Way(leaves, (lane, entry), (foot,))
        if field.first[upper] == field.last[upper]:
            continue
        for leaves in (-1, 1):
            lane = start + leaves
            bars = [one for one in field.walls[lane] if foot <= one <= row]
            for beyond in field.between if bars else ():
                if (
                    beyond != lane
                    and _is_free(field, beyond, foot, max(bars) + 1)
                    and _leads_into(field, beyond, upper)
                ):
                    yield Way(leaves, (lane, beyond), (max(bars) + 1,))


def _four_times(field: Field, lower: int, upper: int, pairs: Pairs) -> Iterator[Way]:
    """Out of the top, along, up a lane between, along, and up."""
    foot, top = field.end[upper], field.row[lower]
    for start, entry in pairs if foot < top else ():
        low, high = _reach(field, top, start)
        low_foot, high_foot = _reach(field, foot, entry)
        for lane in _lanes_near(field, start, entry):
            is_reached = max(low, low_foot) <= lane <= min(high, high_foot) and lane not in {start, entry}
            if is_reached and _is_free(field, lane, foot, top):
                yield Way(0, (start, lane, entry), (top, foot))


def _around(field: Field, lower: int, upper: int) -> Iterator[Way]:
    """Where four bends do not suffice: out of a side, around the bars above, and along the channel under the other box."""
    foot, row, start = field.end[upper], field.row[lower], field.first[lower]
    entry = min(_slots(field, upper), key=lambda lane: (abs(lane - start), lane))
    low, high = _reach(field, foot, entry)
    for lane in (start - 1, start + 1):
        bars = max((one for one in field.walls[lane] if foot <= one < row), default=-1)
        for beyond in sorted(field.between, key=lambda one: abs(one - start)) if bars >= 0 else ():
            if beyond not in {lane, entry} and low <= beyond <= high and _is_free(field, beyond, foot, bars + 1):
                yield Way(lane - start, (lane, beyond, entry), (bars + 1, foot))


def _leads_into(field: Field, lane: int, upper: int) -> bool:
    """Whether straight up a gutter there is a bar."""
    return lane % 2 == 0 and field.first[upper] < lane < field.last[upper]


def _is_free(field: Field, lane: int, start: int, end: int) -> bool:
    """Whether nothing stands in a lane from one row to another."""
    wall = field.walls[lane]
    return not wall or wall.isdisjoint(range(start, end))


def _lanes_near(field: Field, start: int, entry: int) -> Iterator[int]:
    """The lanes that a way may take up: those between its ends, some beside them, and those beside the columns."""
    low, high = max(0, min(start, entry) - ASTRAY), min(field.lanes - 1, max(start, entry) + ASTRAY)
    yield from range(low, high + 1)
    yield from (lane for lane in field.between if not low <= lane <= high)


def _reach(field: Field, channel: int, lane: int) -> tuple[int, int]:
    """How far along a channel can be gone from a lane."""
    barred = field.barred[channel]
    if not barred:
        return 0, field.lanes - 1
    low = max((at for at in barred if at < lane), default=-1) + 1
    return low, min((at for at in barred if at > lane), default=field.lanes) - 1
