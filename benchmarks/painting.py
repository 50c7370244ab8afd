"""A diagram to SVG, against the engine painting the DOT text of the same diagram."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import toc
from data import json_text
from drawing import ENGINE, engine_on
from timing import report, sizes
from toc.render import to_dot, to_svg


def painting(folder: Path) -> None:
    """From a diagram to SVG, with all that is known about each box and arrow, and with the whole in words."""
    for size in sizes(30, 300, 1_000):
        diagram = toc.loads(json_text(size), format="json").diagram("pillars")
        engine = engine_on(to_dot(diagram), folder / f"painted-{size}.dot")
        report(f"diagram to SVG, {size:,} nodes", partial(to_svg, diagram), ("the engine on its DOT", engine), goal=0.1)


if __name__ == "__main__":
    if ENGINE is None:
        sys.exit("there is no engine to compare with: install graphviz-pure")
    with tempfile.TemporaryDirectory() as name:
        painting(Path(name))
