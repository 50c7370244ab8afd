"""What hangs on what, ways and coverage, against taking every node out in turn, against networkx and against loading."""

from __future__ import annotations

import json
from functools import partial

import networkx as nx

import toc
from data import json_text
from timing import Work, growth, report, sizes
from toc import graph


def each_taken_out(theory: toc.TheoryOfChange) -> int:
    """How many activities lose their ways to the goal with each node: reached anew without it, one node at a time."""
    lost = 0
    for taken in theory.forwards:
        without = {id: [s for s in sources if s != taken] for id, sources in theory.backwards.items() if id != taken}
        reached = graph.reachable(without, [goal for goal in theory.goals if goal != taken])
        lost += sum(id not in reached for id in theory.activities)
    return lost


def cut_by_networkx(theory: toc.TheoryOfChange) -> int:
    """The size of the smallest cut between the activities and each pillar."""
    whole = nx.DiGraph([(link.source, link.target) for link in theory.links])
    whole.add_edges_from(("SOURCE", id) for id in theory.activities)
    return sum(int(nx.node_connectivity(whole, "SOURCE", pillar)) for pillar in theory.pillars)


def explanation_of_layers(nodes: int) -> Work:
    """The explanation of the first of many layers, each of which leads to three of the next."""
    width = max(3, nodes // 50)
    layers = nodes // width
    outcomes = {
        f"o{layer}-{place}": {
            "title": "An outcome",
            "leads_to": {f"o{layer + 1}-{(place + step) % width}": {"confidence": 0.5} for step in range(3)}
            if layer + 1 < layers
            else "goal",
        }
        for layer in range(layers)
        for place in range(width)
    }
    text = json.dumps({"toc": 1, "title": "Layers", "goal": "Goal", "outcomes": outcomes})
    return partial(toc.loads(text, format="json").explain, "o0-0")


for size in sizes(30, 1_000, 10_000):
    text = json_text(size)
    theory = toc.loads(text, format="json")
    loading = ("loading its JSON", partial(toc.loads, text, format="json"))
    report(f"exposure, {size:,} nodes", theory.exposure, loading)
    report(f"coverage, {size:,} nodes", theory.coverage, loading)
    report(f"explanation of one activity, {size:,} nodes", partial(theory.explain, "activity-0"), loading)

for size in sizes(1_000):
    theory = toc.loads(json_text(size), format="json")
    taken_out = ("each node taken out in turn, no links and no cuts", partial(each_taken_out, theory))
    report(f"exposure, {size:,} nodes", theory.exposure, taken_out)
    report(
        f"exposure, {size:,} nodes",
        theory.exposure,
        ("networkx, the cuts alone", partial(cut_by_networkx, theory)),
        rounds=3,
    )

growth("explanation of a deep theory", explanation_of_layers, sizes(300, 10_000), goal=1.2)
