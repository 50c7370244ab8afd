"""Draw theories as slides, open them in LibreOffice, and count the arrows that pass behind a box that is not their own.

LibreOffice bends glued connectors in its own way; drawn arrows stay where they were laid out. It takes seconds:

    python scripts/measure_slides_in_office.py                 # the examples
    python scripts/measure_slides_in_office.py my.yaml other.yaml
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import toc
from toc.diagram import Diagram

DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
PER_CM: Final = 1000.0  # the units of a connector's way
WITHIN: Final = 15.0  # units that a line may lie inside a border: 0.15 mm
Point = tuple[float, float]
Area = tuple[float, float, float, float]


def opened(office: str, picture: bytes) -> ET.Element:
    """What LibreOffice makes of a PowerPoint file."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder, "slide.pptx")
        file.write_bytes(picture)
        home = f"-env:UserInstallation={Path(folder, 'home').as_uri()}"
        subprocess.run(
            [office, home, "--headless", "--convert-to", "fodp", "--outdir", folder, str(file)],
            check=True, capture_output=True, timeout=170,
        )  # fmt: skip
        return ET.parse(file.with_suffix(".fodp")).getroot()  # noqa: S314  # written by LibreOffice


def place(shape: ET.Element) -> Area:
    """Where a shape stands, in the units of a connector's way."""
    x, y, wide, high = (
        float(shape.get(f"{SVG}{name}", "0").removesuffix("cm")) * PER_CM for name in ("x", "y", "width", "height")
    )
    return x, y, wide, high


def way(shape: ET.Element) -> list[Point]:
    """The corners of an arrow, wherever it is a connector or a form of its own."""
    if shape.tag == f"{DRAW}connector":
        return list(absolute(shape.get(f"{SVG}d", "")))
    form = next(part for part in shape.iter() if part.get(f"{DRAW}enhanced-path"))
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", form.get(f"{DRAW}enhanced-path", ""))]
    spots = list(zip(numbers[::2], numbers[1::2], strict=False))
    x, y, wide, high = place(shape)
    most = [max((spot[axis] for spot in spots), default=0.0) or 1.0 for axis in (0, 1)]
    return [(x + across / most[0] * wide, y + down / most[1] * high) for across, down in spots]


def absolute(path: str) -> Iterator[Point]:
    """The corners of a path; those of curves as well."""
    x = y = 0.0
    for command, given in re.findall(r"([MLlHhVvCcZz])([^MLlHhVvCcZz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", given)]
        steps = [numbers[at : at + 2] for at in range(0, len(numbers), 2)]
        if command in "HhVv":
            steps = [[number] for number in numbers]
        from_x, from_y = x, y
        for step in steps:
            if command in "Hh":
                x = step[0] + (x if command == "h" else 0)
            elif command in "Vv":
                y = step[0] + (y if command == "v" else 0)
            elif command.isupper():
                x, y = step
            elif command == "c":
                x, y = from_x + step[0], from_y + step[1]
            else:
                x, y = x + step[0], y + step[1]
            yield x, y


def hides(box: Area, points: Sequence[Point]) -> bool:
    """Whether some of a way lies behind a box."""
    left, top, right, bottom = box[0] + WITHIN, box[1] + WITHIN, box[0] + box[2] - WITHIN, box[1] + box[3] - WITHIN
    return any(
        min(x, to_x) < right and max(x, to_x) > left and min(y, to_y) < bottom and max(y, to_y) > top
        for (x, y), (to_x, to_y) in pairwise(points)
    )


def behind(root: ET.Element, diagram: Diagram) -> tuple[int, int]:
    """How many arrows there are, and how many of them pass behind a box that is neither their source nor their target."""
    titles = {box.id: box.title for box in diagram.boxes}
    ends = {arrow.tooltip.partition("\n")[0]: (titles[arrow.source], titles[arrow.target]) for arrow in diagram.arrows}
    named = [(shape.get(f"{DRAW}name", ""), shape) for shape in root.iter() if shape.get(f"{DRAW}name")]
    boxes = {name: place(shape) for name, shape in named if name in titles.values()}
    arrows = [(ends[name], way(shape)) for name, shape in named if name in ends]
    hidden = sum(any(hides(boxes[one], points) for one in boxes.keys() - {*own}) for own, points in arrows)
    return len(arrows), hidden


def main(files: Sequence[str]) -> int:
    """Measure each theory with both kinds of arrows."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed", file=sys.stderr)
        return 1
    theories = [toc.load(file) for file in files] or [toc.example("rgs-newcastle"), toc.example("small-charity")]
    print(f"{'theory':<44} {'arrows':>8} {'glued':>6} {'drawn':>6}   behind a box that is not theirs")
    for theory in theories:
        diagram = theory.diagram("pillars", page="slide")
        found = [
            behind(opened(office, theory.to_pptx(view="pillars", arrows=arrows)), diagram)
            for arrows in ("glued", "drawn")
        ]
        print(f"{theory.title[:44]:<44} {found[0][0]:>8} {found[0][1]:>6} {found[1][1]:>6}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
