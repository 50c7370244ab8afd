"""Whether what matters is measured, and whether its KPIs can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.checks.check_context import Look
from toc.checks.ratings import misfitting_kpi, redesigned_activity, unrated_activity
from toc.checks.rules import ADVICE, WARNING, Fault, Grades, Rule, rule
from toc.checks.targets import target_above_ceiling, target_before_baseline, target_without_progress
from toc.language.text import listed
from toc.model.nodes import Kpi, Node

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


@rule("TOC121", "unmeasured-pillar", "measurement", Grades(None, ADVICE, WARNING))
def unmeasured_pillar(look: Look) -> Iterable[Fault]:
    return _unmeasured(look, look.theory.pillars.values())


@rule("TOC122", "unmeasured-outcome", "measurement", Grades(None, ADVICE, WARNING))
def unmeasured_outcome(look: Look) -> Iterable[Fault]:
    return _unmeasured(look, look.theory.outcomes.values())


def _unmeasured(look: Look, nodes: Iterable[Node]) -> Iterator[Fault]:
    measured, kpi = look.theory.measured_by, look.word("kpi")
    for node in nodes:
        if not node.above_ceiling and node.id not in measured:
            yield Fault(
                (node.id,),
                look.path(node.id),
                f"{look.called(node.id)} has no {kpi}: nobody can see whether it comes about",
                f"add one under `kpis` with `measures: {node.id}`, or add `{node.id}` to the `measures` of one you have",
            )


@rule("TOC123", "too-many-kpis", "measurement", Grades(None, ADVICE, WARNING))
def too_many_kpis(look: Look) -> Iterable[Fault]:
    for node in (*look.theory.pillars.values(), *look.theory.outcomes.values()):
        kpis = look.theory.measured_by.get(node.id, ())
        if len(kpis) > A_HANDFUL and not node.above_ceiling:
            yield Fault(
                (node.id, *kpis),
                look.path(node.id),
                f"{look.called(node.id)} has {len(kpis)} {look.word('kpi', plural=True)}, more than a handful",
                f"keep the {A_HANDFUL} or fewer on which you would act, and delete the rest",
            )


@rule("TOC124", "incomplete-kpi", "measurement", Grades(None, ADVICE, WARNING))
def incomplete_kpi(look: Look) -> Iterable[Fault]:
    for kpi in look.theory.kpis.values():
        missing = _missing(look, kpi)
        if missing:
            keys = list(dict.fromkeys(PARTS[part] for part in missing))  # that of the target holds its date
            yield Fault(
                (kpi.id, *kpi.measures),
                look.path(kpi.id),
                f"{look.called(kpi.id)} has {listed([f'no {part}' for part in missing], most=6)}",
                f"write {listed(keys, most=6)}",
            )


def _missing(look: Look, kpi: Kpi) -> list[str]:
    nodes = look.theory.nodes
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
