"""The ways that there are from one box to another: up the lanes and along the channels, through no box, with at most four bends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.diagram.layout.field import Field, Way

FARTHEST: Final = 3  # lanes from the side of a box to where its line goes up
ASTRAY: Final = 3  # lanes beside those between its ends that a way may take


def choices(field: Field, lower: int, upper: int) -> Iterator[Iterator[Way]]:
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


def around(field: Field, lower: int, upper: int) -> Iterator[Way]:
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
    """Whether straight up a gutter there is a bar: one over all lanes covers the outermost gutters too."""
    return lane % 2 == 0 and field.first[upper] <= lane <= field.last[upper]


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
