"""Charts drawn with matplotlib, which is loaded only when one is drawn."""

from __future__ import annotations

from toc.charts.certainty import plot_certainty_participation
from toc.charts.pictures import FORMATS, chart_picture

__all__ = ["FORMATS", "chart_picture", "plot_certainty_participation"]
