"""Draw the pictures of the README and the documentation to `docs/pictures`.

They are the theories that come with the library, and those that the pages "From a paragraph to a diagram" and "From a
sketch to a theory a funder trusts" build up.
After a change to one of these, or to how theories are drawn:

    python scripts/make_pictures.py
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import toc
from toc.charts import chart_pictures

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CHARTS = {
    "certainty-participation.png": "certainty",
    "progress.png": "progress",
    "evidence.png": "evidence",
    "benefits.png": "benefits",
    "mutuality.png": "mutuality",
    "types.png": "types",
}  # by matplotlib, whose versions differ
DAY = date(2026, 11, 25)  # of the progress
EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
PARTS = re.compile(r"^```yaml\n(# teachers\.yaml.*?)^```$", re.MULTILINE | re.DOTALL)


def pictures() -> dict[str, str]:
    """Every picture as SVG text, by the name of its file."""
    theories = {name: toc.example(name) for name in EXAMPLES}
    page = (DOCS / "from-a-paragraph-to-a-diagram.md").read_text(encoding="utf-8")
    theories["teachers"] = toc.loads("".join(PARTS.findall(page)))
    theories["swimming"] = toc.load(ROOT / "examples" / "swimming.yaml")
    drawn = {f"{name}.svg": theory.to_svg(view="pillars") for name, theory in theories.items()}
    return drawn | {"partners.svg": theories["rgs-newcastle"].to_svg(view="partners")}


def main() -> None:
    """Write the pictures and say so."""
    folder = DOCS / "pictures"
    folder.mkdir(exist_ok=True)
    for name, svg in pictures().items():
        (folder / name).write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{name}: {len(svg) / 1024:.0f} KB")
    rgs = toc.example("rgs-newcastle")
    for name, chart in CHARTS.items():
        (picture,) = chart_pictures(rgs, "png", chart=chart, progress=partial(rgs.progress, DAY))
        (folder / name).write_bytes(picture)
        print(f"docs/pictures/{name}")


if __name__ == "__main__":
    main()
