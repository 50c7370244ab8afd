"""The kinds of mark on a chart: what each is called in the legend, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


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


def used(kinds: Mapping[str, Kind], found: Iterable[str]) -> tuple[str, ...]:
    """The kinds that occur, in the order of the legend."""
    there = set(found)
    return tuple(kind for kind in kinds if kind in there)
