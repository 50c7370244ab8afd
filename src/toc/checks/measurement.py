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
    """A pillar that no KPI measures.

    What: A pillar below the accountability ceiling that stands in the `measures` of no KPI.

    Why: A pillar is what the partnership answers for. Without a KPI nobody can say whether it is coming about, and
    the first to notice will be a trustee or a funder.

    Mend: Add a KPI that measures it, or let a KPI of one of its outcomes measure the pillar too: `measures` takes
    several ids. If you do not answer for it, write `above_ceiling: true`.

    Source: J. Smith, “Building local partnerships between schools”, SecEd, where every objective has its outcome and
    its KPIs; D. Roberts and N. Khattri, Designing a Results Framework for Achieving Results: A How-To Guide, World
    Bank, 2012 (in Korean by KOICA, 2018).

    Fails:
        pillars: {literacy: Pupils read at the level of their age}
    Passes:
        pillars: {literacy: Pupils read at the level of their age}
        kpis:
          at-age: {title: Pupils who read at the level of their age, measures: literacy}
    """
    return _unmeasured(look, look.theory.pillars.values())


@rule("TOC122", "unmeasured-outcome", "measurement", Grades(None, ADVICE, WARNING))
def unmeasured_outcome(look: Look) -> Iterable[Fault]:
    """An outcome that no KPI measures.

    What: An outcome below the accountability ceiling that stands in the `measures` of no KPI.

    Why: The outcomes are the steps on which everything above them rests. A step nobody looks at is the one that
    breaks unnoticed.

    Mend: Add a KPI that measures it; one that is cheap and honest will do. If you do not answer for the outcome,
    write `above_ceiling: true`; if it is not worth measuring, ask whether it needs a box of its own.

    Source: J. Smith, “Building local partnerships between schools”, SecEd, where every objective has its outcome and
    its KPIs; D. Roberts and N. Khattri, Designing a Results Framework for Achieving Results: A How-To Guide, World
    Bank, 2012 (in Korean by KOICA, 2018).

    Fails:
        outcomes: {readers: Young readers catch up with their age}
    Passes:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          reading-age: {title: Reading-age gain over the school year, measures: readers}
    """
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
    """A pillar or an outcome with more KPIs than anybody will look at.

    What: A pillar or an outcome below the accountability ceiling with more than five KPIs.

    Why: Each KPI costs somebody's time every term or year. With more than a handful, some are collected and never
    read, and the one that matters is lost among the others.

    Mend: Keep those on which you would act; delete the rest, or let them measure the activity they belong to.

    Source: M. K. Gugerty and D. Karlan, The Goldilocks Challenge, Oxford University Press, 2018: collect only what you
    will act on. That five is the limit is this library's own (an extension).

    Fails:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          age: {title: Reading age, measures: readers}
          loans: {title: Library loans, measures: readers}
          grades: {title: Grades in English, measures: readers}
          speed: {title: Words read in a minute, measures: readers}
          pleasure: {title: Pupils who enjoy reading, measures: readers}
          talk: {title: Pupils who talk about books, measures: readers}
    Passes:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          age: {title: Reading age, measures: readers}
          loans: {title: Library loans, measures: readers}
    """
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
    """A KPI that does not say all that is needed to read it.

    What: A KPI without a unit, a baseline, a target, the date of its target, the source of its data or an owner. One
    finding names everything that is missing. A KPI of anything above the accountability ceiling needs no target: with
    one, TOC127 would object to it.

    Why: A figure without its unit cannot be read, without its baseline it shows no change, without a target and a date
    it cannot be missed, and without a source and an owner nobody collects it.

    Mend: Write the missing keys. Where there is no baseline yet, say so in the description and set a date on which
    somebody measures it.

    Source: DFID (now FCDO), Guidance on Using the Revised Logical Framework, How to Note, 2011: indicator, baseline,
    milestones, target and source; IATI Standard, the elements of `result/indicator`: measure, baseline, period and
    target. The owner is this library's own (an extension).

    Fails:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          reading-age: {title: Reading-age gain over the school year, measures: readers, unit: months}
    Passes:
        outcomes: {readers: Young readers catch up with their age}
        kpis:
          reading-age:
            title: Reading-age gain over the school year
            measures: readers
            unit: months
            baseline: 8
            target: {value: 14, by: 2028-07-31}
            source: The reading test that the schools already use
            owner: Reading lead
    """
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
