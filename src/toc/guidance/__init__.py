"""How to measure each activity, how hard, and what not to claim. All of its sentences stand in `advice.toml`.

The plan and the table of all activities are imported when they are asked for: a drawing does without them.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

from toc.guidance.advice import ActivityFit, Gap, Guidance, KpiFit, Participation, Source, SuggestedKpi
from toc.guidance.advising import advised, advised_on, approach_of, badge_of, in_few_words, with_suggested_kpis
from toc.guidance.grid import Rating, certainty_from_answers, questions
from toc.guidance.scales import Approach, Basis, Effort, Fit

if TYPE_CHECKING:
    from toc.guidance.guidance_table import ActivityCounts, GuidanceSummary, GuidanceTable
    from toc.guidance.plan import MeasurementPlan
    from toc.guidance.plan_rows import PlanRow
    from toc.guidance.plan_summary import PlanSummary

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
    "approach_of",
    "badge_of",
    "certainty_from_answers",
    "in_few_words",
    "questions",
    "with_suggested_kpis",
]

_LATER = {
    "guidance_table": ("ActivityCounts", "GuidanceSummary", "GuidanceTable"),
    "plan": ("MeasurementPlan",),
    "plan_rows": ("PlanRow",),
    "plan_summary": ("PlanSummary",),
}

if not TYPE_CHECKING:  # a type checker shall see a misspelt name

    def __getattr__(name: str) -> object:
        """What only a plan or a table needs, imported on first use."""
        for module, names in _LATER.items():
            if name in names:
                return globals().setdefault(name, resolve_name(f"{__name__}.{module}:{name}"))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
