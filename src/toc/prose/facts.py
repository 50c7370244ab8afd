"""What is known about a node, in few words: dates, targets, how many people and how often."""

from __future__ import annotations

from collections.abc import Iterator

from toc.guidance.advice_file import number
from toc.model import Theory
from toc.model.nodes import Activity, Goal, Kpi, Node, Outcome, Output, Pillar
from toc.phrases import HORIZONS, day, listed, one_line
from toc.prose.phrases import bare


def when(node: Node) -> str:
    """Until when a change is expected.

    >>> when(Outcome(title="Calm", horizon="short")), when(Goal(title="All read", by="2030-07-31"))
    (' in the short term', ' by 31 July 2030')
    """
    if isinstance(node, (Goal, Pillar, Outcome, Output)) and node.by:
        return f" by {day(node.by)}"
    if isinstance(node, (Outcome, Output)) and node.horizon:
        return f" in the {HORIZONS[node.horizon]}"
    return ""


def about_activity(theory: Theory, activity: Activity) -> str:
    """How often an activity happens, for how many people and with whom, in brackets.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> about_activity(theory, theory.activities["tea-and-games"])
    ' (weekly, 60 people a year)'
    """
    facts: list[str] = [activity.recurs] if activity.recurs else []
    people = activity.participation
    if isinstance(people, int):
        facts.append("1 person a year" if people == 1 else f"{people:,} people a year")
    elif people:
        facts.append(f"{people} participation")
    if activity.partners:
        facts.append(f"with {listed([bare(theory.partners[id].title) for id in activity.partners])}")
    return in_brackets(facts)


def about_kpi(kpi: Kpi) -> str:
    """Where a KPI starts, where it should arrive and where it is, in brackets.

    >>> about_kpi(Kpi(title="Reading age", measures="a", unit="months", baseline=10, target=14))
    ' (from 10 to 14 months)'
    """
    return in_brackets([*_aim(kpi), *_latest(kpi), *(["draft"] if kpi.status == "draft" else [])])


def in_brackets(facts: list[str]) -> str:
    """Some facts in brackets, or nothing.

    >>> in_brackets(["weekly", "60 people"]), in_brackets([])
    (' (weekly, 60 people)', '')
    """
    return f" ({', '.join(facts)})" if facts else ""


def _aim(kpi: Kpi) -> Iterator[str]:
    unit = _unit(kpi)
    start = f"from {number(kpi.baseline.value)} " if kpi.baseline else ""
    if kpi.target:
        keep = kpi.direction == "keep"
        end = f" {'until' if keep else 'by'} {day(kpi.target.by)}" if kpi.target.by else ""
        yield f"{'keep' if keep else f'{start}to'} {number(kpi.target.value)}{unit}{end}"
    elif kpi.baseline:
        yield f"{start.strip()}{unit}, no target yet"
    elif unit:
        yield f"in {unit.strip()}"


def _latest(kpi: Kpi) -> Iterator[str]:
    readings = [reading for reading in kpi.readings if not reading.where]
    if readings:
        latest = max(readings, key=lambda reading: reading.date)
        yield f"latest {number(latest.value)} on {day(latest.date)}"


def _unit(kpi: Kpi) -> str:
    unit = one_line(kpi.unit or "")
    return unit if unit.startswith("%") else f" {unit}" if unit else ""
