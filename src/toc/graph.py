"""Plain adjacency: order, cycles, layers, ways. Nothing here knows what a theory is.

A graph is a mapping from each node to the nodes it leads to, in the author's order; every target is also a key.
All functions are linear in nodes plus links unless they say otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def order(graph: Graph) -> list[str]:
    """Every node after all that lead to it (Kahn 1962); nodes on or behind a cycle are left out."""
    waiting = dict.fromkeys(graph, 0)
    for targets in graph.values():
        for target in targets:
            waiting[target] += 1
    ready = [node for node, count in waiting.items() if not count]
    for node in ready:  # grows while it is walked
        for target in graph[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready


def cycles(graph: Graph) -> list[list[str]]:
    """One shortest cycle for each knot of nodes that all lead to one another, from the knot's first node."""
    sorted_out = set(order(graph))
    tangled = {node: [t for t in graph[node] if t not in sorted_out] for node in graph if node not in sorted_out}
    place = {node: number for number, node in enumerate(tangled)}
    knots = [sorted(knot, key=place.__getitem__) for knot in components(tangled)]
    found = []
    for knot in sorted(knots, key=lambda knot: place[knot[0]]):
        members = set(knot)
        walk = way_back({node: [t for t in tangled[node] if t in members] for node in knot}, knot[0])
        if walk:
            found.append(walk)
    return found


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


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    """Every node that can be reached from `starts`, these included."""
    seen = set(starts)
    stack = list(seen)
    while stack:
        for target in graph[stack.pop()]:
            if target not in seen:
                seen.add(target)
                stack.append(target)
    return seen


def layers(graph: Graph) -> list[list[str]]:
    """Nodes by the longest way that leads to them: first those that nothing leads to. The graph has no cycle."""
    depth = dict.fromkeys(graph, 0)
    for node in order(graph):
        below = depth[node] + 1
        for target in graph[node]:
            depth[target] = max(depth[target], below)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node, level in depth.items():
        found[level].append(node)
    return found


def count_ways(graph: Graph, start: str, ends: Iterable[str]) -> int:
    """How many different ways lead from `start` to any of `ends`, by dynamic programming. The graph has no cycle."""
    wanted = set(ends)
    within = reachable(graph, [start])
    ways: dict[str, int] = {}
    for node in reversed(order({node: graph[node] for node in graph if node in within})):
        ways[node] = (node in wanted) + sum(ways[target] for target in graph[node])
    return ways[start] - (start in wanted)


def ways(graph: Graph, start: str, ends: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every way from `start` to any of `ends`, one at a time and in the author's order. The graph has no cycle.

    A dead end is never walked, so the time between two ways is bounded by the longest of them.
    """
    wanted = set(ends)
    useful = reachable(reversed_graph(graph), wanted)
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
