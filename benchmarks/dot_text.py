"""A diagram to DOT text, against the least that says the same."""

from __future__ import annotations

from functools import partial

import toc
from data import json_text
from timing import report, sizes
from toc.diagram import Diagram
from toc.render.dot import to_dot

GOALS = {30: 5.5, 1_000: 4.5, 10_000: 4.5}


def joined(diagram: Diagram) -> str:
    """Every place and every text as plain strings, without type, colours or escaping."""
    lines = ["digraph {", "graph [layout=nop2]"]
    for box in diagram.boxes:
        text = "\\n".join([row for line in box.lines for row in line.rows])
        place = f'pos="{box.x:g},{box.y:g}" width={box.width:g} height={box.height:g}'
        lines.append(f'"{box.id}" [class="{box.kind}" {place} tooltip="{box.tooltip}" label="{text}"];')
    for arrow in diagram.arrows:
        points = " ".join([f"{x:g},{y:g}" for x, y in arrow.points])
        lines.append(f'"{arrow.source}" -> "{arrow.target}" [pos="{points}" tooltip="{arrow.tooltip}"];')
    return "\n".join([*lines, "}"])


for size in sizes(*GOALS):
    diagram = toc.loads(json_text(size), format="json").diagram("pillars")
    peer = ("plain strings, joined", partial(joined, diagram))
    report(f"DOT text, {size:,} nodes", partial(to_dot, diagram), peer, goal=GOALS.get(size), rounds=7)
