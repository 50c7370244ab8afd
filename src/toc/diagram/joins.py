"""Where arrows join: what two arrows share of their way is painted once, so that dashes stay dashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from toc.diagram.routing import Trunk
from toc.diagram.values import Point

Spans = dict[float, list[tuple[float, float]]]


def stems(arrows: Iterable[tuple[Trunk, Sequence[Point]]]) -> Iterator[tuple[Point, ...]]:
    """The part of each way that is its own: all of the first on a trunk, the others as far as where they join it.

    >>> trunk = [(0, 90), (0, 50), (20, 50), (20, 0)]
    >>> list(stems([("a", trunk), ("a", [(40, 90), (40, 50), (20, 50), (20, 0)])]))[1]
    ((40, 90), (40, 50), (20, 50))
    """
    upright: dict[Trunk, Spans] = defaultdict(dict)
    level: dict[Trunk, Spans] = defaultdict(dict)
    for trunk, points in arrows:
        stem = _stem(points, upright[trunk], level[trunk])
        # A short line out of the side of a box leads nowhere that another could join.
        for (x, y), (to_x, to_y) in pairwise(stem[1:] if stem[0][1] == stem[1][1] else stem):
            spans, at, one, other = (upright[trunk], x, y, to_y) if x == to_x else (level[trunk], y, x, to_x)
            spans.setdefault(at, []).append((min(one, other), max(one, other)))
        yield stem


def _stem(points: Sequence[Point], upright: Spans, level: Spans) -> tuple[Point, ...]:
    stem = [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        if x == to_x:
            met = _first_met(y, to_y, upright.get(x, ()), _crossed(x, level))
            joint = None if met is None else (x, met)
        else:
            met = _first_met(x, to_x, level.get(y, ()), _crossed(y, upright))
            joint = None if met is None else (met, y)
        if joint is not None and joint != stem[0]:
            return (*stem, joint) if joint != stem[-1] else tuple(stem)
        stem.append((to_x, to_y))
    return tuple(points)


def _first_met(
    start: float, end: float, along: Iterable[tuple[float, float]], crossed: Iterable[float]
) -> float | None:
    """The first place on the way from `start` to `end` that lies on a painted line."""
    low, high = min(start, end), max(start, end)
    met = [min(max(start, first), last) for first, last in along if first <= high and last >= low]
    met += (place for place in crossed if low <= place <= high)
    return min(met, key=lambda place: abs(place - start), default=None)


def _crossed(at: float, spans: Spans) -> list[float]:
    """The places of the lines across, among `spans`, that reach `at`."""
    return [place for place, lines in spans.items() if any(first <= at <= last for first, last in lines)]
