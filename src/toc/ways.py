"""What leads to what in a theory: causes, effects, paths, layers, columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from toc import graph
from toc.errors import whole_number
from toc.model import Theory
from toc.model.edits import known
from toc.model.nodes import CausalNode, Kpi


def causes(theory: Theory, id: str) -> tuple[str, ...]:
    """What leads straight to a node, feedback included, in the author's order. Nothing leads to a KPI."""
    known(theory, id)
    return tuple(theory.led_by.get(id, ()))


def effects(theory: Theory, id: str) -> tuple[str, ...]:
    """What a node leads straight to, feedback included, in the author's order. A KPI leads nowhere."""
    node = known(theory, id)
    return tuple(node.leads_to) if isinstance(node, CausalNode) else ()


def paths(theory: Theory, id: str, to: str | None, limit: int | None) -> Iterator[tuple[str, ...]]:
    """The ways from a node to the goals, or to `to`, without feedback; at most `limit` of them unless it is None.

    Unknown ids are named at once, not when the first way is asked for.
    """
    if limit is not None:
        limit = whole_number("limit, the most paths to be given,", limit)
    ends = _ends(theory, id, to)
    return islice(graph.ways(theory.forwards, id, ends), limit) if ends else iter(())


def count_paths(theory: Theory, id: str, to: str | None) -> int:
    """How many ways lead from a node to the goals, or to `to`, without feedback."""
    ends = _ends(theory, id, to)
    return graph.count_ways(theory.forwards, id, ends) if ends else 0


def _ends(theory: Theory, id: str, to: str | None) -> Iterable[str]:
    """Where the ways may end; nowhere for a KPI, which no way passes."""
    known(theory, id)
    if to is not None:
        known(theory, to)
    if id in theory.kpis or to in theory.kpis:
        return ()
    return theory.goals if to is None else (to,)


def layers(theory: Theory) -> tuple[tuple[str, ...], ...]:
    """Every node but the KPIs, each one layer after the last of its causes."""
    return tuple(map(tuple, graph.layers(theory.forwards)))


def kpis_of(theory: Theory, id: str) -> tuple[Kpi, ...]:
    """The KPIs that measure a node, in the author's order."""
    known(theory, id)
    return tuple(theory.kpis[kpi] for kpi in theory.measured_by.get(id, ()))


def pillar_of(theory: Theory, id: str) -> str | None:
    """The pillar in whose column a node stands, or None. A KPI stands with the first node that it measures."""
    node = known(theory, id)
    return theory.columns.get(node.measures[0] if isinstance(node, Kpi) else id)
