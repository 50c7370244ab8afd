"""What a chart of points in a grid of cells says, before it has a place on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toc.charts.chart_marks import Kind, used


@dataclass(frozen=True, slots=True)
class Point:
    """An activity on the chart. `note` marks what a footnote says of it."""

    id: str
    title: str
    column: int
    row: int
    kind: str
    note: str = ""

    @property
    def label(self) -> str:
        """The title, with the mark of its footnote."""
        return f"{self.title} {self.note}".rstrip()


@dataclass(frozen=True, slots=True)
class CellHead:
    """A cell of the grid: what is said in it, and the source of that, if there is one."""

    column: int
    row: int
    headline: str
    source: str
    shaded: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything on the chart. Columns and rows count from 0, from low to high; `kinds` stand in the order of the legend."""

    title: str
    across: str
    columns: tuple[str, ...]
    upwards: str
    rows: tuple[str, ...]
    kinds: Mapping[str, Kind]
    cells: tuple[CellHead, ...]
    points: tuple[Point, ...]
    notes: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """The kinds that occur, in the order of the legend."""
        return used(self.kinds, (point.kind for point in self.points))
