"""Findings, analysis, guidance and the measurement plan as people hold and print them: text, Markdown, HTML, CSV, pandas."""

from toc.report.coverage_tables import Coverage
from toc.report.exposure_tables import Exposure
from toc.report.findings import Findings
from toc.report.guidance_tables import Guidance, GuidanceTable
from toc.report.plan_tables import MeasurementPlan
from toc.report.ways_tables import Explanation

__all__ = ["Coverage", "Explanation", "Exposure", "Findings", "Guidance", "GuidanceTable", "MeasurementPlan"]
