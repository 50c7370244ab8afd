"""The fewest nodes that have to fail before nothing reaches a node any more.

As many ways as possible that share no node, and as few nodes as possible that lie on all ways, are the same number
(Menger 1927). It is found as a flow in which every node lets one way through, with shortest ways first and many at a
time (Dinic 1970; at most about the square root of the number of nodes in rounds, by Even and Tarjan 1975).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

SOURCE: Final = 0
SINK: Final = 1
WIDE: Final = 1 << 60  # more ways than there can be


class Network:
    """Pipes with room in them, each beside its way back."""

    __slots__ = ("ends", "out", "room")

    def __init__(self, size: int) -> None:
        self.out: list[list[int]] = [[] for _ in range(size)]
        self.ends: list[int] = []
        self.room: list[int] = []

    def join(self, one: int, other: int, room: int) -> None:
        """Lay a pipe; the pipe with the next number is its way back."""
        self.out[one].append(len(self.ends))
        self.out[other].append(len(self.ends) + 1)
        self.ends += [other, one]
        self.room += [room, 0]

    def levels(self) -> list[int]:
        """How many pipes with room lead from the source to each place, -1 where none do."""
        found = [-1] * len(self.out)
        found[SOURCE] = 0
        queue = deque([SOURCE])
        while queue:
            place = queue.popleft()
            for pipe in self.out[place]:
                if self.room[pipe] and found[self.ends[pipe]] < 0:
                    found[self.ends[pipe]] = found[place] + 1
                    queue.append(self.ends[pipe])
        return found

    def fill(self, levels: Sequence[int]) -> None:
        """Send ways along shortest lines until none is left. A place from which no line goes on is not tried again."""
        tried = [0] * len(self.out)
        walk: list[int] = []
        place = SOURCE
        while True:
            if place == SINK:
                for pipe in walk:
                    self.room[pipe] -= 1
                    self.room[pipe ^ 1] += 1
                walk, place = [], SOURCE
            elif tried[place] < len(self.out[place]):
                pipe = self.out[place][tried[place]]
                if self.room[pipe] and levels[self.ends[pipe]] == levels[place] + 1:
                    walk.append(pipe)
                    place = self.ends[pipe]
                else:
                    tried[place] += 1
            elif walk:
                place = self.ends[walk.pop() ^ 1]
                tried[place] += 1
            else:
                return


def smallest_cut(backwards: Mapping[str, Sequence[str]], starts: set[str], end: str) -> tuple[str, ...]:
    """The fewest nodes that lie on all ways from `starts` to `end`; starts count, the end does not.

    Of several smallest cuts it is the one nearest to the starts, which is the same whatever way the flow was found.
    The nodes stand in the order of `backwards`, which says what leads to each node and holds `end` as a key.

    >>> smallest_cut({"a": [], "b": [], "c": ["a", "b"], "d": ["a"], "end": ["c", "d"]}, {"a", "b"}, "end")
    ('a', 'b')
    >>> smallest_cut({"a": [], "b": [], "c": ["a", "b"], "end": ["c"]}, {"a", "b"}, "end")
    ('c',)
    """
    number = {node: 2 + 2 * place for place, node in enumerate(node for node in backwards if node != end)}
    network = Network(2 + 2 * len(number))
    for node, inside in number.items():
        network.join(inside, inside + 1, 1)
        if node in starts:
            network.join(SOURCE, inside, WIDE)
    for target, sources in backwards.items():
        for source in sources:
            network.join(number[source] + 1, number.get(target, SINK), WIDE)
    levels = network.levels()
    while levels[SINK] >= 0:
        network.fill(levels)
        levels = network.levels()
    return tuple(node for node, inside in number.items() if levels[inside] >= 0 > levels[inside + 1])
