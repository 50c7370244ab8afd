"""What a report is made from: the theory on a day, for somebody, and all that is known of it by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar

from toc.analysis import Exposure, exposed
from toc.checks import findings_of
from toc.checks.findings import Findings
from toc.guidance.page import claims_of
from toc.guidance.plan_rows import Planned, PlanRow, plan_rows, planned_from
from toc.guidance.plan_summary import PlanSummary, plan_summary
from toc.language.text import listed, one_line
from toc.language.vocabulary import Wording, wording
from toc.model import Theory
from toc.model.types import Profile
from toc.monitoring import Progress
from toc.pages.blocks import Note

T = TypeVar("T")
SECTIONS: Final = (
    *(
        "cover",
        "summary",
        "drawing",
        "narrative",
        "measuring",
        "plan",
        "progress",
        "unknown",
        "partners",
        "partnership",
        "logframe",
    ),
)
"""Every part that a report can have, in its order."""
MOST_TITLES: Final = 4


@dataclass(frozen=True)
class Audience:
    """For whom a report is: its parts, what is asked of the theory, and whether what is meant for the office is told."""

    named: str
    sections: tuple[str, ...]
    profile: Profile = "plan"
    is_outside: bool = True
    has_deck: bool = False
    has_whole_plan: bool = False
    has_whole_partnership: bool = True


AUDIENCES: Final[Mapping[str, Audience]] = MappingProxyType(
    {
        "governors": Audience("governors", ("summary", "drawing"), has_deck=True),
        "trustees": Audience("trustees", SECTIONS[:-1]),
        "funder": Audience("our funder", SECTIONS, profile="funder", has_whole_plan=True, has_whole_partnership=False),
        "team": Audience("the team", SECTIONS[:-1], is_outside=False, has_whole_plan=True),
    }
)


@dataclass(frozen=True)
class Basis:
    """A theory on a day for an audience; what is known of it is found when it is first asked for."""

    theory: Theory
    today: date
    audience: Audience
    view: str

    @cached_property
    def say(self) -> Wording:
        """The organisation's words."""
        return wording(self.theory)

    @cached_property
    def progress(self) -> Progress:
        """How the KPIs stand."""
        return Progress(self.theory, self.today)

    @cached_property
    def exposure(self) -> Exposure:
        """What the theory hangs on."""
        return exposed(self.theory)

    @cached_property
    def findings(self) -> Findings:
        """What the checks find, by what the audience asks."""
        profile = self.audience.profile
        return Findings(self.theory, findings_of(self.theory, today=self.today, profile=profile), profile)

    @cached_property
    def planned(self) -> Planned:
        """The advice for each activity."""
        return planned_from(self.theory)

    @cached_property
    def rows(self) -> tuple[PlanRow, ...]:
        """What is measured, and what is missing."""
        return plan_rows(self.planned)

    @cached_property
    def summary(self) -> PlanSummary:
        """The plan in numbers."""
        return plan_summary(self.planned, self.rows)

    @cached_property
    def claims(self) -> Mapping[str, str]:
        """What not to claim of each activity before all else."""
        found = ((id, claims_of(one, self.planned.book)) for id, one in self.planned.guidance.items())
        return {id: claims[0] for id, claims in found if claims}

    @cached_property
    def activities(self) -> Mapping[str, tuple[str, ...]]:
        """The activities that each KPI is about."""
        return {row.kpi: row.activities for row in self.rows if row.kpi is not None}

    def by_pillar(self, rows: Iterable[T], pillar: Callable[[T], str | None]) -> list[T]:
        """Rows in the order of the pillars in which they stand; what stands in none comes last."""
        places = {id: place for place, id in enumerate(self.theory.pillars)}
        return sorted(rows, key=lambda row: places.get(pillar(row) or "", len(places)))

    def not_claimed(self, kpis: Iterable[str]) -> Iterator[Note]:
        """What must not be read into a table of some KPIs: of each of their activities the first thing."""
        yield from self.claims_about(id for kpi in kpis for id in self.activities[kpi])

    def claims_about(self, activities: Iterable[str]) -> Iterator[Note]:
        """The first thing not to claim of some activities, each sentence once, to stand right under a table."""
        about: dict[str, list[str]] = {}
        for id in dict.fromkeys(activities):
            if id in self.claims:
                about.setdefault(self.claims[id], []).append(f"“{one_line(self.theory.activities[id].title)}”")
        yield from (Note(f"{listed(titles, most=MOST_TITLES)}: {claim}") for claim, titles in about.items())
