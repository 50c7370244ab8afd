"""What lies between a node and the nodes it may lead to: the links of every way, and what each way has to pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toc import graph
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
    """The links on the ways from a node to others; from an end itself no way leads.

    >>> import toc
    >>> list(links_between(toc.example("small-charity"), "tea-and-games", ["goal"]).steps)
    ['tea-and-games', 'afternoons', 'early-help', 'friendships', 'company', 'goal']
    """
    wanted = frozenset(ends)
    if start in wanted or start not in theory.forwards:
        return Between(start, wanted, {})
    from_start = graph.reachable(theory.forwards, [start])
    reached = from_start & wanted
    on_way = from_start & graph.reachable(theory.backwards, reached)
    inner = {
        id: [target for target in theory.forwards[id] if target in on_way] for id in theory.forwards if id in on_way
    }
    steps = {id: tuple(_links(theory, id, inner[id])) for id in graph.order(inner)}
    return Between(start, frozenset(reached), steps)


def _links(theory: Theory, source: str, targets: Iterable[str]) -> Iterator[Link]:
    node = theory.nodes[source]
    if isinstance(node, CausalNode):
        yield from (node.leads_to[target] for target in targets)


def passed_by_all(between: Between) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The nodes that every way passes, and the links that every way follows; neither the start nor the ends.

    In an order in which each node comes after all that lead to it, a node is on every way when no link leads past it:
    a link that does is part of a way around it.

    >>> import toc
    >>> passed_by_all(links_between(toc.example("small-charity"), "tea-and-games", ["goal"]))
    (('company',), (('company', 'goal'),))
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
