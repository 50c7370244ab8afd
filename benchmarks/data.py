"""Theories of any size to measure with: the same seed gives the same theory, every time.

They look like the real ones: titles of about 40 characters, links with and without their reasons, certainty and
participation on every activity, KPIs with a baseline and a target. A third are activities, a third outcomes, a quarter
KPIs, the rest outputs; outcomes stand five deep.
"""

from __future__ import annotations

import json
import random
from typing import Any

DEPTH = 5
WHO = ("Pupils", "Young readers", "Maths teachers", "Sixth-formers", "Parents", "School leaders", "Trainees")
VERBS = ("gain confidence in", "catch up with", "keep working at", "find their own way into", "talk more about")
WHAT = ("reading", "problem solving", "practical science", "writing for others", "choosing a career", "music")
DOING = ("Weekly", "Termly", "Shared", "One-to-one", "After-school", "Online")
KIND = ("reading support", "coding club", "masterclass", "mentoring", "teacher training", "careers fair")
BECAUSE = "Regular practice with a patient listener builds fluency"
ASSUMPTION = "Pupils are present most weeks"
LEVELS = ("low", "medium", "high")


def theory(nodes: int, *, seed: int = 7) -> dict[str, Any]:
    """A theory of so many nodes in the form of the file, as plain values."""
    if nodes < 10:
        raise ValueError("a theory to measure with has at least 10 nodes")
    chance = random.Random(seed)
    pillars = [f"pillar-{number}" for number in range(min(12, max(2, nodes // 100)))]
    rest = nodes - 1 - len(pillars)
    kpis, outputs, outcomes = rest // 4, rest // 12, rest // 3
    activities = rest - kpis - outputs - outcomes
    outcome_ids = [f"outcome-{number}" for number in range(outcomes)]
    output_ids = [f"output-{number}" for number in range(outputs)]
    return {
        "toc": 1,
        "title": f"A programme of {nodes} parts",
        "goal": "Every child in the region reads, reasons and aims high",
        "pillars": {pillar: f"Pillar number {number + 1}" for number, pillar in enumerate(pillars)},
        "outcomes": {
            name: _outcome(name, number, pillars, outcome_ids, chance) for number, name in enumerate(outcome_ids)
        },
        "outputs": {
            name: {"title": _activity_title(name, chance), "leads_to": chance.choice(outcome_ids)}
            for name in output_ids
        },
        "activities": {f"activity-{n}": _activity(f"{n}", outcome_ids, output_ids, chance) for n in range(activities)},
        "kpis": {f"kpi-{number}": _kpi(number, outcome_ids, chance) for number in range(kpis)},
    }


def json_text(nodes: int) -> str:
    """The same as JSON, on one line."""
    return json.dumps(theory(nodes), ensure_ascii=False)


def yaml_text(nodes: int) -> str:
    """The same as YAML, as people write it: blocks, plain text, two spaces."""
    return "\n".join(_lines(theory(nodes), ""))


def chain(nodes: int, *, width: int) -> tuple[list[str], list[tuple[str, str]]]:
    """A deep, layered graph: each node leads to three of the next layer."""
    names = [f"node-{number}" for number in range(nodes)]
    edges = []
    for number, name in enumerate(names):
        start = (number // width + 1) * width
        edges += [(name, names[start + (number + step) % width]) for step in range(3) if start + width <= nodes]
    return names, edges


def _outcome(name: str, number: int, pillars: list[str], ids: list[str], chance: random.Random) -> dict[str, Any]:
    layer = max(1, len(ids) // DEPTH)
    title = f"{chance.choice(WHO)} {chance.choice(VERBS)} {chance.choice(WHAT)} ({name})"
    if number < layer:
        return {"title": title, "leads_to": pillars[number % len(pillars)]}
    above = ids[(number // layer - 1) * layer : number // layer * layer]
    targets = chance.sample(above, min(len(above), 1 + number % 2))
    return {"title": title, "leads_to": {target: _argument(chance) for target in targets}}


def _argument(chance: random.Random) -> dict[str, Any] | None:
    if chance.random() < 0.4:
        return None
    return {"because": BECAUSE, "assumptions": [ASSUMPTION], "confidence": chance.choice((0.4, 0.7, 0.9))}


def _activity_title(name: str, chance: random.Random) -> str:
    return f"{chance.choice(DOING)} {chance.choice(KIND)} for {chance.choice(WHO).lower()} ({name})"


def _activity(name: str, outcomes: list[str], outputs: list[str], chance: random.Random) -> dict[str, Any]:
    targets = [chance.choice(outcomes), *chance.sample(outputs, min(len(outputs), 1))]
    return {
        "title": _activity_title(name, chance),
        "leads_to": {target: _argument(chance) for target in dict.fromkeys(targets)},
        "certainty": chance.choice(LEVELS),
        "participation": chance.choice((12, 40, 100, 600, 2000)),
        "recurs": chance.choice(("once", "weekly", "termly")),
        "lead": "Partnerships office",
    }


def _kpi(number: int, outcomes: list[str], chance: random.Random) -> dict[str, Any]:
    return {
        "title": f"Gain in {chance.choice(WHAT)} over the school year ({number})",
        "measures": chance.choice(outcomes),
        "level": chance.choice(("participation", "feedback", "learning", "attainment")),
        "unit": "months",
        "baseline": 0,
        "target": {"value": chance.randint(2, 14), "by": "2028-07-31"},
        "owner": "Partnerships office",
    }


def _lines(values: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for key, value in values.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [f"{indent}{key}:", *(f"{indent}  - {item}" for item in value)]
        else:
            lines.append(f"{indent}{key}:" if value is None else f"{indent}{key}: {value}")
    return lines
