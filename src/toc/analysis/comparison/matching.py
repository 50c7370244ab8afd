"""What changed from one theory to another, and what that does to the nodes that lose or gain support."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from toc.analysis.comparison.changes import Changes
from toc.analysis.comparison.differences import Effect, FieldChange, LinkChange, NodeChange, Renaming
from toc.analysis.comparison.fields import field_changes
from toc.analysis.comparison.hidden_readings import shown
from toc.analysis.comparison.necessity import lost_by_word
from toc.analysis.comparison.renamings import renamed_ids
from toc.analysis.comparison.support_changes import support_changes
from toc.errors import OptionError, as_given
from toc.limits import refuse_unsaid
from toc.model import Theory
from toc.model.mentions import OF_NODES, with_mentions
from toc.model.nodes import CausalNode
from toc.model.types import PLURALS
from toc.model.values import Link

Ends = tuple[str, str]


def compared(old: Theory, new: Theory) -> Changes:
    """Everything that differs from the old theory to the new one, in time linear in their size.

    A node is the same where its id is, or where `renamed_ids` finds it under another id. A node that became one of
    another kind has changed its `kind`. Which nodes lead to which, and which KPI measures what, is compared under the
    new ids.

    Raises:
        OptionError: one of the two is not a theory.
    """
    for place, theory in (("first", old), ("second", new)):
        if not isinstance(theory, Theory):
            raise OptionError(
                f"two theories can be compared, but the {place} is {_what(theory)}: load it with toc.load(path)"
            )
    names = renamed_ids(old, new)
    old_ids = {id: was for was, id in names.items()}
    silent = {names.get(id, id) for id in old.unsaid} & new.unsaid.keys()
    goals = {names.get(id, id) for id in old.goals} & new.goals.keys()
    before, after = (dict(_links(theory, own, silent, goals)) for theory, own in ((old, names), (new, {})))
    support = support_changes(old, new, names)
    mentioning = with_mentions(old, OF_NODES, lambda id: names.get(id, id)) if names else old
    return Changes(
        old=old,
        new=new,
        added=tuple(node for id, node in new.nodes.items() if id not in old.nodes and id not in old_ids),
        removed=tuple(node for id, node in old.nodes.items() if id not in new.nodes and id not in names),
        renamed=tuple(
            Renaming(node.kind, node.title, old_ids[id], id) for id, node in new.nodes.items() if id in old_ids
        ),
        changed=tuple(_nodes_changed(old, new, names, old_ids)),
        links_added=tuple(link for ends, link in after.items() if ends not in before),
        links_removed=tuple(link for ends, link in before.items() if ends not in after),
        links_changed=tuple(_links_changed(before, after, names)),
        theory=tuple(field_changes(mentioning, new, names, leave_out=PLURALS.values())),
        support=support,
        lost_by_word=lost_by_word(before, after, new, {one.id for one in support if one.effect is Effect.LOST}),
    )


def _links(
    theory: Theory, names: Mapping[str, str], silent: Collection[str], goals: Collection[str]
) -> Iterator[tuple[Ends, Link]]:
    """The links by their ends under new names, but for those that go without saying in both theories.

    Those lead from the pillars `silent` to `goals`. Raises TheoryError (TOC004) where too many others go without saying.
    """
    others = [id for id in theory.goals if names.get(id, id) not in goals]
    alone = [id for id in theory.unsaid if names.get(id, id) not in silent]
    refuse_unsaid(len(theory.unsaid) - len(alone), len(others))
    refuse_unsaid(len(alone), len(theory.goals))
    for node in theory.nodes.values():
        if isinstance(node, CausalNode):
            source = names.get(node.id, node.id)
            ends = others if source in silent and node.id in theory.unsaid else None
            links = node.leads_to if ends is None or ends else {}
            yield from (((source, names.get(id, id)), links[id]) for id in (links if ends is None else ends))


def _nodes_changed(
    old: Theory, new: Theory, names: Mapping[str, str], old_ids: Mapping[str, str]
) -> Iterator[NodeChange]:
    for id, node in new.nodes.items():
        was = old.nodes.get(old_ids.get(id, id))
        if was is None or was is node or (was == node and not names):
            continue
        changes = list(shown(field_changes(was, node, names, leave_out=("leads_to",)), was, node))
        if was.kind != node.kind:
            changes.insert(0, FieldChange(("kind",), was.kind, node.kind))
        if changes:
            yield NodeChange(id, node.kind, node.title, tuple(changes))


def _links_changed(
    before: Mapping[Ends, Link], after: Mapping[Ends, Link], names: Mapping[str, str]
) -> Iterator[LinkChange]:
    for ends, link in after.items():
        was = before.get(ends)
        if was is not None and was is not link and was != link:
            changes = tuple(field_changes(was, link, names))
            if changes:
                yield LinkChange(*ends, changes)


def _what(value: Any) -> str:
    return f"{as_given(value)}, a text" if isinstance(value, str) else f"of type {type(value).__name__}"
