"""What else draws boxes and arrows, as whole processes from a file to SVG.

The others draw plain boxes with their titles, and the arrows. `toc draw` reads YAML, and also checks, advises and places.
One that is not installed is passed over with a word.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

import toc
from data import yaml_text
from timing import Work, process, report, sizes

TOC = str(Path(sysconfig.get_path("scripts"), "toc"))
READ = "import json, sys\nfile, out = sys.argv[1:]\nboxes, arrows = json.load(open(file, encoding='utf-8'))\n"
GRAPH = "import networkx as nx\ngraph = nx.DiGraph()\ngraph.add_nodes_from(boxes)\ngraph.add_edges_from(arrows)\n"
# What each needs, modules and programs, and what it does.
PEERS = {
    "graphviz, dot": (
        ("graphviz", "dot"),
        """import graphviz
graph = graphviz.Digraph(node_attr={"shape": "box"}, graph_attr={"rankdir": "BT"})
for id, title in boxes.items():
    graph.node(id, title)
graph.edges(arrows)
open(out, "wb").write(graph.pipe(format="svg"))
""",
    ),
    "networkx, pydot, dot": (
        ("networkx", "pydot", "dot"),
        GRAPH
        + """graph = nx.relabel_nodes(graph, boxes)
nx.nx_pydot.to_pydot(graph).write_svg(out)
""",
    ),
    "matplotlib, networkx": (
        ("matplotlib", "networkx"),
        GRAPH
        + """import matplotlib
matplotlib.use("svg")
from matplotlib import pyplot
figure = pyplot.figure(figsize=(20, 20))
for layer, ids in enumerate(nx.topological_generations(graph)):
    for id in ids:
        graph.nodes[id]["layer"] = layer
nx.draw(graph, nx.multipartite_layout(graph, subset_key="layer"), labels=boxes, node_shape="s")
figure.savefig(out)
""",
    ),
}
GOALS = {("networkx, pydot, dot", 300): 1.1}


def missing(needs: tuple[str, ...]) -> str | None:
    """The first of some modules and programs that is not there."""
    return next((name for name in needs if not (shutil.which(name) or importlib.util.find_spec(name))), None)


def drawing(program: str, theory: toc.TheoryOfChange, folder: Path) -> Work:
    """A small program that draws the boxes and the arrows of a theory, without its KPIs."""
    boxes = {id: node.title for id, node in theory.nodes.items() if id not in theory.kpis}
    arrows = [(link.source, link.target) for link in theory.links]
    file = folder / "graph.json"
    file.write_text(json.dumps([boxes, arrows]), encoding="utf-8")
    return process(sys.executable, "-c", READ + program, str(file), str(folder / "peer.svg"))


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    for size in sizes(30, 300):
        source = folder / f"{size}.yaml"
        source.write_text(yaml_text(size), encoding="utf-8")
        whole = process(TOC, "draw", str(source), str(folder / "toc.svg"))
        for peer, (needs, program) in PEERS.items():
            if lacks := missing(needs):
                print(f"toc draw, {size:,} nodes: skipped, there is no {lacks} to compare with")
                continue
            baseline = (peer, drawing(program, toc.load(source), folder))
            report(f"toc draw, {size:,} nodes", whole, baseline, goal=GOALS.get((peer, size)), rounds=7)
