"""How many ways there are between a node and those it may lead to, and the strongest and the weakest, without walking each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final

from toc import graph
from toc.limits import refuse_unsaid
from toc.model import Theory
from toc.model.nodes import CausalNode
from toc.model.values import Link

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Between:
    """The links on all ways from `start` to any of `ends`, feedback left out.

    `steps` holds every node on a way, each after all that lead to it, with the links that stay on a way, in the
    author's order. It is empty where there is no way. Nothing on a way leads on from an end.
    """

    start: str
    ends: frozenset[str]
    steps: dict[str, tuple[Link, ...]]

    @property
    def links(self) -> Iterator[Link]:
        """Every link on a way."""
        return (link for links in self.steps.values() for link in links)


def links_between(theory: Theory, start: str, ends: Iterable[str]) -> Between:
    """The links on the ways from a node to others; from an end itself no way leads."""
    wanted = frozenset(ends)
    if start in wanted or start not in theory.forwards:
        return Between(start, wanted, {})
    from_start = graph.reachable(theory.forwards, [start])
    reached = from_start & wanted
    on_way = from_start & graph.reachable(theory.backwards, reached)
    refuse_unsaid(len(on_way & theory.unsaid.keys()), len(on_way & theory.goals.keys()))
    inner = {
        id: [target for target in theory.forwards[id] if target in on_way] for id in theory.forwards if id in on_way
    }
    steps = {id: tuple(_links(theory, id, inner[id])) for id in graph.order(inner)}
    return Between(start, frozenset(reached), steps)


def _links(theory: Theory, source: str, targets: Iterable[str]) -> Iterator[Link]:
    node = theory.nodes[source]
    if isinstance(node, CausalNode):
        links = node.leads_to
        yield from (links[target] for target in targets)


def passed_by_all(between: Between) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The nodes that every way passes, and the links that every way follows; neither the start nor the ends.

    In an order in which each node comes after all that lead to it, a node is on every way when no link leads past it:
    a link that does is part of a way around it.
    """
    place = {node: number for number, node in enumerate(between.steps)}
    nodes, links = [], []
    furthest = 0
    for node, onwards in between.steps.items():
        if furthest <= place[node] and node not in between.ends:
            nodes.append(node)
            links += [(node, onwards[0].target)] if len(onwards) == 1 else []
        furthest = max([furthest, *(place[link.target] for link in onwards)])
        if node in between.ends:
            furthest = len(place)  # this way is over: whatever comes later is not on it
    return tuple(nodes[1:]), tuple(links)


State = tuple[str, bool]  # a node, and whether an odd number of minus signs is still to come
NONE: Final = -1.0  # lower than any confidence


def onwards(link: Link, *, odd: bool) -> State:
    """Where a link leads, and whether an odd number of minus signs is to come from there."""
    return link.target, odd ^ (link.sign == "-")


def ways_for_and_against(between: Between) -> tuple[int, int]:
    """How many ways work towards an end, and how many against it."""
    ways: dict[State, int] = {}
    for node in reversed(between.steps):
        for odd in (False, True):
            ending = int(node in between.ends and not odd)
            ways[node, odd] = ending + sum(ways[onwards(link, odd=odd)] for link in between.steps[node])
    return ways.get((between.start, False), 0), ways.get((between.start, True), 0)


def strongest(between: Between) -> tuple[Link, ...]:
    """The way whose lowest confidence is highest, among those that work towards an end and are rated throughout.

    Of several the first in the author's order; nothing where there is none.
    """
    best: dict[State, float] = {}
    for node in reversed(between.steps):
        for odd in (False, True):
            ending = inf if node in between.ends and not odd else NONE
            found = (min(_rated(link), best[onwards(link, odd=odd)]) for link in between.steps[node])
            best[node, odd] = max([ending, *found])
    aim = best.get((between.start, False), NONE)
    walk: list[Link] = []
    node, odd = between.start, False
    while aim > NONE and node not in between.ends:
        step = next(link for link in between.steps[node] if min(_rated(link), best[onwards(link, odd=odd)]) >= aim)
        walk.append(step)
        node, odd = onwards(step, odd=odd)
    return tuple(walk)


def _rated(link: Link) -> float:
    return NONE if link.confidence is None else link.confidence


def weakest(between: Between) -> tuple[Link, ...]:
    """A way that holds the lowest confidence written on any way that works towards an end.

    Of several the first in the author's order; nothing where no link on these ways has a confidence. Links without
    one are passed over: whatever they are, this way is no stronger than what is written on it.
    """
    lowest = _lowest(between)
    aim = lowest.get((between.start, False), inf)
    if aim == inf:
        return ()
    walk: list[Link] = []
    node, odd, found = between.start, False, False
    while node not in between.ends:
        for step in between.steps[node]:
            state = onwards(step, odd=odd)
            if state in lowest and (found or step.confidence == aim or lowest[state] == aim):
                break
        walk.append(step)
        found = found or step.confidence == aim
        node, odd = state
    return tuple(walk)


def _lowest(between: Between) -> dict[State, float]:
    """The lowest confidence on any way from each state to an end, infinite where none is written; no way, no entry."""
    lowest: dict[State, float] = {}
    for node in reversed(between.steps):
        for odd in (False, True):
            found = [inf] if node in between.ends and not odd else []
            for link in between.steps[node]:
                state = onwards(link, odd=odd)
                if state in lowest:
                    found.append(min(lowest[state], inf if link.confidence is None else link.confidence))
            if found:
                lowest[node, odd] = min(found)
    return lowest
