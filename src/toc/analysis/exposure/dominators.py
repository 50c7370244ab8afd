"""What everything else has to pass: the trees of single nodes and links, without trying each one out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from toc import graph
from toc.model import Theory
from toc.model.nodes import CausalNode, written_links

Pair = tuple[str, str]
Element = str | Pair
Needs = Mapping[str, Sequence[str]]  # from each node to what the author says cannot come about without it
ROOT: Final = ""  # no id is empty


class Growing:
    """A tree to which elements are added below what is there already."""

    __slots__ = ("above", "depth", "jump")

    def __init__(self) -> None:
        self.above: dict[Element, Element] = {ROOT: ROOT}
        self.jump: dict[Element, Element] = {ROOT: ROOT}
        self.depth: dict[Element, int] = {ROOT: 0}

    def add(self, element: Element, above: Element) -> None:
        """Hang an element below another. Its jump is as long as two of equal length beneath it, else one step."""
        far = self.jump[above]
        farther = self.jump[far]
        even = self.depth[above] - self.depth[far] == self.depth[far] - self.depth[farther]
        self.above[element] = above
        self.jump[element] = farther if even else above
        self.depth[element] = self.depth[above] + 1

    def meet(self, one: Element, other: Element) -> Element:
        """The lowest element that stands above both, or is one of them."""
        if self.depth[one] < self.depth[other]:
            one, other = other, one
        level = self.depth[other]
        while self.depth[one] > level:
            one = self.jump[one] if self.depth[self.jump[one]] >= level else self.above[one]
        while one != other:
            if self.jump[one] != self.jump[other]:
                one, other = self.jump[one], self.jump[other]
            else:
                one, other = self.above[one], self.above[other]
        return one


def grown(order: Iterable[str], before: Mapping[str, Sequence[str]], starts: set[str], *, backwards: bool) -> Growing:
    """The tree of everything that can be reached from `starts`, which hang from the root.

    Args:
        order: the nodes, each after all of `before`.
        before: what leads to each node.
        starts: where ways begin.
        backwards: whether the links are walked against their direction, which turns their names round.

    >>> diamond = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["d"]}
    >>> tree = grown("abcde", diamond, {"a"}, backwards=False)
    >>> tree.above["d"], tree.above["e"]
    ('a', ('d', 'e'))

    """
    tree = Growing()
    met: dict[
        int, tuple[int, Element]
    ] = {}  # of rows that several nodes may share: how many are in the tree, and where they meet
    for node in order:
        if node in starts:
            tree.add(node, ROOT)
            continue
        rows = graph.parts(before, node)
        for row in rows:
            if id(row) not in met:
                sources: list[Element] = [source for source in row if source in tree.above]
                met[id(row)] = len(sources), reduce(tree.meet, sources) if sources else ROOT
        found = [met[id(row)] for row in rows if met[id(row)][0]]
        if not found:
            continue
        above = reduce(tree.meet, (element for _, element in found))
        if sum(count for count, _ in found) == 1:
            source = str(above)
            link = (node, source) if backwards else (source, node)
            tree.add(link, source)
            above = link
        tree.add(node, above)
    return tree


@dataclass(frozen=True, slots=True)
class Tree:
    """A finished tree: below an element stand `size` places from `place` on, itself first."""

    place: Mapping[Element, int]
    size: Mapping[Element, int]


def finished(tree: Growing) -> Tree:
    """The tree with its elements numbered so that everything below one of them stands in a row.

    >>> tree = Growing()
    >>> tree.add("a", ROOT), tree.add("b", ROOT), tree.add("c", "a")
    (None, None, None)
    >>> finished(tree).place["c"], finished(tree).size["a"]
    (2, 2)
    """
    elements = list(tree.above)[1:]
    size: dict[Element, int] = dict.fromkeys(tree.above, 1)
    for element in reversed(elements):
        size[tree.above[element]] += size[element]
    place: dict[Element, int] = {ROOT: 0}
    free: dict[Element, int] = {ROOT: 1}
    for element in elements:
        above = tree.above[element]
        place[element] = free[above]
        free[above] += size[element]
        free[element] = place[element] + 1
    return Tree(place, size)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Some nodes of a tree, by their places, so that those below an element are found at once."""

    tree: Tree
    places: tuple[int, ...]
    nodes: tuple[str, ...]

    def below(self, element: Element) -> tuple[str, ...]:
        """Those below an element, without itself, in no order that means anything."""
        first, last = self._range(element)
        return self.nodes[first:last]

    def count_below(self, element: Element) -> int:
        """How many are below an element, without itself."""
        first, last = self._range(element)
        return last - first

    def _range(self, element: Element) -> tuple[int, int]:
        place = self.tree.place.get(element)
        if place is None:
            return 0, 0
        end = place + self.tree.size[element]
        return bisect_left(self.places, place + 1), bisect_left(self.places, end)


def crowd(tree: Tree, nodes: Iterable[str]) -> Crowd:
    """Those of the nodes that stand in a tree."""
    found = sorted((tree.place[node], node) for node in nodes if node in tree.place)
    return Crowd(tree, tuple(place for place, _ in found), tuple(node for _, node in found))


@dataclass(frozen=True, slots=True)
class Supports:
    """The links of a theory that hold something up, both ways round, and what has to pass what.

    `cut_off` holds the activities in the tree of what every way to a goal passes; `heads` (goals and pillars) and
    `middles` (outcomes and outputs) stand in the tree of what every way from an activity passes. `needs` are the links
    that the author calls necessary.
    """

    forwards: Mapping[str, Sequence[str]]
    backwards: Mapping[str, Sequence[str]]
    order: tuple[str, ...]
    activities: tuple[str, ...]
    cut_off: Crowd
    heads: Crowd
    middles: Crowd
    needs: Needs


def supports(theory: Theory) -> Supports:
    """The supports of a theory, in time close to linear."""
    ways = {
        id: [link for link in written_links(node).values() if not link.feedback and link.sign == "+"]
        for id, node in theory.nodes.items()
        if isinstance(node, CausalNode)
    }
    said = {id: tuple([link.target for link in links]) for id, links in ways.items()}
    forwards = {**said, **dict.fromkeys(theory.unsaid, tuple(theory.goals))}
    backwards = graph.Reversed(forwards)
    order = tuple(graph.order(forwards))
    to_goals = finished(grown(reversed(order), forwards, set(theory.goals), backwards=True))
    from_activities = finished(grown(order, backwards, set(theory.activities), backwards=False))
    return Supports(
        forwards=forwards,
        backwards=backwards,
        order=order,
        activities=tuple(theory.activities),
        cut_off=crowd(to_goals, theory.activities),
        heads=crowd(from_activities, [*theory.goals, *theory.pillars]),
        middles=crowd(from_activities, [*theory.outcomes, *theory.outputs]),
        needs={id: [link.target for link in links if link.contribution == "necessary"] for id, links in ways.items()},
    )
