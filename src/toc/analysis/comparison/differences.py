"""Single differences between two theories: frozen values, before any words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toc.model.types import AssumptionStatus, Kind
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


class Missing(StrEnum):
    """What became of something that the author calls necessary for something else."""

    GONE = "gone"  # it is in the new theory no more
    UNLINKED = "unlinked"  # it does not lead there any more
    UNSUPPORTED = "unsupported"  # no activity leads to it any more
    LOST = "lost"  # it is lost by the author's word itself


@dataclass(frozen=True, slots=True)
class LostByWord:
    """A node that is lost by the author's word, whatever else leads to it: something called necessary for it is missing.

    `without` names what is missing, by ids, those of what is gone as the old theory has them, with what became of it.
    """

    id: str
    kind: Kind
    title: str
    without: tuple[tuple[str, Missing], ...]


def is_status(change: FieldChange) -> bool:
    """Whether a change of a link is that of the status of an assumption."""
    return len(change.path) == 3 and change.path[0] == "assumptions" and change.path[2] == "status"
