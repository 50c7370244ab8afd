"""The activities that each KPI of a plan tells about: of very many the first are named, all are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import nsmallest
from operator import or_
from typing import Final, NamedTuple

from toc import graph
from toc.guidance.advice_schema import Book
from toc.guidance.reach import Reach
from toc.guidance.scales import Approach
from toc.guidance.workload import Running, Span, joined, running, spanned
from toc.model import Theory
from toc.model.nodes import Kpi

MOST_NAMED: Final = 50  # activities of one KPI; the others are counted
MOST_TITLES: Final = 4  # of one approach, for a sentence that names three and counts the others
MANY: Final = 64  # activities of one node, from which on their bits are kept


class Advised(NamedTuple):
    """Of some activities those for which one approach is advised: the titles of the first, and how many there are."""

    approach: Approach | None
    titles: tuple[str, ...]
    many: int


@dataclass(frozen=True, slots=True)
class Concerned:
    """The activities that a KPI tells about, or else those that lead to what it measures.

    `activities` are the first of `count`, `advised` is what is advised for these, `groups` what is advised for all:
    empty where the KPI is in reach of none.
    """

    activities: tuple[str, ...]
    count: int
    advised: tuple[Approach | None, ...]
    groups: tuple[Advised, ...]
    span: Running


class Lead(NamedTuple):
    """The activities that lead somewhere: the first of them by their places, and from when to when all of them run."""

    first: tuple[int, ...]
    span: Span


class Concerns:
    """Which activities are concerned by which KPI. KPIs that measure the same share one answer.

    Those in reach are bits, so that those of several nodes are put together at once, whatever their number. Of those
    that only lead there no more are handed on from node to node than are named.
    """

    def __init__(self, theory: Theory, approaches: Mapping[str, Approach | None], reaches: Mapping[str, Reach]) -> None:
        self.theory = theory
        self.activities = tuple(theory.activities.values())
        self.approaches = tuple(approaches[activity.id] for activity in self.activities)
        self.spans = tuple(spanned(activity, place) for place, activity in enumerate(self.activities))
        self.near = _by_node(reach.nodes for reach in reaches.values())
        self.own = _by_node(reach.own_nodes for reach in reaches.values())
        self.near_spans = {id: joined([self.spans[place] for place in places]) for id, places in self.near.items()}
        places: dict[Approach | None, list[int]] = {}
        for place, approach in enumerate(self.approaches):
            places.setdefault(approach, []).append(place)
        self.masks = {approach: _bits(some) for approach, some in places.items()}
        self.kept: dict[int, int] = {}
        self.found: dict[tuple[str, ...], Concerned] = {}
        self.far = [kpi for kpi in theory.kpis.values() if self.near.keys().isdisjoint(kpi.measures)]
        self.found_far = self._leading() if self.far else {}

    def of(self, kpi: Kpi, book: Book) -> Concerned:
        """The activities that a KPI is in reach of, else all that lead to what it measures."""
        if kpi.id in self.found_far:
            lead, count = self.found_far[kpi.id]
            activities = tuple(self.activities[place].id for place in lead.first)
            return Concerned(activities, count, (), (), running(lead.span, self.activities, book))
        if kpi.measures not in self.found:
            bits = self._together(self.near, kpi)
            first = _firsts(bits, MOST_NAMED)
            self.found[kpi.measures] = Concerned(
                tuple(self.activities[place].id for place in first),
                bits.bit_count(),
                tuple(self.approaches[place] for place in first),
                self._groups(bits),
                running(joined([self.near_spans[id] for id in kpi.measures if id in self.near]), self.activities, book),
            )
        return self.found[kpi.measures]

    def own_of(self, kpi: Kpi) -> tuple[Advised, ...]:
        """The activities of which, or of whose outputs, a KPI is one, by what is advised for them."""
        return self._groups(self._together(self.own, kpi))

    def concerned(self) -> set[str]:
        """The activities of all KPIs."""
        near = {self.activities[place].id for places in self.near.values() for place in places}
        behind = graph.reachable(self.theory.backwards, [id for kpi in self.far for id in kpi.measures])
        return near | (behind & self.theory.activities.keys())

    def _together(self, near: Mapping[str, Sequence[int]], kpi: Kpi) -> int:
        """The activities of all that a KPI measures, as bits."""
        return reduce(or_, (self._bits_of(near[id]) for id in kpi.measures if id in near), 0)

    def _bits_of(self, places: Sequence[int]) -> int:
        if len(places) < MANY:
            return _bits(places)
        if id(places) not in self.kept:
            self.kept[id(places)] = _bits(places)
        return self.kept[id(places)]

    def _groups(self, bits: int) -> tuple[Advised, ...]:
        """Some activities by what is advised for them, in the author's order."""
        parts = [(approach, bits & mask) for approach, mask in self.masks.items() if bits & mask]
        found = [(approach, _firsts(part, MOST_TITLES), part.bit_count()) for approach, part in parts]
        return tuple(
            Advised(approach, tuple(self.activities[place].title for place in first), count)
            for approach, first, count in sorted(found, key=lambda group: group[1][0])
        )

    def _leading(self) -> dict[str, tuple[Lead, int]]:
        """The activities that lead to what each KPI measures that is in reach of none, and how many they are."""
        before, order = self.theory.backwards, graph.order(self.theory.forwards)
        places = {activity.id: place for place, activity in enumerate(self.activities)}
        leads: dict[str, Lead] = {}
        rows: dict[int, Lead] = {}  # of what several nodes share
        for node in order:
            own = [Lead((place,), self.spans[place])] if (place := places.get(node)) is not None else []
            for row in graph.parts(before, node):
                if id(row) not in rows:
                    rows[id(row)] = _merged([leads[source] for source in row])
                own.append(rows[id(row)])
            leads[node] = _merged(own)
        found = {kpi.id: _merged([leads[id] for id in kpi.measures]) for kpi in self.far}
        full = {kpi.id: kpi.measures for kpi in self.far if len(found[kpi.id].first) == MOST_NAMED}
        graph_of_all = {id: before[id] for id in order} | full if full else {}
        counts = graph.count_reaching([*graph_of_all], graph_of_all, list(places), full) if full else {}
        return {id: (lead, counts.get(id, len(lead.first))) for id, lead in found.items()}


def _merged(leads: Iterable[Lead]) -> Lead:
    """What leads there together; the same where all is one and the same."""
    different = list({id(lead): lead for lead in leads if lead.first}.values())
    if len(different) == 1:
        return different[0]
    places = {place for lead in different for place in lead.first}
    return Lead(tuple(nsmallest(MOST_NAMED, places)), joined([lead.span for lead in different]))


def _by_node(reached: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """For each measured node the places of the activities that are in reach of it."""
    found: dict[str, list[int]] = {}
    for place, nodes in enumerate(reached):
        for node in nodes:
            found.setdefault(node, []).append(place)
    return found


def _bits(places: Sequence[int]) -> int:
    """A whole number in which these bits are set."""
    found = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        found[place // 8] |= 1 << place % 8
    return int.from_bytes(found, "little")


def _firsts(bits: int, most: int) -> list[int]:
    """The lowest of the bits that are set."""
    found: list[int] = []
    while bits and len(found) < most:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
