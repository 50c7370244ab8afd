"""The pictures of a report: the drawing made for its page, or page by page where one is too small, and the charts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from toc.diagram import drawn
from toc.diagram.deck import deck
from toc.diagram.description import described
from toc.diagram.looks.themes import LIGHT
from toc.diagram.paper import ON_PAPER, POINTS_PER_MM, Page
from toc.diagram.shapes import Diagram
from toc.errors import MissingExtraError, warn
from toc.pages.blocks import Block, Figure, Heading
from toc.render.png import to_png
from toc.render.svg import to_svg
from toc.reports.report_basis import Basis

DPI: Final = 200
ROOM_MM: Final = (273.0, 166.0)  # on A4 on its side, between the margins, less a heading and a caption
ROOM: Final = Page("a4", (ROOM_MM[0] * POINTS_PER_MM, ROOM_MM[1] * POINTS_PER_MM), 0.0, ON_PAPER)


def drawing(basis: Basis) -> Iterator[Block]:
    """The theory as a drawing; as several where one could not be read, or where the audience is shown a deck."""
    options: dict[str, Any] = {"page": ROOM, **({"audience": "outside"} if basis.audience.is_outside else {})}
    if not basis.audience.has_deck:
        diagram = drawn(basis.theory, basis.view, **options)
        if round(diagram.title_size, 1) >= ROOM.least or not basis.theory.pillars:
            yield Heading("The theory as a drawing")
            yield _figure(diagram)
            return
    yield Heading("The theory as drawings")
    pages = deck(basis.theory, options, {})  # type: ignore[arg-type]  # a page by its size
    yield from (_figure(page.diagram) for page in pages if page.table is None)


def _figure(diagram: Diagram) -> Figure:
    """A drawing with all that it says in words, and what makes its still for programs that show no SVG."""
    said = described(diagram)
    return Figure(
        to_svg(diagram, LIGHT, description=said, tooltips=False),
        said,
        caption=diagram.title,
        still=partial(to_png, diagram, LIGHT, dpi=DPI, description=said),
        is_wide=True,
    )


def progress_charts(basis: Basis) -> Iterator[Block]:
    """How the KPIs stand, a small chart for each; without matplotlib the tables alone, which is told."""
    try:
        from toc.charts import plot_progress
        from toc.charts.shown_axes import saved

        drawn = plot_progress(basis.progress)
    except MissingExtraError as error:
        warn(f"the report has no charts, and their figures as tables alone: {error}")
        return
    for figure in drawn if isinstance(drawn, list) else [drawn]:
        yield Figure(
            saved(figure, "svg", metadata={"Date": None}).decode(),
            str(figure.get_label()),
            still=partial(saved, figure, "png", metadata={}, dpi=DPI),
        )
