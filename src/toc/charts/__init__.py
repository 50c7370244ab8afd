"""Charts drawn with matplotlib, which is loaded only when one is drawn."""

from __future__ import annotations

from toc.charts.benefits_chart import plot_benefits
from toc.charts.certainty_chart import plot_certainty_participation
from toc.charts.chart_pictures import CHARTS, FORMATS, chart_pictures
from toc.charts.evidence_chart import plot_evidence
from toc.charts.mutuality_chart import plot_mutuality
from toc.charts.progress_chart import plot_kpi, plot_progress
from toc.charts.review_chart import plot_review
from toc.charts.types_chart import plot_types

__all__ = [
    "CHARTS",
    "FORMATS",
    "chart_pictures",
    "plot_benefits",
    "plot_certainty_participation",
    "plot_evidence",
    "plot_kpi",
    "plot_mutuality",
    "plot_progress",
    "plot_review",
    "plot_types",
]
