"""A drawing as a whole process, against the least that it must do: start Python with pydantic, and paint."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from functools import partial
from pathlib import Path

import toc
from data import json_text, yaml_text
from timing import Work, process, python, report, sizes

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


def main(folder: Path) -> None:
    """Measure with files in a folder of our own."""
    if ENGINE is None:
        sys.exit("there is no engine to compare with: install graphviz-pure")
    source, drawn, dot = folder / "x.yaml", str(folder / "x.svg"), folder / "x.dot"
    source.write_text(yaml_text(30), encoding="utf-8")
    dot.write_text(toc.load(source).to_dot(), encoding="utf-8")
    painting = process(ENGINE, "-q", "-Tsvg", f"-o{folder / 'painted.svg'}", str(dot))
    floor = after(python("from pydantic import BaseModel"), painting)
    whole = process(TOC, "draw", str(source), drawn)
    report("toc draw, 30 nodes", whole, ("pydantic's import and the engine, one after the other", floor), goal=1.6)
    report("toc draw, 30 nodes, YAML", whole, ("the engine alone", painting), goal=14)
    source = folder / "x.json"
    source.write_text(json_text(30), encoding="utf-8")
    report(
        "toc draw, 30 nodes, JSON", process(TOC, "draw", str(source), drawn), ("the engine alone", painting), goal=12
    )
    for size, goal in zip(sizes(1_000, 3_000), (1, 0.5), strict=False):
        theory = toc.loads(json_text(size), format="json")
        plain = folder / f"plain-{size}.dot"
        plain.write_text(plain_graph(theory), encoding="utf-8")
        laying_out = process(ENGINE, "-q", "-Tsvg", f"-o{folder / 'plain.svg'}", str(plain))
        drawing = partial(theory.draw, drawn, view="pillars")
        report(
            f"every box drawn, {size:,} nodes", drawing, ("the engine's own layout", laying_out), goal=goal, rounds=1
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        try:
            main(Path(name))
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error.cmd[0]} failed with exit code {error.returncode}")
