"""From rows and lanes to points: how wide each lane and how high each row is, and so where everything stands.

A layout leads upwards. For a drawing that leads to a side it is turned (`Frame`), so here a box is then as wide as it
will be high: text stays upright.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from toc.diagram.layout.grid import Grid
from toc.diagram.layout.routes import Tracks, Trunk, Wanted, Way, tracks, ways
from toc.diagram.shapes import Area, Box, Point

CAPTIONS: Final = 76.0  # the room on the left for the names of the rows
TRACK: Final = 6.0  # between two lines side by side
CLOSE_TRACK: Final = 4.0  # the same where they enter the side of a box
OUTER: Final = 12.0
GUTTER: Final = 10.0
CHANNEL: Final = 18.0  # room for an arrow head and a little line
QUIET: Final = 12.0  # between rows that no arrow passes between
CEILING: Final = 44.0
CEILING_DROP: Final = 16.0  # from the foot of the goals to the line
SIDE_CEILING: Final = 84.0  # the same two where the line is upright and its name stands over it
SIDE_CEILING_DROP: Final = 42.0
SIDE_CHANNEL: Final = 8.0  # more room between two columns of boxes than between two rows
PANEL_FOOT: Final = 10.0

Say = Callable[[str, float], Box]
Pick = Callable[[float, float], float]


class Layout(NamedTuple):
    """All places in points. `lefts` and `tops` hold one entry more than there are lanes and rows."""

    grid: Grid
    found: tuple[Way, ...]
    tracks: Tracks
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    boxes: Mapping[str, Box]
    sideways: bool
    lowest: Mapping[int, float]  # how far the shortest box of each row reaches along
    rooms: Mapping[int, float]  # how wide the narrowest box of each slot is

    @property
    def width(self) -> float:
        """How wide all lanes are together."""
        return self.lefts[-1]

    @property
    def foot(self) -> float:
        """Where the last row ends."""
        return self.tops[-1]

    @property
    def depth(self) -> float:
        """Where everything ends: the last row, and a ceiling beneath it."""
        return self.foot + (ceiling_height(sideways=self.sideways) if self.grid.ceiling == self.grid.rows else 0.0)

    def box(self, id: str) -> Area:
        """Where a box stands."""
        cell, box = self.grid.cells[id], self.boxes[id]
        left, right, top = self.lefts[cell.first], self.lefts[cell.last + 1], self.tops[cell.row]
        if self.sideways:
            return (left + right - box.height) / 2, top, box.height, box.width
        return left, top, right - left, box.height

    def ceiling(self) -> float | None:
        """Where the ceiling runs, if there is one."""
        row = self.grid.ceiling
        if row is None:
            return None
        drop = SIDE_CEILING_DROP if self.sideways else CEILING_DROP
        if row == self.grid.rows:
            return self.foot + drop
        return self.tops[row] - channel_height(self.grid, self.tracks, row, sideways=self.sideways) + drop


def laid_out(
    grid: Grid, wanted: Sequence[Wanted], say: Say, least: Mapping[int, float], *, sideways: bool = False
) -> Layout:
    """Places for the boxes of a grid and the arrows between them.

    `say` gives the box of an id for some width, `least` the least height of a row.
    """
    found = tuple(ways(grid, wanted))
    taken = tracks(grid, wanted, found)
    rooms: dict[int, float] = {}
    if sideways:
        boxes = _high_enough(grid, taken, {id: say(id, grid.box_width) for id in grid.cells})
        slots = [(cell.first, boxes[id].height) for id, cell in grid.cells.items()]
        lefts = tuple(accumulate(_lane_widths(grid, taken, _by_place(max, slots)), initial=0.0))
        rooms = _by_place(min, slots)
    else:
        lefts = tuple(accumulate(_lane_widths(grid, taken, {}), initial=0.0))
        boxes = {id: say(id, lefts[cell.last + 1] - lefts[cell.first]) for id, cell in grid.cells.items()}
        boxes = _levelled(grid, boxes)
    rows = [(cell.row, boxes[id].width if sideways else boxes[id].height) for id, cell in grid.cells.items()]
    heights = _by_place(max, [*((row, least.get(row, 0.0)) for row in range(grid.rows)), *rows])
    return Layout(
        grid=grid,
        found=found,
        tracks=taken,
        lefts=lefts,
        tops=_tops(grid, taken, [heights[row] for row in range(grid.rows)], sideways=sideways),
        boxes=boxes,
        sideways=sideways,
        lowest=_by_place(min, rows),
        rooms=rooms,
    )


def _by_place(pick: Pick, lengths: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The largest or the least of the lengths at each place."""
    found: dict[int, float] = {}
    for place, length in lengths:
        found[place] = pick(found.get(place, length), length)
    return found


def _levelled(grid: Grid, boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Goals, and the heads of the columns, as high as the highest of their row."""
    wide = {id: cell.row for id, cell in grid.cells.items() if cell.last > cell.first}
    bars = _by_place(max, ((row, boxes[id].height) for id, row in wide.items()))
    return {id: box._replace(height=bars[wide[id]]) if id in wide else box for id, box in boxes.items()}


def _high_enough(grid: Grid, taken: Tracks, boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Boxes with room on their sides for all the lines of their slot."""
    return {
        id: box._replace(height=max(box.height, (taken.lane_count.get(grid.cells[id].first, 0) + 1) * CLOSE_TRACK))
        for id, box in boxes.items()
    }


def _lane_widths(grid: Grid, taken: Tracks, slots: Mapping[int, float]) -> list[float]:
    """The width of each lane; columns are alike, so that they keep one rhythm."""
    widths = []
    for place in range(grid.pitch):
        if place > 0 and place % 2 == 0:
            widths.append(slots.get(place, 0.0) if slots else grid.box_width)
            continue
        lines = max((taken.lane_count.get(lane, 0) for lane in range(place, grid.lanes, grid.pitch)), default=0)
        least = GUTTER if place else OUTER
        widths.append(max(least, (lines + 1) * TRACK))
    widths *= len(grid.columns)
    widths.append(max(0.0, (taken.lane_count.get(grid.lanes - 1, 0)) * TRACK))
    widths[0] = max(0.0, taken.lane_count.get(0, 0) * TRACK)
    return widths


def _tops(grid: Grid, taken: Tracks, rows: Sequence[float], *, sideways: bool) -> tuple[float, ...]:
    """Where each row begins, and where the last one ends."""
    tops = []
    top = max(0, taken.channel_count.get(0, 0) - 1) * TRACK  # lines between boxes of the first row run over it
    for row, height in enumerate(rows):
        if row:
            top += channel_height(grid, taken, row, sideways=sideways)
        tops.append(top)
        top += height
    return (*tops, top)


def channel_height(grid: Grid, taken: Tracks, row: int, *, sideways: bool = False) -> float:
    """The height of the channel above a row."""
    more = max(0, taken.channel_count.get(row, 0) - 1) * TRACK
    if row == grid.ceiling:
        return ceiling_height(sideways=sideways) + more
    if row not in taken.crossed:
        return QUIET + more
    return CHANNEL + more + (SIDE_CHANNEL if sideways else 0.0)


def ceiling_height(*, sideways: bool) -> float:
    """The room between the goals and what stands under their ceiling."""
    return SIDE_CEILING if sideways else CEILING


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
        room = layout.rooms.get(lane, right - left)
        return (left + right - room) / 2 + room * (line + 1) / (count + 1)
    return (left + right) / 2 + (line - (count - 1) / 2) * TRACK


def _channel_y(layout: Layout, channel: int, trunk: Trunk) -> float:
    count = layout.tracks.channel_count.get(channel, 0)
    line = layout.tracks.channel_track.get((channel, trunk), 0)
    # Measured from the row below, so that the room for arrow heads stays free above.
    return layout.tops[channel] - 6 - (count - 1 - line) * TRACK
