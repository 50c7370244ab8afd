"""Who gives and who gains, activity by activity and over the whole, as an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from toc.language.text import one_line
from toc.model import Theory
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.partnership.exchanges import Part, gains, gifts, part, partners_in_order
from toc.partnership.mutuality_page import mutuality_page
from toc.partnership.reciprocity import ActivityMutuality, Whole, rated, whole_of


class Complement(NamedTuple):
    """Two partners, each with what it names as its own and the other does not."""

    partners: tuple[str, str]
    of_first: tuple[str, ...]
    of_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What partners can do only together: activities with the author's reason, and pairs whose means differ."""

    activities: FrozenDict[str, str]
    pairs: tuple[Complement, ...]


class PartRow(NamedTuple):
    """What one partner does in one activity."""

    activity: str
    partner: str
    part: Part


class PartnerRow(NamedTuple):
    """What one partner gives and gains over the whole file: each thing with the activities in which it does."""

    partner: str
    gives: Mapping[str, tuple[str, ...]]
    gains: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, repr=False)
class Mutuality(Answer):
    """Who gives and who gains, as the file says it: ratings of each activity for both sides, and what is named.

    `home` is the partner that is meant by `internal`, None where the file names none. `activities` are found by position
    or by id. `whole` is "reciprocal", "open" where a one-sided activity is left unanswered, "one-sided", or None where
    no activity is rated on both sides. The tables are "activities", "matrix" and "partners".

    >>> import toc
    >>> found = toc.example("rgs-newcastle").mutuality()
    >>> found
    <Mutuality: reciprocal, 3 of 13 activities rated on both sides>
    >>> found.activities["coding-clubs"].lean, found.activities["coding-clubs"].answered_by
    ('outward', ('zones-visits',))
    >>> found.matrix["reading-volunteers"]["rgs"]
    'both'
    """

    title: str
    home: str | None
    activities: Rows[ActivityMutuality]
    whole: Whole | None
    theory: Theory = field(repr=False, compare=False)

    def __repr__(self) -> str:
        both = sum(one.is_rated for one in self.activities)
        return (
            f"<Mutuality: {self.whole or 'not rated'}, {both} of {len(self.activities)} activities rated on both sides>"
        )

    @property
    def sweet_spot(self) -> tuple[str, ...]:
        """The activities that are high on both sides."""
        return tuple(one.activity for one in self.activities if one.sweet_spot)

    @property
    def unrated(self) -> tuple[str, ...]:
        """The activities that nobody has rated for either side."""
        return tuple(one.activity for one in self.activities if one.internal is None and one.external is None)

    @property
    def half_rated(self) -> tuple[str, ...]:
        """The activities that are rated for one side only."""
        return tuple(one.activity for one in self.activities if (one.internal is None) != (one.external is None))

    @cached_property
    def matrix(self) -> FrozenDict[str, FrozenDict[str, Part]]:
        """By activity and then by partner, home first: "gives", "gains", "both", "takes part", or ""."""
        partners = partners_in_order(self.theory)
        return FrozenDict(
            {
                id: FrozenDict({partner: part(one, partner) for partner in partners})
                for id, one in self.theory.activities.items()
            }
        )

    @cached_property
    def partners(self) -> Rows[PartnerRow]:
        """What each partner gives and gains over the whole file, home first."""
        given, gained = gifts(self.theory), gains(self.theory)
        found = {id: PartnerRow(id, given[id], gained[id]) for id in partners_in_order(self.theory)}
        return Rows(found.values(), found)

    @cached_property
    def together(self) -> Together:
        """What partners can do only together."""
        only = {id: one.only_together for id, one in self.theory.activities.items() if one.only_together}
        return Together(FrozenDict(only), tuple(self._pairs()))

    def _pairs(self) -> Iterator[Complement]:
        named = [(one.partner, one.gives) for one in self.partners if one.gives]
        for place, (first, own) in enumerate(named):
            for second, other in named[place + 1 :]:
                of_first = tuple(one for one in own if one not in other)
                of_second = tuple(one for one in other if one not in own)
                if of_first and of_second:
                    yield Complement((first, second), of_first, of_second)

    def _page(self) -> Page:
        return mutuality_page(self)

    def _sheets(self) -> Sheets:
        return {"activities": self._activities, "matrix": self._matrix, "partners": self._partners}

    def _activities(self) -> Sheet[ActivityMutuality]:
        titles = self.theory.activities
        columns: tuple[Column[ActivityMutuality], ...] = (
            Column("activity", "Activity", "str", cell=lambda row: row.title),
            Column("internal", "Internal"),
            Column("external", "External"),
            Column("lean", "Lean"),
            Column("sweet_spot", "Sweet spot", "bool"),
            Column("one_sided", "One-sided", "bool"),
            Column("answered_by", "Answered by", cell=lambda row: tuple(titles[id].title for id in row.answered_by)),
            Column("elsewhere", "Balanced by", cell=lambda row: tuple(titles[id].title for id in row.elsewhere)),
            Column("open", "Unanswered", "bool"),
        )
        return Sheet(columns, self.activities)

    def _matrix(self) -> Sheet[PartRow]:
        columns: tuple[Column[PartRow], ...] = (
            Column("activity", "Activity", "str", cell=lambda row: self.theory.activities[row.activity].title),
            Column("partner", "Partner", "str", cell=lambda row: self.theory.partners[row.partner].title),
            Column("part", "Part", "str"),
        )
        rows = [PartRow(id, partner, one) for id, parts in self.matrix.items() for partner, one in parts.items() if one]
        return Sheet(columns, rows)

    def _partners(self) -> Sheet[PartnerRow]:
        columns: tuple[Column[PartnerRow], ...] = (
            Column("partner", "Partner", "str", cell=lambda row: self.theory.partners[row.partner].title),
            Column("gives", "Gives", value=lambda row: tuple(row.gives)),
            Column("gains", "Gains", value=lambda row: tuple(row.gains)),
        )
        return Sheet(columns, self.partners)

    def _record(self) -> dict[str, Any]:
        found: dict[str, Any] = {**plain(self), "activities": [_record_of(one) for one in self.activities]}
        for name in ("sweet_spot", "unrated", "half_rated", "matrix", "together"):
            found[name] = plain(getattr(self, name))
        found["together"]["pairs"] = [plain(one._asdict()) for one in self.together.pairs]
        return {**found, "partners": [plain(one._asdict()) for one in self.partners]}


def _record_of(one: ActivityMutuality) -> dict[str, Any]:
    return {
        **plain(one), "lean": one.lean, "sweet_spot": one.sweet_spot, "one_sided": one.one_sided, "open": one.open
    }  # fmt: skip


def mutuality(theory: Theory) -> Mutuality:
    """Who gives and who gains in a theory; see its method."""
    return kept(theory, _mutuality)


def _mutuality(theory: Theory) -> Mutuality:
    found = {one.activity: one for one in rated(theory)}
    activities = Rows(found.values(), found)
    return Mutuality(one_line(theory.title), theory.partnership.home, activities, whole_of(activities), theory)
