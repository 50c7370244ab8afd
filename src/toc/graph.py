"""Plain adjacency: order, cycles, layers, ways. Nothing here knows what a theory is.

A graph is a mapping from each node to the nodes it leads to, in the author's order; every target is also a key.
All functions are linear in nodes plus links unless they say otherwise. Nodes that lead to the same nodes may share one
row of targets, and such a row counts once: a hundred nodes that all lead to the same hundred cost two hundred.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import Final, NamedTuple

Graph = Mapping[str, Sequence[str]]


def order(graph: Graph) -> list[str]:
    """Every node after all that lead to it (Kahn 1962); nodes on or behind a cycle are left out."""
    sharing = Counter(map(id, graph.values()))
    waiting = dict.fromkeys(graph, 0)
    for targets in _rows(graph):
        for target in targets:
            waiting[target] += 1
    ready = [node for node, count in waiting.items() if not count]
    for node in ready:  # grows while it is walked
        targets = graph[node]
        sharing[id(targets)] -= 1
        if not sharing[id(targets)]:  # all that share the row are in order
            for target in targets:
                waiting[target] -= 1
                if not waiting[target]:
                    ready.append(target)
    return ready


def _rows(graph: Graph) -> Iterable[Sequence[str]]:
    """Each row of targets once."""
    return {id(targets): targets for targets in graph.values()}.values()


MOST_CYCLES: Final = 100


class Cycles(NamedTuple):
    """Walks round loops, each from its first node back to it, with the link that closes it; and how many are left out."""

    walks: list[list[str]]
    closing: list[tuple[str, str]]
    more: int


def cycles(graph: Graph) -> Cycles:
    """The loops that must each lose a link: without those that close them, nothing is a loop any more.

    The links that close loops are those on which a walk in the author's order comes back to where it still is; each is
    told with a shortest loop that has no other of them. Of a knot of nodes that all lead to one another there is one at
    least, and of further ones `MOST_CYCLES` in all.

    >>> cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": []}).walks
    [['a', 'b', 'c', 'a']]
    >>> cycles({"a": ["b"], "b": ["a", "c"], "c": ["a"]})[:2]
    ([['a', 'b', 'a'], ['a', 'b', 'c', 'a']], [('b', 'a'), ('c', 'a')])
    """
    sorted_out = set(order(graph))
    tangled = {node: [t for t in graph[node] if t not in sorted_out] for node in graph if node not in sorted_out}
    place = {node: number for number, node in enumerate(tangled)}
    knot_of = {node: number for number, knot in enumerate(components(tangled)) for node in knot}
    closing = _closing(tangled)
    shut = set(closing)
    open_ = {n: [t for t in ts if (n, t) not in shut and knot_of[t] == knot_of[n]] for n, ts in tangled.items()}
    found, told, further = Cycles([], [], 0), set[int](), 0
    for source, target in closing:
        is_first = knot_of[source] not in told
        further += not is_first
        if is_first or further <= MOST_CYCLES:
            told.add(knot_of[source])
            walk = _shortest(open_, target, source)
            start = min(range(len(walk)), key=lambda step: place[walk[step]])
            found.walks.append([*walk[start:], *walk[:start], walk[start]])
            found.closing.append((source, target))
    return found._replace(more=max(0, further - MOST_CYCLES))


def _closing(graph: Graph) -> list[tuple[str, str]]:
    """The links by which a walk through the whole graph comes back to a node that it has not left yet."""
    found, left, within = list[tuple[str, str]](), set[str](), set[str]()
    for root in graph:
        walk = [] if root in left else [(root, iter(graph[root]))]
        within.update(node for node, _ in walk)
        while walk:
            node, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                within.discard(node)
                left.add(node)
            elif target in within:
                found.append((node, target))
            elif target not in left:
                within.add(target)
                walk.append((target, iter(graph[target])))
    return found


def _shortest(graph: Graph, start: str, end: str) -> list[str]:
    """The nodes of a shortest way, both ends included; there is one."""
    before, queue = {start: start}, deque([start])
    while end not in before:
        node = queue.popleft()
        for target in graph[node]:
            if target not in before:
                before[target] = node
                queue.append(target)
    walk = [end]
    while walk[-1] != start:
        walk.append(before[walk[-1]])
    return walk[::-1]


def components(graph: Graph) -> list[list[str]]:
    """The knots of nodes that all lead to one another, single nodes among them (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found: list[list[str]] = []
    for root in graph:
        if root in index:
            continue
        walk = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while walk:
            node, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_popped(stack, on_stack, node))
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                walk.append((target, iter(graph[target])))
            elif target in on_stack:
                low[node] = min(low[node], index[target])
    return found


def _popped(stack: list[str], on_stack: set[str], node: str) -> list[str]:
    """What lies on the stack down to `node`, taken off."""
    knot: list[str] = []
    while not knot or knot[-1] != node:
        knot.append(stack.pop())
        on_stack.discard(knot[-1])
    return knot


def way_back(graph: Graph, start: str) -> list[str]:
    """The shortest walk from `start` back to itself, or an empty list."""
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for target in graph[node]:
            if target == start:
                walk = [start]
                while node != start:
                    walk.append(node)
                    node = before[node]
                return [start, *walk[:0:-1], start]
            if target not in before:
                before[target] = node
                queue.append(target)
    return []


def reversed_graph(graph: Graph) -> dict[str, list[str]]:
    """The same links, walked backwards."""
    back: dict[str, list[str]] = {node: [] for node in graph}
    for node, targets in graph.items():
        for target in targets:
            back[target].append(node)
    return back


class Reversed(Mapping[str, tuple[str, ...]]):
    """The same links, walked backwards: what leads to each node, in the order of the graph.

    What shares a row of targets is kept once, and joined to what else leads to a node when that is asked for.

    >>> row = ("x", "y")
    >>> back = Reversed({"a": row, "b": ("x",), "c": row, "x": (), "y": ()})
    >>> back["x"], back["y"]
    (('a', 'b', 'c'), ('a', 'c'))
    >>> back.parts("x")
    (('b',), ('a', 'c'))
    """

    __slots__ = ("_alone", "_place", "_together")

    def __init__(self, graph: Graph) -> None:
        self._place = {node: place for place, node in enumerate(graph)}
        alone: dict[str, list[str]] = {node: [] for node in graph}
        sharing = Counter(map(id, graph.values()))
        sources: dict[int, list[str]] = {}
        for node, targets in graph.items():
            if len(targets) > 1 and sharing[id(targets)] > 1:
                sources.setdefault(id(targets), []).append(node)
            else:
                for target in targets:
                    alone[target].append(node)
        self._alone = {node: tuple(found) for node, found in alone.items()}
        self._together: dict[str, tuple[tuple[str, ...], ...]] = {}
        for targets in _rows(graph) if sources else ():
            if id(targets) in sources:
                many = tuple(sources[id(targets)])
                for target in targets:
                    self._together[target] = (*self._together.get(target, ()), many)

    def __getitem__(self, node: str) -> tuple[str, ...]:
        parts = self.parts(node)
        return parts[0] if len(parts) == 1 else tuple(sorted(chain(*parts), key=self._place.__getitem__))

    def __iter__(self) -> Iterator[str]:
        return iter(self._alone)

    def __len__(self) -> int:
        return len(self._alone)

    def parts(self, node: str) -> tuple[tuple[str, ...], ...]:
        """What leads to a node, in rows of which some are those of other nodes as well; one at least."""
        alone, together = self._alone[node], self._together.get(node)
        return (alone,) if not together else (alone, *together) if alone else together


def parts(graph: Graph, node: str) -> tuple[Sequence[str], ...]:
    """What a node leads to, in rows of which some may be those of other nodes as well."""
    return graph.parts(node) if isinstance(graph, Reversed) else (graph[node],)


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    """Every node that can be reached from `starts`, these included."""
    seen = set(starts)
    stack = list(seen)
    walked: set[int] = set()  # every row is held by the graph, so that its identity is its own
    while stack:
        node = stack.pop()
        for targets in parts(graph, node):
            if id(targets) not in walked:
                walked.add(id(targets))
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        stack.append(target)
    return seen


def layers(graph: Graph) -> list[list[str]]:
    """Nodes by the longest way that leads to them: first those that nothing leads to. The graph has no cycle."""
    depth = dict.fromkeys(graph, 0)
    sharing = Counter(map(id, graph.values()))
    for node in order(graph):  # which goes from depth to depth, so that the last to share a row is the deepest
        targets = graph[node]
        sharing[id(targets)] -= 1
        for target in targets if not sharing[id(targets)] else ():
            depth[target] = max(depth[target], depth[node] + 1)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, level in depth.items():
        found[level].append(node)
    return found


def count_ways(graph: Graph, start: str, ends: Iterable[str]) -> int:
    """How many different ways lead from `start` to any of `ends`, by dynamic programming. The graph has no cycle."""
    wanted = set(ends)
    within = reachable(graph, [start])
    ways: dict[str, int] = {}
    onwards: dict[int, int] = {}
    for node in reversed(order({node: graph[node] for node in graph if node in within})):
        targets = graph[node]
        if id(targets) not in onwards:
            onwards[id(targets)] = sum(ways[target] for target in targets)
        ways[node] = (node in wanted) + onwards[id(targets)]
    return ways[start] - (start in wanted)


def ways(graph: Graph, start: str, ends: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every way from `start` to any of `ends`, one at a time and in the author's order. The graph has no cycle.

    A dead end is never walked, so the time between two ways is bounded by the longest of them.
    """
    wanted = set(ends)
    useful = reachable(Reversed(graph), wanted)
    walk = [start]
    branches = [iter(graph[start])]
    while branches:
        node = next(branches[-1], None)
        if node is None:
            branches.pop()
            walk.pop()
        elif node in useful:
            walk.append(node)
            if node in wanted:
                yield tuple(walk)
            branches.append(iter(graph[node]))


def nearest_of(graph: Graph, sources: Mapping[str, str]) -> dict[str, str]:
    """Spread each source's value along the links; a node takes that of the nearest source, the first at equal distance."""
    found = dict(sources)
    queue = deque(sources)
    while queue:
        node = queue.popleft()
        for target in graph[node]:
            if target not in found:
                found[target] = found[node]
                queue.append(target)
    return found


AT_ONCE: Final = 4096  # nodes counted in one walk, each as a bit


def count_reaching(
    order: Sequence[str], before: Graph, counted: Sequence[str], wanted: Iterable[str]
) -> dict[str, int]:
    """How many of the nodes `counted` lead to each of those `wanted`, itself counted where it is one.

    In `order` each node stands after all that `before` names for it. Every counted node is a bit and every node holds
    the bits of all that lead to it, some thousand at a time.
    """
    found = dict.fromkeys(wanted, 0)
    for first in range(0, len(counted), AT_ONCE):
        bit = {id: 1 << place for place, id in enumerate(counted[first : first + AT_ONCE])}
        bits: dict[str, int] = {}
        together: dict[int, int] = {}  # of rows that several nodes may share
        for node in order:
            own = bit.get(node, 0)
            for sources in parts(before, node):
                if id(sources) not in together:
                    together[id(sources)] = reduce(or_, (bits[source] for source in sources), 0)
                own |= together[id(sources)]
            bits[node] = own
            if node in found:
                found[node] += own.bit_count()
    return found


def count_bits(sets: Iterable[int], width: int) -> list[int]:
    """In how many of the sets each of `width` bits is: all are added up at once, a binary digit of every sum at a time.

    >>> count_bits([0b011, 0b001, 0b101], 3)
    [3, 1, 1]
    """
    digits: list[int] = []
    for one in sets:
        carry, place = one, 0
        while carry:
            if place == len(digits):
                digits.append(0)
            digits[place], carry = digits[place] ^ carry, digits[place] & carry
            place += 1
    texts = [f"{digit:0{width}b}"[::-1] for digit in digits]
    return [sum(1 << place for place, text in enumerate(texts) if text[bit] == "1") for bit in range(width)]
