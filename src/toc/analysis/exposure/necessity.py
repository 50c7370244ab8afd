"""What is lost by the author's word: what cannot come about without something, and what in turn cannot without that."""

from __future__ import annotations

from collections.abc import Sequence

from toc import graph
from toc.analysis.exposure.dominators import Supports
from toc.analysis.exposure.exposure import Necessary
from toc.model import Theory


def necessary_ones(theory: Theory, held: Supports) -> tuple[Necessary, ...]:
    """The nodes that the author calls necessary for others, those first with which most pillars and goals are lost.

    Then come those with which most of all is lost; else the author's order holds.
    """
    needs = {id: targets for id, targets in held.needs.items() if targets}
    if not needs:
        return ()
    lost = _lost_with_each(held, [*dict.fromkeys(target for targets in needs.values() for target in targets)])
    heads = _lost_with_each(held, [*theory.goals, *theory.pillars])
    found = (Necessary(id, tuple(needs[id]), lost[id], heads[id]) for id in theory.nodes if id in needs)
    return tuple(sorted(found, key=lambda one: (-one.heads, -one.nodes)))


def _lost_with_each(held: Supports, counted: Sequence[str]) -> dict[str, int]:
    """How many of some nodes are lost with each, itself left out."""
    found = graph.count_reaching(held.order[::-1], held.needs, counted, held.needs)
    own = set(counted)
    return {id: count - (id in own) for id, count in found.items()}
