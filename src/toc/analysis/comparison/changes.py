"""What changed from one theory to another, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toc.analysis.comparison.change_records import change_sheets, changes_record
from toc.analysis.comparison.differences import (
    Effect,
    FieldChange,
    LinkChange,
    LostByWord,
    NodeChange,
    Renaming,
    StatusChange,
    SupportChange,
    is_status,
)
from toc.analysis.comparison.page import changes_page
from toc.model import Theory
from toc.model.nodes import Node
from toc.model.values import Link
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page


@dataclass(frozen=True, repr=False)
class Changes(Answer):
    """Everything that differs between two theories. The order in which their authors wrote does not count.

    What was added or changed stands in the order of the new theory, what was removed in that of the old one. The tables
    are "changes" with everything, "links" with those of links alone, "assumptions", "support" and "lost_by_word". It is
    true where anything changed.

    `support` counts the activities that lead to a node; `lost_by_word` holds what cannot come about however many still
    do, because the author calls something necessary for it that is missing now.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> found = theory.compare(theory.edit("advice-table", participation=40))
    >>> found.changed[0].changes
    (FieldChange(path=('participation',), old=25, new=40),)
    """

    old: Theory
    new: Theory
    added: tuple[Node, ...]
    removed: tuple[Node, ...]
    renamed: tuple[Renaming, ...]
    changed: tuple[NodeChange, ...]
    links_added: tuple[Link, ...]
    links_removed: tuple[Link, ...]
    links_changed: tuple[LinkChange, ...]
    theory: tuple[FieldChange, ...]
    support: tuple[SupportChange, ...]
    lost_by_word: tuple[LostByWord, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both theories say the same.

        >>> import toc
        >>> toc.compare(toc.example("small-charity"), toc.example("small-charity")).is_empty
        True
        """
        return not (
            self.added
            or self.removed
            or self.renamed
            or self.changed
            or self.links_added
            or self.links_removed
            or self.links_changed
            or self.theory
        )

    @property
    def assumptions(self) -> tuple[StatusChange, ...]:
        """The assumptions whose status changed; they are part of `links_changed` too.

        >>> import toc
        >>> old = toc.example("small-charity").with_link("afternoons", "friendships", assumptions=["People come back"])
        >>> known = [toc.Assumption(text="People come back", status="holding")]
        >>> found = old.compare(old.with_link("afternoons", "friendships", assumptions=known))
        >>> [(change.text, change.old, change.new) for change in found.assumptions]
        [('People come back', 'untested', 'holding')]
        """
        return tuple(
            StatusChange(link.source, link.target, str(change.path[1]), change.old, change.new)
            for link in self.links_changed
            for change in link.changes
            if is_status(change)
        )

    @property
    def lost(self) -> tuple[SupportChange, ...]:
        """The goals, pillars, outcomes and outputs that activities led to before, and none does now.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> [found.id for found in theory.compare(theory.without("tea-and-games")).lost]
        ['friendships', 'afternoons']
        """
        return tuple(one for one in self.support if one.effect is Effect.LOST)

    @property
    def weakened(self) -> tuple[SupportChange, ...]:
        """The goals, pillars, outcomes and outputs that fewer activities lead to than before.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> [(one.id, one.before, one.after) for one in theory.compare(theory.without("tea-and-games")).weakened]
        [('goal', 2, 1), ('company', 2, 1), ('early-help', 2, 1)]
        """
        return tuple(one for one in self.support if one.effect is Effect.WEAKENED)

    def __bool__(self) -> bool:
        return not self.is_empty

    def __repr__(self) -> str:
        counts = {
            "added": len(self.added) + len(self.links_added),
            "removed": len(self.removed) + len(self.links_removed),
            "renamed": len(self.renamed),
            "changed": len(self.changed) + len(self.links_changed) + bool(self.theory),
            "lost": len(self.lost),
            "weakened": len(self.weakened),
            "lost by the author's word": len(self.lost_by_word),
        }
        words = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        return f"<{type(self).__name__}: {words or 'nothing changed'}>"

    def _page(self) -> Page:
        return changes_page(self)

    def _sheets(self) -> Sheets:
        return change_sheets(self)

    def _record(self) -> dict[str, Any]:
        return changes_record(self)
