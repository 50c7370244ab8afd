"""Where each box stands, in rows and lanes: the abstract half of the layout, before any length is known.

A column is a run of lanes: an outer lane beside its panel, then gutters and slots in turn. Boxes stand in slots; lines
run up and down in outer lanes and gutters, and along the channel above each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toc import graph
from toc.diagram.type.box_text import BOX_WIDTH
from toc.model import Theory
from toc.model.nodes import CausalNode
from toc.model.types import Kind

TIERS: Final[tuple[Kind, ...]] = ("outcome", "output", "activity")
MANY: Final = 12  # more activities than this in one column stand sorted by their first tag


class Cell(NamedTuple):
    """The place of a box: its row from the top, the lanes it covers, and its column."""

    row: int
    first: int
    last: int
    column: int


class Shelf(NamedTuple):
    """Boxes of one kind that stand on the same level: the ids by the number of their column."""

    tier: Kind
    members: Mapping[int, list[str]]

    def rows(self, slots: int) -> int:
        """How many rows they fill with `slots` boxes side by side in each column."""
        return max(-(-len(ids) // slots) for ids in self.members.values())


class Grid(NamedTuple):
    """All places. `starts` holds the first row of each kind of box, from the top."""

    columns: tuple[str, ...]
    slots: int
    pitch: int  # lanes of one column
    rows: int
    cells: dict[str, Cell]
    starts: dict[str, int]
    ceiling: int | None  # the row right under the accountability ceiling
    box_width: float = BOX_WIDTH  # of the boxes in the slots, in points

    @property
    def lanes(self) -> int:
        """Lanes of the whole drawing, the last outer one included."""
        return len(self.columns) * self.pitch + 1

    def is_slot(self, lane: int) -> bool:
        """Whether boxes stand in a lane."""
        place = lane % self.pitch
        return place > 0 and place % 2 == 0


def columns_of(theory: Theory) -> dict[str, list[str]]:
    """The nodes below the pillars by column, in the author's order; what reaches no pillar stands in a last one."""
    columns: dict[str, list[str]] = {pillar: [] for pillar in theory.pillars}
    rest: list[str] = []
    for kind in TIERS:
        for id in theory.of_kind(kind):
            columns.get(theory.columns.get(id, ""), rest).append(id)
    if rest or not columns:
        columns[""] = rest
    return columns


def shelves(theory: Theory, columns: Mapping[str, Sequence[str]]) -> list[Shelf]:
    """The boxes below the pillars from the top: kind by kind, and those that others of the kind lead to above these."""
    places = {id: index for index, members in enumerate(columns.values()) for id in members}
    found: list[Shelf] = []
    for tier in TIERS:
        levels = levels_among(theory, tier)
        shelf: list[dict[int, list[str]]] = [{} for _ in range(max(levels.values(), default=-1) + 1)]
        for id in theory.of_kind(tier):
            shelf[levels[id]].setdefault(places[id], []).append(id)
        found += (Shelf(tier, members) for members in shelf)
    return found


def placed(theory: Theory, columns: Iterable[str], stock: Sequence[Shelf], slots: int) -> Grid:
    """Every box in a row and lanes, with `slots` boxes side by side in each column."""
    grid = bars(theory, columns, slots)
    row = grid.rows
    for shelf in stock:
        grid.starts.setdefault(shelf.tier, row)
        for index, ids in shelf.members.items():
            for position, id in enumerate(_sorted(grid, theory, shelf.tier, ids)):
                down, across = divmod(position, slots)
                lane = index * grid.pitch + 2 + 2 * across
                grid.cells[id] = Cell(row + down, lane, lane, index)
        row += shelf.rows(slots)
    return grid._replace(rows=row)


def bars(theory: Theory, columns: Iterable[str], slots: int = 1) -> Grid:
    """The goals over the whole width, and the heads of the columns under them."""
    grid = Grid(tuple(columns), slots, 2 * slots + 2, 0, {}, {}, None)
    row, ceiling = _goals_placed(grid, theory)
    if theory.pillars:
        grid.starts["pillar"] = row
        for index, pillar in enumerate(columns):
            if pillar:
                first = index * grid.pitch + 1
                grid.cells[pillar] = Cell(row, first, first + grid.pitch - 2, index)
        row += 1
    return grid._replace(rows=row, ceiling=ceiling)


def _goals_placed(grid: Grid, theory: Theory) -> tuple[int, int | None]:
    """Goals above the ceiling first, then the others, each row over the whole width."""
    above, below = goals_apart(theory)
    grid.starts["goal"] = 0
    row = bars_placed(grid, above, 0)
    return bars_placed(grid, below, row), row if above else None


def goals_apart(theory: Theory) -> tuple[list[str], list[str]]:
    """The goals above the accountability ceiling, and the others."""
    goals = theory.goals.items()
    return [id for id, goal in goals if goal.above_ceiling], [id for id, goal in goals if not goal.above_ceiling]


def bars_placed(grid: Grid, ids: Sequence[str], row: int) -> int:
    """Bars side by side over all columns: whole columns each, or slots where there are more bars than columns."""
    wide = grid.slots if len(ids) <= len(grid.columns) else 1  # slots that are not divided between two bars
    across = len(grid.columns) * grid.slots // wide
    for start in range(0, len(ids), across):
        bars = ids[start : start + across]
        for index, id in enumerate(bars):
            first = index * across // len(bars) * wide
            last = (index + 1) * across // len(bars) * wide - 1
            # To the edges of the panels; between two bars over one column the gutter stays free.
            before, after = first % grid.slots == 0, last % grid.slots == grid.slots - 1
            grid.cells[id] = Cell(row, _slot_lane(grid, first) - before, _slot_lane(grid, last) + after, 0)
        row += 1
    return row


def _slot_lane(grid: Grid, slot: int) -> int:
    """The lane of a slot, counted over all columns."""
    column, within = divmod(slot, grid.slots)
    return column * grid.pitch + 2 + 2 * within


def levels_among(theory: Theory, kind: Kind) -> dict[str, int]:
    """How many of the same kind each node leads on to, one after the other; the last of a chain has 0."""
    section = theory.of_kind(kind)
    links = {id: [t for t in theory.forwards[id] if t in section] for id in section}
    levels: dict[str, int] = {}
    for id in reversed(graph.order(links)):
        levels[id] = max((levels[target] + 1 for target in links[id]), default=0)
    return levels


def _sorted(grid: Grid, theory: Theory, tier: Kind, ids: list[str]) -> list[str]:
    """Boxes nearest to what they lead to, else in the author's order; many activities by their first tag."""
    if tier == "activity" and len(ids) > MANY:
        tags = dict.fromkeys(theory.activities[id].tags[:1] for id in ids)
        tags.pop((), None)
        place = {tag: number for number, tag in enumerate(tags)}
        return sorted(ids, key=lambda id: place.get(theory.activities[id].tags[:1], len(tags)))
    if grid.slots == 1:
        return ids
    return sorted(ids, key=lambda id: _target_place(grid, theory.of_kind(tier)[id]))


def _target_place(grid: Grid, node: CausalNode) -> float:
    """The lane of the boxes a node leads to, on average."""
    cells = [grid.cells[id] for id in node.leads_to if id in grid.cells]
    return sum((cell.first + cell.last) / 2 for cell in cells) / len(cells) if cells else float(grid.lanes)
