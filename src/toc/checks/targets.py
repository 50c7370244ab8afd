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
    """A target that is no better than where the KPI started.

    What: A KPI that should go up with a target at or below its baseline, or one that should go down with a target at
    or above it. Of several milestones the last counts as the target, and none of the others may be worse than the
    baseline. With `direction: keep` nothing is compared: staying there is the aim.

    Why: The KPI says that things get better and its target says that they do not. One of the two is a slip, and
    whoever reports on it will find out too late.

    Mend: Correct the target or the baseline; if less is better, write `direction: down`; if holding the value is the
    aim, write `direction: keep`.

    Source: D. Roberts and N. Khattri, Designing a Results Framework for Achieving Results: A How-To Guide, World Bank,
    2012 (in Korean by KOICA, 2018), on targets set against a baseline; the comparison is this library's own (an
    extension).

    Fails:
        outcomes: {attenders: Pupils come to school every day}
        kpis:
          absence: {title: Days missed in a term, measures: attenders, baseline: 9, target: 6}
    Passes:
        outcomes: {attenders: Pupils come to school every day}
        kpis:
          absence: {title: Days missed in a term, measures: attenders, direction: down, baseline: 9, target: 6}
    """
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
    """A target that is due before its KPI has started.

    What: A KPI with a target, or a milestone on the way to it, whose date lies before the date of the baseline.

    Why: Change is what happens between the two dates. In this order there is nothing between them, so one of the two
    is a slip.

    Mend: Correct the date of the target or that of the baseline.

    Source: D. Roberts and N. Khattri, Designing a Results Framework for Achieving Results: A How-To Guide, World Bank,
    2012 (in Korean by KOICA, 2018), on baselines and the targets that follow them; the comparison of the dates is this
    library's own (an extension).

    Fails:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          reading-age:
            title: Reading-age gain over the school year
            measures: readers
            baseline: {value: 8, date: 2027-07-10}
            target: {value: 14, by: 2026-07-31}
    Passes:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          reading-age:
            title: Reading-age gain over the school year
            measures: readers
            baseline: {value: 8, date: 2026-07-10}
            target: {value: 14, by: 2027-07-31}
    """
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
    """A target of the partnership's own for what it does not answer for.

    What: A KPI with a target that measures a node above the accountability ceiling. A goal stands above it unless it
    says `above_ceiling: false`. A KPI that says `above_ceiling: true` of itself is somebody else's figure and is left
    alone.

    Why: Above the ceiling the partnership contributes and many others do too. A target there promises what it cannot
    keep, and invites the credit or the blame for what others did.

    Mend: Set the target on an outcome or a pillar below the ceiling, and keep the KPI above it, without its target, to
    watch where things go. If you do answer for that node, write `above_ceiling: false` on it.

    Source: M. J. De Silva and others, “Theory of Change: a theory-driven approach to enhance the Medical Research
    Council's framework for complex interventions”, Trials 15:267, 2014, on the ceiling of accountability.

    Fails:
        kpis:
          national-tests: {title: Pupils at the expected standard in the region, measures: goal, target: 75}
    Passes:
        kpis:
          national-tests: {title: Pupils at the expected standard in the region, measures: goal, baseline: 61}
    """
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
