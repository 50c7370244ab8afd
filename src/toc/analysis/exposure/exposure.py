"""What hangs on what, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from toc.analysis.explanation.strengths import Pair
from toc.analysis.exposure.dominators import Supports
from toc.analysis.wording import Wording
from toc.errors import OptionError, as_given
from toc.guidance.advice import plain
from toc.model.types import AssumptionStatus
from toc.spelling import hint, nearest


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be lost with one node (`target` is None), or with one link from `node` to `target`.

    `activities` would have no way left to any goal; no activity would reach the `heads` (goals and pillars) and the
    `middles` (outcomes and outputs) any more. What is lost itself is not counted.
    """

    node: str
    target: str | None
    activities: int
    heads: int
    middles: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The fewest nodes without which no activity reaches a pillar or a goal. None where the theory is too large."""

    node: str
    nodes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Resting:
    """An assumption and what rests on it.

    `heads` counts the pillars and goals, and `middles` the outcomes and outputs, that activities reach over it alone;
    `every` counts the activities whose every way to a goal runs over it, `any` those with at least one such way.
    """

    text: str
    link: Pair
    status: AssumptionStatus
    test: str | None
    owner: str | None
    by: date | None
    heads: int
    every: int
    any: int
    middles: int


@dataclass(frozen=True, slots=True)
class Holder:
    """One who leads, or one who pays: the activities where no other is named, and the pillars that hang on them alone.

    `every` tells that no other is named on any activity that names one at all.
    """

    name: str
    activities: tuple[str, ...]
    pillars: tuple[str, ...]
    every: bool


@dataclass(frozen=True)
class Exposure:
    """What a theory hangs on.

    `unconnected` activities have no way to a goal; no activity leads to the `unreached` pillars and goals. `losses`
    holds every node and link whose loss would cut something off, the worst first; `cuts` the fewest nodes that would
    cut off each pillar and goal; `untested` and `failing` assumptions stand in the order in which to look at them. A
    link with a minus is left out, and stands in `left_out`.

    >>> import toc
    >>> found = toc.example("rgs-newcastle").exposure()
    >>> found.cut_off_by("new-experiences")
    ('sport', 'art-community')
    """

    title: str
    activities: int
    unconnected: tuple[str, ...]
    unreached: tuple[str, ...]
    losses: tuple[Loss, ...]
    cuts: tuple[Cut, ...]
    untested: tuple[Resting, ...]
    failing: tuple[Resting, ...]
    leads: tuple[Holder, ...]
    lead_named: int
    funders: tuple[Holder, ...]
    funding_named: int
    left_out: tuple[Pair, ...]
    wording: Wording = field(repr=False, compare=False)
    supports: Supports = field(repr=False, compare=False)

    def cut_off_by(self, node: str, target: str | None = None) -> tuple[str, ...]:
        """The activities that have no way left to a goal without a node, or without the link from it to `target`.

        Raises OptionError where there is no such node or link.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().cut_off_by("aspirations", "capital")
        ('mentoring', 'careers-fair')
        """
        self._known(node, target)
        lost = set(self.supports.cut_off.below(node if target is None else (node, target)))
        return tuple(id for id in self.supports.activities if id in lost)

    def left_by(self, node: str, target: str | None = None) -> tuple[str, ...]:
        """What no activity reaches any more without a node, or without the link from it to `target`: goals first.

        Raises OptionError where there is no such node or link.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().left_by("reading-volunteers")
        ('literacy', 'young-readers', 'reading-sessions')
        """
        self._known(node, target)
        element = node if target is None else (node, target)
        lost = {*self.supports.heads.below(element), *self.supports.middles.below(element)}
        return tuple(id for id in self.wording.titles if id in lost)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with ids.

        >>> import toc
        >>> toc.example("small-charity").exposure().to_dict()["cuts"][1]
        {'node': 'company', 'nodes': ['tea-and-games', 'advice-table']}
        """
        return {
            one.name: plain(getattr(self, one.name)) for one in fields(self) if one.name not in {"wording", "supports"}
        }

    def _known(self, node: Any, target: Any) -> None:
        forwards = self.supports.forwards
        if not isinstance(node, str) or node not in forwards:
            raise OptionError(f"there is no node {as_given(node)} that leads anywhere{hint(nearest(node, forwards))}")
        if target is not None and not (isinstance(target, str) and target in forwards[node]):
            near = hint(nearest(target, forwards[node]))
            raise OptionError(f"no link leads from {node!r} to {as_given(target)}{near}")
