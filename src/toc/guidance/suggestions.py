"""KPIs to suggest for an activity, and a theory with them written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from toc.guidance.advice import SuggestedKpi
from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book, KpiEntry, Role
from toc.guidance.fit import Reach
from toc.guidance.scales import rung
from toc.model import Theory
from toc.model.nodes import Kpi
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


def suggestions(written: str | None, roles: Sequence[Role], book: Book) -> tuple[SuggestedKpi, ...]:
    """Two to four KPIs: the first of each role, then further ones of these roles while there is room."""
    known = known_type(written, book)
    kpis = (book.general if known is None else book.types[known]).kpis
    first = [next(kpi for kpi in kpis if kpi.role == role) for role in roles]
    more = [kpi for kpi in kpis if kpi.role in roles and kpi not in first]
    chosen = [*first, *more][:MOST]
    # Those of one role stand together, in the order of the roles.
    return tuple(_suggested(kpi) for kpi in sorted(chosen, key=lambda kpi: roles.index(kpi.role)))


def _suggested(kpi: KpiEntry) -> SuggestedKpi:
    return SuggestedKpi(kpi.title, kpi.level, kpi.design, kpi.unit, kpi.collected_by, kpi.frequency, kpi.method)


def with_suggested(theory: T, id: str, suggested: Sequence[SuggestedKpi], reach: Reach) -> T:
    """The theory with these KPIs, as drafts, where the activity does not have one of that title already."""
    there = {kpi.title for kpi in reach.kpis}
    for kpi in suggested:
        if kpi.title not in there:
            theory = theory.with_node(_drafted(theory, kpi, _measured(kpi, id, reach)))
    return theory


def _measured(kpi: SuggestedKpi, id: str, reach: Reach) -> str:
    """What a KPI measures: change is measured in the first direct outcome where there is one, all else in the activity."""
    deep = rung(kpi.level) >= rung("learning")
    return reach.outcomes[0] if deep and reach.outcomes else id


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
