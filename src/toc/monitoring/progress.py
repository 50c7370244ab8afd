"""How every KPI of a theory stands on a day, as an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from toc.errors import OptionError, as_given, day_of, yes_or_no
from toc.language.text import listed
from toc.model import Theory
from toc.model.references import named
from toc.monitoring.judging import Terms
from toc.monitoring.kpi_progress import KpiProgress, kpi_progress
from toc.monitoring.progress_page import progress_glance, progress_opening, progress_page
from toc.monitoring.progress_sheets import progress_record, progress_sheets
from toc.monitoring.tally import RollUp, Tally, rolled_up
from toc.pages.answer import Answer, Rows, Sheets
from toc.pages.blocks import Page


class Progress(Rows[KpiProgress], Answer):
    """How the KPIs of a theory stand on a day, in the author's order; `progress["reading-age"]` is one of them.

    `summary` counts them, `of("literacy")` those of one node and of what lies beneath it, `pillars` does so for each pillar.
    Readings of a part of the people set no status; those of few people are not shown unless `small_groups` is true. The
    tables are "kpis", "milestones", "parts" and "pillars".

    >>> import datetime, toc
    >>> progress = toc.example("rgs-newcastle").progress(today=datetime.date(2026, 11, 25))
    >>> progress
    <Progress on 2026-11-25: 4 on track, 2 behind, 5 not known>
    >>> one = progress["first-time"]
    >>> one.status.value, one.latest.value, one.expected, round(one.gap, 3)
    ('behind', 1010.0, 1050.0, 0.133)
    >>> progress["next-step"].why.value
    'not-due'
    """

    __slots__ = ("small_groups", "summary", "theory", "today")

    def __init__(self, theory: Theory, today: date, *, small_groups: bool = False) -> None:
        self.theory = theory
        self.today: date = day_of(today)
        self.small_groups: bool = yes_or_no("small_groups", small_groups)
        terms = Terms(self.today, theory.settings.monitoring.tolerance, theory.created)
        found = {
            id: kpi_progress(theory, kpi, terms, small_groups=self.small_groups) for id, kpi in theory.kpis.items()
        }
        super().__init__(found.values(), found)
        self.summary: Tally = Tally(self)

    def of(self, id: str) -> RollUp:
        """How the KPIs of one node stand, and those of everything with a way to it, by their level.

        Raises:
            TheoryError: there is no node with that id.
            OptionError: it is a KPI, which nothing measures.

        >>> import datetime, toc
        >>> found = toc.example("rgs-newcastle").progress(today=datetime.date(2026, 11, 25)).of("stem")
        >>> found.text, {level: tally.text for level, tally in found.beneath.items()}
        ('not known', {'participation': 'not known', 'engagement': 'on track', 'learning': 'not known', 'attainment': 'on track'})
        """
        node = named(self.theory, id).id
        if node in self.theory.kpis:
            raise OptionError(f"{node} is a KPI itself: progress[{node!r}] says how it stands")
        return rolled_up(self.theory, [node], self._by_id)[node]

    @property
    def pillars(self) -> tuple[RollUp, ...]:
        """What `of` says of each pillar, in the author's order."""
        return tuple(rolled_up(self.theory, self.theory.pillars, self._by_id).values())

    @property
    def opening(self) -> Page:
        """The first lines of the page alone: how many stand how."""
        return progress_opening(self)

    def __repr__(self) -> str:
        return f"<Progress on {self.today}: {self.summary.text}>"

    def _page(self) -> Page:
        return progress_page(self)

    def _glance(self) -> Page:
        return progress_glance(self)

    def _sheets(self) -> Sheets:
        return progress_sheets(self)

    def _record(self) -> dict[str, Any]:
        return progress_record(self)


def progress_given(theory: Theory, given: object) -> Progress | None:
    """The progress that is handed over for a theory, None for False. Raises OptionError for anything else."""
    if given is False or given is None:
        return None
    if not isinstance(given, Progress):
        raise OptionError(
            f"progress={as_given(given)} is none: give what theory.progress() found, or True for that of today"
        )
    if missing := [id for id in theory.kpis if id not in given.theory.kpis]:
        raise OptionError(f"the progress is that of another theory: it knows no KPI {listed(missing, most=6)}")
    return given
