"""The progress of KPIs as small multiples: pages as wide as A4, a panel for each KPI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from toc.charts.kpi_chart import painted
from toc.charts.kpi_frame import SMALL, frame
from toc.charts.kpi_panel import panel
from toc.charts.lettering import Lettering, figure_of, need_matplotlib, settled_room
from toc.charts.panel_pages import Framed, Saying, cell_width, figure_of_panels, pages
from toc.errors import OptionError, whole_number
from toc.language.dates import day
from toc.language.numbers import counted
from toc.language.text import one_line
from toc.language.vocabulary import wording
from toc.model.references import named
from toc.model.types import PLURALS
from toc.monitoring import KpiProgress, Progress, Tally
from toc.monitoring.progress_page import ALL_SHOWN, SOME_HIDDEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDEST: Final = 6  # panels side by side


def plot_kpi(progress: Progress, id: str, ax: Axes | None = None) -> Axes:
    """Draw one KPI; see the method of the theory."""
    one = _one(progress, id)
    need_matplotlib()
    if ax is None:
        return _figures(progress, [one], 1, Saying("", "", _notes(progress, [one])))[0].axes[0]
    letters = Lettering(figure_of(ax))
    size, shown = settled_room(ax), panel(progress, one)
    around = frame(shown, letters, size[0], outside=True)
    notes = (line for note in _notes(progress, [one]) for line in letters.lines(note, size[0], SMALL))
    painted(ax, shown, letters, size, replace(around, foot=(*around.foot, *notes)))
    letters.warn()
    return ax


def plot_progress(progress: Progress, ids: Sequence[str] = (), columns: int | None = None) -> Figure | list[Figure]:
    """Draw some KPIs, or all; see the method of the theory."""
    rows = list({one.kpi: one for one in (_one(progress, id) for id in ids)}.values()) if ids else list(progress)
    wide = _columns(len(rows), columns)
    need_matplotlib()
    title = f"Progress on {day(progress.today)}: {one_line(progress.theory.title)}"
    figures = _figures(progress, rows, wide, Saying(title, _opening(progress, rows), _notes(progress, rows)))
    return figures[0] if len(figures) == 1 else figures


def _figures(progress: Progress, rows: Sequence[KpiProgress], columns: int, saying: Saying) -> list[Figure]:
    """The panels of some KPIs on as many pages as they need."""
    from matplotlib.figure import Figure

    letters = Lettering(Figure())  # one for every page: it remembers what it measured
    panels = [panel(progress, one) for one in rows]
    framed = [Framed(one, frame(one, letters, cell_width(columns))) for one in panels]
    figures = [figure_of_panels(page, letters) for page in pages(framed, columns, saying, letters)]
    letters.warn()
    return figures


def _one(progress: Progress, id: str) -> KpiProgress:
    """One KPI by its id or its title."""
    node = named(progress.theory, id)
    if node.id not in progress.theory.kpis:
        raise OptionError(f"{id!r} is no KPI, and only those can be drawn: it is one of the {PLURALS[node.kind]}")
    return progress[node.id]


def _columns(count: int, asked: int | None) -> int:
    """How many panels stand side by side."""
    if asked is None:
        return 1 if count < 2 else 2 if count < 5 else 3 if count < 16 else 4
    wide = whole_number("columns", asked, 1)
    if wide > WIDEST:
        raise OptionError(
            f"columns={wide} are too many: {WIDEST} panels are the most that can be read side by side on A4"
        )
    return max(min(wide, count), 1)


def _opening(progress: Progress, rows: Sequence[KpiProgress]) -> str:
    """How many KPIs stand how; or that there is nothing to draw."""
    say = wording(progress.theory)
    tally = Tally(rows)
    if not rows:
        return f"Nothing to draw: the theory has no {say.many('kpi')} yet."
    drafts = counted(tally.drafts, "draft, not counted", "drafts, not counted") if tally.drafts else ""
    told = f"{say.count(tally.counted, 'kpi')}: {tally.text}" if tally.counted else ""
    return "; ".join(filter(None, (told, drafts)))


def _notes(progress: Progress, rows: Sequence[KpiProgress]) -> tuple[str, ...]:
    """What is said of the figures of few people."""
    parts = [part for one in rows for part in one.parts]
    if progress.small_groups:
        return (ALL_SHOWN,) if parts else ()
    return (SOME_HIDDEN,) if any(part.hidden for part in parts) else ()
