"""What a comparison of two theories is made of: frozen values, before any words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toc.model import Theory
from toc.model.nodes import Node
from toc.model.types import AssumptionStatus, Kind
from toc.model.values import Link
from toc.problems import Path


class Effect(StrEnum):
    """What became of a node's support: how many activities lead to it, before and after."""

    LOST = "lost"
    WEAKENED = "weakened"
    GAINED = "gained"
    STRENGTHENED = "strengthened"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key whose value changed; None stands for what is not stated.

    `path` leads there from the node, the link or the theory. An item of a list is named by what tells it from the
    others: an assumption by its text, evidence by its source, a milestone or reading by its date.
    """

    path: Path
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Renaming:
    """A node under another id."""

    kind: Kind
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that stands in both theories and says something else; `id`, `kind` and `title` are the new ones."""

    id: str
    kind: Kind
    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that stands in both theories and says something else; `source` and `target` are the new ids."""

    source: str
    target: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """An assumption whose status changed, and the link, by its new ids, that rests on it."""

    source: str
    target: str
    text: str
    old: AssumptionStatus
    new: AssumptionStatus


@dataclass(frozen=True, slots=True)
class SupportChange:
    """How many activities lead to a node, along any number of links, before and after; `kept` are in both."""

    id: str
    kind: Kind
    title: str
    before: int
    after: int
    kept: int

    @property
    def effect(self) -> Effect:
        """Lost is some before and none after, weakened is fewer; gained and strengthened are the reverse.

        >>> SupportChange("readers", "outcome", "Young readers catch up", before=5, after=3, kept=3).effect.value
        'weakened'
        """
        if self.after < self.before:
            return Effect.WEAKENED if self.after else Effect.LOST
        return Effect.STRENGTHENED if self.before else Effect.GAINED


@dataclass(frozen=True, repr=False)
class Changes:
    """Everything that differs between two theories. The order in which their authors wrote does not count.

    What was added or changed stands in the order of the new theory, what was removed in that of the old one.

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
        }
        words = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        return f"<{type(self).__name__}: {words or 'nothing changed'}>"


def is_status(change: FieldChange) -> bool:
    """Whether a change of a link is that of the status of an assumption.

    >>> is_status(FieldChange(("assumptions", "Pupils are present most weeks", "status"), "untested", "holding"))
    True
    """
    return len(change.path) == 3 and change.path[0] == "assumptions" and change.path[2] == "status"
