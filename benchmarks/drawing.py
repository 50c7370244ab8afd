"""Drawings: as a whole process, from a diagram, after an edit, and large ones, against the engine alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import toc
from data import json_text, yaml_text
from timing import Work, absolute, process, python, report, sizes
from toc.diagram.drawing import VIEWS
from toc.diagram.looks.themes import LIGHT
from toc.render.dot import to_dot
from toc.render.formats import Subject, format_of, rendered

PROGRAMS = sysconfig.get_path("scripts")
TOC = str(Path(PROGRAMS, "toc"))
ENGINE = shutil.which("graphviz-pure", path=PROGRAMS) or shutil.which("dot")
FLOOR = "import click, yaml, pydantic\nclass One(pydantic.BaseModel):\n    text: str"
SVG = format_of(None, "svg")


def placed(nodes: int) -> toc.TheoryOfChange:
    """A theory of so many nodes."""
    return toc.loads(json_text(nodes), format="json")


def plain_graph(theory: toc.TheoryOfChange) -> str:
    """The same boxes and arrows with no places, for the engine to lay out as it does by default."""
    columns: dict[str | None, list[str]] = {}
    for id in theory.nodes:
        columns.setdefault(theory.pillar_of(id), []).append(id)
    lines = ["digraph {", "rankdir=BT", "node [shape=box]"]
    for number, ids in enumerate(columns.values()):
        boxes = (f'"{id}" [label="{theory.nodes[id].title}"]' for id in ids if id not in theory.kpis)
        lines += [f"subgraph cluster_{number} {{", *boxes, "}"]
    lines += [f'"{link.source}" -> "{link.target}"' for link in theory.links]
    return "\n".join([*lines, "}"])


def engine_on(dot: str, file: Path, *, output: str = "svg") -> Work:
    """The engine on a DOT text, as a process and nothing else: painting it, or with `plain` only finding its places."""
    file.write_text(dot, encoding="utf-8")
    return process(str(ENGINE), "-q", f"-T{output}", f"-o{file.with_suffix('.made')}", str(file))


def whole_process(folder: Path) -> None:
    """`toc draw`, from the start of the program to the file."""
    source, drawn = folder / "x.yaml", str(folder / "x.svg")
    source.write_text(yaml_text(30), encoding="utf-8")
    floor = ("a process that imports pydantic, with one class, click and yaml", python(FLOOR))
    report(
        "toc draw, 30 nodes", process(TOC, "draw", str(source), drawn, "--search", "quick"), floor, goal=1.6, rounds=21
    )


def diagram_to_svg(folder: Path) -> None:
    """From a diagram to SVG, against the engine painting the very same DOT text."""
    for size in sizes(30, 300, 1_000):
        diagram = placed(size).diagram("pillars")
        painting = engine_on(to_dot(diagram), folder / f"settled-{size}.dot")
        ours = partial(rendered, SVG, Subject(diagram, LIGHT))
        report(f"diagram to SVG, {size:,} nodes", ours, ("the engine on the same DOT", painting), goal=0.1, rounds=7)


def views(folder: Path) -> None:
    """Each view of 300 nodes from the theory to SVG, against the engine painting the DOT text of that view."""
    for size in sizes(300):
        theory = placed(size)
        for view, one in VIEWS.items():
            looks: dict[str, Any] = {"view": view, "search": "quick"}
            if "node" in one.needs:
                looks["node"] = max(theory.activities, key=theory.count_paths)
            painting = engine_on(theory.to_dot(**looks), folder / f"{view}.dot")
            drawing = partial(theory.to_svg, **looks)
            report(f"{view}, {size:,} nodes", drawing, ("the engine on the same DOT", painting), rounds=3)


def live_redraws() -> None:
    """What somebody waits for who changes a title and looks at the drawing, in milliseconds."""
    for size, goal in zip(sizes(30, 100, 300, 1_000), (8, 20, 50, 150), strict=False):
        theory = placed(size)
        first = next(iter(theory.outcomes))

        def redraw(theory: toc.TheoryOfChange = theory, id: str = first) -> str:
            return theory.edit(id, title="Young readers catch up").to_svg(view="pillars", search="quick")

        absolute(f"an edit and its drawing, {size:,} nodes", redraw, goal)


def placing(folder: Path) -> None:
    """From a theory to a diagram, against the engine finding its own places for the same graph."""
    for size, goal in zip(sizes(30, 1_000, 3_000), (0.65, 0.5, 0.4), strict=False):
        theory = placed(size)
        laying_out = engine_on(plain_graph(theory), folder / f"places-{size}.dot", output="plain")
        rounds = 3 if size > 1_000 else 7
        peer = ("the engine's own places", laying_out)
        report(
            f"theory to diagram, {size:,} nodes",
            partial(theory.diagram, "pillars", search="quick"),
            peer,
            goal=goal,
            rounds=rounds,
        )


def large_drawings(folder: Path) -> None:
    """Every box of a large theory, against the engine placing and painting the same graph as it does by default."""
    for size, goal in zip(sizes(1_000, 3_000), (0.8, 0.6), strict=False):
        theory = placed(size)
        laying_out = engine_on(plain_graph(theory), folder / f"plain-{size}.dot")
        drawing = partial(theory.draw, str(folder / "x.svg"), view="pillars", search="quick")
        peer = ("the engine's own places and painting", laying_out)
        report(f"every box drawn, {size:,} nodes", drawing, peer, goal=goal, rounds=3)


def slides() -> None:
    """A large diagram as a slide, against all that it takes to draw its theory."""
    try:
        from toc.render.slide import to_pptx
    except ImportError:
        print("PPTX from its diagram: skipped, python-pptx is not installed")
        return
    for size in sizes(3_600):
        theory = placed(size)
        diagram = theory.diagram("pillars")
        named = f"PPTX from its diagram, {len(diagram.boxes):,} boxes"
        drawing = partial(theory.to_svg, view="pillars")
        report(named, partial(to_pptx, diagram), ("theory to SVG", drawing), goal=2, rounds=1)


def main(folder: Path) -> None:
    """Measure with files in a folder of our own."""
    whole_process(folder)
    live_redraws()
    slides()
    if ENGINE is None:
        print("all else: skipped, there is no engine to compare with; install graphviz-pure")
        return
    for part in (diagram_to_svg, views, placing, large_drawings):
        part(folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        try:
            main(Path(name))
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error.cmd[0]} failed with exit code {error.returncode}")
