"""What the dates of a theory say: how long activities run, which are measured too late, which money ends before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from toc.guidance.advising import Known
from toc.language.dates import months_later
from toc.language.text import listed, one_line
from toc.language.vocabulary import Wording
from toc.model import Theory
from toc.model.nodes import Activity
from toc.problems import Path

YEAR: Final = 12  # months
MOST: Final = 5  # activities that are named in one sentence


def runs_for_years(activity: Activity, today: date) -> bool | None:
    """Whether an activity runs over twelve months, to its end or else to today; None where its dates do not say.

    >>> runs_for_years(Activity(title="Club", starts="2025-09-01"), date(2026, 9, 1))
    False
    >>> runs_for_years(Activity(title="Club", starts="2027-09-01"), date(2026, 9, 1)) is None
    True
    """
    until = activity.ends or today
    if activity.starts is None or until < activity.starts:
        return None
    return until > months_later(activity.starts, YEAR)


def dated(theory: Theory, today: date) -> dict[str, bool]:
    """Whether each activity whose dates say how long it runs does so over twelve months."""
    found = {id: runs_for_years(activity, today) for id, activity in theory.activities.items()}
    return {id: runs for id, runs in found.items() if runs is not None}


def years_told(say: Wording, runs: Mapping[str, bool]) -> str:
    """How many of the activities with dates run for more than twelve months, and which."""
    long = [say.title(id) for id, one in runs.items() if one]
    named = f": {listed(long, most=MOST)}" if long else ""
    of = f"{say.count(len(runs), 'activity')} with dates"
    return f"of {of} {len(long) or 'none'} {'run' if len(long) > 1 else 'runs'} for more than {YEAR} months{named}"


def first_measured(theory: Theory, today: date) -> Iterator[tuple[Activity, date | None]]:
    """Each activity that has started, and the first day on which a KPI in reach was agreed or had its baseline."""
    reaches, first = Known.of(theory).reaches, _first_days(theory)
    for activity in theory.activities.values():
        if activity.starts is not None and activity.starts <= today:
            days = (first[id] for id in reaches.of(activity.id).nodes if id in first)
            yield activity, min(days, default=None)


def is_late(activity: Activity, first: date | None) -> bool:
    """Whether everything that an activity is measured by was agreed or measured only after it had started."""
    return first is not None and activity.starts is not None and first > activity.starts


def _first_days(theory: Theory) -> Mapping[str, date]:
    """For each measured node the first day of any of its KPIs."""
    found: dict[str, date] = {}
    for kpi in theory.kpis.values():
        for day in filter(None, (kpi.agreed_on, kpi.baseline.date if kpi.baseline else None)):
            for id in kpi.measures:
                found[id] = min(day, found.get(id, day))
    return found


class EndingMoney(NamedTuple):
    """A source of funding, by its name in the file, that ends before activities that it pays for."""

    source: str
    until: date
    activities: tuple[str, ...]


def ending_money(theory: Theory, today: date) -> Iterator[EndingMoney]:
    """The sources whose day lies before the end of what they pay for, or is past while that goes on without an end."""
    paid: dict[str, list[Activity]] = {}
    for activity in theory.activities.values():
        for key in dict.fromkeys(map(folded, activity.funding)):
            paid.setdefault(key, []).append(activity)
    for name, source in theory.partnership.funding.sources.items():
        if source.until is not None:
            before = (one.id for one in paid.get(folded(name), ()) if _goes_on(one, source.until, today))
            if found := tuple(before):
                yield EndingMoney(name, source.until, found)


def _goes_on(activity: Activity, until: date, today: date) -> bool:
    if activity.ends is not None:
        return until < activity.ends
    begun = activity.starts is None or activity.starts <= today
    return until < today and begun and activity.stage != "ended"


def funders(theory: Theory) -> dict[str, Path]:
    """Everybody who is named as a source of funding, of an activity or of the partnership, as first written and where."""
    found: dict[str, tuple[str, Path]] = {}
    for activity in theory.activities.values():
        for name in activity.funding:
            found.setdefault(folded(name), (one_line(name), ("activities", activity.id, "funding")))
    for name in theory.partnership.funding.sources:
        found.setdefault(folded(name), (one_line(name), ("partnership", "funding", "sources")))
    return dict(found.values())


def folded(name: str) -> str:
    """A name in a form to compare: capitals and spaces make no difference."""
    return one_line(name).casefold()
