"""The kinds of mark on a chart: what each is called in the legend, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Kind(NamedTuple):
    """A kind of mark: the words of the legend, its shape, its colours, and its size, line and layer beside the others.

    Told apart by shape first, then by filling, then by colour: a copy in black and white loses nothing.
    """

    label: str
    marker: Any
    face: str
    edge: str
    scale: float = 1.0
    line: float = 0.9  # points
    layer: float = 3

    @property
    def looks(self) -> Mapping[str, Any]:
        """The shape and the colours as matplotlib takes them; a dash has no face."""
        if self.marker == "_":
            return {"marker": self.marker, "color": self.edge}
        return {"marker": self.marker, "facecolor": self.face, "edgecolor": self.edge}


def boxed(ax: Axes, corner: tuple[float, float], wide: float, high: float, **looks: Any) -> None:
    """Draw a box, which may stand at the edge of the axes."""
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle(corner, wide, high, clip_on=False, **looks))


def used(kinds: Mapping[str, Kind], found: Iterable[str]) -> tuple[str, ...]:
    """The kinds that occur, in the order of the legend."""
    there = set(found)
    return tuple(kind for kind in kinds if kind in there)
