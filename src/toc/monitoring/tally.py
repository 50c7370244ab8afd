"""KPIs counted by how they stand: never averaged, weighted or added, so that no figure hides another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from toc import graph
from toc.language.numbers import number
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import CausalNode
from toc.model.types import Depth
from toc.monitoring.kpi_progress import KpiProgress
from toc.monitoring.statuses import Status
from toc.pages.answer import Rows

UNSAID: Final = "unsaid"
LEVELS: Final = (*get_args(Depth), UNSAID)


class Tally(Rows[KpiProgress]):
    """Some KPIs, and how many of them stand how. Drafts are among them and are not counted.

    `counts` has a number for each status; `text` says them in words, what is not known first where that is more than half
    of them. `status` is what all that are counted have in common: None where they differ, or nothing is counted.

    >>> import datetime, toc
    >>> tally = toc.example("rgs-newcastle").progress(today=datetime.date(2026, 11, 25)).of("literacy").own
    >>> [one.kpi for one in tally], tally.text, tally.counts["on-track"]
    (['reading-age'], 'on track', 1)
    """

    __slots__ = ("counts", "drafts")

    def __init__(self, rows: Iterable[KpiProgress]) -> None:
        found = tuple(rows)
        super().__init__(found, {one.kpi: one for one in found})
        numbers = Counter(one.status for one in found if not one.draft)
        self.counts: FrozenDict[Status, int] = FrozenDict({status: numbers[status] for status in Status})
        self.drafts: int = sum(one.draft for one in found)

    @property
    def counted(self) -> int:
        """How many are counted: all but the drafts."""
        return len(self) - self.drafts

    @property
    def status(self) -> Status | None:
        """The status of all that are counted, where they have one in common."""
        found = [status for status, count in self.counts.items() if count]
        return found[0] if len(found) == 1 else None

    @property
    def is_mostly_unknown(self) -> bool:
        """Whether of more than half of them it is not known how they stand."""
        return self.counts[Status.UNKNOWN] * 2 > self.counted

    @property
    def text(self) -> str:
        """How many stand how, in words; the word alone where all stand alike."""
        if self.status:
            return self.status.word
        if not self.counted:
            return "drafts only" if self.drafts else "not measured"
        order = sorted(Status, key=lambda one: one is not Status.UNKNOWN) if self.is_mostly_unknown else Status
        return ", ".join(f"{number(self.counts[one])} {one.word}" for one in order if self.counts[one])


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the KPIs of a node stand, and, apart from them, those of everything with a way to it, by their level.

    `own` are the KPIs that measure the node itself, `beneath` those of what leads to it without feedback and without a
    link that works against its end, each once. So what an activity counts is never shown as the success of an outcome:
    `counts`, `text` and `status` are those of its own alone.
    """

    node: str
    own: Tally
    beneath: FrozenDict[str, Tally]

    @property
    def counts(self) -> FrozenDict[Status, int]:
        """How many of its own KPIs stand how."""
        return self.own.counts

    @property
    def text(self) -> str:
        """How its own KPIs stand, in words."""
        return self.own.text

    @property
    def status(self) -> Status | None:
        """How its own KPIs stand, where all stand alike; None for a mixed one, which has no mark and no colour."""
        return self.own.status


def rolled_up(theory: Theory, ids: Iterable[str], found: Mapping[str, KpiProgress]) -> dict[str, RollUp]:
    """The KPIs of some nodes and of what lies beneath each, for all of them in one walk along the links."""
    wanted = list(ids)
    bit = {id: 1 << place for place, id in enumerate(wanted)}
    reached = _reached(theory, bit)
    beneath: dict[str, dict[str, list[KpiProgress]]] = {id: {} for id in wanted}
    for one in found.values():
        above = own = 0
        for id in theory.kpis[one.kpi].measures:
            above, own = above | reached[id], own | bit.get(id, 0)
        left = above & ~own
        while left:
            place = left.bit_length() - 1
            beneath[wanted[place]].setdefault(one.level or UNSAID, []).append(one)
            left -= 1 << place
    return {
        id: RollUp(
            id,
            Tally(found[kpi] for kpi in theory.measured_by.get(id, ())),
            FrozenDict({level: Tally(beneath[id][level]) for level in LEVELS if level in beneath[id]}),
        )
        for id in wanted
    }


def _reached(theory: Theory, bit: Mapping[str, int]) -> dict[str, int]:
    """For each node to which of some others it leads, however far, as bits; itself is one that it reaches."""
    reached: dict[str, int] = {}
    goals = 0
    for id in reversed(graph.order(theory.forwards)):
        node = theory.nodes[id]
        found = bit.get(id, 0)
        if id in theory.goals:
            goals |= found
        if id in theory.unsaid:
            found |= goals
        elif isinstance(node, CausalNode):
            for target in theory.forwards[id]:
                if node.leads_to[target].sign == "+":
                    found |= reached[target]
        reached[id] = found
    return reached
