"""The benefits that partners name, and what is known today of each for the people of that partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from toc.language.text import capital, one_line
from toc.language.vocabulary import Wording, wording
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.partners import Gain
from toc.pages.answer import Answer, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.partnership.benefits_page import KNOWN, OWN, Known, benefits_page
from toc.partnership.exchanges import partners_in_order
from toc.partnership.rungs import Standings
from toc.partnership.word_tables import entries


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A type of benefit, an aim, or a benefit in somebody's own words: what it is called, under which heading of the source."""

    benefit: str
    name: str
    text: str
    group: str


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit of one partner: the activities that are said to bring it, and what is known today for that partner's people.

    `known` is "stated" where nothing but the word is there. `received` tells that it is named for the partner as a whole;
    `because` are the reasons given, and `said_by` those who are named as saying so.
    """

    benefit: str
    partner: str
    activities: tuple[str, ...]
    known: Known
    received: bool
    because: tuple[str, ...]
    said_by: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Benefits(Answer):
    """Who gains what: `rows` are the seven types, the six aims, then own words; `partners` has home first.

    A benefit that is stated has not been shown, and what nobody names is not said. The table is "benefits".

    >>> import toc
    >>> found = toc.example("rgs-newcastle").benefits()
    >>> found
    <Benefits: 7 named for 3 of 4 partners>
    >>> one = found.of("provision", "partner-primaries")
    >>> one.activities, one.known
    (('partnership-teachers', 'coding-clubs'), 'counts')
    >>> found.unnamed[:2], found.of("diversity", "rgs")
    (('relationship', 'community'), None)
    """

    title: str
    home: str | None
    partners: tuple[str, ...]
    rows: tuple[BenefitRow, ...]
    benefits: tuple[Benefit, ...]
    partner_titles: FrozenDict[str, str]
    wording: Wording = field(repr=False, compare=False)
    places: Mapping[tuple[str, str], Benefit] = field(repr=False, compare=False)

    def of(self, benefit: str, partner: str) -> Benefit | None:
        """What a partner gains of one kind; None where nobody says so."""
        return self.places.get((benefit, partner))

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The types and aims that nobody names."""
        named = {one.benefit for one in self.benefits}
        return tuple(row.benefit for row in self.rows if row.benefit not in named)

    @property
    def counts(self) -> Counter[Known]:
        """How many benefits there are by what is known of them."""
        return Counter(one.known for one in self.benefits)

    def __repr__(self) -> str:
        named = len({one.partner for one in self.benefits})
        partners = self.wording.count(len(self.partners), "partner")
        return f"<Benefits: {len(self.benefits):,} named for {named:,} of {partners}>"

    def _page(self) -> Page:
        return benefits_page(self)

    def _sheets(self) -> Sheets:
        return {"benefits": partial(benefits_sheet, self)}

    def _record(self) -> dict[str, Any]:
        found: dict[str, Any] = plain(self)
        return {name: value for name, value in found.items() if name != "partner_titles"}


def benefits(theory: Theory) -> Benefits:
    """The benefits that partners name, in time linear in the size of the theory."""
    named = _named(theory)
    standings = Standings.of(theory)
    found = {key: _benefit(standings, key, gains) for key, gains in named.items()}
    partners = partners_in_order(theory)
    rows = tuple(_rows(benefit for benefit, _ in found))
    order = {row.benefit: place for place, row in enumerate(rows)}
    columns = {partner: place for place, partner in enumerate(partners)}
    return Benefits(
        title=theory.title,
        home=theory.partnership.home,
        partners=partners,
        rows=rows,
        benefits=tuple(sorted(found.values(), key=lambda one: (order[one.benefit], columns[one.partner]))),
        partner_titles=FrozenDict({id: one_line(partner.title) for id, partner in theory.partners.items()}),
        wording=wording(theory),
        places=FrozenDict(found),
    )


Said = tuple[str | None, Gain]
"""The activity for which a gain is named, none where it is named for the partner as a whole."""


def _named(theory: Theory) -> dict[tuple[str, str], list[Said]]:
    """What each partner gains by the word of the file: of the whole first, then activity by activity."""
    found: dict[tuple[str, str], list[Said]] = {}
    for id, partner in theory.partners.items():
        for gain in partner.receives:
            found.setdefault((_word(gain), id), []).append((None, gain))
    for activity in theory.activities.values():
        for id, exchange in activity.exchange.items():
            for gain in exchange.gains:
                found.setdefault((_word(gain), id), []).append((activity.id, gain))
    return found


def _word(gain: Gain) -> str:
    return gain.benefit or one_line(gain.text or "")


def _benefit(standings: Standings, key: tuple[str, str], said: list[Said]) -> Benefit:
    activities = tuple(dict.fromkeys(id for id, _ in said if id))
    sides = standings.sides.of_partner(key[1])
    height = max((standings[id].for_sides(sides) for id in activities), default=0)
    return Benefit(
        benefit=key[0],
        partner=key[1],
        activities=activities,
        known=KNOWN[height],
        received=any(id is None for id, _ in said),
        because=tuple(dict.fromkeys(gain.because for _, gain in said if gain.because)),
        said_by=tuple(dict.fromkeys(gain.said_by for _, gain in said if gain.said_by)),
    )


def _rows(named: Iterator[str]) -> Iterator[BenefitRow]:
    """The rows of the two tables, then one for each benefit in somebody's own words."""
    known = {**entries("benefits"), **entries("aims")}
    for id, entry in known.items():
        yield BenefitRow(id, entry.name or capital(entry.text), entry.text, entry.group)
    for text in dict.fromkeys(named):
        if text not in known:
            yield BenefitRow(text, text, "", OWN)


def benefits_sheet(found: Benefits) -> Sheet[Benefit]:
    """A row for each benefit of each partner that somebody names."""
    names = {row.benefit: row.name for row in found.rows}
    columns: tuple[Column[Benefit], ...] = (
        Column("benefit", "Benefit", cell=lambda one: names[one.benefit]),
        Column("partner", "Partner", cell=lambda one: found.partner_titles[one.partner]),
        Column("known", "Known today"),
        Column("activities", "Through", cell=lambda one: tuple(found.wording.titles[id] for id in one.activities)),
        Column("received", "Named for the partner as a whole", "bool"),
        Column("because", "Because"),
        Column("said_by", "Said by"),
    )
    return Sheet(columns, found.benefits)
