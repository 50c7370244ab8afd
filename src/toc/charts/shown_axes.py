"""A chart as a picture: in a file, and as the last line of a cell. This module loads matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

DPI: Final = 150
ALIKE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "toc", "svg.fonttype": "path", "pdf.fonttype": 42, "savefig.bbox": "standard"
}  # fmt: skip
MOST_PIXELS: Final = 8_000_000
"""In a notebook: on the largest paper, type of 8 points is as many pixels high."""


class ShownAxes(Axes):
    """Axes that a notebook shows as the figure they stand on, which nobody else would show: pyplot does not know it."""

    def _repr_png_(self) -> tuple[bytes, Mapping[str, str]]:
        """The figure as it is now, and in words what it shows."""
        words = (self.get_title("left"), self.get_ylabel(), self.get_xlabel())
        figure = self.figure.figure
        return _shown(figure, str(figure.get_label()) or ". ".join(" ".join(part.split()) for part in words if part))


class ShownFigure(Figure):
    """A figure that a notebook shows, though pyplot does not know it. Its label says in words what it shows."""

    def _repr_png_(self) -> tuple[bytes, Mapping[str, str]]:
        return _shown(self, str(self.get_label()))


def _shown(figure: Figure, words: str) -> tuple[bytes, Mapping[str, str]]:
    width, height = figure.get_size_inches()
    dpi = min(DPI, int((MOST_PIXELS / (width * height)) ** 0.5))
    return saved(figure, "png", dpi), {"alt": words}


def saved(figure: Figure, format: str, dpi: int = DPI, metadata: Mapping[str, Any] | None = None) -> bytes:
    """The figure as a picture that is the same on every machine, whatever is set there."""
    picture = BytesIO()
    with mpl.rc_context(ALIKE):
        figure.savefig(picture, format=format, dpi=dpi, metadata=metadata and dict(metadata))
    return picture.getvalue()


def bound(figures: Sequence[Figure], metadata: Mapping[str, Any]) -> bytes:
    """Figures as the pages of one PDF."""
    book = BytesIO()
    with mpl.rc_context(ALIKE), PdfPages(book, metadata=dict(metadata)) as pages:
        for figure in figures:
            pages.savefig(figure)
    return book.getvalue()
