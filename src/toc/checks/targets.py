"""Whether the target of a KPI can be right: against its baseline, its date and the accountability ceiling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.checks.check_context import Look
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, rule
from toc.language.numbers import number
from toc.model.nodes import Kpi
from toc.model.values import Milestone

# How much better the first value is than the second, by the direction that is good; `keep` has none.
SIGNS: Final = {"up": 1, "down": -1}


@rule("TOC125", "target-without-progress", "measurement", Grades(ERROR, ERROR, ERROR))
def target_without_progress(look: Look) -> Iterable[Fault]:
    for kpi in look.theory.kpis.values():
        wrong = _without_progress(kpi)
        if wrong is not None and kpi.baseline is not None:
            baseline = number(kpi.baseline.value)
            better = "above" if kpi.direction == "up" else "below"
            amiss = f"is not {better}" if wrong.value != kpi.baseline.value else "only equals"
            yield Fault(
                (kpi.id, *kpi.measures),
                look.path(kpi.id, "target"),
                f"{look.called(kpi.id)} should go {kpi.direction}, but its target {number(wrong.value)} "
                f"{amiss} its baseline {baseline}",
                f"write a target {better} {baseline}, correct the baseline, or write `direction: {_other(kpi)}`",
            )


def _without_progress(kpi: Kpi) -> Milestone | None:
    """The target, where it is no better than the baseline, else the first milestone that is worse."""
    sign = SIGNS.get(kpi.direction)
    if sign is None or kpi.baseline is None or kpi.target is None:
        return None
    start = sign * kpi.baseline.value
    if sign * kpi.target.value <= start:
        return Milestone(value=kpi.target.value)
    return next((milestone for milestone in kpi.target if sign * milestone.value < start), None)


def _other(kpi: Kpi) -> str:
    """The direction that would agree with the target."""
    if kpi.baseline and kpi.target and kpi.target.value == kpi.baseline.value:
        return "keep"
    return "down" if kpi.direction == "up" else "up"


@rule("TOC126", "target-before-baseline", "measurement", Grades(ERROR, ERROR, ERROR))
def target_before_baseline(look: Look) -> Iterable[Fault]:
    for kpi in look.theory.kpis.values():
        start = kpi.baseline.date if kpi.baseline else None
        due = min((milestone.by for milestone in kpi.target or () if milestone.by), default=None)
        if start and due and due < start:
            yield Fault(
                (kpi.id, *kpi.measures),
                look.path(kpi.id, "target"),
                f"{look.called(kpi.id)} has a target for {due}, before its baseline of {start}",
                "correct `by:` in its `target:`, or `date:` in its `baseline:`",
            )


@rule("TOC127", "target-above-ceiling", "measurement", Grades(ADVICE, WARNING, WARNING))
def target_above_ceiling(look: Look) -> Iterable[Fault]:
    nodes = look.theory.nodes
    for kpi in look.theory.kpis.values():
        above = next((id for id in kpi.measures if nodes[id].above_ceiling), None)
        if above is not None and kpi.target is not None and not kpi.above_ceiling:
            yield Fault(
                (kpi.id, *kpi.measures),
                look.path(kpi.id, "target"),
                f"{look.called(kpi.id)} sets a target of {number(kpi.target.value)} for {look.called(above)}, "
                f"which stands above the accountability ceiling",
                "set the target on what you answer for and delete it here, or write "
                f"`above_ceiling: false` on `{above}` if you do answer for it",
            )
