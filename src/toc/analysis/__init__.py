"""What a theory says about itself: how a node reaches the goal, what it hangs on, what changed."""

from toc.analysis.comparison.changes import Changes
from toc.analysis.comparison.differences import (
    Effect,
    FieldChange,
    LinkChange,
    LostByWord,
    Missing,
    NodeChange,
    Renaming,
    StatusChange,
    SupportChange,
)
from toc.analysis.comparison.matching import compared
from toc.analysis.coverage.counts import covered
from toc.analysis.coverage.coverage import Coverage, GroupRow, PillarRow
from toc.analysis.explanation.explanation import Explanation, Way, explained
from toc.analysis.exposure.dependence import exposed
from toc.analysis.exposure.exposure import Cut, Exposure, Holder, Loss, Necessary, Resting

__all__ = [
    "Changes",
    "Coverage",
    "Cut",
    "Effect",
    "Explanation",
    "Exposure",
    "FieldChange",
    "GroupRow",
    "Holder",
    "LinkChange",
    "Loss",
    "LostByWord",
    "Missing",
    "Necessary",
    "NodeChange",
    "PillarRow",
    "Renaming",
    "Resting",
    "StatusChange",
    "SupportChange",
    "Way",
    "compared",
    "covered",
    "explained",
    "exposed",
]
