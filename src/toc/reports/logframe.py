"""The theory as a logframe: results by level with their indicators, means of verification and assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast, get_args

from toc.errors import day_of, one_of, yes_or_no
from toc.model import Theory
from toc.monitoring import Progress
from toc.pages.answer import Answer, Sheets
from toc.pages.blocks import Page
from toc.reports.indicators import Indicator, indicator
from toc.reports.logframe_losses import losses
from toc.reports.logframe_pages import logframe_page
from toc.reports.logframe_sheets import logframe_record, logframe_sheets
from toc.reports.logframe_workbook import to_xlsx
from toc.reports.result_levels import CLASSIC_NAMES, NAMES, Level, Result, Style, results

STYLES: Final[tuple[Style, ...]] = get_args(Style)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a logframe: a result, one of its indicators if it has any, and whether what was planned or achieved is told."""

    result: Result
    indicator: Indicator | None
    kind: Literal["planned", "achieved", "see", "none"]
    is_first: bool

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for this result to lead on, beside its first row alone."""
        return self.result.assumptions if self.is_first else ()


class Logframe(Answer):
    """A theory in the rows and columns that funders ask for, in one of three styles.

    "classic" has four columns; "milestones" a block for each result, with what was planned and what was achieved;
    "results" one row for each indicator. `losses` says what the form leaves out or leaves empty.

    >>> import datetime, toc
    >>> frame = toc.example("small-charity").logframe("classic", today=datetime.date(2026, 12, 1))
    >>> frame
    <Logframe classic: 7 results, 1 indicator>
    >>> frame.to_csv().splitlines()[1]
    'Goal,,No older neighbour is lonely in winter,none yet,,'
    """

    __slots__ = ("lines", "progress", "results", "style", "theory", "today")

    def __init__(self, theory: Theory, style: Style, today: date, *, small_groups: bool = False) -> None:
        self.theory = theory
        self.style: Style = cast("Style", one_of("style", style, STYLES))
        self.today: date = day_of(today)
        self.progress = Progress(theory, self.today, small_groups=yes_or_no("small_groups", small_groups))
        self.results: tuple[Result, ...] = results(theory)
        self.lines: tuple[Line, ...] = tuple(self._lines())

    @property
    def names(self) -> Mapping[Level, str]:
        """What the style calls the levels."""
        return CLASSIC_NAMES if self.style == "classic" else NAMES

    @property
    def milestones(self) -> int:
        """How many milestones the KPI with most of them has before its target."""
        return max((len(line.indicator.milestones) for line in self.lines if line.indicator), default=0)

    @property
    def losses(self) -> tuple[str, ...]:
        """What stands in the theory and not in this form, and which columns of the form are empty, in sentences.

        >>> import datetime, toc
        >>> frame = toc.example("rgs-newcastle").logframe(today=datetime.date(2026, 11, 25))
        >>> frame.losses[0]
        'The columns for impact weighting, risk rating and inputs are empty: a theory does not hold them.'
        """
        return tuple(losses(self))

    def to_xlsx(self) -> bytes:
        """The logframe as an Excel workbook that prints on A4 on its side; every text is text, and no cell is merged.

        Raises:
            MissingExtraError: xlsxwriter is not installed.

        >>> import toc
        >>> toc.example("small-charity").logframe("results").to_xlsx()[:2]
        b'PK'
        """
        return to_xlsx(self)

    def __repr__(self) -> str:
        told = sum(line.kind == "planned" for line in self.lines)
        ending = "" if told == 1 else "s"
        return f"<Logframe {self.style}: {len(self.results)} results, {told} indicator{ending}>"

    def _lines(self) -> Iterator[Line]:
        """The rows, result by result; a KPI is told in full under the first node that it measures."""
        homes = {one.node.id: one for one in self.results}
        has_achieved = self.style == "milestones"
        for result in self.results:
            kinds: list[tuple[Indicator | None, Any]] = []
            for id in self.theory.measured_by.get(result.node.id, ()):
                kpi = self.theory.kpis[id]
                home = homes[kpi.measures[0]]
                see = None if home is result else home.code or self.names[home.level]
                told = indicator(kpi, see, self.today, self.progress[id].parts)
                kinds += [(told, "see")] if see else [(told, "planned"), (told, "achieved")][: 1 + has_achieved]
            for place, (told_of, kind) in enumerate(kinds or [(None, "none")]):
                yield Line(result, told_of, kind, is_first=place == 0)

    def _page(self) -> Page:
        return logframe_page(self)

    def _sheets(self) -> Sheets:
        return logframe_sheets(self)

    def _record(self) -> dict[str, Any]:
        return logframe_record(self)
