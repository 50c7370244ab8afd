"""A theory to a diagram, and a diagram to DOT text."""

from __future__ import annotations

from functools import partial

import toc
from data import json_text
from timing import Work, growth, report, sizes
from toc.diagram import Diagram
from toc.render.dot import to_dot


def joined(diagram: Diagram) -> str:
    """The least that says the same: every place and every text, without type, colours or escaping."""
    lines = ["digraph {", "graph [layout=nop2]"]
    for box in diagram.boxes:
        text = "\\n".join([row for line in box.lines for row in line.rows])
        place = f'pos="{box.x:g},{box.y:g}" width={box.width:g} height={box.height:g}'
        lines.append(f'"{box.id}" [class="{box.kind}" {place} tooltip="{box.tooltip}" label="{text}"];')
    for arrow in diagram.arrows:
        points = " ".join([f"{x:g},{y:g}" for x, y in arrow.points])
        lines.append(f'"{arrow.source}" -> "{arrow.target}" [pos="{points}" tooltip="{arrow.tooltip}"];')
    return "\n".join([*lines, "}"])


def placing(nodes: int) -> Work:
    """Making the whole pillar view of a theory of so many nodes."""
    return partial(toc.loads(json_text(nodes), format="json").diagram, "pillars")


for size in sizes(30, 1_000, 10_000, 100_000):
    content = json_text(size)
    theory = toc.loads(content, format="json")
    diagram = theory.diagram("pillars")
    rounds = 3 if size > 10_000 else 7
    report(
        f"DOT text, {size:,} nodes",
        partial(to_dot, diagram),
        ("plain strings, joined", partial(joined, diagram)),
        goal=3,
        rounds=rounds,
    )
    loading = ("loading its JSON", partial(toc.loads, content, format="json"))
    report(f"theory to diagram, {size:,} nodes", partial(theory.diagram, "pillars"), loading, goal=0.5, rounds=rounds)

growth("theory to diagram", placing, sizes(1_000, 10_000, 100_000))
