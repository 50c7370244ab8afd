"""Planted faults of the rules on structure, argument, evidence, sustainability and people."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import toc
from checks.planting import Planted
from toc.model.nodes import CausalNode

ASSUMPTION: Final = {"text": "Heads agree", "test": "Ask each head", "owner": "Partnerships office", "by": "2027-07-31"}
EVIDENCE: Final = {"source": "Register of the pilot year", "type": "data", "date": "2026-07-10"}
ARGUMENT: Final[dict[str, Any]] = {
    "because": "The pilot year has shown it",
    "assumptions": [ASSUMPTION],
    "evidence": [EVIDENCE],
    "confidence": "medium",
}
SOURCES: Final = ("reading-support", "book-club", "teacher-training", "school-visits")
TARGETS: Final = ("readers", "keen-readers", "confident-teachers", "shared-practice")


def linked(theory: toc.TheoryOfChange, source: str, *targets: str, **changes: Any) -> toc.TheoryOfChange:
    """The theory with links that leave nothing to ask, but for the changes."""
    for target in targets:
        theory = theory.with_link(source, target, **{**ARGUMENT, **changes})
    return theory


def changed(theory: toc.TheoryOfChange, source: str, target: str, **changes: Any) -> toc.TheoryOfChange:
    """The theory with one link changed."""
    node = theory.nodes[source]
    assert isinstance(node, CausalNode)
    return theory.edit(source, leads_to={**node.leads_to, target: node.leads_to[target].evolve(**changes)})


def crowded(theory: toc.TheoryOfChange, count: int) -> toc.TheoryOfChange:
    """The theory with so many links from activities to outcomes, of sixteen that are possible."""
    for source, target in [(source, target) for target in TARGETS for source in SOURCES]:
        drawn = sum(target in TARGETS for id in SOURCES for target in theory.effects(id))
        if drawn < count and target not in theory.effects(source):
            theory = linked(theory, source, target)
    return theory


def without_way(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The visits lead nowhere, and the training takes their place; what they did is still measured on them."""
    visits = linked(theory, "teacher-training", "shared-practice").edit("school-visits", leads_to={})
    return visits.edit("taken-up", measures=["shared-practice", "school-visits"])


def without_cause(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The visits lead to another outcome than before."""
    return linked(theory.edit("school-visits", leads_to={}), "school-visits", "confident-teachers")


def without_effect(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The sessions lead nowhere, but the support behind them leads on."""
    return linked(theory, "reading-support", "readers").edit("sessions", leads_to={})


def without_outcome(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The courses and the visits lead straight to a pillar, whose outcomes lead to another."""
    theory = theory.edit("courses", leads_to={}).edit("school-visits", leads_to={})
    theory = linked(linked(theory, "courses", "teaching"), "school-visits", "teaching")
    return theory.without("confident-teachers").without("shared-practice")


def ended(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The book club has come to its end; what was to be measured had been agreed in time."""
    return theory.edit("own-choice", agreed_on="2025-07-01").edit("book-club", starts="2025-09-01", ends="2026-07-20")


def led_by(theory: toc.TheoryOfChange, *activities: str) -> toc.TheoryOfChange:
    """The theory with the same lead for these activities."""
    for id in activities:
        theory = theory.edit(id, lead="Reading lead")
    return theory


def funded_by(theory: toc.TheoryOfChange, **sources: Any) -> toc.TheoryOfChange:
    """The theory with other sources of funding: by activity, none where none is given."""
    for id in SOURCES:
        theory = theory.edit(id, funding=sources.get(id.replace("-", "_"), ()))
    return theory


def one_off(theory: toc.TheoryOfChange, **dates: Any) -> toc.TheoryOfChange:
    """The theory in which the book club meets once."""
    once = {"recurs": "once", "starts": "2026-10-01", "ends": "2026-10-01"}
    return theory.edit("book-club", **{**once, **dates})


def aged(theory: toc.TheoryOfChange, years: float) -> toc.TheoryOfChange:
    """The theory with an age from which evidence is old; its oldest is of 1 September 2021."""
    return theory.evolve(settings={"checks": {"evidence_years": years}})


def governed(theory: toc.TheoryOfChange, **footing: Any) -> toc.TheoryOfChange:
    """The theory with four partners, of which one is home, and what is said of their footing."""
    partners = {**theory.partners, "grammar": {"title": "Grammar School"}, "college": {"title": "City College"}}
    return theory.evolve(partners=partners, partnership={"home": "grammar", **footing})


def short(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory in which everything ends after a school year."""
    for id in SOURCES:
        theory = theory.edit(id, ends="2027-07-20")
    return theory


def paid_until(theory: toc.TheoryOfChange, day: str | None) -> toc.TheoryOfChange:
    """The theory in which the trust that pays for the book club does so until a day."""
    return theory.evolve(partnership={"funding": {"sources": {"Library  TRUST": {"kind": "money", "until": day}}}})


def untold(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory with a book club for pupils in need, whom its KPI does not tell apart."""
    return theory.edit("book-club", target_group="pp-pupils").edit("own-choice", breakdowns=())


def in_need(theory: toc.TheoryOfChange, reached: int = 44, people: int = 100) -> toc.TheoryOfChange:
    """The theory in which so many of those who take part in the reading support, and 45% at the school, are in need."""
    school = {"title": "St Mary's", "disadvantage": {"share": 0.45}}
    theory = theory.evolve(partners={**theory.partners, "st-marys": school})
    return theory.edit("reading-support", participation=people, reach={"pp-pupils": reached})


def rated_for_home(theory: toc.TheoryOfChange) -> toc.TheoryOfChange:
    """The theory in which the book club is said to change the school that runs it, whose people nobody counts."""
    theory = theory.evolve(partnership={"home": "st-marys"})
    return theory.edit("book-club", impact={"internal": "medium", "external": "low"})


def in_context(theory: toc.TheoryOfChange, **changes: Any) -> toc.TheoryOfChange:
    """The theory with another context."""
    return theory.evolve(context=theory.context.evolve(**changes))


PLANTED: Final[tuple[Planted, ...]] = (
    Planted("TOC101", without_way, ("school-visits",)),
    Planted("TOC102", without_cause, ("shared-practice",)),
    Planted("TOC103", without_effect, ("sessions",)),
    Planted("TOC104", lambda theory: linked(theory, "book-club", "goal"), ("book-club", "goal")),
    Planted("TOC105", lambda theory: crowded(theory, 11), ()),
    Planted(
        "TOC106",
        lambda theory: linked(theory, "teacher-training", *TARGETS, "teaching"),
        ("teacher-training", "courses", *TARGETS, "teaching"),
    ),
    Planted("TOC107", lambda theory: theory.edit("reading", by="2028-07-30"), ("reading", "readers")),
    Planted("TOC108", without_outcome, ("teaching",)),
    Planted(
        "TOC111",
        lambda theory: changed(theory, "courses", "confident-teachers", because=None),
        ("courses", "confident-teachers"),
    ),
    Planted("TOC112", lambda theory: changed(theory, "readers", "reading", assumptions=[]), ("readers", "reading")),
    Planted(
        "TOC113",
        lambda theory: changed(theory, "readers", "reading", assumptions=[{**ASSUMPTION, "owner": None}]),
        ("readers", "reading"),
    ),
    Planted(
        "TOC114",
        lambda theory: changed(theory, "book-club", "keen-readers", confidence=0.25),
        ("book-club", "keen-readers"),
    ),
    Planted("TOC115", lambda theory: in_context(theory, unintended=()), ()),
    Planted("TOC116", lambda theory: in_context(theory, external_factors=()), ()),
    Planted(
        "TOC117",
        lambda theory: changed(theory, "sessions", "readers", assumptions=[{**ASSUMPTION, "by": "2026-08-31"}]),
        ("sessions", "readers"),
    ),
    Planted(
        "TOC131",
        lambda theory: changed(theory, "sessions", "readers", evidence=[EVIDENCE, {**EVIDENCE, "says": "contradicts"}]),
        ("sessions", "readers"),
    ),
    Planted(
        "TOC132",
        lambda theory: changed(
            theory, "sessions", "readers", assumptions=[{"text": "Pairs meet", "status": "failing"}]
        ),
        ("sessions", "readers"),
    ),
    Planted("TOC133", lambda theory: aged(theory, 5), ("sessions", "readers"), date(2026, 9, 2)),
    Planted("TOC134", lambda theory: theory.edit("teacher-training", starts="2026-06-29"), ("teacher-training",)),
    Planted("TOC135", rated_for_home, ("book-club",)),
    Planted("TOC136", ended, ("book-club",)),
    Planted("TOC141", one_off, ("book-club", "keen-readers")),
    Planted("TOC142", lambda theory: led_by(theory, *SOURCES), ()),
    Planted("TOC143", lambda theory: funded_by(theory, book_club="Library trust"), ()),
    Planted("TOC144", short, ()),
    Planted("TOC145", lambda theory: governed(theory, governance="informal", coordinator="none"), ()),
    Planted("TOC146", lambda theory: paid_until(theory, "2029-07-19"), ("book-club",)),
    Planted("TOC151", lambda theory: theory.edit("keen-readers", target_group=()), ("keen-readers",)),
    Planted(
        "TOC152",
        lambda theory: in_context(
            theory, target_groups={id: group.title for id, group in theory.context.target_groups.items()}
        ),
        (),
    ),
    Planted("TOC153", untold, ("book-club",)),
    Planted("TOC154", in_need, ("reading-support",)),
    Planted("TOC155", lambda theory: theory.edit("reading-support", reach={"pp-pupils": 101}), ("reading-support",)),
)
