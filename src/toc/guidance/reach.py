"""Which KPIs lie in reach of an activity: on it and its outputs, and on each way upward the first outcome that has any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from toc import graph
from toc.guidance.scales import rung
from toc.model import Theory
from toc.model.kept import kept
from toc.model.nodes import Activity, CausalNode, Kpi, Output
from toc.model.types import Depth, Design
from toc.model.values import Evidence

DOUBTS: Final = frozenset({"contradicts", "mixed"})
Steps = tuple[tuple[str, int], ...]  # nodes that have KPIs, each with the links to it; the nearest first

# Measured nodes that are looked at from one activity; of each kind of KPI the nearest is among them.
MOST_NODES: Final = 100
MOST_HELD: Final = 12  # KPIs of one kind of one node; as many as are told of an activity one by one
MOST_DOUBTS: Final = 24  # pieces of evidence that are looked at behind one output


@dataclass(frozen=True, slots=True)
class Held:
    """A KPI in reach, where it measures, and how many links lead there: 0 on the activity itself."""

    kpi: Kpi
    node: str
    steps: int
    made: Design

    @property
    def level(self) -> Depth | None:
        """What the KPI looks at."""
        return self.kpi.level


@dataclass(frozen=True, eq=False)
class Reach:
    """The KPIs in reach of some activities; activities that lead alike share one.

    `own` are on the activity and its outputs, `beyond` on the first measured outcome of each way. `pillars` are those of
    pillars, named only where there are no others. `further` tells whether any way leads to a comparison, however far.
    `nodes` are what those measure that can tell about the activity, `own_nodes` the activity and the outputs among them.
    Of a node with very many KPIs the first of each kind are held; `left` counts the others, and `left_open` those of
    them that do not say what they look at.
    """

    own: tuple[Held, ...]
    beyond: tuple[Held, ...]
    pillars: tuple[Held, ...]
    further: bool
    nodes: tuple[str, ...]
    own_nodes: tuple[str, ...]
    left: int
    left_open: int

    @cached_property
    def telling(self) -> tuple[Held, ...]:
        """Those that can tell about the activity: all but the pillars'."""
        return self.own + self.beyond

    @cached_property
    def every(self) -> tuple[Held, ...]:
        """All that are named."""
        return self.telling + self.pillars

    @cached_property
    def change(self) -> Held | None:
        """The nearest KPI that looks at a change in people, if one does."""
        return next((one for one in self.every if one.level and rung(one.level) >= rung("learning")), None)

    @cached_property
    def levels(self) -> frozenset[Depth | None]:
        """What these KPIs look at."""
        return frozenset(one.level for one in self.every)

    @cached_property
    def designs(self) -> frozenset[Design]:
        """How their answers are made."""
        return frozenset(one.made for one in self.every)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The titles of those that do not say what they look at."""
        return tuple(one.kpi.title for one in self.telling if one.level is None)

    @cached_property
    def is_compared(self) -> bool:
        """Whether any of these is set beside people who did not take part."""
        return "comparison" in self.designs

    @cached_property
    def is_read(self) -> bool:
        """Whether any of those that can tell has a reading."""
        return any(one.kpi.readings for one in self.telling)

    @cached_property
    def is_broken_down(self) -> bool:
        """Whether any is told apart by group."""
        return any(one.kpi.breakdowns for one in self.every)


def made(kpi: Kpi) -> Design:
    """How the answer of a KPI is made: readings of everybody on two dates beside a baseline are a before and an after.

    Who writes `trend` says that they are of different people.
    """
    if kpi.design != "after" or kpi.baseline is None:
        return kpi.design
    dates = {reading.date for reading in kpi.readings if not reading.where}
    return "before-after" if len(dates) > 1 else kpi.design


def onwards(node: CausalNode, theory: Theory) -> list[str]:
    """What a node is meant to bring about at once: no feedback, nothing that it works against, no other activity."""
    return [
        target
        for target, link in node.leads_to.items()
        if not link.feedback and link.sign == "+" and target not in theory.activities
    ]


class Behind(NamedTuple):
    """What an output leads to: the first outcome, and evidence on the way that speaks against the idea or both ways."""

    outcome: str | None
    doubts: tuple[Evidence, ...]


def first_outcome(theory: Theory, id: str) -> str | None:
    """The first outcome that an activity leads to at once or through outputs alone."""
    return _ahead(theory, theory.activities[id], behind_outputs(theory)).outcome


def doubts_of(theory: Theory, activity: Activity) -> tuple[Evidence, ...]:
    """The evidence on the links of an activity and of its outputs that contradicts the idea, or speaks both ways."""
    return _ahead(theory, activity, behind_outputs(theory)).doubts


def behind_outputs(theory: Theory) -> Mapping[str, Behind]:
    """What lies behind each output, found once and kept with the theory."""
    return kept(theory, _behind_outputs)


def _behind_outputs(theory: Theory) -> Mapping[str, Behind]:
    found: dict[str, Behind] = {}
    for output in outputs_from_the_end(theory):
        ahead = _ahead(theory, output, found)
        found[output.id] = ahead._replace(doubts=ahead.doubts[:MOST_DOUBTS])
    return found


def outputs_from_the_end(theory: Theory) -> Iterator[Output]:
    """The outputs, each after those to which it leads."""
    order = graph.order(theory.forwards) if theory.outputs else ()
    return (theory.outputs[id] for id in reversed(order) if id in theory.outputs)


def _ahead(theory: Theory, node: CausalNode, behind: Mapping[str, Behind]) -> Behind:
    targets = onwards(node, theory)
    doubts = {id(one): one for target in targets for one in node.leads_to[target].evidence if one.says in DOUBTS}
    outcomes = []
    for target in targets:
        if target in theory.outcomes:
            outcomes.append(target)
        elif target in behind:
            outcomes += filter(None, [behind[target].outcome])
            doubts.update((id(one), one) for one in behind[target].doubts)
    return Behind(next(iter(outcomes), None), tuple(doubts.values()))


class Reaches:
    """What lies in reach of each activity; what several share is found once, in time linear in nodes and links."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory
        self.kept: dict[Steps, Steps] = {}  # equal ones are one object, so that they are told apart by identity
        self.compares: dict[str, bool] = {}
        self.steps: dict[str, Steps] = {}
        self.shared: dict[tuple[str | None, Steps, bool], Reach] = {}
        self.shown: dict[str, Sequence[tuple[Kpi, Design]]] = {}
        self.cut: dict[tuple[str, ...], tuple[int, int]] = {}
        self.kinds: dict[str, frozenset[tuple[str, Depth | None, Design]]] = {}
        for id in reversed(graph.order(theory.forwards)):
            if id not in theory.activities:
                self._settle(id)

    def of(self, id: str) -> Reach:
        """What lies in reach of an activity."""
        theory = self.theory
        targets = onwards(theory.activities[id], theory)
        steps, measured = self._joined(targets), id if id in theory.measured_by else None
        compared = self._compares(id, targets)
        key = measured, steps, compared
        found = self.shared.get(key)
        if found is None:
            found = self.shared[key] = self._reach(measured, steps, compared=compared)
        return found

    def _settle(self, id: str) -> None:
        """What lies in reach of a node that is no activity, from what lies in reach of those after it."""
        theory = self.theory
        node = theory.nodes[id]
        targets: Sequence[str] = ()
        if id in theory.unsaid:
            targets = self._any_goal
        elif isinstance(node, CausalNode):
            targets = onwards(node, theory)
        here: Steps = ((id, 0),) if id in theory.measured_by and node.kind != "goal" else ()
        stops = here and node.kind != "output"
        self.steps[id] = self._keep(here if stops else here + self._joined(targets))
        self.compares[id] = self._compares(id, targets)

    @cached_property
    def _any_goal(self) -> Sequence[str]:
        """A goal that stands for all: one whose KPIs compare, if there is any. Nothing lies beyond a goal."""
        goals = [*self.theory.goals]
        return [next((goal for goal in goals if self.compares[goal]), goals[0])]

    def _compares(self, id: str, targets: Iterable[str]) -> bool:
        kpis = (self.theory.kpis[kpi] for kpi in self.theory.measured_by.get(id, ()))
        return any(kpi.design == "comparison" for kpi in kpis) or any(self.compares[target] for target in targets)

    def _joined(self, targets: Iterable[str]) -> Steps:
        """The measured nodes of several ways, one link further away, each once and the nearest first."""
        ways = {id(found): found for found in (self.steps[target] for target in targets)}
        nearest: dict[str, int] = {}
        for way in ways.values():
            for node, steps in way:
                if steps + 1 < nearest.get(node, steps + 2):
                    nearest[node] = steps + 1
        return self._keep(self._cut(tuple(sorted(nearest.items(), key=lambda pair: pair[1]))))

    def _keep(self, steps: Steps) -> Steps:
        return self.kept.setdefault(steps, steps)

    def _cut(self, steps: Steps) -> Steps:
        """The nearest, and of the others those with a kind of KPI that no nearer one has: enough to judge by."""
        if len(steps) <= MOST_NODES:
            return steps
        found: list[tuple[str, int]] = []
        seen = set[tuple[str, Depth | None, Design]]()
        for pair in steps:
            kinds = self._kinds(pair[0])
            if len(found) < MOST_NODES or not kinds <= seen:
                found.append(pair)
                seen |= kinds
        return tuple(found)

    def _kinds(self, id: str) -> frozenset[tuple[str, Depth | None, Design]]:
        """The kinds of KPI of a node, by what kind of node it is."""
        if id not in self.kinds:
            kind = self.theory.nodes[id].kind
            self.kinds[id] = frozenset((kind, kpi.level, how) for kpi, how in self._shown(id))
        return self.kinds[id]

    def _shown(self, id: str) -> Sequence[tuple[Kpi, Design]]:
        """The KPIs of a node, of very many the first of each kind."""
        if id not in self.shown:
            found: list[tuple[Kpi, Design]] = []
            seen = Counter[tuple[object, ...]]()
            for kpi in (self.theory.kpis[name] for name in self.theory.measured_by.get(id, ())):
                kind = (kpi.level, how := made(kpi), bool(kpi.readings), bool(kpi.breakdowns))
                seen[kind] += 1
                if seen[kind] <= MOST_HELD:
                    found.append((kpi, how))
            self.shown[id] = found
        return self.shown[id]

    def _reach(self, measured: str | None, steps: Steps, *, compared: bool) -> Reach:
        theory = self.theory
        first = [(measured, 0)] if measured else []
        outputs = [*first, *(pair for pair in steps if pair[0] in theory.outputs)]
        outcomes = [pair for pair in steps if pair[0] in theory.outcomes]
        own = self._each(outputs, ())
        beyond = self._each(outcomes, own)
        named = [] if own + beyond else [pair for pair in steps if pair[0] in theory.pillars]
        pillars = self._each(named, ())
        left, left_open = self._left([id for id, _ in (*outputs, *outcomes, *named)], own + beyond + pillars)
        nodes = tuple(id for id, _ in (*outputs, *outcomes))
        return Reach(own, beyond, pillars, compared, nodes, nodes[: len(outputs)], left, 0 if pillars else left_open)

    def _each(self, places: Sequence[tuple[str, int]], before: Iterable[Held]) -> tuple[Held, ...]:
        """The KPIs of some nodes, each where it stands nearest, but for those that are held before."""
        seen = {one.kpi.id for one in before}
        found: dict[str, Held] = {}
        for id, steps in places:
            for kpi, how in self._shown(id):
                if kpi.id not in seen and kpi.id not in found:
                    found[kpi.id] = Held(kpi, id, steps, how)
        return tuple(found.values())

    def _left(self, nodes: Iterable[str], held: Iterable[Held]) -> tuple[int, int]:
        """How many KPIs of these nodes are not held, and how many of those do not say what they look at."""
        by_node = self.theory.measured_by
        cut = tuple(id for id in nodes if len(by_node.get(id, ())) > len(self._shown(id)))
        if not cut:
            return 0, 0
        if cut not in self.cut:
            kpis = {kpi for id in cut for kpi in by_node[id]}
            self.cut[cut] = len(kpis), sum(self.theory.kpis[kpi].level is None for kpi in kpis)
        there = [one for one in held if not set(cut).isdisjoint(one.kpi.measures)]
        every, open_ = self.cut[cut]
        return every - len(there), open_ - sum(one.level is None for one in there)
