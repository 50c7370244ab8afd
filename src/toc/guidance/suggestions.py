"""KPIs to suggest for an activity, and a theory with them written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from toc.guidance.advice import SuggestedKpi
from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book, KpiEntry, Role
from toc.guidance.reach import first_outcome
from toc.guidance.scales import rung
from toc.language.text import bare, quoted
from toc.model import Theory
from toc.model.nodes import Activity, Kpi
from toc.model.slugs import slug

T = TypeVar("T", bound=Theory)
MOST = 4


def known_type(written: str | None, book: Book) -> str | None:
    """The type of activity that a written one stands for, or None where there is no set for it."""
    if written is None:
        return None
    word = re.sub(r"[\s_-]+", "-", written.strip().casefold())
    return next((name for name, found in book.types.items() if word == name or word in found.also), None)


def wording(written: str | None, book: Book) -> str:
    """For which kind of activity the suggested KPIs are worded, and why."""
    types = ", ".join(book.types)
    if written is None:
        return filled(book.wording.untyped, types=types)
    found = known_type(written, book)
    if found is None:
        return filled(book.wording.unknown, type=written, types=types)
    return filled(book.wording.typed, type=found)


def suggestions(theory: Theory, activity: Activity, roles: Sequence[Role], book: Book) -> tuple[SuggestedKpi, ...]:
    """Two to four KPIs: the first of each role, then further ones of these roles while there is room."""
    known = known_type(activity.type, book)
    kpis = (book.general if known is None else book.types[known]).kpis
    first = [next(kpi for kpi in kpis if kpi.role == role) for role in roles]
    more = [kpi for kpi in kpis if kpi.role in roles and kpi not in first]
    chosen = [*first, *more][:MOST]
    # Those of one role stand together, in the order of the roles.
    sorted_by_role = sorted(chosen, key=lambda kpi: roles.index(kpi.role))
    return tuple(_suggested(kpi, _about(theory, activity, kpi, book)) for kpi in sorted_by_role)


def _suggested(kpi: KpiEntry, title: str) -> SuggestedKpi:
    return SuggestedKpi(title, kpi.level, kpi.design, kpi.unit, kpi.collected_by, kpi.frequency, kpi.method)


def _about(theory: Theory, activity: Activity, kpi: KpiEntry, book: Book) -> str:
    """The title of a KPI with what it is about: the activity, and of a change what is meant to change."""
    change = first_outcome(theory, activity.id) if rung(kpi.level) >= rung("learning") else None
    if change is None:
        return filled(book.wording.about, kpi=kpi.title, activity=bare(activity.title))
    said = quoted(theory.outcomes[change].title)
    return filled(book.wording.about_change, kpi=kpi.title, activity=bare(activity.title), change=said)


def with_suggested(theory: T, id: str, suggested: Sequence[SuggestedKpi]) -> T:
    """The theory with these KPIs, as drafts, where nothing of that title is measured already.

    Change is measured in the first outcome that the activity leads to where there is one, all else in the activity.
    """
    change = first_outcome(theory, id) or id
    for kpi in suggested:
        measures = change if rung(kpi.level) >= rung("learning") else id
        there = {theory.kpis[one].title for one in theory.measured_by.get(measures, ())}
        if there.isdisjoint({kpi.title, kpi.title.partition(": ")[0]}):
            theory = theory.with_node(_drafted(theory, kpi, measures))
    return theory


def _drafted(theory: Theory, kpi: SuggestedKpi, measures: str) -> Kpi:
    return Kpi(
        id=slug(kpi.title, theory.nodes, kind="kpi"),
        title=kpi.title,
        measures=[measures],
        level=kpi.level,
        design=kpi.design,
        unit=kpi.unit,
        method=kpi.method,
        frequency=kpi.frequency,
        owner=kpi.collected_by,
        status="draft",
    )
