"""Theories of every shape to draw, larger and more tangled than people write them."""

from __future__ import annotations

import random
from typing import Any, Final

from hypothesis import strategies as st

import toc

WORDS: Final = (
    "Reading partners",
    "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfungsvorbereitung",
    "Élèves bénévoles à l’école où naît l’intérêt pour la littérature européenne",
    "每个孩子都能读到自己年龄应有的水平",
    "كل طفل يقرأ بمستوى عمره في مدارس المدينة",
    "Zażółć gęślą jaźń",
    "Pupils from partner schools take part in science clubs and competitions, with help from sixth-formers and teachers",
    "Каждый ребёнок читает",
    "STEM",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMMMMMMMMM",
    "🎓 reading 👩🏽‍🏫",
    "https://example.org/a/very/long/path?with=parameters&and=more",
)
CONFIDENCES: Final = (None, None, "low", "medium", "high")
MAY_LEAD_TO: Final = {
    "pillar": ("pillar", "goal"),
    "outcome": ("outcome", "pillar", "goal"),
    "output": ("output", "outcome", "pillar", "goal"),
    "activity": ("activity", "output", "outcome", "pillar", "goal"),
}
SECTIONS: Final = ("goal", "pillar", "outcome", "output", "activity")
SIZES: Final = {"goal": 3, "pillar": 5, "outcome": 9, "output": 4, "activity": 14, "kpi": 4}


def theory_of(sizes: dict[str, int], seed: int, *, feedback: int = 2, links: int = 2) -> toc.TheoryOfChange:
    """A theory with so many nodes of each kind, its links and words by chance."""
    chance = random.Random(seed)  # noqa: S311  # a picture, not a secret
    ids = {kind: [f"{kind}-{number}" for number in range(sizes.get(kind, 0))] for kind in SECTIONS}
    data: dict[str, Any] = {"toc": 1, "title": chance.choice(WORDS)}
    for kind in SECTIONS:
        data[f"{kind}s" if kind != "activity" else "activities"] = {
            id: _node(chance, kind, place, ids, links) for place, id in enumerate(ids[kind])
        }
    causal = [id for its in ids.values() for id in its]
    data["kpis"] = {
        f"kpi-{number}": {
            "title": chance.choice(WORDS),
            "measures": chance.sample(causal, min(len(causal), chance.randint(1, 3))),
            "target": {"value": chance.randint(1, 9999), "by": "2030-07-31"},
        }
        for number in range(sizes.get("kpi", 0))
    }
    _add_feedback(chance, data, ids, feedback)
    return toc.TheoryOfChange.model_validate(data)


def _node(chance: random.Random, kind: str, place: int, ids: dict[str, list[str]], links: int) -> dict[str, Any]:
    node: dict[str, Any] = {"title": chance.choice(WORDS)}
    if kind == "goal":
        return node | {"above_ceiling": chance.random() < 0.5}
    if kind != "pillar" and ids["pillar"] and chance.random() < 0.5:
        node["pillar"] = chance.choice(ids["pillar"])
    if kind == "activity":
        node["tags"] = chance.sample(["mentoring", "sport", "music"], chance.randint(0, 2))
    targets = [other for its in MAY_LEAD_TO[kind] for other in (ids[its][place + 1 :] if its == kind else ids[its])]
    if targets and chance.random() < 0.9:
        chosen = chance.sample(targets, min(len(targets), chance.randint(0, links)))
        node["leads_to"] = {target: _argument(chance) for target in chosen}
    return node


def _argument(chance: random.Random) -> dict[str, Any]:
    argument: dict[str, Any] = {"confidence": chance.choice(CONFIDENCES), "sign": chance.choice("+++-")}
    return {name: value for name, value in argument.items() if value is not None}


def _add_feedback(chance: random.Random, data: dict[str, Any], ids: dict[str, list[str]], count: int) -> None:
    sections = {id: ("activities" if kind == "activity" else f"{kind}s") for kind in SECTIONS for id in ids[kind]}
    for _ in range(count):
        source, target = chance.choice(list(sections)), chance.choice(list(sections))
        links = data[sections[source]][source].setdefault("leads_to", {})
        if source != target and target not in links:
            links[target] = {"feedback": True, "because": "It comes back"}


@st.composite
def shapes(draw: Any) -> toc.TheoryOfChange:
    """Theories of any shape, small to middling; they shrink towards fewer nodes and links."""
    sizes = {kind: draw(st.integers(1 if kind == "goal" else 0, most)) for kind, most in SIZES.items()}
    return theory_of(
        sizes, draw(st.integers(0, 10_000)), feedback=draw(st.integers(0, 3)), links=draw(st.integers(0, 3))
    )
