"""What hangs on what, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from toc import graph
from toc.analysis.explanation.strengths import Pair
from toc.analysis.exposure.dominators import Element, Supports
from toc.analysis.exposure.page import exposure_page
from toc.errors import OptionError, as_given
from toc.language.numbers import counted
from toc.language.vocabulary import Wording
from toc.model.types import AssumptionStatus
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.spelling import ids_titled, meant


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
class Necessary:
    """A node that the author calls necessary: what is lost with it by that word, whatever else the drawing shows.

    `directly` are those of which the author says so. With them `nodes` are lost in all, `heads` of them goals and
    pillars: those for which these are called necessary, and so on, as far as the author's word carries.
    """

    node: str
    directly: tuple[str, ...]
    nodes: int
    heads: int


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


@dataclass(frozen=True, repr=False)
class Exposure(Answer):
    """What a theory hangs on.

    `unconnected` activities have no way to a goal; no activity leads to the `unreached` pillars and goals. `losses`
    holds every node and link whose loss would cut something off, the worst first; `necessary` every node that the author
    calls necessary for another, which is lost with it whatever ways are left; `cuts` the fewest nodes that would
    cut off each pillar and goal; `untested` and `failing` assumptions stand in the order in which to look at them. A
    link with a minus is left out, and stands in `left_out`. The tables are "losses", "necessary", "cuts", "untested",
    "failing", "leads" and "funders".

    >>> import toc
    >>> found = toc.example("rgs-newcastle").exposure()
    >>> found
    <Exposure: 13 untested assumptions, 1 of 5 pillars and goals on one thing>
    >>> found.untested[0].text
    'Sessions are extra to reading lessons and fit what the class is learning'
    >>> found.cut_off_by("new-experiences")
    ('sport', 'art-community')
    """

    title: str
    activities: int
    unconnected: tuple[str, ...]
    unreached: tuple[str, ...]
    losses: tuple[Loss, ...]
    necessary: tuple[Necessary, ...]
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
        lost = set(self.supports.cut_off.below(self._element(node, target)))
        return tuple(id for id in self.supports.activities if id in lost)

    def left_by(self, node: str, target: str | None = None) -> tuple[str, ...]:
        """What no activity reaches any more without a node, or without the link from it to `target`: goals first.

        Raises OptionError where there is no such node or link.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().left_by("reading-volunteers")
        ('literacy', 'young-readers', 'reading-sessions')
        """
        element = self._element(node, target)
        lost = {*self.supports.heads.below(element), *self.supports.middles.below(element)}
        return tuple(id for id in self.wording.titles if id in lost)

    def lost_by_word(self, node: str) -> tuple[str, ...]:
        """What the author says cannot come about without a node, and without that, and so on: goals first.

        Raises OptionError where there is no such node.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().lost_by_word("scitt")
        ('new-teachers',)
        """
        start = self._known(node, self.supports.forwards)
        lost = graph.reachable(self.supports.needs, [start]) - {start}
        return tuple(id for id in self.wording.titles if id in lost)

    def __repr__(self) -> str:
        single = sum(cut.nodes is not None and len(cut.nodes) == 1 for cut in self.cuts)
        say = self.wording
        assumptions = (f"untested {say.one('assumption')}", f"untested {say.many('assumption')}")
        untested = counted(len(self.untested), *assumptions)
        heads = f"{single:,} of {len(self.cuts):,} {say.many('pillar')} and {say.many('goal')}"
        return f"<Exposure: {untested}, {heads} on one thing>"

    def _page(self) -> Page:
        return exposure_page(self)

    def _sheets(self) -> Sheets:
        return {
            "losses": self._losses,
            "necessary": self._necessary,
            "cuts": self._cuts,
            "untested": partial(self._resting, self.untested),
            "failing": partial(self._resting, self.failing),
            "leads": partial(self._holders, self.leads),
            "funders": partial(self._holders, self.funders),
        }

    def _losses(self) -> Sheet[Loss]:
        columns: tuple[Column[Loss], ...] = (
            Column("node", "Lost", cell=lambda row: self._title(row.node)),
            Column("target", "Lost link to", cell=lambda row: self._title(row.target)),
            Column("activities", "Activities cut off", "Int64"),
            Column("heads", "Goals and pillars without an activity", "Int64"),
            Column("middles", "Outcomes and outputs without an activity", "Int64"),
        )
        return Sheet(columns, self.losses)

    def _necessary(self) -> Sheet[Necessary]:
        columns: tuple[Column[Necessary], ...] = (
            Column("node", "Lost", cell=lambda row: self._title(row.node)),
            Column("directly", "Cannot come about without it", cell=lambda row: self._titles(row.directly)),
            Column("nodes", "Lost with it in all", "Int64"),
            Column("heads", "Goals and pillars among them", "Int64"),
        )
        return Sheet(columns, self.necessary)

    def _cuts(self) -> Sheet[Cut]:
        columns: tuple[Column[Cut], ...] = (
            Column("node", "Pillar or goal", cell=lambda row: self._title(row.node)),
            Column("size", "Separate ways", "Int64", lambda row: None if row.nodes is None else len(row.nodes)),
            Column("nodes", "Fewest that would have to fail", cell=lambda row: self._titles(row.nodes or ())),
        )
        return Sheet(columns, self.cuts)

    def _resting(self, rows: tuple[Resting, ...]) -> Sheet[Resting]:
        columns: tuple[Column[Resting], ...] = (
            Column("text", "Assumption"),
            Column("source", "Link from", value=lambda row: row.link[0], cell=lambda row: self._title(row.link[0])),
            Column("target", "Link to", value=lambda row: row.link[1], cell=lambda row: self._title(row.link[1])),
            Column("status", "Status"),
            Column("test", "Test"),
            Column("owner", "Owner"),
            Column("by", "By", "datetime64[s]"),
            Column("heads", "Goals and pillars on it alone", "Int64"),
            Column("every", "Activities with no way around it", "Int64"),
            Column("any", "Activities with a way over it", "Int64"),
            Column("middles", "Outcomes and outputs on it alone", "Int64"),
        )
        return Sheet(columns, rows)

    def _holders(self, rows: tuple[Holder, ...]) -> Sheet[Holder]:
        columns: tuple[Column[Holder], ...] = (
            Column("name", "Name"),
            Column("activities", "The only one on", cell=lambda row: self._titles(row.activities)),
            Column("pillars", "On everything that leads to", cell=lambda row: self._titles(row.pillars)),
            Column("every", "The only one on any activity", "bool"),
        )
        return Sheet(columns, rows)

    def _title(self, id: str | None) -> str | None:
        return None if id is None else self.wording.titles[id]

    def _titles(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.wording.titles[id] for id in ids)

    def _element(self, node: Any, target: Any) -> Element:
        """A node, or a link where there is a target."""
        source = self._known(node, self.supports.forwards)
        return source if target is None else (source, self._known(target, self.supports.forwards[source], source))

    def _known(self, id: Any, among: Collection[str], source: str | None = None) -> str:
        """The id itself, or that of the only one with this title."""
        if isinstance(id, str) and id in among:
            return id
        titles = {one: self.wording.titles[one] for one in among}
        found = ids_titled(id, titles)
        if len(found) == 1:
            return found[0]
        if source is not None:
            raise OptionError(f"no link leads from {source!r} to {as_given(id)}{meant(id, titles)}")
        raise OptionError(f"nothing with the id {as_given(id)} leads anywhere{meant(id, titles)}")
