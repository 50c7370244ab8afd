"""The links that go without saying, from a pillar to every goal: told apart by their ends alone, so made when asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from itertools import accumulate, chain, islice
from typing import Any, Final, overload

from toc.model.mappings import FrozenDict
from toc.model.values import Link

BARE: Final = Link.model_construct()  # unlike `Link()` it builds nothing at import


class ImpliedLinks:
    """The bare links from a pillar to every goal. All pillars of a theory share `goals`, so that each costs nothing."""

    __slots__ = ("goals", "source")

    def __init__(self, source: str, goals: Mapping[str, None]) -> None:
        self.source = source
        self.goals = goals

    def __len__(self) -> int:
        return len(self.goals)

    def __iter__(self) -> Iterator[Link]:
        return (self.to(goal) for goal in self.goals)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ImpliedLinks):
            return self.source == other.source and (self.goals is other.goals or self.goals == other.goals)
        if not isinstance(other, dict):
            return NotImplemented
        return len(other) == len(self) and all(other.get(link.target) == link for link in self)

    __hash__ = None  # type: ignore[assignment]  # a pillar's hash leaves its links out

    def __reduce__(self) -> tuple[Any, ...]:
        return ImpliedLinks, (self.source, self.goals)

    def to(self, goal: str) -> Link:
        """The link to one goal."""
        link = copy(BARE)
        link.__dict__.update(source=self.source, target=goal)
        return link

    def mapping(self) -> FrozenDict[str, Link]:
        """The links by goal, all of them made."""
        return FrozenDict({link.target: link for link in self})


class LeadsTo:
    """The attribute `leads_to` of a pillar: the links as a mapping, made anew where they go without saying."""

    def __get__(self, node: Any, owner: type) -> FrozenDict[str, Link]:
        if node is None:
            raise AttributeError(name="leads_to", obj=owner)  # as of every field: a class holds none of them
        links = node.__dict__["leads_to"]
        return links.mapping() if isinstance(links, ImpliedLinks) else links

    def __set__(self, node: Any, value: object) -> None:
        node.__setattr__("leads_to", value)


class LinkSequence(Sequence[Link]):
    """Links in the order of their sources, those that go without saying among them.

    They are counted without being made, and made when they are asked for.
    """

    __slots__ = ("_ends", "_parts")

    def __init__(self, parts: tuple[tuple[Link, ...] | ImpliedLinks, ...]) -> None:
        self._parts = parts
        self._ends = tuple(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Link]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, index: int) -> Link: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Link, ...]: ...
    def __getitem__(self, index: int | slice) -> Link | tuple[Link, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self))[index]
        part = bisect_right(self._ends, place)
        links, start = self._parts[part], self._ends[part - 1] if part else 0
        if isinstance(links, tuple):
            return links[place - start]
        return links.to(next(islice(links.goals, place - start, None)))

    def cut(self, most: int) -> Iterator[Link]:
        """Every link, but at most so many of those that go without saying from each pillar."""
        return chain.from_iterable(part if isinstance(part, tuple) else islice(part, most) for part in self._parts)

    def among(self, ids: Collection[str]) -> list[Link]:
        """The links with both ends among `ids`."""
        found: list[Link] = []
        reached: dict[int, list[str]] = {}  # the goals among `ids`, looked up once for all that lead to the same
        for links in self._parts:
            if isinstance(links, tuple):
                found += (link for link in links if link.source in ids and link.target in ids)
            elif links.source in ids:
                if id(links.goals) not in reached:
                    reached[id(links.goals)] = [goal for goal in links.goals if goal in ids]
                found += map(links.to, reached[id(links.goals)])
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (LinkSequence, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self)} links>"
