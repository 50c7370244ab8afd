"""What changed, as tables for pandas and spreadsheets and as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from toc.analysis.comparison.change_text import arrow, before_and_after, field_name, missing_title, titled
from toc.analysis.comparison.differences import FieldChange, LostByWord, StatusChange, SupportChange
from toc.analysis.comparison.fields import plain as as_json
from toc.analysis.comparison.hidden_readings import shown_fields
from toc.language.text import one_line
from toc.model.nodes import Node
from toc.model.values import Link
from toc.pages.answer import Sheets, plain
from toc.pages.sheet import Column, Sheet

if TYPE_CHECKING:
    from toc.analysis.comparison.changes import Changes


class Row(NamedTuple):
    """One thing that changed. A link has its two ends in place of an `id`; the theory itself has neither."""

    change: str
    kind: str
    title: str
    id: str | None = None
    source: str | None = None
    target: str | None = None
    field: FieldChange | None = None


def change_sheets(found: Changes) -> Sheets:
    """Everything in one table; that of links alone; assumptions whose status changed; nodes whose support did, and those lost by the author's word."""
    return {
        "changes": partial(_changes, found, only_links=False),
        "links": partial(_changes, found, only_links=True),
        "assumptions": partial(_assumptions, found),
        "support": partial(_support, found),
        "lost_by_word": partial(_lost_by_word, found),
    }


def _changes(found: Changes, *, only_links: bool) -> Sheet[Row]:
    def told(row: Row) -> tuple[str, str]:
        return ("", "") if row.field is None else before_and_after(found.old, found.new, row.field)

    columns: tuple[Column[Row], ...] = (
        Column("change", "Change"),
        Column("kind", "Kind"),
        Column("title", "What"),
        Column("id", "Id"),
        Column("source", ""),
        Column("target", ""),
        Column(
            "field",
            "Field",
            value=lambda row: ".".join(map(str, row.field.path)) if row.field else None,
            cell=lambda row: field_name(found.new, row.field.path) if row.field else None,
        ),
        Column("old", "Before", value=lambda row: row.field and row.field.old, cell=lambda row: told(row)[0]),
        Column("new", "Now", value=lambda row: row.field and row.field.new, cell=lambda row: told(row)[1]),
    )
    rows = _link_rows(found) if only_links else (*_node_rows(found), *_link_rows(found))
    return Sheet(columns, tuple(rows))


def _node_rows(found: Changes) -> Iterator[Row]:
    for change in found.theory:
        yield Row("changed", "theory", one_line(found.new.title), field=change)
    for what, nodes in (("added", found.added), ("removed", found.removed)):
        yield from (Row(what, node.kind, one_line(node.title), node.id) for node in nodes)
    for one in found.renamed:
        yield Row("renamed", one.kind, one_line(one.title), one.new, field=FieldChange(("id",), one.old, one.new))
    for node in found.changed:
        yield from (Row("changed", node.kind, one_line(node.title), node.id, field=field) for field in node.changes)


def _link_rows(found: Changes) -> Iterator[Row]:
    for what, links, theory in (("added", found.links_added, found.new), ("removed", found.links_removed, found.old)):
        for link in links:
            title = arrow(theory, link.source, link.target)
            yield Row(what, "link", title, source=link.source, target=link.target)
    for one in found.links_changed:
        title = arrow(found.new, one.source, one.target)
        yield from (
            Row("changed", "link", title, source=one.source, target=one.target, field=field) for field in one.changes
        )


def _assumptions(found: Changes) -> Sheet[StatusChange]:
    columns: tuple[Column[StatusChange], ...] = (
        Column("text", "Assumption"),
        Column("source", "Link from", cell=lambda row: titled(found.new, row.source)),
        Column("target", "Link to", cell=lambda row: titled(found.new, row.target)),
        Column("old", "Before"),
        Column("new", "Now"),
    )
    return Sheet(columns, found.assumptions)


def _support(found: Changes) -> Sheet[SupportChange]:
    columns: tuple[Column[SupportChange], ...] = (
        Column("kind", "Kind"),
        Column("title", "What"),
        Column("id", "Id"),
        Column("effect", "Support"),
        Column("before", "Activities before", "Int64"),
        Column("after", "Activities now", "Int64"),
        Column("kept", "Activities in both", "Int64"),
    )
    return Sheet(columns, found.support)


def _lost_by_word(found: Changes) -> Sheet[LostByWord]:
    columns: tuple[Column[LostByWord], ...] = (
        Column("kind", "Kind"),
        Column("title", "What"),
        Column("id", "Id"),
        Column(
            "without",
            "Cannot come about without",
            value=lambda row: tuple(id for id, _ in row.without),
            cell=lambda row: tuple(missing_title(found, id) for id, _ in row.without),
        ),
        Column("because", "Which is", value=lambda row: tuple(missing.value for _, missing in row.without)),
    )
    return Sheet(columns, found.lost_by_word)


def changes_record(found: Changes) -> dict[str, Any]:
    """Every part under its own name; an empty list where nothing of it changed."""
    return {
        "old": found.old.title,
        "new": found.new.title,
        "is_empty": found.is_empty,
        "added": [_node(node) for node in found.added],
        "removed": [_node(node) for node in found.removed],
        "renamed": plain(found.renamed),
        "changed": plain(found.changed),
        "links_added": [_link(link) for link in found.links_added],
        "links_removed": [_link(link) for link in found.links_removed],
        "links_changed": plain(found.links_changed),
        "assumptions": plain(found.assumptions),
        "theory": plain(found.theory),
        "support": [{**plain(one), "effect": one.effect.value} for one in found.support],
        "lost_by_word": [
            {**plain(one), "without": {id: missing.value for id, missing in one.without}} for one in found.lost_by_word
        ],
    }


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "kind": node.kind, "title": node.title, "fields": plain(shown_fields(node, as_json(node)))}


def _link(link: Link) -> dict[str, Any]:
    return {"source": link.source, "target": link.target, "fields": plain(as_json(link))}
