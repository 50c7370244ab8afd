"""Draw the pictures of the README and the documentation to `docs/pictures`.

They are the theories that come with the library, and those that the pages "From a paragraph to a diagram" and "From a
sketch to a theory a funder trusts" build up.
After a change to one of these, or to how theories are drawn:

    python scripts/make_pictures.py
"""

from __future__ import annotations

import re
from pathlib import Path

import toc
from toc.charts import chart_picture

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CHART = "certainty-participation.png"  # by matplotlib, whose versions draw a little differently
EXAMPLES = ("rgs-newcastle", "small-charity", "large-programme")
PARTS = re.compile(r"^```yaml\n(# teachers\.yaml.*?)^```$", re.MULTILINE | re.DOTALL)


def pictures() -> dict[str, str]:
    """Every picture as SVG text, by the name of its file."""
    theories = {name: toc.example(name) for name in EXAMPLES}
    page = (DOCS / "from-a-paragraph-to-a-diagram.md").read_text(encoding="utf-8")
    theories["teachers"] = toc.loads("".join(PARTS.findall(page)))
    theories["swimming"] = toc.load(ROOT / "examples" / "swimming.yaml")
    return {f"{name}.svg": theory.to_svg(view="pillars") for name, theory in theories.items()}


def main() -> None:
    """Write the pictures and say so."""
    folder = DOCS / "pictures"
    folder.mkdir(exist_ok=True)
    for name, svg in pictures().items():
        (folder / name).write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{name}: {len(svg) / 1024:.0f} KB")
    (folder / CHART).write_bytes(chart_picture(toc.example("rgs-newcastle"), "png"))
    print(f"docs/pictures/{CHART}")


if __name__ == "__main__":
    main()
