"""Drawings against the engine alone: as a whole process, from a theory to SVG, and view by view."""

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
from timing import Work, process, python, report, sizes
from toc.diagram.drawing import VIEWS

PROGRAMS = sysconfig.get_path("scripts")
TOC = str(Path(PROGRAMS, "toc"))
ENGINE = shutil.which("graphviz-pure", path=PROGRAMS) or shutil.which("dot")


def after(first: Work, then: Work) -> Work:
    """One, then the other."""

    def both() -> None:
        first()
        then()

    return both


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


def engine_on(dot: str, file: Path) -> Work:
    """The engine painting a DOT text, as a process and nothing else."""
    file.write_text(dot, encoding="utf-8")
    return process(str(ENGINE), "-q", "-Tsvg", f"-o{file.with_suffix('.painted')}", str(file))


def whole_processes(folder: Path) -> None:
    """`toc draw`, from the start of the program to the file."""
    source, drawn = folder / "x.yaml", str(folder / "x.svg")
    source.write_text(yaml_text(30), encoding="utf-8")
    painting = engine_on(toc.load(source).to_dot(), folder / "x.dot")
    floor = after(python("from pydantic import BaseModel"), painting)
    whole = process(TOC, "draw", str(source), drawn)
    report("toc draw, 30 nodes", whole, ("pydantic's import and the engine, one after the other", floor), goal=1.6)
    report("toc draw, 30 nodes, YAML", whole, ("the engine alone", painting), goal=14)
    source = folder / "x.json"
    source.write_text(json_text(30), encoding="utf-8")
    whole = process(TOC, "draw", str(source), drawn)
    report("toc draw, 30 nodes, JSON", whole, ("the engine alone", painting), goal=12)


def theory_to_svg(folder: Path) -> None:
    """From a theory in memory to SVG, against the engine painting the very same DOT text."""
    for size in sizes(30, 300, 1_000):
        theory = toc.loads(json_text(size), format="json")
        painting = engine_on(theory.to_dot(view="pillars"), folder / f"settled-{size}.dot")
        drawing = partial(theory.to_svg, view="pillars")
        report(f"theory to SVG, {size:,} nodes", drawing, ("the engine on the same DOT", painting), rounds=5)


def views(folder: Path) -> None:
    """Each view of 300 nodes, against the engine painting the DOT text of that view."""
    for size in sizes(300):
        theory = toc.loads(json_text(size), format="json")
        for view, one in VIEWS.items():
            looks: dict[str, Any] = {"view": view}
            if "node" in one.needs:
                looks["node"] = max(theory.activities, key=theory.count_paths)
            painting = engine_on(theory.to_dot(**looks), folder / f"{view}.dot")
            drawing = partial(theory.to_svg, **looks)
            report(f"{view}, {size:,} nodes", drawing, ("the engine on the same DOT", painting), rounds=3)


def large_drawings(folder: Path) -> None:
    """Every box of a large theory, against the engine placing the same graph as it does by default."""
    for size, goal in zip(sizes(1_000, 3_000), (1, 0.5), strict=False):
        theory = toc.loads(json_text(size), format="json")
        laying_out = engine_on(plain_graph(theory), folder / f"plain-{size}.dot")
        drawing = partial(theory.draw, str(folder / "x.svg"), view="pillars")
        named = f"every box drawn, {size:,} nodes"
        report(named, drawing, ("the engine's own layout", laying_out), goal=goal, rounds=1)


def main(folder: Path) -> None:
    """Measure with files in a folder of our own."""
    if ENGINE is None:
        sys.exit("there is no engine to compare with: install graphviz-pure")
    for part in (whole_processes, theory_to_svg, views, large_drawings):
        part(folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        try:
            main(Path(name))
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error.cmd[0]} failed with exit code {error.returncode}")
