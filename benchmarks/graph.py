"""Cycles and paths, against networkx on the same graph."""

from __future__ import annotations

import json
from functools import partial

import networkx as nx

import toc
from data import chain
from timing import Work, growth, report, sizes


def layered(nodes: int, *, closed: bool = False) -> str:
    """A deep theory of outcomes as JSON; `closed` lets the last layer lead back to the first."""
    width = max(3, nodes // 50)
    names, edges = chain(nodes, width=width)
    leads_to: dict[str, list[str]] = {name: [] for name in names}
    for source, target in edges:
        leads_to[source].append(target)
    if closed:
        leads_to[names[(nodes // width - 1) * width]].append(names[0])
    for name in names:
        leads_to[name] = leads_to[name] or ["goal"]
    outcomes = {name: {"title": name, "leads_to": targets} for name, targets in leads_to.items()}
    return json.dumps({"toc": 1, "title": "Deep", "goal": "Goal", "outcomes": outcomes})


def refusing(nodes: int) -> Work:
    """Reading a theory with one cycle and naming the cycle."""
    text = layered(nodes, closed=True)

    def run() -> str:
        try:
            toc.loads(text, format="json")
        except toc.TheoryError as error:
            return str(error)
        raise AssertionError("a cycle was let through")

    return run


for size in sizes(1_000, 10_000):
    text = layered(size)
    theory = toc.loads(text, format="json")
    start = next(iter(theory.outcomes))
    graph = nx.DiGraph([(link.source, link.target) for link in theory.links])
    valid = (f"reading the same without a cycle, {size:,} nodes", partial(toc.loads, text, format="json"))
    report(f"naming a cycle, {size:,} nodes", refusing(size), valid)

    def counted_by_networkx(graph: nx.DiGraph[str] = graph, start: str = start) -> int:
        """The same count in networkx's own order of the nodes."""
        ways = dict.fromkeys(graph, 0) | {start: 1}
        for node in nx.topological_sort(graph):
            for target in graph.successors(node):
                ways[target] += ways[node]
        return ways["goal"]

    peer = ("networkx, sorted and summed", counted_by_networkx)
    report(f"counting paths, {size:,} nodes", partial(theory.count_paths, start), peer, goal=1)

growth("naming a cycle", refusing, sizes(300, 10_000), goal=1.2)
