"""The ladder of evidence as a page: who stands where, what each rung means, what is missing, and what not to claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toc.guidance import Approach
from toc.language.numbers import counted
from toc.language.text import capital, listed, one_line
from toc.pages.blocks import Block, Bullets, Cell, Coded, Heading, Note, Page, Paragraph, Table
from toc.partnership.word_tables import entries

if TYPE_CHECKING:
    from toc.partnership.ladder import ActivityEvidence, EvidenceLadder

MOST_NAMED: Final = 3
CAUTIONS: Final = (
    "A rung says how sturdy what is known is, and not how well an activity works: figures that fall count like those that rise.",
    "An anecdote is not worthless: it says where to look. A comparison is the sturdiest of these, and proves no cause by itself.",
    "The guide asks little of simple partnerships of two, and more as effort and complexity grow.",
)


def ladder_page(found: EvidenceLadder) -> Page:
    """Every activity with its rungs, and what stands behind them."""
    rungs = Bullets(tuple(Coded(f"{id}: {entry.text}") for id, entry in entries("ladder").items()))
    meaning: tuple[Block, ...] = (Heading("What the rungs mean"), rungs, *map(Note, CAUTIONS))
    parts = (rungs_told(found), _questions(found), _unlevelled(found), meaning)
    return Page.opened(ladder_title(found), ladder_opening(found), *parts)


def ladder_title(found: EvidenceLadder) -> str:
    """What the page and the chart are called."""
    return f"What is known of each {found.wording.one('activity')}: {one_line(found.title)}"


def ladder_opening(found: EvidenceLadder) -> Iterator[str]:
    """How many KPIs have been read, and how many activities stand where the advice asks, lower, or nowhere yet."""
    say = found.wording
    if found.kpis:
        have = "has" if len(found.kpis) == 1 else "have"
        yield f"{len(found.read):,} of {say.count(len(found.kpis), 'kpi')} {have} been read."
    else:
        yield f"There are no {say.many('kpi')}."
    if not found:
        yield f"There are no {say.many('activity')}."
    if rated := [one for one in found if one.asked]:
        yield _standing(found, rated)
    if redesign := sum(one.approach is Approach.REDESIGN for one in found):
        are = "it is" if redesign == 1 else "they are"
        yield f"Nothing is asked of {say.count(redesign, 'activity')} before {are} designed anew."
    if unrated := sum(one.approach is None for one in found):
        verb = "is" if unrated == 1 else "are"
        yield f"{say.count(unrated, 'activity')} {verb} not rated: three questions come first."


def _standing(found: EvidenceLadder, rated: list[ActivityEvidence]) -> str:
    below = [one for one in rated if one.is_below]
    met, reach = len(rated) - len(below), sum(one.would_reach for one in below)
    verb = "stands" if len(found) == 1 else "stand"
    told = f"{met:,} of {found.wording.count(len(found), 'activity')} {verb} where the advice asks"
    if not below:
        return f"{told}."
    kpis = found.wording.many("kpi")
    ahead = (
        f"for {reach:,} of those the {kpis} planned would reach it"
        if reach
        else f"no {found.wording.one('kpi')} planned would reach it"
    )
    return f"{told}, {len(below):,} lower; {ahead}."


def rungs_told(found: EvidenceLadder) -> Iterator[Block]:
    """Each activity with its rung of today, the one planned and the one asked."""
    if found:
        rows = tuple(
            (one.title, _with(one.today, _today(found, one)), _planned(found, one), _asked(one)) for one in found
        )
        yield Table((capital(found.wording.one("activity")), "Today", "Planned", "Asked"), rows, (4, 4, 4, 2))


def _with(rung: str, basis: tuple[str, ...]) -> Cell:
    return (rung, listed([*basis], most=MOST_NAMED)) if basis else rung


def _today(found: EvidenceLadder, one: ActivityEvidence) -> tuple[str, ...]:
    """What today's rung rests on: KPIs that were read, else the links on which people tell of it."""
    if one.today_kpis:
        return tuple(map(found.wording.title, one.today_kpis))
    return tuple(f"told on {found.wording.link(ends)}" for ends in one.testimony)


def _planned(found: EvidenceLadder, one: ActivityEvidence) -> Cell:
    """The rung planned, with the KPIs that would reach it where that is above today's."""
    if one.planned == one.today:
        return one.planned
    return _with(one.planned, tuple(map(found.wording.title, one.planned_kpis)))


def _asked(one: ActivityEvidence) -> str:
    if one.asked:
        return one.asked
    return "nothing before it is designed anew" if one.approach is Approach.REDESIGN else "not rated"


def _questions(found: EvidenceLadder) -> Iterator[Block]:
    """The three questions, and the activities of which nobody has said how certain their effect is."""
    open_ = [one for one in found if one.questions]
    if open_:
        names = listed([found.wording.title(one.activity) for one in open_], most=5)
        yield Heading("Three questions first")
        yield Paragraph(f"Nobody has said how certain the effect is of {names}:")
        yield Bullets(open_[0].questions)


def _unlevelled(found: EvidenceLadder) -> Iterator[Block]:
    if ids := found.unlevelled:
        names = listed([*map(found.wording.title, ids)], most=5)
        noun = counted(len(ids), found.wording.one("kpi"), found.wording.many("kpi"))
        yield Paragraph(
            Coded(f"Without `level`, {noun} {'counts' if len(ids) == 1 else 'count'} for nothing here: {names}.")
        )
