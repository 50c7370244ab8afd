"""Boxes in layers by what leads to what, and the grid that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toc import graph
from toc.diagram.layout.composition import Heading, Plan, assembled
from toc.diagram.layout.grid import Cell, Grid, bars_placed
from toc.diagram.layout.order import ordered, slots_of, stacks
from toc.diagram.layout.placement import CAPTIONS, CHANNEL, GUTTER, SIDE_CHANNEL
from toc.diagram.options import Asked
from toc.diagram.shapes import Box, Diagram
from toc.diagram.type.box_text import BOX_WIDTH, box_of
from toc.draw_options import SIDEWAYS, Direction
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.types import KINDS
from toc.model.values import Link

SLIDE: Final = 16 / 9
MOST_SLOTS: Final = 60
FEET: Final = 120.0  # about what title and legend take
FILLED: Final = 1.25  # how much higher the highest box of a row is than its boxes are on average


class Layer(NamedTuple):
    """Boxes that stand on one level, from the goals down, and what they are. A bar is as wide as the whole drawing."""

    ids: Sequence[str]
    name: str
    is_bar: bool = False


class Layered(NamedTuple):
    """What a view in layers decides. `more` are boxes that are no nodes of the theory, `beside` near what they stand."""

    view: str
    layers: Sequence[Layer]
    links: Sequence[Link]
    direction: Direction
    notes: tuple[str, ...] = ()
    more: Mapping[str, Box] = FrozenDict()
    beside: Mapping[str, Sequence[str]] = FrozenDict()


def layered(theory: Theory, asked: Asked, plan: Layered) -> Diagram:
    """The drawing of layers, each box with the title of its pillar over its own."""
    nodes = {id: theory.nodes[id] for layer in plan.layers for id in layer.ids if id in theory.nodes}
    boxes = {id: box_of(theory, node, BOX_WIDTH, asked, pillar_title(theory, id)) for id, node in nodes.items()}
    boxes.update(plan.more)
    near = links_within(theory, nodes) | dict(plan.beside)
    grid, headings = gridded(theory, plan.layers, boxes, near, sideways=plan.direction in SIDEWAYS)

    def say(id: str, width: float) -> Box:
        return boxes[id] if width == BOX_WIDTH else box_of(theory, nodes[id], width, asked)

    notes = (*plan.notes, *asked.notes)
    return assembled(theory, Plan(plan.view, grid, plan.links, say, headings, notes, plan.direction))


def pillar_title(theory: Theory, id: str) -> str:
    """The title of the pillar in whose column a node stands, where there are several to tell apart."""
    pillar = theory.columns.get(id, id)
    return theory.pillars[pillar].title if pillar != id and len(theory.pillars) > 1 else ""


def causal_layers(theory: Theory, ids: Collection[str]) -> list[list[str]]:
    """The nodes of `ids` from the goals down, each above all that leads to it.

    Goals stand on top, first those above the accountability ceiling, and pillars under them. Activities and what they
    produce stand as low as their causes let them, outcomes and pillars as high as what they lead to lets them: so
    activities start on one level and pillars stand side by side.
    """
    links = links_within(theory, ids)
    levels = _levels(theory, links)
    found: dict[int, list[str]] = {}
    numbers = column_numbers(theory)
    for id in sorted(links, key=lambda id: numbers[theory.columns.get(id)]):
        found.setdefault(levels[id], []).append(id)
    return [found[level] for level in sorted(found, reverse=True)]


def links_within(theory: Theory, ids: Collection[str]) -> dict[str, list[str]]:
    """The links among some nodes, feedback left out."""
    return {id: [t for t in targets if t in ids] for id, targets in theory.forwards.items() if id in ids}


def _levels(theory: Theory, links: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How high each node stands, from 0."""
    least = {id: level for level, ids in enumerate(graph.layers(links)) for id in ids}
    led_to = {target for targets in links.values() for target in targets}
    below = max(
        (level for id, level in least.items() if id not in theory.goals and id not in theory.pillars), default=-1
    )
    pillars = {id: [t for t in links[id] if t in theory.pillars] for id in links if id in theory.pillars}
    top = below + len(graph.layers(pillars)) + 1
    levels = {id: top + goal.above_ceiling for id, goal in theory.goals.items() if id in links}
    for id in reversed(graph.order(links)):
        if id in theory.activities or (id in theory.outputs and id in led_to):
            levels[id] = least[id]
        elif id not in levels:
            highest = top if id in theory.pillars else below + 1
            levels[id] = min((highest, *(levels[target] for target in links[id]))) - 1
    return levels


def column_numbers(theory: Theory) -> dict[str | None, int]:
    """Where each pillar stands among the pillars; what is in none of them comes last."""
    return {pillar: number for number, pillar in enumerate([*theory.pillars, None])}


def kinds_named(theory: Theory, ids: Iterable[str]) -> str:
    """What the boxes of a layer are, in the organisation's words."""
    found = [theory.nodes[id].kind for id in ids]
    names = [word(theory, kind, plural=found.count(kind) > 1) for kind in KINDS if kind in found]
    return ", ".join(names[:1] + [name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in names[1:]])


def gridded(
    theory: Theory, layers: Sequence[Layer], boxes: Mapping[str, Box], near: graph.Graph, *, sideways: bool
) -> tuple[Grid, tuple[Heading, ...]]:
    """The layers in rows and lanes, in the shape that fits a slide best, and a heading for each.

    `boxes` are there to be measured; what is linked in `near`, upper layers from lower ones, comes near to one another.
    """
    rows = ordered([layer.ids for layer in layers], near)
    slots = _best_slots(layers, boxes, sideways=sideways)
    piles = [[] if layer.is_bar else stacks(row, slots) for layer, row in zip(layers, rows, strict=True)]
    places = iter(slots_of([pile for pile in piles if pile], near, slots) if any(piles) else [])
    grid = Grid(("",), slots, 2 * slots + 2, 0, {}, {}, None)
    headings: list[Heading] = []
    row, ceiling = 0, None
    for layer, pile in zip(layers, piles, strict=True):
        first = row
        row = _stacked(grid, pile, next(places), row) if pile else bars_placed(grid, layer.ids, row)
        if sideways and headings and headings[-1].text == layer.name:
            first = headings.pop().first
        headings.append(Heading(layer.name, first, row - 1))
        if any(id in theory.goals and theory.goals[id].above_ceiling for id in layer.ids):
            ceiling = row
    return grid._replace(rows=row, ceiling=ceiling), tuple(headings)


def _stacked(grid: Grid, pile: Sequence[Sequence[str]], slots: Sequence[int], row: int) -> int:
    for slot, stack in zip(slots, pile, strict=True):
        for down, id in enumerate(stack):
            grid.cells[id] = Cell(row + down, 2 + 2 * slot, 2 + 2 * slot, 0)
    return row + max(map(len, pile))


def _best_slots(layers: Sequence[Layer], boxes: Mapping[str, Box], *, sideways: bool) -> int:
    """How many boxes stand side by side in a row where the type comes out largest on a slide."""
    standing = [layer for layer in layers if not layer.is_bar]
    longest = max((len(layer.ids) for layer in standing), default=1)
    return min(
        range(1, min(longest, MOST_SLOTS) + 1), key=lambda slots: _rough_size(layers, boxes, slots, sideways=sideways)
    )


def _rough_size(layers: Sequence[Layer], boxes: Mapping[str, Box], slots: int, *, sideways: bool) -> float:
    """About how large a drawing comes out, before the arrows are routed."""
    heights = [boxes[id].height for layer in layers if not layer.is_bar for id in layer.ids] or [0.0]
    highest = FILLED * sum(heights) / len(heights)
    rows = [1 if layer.is_bar else -(-len(layer.ids) // slots) for layer in layers]
    if sideways:
        return max(sum(rows) * (BOX_WIDTH + CHANNEL + SIDE_CHANNEL) / SLIDE, slots * (highest + GUTTER) + FEET)
    return max((slots * (BOX_WIDTH + 2 * GUTTER) + CAPTIONS) / SLIDE, sum(rows) * (highest + CHANNEL + GUTTER) + FEET)
