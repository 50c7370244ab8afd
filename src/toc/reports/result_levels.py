"""The results of a theory as a logframe ranks them: levels, codes, and which stands under which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from toc.language.text import one_line
from toc.model import Theory
from toc.model.nodes import CausalNode, written_links
from toc.model.types import KINDS, Kind
from toc.ways import pillar_of

Style = Literal["classic", "milestones", "results"]
Level = Literal["impact", "outcome", "output", "activity"]

LEVELS: Final[Mapping[Kind, Level]] = MappingProxyType(
    {"goal": "impact", "pillar": "outcome", "outcome": "outcome", "output": "output", "activity": "activity"}
)
NAMES: Final[Mapping[Level, str]] = MappingProxyType(
    {"impact": "Impact", "outcome": "Outcome", "output": "Output", "activity": "Activity"}
)
CLASSIC_NAMES: Final[Mapping[Level, str]] = MappingProxyType({**NAMES, "impact": "Goal", "outcome": "Purpose"})


_RANK: Final[Mapping[Kind, int]] = MappingProxyType({kind: place for place, kind in enumerate(KINDS)})


@dataclass(frozen=True, slots=True)
class Result:
    """A node as a row of a logframe: its level, its code, "" for the only goal, and what it stands under."""

    node: CausalNode
    level: Level
    code: str
    parent: str | None

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the result to lead on, each once."""
        found = (one.text for link in written_links(self.node).values() for one in link.assumptions)
        return tuple(dict.fromkeys(map(one_line, found)))

    def label(self, names: Mapping[Level, str] = NAMES) -> str:
        """The level and the code.

        >>> import toc
        >>> [one.label() for one in results(toc.example("small-charity"))][:3]
        ['Impact', 'Outcome 1', 'Outcome 1.1']
        """
        return f"{names[self.level]} {self.code}".rstrip()


def results(theory: Theory) -> tuple[Result, ...]:
    """Every node but the KPIs, level by level, and within each by code: a pillar is followed by its outcomes."""
    parents = {id: _parent(theory, id) for id in theory.nodes if id not in theory.kpis}
    beneath: dict[str | None, list[str]] = {}
    for id in sorted(parents, key=lambda id: _RANK[theory.nodes[id].kind]):
        beneath.setdefault(parents[id], []).append(id)
    only_goal = next(iter(theory.goals)) if len(theory.goals) == 1 else None
    codes = {only_goal: ""} if only_goal else {}
    if only_goal:  # what leads nowhere stands beside what leads to the goal
        beneath[None] = [*beneath.get(only_goal, ()), *(id for id in beneath[None] if id != only_goal)]
        beneath.pop(only_goal, None)
    waiting: list[tuple[str | None, str]] = [(None, "")]
    while waiting:
        above, start = waiting.pop()
        for number, id in enumerate(beneath.get(above, ()), 1):
            codes[id] = f"{start}{number}"
            waiting.append((id, f"{codes[id]}."))
    return tuple(sorted(_made(theory, codes, parents), key=_place))


def _made(theory: Theory, codes: Mapping[str, str], parents: Mapping[str, str | None]) -> Iterator[Result]:
    for id, code in codes.items():
        node = theory.nodes[id]
        if isinstance(node, CausalNode):
            yield Result(node, LEVELS[node.kind], code, parents[id])


def _place(result: Result) -> tuple[int, tuple[int, ...]]:
    return [*NAMES].index(result.level), tuple(map(int, filter(None, result.code.split("."))))


def _parent(theory: Theory, id: str) -> str | None:
    """What a node stands under: the first that it leads to, those of its own column before others."""
    node = theory.nodes[id]
    if not isinstance(node, CausalNode):
        return None
    column = pillar_of(theory, id)
    ahead = [to for to in theory.forwards[id] if node.leads_to[to].sign == "+"]
    here = (to for to in ahead if column and (to == column or pillar_of(theory, to) == column))
    return next(here, ahead[0] if ahead else column if column != id else None)


def unplaced(theory: Theory, found: tuple[Result, ...]) -> int:
    """How many links join what does not stand under each other."""
    placed = {(one.node.id, one.parent) for one in found}
    return sum((link.source, link.target) not in placed for link in theory.written_links)
