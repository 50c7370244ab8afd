"""Two theories in one: the new one, with what was removed from the old one still in its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from toc import graph
from toc.analysis.comparison.changes import Changes
from toc.limits import refuse_unsaid
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.mentions import fields_with
from toc.model.nodes import CausalNode, HasPillar, Kpi, Node
from toc.model.structure import MAY_LEAD_TO, may_link
from toc.model.types import PLURALS
from toc.model.values import Link

Ends = tuple[str, str]


class Union(NamedTuple):
    """Both theories in one, under the new ids.

    `removed` are the links of the old one that stand in it. Those `left_out` cannot: the kinds of their ends do not
    allow them any more, or they would close a circle with what is there now.
    """

    theory: Theory
    removed: frozenset[Ends]
    left_out: tuple[Ends, ...]


def united(found: Changes) -> Union:
    """The new theory with the nodes and links that were removed, as far as one theory can hold both."""
    names = {one.old: one.new for one in found.renamed}
    kinds = {id: node.kind for id, node in (*((n.id, n) for n in found.removed), *found.new.nodes.items())}
    wanted = {
        (names.get(link.source, link.source), names.get(link.target, link.target)): link for link in found.links_removed
    }
    fitting = {ends: link for ends, link in wanted.items() if _fits(ends, link, kinds)}
    circles = _on_circles(found.new, fitting)
    links = {ends: link for ends, link in fitting.items() if ends not in circles}
    return Union(
        theory=_with(found.new, found.removed, links, names),
        removed=frozenset(links),
        left_out=tuple(ends for ends in wanted if ends not in links),
    )


def _fits(ends: Ends, link: Link, kinds: Mapping[str, Any]) -> bool:
    source, target = ends
    allowed = MAY_LEAD_TO.get(kinds[source], ())
    return kinds[source] != "kpi" and source != target and may_link(kinds[target], allowed, feedback=link.feedback)


def _on_circles(new: Theory, links: Mapping[Ends, Link]) -> set[Ends]:
    """The links that would stand on a circle: their ends are in one knot of the links there are and would be."""
    forwards: dict[str, list[str]] = {id: list(targets) for id, targets in new.forwards.items()}
    onwards = [ends for ends, link in links.items() if not link.feedback]
    for source, target in onwards:
        forwards.setdefault(target, [])
        forwards.setdefault(source, []).append(target)
    knot_of = {id: number for number, knot in enumerate(graph.components(forwards)) for id in knot}
    return {(source, target) for source, target in onwards if knot_of[source] == knot_of[target]}


def _with(new: Theory, removed: Iterable[Node], links: Mapping[Ends, Link], names: Mapping[str, str]) -> Theory:
    """The new theory with nodes and links added to it, validated as a whole."""
    by_source: dict[str, dict[str, Link]] = {}
    for (source, target), link in links.items():
        by_source.setdefault(source, {})[target] = link
    nodes: dict[str, Node] = dict(new.nodes)
    nodes.update((node.id, node) for node in removed)
    gone = nodes.keys() - new.nodes.keys()
    changed: dict[str, Node] = {}
    for id in gone:
        kept = _as_it_can_be(nodes[id], new, nodes, names)
        if kept is not None:
            changed[id] = kept
    said = new.unsaid.keys() if any(nodes[id].kind == "goal" for id in gone) else frozenset()
    refuse_unsaid(len(said), len(new.goals))
    for id in (
        by_source.keys() | gone | said
    ):  # a pillar that does not say where it leads would lead to the old goals too
        node = changed.get(id, new.nodes.get(id))
        if isinstance(node, CausalNode):
            own = node.leads_to if id in new.nodes else {}
            changed[id] = node.evolve(leads_to=FrozenDict({**own, **by_source.get(id, {})}))
    sections: dict[str, dict[str, Node]] = {}
    for id in (*new.nodes, *(node.id for node in removed)):
        if id in changed:
            plural = PLURALS[changed[id].kind]
            sections.setdefault(plural, dict(new.of_kind(changed[id].kind)))[id] = changed[id]
    return new.evolve(**sections) if sections else new


def _as_it_can_be(node: Node, new: Theory, nodes: Mapping[str, Node], names: Mapping[str, str]) -> Node | None:
    """A removed node without what it refers to and is not there; None for a KPI that would measure nothing."""
    groups = new.context.target_groups
    pools: dict[str, Container[str]] = {"partner": new.partners, "target group": groups}

    def there(of: str, id: str) -> str | None:
        if of != "activity":
            return id if id in pools[of] else None
        name = names.get(id, id)
        return name if name in nodes and nodes[name].kind == of else None

    fields: dict[str, Any] = fields_with(node, PLURALS[node.kind], there)
    fields["target_group"] = tuple(id for id in node.target_group if id in groups)
    if isinstance(node, HasPillar) and node.pillar:
        pillar = names.get(node.pillar, node.pillar)
        fields["pillar"] = pillar if pillar in nodes and nodes[pillar].kind == "pillar" else None
    if isinstance(node, Kpi):
        measured = (names.get(id, id) for id in node.measures)
        fields["measures"] = tuple(id for id in measured if id in nodes and nodes[id].kind != "kpi")
        if not fields["measures"]:
            return None
    return node.evolve(**fields)
