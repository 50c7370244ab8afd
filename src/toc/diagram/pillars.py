"""The pillar view: goals across the top, a column for each pillar, activities in a band at the foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from toc.diagram import boxes as box_text
from toc.diagram import grid as grids
from toc.diagram import layout as layouts
from toc.diagram.assembly import Plan, assembled
from toc.diagram.grid import TIERS, Grid
from toc.diagram.values import Diagram, Line
from toc.model import Theory
from toc.model.values import Link

SLIDE: Final = 16 / 9
MOST_SLOTS: Final = 6


def pillar_view(theory: Theory) -> Diagram:
    """The theory as columns of pillars under its goals.

    Each node but a KPI is one box and each KPI one line in each box that it measures. A link into the pillar of the
    column in which its source stands is told by the column; every other link is one arrow.

    >>> import toc
    >>> pillar_view(toc.example("small-charity")).view
    'pillars'
    """
    columns = grids.columns_of(theory)
    texts = {
        id: box_text.lines_of(theory, node, box_text.BOX_WIDTH)
        for kind in TIERS
        for id, node in theory.of_kind(kind).items()
    }
    heights = {id: box_text.height_of("", lines) for id, lines in texts.items()}
    grid = _best_grid(theory, columns, heights)
    links = [link for link in theory.links if not told_by_column(theory, link)]
    return assembled(theory, Plan("pillars", grid, links, partial(_say, theory, texts)))


def _say(theory: Theory, texts: Mapping[str, tuple[Line, ...]], id: str, width: float) -> tuple[Line, ...]:
    return texts[id] if id in texts else box_text.lines_of(theory, theory.nodes[id], width)


def told_by_column(theory: Theory, link: Link) -> bool:
    """Whether a link needs no arrow because its source stands in its target's column."""
    return link.target in theory.pillars and theory.columns.get(link.source) == link.target and not link.feedback


def _best_grid(theory: Theory, columns: Mapping[str, Sequence[str]], heights: Mapping[str, float]) -> Grid:
    """The grid whose type comes out largest when the whole drawing is fitted on a slide."""
    grids_by_slots = []
    longest = max(len(ids) for ids in columns.values())
    for slots in range(1, min(MOST_SLOTS, max(1, longest)) + 1):
        grid = grids.placed(theory, columns, slots)
        wide, high = _rough_size(grid, heights)
        grids_by_slots.append((max(wide / SLIDE, high), slots, grid))
        if wide / SLIDE > high:
            break  # more slots only make it wider
    return min(grids_by_slots, key=lambda choice: choice[:2])[2]


def _rough_size(grid: Grid, heights: Mapping[str, float]) -> tuple[float, float]:
    """About how wide and high a grid comes out, before the arrows are routed."""
    rows: dict[int, float] = {}
    for id, cell in grid.cells.items():
        rows[cell.row] = max(rows.get(cell.row, 0), heights.get(id, 40.0))
    wide = len(grid.columns) * (grid.slots * (box_text.BOX_WIDTH + layouts.GUTTER) + 30) + layouts.CAPTIONS
    high = sum(rows.values()) + len(rows) * (layouts.CHANNEL + 4) + 90
    return wide, high
