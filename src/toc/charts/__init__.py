"""Charts drawn with matplotlib, which is loaded only when one is drawn."""

from __future__ import annotations

from toc.charts.certainty_chart import FORMATS, chart_picture, plot_certainty_participation

__all__ = ["FORMATS", "chart_picture", "plot_certainty_participation"]
