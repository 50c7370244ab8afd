"""Whether what matters is measured, and whether its KPIs can be read and their targets be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks.check_context import CheckContext
from toc.checks.ratings import misfitting_kpi, redesigned_activity, unrated_activity
from toc.checks.rules import ADVICE, ERROR, WARNING, Fault, Grades, Rule, rule
from toc.language.numbers import number
from toc.language.text import listed
from toc.language.vocabulary import in_sentence
from toc.model.nodes import Kpi, Node
from toc.model.values import Milestone

A_HANDFUL: Final = 5
# What a KPI should say, and how to write it.
PARTS: Final = {
    "unit": "`unit:`",
    "baseline": "`baseline: {value: …, date: …}`",
    "target": "`target: {value: …, by: …}`",
    "target date": "`target: {value: …, by: …}`",
    "source of data": "`source:`",
    "owner": "`owner:`",
}
# How much better the first value is than the second, by the direction that is good; `keep` has none.
SIGNS: Final = {"up": 1, "down": -1}


@rule("TOC121", "unmeasured-pillar", "measurement", Grades(ADVICE, ADVICE, WARNING))
def unmeasured_pillar(context: CheckContext) -> Iterable[Fault]:
    return _unmeasured(context, context.theory.pillars.values())


@rule("TOC122", "unmeasured-outcome", "measurement", Grades(None, ADVICE, WARNING))
def unmeasured_outcome(context: CheckContext) -> Iterable[Fault]:
    return _unmeasured(context, context.theory.outcomes.values())


def _unmeasured(context: CheckContext, nodes: Iterable[Node]) -> Iterator[Fault]:
    measured, kpi = context.theory.measured_by, context.word("kpi")
    for node in nodes:
        if not node.above_ceiling and node.id not in measured:
            yield Fault(
                (node.id,),
                context.path(node.id),
                f"{context.called(node.id)} has no {kpi}: nobody can see whether it comes about",
                f"add one under `kpis` with `measures: {node.id}`, or add `{node.id}` to the `measures` of one you have",
            )


@rule("TOC123", "too-many-kpis", "measurement", Grades(None, ADVICE, WARNING))
def too_many_kpis(context: CheckContext) -> Iterable[Fault]:
    for node in (*context.theory.pillars.values(), *context.theory.outcomes.values()):
        kpis = context.theory.measured_by.get(node.id, ())
        if len(kpis) > A_HANDFUL and not node.above_ceiling:
            yield Fault(
                (node.id, *kpis),
                context.path(node.id),
                f"{context.called(node.id)} has {len(kpis)} {context.word('kpi', plural=True)}, more than a handful",
                f"keep the {A_HANDFUL} or fewer on which you would act, and delete the rest",
            )


@rule("TOC124", "incomplete-kpi", "measurement", Grades(None, ADVICE, WARNING))
def incomplete_kpi(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        missing = _missing(context, kpi)
        if missing:
            keys = list(dict.fromkeys(PARTS[part] for part in missing))  # that of the target holds its date
            yield Fault(
                (kpi.id, *kpi.measures),
                context.path(kpi.id),
                f"{context.called(kpi.id)} has {listed([f'no {part}' for part in missing], most=6)}",
                f"write {listed(keys, most=6)}",
            )


def _missing(context: CheckContext, kpi: Kpi) -> list[str]:
    nodes = context.theory.nodes
    answered_for = not kpi.above_ceiling and not any(nodes[id].above_ceiling for id in kpi.measures)
    found = {
        "unit": kpi.unit,
        "baseline": kpi.baseline,
        "target": kpi.target or not answered_for,
        "target date": kpi.target.by if kpi.target else not answered_for,
        "source of data": kpi.source,
        "owner": kpi.owner,
    }
    return [part for part, value in found.items() if not value]


@rule("TOC125", "target-without-progress", "measurement", Grades(ERROR, ERROR, ERROR))
def target_without_progress(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        wrong = _without_progress(kpi)
        if wrong is not None and kpi.baseline is not None:
            baseline = number(kpi.baseline.value)
            better = "above" if kpi.direction == "up" else "below"
            amiss = f"is not {better}" if wrong.value != kpi.baseline.value else "only equals"
            yield Fault(
                (kpi.id, *kpi.measures),
                context.path(kpi.id, "target"),
                f"{context.called(kpi.id)} should go {kpi.direction}, but its target {number(wrong.value)} "
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
def target_before_baseline(context: CheckContext) -> Iterable[Fault]:
    for kpi in context.theory.kpis.values():
        start = kpi.baseline.date if kpi.baseline else None
        due = min((milestone.by for milestone in kpi.target or () if milestone.by), default=None)
        if start and due and due < start:
            yield Fault(
                (kpi.id, *kpi.measures),
                context.path(kpi.id, "target"),
                f"{context.called(kpi.id)} has a target for {due}, before its baseline of {start}",
                "correct `by:` in its `target:`, or `date:` in its `baseline:`",
            )


@rule("TOC127", "target-above-ceiling", "measurement", Grades(ADVICE, WARNING, WARNING))
def target_above_ceiling(context: CheckContext) -> Iterable[Fault]:
    nodes = context.theory.nodes
    for kpi in context.theory.kpis.values():
        above = next((id for id in kpi.measures if nodes[id].above_ceiling), None)
        if above is not None and kpi.target is not None and not kpi.above_ceiling:
            yield Fault(
                (kpi.id, *kpi.measures),
                context.path(kpi.id, "target"),
                f"{context.called(kpi.id)} sets a target of {number(kpi.target.value)} for {context.called(above)}, "
                f"which stands above the {in_sentence(context.theory, 'ceiling')}",
                "set the target on what you answer for and delete it here, or write "
                f"`above_ceiling: false` on `{above}` if you do answer for it",
            )


RULES: Final[tuple[Rule, ...]] = (
    unmeasured_pillar,
    unmeasured_outcome,
    too_many_kpis,
    incomplete_kpi,
    target_without_progress,
    target_before_baseline,
    target_above_ceiling,
    unrated_activity,
    redesigned_activity,
    misfitting_kpi,
)
