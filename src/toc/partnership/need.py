"""Those in greatest need: which activities are meant for them, whether anybody counts them, whether they come first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toc.analysis.coverage.counts import covered
from toc.guidance.advising import Known
from toc.guidance.reach import onwards, outputs_from_the_end
from toc.language.facts import FEWEST
from toc.language.numbers import number, percent
from toc.model import Theory
from toc.model.kept import kept
from toc.model.mappings import FrozenDict
from toc.model.nodes import Activity, CausalNode, Kpi
from toc.model.values import Reading
from toc.monitoring.small_groups import FEWEST as FEW
from toc.monitoring.small_groups import hidden
from toc.partnership.exchanges import taking_part


def in_need(theory: Theory) -> frozenset[str]:
    """The target groups that are marked as disadvantaged."""
    return frozenset(id for id, group in theory.context.target_groups.items() if group.disadvantaged)


def meant(theory: Theory) -> Mapping[str, tuple[str, ...]]:
    """The activities that aim at groups in need, and at which: their own, and those of the first outcomes they lead to."""
    return kept(theory, _meant)


def _meant(theory: Theory) -> Mapping[str, tuple[str, ...]]:
    groups, found = in_need(theory), {}
    behind: dict[str, frozenset[str]] = {}
    for output in outputs_from_the_end(theory) if groups else ():
        behind[output.id] = _ahead(theory, output, behind)
    for id, activity in theory.activities.items() if groups else ():
        aims = groups & (_ahead(theory, activity, behind) | set(activity.target_group))
        if aims:
            found[id] = tuple(group for group in theory.context.target_groups if group in aims)
    return FrozenDict(found)


def _ahead(theory: Theory, node: CausalNode, behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The target groups of the outcomes to which an activity or output leads, straight or through outputs alone."""
    targets = onwards(node, theory)
    own = (theory.outcomes[target].target_group for target in targets if target in theory.outcomes)
    return frozenset().union(*own, *(behind[target] for target in targets if target in behind))


def uncounted(theory: Theory) -> dict[str, tuple[str, ...]]:
    """Of the activities that are meant for groups in need those that nobody counts them in: no `reach`, no KPI in reach."""
    aimed = meant(theory)
    if not aimed:
        return {}
    kpis = {kpi for row in covered(theory).pillars for kpi in row.followed}
    told = {node for kpi in kpis for node in theory.kpis[kpi].measures}
    reaches = Known.of(theory).reaches
    return {
        id: groups
        for id, groups in aimed.items()
        if theory.activities[id].reach.keys().isdisjoint(groups) and told.isdisjoint(reaches.of(id).nodes)
    }


class Shortfall(NamedTuple):
    """An activity in which those in need are a smaller share than at each of the partners that take part."""

    activity: str
    groups: tuple[str, ...]
    least: float
    partners: tuple[str, ...]


def shortfalls(theory: Theory) -> Iterator[Shortfall]:
    """Where the share of those in need, all their groups together, lies below the least of the partners that say theirs.

    Only of 30 people or more a share is taken. Groups that overlap are counted twice, so that the share is not too small.
    """
    groups = in_need(theory)
    for id in meant(theory):
        activity = theory.activities[id]
        here = tuple(group for group in activity.reach if group in groups)
        people = activity.participation
        if here and isinstance(people, int) and people >= FEWEST:
            shares = dict(_shares(theory, activity))
            least = min(shares.values(), default=0)
            if sum(activity.reach[group] for group in here) / people < least:
                yield Shortfall(id, here, least, tuple(shares))


def _shares(theory: Theory, activity: Activity) -> Iterator[tuple[str, float]]:
    """How many of the people of each partner that takes part are disadvantaged, where it says so; home left out."""
    for id in (one for one in taking_part(activity) if one != theory.partnership.home):
        said = theory.partners[id].disadvantage
        if said is not None:
            yield id, said.share


def reached(activity: Activity) -> dict[str, str]:
    """How many of each target group take part, in words; groups of few, and what would tell of them, are not shown.

    >>> reached(Activity(title="Club", participation=120, reach={"girls": 40, "refugees": 4, "boys": 80}))
    {'girls': 'hidden', 'refugees': 'fewer than 10', 'boys': '80 of 120, 67%'}
    """
    people = activity.participation if isinstance(activity.participation, int) else None
    unseen = _unseen(activity, people)
    return {group: unseen.get(group) or _shown(count, people) for group, count in activity.reach.items()}


def _unseen(activity: Activity, people: int | None) -> dict[str, str]:
    """The groups that are not shown, by the rule for the parts of a reading.

    Each group stands beside the rest of the people. Where so many are in a group that all may be, what is not shown might be
    worked out from the others, so that they are looked at together.
    """
    counts = activity.reach.values()
    left = [] if people is None else [people - count for count in (*counts, sum(counts))]
    if all(count >= FEW for count in counts) and not any(0 < rest < FEW for rest in left):
        return {}
    is_loose = people is not None and sum(counts) + FEW <= people
    day = "2000-01-01"  # one and the same for all
    wheres = [{group if is_loose else "group": group} for group in activity.reach]
    parts = [Reading(date=day, value=count, where=where) for count, where in zip(counts, wheres, strict=True)]
    whole = [] if people is None else [Reading(date=day, value=people)]
    kpi = Kpi(title="People", measures="people", level="participation", readings=[*whole, *parts])
    return {group: str(why) for (_, where), why in hidden(kpi).items() for group in where.values()}


def _shown(count: int, people: int | None) -> str:
    if people is None:
        return number(count)
    share = f", {percent(round(count / people, 2))}" if people >= FEWEST else ""
    return f"{number(count)} of {number(people)}{share}"
