"""What falls if one activity stops? A page about every activity of the worked example, and a drawing of the gravest."""

from __future__ import annotations

from pathlib import Path

import toc

theory = toc.example("rgs-newcastle")
stopped = {id: theory.compare(theory.without(id)) for id in theory.activities}
gravest = max(stopped, key=lambda id: (len(stopped[id].lost), len(stopped[id].weakened)))

lines = ["| if this stops | nothing leads here any more |", "|---|---|"]
for id, found in stopped.items():
    lost = "; ".join(node.title for node in found.lost) or "–"
    lines.append(f"| {theory.activities[id].title} | {lost} |")

Path("what-if.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
stopped[gravest].draw("what-if.svg")
