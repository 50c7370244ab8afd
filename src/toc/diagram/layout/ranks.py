"""Which boxes stand on one level, by what leads to what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from toc import graph
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.types import KINDS, Kind


def goals_apart(theory: Theory) -> tuple[list[str], list[str]]:
    """The goals above the accountability ceiling, and the others."""
    goals = theory.goals.items()
    return [id for id, goal in goals if goal.above_ceiling], [id for id, goal in goals if not goal.above_ceiling]


def pillar_title(theory: Theory, id: str) -> str:
    """The title of the pillar in whose column a node stands, where there are several to tell apart."""
    pillar = theory.columns.get(id, id)
    return theory.pillars[pillar].title if pillar != id and len(theory.pillars) > 1 else ""


def causal_layers(theory: Theory, ids: Collection[str]) -> list[list[str]]:
    """The nodes of `ids` from the goals down, each above all that leads to it.

    Goals stand on top, first those above the accountability ceiling, and pillars under them. Activities and what they
    produce stand as low as their causes let them, outcomes and pillars as high as what they lead to lets them: so
    activities start on one level and pillars stand side by side.
    """
    links = links_within(theory, ids)
    levels = _levels(theory, links)
    found: dict[int, list[str]] = {}
    numbers = column_numbers(theory)
    for id in sorted(links, key=lambda id: numbers[theory.columns.get(id)]):
        found.setdefault(levels[id], []).append(id)
    return [found[level] for level in sorted(found, reverse=True)]


def links_within(theory: Theory, ids: Collection[str]) -> dict[str, list[str]]:
    """The links among some nodes, feedback left out."""
    return {id: [t for t in targets if t in ids] for id, targets in theory.forwards.items() if id in ids}


def _levels(theory: Theory, links: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How high each node stands, from 0."""
    least = {id: level for level, ids in enumerate(graph.layers(links)) for id in ids}
    led_to = {target for targets in links.values() for target in targets}
    below = max(
        (level for id, level in least.items() if id not in theory.goals and id not in theory.pillars), default=-1
    )
    pillars = {id: [t for t in links[id] if t in theory.pillars] for id in links if id in theory.pillars}
    top = below + len(graph.layers(pillars)) + 1
    levels = {id: top + goal.above_ceiling for id, goal in theory.goals.items() if id in links}
    for id in reversed(graph.order(links)):
        if id in theory.activities or (id in theory.outputs and id in led_to):
            levels[id] = least[id]
        elif id not in levels:
            highest = top if id in theory.pillars else below + 1
            levels[id] = min((highest, *(levels[target] for target in links[id]))) - 1
    return levels


def column_numbers(theory: Theory) -> dict[str | None, int]:
    """Where each pillar stands among the pillars; what is in none of them comes last."""
    return {pillar: number for number, pillar in enumerate([*theory.pillars, None])}


def kinds_named(theory: Theory, ids: Iterable[str]) -> str:
    """What the boxes of a layer are, in the organisation's words."""
    found = [theory.nodes[id].kind for id in ids]
    names = [word(theory, kind, plural=found.count(kind) > 1) for kind in KINDS if kind in found]
    return ", ".join(names[:1] + [name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in names[1:]])


def levels_among(theory: Theory, kind: Kind) -> dict[str, int]:
    """How many of the same kind each node leads on to, one after the other; the last of a chain has 0."""
    section = theory.of_kind(kind)
    links = {id: [t for t in theory.forwards[id] if t in section] for id in section}
    levels: dict[str, int] = {}
    for id in reversed(graph.order(links)):
        levels[id] = max((levels[target] + 1 for target in links[id]), default=0)
    return levels
