"""Words beside points, each where it meets no other and no marker, as far as there is such a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, foot, right, top, in points from the lower left corner of the axes


class Beside(NamedTuple):
    """A place beside a point: how far from it, and which side of the words is there, as matplotlib says it."""

    x: float
    y: float
    ha: str
    va: str


ABOVE, BELOW = Beside(0, 5, "center", "bottom"), Beside(0, -5, "center", "top")
LEFT, RIGHT = Beside(-6, 0, "right", "center"), Beside(6, 0, "left", "center")
UP_LEFT, DOWN_LEFT = Beside(3, 6, "right", "bottom"), Beside(3, -6, "right", "top")
UP_RIGHT, DOWN_RIGHT = Beside(-3, 6, "left", "bottom"), Beside(-3, -6, "left", "top")
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "top": 1.0}


class Labels:
    """The places that are taken in axes of some size."""

    def __init__(self, width: float, height: float) -> None:
        self.room = (width, height)
        self.taken: list[Box] = []

    def take(self, x: float, y: float, half: float) -> None:
        """Keep words away from a marker."""
        self.taken.append((x - half, y - half, x + half, y + half))

    def place(self, point: tuple[float, float], size: tuple[float, float], choices: Sequence[Beside]) -> Beside:
        """The first of some places beside a point in which words of a size meet least, which they take."""
        boxes = [_box(point, size, one) for one in choices]
        best = min(range(len(choices)), key=lambda index: self._cost(boxes[index]))
        self.taken.append(boxes[best])
        return choices[best]

    def _cost(self, box: Box) -> float:
        """How much of a place is taken, or outside."""
        left, foot, right, top = box
        whole = (right - left) * (top - foot)
        inside = _shared(box, (0, -2, *self.room)) if whole else 0
        return round(whole - inside + sum(_shared(box, other) for other in self.taken), 3)


def _box(point: tuple[float, float], size: tuple[float, float], place: Beside) -> Box:
    left = point[0] + place.x - SHARES[place.ha] * size[0]
    foot = point[1] + place.y - SHARES[place.va] * size[1]
    return left, foot, left + size[0], foot + size[1]


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)
