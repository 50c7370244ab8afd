"""How many ways there are, and the strongest and the weakest of them, without walking each.

The confidence of a link is a word or a number that its author wrote, from 0 to 1. A way is called as strong as the
lowest confidence on it: comparing is all that such numbers bear, so they are never multiplied or added.

A link with a minus lowers what it leads to. A way with an even number of them works towards its end, any other against
it; so every node is looked at twice: with an even and with an odd number of minus signs still to come.
"""

from __future__ import annotations

from math import inf
from typing import Final

from toc.analysis.between import Between
from toc.model.values import Link

State = tuple[str, bool]  # a node, and whether an odd number of minus signs is still to come
NONE: Final = -1.0  # lower than any confidence


def onwards(link: Link, *, odd: bool) -> State:
    """Where a link leads, and whether an odd number of minus signs is to come from there.

    >>> onwards(Link(source="a", target="b", sign="-"), odd=True)
    ('b', False)
    """
    return link.target, odd ^ (link.sign == "-")


def ways_for_and_against(between: Between) -> tuple[int, int]:
    """How many ways work towards an end, and how many against it.

    >>> import toc
    >>> from toc.analysis.between import links_between
    >>> ways_for_and_against(links_between(toc.example("rgs-newcastle"), "scitt", ["goal"]))
    (3, 0)
    """
    ways: dict[State, int] = {}
    for node in reversed(between.steps):
        for odd in (False, True):
            ending = int(node in between.ends and not odd)
            ways[node, odd] = ending + sum(ways[onwards(link, odd=odd)] for link in between.steps[node])
    return ways.get((between.start, False), 0), ways.get((between.start, True), 0)


def strongest(between: Between) -> tuple[Link, ...]:
    """The way whose lowest confidence is highest, among those that work towards an end and are rated throughout.

    Of several the first in the author's order; nothing where there is none.

    >>> import toc
    >>> from toc.analysis.between import links_between
    >>> [link.target for link in strongest(links_between(toc.example("rgs-newcastle"), "scitt", ["goal"]))]
    ['new-teachers', 'cpd', 'goal']
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

    >>> import toc
    >>> from toc.analysis.between import links_between
    >>> [link.target for link in weakest(links_between(toc.example("rgs-newcastle"), "scitt", ["goal"]))]
    ['new-teachers', 'specialist-teaching', 'stem-choice', 'stem', 'goal']
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
