"""How everything grows with the theory, from 10,000 to 100,000 nodes, and with what shares one pillar; and the most memory."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import toc
from data import json_text
from timing import Work, growth, peak_memory, sizes

GOAL = 1.2
DAY = dt.date(2026, 9, 1)

ANSWERS: dict[str, Callable[[toc.TheoryOfChange], object]] = {
    "check": lambda theory: theory.check(today=DAY, profile="funder"),
    "guidance": lambda theory: theory.guidance(),
    "plan": lambda theory: theory.measurement_plan(),
    "exposure": lambda theory: theory.exposure(),
    "coverage": lambda theory: theory.coverage(),
    "diagram": lambda theory: theory.diagram("pillars"),
}


def loading(nodes: int) -> Work:
    """Reading a theory of so many nodes."""
    return partial(toc.loads, json_text(nodes), format="json")


def answering(answer: Callable[[toc.TheoryOfChange], object]) -> Callable[[int], Work]:
    """What makes an answer about a theory that nobody has asked yet: it keeps what it once found."""
    known: dict[int, toc.TheoryOfChange] = {}

    def make(nodes: int) -> Work:
        if nodes not in known:
            known[nodes] = toc.loads(json_text(nodes), format="json")
        return partial(answer, known[nodes].evolve(version="another"))

    return make


def on_one_pillar(count: int) -> Work:
    """Guidance for so many activities that all lead to one pillar, which as many KPIs measure."""
    theory = {
        "toc": 1,
        "title": "One pillar",
        "goal": "Every child reads",
        "pillars": {"literacy": "Literacy"},
        "activities": {
            f"a-{number}": {"title": f"Club {number}", "leads_to": "literacy", "certainty": "high", "participation": 40}
            for number in range(count)
        },
        "kpis": {
            f"k-{number}": {"title": f"Figure {number}", "measures": "literacy", "level": "learning"}
            for number in range(count)
        },
    }
    return toc.loads(json.dumps(theory), format="json").guidance


growth("load", loading, sizes(10_000, 100_000), goal=GOAL)
for name, answer in ANSWERS.items():
    growth(name, answering(answer), sizes(10_000, 100_000), goal=GOAL)
for span in ((1_000, 2_000), (2_000, 4_000)):
    growth("guidance of N activities and N KPIs on one pillar", on_one_pillar, sizes(*span), goal=GOAL)
with tempfile.TemporaryDirectory() as folder:
    for size in sizes(100_000):
        path = Path(folder, "theory.json")
        path.write_text(json_text(size), encoding="utf-8")
        peak_memory(f"peak memory of loading {size:,} nodes", f"import toc; toc.load({str(path)!r})", goal=480)
