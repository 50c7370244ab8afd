"""Lines side by side: which of several that run together lies where, so that few cross and none lies on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toc.diagram.layout.scene import Net

ROUNDS: Final = 6  # of moving each run to where it crosses least
MOST_MOVED: Final = 30  # runs; more are left as they come


class Run(NamedTuple):
    """A stretch of a net along a lane or a channel, and the places where lines come in before it and after it.

    Before is to the left of a lane, above a channel.
    """

    net: Net
    low: float
    high: float
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()


class Track(NamedTuple):
    """Where a run lies: its track from 0, and on how many lie the runs that it is together with."""

    run: Run
    track: int
    of: int


Joint = tuple[float, int]  # a place, and the side of the line that comes in there: -1 before, 1 after


def runs_of(pieces: Mapping[Net, Iterable[tuple[float, float]]], joints: Mapping[Net, Iterable[Joint]]) -> list[Run]:
    """The stretches of each net, those that touch made one."""
    found = []
    for net, spans in pieces.items():
        merged: list[list[float]] = []
        for low, high in sorted(spans):
            if merged and low <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], high)
            else:
                merged.append([low, high])
        ends = list(dict.fromkeys(joints.get(net, ())))
        for low, high in merged:
            before = tuple(place for place, side in ends if side < 0 and low <= place <= high)
            after = tuple(place for place, side in ends if side > 0 and low <= place <= high)
            found.append(Run(net, low, high, before, after))
    return found


def tracked(runs: Sequence[Run], clear: float = 0.0) -> list[Track]:
    """A track for each run. Those nearer to one another along the way than `clear` do not share one.

    >>> [(one.run.net, one.track) for one in tracked([Run("a", 0, 4, after=(4,)), Run("b", 2, 6)])]
    [('b', 0), ('a', 1)]
    """
    if len(runs) == 1:
        return [Track(runs[0], 0, 1)]
    order = _ordered(runs)
    track: list[int] = []
    for index, run in enumerate(order):
        met = (track[other] + 1 for other in range(index) if _meet(order[other], run, clear))
        track.append(max(met, default=0))
    of: dict[int, int] = {}
    together: list[int] = []
    reached = 0.0
    for index in sorted(range(len(order)), key=lambda index: order[index].low):
        if together and order[index].low - clear > reached:
            of.update(dict.fromkeys(together, max(track[one] for one in together) + 1))
            together = []
        reached = max(reached, order[index].high) if together else order[index].high
        together.append(index)
    of.update(dict.fromkeys(together, max(track[one] for one in together) + 1))
    return [Track(run, track[index], of[index]) for index, run in enumerate(order)]


def _meet(one: Run, other: Run, clear: float) -> bool:
    return one.low - clear <= other.high and other.low - clear <= one.high


def _ordered(runs: Sequence[Run]) -> list[Run]:
    """The runs in an order in which few lines cross: each is moved to its best place, a few times over."""
    order = sorted(runs, key=lambda run: len(run.after) - len(run.before))
    if len(order) > MOST_MOVED:
        return order
    cost = {(one, other): _crossed(one, other) for one in order for other in order if one is not other}
    for _ in range(ROUNDS):
        before = order[:]
        for run in before:
            at = order.index(run)
            best, place, gain = 0, at, 0
            for to in range(at - 1, -1, -1):
                gain += cost[run, order[to]] - cost[order[to], run]
                if gain < best:
                    best, place = gain, to
            gain = 0
            for to in range(at + 1, len(order)):
                gain += cost[order[to], run] - cost[run, order[to]]
                if gain < best:
                    best, place = gain, to
            order.insert(place, order.pop(at))
        if order == before:
            break
    return order


def _crossed(one: Run, other: Run) -> int:
    """How often two runs cross when the first lies before the other."""
    return sum(other.low < place < other.high for place in one.after) + sum(
        one.low < place < one.high for place in other.before
    )
