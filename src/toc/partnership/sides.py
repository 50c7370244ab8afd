"""For which partners evidence counts: those whose people it is about, as the target groups say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from toc.model import Theory
from toc.model.nodes import Kpi
from toc.model.values import Link

Whose = str | None
"""A partner; or None, where no target group says whose people it is."""
NOBODY_SAYS: Final[tuple[Whose, ...]] = (None,)


class Sides:
    """Whose people the KPIs and the links of a theory are about.

    A KPI is about its own target groups, else about those of what it measures; what is told on a link, about those of
    what the link leads to.
    """

    def __init__(self, theory: Theory) -> None:
        self._nodes = theory.nodes
        self.home: Final = theory.partnership.home
        self._whose = {id: group.partner for id, group in theory.context.target_groups.items()}

    def of_kpi(self, kpi: Kpi) -> tuple[Whose, ...]:
        """The partners whose people a KPI is about."""
        return self._of(kpi.target_group or (group for id in kpi.measures for group in self._nodes[id].target_group))

    def of_link(self, link: Link) -> tuple[Whose, ...]:
        """The partners whose people are meant by what is told on a link."""
        return self._of(self._nodes[link.target].target_group)

    def _of(self, groups: Iterable[str]) -> tuple[Whose, ...]:
        return tuple(dict.fromkeys(partner for group in groups for partner in self._whose[group])) or NOBODY_SAYS

    def of_partner(self, partner: str) -> tuple[Whose, ...]:
        """What counts for a partner: what is about its people, and for others than home also what says of nobody whose."""
        return (partner,) if partner == self.home else (partner, None)

    def is_inside(self, sides: Collection[Whose]) -> bool:
        """Whether something about these counts for home."""
        return self.home is not None and self.home in sides

    def is_outside(self, sides: Collection[Whose]) -> bool:
        """Whether something about these counts for anybody but home."""
        return any(side is None or side != self.home for side in sides)
