"""What a theory says about itself: how a node reaches the goal, what it hangs on, what changed."""

from toc.analysis.change_values import (
    Changes,
    Effect,
    FieldChange,
    LinkChange,
    NodeChange,
    Renaming,
    StatusChange,
    SupportChange,
)
from toc.analysis.changes import compared
from toc.analysis.covering import Coverage, GroupRow, PillarRow, covered
from toc.analysis.explaining import Explanation, Way, explained
from toc.analysis.exposing import exposed
from toc.analysis.exposure_values import Cut, Exposure, Holder, Loss, Resting

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
