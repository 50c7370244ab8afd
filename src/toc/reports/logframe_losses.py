"""What a logframe cannot say of a theory, in sentences. None begins like a row of the form, which may be read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toc.language.numbers import counted
from toc.language.text import capital, listed
from toc.reports.indicators import untold
from toc.reports.result_levels import unplaced

if TYPE_CHECKING:
    from toc.reports.logframe import Logframe


def losses(frame: Logframe) -> Iterator[str]:
    """The columns that stay empty, and what of the theory has no place."""
    if frame.style == "milestones":
        yield "The columns for impact weighting, risk rating and inputs are empty: a theory does not hold them."
    else:
        yield "There is no column for impact weighting, risk rating and inputs: a theory does not hold them."
    yield from map(capital, _counted(frame))


def _counted(frame: Logframe) -> Iterator[str]:
    """What has no place, with how often it is there."""
    theory = frame.theory
    links = theory.written_links
    if more := unplaced(theory, frame.results):
        yield f"{counted(more, 'link is', 'links are')} not shown: a result stands under one other, by its code."
    if orphans := _orphans(frame):
        joined = "stands here as if it led to the goal" if orphans == 1 else "stand here as if they led to the goal"
        yield f"{counted(orphans, 'result that leads nowhere', 'results that lead nowhere')} {joined}."
    kinds = {
        "reason": ("reason", "reasons", sum(bool(link.because) for link in links)),
        "confidence": ("confidence", "confidences", sum(link.confidence is not None for link in links)),
        "evidence": ("piece of evidence", "pieces of evidence", sum(len(link.evidence) for link in links)),
    }
    if said := [counted(count, one, many) for one, many, count in kinds.values() if count]:
        yield f"{listed(said)} on the links: there is no column for them."
    told = [line.indicator for line in frame.lines if line.kind == "planned" and line.indicator]
    if frame.style == "classic":
        if read := sum(bool(one.kpi.readings) for one in told):
            yield f"what was read of {counted(read, 'KPI', 'KPIs')}: this style has targets only."
        if stops := sum(len(one.milestones) for one in told):
            yield f"{counted(stops, 'milestone', 'milestones')} before the targets: there is no column for them."
    elif left := sum(untold(one, frame.today) for one in told):
        yield f"{counted(left, 'reading', 'readings')} between the milestones: only the nearest to each, and the latest, are shown."


def _orphans(frame: Logframe) -> int:
    """How many results stand at the top without leading to a goal."""
    return sum(one.parent is None and one.level != "impact" for one in frame.results)
