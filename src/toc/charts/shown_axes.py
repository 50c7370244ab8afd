"""A chart as a picture: in a file, and as the last line of a cell. This module loads matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI: Final = 150
MOST_PIXELS: Final = 8_000_000
"""In a notebook: on the largest paper, type of 8 points is as many pixels high."""


class ShownAxes(Axes):
    """Axes that a notebook shows as the figure they stand on, which nobody else would show: pyplot does not know it."""

    def _repr_png_(self) -> tuple[bytes, Mapping[str, str]]:
        """The figure as it is now, and in words what it shows."""
        figure = self.figure.figure
        width, height = figure.get_size_inches()
        dpi = min(DPI, int((MOST_PIXELS / (width * height)) ** 0.5))
        words = (self.get_title("left"), self.get_ylabel(), self.get_xlabel())
        return saved(figure, "png", dpi), {"alt": ". ".join(" ".join(part.split()) for part in words if part)}


def saved(figure: Figure, format: str, dpi: int = DPI, metadata: Mapping[str, Any] | None = None) -> bytes:
    """The figure as a picture that is the same on every machine, whatever is set there."""
    picture = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "toc", "pdf.fonttype": 42, "savefig.bbox": "standard"}):
        figure.savefig(picture, format=format, dpi=dpi, metadata=metadata and dict(metadata))
    return picture.getvalue()
