"""What leads to what in a theory: causes, effects, paths, layers, columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from toc import graph
from toc.errors import whole_number
from toc.limits import refuse_over, refuse_unsaid
from toc.model import Theory
from toc.model.nodes import CausalNode, Kpi
from toc.model.references import named
from toc.model.types import PLURALS, Kind
from toc.model.values import Link


def causes(theory: Theory, id: str) -> tuple[str, ...]:
    """What leads straight to a node, feedback included, in the author's order. Nothing leads to a KPI."""
    return tuple(theory.led_by.get(named(theory, id).id, ()))


def effects(theory: Theory, id: str) -> tuple[str, ...]:
    """What a node leads straight to, feedback included, in the author's order. A KPI leads nowhere."""
    node = named(theory, id)
    return tuple(node.leads_to) if isinstance(node, CausalNode) else ()


def links_among(theory: Theory, ids: Collection[str]) -> list[Link]:
    """The links with both ends among `ids`, each of them made.

    Raises DrawingError, or TheoryError (TOC004) where nothing is drawn: they are more than the limit `links`, or too many
    of them go without saying.
    """
    goals = sum(goal in ids for goal in theory.goals)
    refuse_unsaid(sum(pillar in ids for pillar in theory.unsaid), goals)
    found = theory.links.among(ids)
    refuse_over("links", len(found))
    return found


def paths(theory: Theory, id: str, to: str | None, limit: int | None) -> Iterator[tuple[str, ...]]:
    """The ways from a node to the goals, or to `to`, without feedback; at most `limit` of them unless it is None.

    Unknown ids are named at once, not when the first way is asked for.
    """
    if limit is not None:
        limit = whole_number("limit, the most paths to be given,", limit)
    start, ends = _ends(theory, id, to)
    return islice(graph.ways(theory.forwards, start, ends), limit) if ends else iter(())


def count_paths(theory: Theory, id: str, to: str | None) -> int:
    """How many ways lead from a node to the goals, or to `to`, without feedback."""
    start, ends = _ends(theory, id, to)
    return graph.count_ways(theory.forwards, start, ends) if ends else 0


def _ends(theory: Theory, id: str, to: str | None) -> tuple[str, Collection[str]]:
    """Where the ways begin and where they may end; nowhere for a KPI, which no way passes."""
    start = named(theory, id).id
    end = None if to is None else named(theory, to).id
    if start in theory.kpis or end in theory.kpis:
        return start, ()
    return start, theory.goals if end is None else (end,)


def layers(theory: Theory) -> tuple[tuple[str, ...], ...]:
    """Every node but the KPIs, each one layer after the last of its causes."""
    return tuple(map(tuple, graph.layers(theory.forwards)))


def kpis_of(theory: Theory, id: str) -> tuple[Kpi, ...]:
    """The KPIs that measure a node, in the author's order."""
    return tuple(theory.kpis[kpi] for kpi in theory.measured_by.get(named(theory, id).id, ()))


def pillar_of(theory: Theory, id: str) -> str | None:
    """The pillar in whose column a node stands, or None. A KPI stands with the first node that it measures."""
    node = named(theory, id)
    return theory.columns.get(node.measures[0] if isinstance(node, Kpi) else node.id)


def elsewhere(theory: Theory, pillars: Sequence[str], *, negative: bool = False) -> dict[str, int]:
    """For each step the pillars to which it leads, however far, without standing in their column: bits in their order.

    Feedback is left out. Ways over links that work against their end count only where `negative` asks for them. Ways end
    at the first pillar. All pillars are looked for at once, so that the links are walked once.
    """
    bit = {pillar: 1 << place for place, pillar in enumerate(pillars)}
    reached: dict[str, int] = dict.fromkeys((*theory.pillars, *theory.goals), 0)
    for id in reversed(graph.order(theory.forwards)):
        if id not in reached:
            node = theory.nodes[id]
            reached[id] = 0
            for target in theory.forwards[id]:
                if negative or (isinstance(node, CausalNode) and node.leads_to[target].sign == "+"):
                    reached[id] |= bit.get(target, reached[target])
    return {
        id: found & ~bit.get(theory.columns.get(id, ""), 0)
        for id, found in reached.items()
        if id not in theory.pillars and id not in theory.goals
    }


def shared_counts(theory: Theory, *, negative: bool = False) -> dict[str, Counter[Kind]]:
    """For each pillar, how many of each kind lead to it from elsewhere; links are read as in `elsewhere`."""
    found: dict[str, Counter[Kind]] = {pillar: Counter() for pillar in theory.pillars}
    pillars = list(theory.pillars)
    for first in range(0, len(pillars), graph.AT_ONCE):
        some = pillars[first : first + graph.AT_ONCE]
        reached = elsewhere(theory, some, negative=negative)
        for kind in PLURALS:
            sets = [reached[id] for id in theory.of_kind(kind) if reached.get(id)]
            for pillar, count in zip(some, graph.count_bits(sets, len(some)), strict=True):
                found[pillar][kind] = count
    return found
