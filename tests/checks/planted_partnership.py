"""Planted faults of the rules on the partnership itself."""

from __future__ import annotations

from typing import Any, Final

import toc
from checks.planting import Planted

BOTH: Final = ["st-marys", "hill-school"]


def rated(theory: toc.TheoryOfChange, *ids: str, internal: str = "low", external: str = "high") -> toc.TheoryOfChange:
    """The theory with activities that help one side only, or as is said."""
    for id in ids:
        theory = theory.edit(id, impact={"internal": internal, "external": external})
    return theory


def both_low(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """Two activities low on one side are to answer each other; a third, with the same partner, is worth something to both."""
    groups = theory.context.target_groups
    teachers = groups["teachers"].evolve(partner=BOTH)
    theory = theory.evolve(
        partnership={"home": "st-marys"}, context=theory.context.evolve(target_groups={**groups, "teachers": teachers})
    )
    for id in ("reading-support", "book-club"):
        theory = rated(theory.edit(id, partners=BOTH), id)
    theory = theory.edit("book-club", reciprocates="reading-support").edit("taken-up", target_group="teachers")
    return rated(theory, "school-visits", internal="medium", external="medium")


def footing(**facts: Any) -> Any:
    """A change of the footing."""
    return lambda theory: theory.evolve(partnership=facts)


def one_way(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """A partner that brings something and of which nothing is said that it gains."""
    first = theory.partners["st-marys"].evolve(brings=["venue"])
    return theory.evolve(partners={**theory.partners, "st-marys": first})


def judged(**answer: Any) -> Any:
    """A change that adds a review with one answer."""
    review = {"frame": "practices", "date": "2026-08-15", "answers": {"mutual-benefit": answer}}
    return lambda theory: theory.evolve(reviews={"autumn": review})


PLANTED: Final[tuple[Planted, ...]] = (
    Planted("TOC201", lambda theory: rated(theory, "reading-support", "book-club"), ("reading-support", "book-club")),
    Planted("TOC202", lambda theory: rated(theory, "reading-support"), ("reading-support",)),
    Planted("TOC203", both_low, ("book-club", "reading-support")),
    Planted("TOC204", one_way, ()),
    Planted("TOC205", footing(type=1, power="even"), ()),
    Planted(
        "TOC206",
        footing(aim="broad", leadership="joint", communication="open", design="co-designed", trust="motives"),
        (),
    ),
    Planted("TOC211", judged(judgement="fully"), ()),
    Planted("TOC212", judged(judgement="not-yet", evidence=[{"text": "Minutes"}]), ()),
    Planted("TOC213", judged(judgement="partly", next_step="Ask", by="2026-08-31"), ()),
)
