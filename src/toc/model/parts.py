"""A part of a theory: some of its nodes, with the links and the KPIs between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypeVar

from toc.model.copies import changed
from toc.model.mappings import FrozenDict
from toc.model.mentions import OF_NODES, forgotten
from toc.model.nodes import Activity, CausalNode, HasPillar, Kpi, Node, written_links
from toc.model.types import PLURALS
from toc.model.values import Link

if TYPE_CHECKING:
    from toc.model.theory import Theory

T = TypeVar("T", bound="Theory")


def part_of(theory: T, ids: Collection[str]) -> T:
    """The theory with the nodes of `ids` alone, and with its goals, of which a theory needs one.

    Links to what is left out are cut, and so are the KPIs left measuring nothing. A node stays in its pillar's column
    where that pillar is kept: it is declared where the way there is cut. What is valid stays valid, so nothing is
    checked again.
    """
    kept = {*theory.goals, *(id for id in ids if id in theory.nodes)}
    sections: dict[str, FrozenDict[str, Node]] = {}
    for kind, plural in PLURALS.items():
        nodes = ((id, _within(node, kept)) for id, node in theory.of_kind(kind).items() if id in kept)
        sections[plural] = FrozenDict((id, node) for id, node in nodes if node is not None)
    part = _placed(theory, changed(theory, **sections))
    return forgotten(part, OF_NODES, theory.nodes.keys() - part.nodes.keys())


def for_outside(theory: T) -> T:
    """The theory without what only those who do the work need to read.

    That is what the advice on measuring rests on, who measures what and how, and how assumptions are to be tested. What
    is valid stays valid, so nothing is checked again.
    """
    sections = {
        plural: FrozenDict((id, _told_outside(node)) for id, node in theory.of_kind(kind).items())
        for kind, plural in PLURALS.items()
    }
    return changed(theory, **sections, reviews=FrozenDict(), frames=FrozenDict())


def _told_outside(node: Node) -> Node:
    if isinstance(node, CausalNode) and (links := written_links(node)):
        node = changed(node, leads_to=FrozenDict((target, _argued_outside(link)) for target, link in links.items()))
    if isinstance(node, Activity):
        return changed(node, certainty=None, evidence_strength=None, stakes=None)
    if isinstance(node, Kpi):
        ways: dict[str, Any] = dict.fromkeys(("level", "method", "source", "frequency", "owner", "hours"))
        return changed(node, **ways, design="after", breakdowns=(), collected_by=())
    return node


def _argued_outside(link: Link) -> Link:
    plans: dict[str, Any] = dict.fromkeys(("test", "owner", "by"))
    return changed(link, assumptions=tuple(changed(one, **plans) for one in link.assumptions))


def _within(node: Node, kept: set[str]) -> Node | None:
    """The node without what it says about others than `kept`; None for a KPI that would measure nothing."""
    if isinstance(node, Kpi):
        left = tuple(name for name in node.measures if name in kept)
        return node if len(left) == len(node.measures) else changed(node, measures=left) if left else None
    if isinstance(node, CausalNode) and not (links := written_links(node)).keys() <= kept:
        node = changed(node, leads_to=FrozenDict((t, link) for t, link in links.items() if t in kept))
    if isinstance(node, HasPillar) and node.pillar and node.pillar not in kept:
        node = changed(node, pillar=None)
    return node


def _placed(theory: T, part: T) -> T:
    """The part with every node declared in the column in which it stood, where it no longer stands there by itself."""
    moved = {
        id: column
        for id, column in theory.columns.items()
        if column in part.pillars and id in part.nodes and part.columns.get(id) != column
    }
    sections = {}
    for kind, plural in PLURALS.items():
        section = part.of_kind(kind)
        if not moved.keys().isdisjoint(section):
            sections[plural] = FrozenDict(
                (id, changed(node, pillar=moved[id]) if id in moved else node) for id, node in section.items()
            )
    return changed(part, **sections) if sections else part
