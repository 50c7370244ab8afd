"""What an activity is to each side, and what is said of a partner: a name and a text for each fact that somebody stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from toc.language.dates import day
from toc.language.numbers import counted, percent
from toc.language.text import listed
from toc.model import Theory
from toc.model.nodes import Activity
from toc.model.partners import Gain, Gift, Partner, Partnership
from toc.partnership.exchanges import said

Fact = tuple[str, str]


def things(given: Iterable[Gift | Gain]) -> str:
    """What is given or gained, in a list."""
    return "; ".join(map(said, given))


def sides_of(theory: Theory, activity: Activity) -> Iterator[Fact]:
    """How much an activity changes each side, who gives and gains, what it gives back, whom it reaches.

    >>> import toc
    >>> theory = toc.example("rgs-newcastle")
    >>> [name for name, _ in sides_of(theory, theory.activities["zones-visits"])][:2]
    ['Internal impact', 'External impact']
    """
    own = (("Stage", activity.stage), ("Who gets a place", activity.places), ("Only together", activity.only_together))
    yield from ((name, text) for name, text in own if text)
    for name in ("internal", "external"):
        side = getattr(activity.impact, name, None)
        if side:
            people = f", {counted(side.people, 'person', 'people')}" if side.people is not None else ""
            yield f"{name.capitalize()} impact", f"{side.level}{people}{f': {side.because}' if side.because else ''}"
    yield from exchanged(theory, activity)
    for id, reason in activity.reciprocates.items():
        yield "In return for", theory.activities[id].title + (f": {reason}" if reason else "")
    for id, count in activity.reach.items():
        yield "Reaches", f"{counted(count, 'person', 'people')} of {theory.context.target_groups[id].title}"


def exchanged(theory: Theory, activity: Activity, *, in_full: bool = True) -> Iterator[Fact]:
    """Who gives what to an activity, and who gains what from it; not `in_full`, one who does so alone is not named."""
    for way, of in (("Given", "gives"), ("Gained", "gains")):
        found = {id: things(getattr(one, of)) for id, one in activity.exchange.items() if getattr(one, of)}
        for id, text in found.items():
            yield f"{way} by {theory.partners[id].title}" if in_full or len(found) > 1 else way, text


def began(since: int | date) -> str:
    """A year, or a day in words."""
    return str(since) if isinstance(since, int) else day(since)


def is_stated(theory: Theory) -> bool:
    """Whether a file says anything of its partners beyond their names, or of their partnership."""
    partners, activities = theory.partners.values(), theory.activities.values()
    return (
        theory.partnership != Partnership.model_construct()
        or any((*standing_of(one), *offered(one)) for one in partners)
        or any(one.exchange or one.reciprocates or one.only_together for one in activities)
    )


def standing_of(partner: Partner) -> Iterator[Fact]:
    """What kind of organisation a partner is, of how many, since when, whom to ask."""
    if partner.sector:
        yield "Sector", partner.sector
    if partner.phase:
        yield "Phase", listed(partner.phase)
    if partner.organisations > 1:
        yield "Stands for", counted(partner.organisations, "organisation", "organisations")
    if partner.since:
        yield "Since", began(partner.since)
    if partner.contact:
        yield "Contact", partner.contact
    if disadvantage := partner.disadvantage:
        about = (disadvantage.measure, f"on {day(disadvantage.date)}" if disadvantage.date else "", disadvantage.source)
        yield "Disadvantaged", ", ".join(filter(None, (percent(disadvantage.share), *about)))


def offered(partner: Partner) -> Iterator[Fact]:
    """What a partner brings, and what it receives, each with its reason."""
    for name, found in (("Brings", partner.brings), ("Receives", partner.receives)):
        if found:
            yield name, "; ".join(f"{said(one)}{f' ({one.because})' if one.because else ''}" for one in found)
