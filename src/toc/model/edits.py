"""Edits that share structure: only what changes is made anew and only its links are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from toc import graph
from toc.errors import OptionError, TheoryError
from toc.model import structure
from toc.model.complaints import id_message, problems_of
from toc.model.copies import changed, copied
from toc.model.implied import ImpliedLinks
from toc.model.mappings import FrozenDict
from toc.model.mentions import OF_NODES, OF_PARTNERS, forgotten, node_mention_problems, with_mentions
from toc.model.nodes import (
    LEADS_TO,
    CausalNode,
    HasPillar,
    Kpi,
    Node,
    Pillar,
    own_links,
    says_links,
    written_links,
)
from toc.model.origin import origin_of, with_origin
from toc.model.references import unknown
from toc.model.types import PLURALS, Kind, shown
from toc.model.values import Link, Value
from toc.problems import Path, Problem
from toc.scalars import stated
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    from toc.model.theory import Theory

T = TypeVar("T", bound="Theory")
V = TypeVar("V", bound=Value)
Sections = Mapping[Kind, Mapping[str, Node]]


def evolved(theory: T, fields: Mapping[str, Any]) -> T:
    """`theory` with some of its own fields changed; everything is validated again, nodes are shared."""
    made = validated(type(theory), stated(fields, over=theory.contents()), ())
    return with_origin(made, origin_of(theory))


def edited(theory: T, id: str, fields: Mapping[str, Any]) -> T:
    """`theory` with some fields of one node changed."""
    node = known(theory, id)
    plural = PLURALS[node.kind]
    _refuse_derived({plural: {id: dict(fields)}})
    return _with_checked(
        theory, validated(type(node), {**stated(fields, over=node.contents()), "id": id}, (plural, id))
    )


def with_node(theory: T, node: Any) -> T:
    """`theory` with a node added or replaced."""
    if not isinstance(node, Node):
        message = f"{shown(node)} is no goal, pillar, outcome, output, activity or KPI: give one such as Outcome(id='calm', title='…')"
        raise TheoryError([Problem("TOC036", message)])
    there = theory.kind_of(node.id)
    path: Path = (PLURALS[node.kind], node.id)
    if not node.id:
        raise TheoryError(
            [Problem("TOC011", "the id is missing: give it one, as in Outcome(id='calm', title='…')", path[:1])]
        )
    if there is not None and there != node.kind:
        message = (
            f"the id '{node.id}' is {structure.article(there)} already: use another id, or take that one out first"
        )
        raise TheoryError([Problem("TOC031", message, path)])
    return _with_checked(theory, node)


def with_link(theory: T, source: str, target: str, argument: Mapping[str, Any]) -> T:
    """`theory` with a link added or replaced."""
    node = known(theory, source)
    if not isinstance(node, CausalNode):
        message = f"the KPI '{source}' leads nowhere: a KPI measures; write edit({source!r}, measures=[…])"
        raise TheoryError([Problem("TOC032", message, ("kpis", source))])
    if not isinstance(target, str):
        raise unknown(theory, target)
    plural = PLURALS[node.kind]
    _refuse_derived({plural: {source: {"leads_to": {target: dict(argument)}}}})
    link = validated(Link, stated(argument), (plural, source, "leads_to", target))
    links = FrozenDict({**node.leads_to, target: link})
    return _with_checked(theory, changed(node, leads_to=links), only=target)


def edited_link(theory: T, source: str, target: str, fields: Mapping[str, Any]) -> T:
    """`theory` with some fields of one link changed."""
    link = _links_with(theory, source, target)[target]
    held = {name: value for name, value in link.contents().items() if name not in link.derived}
    return with_link(theory, source, target, stated(fields, over=held))


def _links_with(theory: Theory, source: str, target: str) -> Mapping[str, Link]:
    """The links of a node, one of which leads to another. Raises TheoryError where none does."""
    node = known(theory, source)
    known(theory, target)
    links: Mapping[str, Link] = node.leads_to if isinstance(node, CausalNode) else {}
    if target in links:
        return links
    suggestion = nearest(target, links)
    leads = f"it leads to {structure.choices(links)}" if links else "it leads nowhere"
    message = f"'{source}' does not lead to '{target}'{hint(suggestion) or f': {leads};'} with_link() adds a link"
    raise TheoryError([Problem("TOC030", message, (PLURALS[node.kind], source), suggestion=suggestion)])


def moved(theory: T, id: str, after: str | None, before: str | None, pillar: str | None) -> T:
    """`theory` with a node at another place among those of its kind, or in another pillar's column, or both."""
    node = known(theory, id)
    plural = PLURALS[node.kind]
    if after is not None and before is not None:
        raise OptionError("a box moves after another or before one: give one of `after` and `before`")
    if pillar is not None:
        theory = edited(theory, id, {"pillar": pillar})
    beside = before if after is None else after
    if beside is not None and known(theory, beside).kind != node.kind:
        message = (
            f"'{beside}' is {structure.article(known(theory, beside).kind)} and '{id}' {structure.article(node.kind)}: "
            "a box moves among those of its own kind"
        )
        raise TheoryError([Problem("TOC036", message, (plural, id))])
    if beside == id or (beside is None and pillar is not None):
        return theory
    section = theory.of_kind(node.kind)
    ids = [other for other in section if other != id]
    ids.insert(0 if beside is None else ids.index(beside) + (after is not None), id)
    return _with_sections(theory, {plural: {other: section[other] for other in ids}})


def without_link(theory: T, source: str, target: str) -> T:
    """`theory` without a link."""
    links = _links_with(theory, source, target)
    kept = {other: link for other, link in links.items() if other != target}
    return edited(theory, source, {"leads_to": FrozenDict(kept)})


def without(theory: T, id: str) -> T:
    """`theory` without a node or a partner, and all that hung on it."""
    if _is_partner(theory, id):
        kept_partners = FrozenDict((other, one) for other, one in theory.partners.items() if other != id)
        return forgotten(changed(theory, partners=kept_partners), OF_PARTNERS, {id})
    node = known(theory, id)
    if node.kind == "goal" and len(theory.goals) == 1:
        raise TheoryError([Problem("TOC036", f"'{id}' is the last goal, and a theory needs one", ("goals", id))])
    changes: dict[str, Node | None] = {id: None}
    for other in theory.nodes.values():
        if other.id != id:
            kept = _without_mention(other, id)
            if kept is not other:
                changes[other.id] = kept
    return forgotten(with_nodes(theory, changes), OF_NODES, {id for id, kept in changes.items() if kept is None})


def renamed(theory: T, old: str, new: Any) -> T:
    """`theory` with a node or a partner under another id."""
    is_partner = _is_partner(theory, old)
    place = ("partners", old) if is_partner else (PLURALS[known(theory, old).kind], old)
    if not isinstance(new, str) or (is_partner and not structure.is_id(new)):
        raise TheoryError([Problem("TOC016", id_message(new), place)])
    if new == old:
        return theory
    if new in theory.partners if is_partner else theory.kind_of(new) is not None:
        raise TheoryError([Problem("TOC031", f"the id '{new}' is used already: choose another", place)])
    mentioning = with_mentions(theory, OF_PARTNERS if is_partner else OF_NODES, lambda id: new if id == old else id)
    if is_partner:
        partners = FrozenDict((new if id == old else id, one) for id, one in theory.partners.items())
        return changed(mentioning, partners=partners)
    contents = mentioning.contents()
    for section in PLURALS.values():
        if section in contents:
            contents[section] = {
                new if id == old else id: _renamed_in(other, old, new) for id, other in contents[section].items()
            }
    return with_origin(validated(type(theory), contents, ()), origin_of(theory))


def _is_partner(theory: Theory, id: Any) -> bool:
    """Whether an id is a partner's alone. Raises TheoryError with the nearest id and title where nothing bears it."""
    if isinstance(id, str) and theory.kind_of(id) is not None:
        return False  # an id that both bear is the node's
    if isinstance(id, str) and id in theory.partners:
        return True
    raise unknown(theory, id, also=theory.partners)


def known(theory: Theory, id: Any) -> Node:
    """The node with that id; edits take no titles. Raises TheoryError with the nearest id and title."""
    kind = theory.kind_of(id) if isinstance(id, str) else None
    if kind is None:
        raise unknown(theory, id)
    node: Node = theory.of_kind(kind)[id]
    return node


def _refuse_derived(raw: Mapping[str, Any]) -> None:
    """Refuse keys that validation sets itself: the id of a node, the ends of a link."""
    problems = list(structure.derived_key_problems(raw))
    if problems:
        raise TheoryError(problems)


def validated(model: type[V], data: Any, path: Path) -> V:
    """A value of its keys, which stand at a path of the theory. Raises TheoryError."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [
            Problem(p.code, p.message, (*path, *p.path), suggestion=p.suggestion)
            for p in problems_of(error, model, data)
        ]
        raise TheoryError(problems) from None


def led_to_goals(pillars: Mapping[str, Pillar], goals: Iterable[str]) -> Mapping[str, Pillar]:
    """The pillars, each leading to every goal unless it says otherwise; the same mapping where all of them do."""
    held = (pillar.__dict__[LEADS_TO] for pillar in pillars.values())
    shared: Mapping[str, None] = next((links.goals for links in held if isinstance(links, ImpliedLinks)), {})
    now: Mapping[str, None] = dict.fromkeys(goals)
    ids = shared if list(shared) == list(now) else now
    led = {id: _led_to(pillar, id, ids) for id, pillar in pillars.items()}
    return pillars if all(led[id] is pillar for id, pillar in pillars.items()) else FrozenDict(led)


def _led_to(pillar: Pillar, id: str, goals: Mapping[str, None]) -> Pillar:
    links = pillar.__dict__[LEADS_TO]
    if says_links(pillar) or (isinstance(links, ImpliedLinks) and links.goals is goals and links.source == id):
        return pillar
    implied = ImpliedLinks(id, goals)
    if pillar.id:
        return copied(pillar, {LEADS_TO: implied}, pillar.model_fields_set)
    pillar.__dict__[LEADS_TO] = implied  # read just now, so that no other theory holds it
    return pillar


def with_nodes(theory: T, changes: Mapping[str, Node | None]) -> T:
    """The theory with nodes replaced, added or, for None, taken out; nothing is checked."""
    sections: dict[str, dict[str, Node]] = {}
    for id, node in changes.items():
        kind = (node or known(theory, id)).kind
        plural = PLURALS[kind]
        section = sections.setdefault(plural, dict(theory.of_kind(kind)))
        if node is None:
            del section[id]
        else:
            section[id] = node
    return _with_sections(theory, sections)


def _with_sections(theory: T, sections: dict[str, dict[str, Node]]) -> T:
    """The theory with whole sections replaced; pillars that do not say otherwise lead to every goal there is then."""
    if not sections.keys().isdisjoint({"goals", "pillars"}):
        pillars: Any = sections.get("pillars", theory.pillars)
        sections["pillars"] = dict(led_to_goals(pillars, sections.get("goals", theory.goals)))
    return changed(theory, **{name: FrozenDict(section) for name, section in sections.items()})


def _with_checked(theory: T, node: Node, only: str | None = None) -> T:
    """The theory with one node added or replaced, once its own links and references are in order."""
    if isinstance(node, CausalNode):
        own_links(node)
    made = with_nodes(theory, {node.id: node})
    problems = [*_id_problems(node), *_own_link_problems(made, node, only), *_own_reference_problems(made, node)]
    if problems:
        raise TheoryError(problems)
    return made


def _id_problems(node: Node) -> Iterator[Problem]:
    if not structure.is_id(node.id):
        yield Problem("TOC016", id_message(node.id), (PLURALS[node.kind], node.id))


def _own_link_problems(theory: Theory, node: Node, only: str | None) -> Iterator[Problem]:
    """What is wrong with a node's links, or with one of them: a walk from its targets finds every new cycle."""
    links: Mapping[str, Link] = written_links(node) if isinstance(node, CausalNode) else {}
    allowed = structure.MAY_LEAD_TO.get(node.kind, ())
    equals = []
    for target, link in links.items() if only is None else ((only, links[only]),):
        there = theory.kind_of(target)
        to_itself = link.feedback and target == node.id
        if to_itself or not structure.may_link(there, allowed, feedback=link.feedback):
            yield structure.link_problem(
                structure.Claim(node.id, node.kind, target, there, link.feedback), theory.nodes
            )
        elif there == node.kind and not link.feedback:
            equals.append(target)
    if equals:
        among_equals = _Equals(theory, node.kind)
        walk = graph.way_back(among_equals, node.id)
        if walk:
            yield structure.cycle_problem(node.kind, walk)


class _Equals(dict[str, list[str]]):
    """The links among the nodes of one kind, read as far as they are walked."""

    def __init__(self, theory: Theory, kind: Kind) -> None:
        super().__init__()
        self.section = theory.of_kind(kind)

    def __missing__(self, id: str) -> list[str]:
        links = written_links(self.section[id])
        self[id] = [t for t, link in links.items() if t in self.section and not link.feedback]
        return self[id]


def _own_reference_problems(theory: Theory, node: Node) -> Iterator[Problem]:
    plural = PLURALS[node.kind]
    for field in structure.REFERENCES[node.kind]:
        written = getattr(node, field)
        if written:
            pool = theory.nodes if field == "measures" else structure.reference_pool(theory.__dict__, field)
            for position, name in structure.missing(written, pool):
                yield structure.reference_problem(name, field, None, pool, (plural, node.id, field, position))
            if field == "measures":
                for position, name in enumerate(written):
                    if name in theory.kpis:
                        path = (plural, node.id, field, position)
                        yield structure.reference_problem(name, field, "kpi", {}, path)
    yield from node_mention_problems(theory, plural, node)


def _without_mention(node: Node, id: str) -> Node | None:
    """The node without its links and references to `id`; None for a KPI that would measure nothing."""
    if isinstance(node, Kpi):
        if id not in node.measures:
            return node
        left = tuple(name for name in node.measures if name != id)
        return changed(node, measures=left) if left else None
    if isinstance(node, CausalNode) and id in (links := written_links(node)):
        node = changed(node, leads_to=FrozenDict((t, link) for t, link in links.items() if t != id))
    if isinstance(node, HasPillar) and node.pillar == id:
        node = changed(node, pillar=None)
    return node


def _renamed_in(node: Node, old: str, new: str) -> Any:
    """A node's contents with every mention of `old` rewritten; the node itself where there is none."""
    changes: dict[str, Any] = {}
    links: Mapping[str, Link] = written_links(node) if isinstance(node, CausalNode) else {}
    if old in links or (links and node.id == old):
        # Copied, because validation tells each link its ends, and the theory from which they come keeps its own.
        changes["leads_to"] = FrozenDict((new if t == old else t, changed(link)) for t, link in links.items())
    if isinstance(node, HasPillar) and node.pillar == old:
        changes["pillar"] = new
    if isinstance(node, Kpi) and old in node.measures:
        changes["measures"] = tuple(new if name == old else name for name in node.measures)
    if node.id == old:
        changes["id"] = new
        if isinstance(node, Pillar) and not says_links(node):
            return copied(node, changes, node.model_fields_set)
    return changed(node, **changes) if changes else node
