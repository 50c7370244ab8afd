"""A node that becomes one of another kind: what of it can stay, what cannot, and the theory without that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from toc.errors import TheoryError, one_of, yes_or_no
from toc.model.copies import changed
from toc.model.edits import known, validated
from toc.model.mappings import FrozenDict
from toc.model.mentions import with_mentions
from toc.model.nodes import (
    LEADS_TO,
    Activity,
    CausalNode,
    Goal,
    HasPillar,
    Kpi,
    Node,
    Outcome,
    Output,
    Pillar,
    written_links,
)
from toc.model.origin import origin_of, with_origin
from toc.model.structure import MAY_LEAD_TO, article, may_link
from toc.model.types import KINDS, PLURALS, Kind
from toc.model.values import Link
from toc.problems import Path, Problem

if TYPE_CHECKING:
    from toc.model.theory import Theory

T = TypeVar("T", bound="Theory")
MODELS: Final[Mapping[str, type[Node]]] = {one.kind: one for one in (Goal, Pillar, Outcome, Output, Activity, Kpi)}
_BETWEEN: Final = frozenset({"id", LEADS_TO, "measures"})
"""Fields about other nodes, which become those of the new kind as far as they can."""


def losses(theory: Theory, id: str, kind: str) -> list[Problem]:
    """The fields, links and mentions that cannot stay when a node becomes one of another kind.

    Raises TheoryError where it cannot become one at all.
    """
    node, kind = known(theory, id), _kind_named(kind)
    if kind == node.kind:
        return []
    place: Path = (PLURALS[node.kind], id)
    if node.kind == "goal" and len(theory.goals) == 1:
        raise TheoryError([Problem("TOC036", f"'{id}' is the last goal, and a theory needs one", place)])
    if kind == "kpi" and not _measured(theory, node):
        message = f"a KPI measures something: let '{id}' lead to what it is to measure first"
        raise TheoryError([Problem("TOC036", message, place)])
    return [*_fields_lost(node, kind), *_links_lost(theory, node, kind), *_mentions_lost(theory, node, kind)]


def recast(theory: T, id: str, kind: str, *, drop: bool) -> T:
    """`theory` with a node as one of another kind, last of it. Raises TheoryError for what cannot stay, unless it may go."""
    lost = losses(theory, id, kind)
    if not yes_or_no("drop", drop) and lost:
        raise TheoryError(lost)
    node, kind = known(theory, id), _kind_named(kind)
    if kind == node.kind:
        return theory
    if node.kind == "activity":
        theory = with_mentions(theory, {"activity"}, lambda named: None if named == id else named)
    sections: dict[str, dict[str, Any]] = {}
    for each in KINDS:
        others = theory.of_kind(each).values()
        kept = (_about(other, id, node.kind, kind) for other in others if other.id != id)
        sections[PLURALS[each]] = {other.id: other for other in kept if other is not None}
    sections[PLURALS[kind]][id] = _made(theory, node, kind)
    contents = {
        **theory.contents(),
        **{name: part for name, part in sections.items() if part or name in theory.contents()},
    }
    return with_origin(validated(type(theory), contents, ()), origin_of(theory))


def _kind_named(kind: str) -> Kind:
    return one_of("kind", kind, KINDS)  # type: ignore[return-value]


def _made(theory: Theory, node: Node, kind: Kind) -> dict[str, Any]:
    """The node as one of another kind, as far as it can be one."""
    fields = MODELS[kind].model_fields
    made = {
        name: value
        for name, value in node.contents().items()
        if name not in _BETWEEN and (name in fields or name.startswith("x-"))
    }
    if kind == "kpi":
        return {**made, "measures": _measured(theory, node)}
    links = {
        target: changed(link)
        for target, link in _links(node, kind).items()
        if may_link(theory.kind_of(target), MAY_LEAD_TO[kind], feedback=link.feedback)
    }
    return {**made, LEADS_TO: FrozenDict(links)} if links or kind == "pillar" else made


def _links(node: Node, kind: Kind) -> Mapping[str, Link]:
    """Where the node leads, or would lead to what it measures; what goes without saying of a pillar is said of others."""
    if isinstance(node, Kpi):
        return {id: Link() for id in node.measures}
    if not isinstance(node, CausalNode):
        return {}
    return written_links(node) if kind == "pillar" else dict(node.leads_to)


def _measured(theory: Theory, node: Node) -> tuple[str, ...]:
    return tuple(target for target in _links(node, "kpi") if theory.kind_of(target) != "kpi")


def _fields_lost(node: Node, kind: Kind) -> Iterator[Problem]:
    for name in node.contents():
        if name not in _BETWEEN and name not in MODELS[kind].model_fields and not name.startswith("x-"):
            path: Path = (PLURALS[node.kind], node.id, name)
            yield Problem(
                "TOC036", f"{article(kind)} has no `{name}`, so what '{node.id}' says there cannot stay", path
            )


def _links_lost(theory: Theory, node: Node, kind: Kind) -> Iterator[Problem]:
    """Links from and to the node that may not be any more, and those of which more is said than a KPI can hold."""
    for target, link in _links(node, kind).items():
        path: Path = (PLURALS[node.kind], node.id, LEADS_TO, target)
        if kind == "kpi":
            if link.contents().keys() - link.derived:
                yield Problem(
                    "TOC036", f"a KPI measures '{target}' without a reason or evidence, so those cannot stay", path
                )
        elif not may_link(theory.kind_of(target), MAY_LEAD_TO[kind], feedback=link.feedback):
            there = article(theory.nodes[target].kind)
            yield Problem(
                "TOC036", f"{article(kind)} cannot lead to {there}, so the link to '{target}' cannot stay", path
            )
    for other in theory.nodes.values():
        links = written_links(other) if isinstance(other, CausalNode) else {}
        link_here = links.get(node.id)
        if link_here and not _may_lead(other, link_here, kind):
            message = f"{article(other.kind)} cannot lead to {article(kind)}, so the link from '{other.id}' cannot stay"
            yield Problem("TOC036", message, (PLURALS[other.kind], other.id, LEADS_TO, node.id))


def _mentions_lost(theory: Theory, node: Node, kind: Kind) -> Iterator[Problem]:
    for other in theory.nodes.values():
        path: Path = (PLURALS[other.kind], other.id)
        if isinstance(other, Kpi) and kind == "kpi" and node.id in other.measures:
            ending = ", and would measure nothing" if len(other.measures) == 1 else ""
            yield Problem("TOC036", f"'{other.id}' cannot measure a KPI{ending}", (*path, "measures"))
        if isinstance(other, HasPillar) and node.kind == "pillar" and other.pillar == node.id:
            yield Problem(
                "TOC036", f"'{other.id}' stands in the column of '{node.id}', which is then none", (*path, "pillar")
            )
        if isinstance(other, Activity) and node.kind == "activity" and node.id in other.reciprocates:
            message = f"'{other.id}' reciprocates '{node.id}', which is then no activity"
            yield Problem("TOC036", message, (*path, "reciprocates", node.id))


def _about(other: Node, id: str, was: Kind, kind: Kind) -> Node | None:
    """Another node without what it cannot say of one of the new kind any more; None for a KPI that would measure nothing."""
    if isinstance(other, Kpi):
        left = tuple(name for name in other.measures if name != id)
        return other if kind != "kpi" or left == other.measures else changed(other, measures=left) if left else None
    if isinstance(other, CausalNode) and (link := written_links(other).get(id)) and not _may_lead(other, link, kind):
        links = {target: one for target, one in written_links(other).items() if target != id}
        other = changed(other, leads_to=FrozenDict(links))
    if isinstance(other, HasPillar) and was == "pillar" and other.pillar == id:
        other = changed(other, pillar=None)
    return other


def _may_lead(other: Node, link: Link, kind: Kind) -> bool:
    return may_link(kind, MAY_LEAD_TO.get(other.kind, ()), feedback=link.feedback)
