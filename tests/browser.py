"""What a real browser makes of drawings: one start for many of them, measured where the reader sees them."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Final, NamedTuple

# Lengths are the drawing's own points, in which each is shown: where a page is too small for its drawing, type is less
# than a pixel high, and that a browser measures badly. A row of text is taken from the top of its capitals to the foot of
# its "g". Arrows are looked at every 6 points: the lowest thing they could cross, a row of 9-point type, is higher.
SCRIPT: Final = """
const STEP = 6;
const area = (node) => { const b = node.getBBox(); return {l: b.x, t: b.y, r: b.x + b.width, b: b.y + b.height}; };
const inked = (text) => {
  const b = text.getBBox(), y = +text.getAttribute("y"), size = +text.getAttribute("font-size");
  return {l: b.x, r: b.x + b.width, t: y - 0.74 * size, b: y + 0.21 * size, says: text.textContent};
};
const meet = (one, other, by) =>
  Math.min(one.r, other.r) - Math.max(one.l, other.l) > by && Math.min(one.b, other.b) - Math.max(one.t, other.t) > by;
const holds = (one, other, by) =>
  other.l > one.l - by && other.r < one.r + by && other.t > one.t - by && other.b < one.b + by;
const pairs = (list, found) => list.forEach((one, i) => list.slice(i + 1).forEach((other) => found(one, other)));
function* along(path) {  // straight pieces and curves of Bézier, ten times as fast as asking the browser
  const parts = path.getAttribute("d").match(/[A-Za-z][^A-Za-z]*/g);
  let a = 0, b = 0;
  for (const part of parts) {
    const numbers = (part.slice(1).match(/-?[\\d.]+/g) ?? []).map(Number);
    let curves = [];
    if (part[0] === "M") [a, b] = numbers;
    else if (part[0] === "L") curves = [[a, b, ...numbers, ...numbers]];
    else if (part[0] === "H") curves = [[a, b, numbers[0], b, numbers[0], b]];
    else if (part[0] === "V") curves = [[a, b, a, numbers[0], a, numbers[0]]];
    else if (part[0] === "c") curves = [numbers.map((it, at) => it + (at % 2 ? b : a))];
    else if (part[0] === "C") curves = numbers.map((_, at) => numbers.slice(at, at + 6)).filter((_, at) => at % 6 === 0);
    else throw new Error(`a path has ${part}`);
    for (const [p, q, s, t, x1, y1] of curves) {
      const steps = Math.ceil((Math.hypot(p - a, q - b) + Math.hypot(s - p, t - q) + Math.hypot(x1 - s, y1 - t)) / STEP);
      for (let step = 0; step <= steps; step++) {
        const u = step / (steps || 1), v = 1 - u;
        const of = (k, l, m, n) => v * v * v * k + 3 * v * v * u * l + 3 * v * u * u * m + u * u * u * n;
        yield [of(a, p, s, x1), of(b, q, t, y1)];
      }
      [a, b] = [x1, y1];
    }
  }
}
function measured(svg) {
  const faults = [], boxes = [], texts = [], captions = [], paper = svg.viewBox.baseVal;
  for (const node of svg.querySelectorAll("g.node")) {
    const rows = [...node.querySelectorAll("text")].map(inked);
    texts.push(...rows);
    if (node.classList.contains("caption")) { captions.push(...rows); continue; }
    const shape = node.querySelector("path, polygon");
    if (!rows.length || !shape) continue;
    const box = {...area(shape), says: rows[0].says};
    boxes.push(box);
    for (const row of rows) if (!holds(box, row, 0.5)) faults.push(`"${row.says}" leaves its box`);
  }
  const whole = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll("text")) {
    const b = text.getBoundingClientRect();
    if (b.left < whole.left || b.right > whole.right || b.top < whole.top || b.bottom > whole.bottom)
      faults.push(`"${text.textContent}" leaves the paper`);
  }
  pairs(boxes, (one, other) => { if (meet(one, other, 0.5)) faults.push(`"${one.says}" lies on "${other.says}"`); });
  pairs(texts, (one, other) => { if (meet(one, other, 0.3)) faults.push(`"${one.says}" is written over "${other.says}"`); });
  const arrows = [...svg.querySelectorAll("g.link")];
  const solid = [...boxes, ...captions].map((it) => ({...it, l: it.l + 1, r: it.r - 1, t: it.t + 1, b: it.b - 1}));
  for (const arrow of arrows) {
    const path = arrow.querySelector("path"), round = area(path), hit = new Set();
    const near = solid.filter((it) => meet(it, round, -1));
    if (near.length) for (const [x, y] of along(path))
      for (const it of near) if (x > it.l && x < it.r && y > it.t && y < it.b) hit.add(it.says);
    for (const says of hit) faults.push(`${arrow.id} passes through "${says}"`);
  }
  return {faults, boxes: boxes.length, arrows: arrows.length, texts: texts.map((it) => it.says)};
}
for (const svg of document.querySelectorAll("figure > svg")) {
  svg.setAttribute("width", svg.viewBox.baseVal.width);
  svg.setAttribute("height", svg.viewBox.baseVal.height);
}
const found = {};
for (const figure of document.querySelectorAll("figure")) found[figure.id] = measured(figure.firstElementChild);
document.body.textContent = JSON.stringify(found);
"""


class Measured(NamedTuple):
    """What is wrong with a drawing, and how much of it there is."""

    faults: list[str]
    boxes: int
    arrows: int
    texts: list[str]


def measure(chromium: str, folder: Path, drawings: Mapping[str, str]) -> dict[str, Measured]:
    """Each drawing, an SVG element by its name, as the browser shows it."""
    figures = "".join(f'<figure id="{html.escape(name)}">{svg}</figure>' for name, svg in drawings.items())
    answer = run(chromium, folder, f"<body>{figures}<script>{SCRIPT}</script>")
    return {name: Measured(**found) for name, found in json.loads(answer).items()}


def run(chromium: str, folder: Path, body: str) -> str:
    """The text that a page leaves in its body."""
    page = folder / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>Drawings</title>{body}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--disable-dev-shm-usage", "--dump-dom", page.as_uri()]
    dumped = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    found = re.search(r"<body>(.*)</body>", dumped.stdout, re.DOTALL)
    assert found is not None, dumped.stdout[:500]
    return html.unescape(found[1])


def photograph(chromium: str, folder: Path, svg: str, size: tuple[float, float], scale: float) -> bytes:
    """A drawing of a size in points as PNG, with so many pixels a point."""
    page, picture = folder / "drawing.html", folder / "drawing.png"
    wide, high = (ceil(side) + 1 for side in size)
    style = f"body {{margin: 0}} svg {{display: block; width: {size[0]}px; height: {size[1]}px}}"
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{svg}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--disable-dev-shm-usage", "--hide-scrollbars", f"--force-device-scale-factor={scale:g}"]
    command += [f"--window-size={wide},{high}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return picture.read_bytes()
