"""Guidance and the measurement plan as people hold and print them: text, Markdown, HTML, CSV, pandas."""

from toc.report.guidance_tables import Guidance, GuidanceTable
from toc.report.plan_tables import MeasurementPlan

__all__ = ["Guidance", "GuidanceTable", "MeasurementPlan"]
