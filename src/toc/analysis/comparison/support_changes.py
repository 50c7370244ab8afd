"""Which nodes fewer, or more, activities lead to than before: what falls if something stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from toc import graph
from toc.analysis.comparison.differences import SupportChange
from toc.model import Theory
from toc.model.types import Kind

AT_ONCE: Final = 4096  # activities followed at a time, one bit each, so that memory stays small however many there are
SUPPORTED: Final[tuple[Kind, ...]] = ("goal", "pillar", "outcome", "output")


def support_changes(old: Theory, new: Theory, names: Mapping[str, str]) -> tuple[SupportChange, ...]:
    """The goals, pillars, outcomes and outputs in both theories that fewer or more activities lead to.

    An activity leads to a node where the links, feedback left out, go there from it in one step or many. A link that
    works against its target counts like any other. `names` gives the new ids of the old nodes that have another id.
    The cost is nodes plus links, once for every 4,096 activities.
    """
    before, after = _under_new_names(old.forwards, names), new.forwards
    earlier = {names.get(id, id): id for id in old.activities}
    doing = earlier | new.activities
    if before == after and earlier.keys() == new.activities.keys():
        return ()
    both = [id for kind in SUPPORTED for id in new.of_kind(kind) if id in before and id not in earlier]
    totals = dict.fromkeys(both, (0, 0, 0))
    steps_before, steps_after = _steps(before), _steps(after)
    for activities in _portions(list(doing)):
        bits = {id: 1 << place for place, id in enumerate(activities)}
        led_before = _spread(steps_before, {id: bit for id, bit in bits.items() if id in earlier})
        led_after = _spread(steps_after, {id: bit for id, bit in bits.items() if id in new.activities})
        for id in both:
            one, other = led_before.get(id, 0), led_after.get(id, 0)
            if one or other:
                was, now, kept = totals[id]
                totals[id] = was + one.bit_count(), now + other.bit_count(), kept + (one & other).bit_count()
    return tuple(
        SupportChange(id, new.nodes[id].kind, new.nodes[id].title, was, now, kept)
        for id, (was, now, kept) in totals.items()
        if was != now
    )


def _under_new_names(forwards: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    if not names:
        return forwards
    rows = {id(to): [names.get(target, target) for target in to] for to in forwards.values()}
    return {names.get(node, node): rows[id(to)] for node, to in forwards.items()}


def _portions(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _steps(forwards: Mapping[str, Sequence[str]]) -> list[tuple[list[str], Sequence[str]]]:
    """What nodes lead to, causes before their effects, with all that lead to the same."""
    sharing: dict[int, list[str]] = {}
    for node in graph.order(forwards):
        sharing.setdefault(id(forwards[node]), []).append(node)
    last = {nodes[-1]: nodes for nodes in sharing.values()}
    return [(last[node], forwards[node]) for node in graph.order(forwards) if node in last and forwards[node]]


def _spread(steps: Iterable[tuple[Iterable[str], Sequence[str]]], bits: dict[str, int]) -> dict[str, int]:
    """The bits of all that lead to each node."""
    led_by = dict(bits)
    for sources, targets in steps:
        mine = reduce(or_, (led_by.get(source, 0) for source in sources))
        if mine:
            for target in targets:
                led_by[target] = led_by.get(target, 0) | mine
    return led_by
