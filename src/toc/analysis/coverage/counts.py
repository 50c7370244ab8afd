"""The KPIs of a theory counted by pillar, level of measurement and target group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toc.analysis.coverage.coverage import LEVELS, RARE, Coverage, Group, GroupRow, PillarRow, Place
from toc.language.text import one_line
from toc.language.vocabulary import wording
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.nodes import Kpi
from toc.model.types import Depth

STEM: Final = "disadvantag"  # "disadvantaged", "disadvantage", "by disadvantage"


def covered(theory: Theory) -> Coverage:
    """What is measured where, in time linear in the size of the theory."""
    groups = theory.context.target_groups
    disadvantaged = tuple(id for id, group in groups.items() if group.disadvantaged)
    levels = _levels(theory)
    rows = tuple(_pillar_rows(theory, levels, _names(theory, disadvantaged), set(disadvantaged)))
    by_group = tuple(_group_rows(theory, levels))
    reached = {row.group for row in by_group if row.kpis}
    depths = {kpi.level for kpi in theory.kpis.values()}
    return Coverage(
        title=theory.title,
        levels=levels,
        pillars=rows,
        groups=by_group,
        disadvantaged=disadvantaged,
        unmeasured_pillars=tuple(row.pillar for row in rows if row.pillar is not None and not row.kpis),
        unmeasured_groups=tuple(id for id in groups if id not in reached),
        unmeasured_levels=() if None in depths else tuple(level for level in levels if level not in depths),
        without_level=tuple(id for id, kpi in theory.kpis.items() if kpi.level is None),
        group_titles=FrozenDict({id: one_line(group.title) for id, group in groups.items()}),
        wording=wording(theory),
    )


def _levels(theory: Theory) -> tuple[Depth, ...]:
    """The levels that have a column: a rare one only where a KPI looks at it."""
    used = {kpi.level for kpi in theory.kpis.values()}
    return tuple(level for level in LEVELS if level not in RARE or level in used)


def _names(theory: Theory, disadvantaged: Iterable[str]) -> set[str]:
    """What a breakdown or a reading may call the disadvantaged: the ids and titles of their groups, small."""
    found = {id.casefold() for id in disadvantaged}
    return found | {one_line(theory.context.target_groups[id].title).casefold() for id in disadvantaged}


def columns_of(theory: Theory, kpi: Kpi) -> Iterator[Place]:
    """The pillars in whose columns a KPI measures something, each once; outside them only one that measures nothing in any."""
    columns = dict.fromkeys(theory.columns.get(id) for id in kpi.measures)
    yield from [column for column in columns if column is not None] or columns


def _pillar_rows(
    theory: Theory, levels: tuple[Depth, ...], names: set[str], disadvantaged: set[str]
) -> Iterator[PillarRow]:
    kpis: dict[Place, list[str]] = {pillar: [] for pillar in theory.pillars}
    for id, kpi in theory.kpis.items():
        for column in columns_of(theory, kpi):
            kpis.setdefault(column, []).append(id)
    outcomes: dict[Place, list[str]] = {}
    for id in theory.outcomes:
        outcomes.setdefault(theory.columns.get(id), []).append(id)
    aimed: dict[Place, list[str]] = {}
    for id, node in theory.nodes.items():
        if not isinstance(node, Kpi) and disadvantaged.intersection(node.target_group):
            aimed.setdefault(theory.columns.get(id), []).append(id)
    followed = {id for id, kpi in theory.kpis.items() if _follows(theory, kpi, names, disadvantaged)}
    for pillar in (*theory.pillars, None):
        own = kpis.get(pillar, [])
        if pillar is None and not own:
            continue
        yield PillarRow(
            pillar,
            *_counted(theory, levels, own),
            outcomes=len(outcomes.get(pillar, ())),
            measured=sum(id in theory.measured_by for id in outcomes.get(pillar, ())),
            aimed=tuple(aimed.get(pillar, ())),
            followed=tuple(id for id in own if id in followed),
        )


def _counted(
    theory: Theory, levels: tuple[Depth, ...], kpis: list[str]
) -> tuple[tuple[int, ...], int, tuple[str, ...]]:
    """How many of some KPIs look at each level, how many have none, and which they are."""
    found = [theory.kpis[id].level for id in kpis]
    return tuple(map(found.count, levels)), found.count(None), tuple(kpis)


def _follows(theory: Theory, kpi: Kpi, names: set[str], disadvantaged: set[str]) -> bool:
    """Whether the figures of a KPI tell of the disadvantaged: by whom it is about, by breakdown or in a reading."""
    if disadvantaged.intersection(kpi.target_group):
        return True
    aims = (theory.nodes[id].target_group for id in kpi.measures if not kpi.target_group)
    if any(groups and disadvantaged.issuperset(groups) for groups in aims):
        return True  # what it measures is meant for nobody else
    parts = [*kpi.breakdowns, *(text for reading in kpi.readings for pair in reading.where.items() for text in pair)]
    return any(name in names or STEM in name for name in (one_line(part).casefold() for part in parts))


def _group_rows(theory: Theory, levels: tuple[Depth, ...]) -> Iterator[GroupRow]:
    """A row for each pillar and each group named there; KPIs that name nobody are about those of what they measure."""
    named: dict[tuple[Place, Group], None] = {}
    for id, node in theory.nodes.items():
        if not isinstance(node, Kpi):
            named |= dict.fromkeys((theory.columns.get(id), group) for group in node.target_group)
    kpis: dict[tuple[Place, Group], dict[str, None]] = {}
    for id, kpi in theory.kpis.items():
        for column, group in _about(theory, kpi):
            kpis.setdefault((column, group), {})[id] = None
    pillars = {pillar: place for place, pillar in enumerate((*theory.pillars, None))}
    groups = {group: place for place, group in enumerate((*theory.context.target_groups, None))}
    seen = {**kpis, **{key: {} for key in named if key not in kpis and key[0] is not None}}
    for pillar, group in sorted(seen, key=lambda key: (pillars[key[0]], groups[key[1]])):
        yield GroupRow(pillar, group, (pillar, group) in named, *_counted(theory, levels, list(seen[pillar, group])))


def _about(theory: Theory, kpi: Kpi) -> Iterator[tuple[Place, Group]]:
    """In which pillars, and about whom, a KPI is: its own target groups, else those of what it measures there.

    What names nobody, such as the pillar itself, is measured for those that the rest of what it measures names.
    """
    named: dict[Place, list[str]] = {column: [] for column in columns_of(theory, kpi)}
    for id in kpi.measures:
        named.get(theory.columns.get(id), []).extend(kpi.target_group or theory.nodes[id].target_group)
    everyone = [group for id in kpi.measures for group in theory.nodes[id].target_group]
    for column, groups in named.items():
        yield from ((column, group) for group in dict.fromkeys(groups or everyone or (None,)))
