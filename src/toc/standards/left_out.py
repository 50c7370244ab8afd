"""Every key of a theory that a form has no place for: what is kept is said, so that a new key is never lost in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.types import PLURALS
from toc.model.values import Link, Value
from toc.problems import Path
from toc.standards.exchange import HIDDEN, Loss
from toc.standards.spans import untold

Kept = Mapping[str, frozenset[str]]
"""The keys that a form has a place for: of the "theory", its "context", a "goal", "pillar" … "kpi", and a "link"."""
_OF_NO_FORM = frozenset({"toc", "settings", "version", "created", "review_on", "language"})
"""What is about the file and not about the change."""
_OF_GROUPS: Final = frozenset({"title", "description", "disadvantaged"})
"""What a form has a place for that knows target groups."""


def left_out(theory: Theory, kept: Kept, why: str) -> Iterator[Loss]:
    """What stands in the theory under keys that are not kept, part by part in the author's order."""
    parts = frozenset({"context", "partners", *PLURALS.values()})
    yield from _of(theory, (), kept["theory"] | parts | _OF_NO_FORM, theory.title, why)
    yield from _of(theory.context, ("context",), kept.get("context", frozenset()), "context", why)
    for node in theory.nodes.values():
        path: Path = (PLURALS[node.kind], node.id)
        yield from _of(node, path, kept[node.kind] | {"title", "leads_to"}, node.title, why)
        if isinstance(node, Kpi):
            yield from (Loss((*path, "readings", at), str(few), HIDDEN) for at, few in untold(node))
    for link in theory.written_links:
        yield from _of(link, place(theory, link), kept["link"], arrow(theory, link), why)
    if "target_groups" in kept.get("context", ()):
        for id, group in theory.context.target_groups.items():
            yield from _of(group, ("context", "target_groups", id), _OF_GROUPS, group.title, why)
    if "partners" not in kept["theory"]:
        yield from (Loss(("partners", id), partner.title, why) for id, partner in theory.partners.items())


def place(theory: Theory, link: Link) -> Path:
    """Where a link stands."""
    return (PLURALS[theory.nodes[link.source].kind], link.source, "leads_to", link.target)


def arrow(theory: Theory, link: Link) -> str:
    """A link by the titles of its ends."""
    return f"{theory.nodes[link.source].title} → {theory.nodes[link.target].title}"


def _of(value: Value, path: Path, kept: frozenset[str], what: str, why: str) -> Iterator[Loss]:
    for key, field in type(value).model_fields.items():
        if key in kept or key in value.derived:
            continue
        said = getattr(value, key)
        if said and said != field.default:
            yield Loss((*path, key), what, why)
    yield from (Loss((*path, key), what, why) for key in value.__pydantic_extra__ or ())
