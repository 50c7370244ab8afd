"""What is measured where: pillars, levels of measurement and target groups, and where the disadvantaged are not named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from toc.analysis.coverage.page import coverage_page, group_title, pillar_title
from toc.language.vocabulary import Wording
from toc.model.mappings import FrozenDict
from toc.model.types import Depth
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet

Place = str | None  # a pillar, or what stands in no pillar's column
Group = str | None  # a target group, or nobody named

LEVELS: Final[tuple[Depth, ...]] = get_args(Depth)
RARE: Final[frozenset[Depth]] = frozenset({"practice"})


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The KPIs of one pillar that are about one target group. `counts` holds their number at each of `LEVELS`.

    `named` tells that a node of the pillar names the group, whether or not a KPI does.
    """

    pillar: Place
    group: Group
    named: bool
    counts: tuple[int, ...]
    unsaid: int
    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarRow:
    """The KPIs of one pillar, each counted once, at each of `LEVELS`; `unsaid` are those without a level.

    `measured` of the `outcomes` in its column have a KPI. `aimed` holds the nodes that name a disadvantaged group,
    `followed` the KPIs whose figures do: by target group, by breakdown or in a reading.
    """

    pillar: Place
    counts: tuple[int, ...]
    unsaid: int
    kpis: tuple[str, ...]
    outcomes: int
    measured: int
    aimed: tuple[str, ...]
    followed: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Coverage(Answer):
    """How many KPIs measure where, how deep and about whom.

    A row for each pillar, and one for what stands in no pillar's column where that has KPIs; in `groups` a row for
    each pillar and each target group that its nodes or KPIs name. `disadvantaged` are the groups marked so. As long as a
    KPI has no level (`without_level`) nobody can tell at which levels nothing is measured: `unmeasured_levels` is empty.
    The tables are "groups" and "pillars".

    >>> import toc
    >>> found = toc.example("rgs-newcastle").coverage()
    >>> found
    <Coverage: 14 KPIs in 4 pillars>
    >>> found.pillars[0].pillar, dict(zip(found.levels, found.pillars[0].counts))["attainment"]
    ('cpd', 3)
    >>> found.unmeasured_groups
    ()
    """

    title: str
    levels: tuple[Depth, ...]
    pillars: tuple[PillarRow, ...]
    groups: tuple[GroupRow, ...]
    disadvantaged: tuple[str, ...]
    unmeasured_pillars: tuple[str, ...]
    unmeasured_groups: tuple[str, ...]
    unmeasured_levels: tuple[Depth, ...]
    without_level: tuple[str, ...]
    group_titles: FrozenDict[str, str]
    wording: Wording = field(repr=False, compare=False)

    def __repr__(self) -> str:
        kpis = {id for row in self.pillars for id in row.kpis}
        pillars = sum(row.pillar is not None for row in self.pillars)
        return f"<Coverage: {self.wording.count(len(kpis), 'kpi')} in {self.wording.count(pillars, 'pillar')}>"

    def _page(self) -> Page:
        return coverage_page(self)

    def _sheets(self) -> Sheets:
        return {"groups": self._groups, "pillars": self._pillars}

    def _record(self) -> dict[str, Any]:
        found = super()._record()
        for row in (*found["pillars"], *found["groups"]):
            row["counts"] = dict(zip(self.levels, row["counts"], strict=True))
        return found

    def _groups(self) -> Sheet[GroupRow]:
        columns: tuple[Column[GroupRow], ...] = (
            Column("pillar", "Pillar", cell=lambda row: pillar_title(self, row.pillar)),
            Column("group", "Target group", cell=lambda row: group_title(self, row.group)),
            Column("named", "", "bool"),
            *self._counts(),
        )
        return Sheet(columns, self.groups)

    def _pillars(self) -> Sheet[PillarRow]:
        columns: tuple[Column[PillarRow], ...] = (
            Column("pillar", "Pillar", cell=lambda row: pillar_title(self, row.pillar)),
            *self._counts(),
            Column("outcomes", "Outcomes", "Int64"),
            Column("measured", "Outcomes with a KPI", "Int64"),
            Column("aimed", "Aimed at the disadvantaged", cell=lambda row: self._titles(row.aimed)),
            Column("followed", "KPIs that tell of the disadvantaged", cell=lambda row: self._titles(row.followed)),
        )
        return Sheet(columns, self.pillars)

    def _counts(self) -> tuple[Column[Any], ...]:
        """A column for each level, for the KPIs without one, and for the KPIs themselves."""
        levels = (Column(level, level.capitalize(), "Int64", _nth(place)) for place, level in enumerate(self.levels))
        return (
            *levels,
            Column("unsaid", "No level", "Int64"),
            Column("kpis", "KPIs", cell=lambda row: self._titles(row.kpis)),
        )

    def _titles(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.wording.titles[id] for id in ids)


def _nth(place: int) -> Callable[[GroupRow | PillarRow], int]:
    return lambda row: row.counts[place]
