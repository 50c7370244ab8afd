"""Places by search: from several starts, step by step, on a rough cost first and then with real ways.

Nothing is timed: the number of steps is fixed, and chance is a generator with a fixed seed, so that the same scene always
gets the same places. A step for the worse is taken now and then, less and less often (simulated annealing, Kirkpatrick,
Gelatt and Vecchi 1983): what stands in another's way can only leave by a detour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from math import exp, fsum
from random import Random
from typing import Final, Literal, NamedTuple

from toc.diagram.layout.geometry import laid
from toc.diagram.layout.joins import crossings
from toc.diagram.layout.moves import MOST_SLOTS, MOVES, WIDTHS, WITHIN, Draft, Moves, moved
from toc.diagram.layout.scene import CHANNEL, Places, Scene
from toc.diagram.layout.stacking import Stack, rough_size, stacked
from toc.diagram.layout.ways import BEND, LAST_RESORT, ways
from toc.diagram.layout.ways import CROSSING as CROSSED

Search = Literal["full", "quick"]

MOST_SEARCHED: Final = 60  # boxes: above them the start order stands
QUICK_WIDTHS: Final = (128.0, 152.0)
NARROW: Final = (80.0, 88.0, 96.0)  # of bars that have nothing under them, which are as wide as the panel of a box
LARGEST: Final = 16 / 11  # how much a drawing is enlarged at most: titles of 11 points to 16
SHAPES: Final = 12  # numbers of slots tried for each width
SIDEWAYS_WIDTH: Final = 152.0  # of the boxes on a turned drawing
LOWEST: Final = 60.0  # a column is no lower than that

# What things cost, in points of type a tenth of the size.
SIZE: Final = 26.0
CROSSING: Final = 1.2
SIDEWAYS: Final = 0.25  # by slot
BEHIND: Final = 0.5  # a box in the way of an arrow straight up
WAYS: Final = 0.6
IMPOSSIBLE: Final = 1e9
DEAR: Final = 4.0  # a way that costs more is to be blamed on its boxes
REFIT: Final = 20  # steps from one fitting of the width to the next

Cost = Callable[[Scene, Places], tuple[float, Sequence[int]]]


class Pace(NamedTuple):
    """How many steps a walk has, how dear one for the worse may be at its beginning, and which there are."""

    steps: int
    heat: float
    moves: Moves = MOVES


ROUGH: Final = Pace(200, 3.0)
KEPT: Final = Pace(150, 2.0, WITHIN)
FIRST: Final = Pace(200, 3.0)
LAST: Final = Pace(500, 3.0)
DRAWN: Final = Pace(50, 0.5)


@lru_cache(maxsize=32)
def placed(scene: Scene, search: Search) -> Places:
    """Where everything stands: the start order, or the best that a full search finds."""

    def cost(draft: Draft) -> float:
        return _cost(scene, draft.places(scene))[0]

    if not scene.boxes:  # bars alone, whose order is the author's
        widths = sorted((*NARROW, *WIDTHS), key=lambda width: abs(width - SIDEWAYS_WIDTH))
        return _starts(scene, widths)[0].places(scene)
    if search == "quick" or len(scene.boxes) > MOST_SEARCHED:
        return _starts(scene, QUICK_WIDTHS)[0].places(scene)
    chance = Random(7)  # noqa: S311  # no secret: always the same
    starts = _starts(scene, WIDTHS)
    drafts = [_annealed(scene, draft, KEPT, _cost, chance) for draft in starts[:3]]
    rough = [_annealed(scene, draft, ROUGH, _rough_cost, chance) for draft in starts[:6]]
    drafts += (min(draft, _unspanned(draft), key=cost) for draft in rough)
    drafts = [_annealed(scene, draft, FIRST, _cost, chance) for draft in sorted(drafts, key=cost)[:3]]
    best = _annealed(scene, min(drafts, key=cost), LAST, _cost, chance)
    return _annealed(scene, best, DRAWN, _drawn_cost, chance).places(scene)


def _unspanned(draft: Draft) -> Draft:
    """The same with every box in one row, so that no box over several rows can bar a way."""
    return draft._replace(span=[1] * len(draft.span))


def _annealed(scene: Scene, draft: Draft, pace: Pace, cost_of: Cost, chance: Random) -> Draft:
    """The best draft met on a walk."""
    best = now = draft
    cost, blamed = cost_of(scene, now.places(scene))
    least = cost
    for step in range(pace.steps):
        tried = _fitted(scene, now) if step % REFIT == REFIT - 1 else moved(scene, now, chance, blamed, pace.moves)
        if tried is None:
            continue
        costs, boxes = cost_of(scene, tried.places(scene))
        if costs <= cost or chance.random() < exp((cost - costs) / (pace.heat * (1 - step / pace.steps))):
            now, cost, blamed = tried, costs, boxes
            if cost < least:
                best, least = now, cost
    return best


def _fitted(scene: Scene, draft: Draft) -> Draft | None:
    """The draft with boxes of the width that gives the largest type."""
    if scene.turned:
        return None

    def size(width: float) -> float:
        places = draft.places(scene)._replace(width=width)
        return scale_of(scene, rough_size(scene, places, stack))

    stack = stacked(scene, draft.places(scene))
    best = max(WIDTHS, key=size)
    return draft._replace(width=[best]) if best != draft.width[0] else None


def scale_of(scene: Scene, size: tuple[float, float]) -> float:
    """How much a drawing of a size is enlarged when it is fitted on its paper."""
    return min(scene.paper.width / size[0], scene.paper.height / size[1], LARGEST)


def _cost(scene: Scene, places: Places) -> tuple[float, Sequence[int]]:
    """What places cost with real ways for the arrows, and the boxes at the ends of the dear ones."""
    stack = stacked(scene, places)
    found = ways(scene, places, stack, rounds=1)
    if found is None:
        return IMPOSSIBLE, ()
    dear = [want for want, cost in zip(scene.wants, found.costs, strict=True) if cost > DEAR]
    blamed = [box for want in dear for box in want[:2] if scene.column[box] >= 0]
    return WAYS * fsum(found.costs) - SIZE * 11 * scale_of(scene, rough_size(scene, places, stack)), blamed


def _drawn_cost(scene: Scene, places: Places) -> tuple[float, Sequence[int]]:
    """What places cost when everything is drawn: only then is it known how lines side by side cross."""
    stack = stacked(scene, places)
    found = ways(scene, places, stack)
    if found is None or max(found.costs, default=0.0) >= LAST_RESORT:
        return IMPOSSIBLE, ()
    drawn = laid(scene, places, stack, found)
    crossed = [want for pair in crossings(drawn.points) for want in (scene.wants[one] for one in pair)]
    blamed = [box for want in crossed for box in want[:2] if scene.column[box] >= 0]
    turns = BEND * sum(way.bends for way in found.ways) + CROSSED * len(crossed) / 2
    size = (drawn.wide + scene.paper.beside, drawn.foot + scene.paper.above)
    return WAYS * turns - SIZE * 11 * scale_of(scene, size), blamed


def _rough_cost(scene: Scene, places: Places) -> tuple[float, Sequence[int]]:
    """What places cost as far as can be told without a way for any arrow."""
    stack = stacked(scene, places)
    return _tangle(scene, places, stack) - 10 * 11 * scale_of(scene, rough_size(scene, places, stack)), ()


def _tangle(scene: Scene, places: Places, stack: Stack) -> float:
    """About how much the arrows cross, stretch sideways and have to go around boxes."""
    cost = 0.0
    standing: list[list[int]] = [[] for _ in range(sum(places.slots))]
    for box in places.order:
        standing[places.slot[box]].append(stack.row[box])
    lines = []
    for lower, upper, *_ in scene.wants:
        if scene.column[lower] < 0 or scene.column[upper] < 0:
            continue
        x, y, to_x, to_y = places.slot[lower], stack.row[lower], places.slot[upper], stack.row[upper]
        cost += SIDEWAYS * abs(x - to_x)
        if x == to_x:
            cost += BEHIND * sum(to_y < row < y for row in standing[x])
        lines.append((x, y, to_x, to_y, lower, upper))
    return cost + CROSSING * sum(_cross(*pair) for pair in combinations(lines, 2))


Straight = tuple[int, int, int, int, int, int]


def _cross(one: Straight, other: Straight) -> bool:
    """Whether two straight lines between four boxes meet."""
    x, y, to_x, to_y, lower, upper = one
    u, v, to_u, to_v, below, above = other
    if upper in (above, below) or lower in (below, above):
        return False
    wide, high = to_x - x, to_y - y
    here, there = wide * (v - y) - high * (u - x), wide * (to_v - y) - high * (to_u - x)
    if here * there > 0 or here == there == 0:
        return False
    wide, high = to_u - u, to_v - v
    return (wide * (y - v) - high * (x - u)) * (wide * (to_y - v) - high * (to_x - u)) <= 0


def _starts(scene: Scene, widths: Sequence[float]) -> list[Draft]:
    """The start order in as many slots, and with boxes as wide, as may suit the paper: the largest type first."""
    order = _from_the_top(scene)
    found: list[tuple[float, int, Draft]] = []
    for width in widths if not scene.turned else (SIDEWAYS_WIDTH,):
        for slots in _shapes(scene, order, width):
            draft = Draft([width], list(slots), [0] * len(scene.column), order[:], [1] * len(scene.column))
            _spread(scene, draft)
            places = draft.places(scene)
            size = rough_size(scene, places, stacked(scene, places))
            found.append((-scale_of(scene, size), len(found), draft))
    best: dict[tuple[int, ...], Draft] = {}
    for *_, draft in sorted(found, key=lambda one: one[:2]):
        best.setdefault(tuple(draft.slots), draft)
    return list(best.values())


def _shapes(scene: Scene, order: Sequence[int], width: float) -> Iterator[tuple[int, ...]]:
    """How many slots each column may have so that no column is much higher than the others."""
    load, boxes = [0.0] * len(scene.heads), [0] * len(scene.heads)
    for box in order:
        load[scene.column[box]] += scene.along(box, width) + CHANNEL
        boxes[scene.column[box]] += 1
    most = max(boxes, default=1) if scene.turned or len(order) > MOST_SEARCHED else MOST_SLOTS
    tried: set[tuple[int, ...]] = set()
    high = max(load, default=0.0) + 1
    shapes = SHAPES if len(order) <= MOST_SEARCHED else SHAPES // 3
    while len(tried) < shapes and high > LOWEST:
        slots = [max(1, min(most, count, -int(-one // high))) for one, count in zip(load, boxes, strict=True)]
        slots[-1] += max(0, scene.least_slots - sum(slots))
        high *= 0.85 if len(order) <= MOST_SEARCHED else 0.6
        if tuple(slots) not in tried:
            tried.add(tuple(slots))
            yield tuple(slots)
    if not tried:
        yield (*(1,) * (len(scene.heads) - 1), max(1, scene.least_slots - len(scene.heads) + 1))


def _from_the_top(scene: Scene) -> list[int]:
    """All boxes tier by tier, effects before their causes, else in the author's order."""
    causes: dict[int, list[int]] = {box: [] for box in scene.boxes}
    waiting = {box: len(scene.effects[box]) for box in scene.boxes}
    for box in scene.boxes:
        for effect in scene.effects[box]:
            causes[effect].append(box)
    depth = dict.fromkeys(scene.boxes, 0)
    ready = [box for box, effects in waiting.items() if not effects]
    for box in ready:
        for cause in causes[box]:
            depth[cause] = max(depth[cause], depth[box] + 1)
            waiting[cause] -= 1
            if not waiting[cause]:
                ready.append(cause)  # so that it is gone through as well
    return sorted(scene.boxes, key=lambda box: (scene.tier[box], depth[box], box))


def _spread(scene: Scene, draft: Draft) -> None:
    """Each box in the slot nearest to what it leads to that is not fuller than the others."""
    first = [0]
    for slots in draft.slots:
        first.append(first[-1] + slots)
    upper: dict[int, list[int]] = {}
    for source, target, *_ in scene.wants:
        upper.setdefault(source, []).append(target)
    filled: dict[tuple[int, int], list[float]] = {}
    place: dict[int, float] = {}
    for box in draft.order:
        column = scene.column[box]
        fill = filled.setdefault((column, scene.tier[box]), [0.0] * draft.slots[column])
        wishes = [place[above] for above in upper.get(box, ()) if above in place]
        wish = fsum(wishes) / len(wishes) - first[column] if wishes else None
        slot = min(
            range(len(fill)),
            key=lambda one: (fill[one] + (0 if wish is None else abs(one - wish) * NEAR), one),
        )
        fill[slot] += scene.along(box, draft.width[0]) + CHANNEL
        draft.slot[box] = slot
        place[box] = first[column] + slot


NEAR: Final = 50.0  # how much fuller a slot may be than the one beside it
