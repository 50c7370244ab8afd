"""From rows and lanes to points: how wide each lane and how high each row is, and so where everything stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from toc.diagram.boxes import BOX_WIDTH, height_of
from toc.diagram.grid import Cell, Grid
from toc.diagram.routing import Tracks, Trunk, Wanted, Way, tracks, ways
from toc.diagram.values import Line, Point

MARGIN: Final = 18.0
CAPTIONS: Final = 76.0  # the room on the left for the names of the rows
TRACK: Final = 6.0  # between two lines side by side
OUTER: Final = 12.0
GUTTER: Final = 10.0
CHANNEL: Final = 18.0  # room for an arrow head and a little line
QUIET: Final = 12.0  # between rows that no arrow passes between
CEILING: Final = 44.0
CEILING_DROP: Final = 16.0  # from the foot of the goals to the line
PANEL_FOOT: Final = 10.0

Say = Callable[[str, float], tuple[Line, ...]]


class Layout(NamedTuple):
    """All places in points. `lefts` and `tops` hold one entry more than there are lanes and rows."""

    grid: Grid
    found: tuple[Way, ...]
    tracks: Tracks
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    heights: Mapping[str, float]
    lowest: Mapping[int, float]  # the height of the lowest box of each row
    texts: Mapping[str, tuple[Line, ...]]

    @property
    def width(self) -> float:
        """From the left edge to the right margin."""
        return self.lefts[-1] + MARGIN

    @property
    def foot(self) -> float:
        """Where the last row ends."""
        return self.tops[-1]

    def box(self, id: str) -> tuple[float, float, float, float]:
        """x, y, width and height of a box."""
        cell = self.grid.cells[id]
        left = self.lefts[cell.first]
        return left, self.tops[cell.row], self.lefts[cell.last + 1] - left, self.heights[id]


def laid_out(grid: Grid, wanted: Sequence[Wanted], say: Say, top: float, least: Mapping[int, float]) -> Layout:
    """Places for the boxes of a grid and the arrows between them.

    `say` gives the lines of a box of some width, `least` the least height of a row.
    """
    found = tuple(ways(grid, wanted))
    taken = tracks(grid, wanted, found)
    lefts = tuple(accumulate(_lane_widths(grid, taken), initial=MARGIN + CAPTIONS))
    texts = {id: say(id, lefts[cell.last + 1] - lefts[cell.first]) for id, cell in grid.cells.items()}
    heights = {
        id: height_of(_kind(grid, cell), lines)
        for (id, cell), lines in zip(grid.cells.items(), texts.values(), strict=True)
    }
    _level_bars(grid, heights)
    rows = [least.get(row, 0.0) for row in range(grid.rows)]
    for id, cell in grid.cells.items():
        rows[cell.row] = max(rows[cell.row], heights[id])
    tops = _tops(grid, taken, rows, top)
    lowest: dict[int, float] = {}
    for id, cell in grid.cells.items():
        lowest[cell.row] = min(lowest.get(cell.row, heights[id]), heights[id])
    return Layout(grid, found, taken, lefts, tops, heights, lowest, texts)


def _kind(grid: Grid, cell: Cell) -> str:
    """The kind of the boxes in a row."""
    return max(grid.starts, key=lambda kind: grid.starts[kind] if grid.starts[kind] <= cell.row else -1)


def _level_bars(grid: Grid, heights: dict[str, float]) -> None:
    """Goals, and the heads of the columns, are as high as the highest of their row."""
    bars: dict[int, float] = {}
    for id, cell in grid.cells.items():
        if cell.last > cell.first:
            bars[cell.row] = max(bars.get(cell.row, 0), heights[id])
    for id, cell in grid.cells.items():
        if cell.last > cell.first:
            heights[id] = bars[cell.row]


def _lane_widths(grid: Grid, taken: Tracks) -> list[float]:
    """The width of each lane; columns are alike, so that they keep one rhythm."""
    widths = []
    for place in range(grid.pitch):
        if place > 0 and place % 2 == 0:
            widths.append(BOX_WIDTH)
            continue
        lines = max((taken.lane_count.get(lane, 0) for lane in range(place, grid.lanes, grid.pitch)), default=0)
        least = GUTTER if place else OUTER
        widths.append(max(least, (lines + 1) * TRACK))
    widths *= len(grid.columns)
    widths.append(max(0.0, (taken.lane_count.get(grid.lanes - 1, 0)) * TRACK))
    widths[0] = max(0.0, taken.lane_count.get(0, 0) * TRACK)
    return widths


def _tops(grid: Grid, taken: Tracks, rows: Sequence[float], top: float) -> tuple[float, ...]:
    """Where each row begins, and where the last one ends."""
    tops = []
    for row, height in enumerate(rows):
        if row:
            top += channel_height(grid, taken, row)
        tops.append(top)
        top += height
    return (*tops, top)


def channel_height(grid: Grid, taken: Tracks, row: int) -> float:
    """The height of the channel above a row."""
    more = max(0, taken.channel_count.get(row, 0) - 1) * TRACK
    if row not in taken.crossed and row != grid.ceiling:
        return QUIET + more
    height = CHANNEL + more
    return height + CEILING - CHANNEL if row == grid.ceiling else height


def points(layout: Layout, way: Way, trunk: Trunk) -> tuple[Point, ...]:
    """The corners of an arrow, from its lower box to its upper one."""
    xs = [_lane_x(layout, lane, trunk) for lane in way.lanes]
    ys = [_channel_y(layout, channel, trunk) for channel in way.channels]
    corners = [_start(layout, way, trunk, xs[0])]
    if way.side != "top":
        corners.append((xs[0], corners[0][1]))
    for index, y in enumerate(ys):
        if xs[index] != xs[index + 1]:
            corners += [(xs[index], y), (xs[index + 1], y)]
    _, top, _, height = layout.box(way.upper)
    corners.append((xs[-1], top if way.level else top + height))
    return tuple(corners)


def _start(layout: Layout, way: Way, trunk: Trunk, x: float) -> Point:
    left, top, width, _ = layout.box(way.lower)
    if way.side == "top":
        return x, top
    # Lines that leave to the left and to the right from boxes side by side keep apart in the gutter they share: each
    # has a height of its own, a share of the lowest box of the row.
    lines = layout.tracks.lane_count[way.lanes[0]]
    line = layout.tracks.lane_track[way.lanes[0], trunk]
    shift = (line + 1) / (lines + 1) * 0.3
    share = 0.55 + shift if way.side == "right" else 0.45 - shift
    lowest = layout.lowest[layout.grid.cells[way.lower].row]
    return (left + width if way.side == "right" else left), top + lowest * share


def _lane_x(layout: Layout, lane: int, trunk: Trunk) -> float:
    left, right = layout.lefts[lane], layout.lefts[lane + 1]
    count = layout.tracks.lane_count[lane]
    line = layout.tracks.lane_track[lane, trunk]
    if layout.grid.is_slot(lane):
        return left + (right - left) * (line + 1) / (count + 1)
    return (left + right) / 2 + (line - (count - 1) / 2) * TRACK


def _channel_y(layout: Layout, channel: int, trunk: Trunk) -> float:
    count = layout.tracks.channel_count.get(channel, 0)
    line = layout.tracks.channel_track.get((channel, trunk), 0)
    # Measured from the row below, so that the room for arrow heads stays free above.
    return layout.tops[channel] - 6 - (count - 1 - line) * TRACK
