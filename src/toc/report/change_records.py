"""What changed as plain JSON values, for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toc.analysis import Changes, FieldChange
from toc.analysis.change_fields import plain
from toc.model.nodes import Node
from toc.model.values import Link


def changes_record(found: Changes) -> dict[str, Any]:
    """Every part under its own name; an empty list where nothing of it changed."""
    return {
        "old": found.old.title,
        "new": found.new.title,
        "is_empty": found.is_empty,
        "added": [_node(node) for node in found.added],
        "removed": [_node(node) for node in found.removed],
        "renamed": [{"kind": o.kind, "title": o.title, "old": o.old, "new": o.new} for o in found.renamed],
        "changed": [
            {"id": one.id, "kind": one.kind, "title": one.title, "changes": _changes(one.changes)}
            for one in found.changed
        ],
        "links_added": [_link(link) for link in found.links_added],
        "links_removed": [_link(link) for link in found.links_removed],
        "links_changed": [
            {"source": one.source, "target": one.target, "changes": _changes(one.changes)}
            for one in found.links_changed
        ],
        "assumptions": [
            {"source": one.source, "target": one.target, "text": one.text, "old": one.old, "new": one.new}
            for one in found.assumptions
        ],
        "theory": _changes(found.theory),
        "support": [
            {
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "effect": one.effect.value,
                "before": one.before,
                "after": one.after,
                "kept": one.kept,
            }
            for one in found.support
        ],
    }


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "kind": node.kind, "title": node.title, "fields": _thawed(plain(node))}


def _link(link: Link) -> dict[str, Any]:
    return {"source": link.source, "target": link.target, "fields": _thawed(plain(link))}


def _changes(changes: Iterable[FieldChange]) -> list[dict[str, Any]]:
    return [{"path": list(change.path), "old": _thawed(change.old), "new": _thawed(change.new)} for change in changes]


def _thawed(value: Any) -> Any:
    """A frozen JSON value as the dicts and lists that programs expect."""
    match value:
        case dict():
            return {key: _thawed(part) for key, part in value.items()}
        case tuple():
            return [_thawed(part) for part in value]
        case _:
            return value
