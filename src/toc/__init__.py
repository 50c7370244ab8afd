"""Theories of change as validated graphs: checked, measured and drawn.

>>> import toc
>>> theory = toc.example("rgs-newcastle")
>>> theory.pillars["stem"].title
'Outcomes in STEM'
"""

TYPE_CHECKING = False  # `typing` itself would cost more than the rest of this import
if TYPE_CHECKING:
    from toc.analysis import Coverage, Explanation, Exposure
    from toc.builder import Sketch, sketch
    from toc.checks.finding import Finding, Severity
    from toc.checks.findings import Findings
    from toc.comparisons import Comparison
    from toc.diagram import Diagram
    from toc.editing import FromOutline
    from toc.errors import DrawingError, MissingExtraError, OptionError, TheoryError, TocError, TocWarning
    from toc.front import TheoryOfChange, compare, example, from_outline, from_pandas, imported, load, loads, schema
    from toc.guidance import Guidance, GuidanceTable, MeasurementPlan
    from toc.limits import Limits
    from toc.merging.merged import MergeConflict, Merged, MergedChange
    from toc.model.nodes import Activity, Goal, Kpi, Node, Outcome, Output, Pillar
    from toc.model.partners import Exchange, Gain, Gift, Impact, Partner, Partnership
    from toc.model.reviews import Review, ReviewAnswer
    from toc.model.slugs import slug
    from toc.model.values import (
        Assumption,
        Baseline,
        Certainty,
        CheckSettings,
        Context,
        Evidence,
        Link,
        Milestone,
        OwnWord,
        ProvenIdea,
        Reading,
        Settings,
        Silence,
        TargetGroup,
        Vocabulary,
    )
    from toc.monitoring import Progress
    from toc.partnership import Frame, Frames, Mutuality, PartnershipProfile, Statement, frame, frames, load_frame
    from toc.partnership.benefits import Benefits
    from toc.partnership.evaluation import Evaluation, ReviewForm
    from toc.partnership.health import Health
    from toc.partnership.ladder import EvidenceLadder
    from toc.partnership.review_changes import ReviewChanges
    from toc.problems import Problem
    from toc.reports import Logframe
    from toc.reports.report import Report
    from toc.standards import Export, Import, Loss, Losses, Standard

__version__ = "0.1.0"

__all__ = [
    "Activity",
    "Assumption",
    "Baseline",
    "Benefits",
    "Certainty",
    "CheckSettings",
    "Comparison",
    "Context",
    "Coverage",
    "Diagram",
    "DrawingError",
    "Evaluation",
    "Evidence",
    "EvidenceLadder",
    "Exchange",
    "Explanation",
    "Export",
    "Exposure",
    "Finding",
    "Findings",
    "Frame",
    "Frames",
    "FromOutline",
    "Gain",
    "Gift",
    "Goal",
    "Guidance",
    "GuidanceTable",
    "Health",
    "Impact",
    "Import",
    "Kpi",
    "Limits",
    "Link",
    "Logframe",
    "Loss",
    "Losses",
    "MeasurementPlan",
    "MergeConflict",
    "Merged",
    "MergedChange",
    "Milestone",
    "MissingExtraError",
    "Mutuality",
    "Node",
    "OptionError",
    "Outcome",
    "Output",
    "OwnWord",
    "Partner",
    "Partnership",
    "PartnershipProfile",
    "Pillar",
    "Problem",
    "Progress",
    "ProvenIdea",
    "Reading",
    "Report",
    "Review",
    "ReviewAnswer",
    "ReviewChanges",
    "ReviewForm",
    "Settings",
    "Severity",
    "Silence",
    "Sketch",
    "Standard",
    "Statement",
    "TargetGroup",
    "TheoryError",
    "TheoryOfChange",
    "TocError",
    "TocWarning",
    "Vocabulary",
    "compare",
    "example",
    "frame",
    "frames",
    "from_outline",
    "from_pandas",
    "imported",
    "load",
    "load_frame",
    "loads",
    "schema",
    "sketch",
    "slug",
]

# Where each public name lives: nothing is imported before it is used.
_HOMES = {
    "toc.analysis": ("Coverage", "Explanation", "Exposure"),
    "toc.builder": ("Sketch", "sketch"),
    "toc.checks.finding": ("Finding", "Severity"),
    "toc.checks.findings": ("Findings",),
    "toc.comparisons": ("Comparison",),
    "toc.diagram": ("Diagram",),
    "toc.editing": ("FromOutline",),
    "toc.errors": ("DrawingError", "MissingExtraError", "OptionError", "TheoryError", "TocError", "TocWarning"),
    "toc.front": (
        "TheoryOfChange",
        "compare",
        "example",
        "from_outline",
        "from_pandas",
        "imported",
        "load",
        "loads",
        "schema",
    ),
    "toc.guidance": ("Guidance", "GuidanceTable", "MeasurementPlan"),
    "toc.limits": ("Limits",),
    "toc.merging.merged": ("MergeConflict", "Merged", "MergedChange"),
    "toc.model.nodes": ("Activity", "Goal", "Kpi", "Node", "Outcome", "Output", "Pillar"),
    "toc.model.partners": ("Exchange", "Gain", "Gift", "Impact", "Partner", "Partnership"),
    "toc.model.reviews": ("Review", "ReviewAnswer"),
    "toc.model.slugs": ("slug",),
    "toc.model.values": (
        "Assumption",
        "Baseline",
        "Certainty",
        "CheckSettings",
        "Context",
        "Evidence",
        "Link",
        "Milestone",
        "OwnWord",
        "ProvenIdea",
        "Reading",
        "Settings",
        "Silence",
        "TargetGroup",
        "Vocabulary",
    ),
    "toc.monitoring": ("Progress",),
    "toc.partnership": (
        "Frame",
        "Frames",
        "Mutuality",
        "PartnershipProfile",
        "Statement",
        "frame",
        "frames",
        "load_frame",
    ),
    "toc.partnership.benefits": ("Benefits",),
    "toc.partnership.evaluation": ("Evaluation", "ReviewForm"),
    "toc.partnership.health": ("Health",),
    "toc.partnership.ladder": ("EvidenceLadder",),
    "toc.partnership.review_changes": ("ReviewChanges",),
    "toc.problems": ("Problem",),
    "toc.reports": ("Logframe",),
    "toc.reports.report": ("Report",),
    "toc.standards": ("Export", "Import", "Loss", "Losses", "Standard"),
}


if not TYPE_CHECKING:  # a type checker shall see a misspelt name

    def __getattr__(name: str) -> object:
        """Import a public name on first use."""
        for home, names in _HOMES.items():
            if name in names:
                from importlib import import_module

                value = globals()[name] = getattr(import_module(home), name)
                return value
        message = f"module 'toc' has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    """Public names, for completion."""
    return [*__all__, "__version__"]
