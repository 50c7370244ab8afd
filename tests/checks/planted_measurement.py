"""Planted faults of the rules on measurement, hygiene and wording."""

from __future__ import annotations

from typing import Any, Final

import toc
from checks.planting import Planted

SIX: Final = tuple(f"reading-{number}" for number in range(5))


def measured_often(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with six KPIs for one outcome, all as complete as the first."""
    first = theory.kpis["reading-age"]
    for id in SIX:
        theory = theory.with_node(first.evolve(id=id))
    return theory


def below(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory in which the KPI of a certain activity only counts."""
    return theory.edit("reading-age", level="participation")


def above(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory in which a KPI of an uncertain activity of many claims what it cannot answer for."""
    theory = theory.edit("book-club", certainty="low", participation=900)
    return theory.edit("own-choice", measures=["keen-readers", "book-club"])


def unnamed(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with a title that names nobody, without the groups that would say whose confidence it is."""
    silence = [{"code": "TOC151", "node": id, "reason": "Said elsewhere"} for id in ("keen-readers", "readers")]
    theory = theory.evolve(settings={"checks": {"silence": silence}})
    theory = theory.edit("readers", target_group=()).edit("reading", target_group=())
    return theory.edit("keen-readers", target_group=(), title="Increased confidence")


def silenced(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with a silence of a finding that is not there."""
    return theory.evolve(settings={"checks": {"silence": [{"code": "TOC161", "reason": "Reviewed each term"}]}})


def edited(id: str, **changes: Any) -> Any:
    """A change of one node."""
    return lambda theory: theory.edit(id, **changes)


PLANTED: Final[tuple[Planted, ...]] = (
    Planted("TOC121", lambda theory: theory.without("at-age"), ("reading",)),
    Planted("TOC122", lambda theory: theory.without("taken-up"), ("shared-practice",)),
    Planted("TOC123", measured_often, ("readers", "reading-age", *SIX)),
    Planted("TOC124", edited("reading-age", unit=None), ("reading-age", "readers")),
    Planted("TOC124", edited("reading-age", target=14), ("reading-age", "readers")),
    Planted("TOC125", edited("reading-age", direction="down"), ("reading-age", "readers")),
    Planted("TOC126", edited("reading-age", baseline={"value": 8, "date": "2028-08-01"}), ("reading-age", "readers")),
    Planted("TOC127", edited("at-age", measures=["reading", "goal"]), ("at-age", "reading", "goal")),
    Planted("TOC128", edited("book-club", participation=None), ("book-club",)),
    Planted("TOC129", edited("book-club", certainty="low", participation=49), ("book-club",)),
    Planted("TOC130", below, ("reading-age", "readers", "reading-support")),
    Planted("TOC130", above, ("own-choice", "keen-readers", "book-club")),
    Planted("TOC161", lambda theory: theory.evolve(review_on=None), ()),
    Planted("TOC162", lambda theory: theory.evolve(review_on="2026-08-31"), ()),
    Planted("TOC163", edited("confident-teachers", title="Train 500 teachers in phonics"), ("confident-teachers",)),
    Planted("TOC164", edited("keen-readers", title="Pupils read more and enjoy school"), ("keen-readers",)),
    Planted("TOC165", unnamed, ("keen-readers",)),
    Planted("TOC166", edited("book-club", title="TBC"), ("book-club",)),
    Planted("TOC169", silenced, ()),
)
