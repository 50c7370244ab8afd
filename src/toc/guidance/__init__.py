"""How to measure each activity, how hard, and what not to claim. All of its sentences stand in `advice.toml`."""

from toc.guidance.advice import ActivityFit, Gap, Guidance, KpiFit, Participation, Source, SuggestedKpi
from toc.guidance.advising import advised, advised_on, in_few_words, with_suggested_kpis
from toc.guidance.grid import Rating, certainty_from_answers, questions
from toc.guidance.guidance_table import ActivityCounts, GuidanceSummary, GuidanceTable
from toc.guidance.plan import MeasurementPlan
from toc.guidance.plan_rows import PlanRow
from toc.guidance.plan_summary import PlanSummary
from toc.guidance.scales import Approach, Basis, Effort, Fit

__all__ = [
    "ActivityCounts",
    "ActivityFit",
    "Approach",
    "Basis",
    "Effort",
    "Fit",
    "Gap",
    "Guidance",
    "GuidanceSummary",
    "GuidanceTable",
    "KpiFit",
    "MeasurementPlan",
    "Participation",
    "PlanRow",
    "PlanSummary",
    "Rating",
    "Source",
    "SuggestedKpi",
    "advised",
    "advised_on",
    "certainty_from_answers",
    "in_few_words",
    "questions",
    "with_suggested_kpis",
]
