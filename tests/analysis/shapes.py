"""Small theories for trying every way out, and larger ones that networkx answers for."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import networkx as nx
from hypothesis import strategies as st

import toc
from toc.model.values import Link

Walk = tuple[Link, ...]
NODES = {
    "activities": ("a0", "a1", "a2"),
    "outcomes": ("o0", "o1", "o2"),
    "pillars": ("p0", "p1"),
    "goals": ("g0", "g1"),
}
ORDER = tuple(itertools.chain(*NODES.values()))
KIND = {id: kind for kind, ids in NODES.items() for id in ids}
MAY_LINK = [(a, b) for a, b in itertools.combinations(ORDER, 2) if KIND[a] != "goals"]


@st.composite
def small_theories(draw: st.DrawFn, *, plain: bool = False) -> toc.TheoryOfChange:
    """Theories of up to eight links; unless they are plain, with every kind of link."""
    pairs = draw(st.lists(st.sampled_from(MAY_LINK), unique=True, max_size=8))
    written: dict[str, dict[str, Any]] = {id: {"title": id.upper(), "leads_to": {}} for id in ORDER}
    for source, target in pairs:
        written[source]["leads_to"][target] = {} if plain else draw(_link())
    for id in NODES["activities"]:
        written[id] |= draw(st.fixed_dictionaries({}, optional={"lead": _names(), "funding": _names()}))
    for source, target in draw(st.lists(st.sampled_from([("g0", "o0"), ("p0", "a1"), ("o2", "a0")]), unique=True)):
        written[source]["leads_to"][target] = {"feedback": True}
    return _theory({kind: {id: written[id] for id in ids} for kind, ids in NODES.items()})


def _link() -> st.SearchStrategy[dict[str, Any]]:
    status = st.sampled_from(("untested", "holding", "failing"))
    assumption = st.fixed_dictionaries(
        {"text": st.sampled_from(("Pupils come", "Money lasts"))}, optional={"status": status}
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "confidence": st.sampled_from((0, 0.25, "medium", 0.5, 0.8, 1)),
            "contribution": st.sampled_from(("necessary", "sufficient", "contributory")),
            "sign": st.sampled_from("++-"),
            "assumptions": st.lists(assumption, max_size=2),
        },
    )


def _names() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(("Head", " head", "Office")), max_size=2, unique_by=str.strip)


def _theory(sections: dict[str, Any]) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "Small", **sections})


def random_theory(seed: int, *, nodes: int = 60, rated: float = 1.0) -> toc.TheoryOfChange:
    """A theory of so many activities and outcomes, with some three links each and three pillars."""
    chance = random.Random(seed)  # noqa: S311  # makes data
    count = nodes // 3
    acts, outs = [f"a{n}" for n in range(count)], [f"o{n}" for n in range(nodes - count)]
    pillars = ["p0", "p1", "p2"]
    names = [*acts, *outs, *pillars]

    def link() -> dict[str, Any]:
        return {"confidence": chance.choice((0.2, 0.4, 0.6, 0.8))} if chance.random() < rated else {}

    def targets(place: int, far: int = 12) -> dict[str, Any]:
        near = names[place + 1 : place + far]
        return {target: link() for target in chance.sample(near, min(len(near), chance.choice((1, 1, 2, 3))))}

    sections = {
        "activities": {id: {"title": id, "leads_to": targets(n, 30)} for n, id in enumerate(acts)},
        "outcomes": {id: {"title": id, "leads_to": targets(count + n)} for n, id in enumerate(outs)},
        "pillars": {id: {"title": id, "leads_to": {"goal": link()}} for id in pillars},
    }
    return _theory({"goal": "Goal", **sections})


def all_ways(theory: toc.TheoryOfChange, start: str, ends: set[str]) -> Iterator[Walk]:
    """Every way by walking it, in the author's order."""

    def onwards(node: str, walk: Walk) -> Iterator[Walk]:
        if node in ends and walk:
            yield walk
        for link in theory.links:
            if link.source == node and not link.feedback:
                yield from onwards(link.target, (*walk, link))

    if start not in ends:
        yield from onwards(start, ())


def ids_on(walk: Walk) -> tuple[str, ...]:
    return walk[0].source, *(link.target for link in walk)


def as_networkx(theory: toc.TheoryOfChange) -> nx.DiGraph[str]:
    """The links that hold something up: neither feedback nor with a minus."""
    whole: nx.DiGraph[str] = nx.DiGraph()
    whole.add_nodes_from(theory.forwards)
    whole.add_edges_from((link.source, link.target) for link in theory.links if not link.feedback and link.sign == "+")
    return whole
