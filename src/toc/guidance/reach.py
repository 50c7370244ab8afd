"""Which outputs, outcomes and KPIs belong to an activity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toc.model import Theory
from toc.model.nodes import Kpi


@dataclass(frozen=True, slots=True)
class Reach:
    """What an activity directly brings about, and the KPIs of it, in the author's order.

    `own` are the KPIs of the activity and its outputs, `beyond` those that measure only its direct outcomes.
    """

    outputs: tuple[str, ...]
    outcomes: tuple[str, ...]
    own: tuple[Kpi, ...]
    beyond: tuple[Kpi, ...]

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """All of them, the activity's own first."""
        return self.own + self.beyond


def reach(theory: Theory, id: str) -> Reach:
    """The outputs and direct outcomes of an activity and their KPIs.

    An outcome is direct when the activity leads to it at once, or through nothing but outputs: outputs are a step that
    may be left out. A pillar counts as an outcome. Goals, other activities and feedback are not followed.

    >>> import toc
    >>> found = reach(toc.example("rgs-newcastle"), "reading-volunteers")
    >>> found.outputs, found.outcomes, [kpi.id for kpi in found.beyond]
    (('reading-sessions',), ('young-readers', 'sixth-form-skills'), ['reading-age', 'volunteer-skills'])
    """
    outputs, outcomes = _first_steps(theory, id)
    own = _kpis(theory, (id, *outputs))
    beyond = {key: kpi for key, kpi in _kpis(theory, outcomes).items() if key not in own}
    return Reach(tuple(outputs), tuple(outcomes), tuple(own.values()), tuple(beyond.values()))


def _first_steps(theory: Theory, id: str) -> tuple[list[str], list[str]]:
    """Outputs and direct outcomes, each as soon as a walk in the author's order comes to it."""
    outputs: dict[str, None] = {}
    outcomes: dict[str, None] = {}
    waiting = list(reversed(theory.forwards[id]))
    while waiting:
        node = waiting.pop()
        if node in theory.outputs and node not in outputs:
            outputs[node] = None
            waiting.extend(reversed(theory.forwards[node]))
        elif node in theory.outcomes or node in theory.pillars:
            outcomes[node] = None
    return list(outputs), list(outcomes)


def _kpis(theory: Theory, nodes: Iterable[str]) -> dict[str, Kpi]:
    return {id: theory.kpis[id] for node in nodes for id in theory.measured_by.get(node, ())}
