"""What changed between two theories as a page, before any format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from toc.analysis.comparison.change_text import (
    arrow,
    before_and_after,
    field_name,
    named,
    support_sentence,
    titled,
    word_sentence,
)
from toc.analysis.comparison.differences import Effect, FieldChange, is_status
from toc.language.facts import joins
from toc.language.text import capital, listed, one_line
from toc.language.vocabulary import how_many
from toc.model import Theory
from toc.model.nodes import CausalNode, Kpi, Node
from toc.model.types import Kind
from toc.monitoring.history import has_moved, history
from toc.pages.blocks import Block, Bullets, Heading, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.analysis.comparison.changes import Changes

NOTHING: Final = "Nothing changed: both theories say the same. Comments and the order of things are not compared."
EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.LOST: "No support left",
    Effect.WEAKENED: "Less support than before",
    Effect.GAINED: "Support where there was none",
    Effect.STRENGTHENED: "More support than before",
}
BY_WORD: Final = (
    "What leads to these was called necessary for them, so no count of what else leads there makes up for it."
)
HOW_COUNTED: Final = "Counted along the links, in one step or many. How strong a link is does not count here."


def changes_page(found: Changes) -> Page:
    """Everything that changed: first what it does to the support of nodes, then part by part."""
    title = f"What changed: {one_line(found.new.title)}"
    if found.is_empty:
        return Page(title, (Heading(title, 1), Paragraph(NOTHING)))
    blocks: list[Block] = [Heading(title, 1), Paragraph(summary(found), strong=True)]
    for part in (_support, _nodes, _readings, _links, _fields, _statuses):
        blocks += part(found)
    return Page(title, tuple(blocks))


def summary(found: Changes) -> str:
    """How much changed, and what that does to the support of nodes, in a sentence or two."""
    return " ".join(f"{capital(sentence)}." for sentence in _sentences(found))


def _sentences(found: Changes) -> Iterator[str]:
    for nodes, links, what in (
        (found.added, len(found.links_added), "added"),
        (found.removed, len(found.links_removed), "removed"),
        (found.renamed, 0, "renamed"),
        (found.changed, len(found.links_changed), "changed"),
    ):
        counts = _counted(found.new, (node.kind for node in nodes))
        counts += [how_many(found.new, "link", links)] if links else []
        if counts:
            yield f"{listed(counts)} {what}"
    if found.theory:
        yield "the theory's own fields changed"
    if found.lost_by_word:
        kinds = listed(_counted(found.new, (one.kind for one in found.lost_by_word)))
        yield f"by the author's word {kinds} cannot come about any more"
    for changes, what in ((found.lost, "no support left"), (found.weakened, "less support")):
        if changes:
            yield f"{what} for {listed([*_counted(found.new, (one.kind for one in changes))])}"


def _counted(theory: Theory, kinds: Iterable[Kind]) -> list[str]:
    return [how_many(theory, kind, count) for kind, count in Counter(kinds).items()]


def _support(found: Changes) -> Iterator[Block]:
    if found.lost_by_word:
        yield Heading("Lost by the author's word")
        yield Bullets(tuple(word_sentence(found, one) for one in found.lost_by_word))
        yield Paragraph(BY_WORD)
    lost = {one.id: one for one in found.lost_by_word}
    for effect, heading in EFFECTS.items():
        changes = [one for one in found.support if one.effect is effect]
        if changes:
            yield Heading(heading)
            yield Bullets(tuple(support_sentence(found, one, lost.get(one.id)) for one in changes))
    if found.support:
        yield Paragraph(HOW_COUNTED)


def _nodes(found: Changes) -> Iterator[Block]:
    for heading, nodes, theory in (("Added", found.added, found.new), ("Removed", found.removed, found.old)):
        if nodes:
            yield Heading(heading)
            yield Bullets(tuple(_with_ends(theory, node) for node in nodes))
    if found.renamed:
        yield Heading("Renamed")
        yield Table(
            ("What", "Id before", "Id now"),
            tuple((named(found.new, one.new), one.old, one.new) for one in found.renamed),
            (3, 1, 1),
        )


def _with_ends(theory: Theory, node: Node) -> str:
    """A node with what it leads to or measures."""
    if isinstance(node, CausalNode) and node.leads_to:
        ends: dict[str, list[str]] = {}
        for id, link in node.leads_to.items():
            ends.setdefault(joins(negative=link.sign == "-", feedback=link.feedback), []).append(titled(theory, id))
        return ", ".join([named(theory, node.id), *(f"{verb} {listed(titles)}" for verb, titles in ends.items())])
    if isinstance(node, Kpi):
        return f"{named(theory, node.id)}, measures {listed([titled(theory, id) for id in node.measures])}"
    return named(theory, node.id)


def _readings(found: Changes) -> Iterator[Block]:
    """What the readings of everybody tell now, of each KPI of which they, or what they are held against, changed."""
    was = {one.new: one.old for one in found.renamed}
    pairs = ((found.old.nodes.get(was.get(one.id, one.id)), found.new.nodes[one.id]) for one in found.changed)
    told = [
        f"{history(new, old)}."
        for old, new in pairs
        if isinstance(old, Kpi) and isinstance(new, Kpi) and has_moved(old, new)
    ]
    if told:
        yield Heading("Readings")
        yield Bullets(tuple(told))


def _links(found: Changes) -> Iterator[Block]:
    """The links that came or went between nodes; those of nodes that came or went stand with them already."""
    told = {node.id for node in (*found.added, *found.removed)}
    for heading, links, theory in (
        ("Links added", found.links_added, found.new),
        ("Links removed", found.links_removed, found.old),
    ):
        items = tuple(arrow(theory, link.source, link.target) for link in links if link.source not in told)
        if items:
            yield Heading(heading)
            yield Bullets(items)


def _fields(found: Changes) -> Iterator[Block]:
    new = found.new
    rows = [
        *_rows(found, "The theory", found.theory),
        *(row for one in found.changed for row in _rows(found, named(new, one.id), one.changes)),
        *(
            row
            for link in found.links_changed
            for row in _rows(found, arrow(new, link.source, link.target), link.changes)
        ),
    ]
    if rows:
        yield Heading("Changed")
        yield Table(("What", "Field", "Before", "Now"), tuple(rows), (3, 2, 3, 3))


def _rows(found: Changes, what: str, changes: Iterable[FieldChange]) -> Iterator[tuple[str, str, str, str]]:
    for change in changes:
        if not is_status(change):
            yield what, field_name(found.new, change.path), *before_and_after(found.old, found.new, change)


def _statuses(found: Changes) -> Iterator[Block]:
    if found.assumptions:
        yield Heading("Assumptions")
        rows = tuple(
            (one_line(one.text), arrow(found.new, one.source, one.target), one.old, one.new)
            for one in found.assumptions
        )
        yield Table(("Assumption", "Of the link", "Before", "Now"), rows, (4, 4, 1, 1))
