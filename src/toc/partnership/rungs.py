"""What is known of each activity: the rung of evidence of every KPI in its reach, and what people tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal, Self, get_args

from toc.guidance.advising import Known
from toc.guidance.reach import MOST_HELD, made, onwards, outputs_from_the_end
from toc.guidance.scales import rung as depth
from toc.model import Theory
from toc.model.kept import kept
from toc.model.nodes import CausalNode, Kpi, written_links
from toc.partnership.sides import Sides, Whose

Rung = Literal["none", "anecdote", "counts", "outcomes", "comparison"]
RUNGS: Final[tuple[Rung, ...]] = get_args(Rung)
NONE, ANECDOTE, COUNTS, OUTCOMES, COMPARISON = range(len(RUNGS))
Ends = tuple[str, str]


def kpi_rung(kpi: Kpi) -> Rung:
    """The rung on which an activity stands when this KPI of it is read; without a level none.

    Made as guidance counts it: readings of everybody on two dates beside a baseline are a before and an after.

    >>> import toc
    >>> kpis = toc.example("rgs-newcastle").kpis
    >>> kpi_rung(kpis["reading-age"]), kpi_rung(kpis["practice-adopted"]), kpi_rung(kpis["stem-entries"])
    ('outcomes', 'counts', 'comparison')
    """
    return RUNGS[_rung(kpi)]


def _rung(kpi: Kpi) -> int:
    if kpi.level is None:
        return NONE
    if depth(kpi.level) < depth("learning"):
        return COUNTS
    how = made(kpi) if kpi.baseline else None
    if how == "comparison":
        return COMPARISON
    return COUNTS if kpi.level == "learning" and how != "before-after" else OUTCOMES


def is_read(kpi: Kpi) -> bool:
    """Whether a KPI has a reading of everybody: a baseline or a target is no evidence."""
    return any(not reading.where for reading in kpi.readings)


@dataclass(frozen=True, eq=False)
class Standing:
    """What is known of an activity.

    `today` holds the highest rung for each side, `today_kpis` those that are read on the highest of all, `planned` the
    highest of all KPIs, read or not. `sides` are those that the KPIs are about; `unlevelled` KPIs have no level. Of very
    many KPIs the first twelve are named.
    """

    today: Mapping[Whose, int]
    today_kpis: tuple[str, ...]
    planned: int
    planned_kpis: tuple[str, ...]
    sides: frozenset[Whose]
    unlevelled: tuple[str, ...]
    testimony: tuple[Ends, ...] = ()

    @property
    def height(self) -> int:
        """The highest rung of today, for whomever it is."""
        return max(self.today.values(), default=NONE)

    def for_sides(self, sides: Iterable[Whose]) -> int:
        """The highest rung of today for any of these."""
        return max(self.today.get(side, NONE) for side in sides)


class Standings:
    """What is known of the activities of a theory, each looked up once; what several share is found once."""

    def __init__(self, theory: Theory) -> None:
        self.theory: Final = theory
        self.sides: Final = Sides(theory)
        self._reaches = Known.of(theory).reaches
        self._voices = self._behind_outputs()
        self._on_nodes: dict[str, Standing] = {}
        self._in_reach: dict[tuple[str, ...], Standing] = {}
        self._found: dict[str, Standing] = {}

    @classmethod
    def of(cls, theory: Theory) -> Self:
        """What is known of a theory: kept with it, as what lies in reach is."""
        return kept(theory, cls)

    def __getitem__(self, activity: str) -> Standing:
        """What is known of an activity."""
        if activity not in self._found:
            self._found[activity] = self._told(activity, self._measured(self._reaches.of(activity).nodes))
        return self._found[activity]

    @property
    def unlevelled(self) -> tuple[str, ...]:
        """Every KPI in reach of an activity that has no level, in the author's order."""
        nodes = {node for id in self.theory.activities for node in self._reaches.of(id).nodes}
        kpis = self.theory.kpis.items()
        return tuple(id for id, kpi in kpis if kpi.level is None and not nodes.isdisjoint(kpi.measures))

    def is_measured(self, activity: str, *, inside: bool) -> bool:
        """Whether a KPI in reach counts for home, or else for any of the others; any may while nobody says who is home."""
        about = self[activity].sides
        if self.sides.home is None:
            return bool(about)
        return self.sides.is_inside(about) if inside else self.sides.is_outside(about)

    def _told(self, activity: str, measured: Standing) -> Standing:
        """The same with what people tell of the activity."""
        voices = self._told_of(self.theory.activities[activity], self._voices)
        if not voices:
            return measured
        today = dict.fromkeys(voices, ANECDOTE) | dict(measured.today)
        told = tuple(dict.fromkeys(voices.values()))
        return replace(measured, today=today, planned=max(measured.planned, ANECDOTE), testimony=told)

    def _measured(self, nodes: tuple[str, ...]) -> Standing:
        """What the KPIs of some nodes tell."""
        if nodes not in self._in_reach:
            self._in_reach[nodes] = _together([self._on(id) for id in nodes])
        return self._in_reach[nodes]

    def _on(self, node: str) -> Standing:
        """What the KPIs of one node tell."""
        if node not in self._on_nodes:
            kpis = (self.theory.kpis[id] for id in self.theory.measured_by.get(node, ()))
            self._on_nodes[node] = _together([self._of_kpi(kpi) for kpi in kpis])
        return self._on_nodes[node]

    def _of_kpi(self, kpi: Kpi) -> Standing:
        sides, height, name = self.sides.of_kpi(kpi), _rung(kpi), (kpi.id,)
        is_told = height and is_read(kpi)
        return Standing(
            dict.fromkeys(sides, height) if is_told else {},
            name if is_told else (),
            height,
            name if height else (),
            frozenset(sides),
            () if height else name,
        )

    def _behind_outputs(self) -> Mapping[str, Mapping[Whose, Ends]]:
        """What people tell on the links of each output and of those behind it."""
        found: dict[str, Mapping[Whose, Ends]] = {}
        for output in outputs_from_the_end(self.theory):
            found[output.id] = self._told_of(output, found)
        return found

    def _told_of(self, node: CausalNode, behind: Mapping[str, Mapping[Whose, Ends]]) -> Mapping[Whose, Ends]:
        """For each side the first link with testimony: of the node itself, else of the outputs that it leads to."""
        found: dict[Whose, Ends] = {}
        for target, link in written_links(node).items():
            if any(one.type == "testimony" for one in link.evidence):
                for side in self.sides.of_link(link):
                    found.setdefault(side, (node.id, target))
        for target in onwards(node, self.theory) if behind else ():
            for side, ends in behind.get(target, {}).items():
                found.setdefault(side, ends)
        return found


def _together(parts: list[Standing]) -> Standing:
    """What several KPIs, or the KPIs of several nodes, tell."""
    if len(parts) == 1:
        return parts[0]
    today: dict[Whose, int] = {}
    for part in parts:
        for side, height in part.today.items():
            today[side] = max(height, today.get(side, NONE))
    read = max(today.values(), default=NONE)
    planned = max((part.planned for part in parts), default=NONE)
    return Standing(
        today,
        _each(part.today_kpis for part in parts if part.height == read),
        planned,
        _each(part.planned_kpis for part in parts if part.planned == planned),
        frozenset().union(*(part.sides for part in parts)),
        _each(part.unlevelled for part in parts),
    )


def _each(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first of some names, each once."""
    return tuple(islice(dict.fromkeys(name for part in names for name in part), MOST_HELD))
