"""What is known about a node or a link: first the value, then the one wording of it.

A KPI's aim and its latest reading have two forms: short for a box, where the month is enough, and whole for a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from toc.language.dates import day, month
from toc.language.kpi_units import is_change, is_percentage
from toc.language.numbers import amount, number
from toc.language.text import bare, in_brackets, leftwards, listed, one_line
from toc.model import Theory
from toc.model.mappings import Target
from toc.model.nodes import Activity, HasDate, HasHorizon, Kpi, Node
from toc.model.types import CONFIDENCES
from toc.model.values import Milestone, Reading

Strength = Literal["strong", "medium", "weak", "unknown"]

HORIZONS: Final[Mapping[str, str]] = MappingProxyType(
    {"short": "short term", "medium": "medium term", "long": "long term"}
)
WEAK: Final = CONFIDENCES["low"]  # the most confidence of a weak link
FEWEST: Final = 30  # people; a percentage of fewer would say more than is known
STRONG: Final = 0.65  # the least of a strong one


def strength(confidence: float | None) -> Strength:
    """A confidence as the drawings show it: weak up to 0.25, strong from 0.65.

    >>> strength(0.8), strength(0.5), strength(0.25), strength(None)
    ('strong', 'medium', 'weak', 'unknown')
    """
    if confidence is None:
        return "unknown"
    return "weak" if confidence <= WEAK else "medium" if confidence < STRONG else "strong"


def confidence(share: float) -> str:
    """A confidence as a number, with the word that stands for it where there is one.

    >>> confidence(0.5), confidence(0.65)
    ('medium (0.5)', '0.65')
    """
    said = next((word for word, one in CONFIDENCES.items() if one == share), None)
    return f"{said} ({number(share)})" if said else number(share)


def joins(*, negative: bool, feedback: bool = False, many: bool = False) -> str:
    """What a link says of its two ends, as the verb between them: every text that tells a link takes it from here.

    >>> joins(negative=False), joins(negative=True), joins(negative=True, feedback=True, many=True)
    ('leads to', 'works against', 'feed back to and work against')
    """
    feeds, works, leads = ("feed", "work", "lead") if many else ("feeds", "works", "leads")
    verbs = [f"{feeds} back to"] if feedback else []
    verbs += [f"{works} against"] if negative else []
    return " and ".join(verbs) or f"{leads} to"


def when(node: Node) -> str:
    """Until when a change is expected, for the end of a sentence.

    >>> from toc import Goal, Outcome
    >>> when(Outcome(title="Calm", horizon="short")), when(Goal(title="All read", by="2030-07-31"))
    (' in the short term', ' by 31 July 2030')
    """
    if isinstance(node, HasDate) and node.by:
        return f" by {day(node.by)}"
    if isinstance(node, HasHorizon) and node.horizon:
        return f" in the {HORIZONS[node.horizon]}"
    return ""


def participation(people: float | str) -> str:
    """How many people an activity means to change.

    >>> participation(60), participation(1), participation("high")
    ('60 people a year', '1 person a year', 'high participation')
    """
    if isinstance(people, str):
        return f"{people} participation"
    return f"{number(people)} {'person' if people == 1 else 'people'} a year"


def about_activity(theory: Theory, activity: Activity) -> str:
    """How often an activity happens, for how many people and with whom, in brackets.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> about_activity(theory, theory.activities["tea-and-games"])
    ' (weekly, 60 people a year)'
    """
    facts: list[str] = [activity.recurs] if activity.recurs else []
    if activity.participation is not None:
        facts.append(participation(activity.participation))
    if activity.partners:
        facts.append(f"with {listed([bare(theory.partners[id].title) for id in activity.partners])}")
    return in_brackets(facts)


def latest_reading(kpi: Kpi, today: date | None = None) -> Reading | None:
    """The latest reading of everybody: readings of a part, which say `where`, are left out; of one day the author's last.

    With `today`, those after it do not count.

    >>> readings = [{"date": "2026-07-31", "value": 1}, {"date": "2026-07-31", "value": 2}]
    >>> latest_reading(Kpi(title="Reading age", measures="readers", readings=readings)).value
    2.0
    """
    everybody = [one for one in kpi.readings if not one.where and (today is None or one.date <= today)]
    return max(reversed(everybody), key=lambda reading: reading.date, default=None)


def told(kpi: Kpi, reading: Reading, *, unit: bool = True) -> str:
    """A value, with its unit or without; a percentage of few people as how many of how many.

    >>> kpi = Kpi(title="Fluent", measures="a", unit="%", readings=[{"date": "2026-07-31", "value": 78.6, "n": 14}])
    >>> (
    ...     told(kpi, kpi.readings[0]),
    ...     told(kpi, kpi.readings[0].evolve(n=140)),
    ...     told(kpi, kpi.readings[0].evolve(n=30), unit=False),
    ... )
    ('11 of 14', '78.6%', '78.6')
    """
    value, n = reading.value, reading.n
    if n is not None and n < FEWEST and 0 <= value <= 100 and is_percentage(kpi) and not is_change(kpi):
        return f"{number(round(value * n / 100))} of {number(n)}"
    return amount(value, kpi.unit) if unit else number(value)


def milestone(kpi: Kpi, one: Milestone | Target[Milestone], *, short: bool = False) -> str:
    """A value to be reached, or to be kept, and until when.

    >>> milestone(Kpi(title="Calm", measures="a", unit="%"), Milestone(value=90, by="2027-03-31"))
    '90% by 31 March 2027'
    """
    keep = kpi.direction == "keep"
    end = f" {'until' if keep else 'by'} {_date(one.by, short=short)}" if one.by else ""
    return f"{'keep ' if keep else ''}{amount(one.value, kpi.unit)}{end}"


def aim(kpi: Kpi, *, short: bool = False) -> str:
    """Where a KPI starts and where it should arrive; in short only where it should arrive. Empty where nothing is known.

    >>> kpi = Kpi(
    ...     title="Reading age", measures="a", unit="months", baseline=10, target={"value": 14, "by": "2027-03-31"}
    ... )
    >>> aim(kpi), aim(kpi, short=True)
    ('from 10 to 14 months by 31 March 2027', 'target 14 months by Mar 2027')
    """
    keep = kpi.direction == "keep"
    if kpi.target:
        goal = milestone(kpi, kpi.target, short=short)
        if short or keep:
            return goal if keep else f"target {goal}"
        return f"from {number(kpi.baseline.value)} to {goal}" if kpi.baseline else f"to {goal}"
    if short:
        return ""
    if kpi.baseline:
        return f"from {amount(kpi.baseline.value, kpi.unit)}, no target yet"
    return f"in {one_line(kpi.unit)}" if kpi.unit else ""


def latest(kpi: Kpi, today: date | None = None, *, short: bool = False) -> str:
    """The latest reading and its day, with `today` of those until then; the unit is told by the aim, or where that says nothing here.

    >>> kpi = Kpi(title="Reading age", measures="a", unit="months", readings=[{"date": "2026-02-01", "value": 6}])
    >>> latest(kpi), latest(kpi, short=True)
    ('latest 6 on 1 February 2026', 'latest 6 months (Feb 2026)')
    """
    found = latest_reading(kpi, today)
    if found is None:
        return ""
    value = told(kpi, found, unit=not aim(kpi, short=short))
    return f"latest {value} ({month(found.date)})" if short else f"latest {value} on {day(found.date)}"


def about_kpi(kpi: Kpi, today: date | None = None) -> Iterator[str]:
    """What is known of a KPI, in a sentence: its aim, its latest reading, and whether it is a draft.

    >>> list(about_kpi(Kpi(title="Reading age", measures="a", unit="months", baseline=10, target=14, status="draft")))
    ['from 10 to 14 months', 'draft']
    """
    yield from filter(None, (aim(kpi), latest(kpi, today), "draft" if kpi.status == "draft" else ""))


def kpi_line(kpi: Kpi, today: date | None = None) -> str:
    """A KPI as one line of a box: its title, its target and its latest reading where they are known.

    >>> kpi_line(
    ...     Kpi(title="Reading-age gain", measures="readers", unit="months", target={"value": 14, "by": "2026-07-31"})
    ... )
    'Reading-age gain: target 14 months by Jul 2026'
    """
    known = ", ".join(filter(None, (aim(kpi, short=True), latest(kpi, today, short=True))))
    return f"{kpi.title}: {known}" if known else kpi.title


def kpi_short(kpi: Kpi, today: date | None = None) -> str:
    """A KPI with its latest reading and its target alone; whichever is missing is told by the word for the other.

    The unit is left out where the title names what is counted, and of "% of graduates" the sign is enough.

    >>> readings = [{"date": "2026-07-31", "value": 9}]
    >>> kpi_short(Kpi(title="Trainees who graduate", measures="a", unit="trainees", target=12, readings=readings))
    'Trainees who graduate: 9 → 12'
    >>> kpi_short(Kpi(title="Reading-age gain", measures="a", unit="months", target=14))
    'Reading-age gain: target 14 months'
    """
    found, unit = latest_reading(kpi, today), _needed_unit(kpi)
    keep = kpi.direction == "keep"
    goal = f"{'keep ' if keep else ''}{amount(kpi.target.value, unit)}" if kpi.target else ""
    if found and goal:
        kept_together = "\u200e" if leftwards(kpi.title) else ""  # else the arrow would lead from the target
        return f"{kpi.title}: {kept_together}{told(kpi, found, unit=False)}{', ' if keep else ' → '}{goal}"
    if found:
        return f"{kpi.title}: latest {amount(found.value, unit)}"
    return f"{kpi.title}: {'' if keep else 'target '}{goal}" if goal else kpi.title


def _needed_unit(kpi: Kpi) -> str:
    """As much of a KPI's unit as its number needs to be true beside the title."""
    words = (kpi.unit or "").split()
    if words and words[0].startswith("%"):
        return "%"
    named = re.findall(r"\w+", kpi.title.casefold())
    return "" if words and words[0].casefold().strip(",;") in named else " ".join(words)


def _date(when: date, *, short: bool) -> str:
    return month(when) if short else day(when)
