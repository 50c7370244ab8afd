"""Which way a drawing leads: the same layout laid upwards, downwards, to the right or to the left."""

from __future__ import annotations

from typing import Final, NamedTuple

from toc.diagram.shapes import Point
from toc.draw_options import Direction

SIDEWAYS: Final = frozenset({"right", "left"})
Area = tuple[float, float, float, float]  # x, y, width, height


class Frame(NamedTuple):
    """Where on the paper a layout stands, and how it is turned.

    A layout runs upwards: its lanes from the left, its rows from the top. `depth` is how far its rows reach.
    """

    direction: Direction
    left: float
    top: float
    depth: float

    def point(self, across: float, along: float) -> Point:
        """A place of the layout on the paper.

        >>> Frame("up", 10, 20, 300).point(5, 100), Frame("right", 10, 20, 300).point(5, 100)
        ((15, 120), (210, 25))
        """
        match self.direction:
            case "up":
                return self.left + across, self.top + along
            case "down":
                return self.left + across, self.top + self.depth - along
            case "right":
                return self.left + self.depth - along, self.top + across
            case "left":
                return self.left + along, self.top + across

    def area(self, area: Area) -> Area:
        """A rectangle of the layout on the paper.

        >>> Frame("right", 0, 0, 300).area((5, 100, 20, 40))
        (160, 5, 40, 20)
        """
        across, along, wide, long = area
        x, y = self.point(across, along)
        other_x, other_y = self.point(across + wide, along + long)
        return min(x, other_x), min(y, other_y), abs(other_x - x), abs(other_y - y)
