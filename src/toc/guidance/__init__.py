"""How to measure each activity, how hard, and what not to claim. All of its sentences stand in `advice.toml`.

The plan and the table of all activities are imported from their modules: a drawing does without them.
"""

from toc.guidance.advice import ActivityFit, Gap, Guidance, KpiFit, Participation, Source, SuggestedKpi
from toc.guidance.advising import advised, advised_on, in_few_words, with_suggested_kpis
from toc.guidance.grid import Rating, certainty_from_answers, questions
from toc.guidance.scales import Approach, Basis, Effort, Fit

__all__ = [
    "ActivityFit",
    "Approach",
    "Basis",
    "Effort",
    "Fit",
    "Gap",
    "Guidance",
    "KpiFit",
    "Participation",
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
