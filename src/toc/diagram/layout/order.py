"""Which box stands beside which: layers ordered so that few arrows cross, and moved over one another.

The order is found by barycentres (Sugiyama, Tagawa and Toda 1981): each box goes to the mean place of those that it is
linked to, layer by layer, a few times down and up again; the order with the fewest crossings is kept.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from toc.graph import Graph, reversed_graph

SWEEPS: Final = 4  # down and up again; more change little
FARTHEST: Final = 16  # layers that a link is led past one by one; a longer one is taken as straight
PASSING: Final = " "  # begins the name of a place where links pass a layer; no id does


def ordered(layers: Sequence[Sequence[str]], links: Graph) -> list[list[str]]:
    """The layers, each in an order in which few links cross. `links` lead from lower layers to upper ones.

    >>> ordered([["a", "b"], ["c", "d"]], {"a": [], "b": [], "c": ["b"], "d": ["a"]})
    [['a', 'b'], ['d', 'c']]
    """
    rows, steps = _stepped(layers, links)
    backwards = reversed_graph(steps)
    best, fewest = rows, crossings(rows, steps)
    for _ in range(SWEEPS):
        if not fewest:
            break
        rows = _swept(_swept(rows, steps), backwards, upwards=True)
        crossed = crossings(rows, steps)
        if crossed < fewest:
            best, fewest = rows, crossed
    return [[id for id in row if not id.startswith(PASSING)] for row in best]


def _stepped(layers: Sequence[Sequence[str]], links: Graph) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The layers and links with one more place in each layer that links to the same node pass by."""
    level = {id: number for number, layer in enumerate(layers) for id in layer}
    rows = [list(layer) for layer in layers]
    steps: dict[str, list[str]] = {id: [] for id in level}
    for source, low in level.items():
        for target in links[source]:
            last, passed = source, range(low - 1, level[target], -1)
            for number in passed if len(passed) <= FARTHEST else ():
                passing = f"{PASSING}{number} {target}"
                met = passing in steps
                steps[last].append(passing)
                if met:
                    break
                rows[number].append(passing)
                steps[passing] = []
                last = passing
            else:
                steps[last].append(target)
    return rows, steps


def _swept(rows: Sequence[Sequence[str]], links: Graph, *, upwards: bool = False) -> list[list[str]]:
    places = _places(rows)
    found = [list(row) for row in rows]
    for index in reversed(range(len(rows))) if upwards else range(len(rows)):
        means = {id: _mean((places[other] for other in links[id]), places[id]) for id in found[index]}
        found[index].sort(key=means.__getitem__)
        places.update(_places([found[index]]))
    return found


def _places(rows: Iterable[Sequence[str]]) -> dict[str, float]:
    """Where in its row each one stands, from 0 to 1."""
    return {id: (place + 0.5) / len(row) for row in rows for place, id in enumerate(row)}


def _mean(values: Iterable[float], otherwise: float) -> float:
    found = list(values)
    return sum(found) / len(found) if found else otherwise


def crossings(rows: Sequence[Sequence[str]], links: Graph) -> int:
    """How many pairs of links from one row to the next cross, if they were straight."""
    place = {id: (number, index) for number, row in enumerate(rows) for index, id in enumerate(row)}
    ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for source, targets in links.items():
        for target in targets:
            (low, from_), (high, to) = place[source], place[target]
            ends.setdefault((low, high), []).append((from_, to))
    return sum(_inversions(sorted(pairs)) for pairs in ends.values())


def _inversions(pairs: Iterable[tuple[int, int]]) -> int:
    seen: list[int] = []
    found = 0
    for _, place in pairs:
        found += len(seen) - bisect_right(seen, place)
        insort(seen, place)
    return found


def stacks(row: Sequence[str], slots: int) -> list[list[str]]:
    """A layer in as many stacks side by side as there are slots, or fewer, none more than one box higher than another."""
    high = -(-len(row) // slots)
    count = -(-len(row) // high)
    cuts = [-(-len(row) * index // count) for index in range(count + 1)]
    return [list(row[start:end]) for start, end in pairwise(cuts)]


def slots_of(layers: Sequence[Sequence[Sequence[str]]], links: Graph, slots: int) -> list[list[int]]:
    """For each layer the slots of its stacks: as near as can be to what they are linked to, in their order.

    >>> slots_of([[["a"]], [["b"], ["c"], ["d"]]], {"a": [], "b": ["a"], "c": ["a"], "d": ["a"]}, 3)
    [[1], [0, 1, 2]]
    """
    backwards = reversed_graph(links)
    widest = max(range(len(layers)), key=lambda index: len(layers[index]))
    found: list[list[int]] = [[] for _ in layers]
    placed: dict[str, int] = {}
    for index in (widest, *range(widest - 1, -1, -1), *range(widest + 1, len(layers))):
        count = len(layers[index])
        even = [(place + 0.5) * slots / count - 0.5 for place in range(count)]
        wishes = [
            _mean((placed[other] for id in stack for other in (*links[id], *backwards[id]) if other in placed), own)
            for stack, own in zip(layers[index], even, strict=True)
        ]
        found[index] = _apart(wishes, slots)
        for stack, slot in zip(layers[index], found[index], strict=True):
            placed.update(dict.fromkeys(stack, slot))
    return found


def _apart(wishes: Sequence[float], slots: int) -> list[int]:
    """Different slots in rising order, as near as can be to the wished ones (the pool of adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for index, wish in enumerate(wishes):
        total, count = wish - index, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    firsts = [total / count for total, count in pools for _ in range(count)]
    last = slots - len(wishes)
    return [min(max(int(first + 0.5), 0), last) + index for index, first in enumerate(firsts)]
