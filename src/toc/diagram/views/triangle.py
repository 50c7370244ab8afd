"""The planning triangle of NPC: the goal at the apex, what is done at the base, level upon level and no arrows.

Source: NPC, Creating your theory of change (2014): the triangle is for planning an evaluation, so it shows levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from math import fsum
from typing import Final, NamedTuple

from toc.diagram.layout.blueprint import CAPTION_DROP, CAPTIONS
from toc.diagram.layout.ranks import column_numbers, goals_apart, levels_among
from toc.diagram.looks.page import Drawn, paged, titled, under, written
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import MARGIN, Band, Box, Caption, Ceiling, Diagram
from toc.diagram.type.box_text import BOX_WIDTH, box_of
from toc.diagram.views.layers import texts_of
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.types import Kind

KINDS_BELOW: Final[tuple[Kind, ...]] = ("pillar", "outcome", "output", "activity")
CEILING_DROP: Final = 16.0  # from the foot of a band to the line
CEILING_WIDTH: Final = 150.0  # the room for the ceiling's name
GOAL_WIDTHS: Final = (BOX_WIDTH, 200.0, 250.0)
NARROWEST: Final = 134.0  # a box below the goals
WIDEST: Final = 250.0
GAP: Final = 10.0  # between boxes, side by side or above one another
EDGE: Final = 11.0  # from the boxes of a band to its border
STEP: Final = 3.0  # between two bands
SLOPES: Final = (0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5)  # half the width over the height


Fit = Callable[[Box, float], Box]
Say = Callable[[str, float], Box]


class Level(NamedTuple):
    """The boxes of a band before they have their places. `is_above` the ceiling or not."""

    name: str
    boxes: tuple[Box, ...]
    is_above: bool


class Rung(NamedTuple):
    """A band of the triangle, measured from the apex: what it is, where it begins and ends, and its boxes."""

    name: str
    top: float
    foot: float
    boxes: tuple[Box, ...]


class Triangle(NamedTuple):
    """The bands from the apex down. `slope` is half the width over the height; `ceiling` is a line between two bands."""

    slope: float
    rungs: tuple[Rung, ...]
    ceiling: float | None

    @property
    def high(self) -> float:
        """From the apex to the base."""
        return self.rungs[-1].foot


def triangle_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The theory as a triangle: a band for each kind of node that is there, each wider than the one above it.

    Each box names its pillar over its title.
    """
    texts, notes = texts_of(theory, asked, [id for id, node in theory.nodes.items() if node.kind != "kpi"])

    def say(id: str, width: float) -> Box:
        return box_of(theory.nodes[id], texts[id].lines, width, asked)

    levels = [_levels(theory, say, wide) for wide in GOAL_WIDTHS]
    shape = asked.page.width / asked.page.height
    best, slope = min(((one, slope) for one in levels for slope in SLOPES), key=lambda way: _size(_built(*way), shape))
    triangle = _built(best, slope, partial(_widened, theory, say))
    left = MARGIN + _room_beside(triangle)
    right = left + 2 * triangle.slope * triangle.high + MARGIN
    title = titled(theory, right - 2 * MARGIN)
    centre, apex = left + triangle.slope * triangle.high, under(title)
    rules, names = _ceiling(triangle, apex, right, word(theory, "ceiling"))
    drawn = Drawn(
        boxes=_in_reading_order(theory, triangle, centre, apex),
        right=right,
        foot=max([apex + triangle.high, *(rule.y for rule in rules)]),
        captions=(*(_name(triangle, rung, centre, apex) for rung in triangle.rungs), *names),
        ceilings=rules,
        hide=asked.hide,
        bands=tuple(_band(triangle, rung, centre, apex) for rung in triangle.rungs),
    )
    return paged(theory, "triangle", title, drawn, (*notes, *asked.notes))


def _levels(theory: Theory, say: Say, wide: float) -> list[Level]:
    """What stands in each band, from the apex down: goals above the ceiling first, then kind by kind."""
    above, below = goals_apart(theory)
    sections = [("goal", above, True), ("goal", below, False)]
    sections += [(kind, _sorted(theory, kind), False) for kind in KINDS_BELOW]
    return [
        Level(
            word(theory, kind, plural=len(ids) > 1),
            tuple(say(id, wide if kind == "goal" else BOX_WIDTH) for id in ids),
            is_above,
        )
        for kind, ids, is_above in sections
        if ids
    ]


def _sorted(theory: Theory, kind: Kind) -> list[str]:
    """The nodes of a kind: those that others of the kind lead to first, pillar by pillar."""
    levels = levels_among(theory, kind)
    numbers = column_numbers(theory)
    return sorted(theory.of_kind(kind), key=lambda id: (levels[id], numbers[theory.columns.get(id)]))


def _size(triangle: Triangle, shape: float) -> float:
    """How high paper of a shape, width over height, has to be for it."""
    return max(2 * triangle.slope * triangle.high / shape, triangle.high)


def _widened(theory: Theory, say: Say, box: Box, width: float) -> Box:
    """A box with all the room it can have, so that it is less high, or with a little less than it had."""
    return box if box.id in theory.goals else say(box.id, min(max(width, NARROWEST), WIDEST))


def _built(levels: Sequence[Level], slope: float, fit: Fit = lambda box, _: box) -> Triangle:
    """The triangle with sides so steep: as many boxes in each row as there is room for.

    `fit` gives a box the width that it may have in its row.
    """
    rungs: list[Rung] = []
    top, ceiling = 0.0, None
    for level in levels:
        if ceiling is None and rungs and not level.is_above and levels[0].is_above:
            ceiling = rungs[-1].foot + CEILING_DROP
            top = rungs[-1].foot + 2 * CEILING_DROP
        rung = _rung(level, top, slope, fit)
        rungs.append(rung)
        top = rung.foot + STEP
    if ceiling is None and levels[0].is_above:
        ceiling = rungs[-1].foot + CEILING_DROP
    return Triangle(slope, tuple(rungs), ceiling)


def _rung(level: Level, top: float, slope: float, fit: Fit) -> Rung:
    y = top + EDGE
    placed: list[Box] = []
    for boxes in _rows(level.boxes, y, slope):
        room = (2 * (slope * y - EDGE) + GAP) / len(boxes) - GAP
        row = [fit(box, room) for box in boxes]
        wide = fsum(box.width for box in row) + GAP * (len(row) - 1)
        y = max(y, (wide / 2 + EDGE) / slope)
        x = -wide / 2
        for box in row:
            placed.append(box._replace(x=x, y=y))
            x += box.width + GAP
        y += max(box.height for box in row) + GAP
    return Rung(level.name, top, y - GAP + EDGE, tuple(placed))


def _rows(boxes: Sequence[Box], y: float, slope: float) -> Iterator[Sequence[Box]]:
    """The boxes of a band in rows, each filled as much as the others for the room that it has."""
    wide, high = boxes[0].width, max(box.height for box in boxes)
    rooms: list[int] = []
    while sum(rooms) < len(boxes):
        rooms.append(max(1, int((2 * (slope * y - EDGE) + GAP) // (wide + GAP))))
        y = max(y, (wide / 2 + EDGE) / slope) + high + GAP
    filled = [round(len(boxes) * room / sum(rooms)) for room in accumulate(rooms, initial=0)]
    return (boxes[start:end] for start, end in pairwise(filled) if start < end)


def _room_beside(triangle: Triangle) -> float:
    """What the names of the bands need on the left beyond the corner of the triangle."""
    return max(0.0, *(CAPTIONS - triangle.slope * (triangle.high - rung.top - _high(rung)) for rung in triangle.rungs))


def _high(rung: Rung) -> float:
    return CAPTION_DROP + written("eyebrow", rung.name, 0, 0, CAPTIONS - 4).height


def _name(triangle: Triangle, rung: Rung, centre: float, apex: float) -> Caption:
    """What the boxes of a band are, beside its upper corner."""
    x = centre - triangle.slope * (rung.top + _high(rung)) - CAPTIONS
    return written("eyebrow", rung.name, x, apex + rung.top + CAPTION_DROP, CAPTIONS - 4)


def _ceiling(
    triangle: Triangle, apex: float, right: float, name: str
) -> tuple[tuple[Ceiling, ...], tuple[Caption, ...]]:
    if triangle.ceiling is None:
        return (), ()
    y = apex + triangle.ceiling
    named = written("ceiling", name, MARGIN, 0, CEILING_WIDTH)
    rule = Ceiling(MARGIN, round(y, 2), round(right - 2 * MARGIN, 2))
    return (rule,), (named._replace(y=round(y - 2 - named.height, 2)),)


def _band(triangle: Triangle, rung: Rung, centre: float, apex: float) -> Band:
    """The shape of a band; the first one ends in the apex."""
    corners = (
        (-rung.top * triangle.slope, rung.top),
        (rung.top * triangle.slope, rung.top),
        (rung.foot * triangle.slope, rung.foot),
        (-rung.foot * triangle.slope, rung.foot),
    )
    points = tuple((round(centre + x, 2), round(apex + y, 2)) for x, y in corners)
    return Band(points if rung.top else points[1:])


def _in_reading_order(theory: Theory, triangle: Triangle, centre: float, apex: float) -> tuple[Box, ...]:
    boxes = {
        box.id: box._replace(x=round(centre + box.x, 2), y=round(apex + box.y, 2))
        for rung in triangle.rungs
        for box in rung.boxes
    }
    return tuple(boxes[id] for id in theory.nodes if id in boxes)
