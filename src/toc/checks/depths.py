"""How deep the KPIs of each activity look, and how deep those of its outputs may: in one walk over the outputs.

The same reach as in `toc.guidance.reach`, which follows one activity at a time: an activity, its outputs, and the
outcomes and pillars that it leads to at once or through nothing but outputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from toc import graph
from toc.guidance.scales import rung
from toc.model import Theory


class Deepest(NamedTuple):
    """The first of the deepest KPIs and its rung on the ladder; `open` where a KPI without a level leaves it open."""

    rung: int = -1
    kpi: str = ""
    open: bool = False


class Strictest(NamedTuple):
    """The lowest rung that any activity behind a node can answer for; of several such activities the author's first."""

    rung: int
    place: int
    activity: str


NONE: Final = Deepest()
OPEN: Final = Deepest(open=True)


def deepest_held(theory: Theory) -> dict[str, Deepest]:
    """The deepest KPI of each activity.

    >>> import toc
    >>> deepest_held(toc.example("rgs-newcastle"))["reading-volunteers"].kpi
    'reading-age'
    """
    found: dict[str, Deepest] = {}
    for id in (*theory.outcomes, *theory.pillars):
        found[id] = _deepest_of(theory, id)
    for id in (*reversed(_outputs(theory)), *theory.activities):
        held = _deepest_of(theory, id)
        for target in theory.forwards[id]:
            if target in found and target not in theory.activities:
                held = _deeper(held, found[target])
        found[id] = held
    return found


def strictest(theory: Theory, limits: Mapping[str, int]) -> dict[str, Strictest]:
    """The strictest of these limits of activities for each activity itself and each output that it leads to.

    >>> import toc
    >>> found = strictest(toc.example("small-charity"), {"tea-and-games": 2, "advice-table": 4})
    >>> found["afternoons"].rung, found["advice-table"].rung
    (2, 4)
    """
    found = {id: Strictest(limit, place, id) for place, (id, limit) in enumerate(limits.items())}
    for id in (*limits, *_outputs(theory)):
        if id in found:
            for target in theory.forwards[id]:
                if target in theory.outputs:
                    found[target] = min(found[id], found.get(target, found[id]))
    return found


def _outputs(theory: Theory) -> list[str]:
    """The outputs, each after all that lead to it."""
    outputs = theory.outputs
    return graph.order({id: [target for target in theory.forwards[id] if target in outputs] for id in outputs})


def _deepest_of(theory: Theory, id: str) -> Deepest:
    found = NONE
    for kpi in theory.measured_by.get(id, ()):
        level = theory.kpis[kpi].level
        found = _deeper(found, Deepest(rung(level), kpi) if level else OPEN)
    return found


def _deeper(one: Deepest, other: Deepest) -> Deepest:
    """The deeper of two, the first where they are equal; open if either is."""
    deeper = other if other.rung > one.rung else one
    return deeper if deeper.open or not (one.open or other.open) else deeper._replace(open=True)
