"""The ids of the frames and tables in `partnership/`, written by `scripts/make_frame_words.py`: change those files."""

from __future__ import annotations

from typing import Final, Literal

from toc.model.mappings import FrozenDict

Benefit = Literal[
    "relationship", "community", "complementarity", "diversity", "innovation", "shared-learning", "synergy",
]
Aim = Literal[
    "teacher-capacity", "provision", "reputation", "wellbeing", "attainment", "enrichment",
]
Resource = Literal[
    "diverse-pupils", "send-inclusion", "safeguarding", "data-evaluation", "means", "open-hours", "broad-curriculum",
    "co-curricular", "teaching-methods", "classroom", "subject-expertise", "facilities", "governance",
    "pupil-volunteers", "staff-time", "pupil-numbers", "networks", "work-experience", "venue",
]
Rung = Literal[
    "none", "anecdote", "counts", "outcomes", "comparison",
]
Probe = Literal[
    "need", "groups", "goal", "pillars", "outcomes", "activities", "together", "kpis", "targets", "readings", "rungs",
    "fit", "planned", "voices", "assumptions", "tested", "external", "unintended", "partners", "contacts", "leads",
    "collectors", "brings", "receives", "mutuality", "reciprocates", "learning", "reach", "places", "years", "pilots",
    "ends", "funding", "pooled", "agreement", "governance", "strategy", "heads", "coordinator", "decisions", "trust",
    "power", "design", "leadership", "communication", "type", "agreed", "review-day", "reviews",
]
FOOTING: Final = FrozenDict[str, tuple[str, ...]](
    {
        "aim": (
            "share", "need", "broad", "community",
        ),
        "benefit": (
            "recipient", "needs", "shared", "society",
        ),
        "funding.level": (
            "none", "some", "significant", "high",
        ),
        "funding.paid_by": (
            "mostly-one", "all",
        ),
        "funding.outside": (
            "true", "false",
        ),
        "resourcing": (
            "lent", "shared", "equitable", "pooled",
        ),
        "coordinator": (
            "none", "one-partner", "each-partner", "joint", "team",
        ),
        "agreement": (
            "none", "note", "written", "mou", "legal",
        ),
        "governance": (
            "none", "informal", "steering", "board",
        ),
        "heads": (
            "aware", "agree", "strategic", "regional",
        ),
        "strategy": (
            "true", "false",
        ),
        "trust": (
            "activities", "motives", "high",
        ),
        "power": (
            "lead", "mostly-lead", "even",
        ),
        "design": (
            "offer", "co-designed",
        ),
        "leadership": (
            "one", "joint",
        ),
        "communication": (
            "limited", "open",
        ),
        "reciprocity": (
            "low", "integrated",
        ),
    }
)
"""The words that each key may hold."""
STATEMENTS: Final = FrozenDict[str, tuple[str, ...]](
    {
        "practices": (
            "local-need", "diverse-membership", "clear-purposes", "shared-identity", "shared-impact", "shared-learning",
            "trusting-relationships", "drivers-incentives", "collaborative-action", "resources-opportunities",
            "partner-priorities", "mutual-benefit", "all-contribute",
        ),
        "hgiocld-questions": (
            "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12",
        ),
        "hgiocld-illustration": (
            "ds1", "ds2", "ds3", "ds4", "ds5", "ds6", "ds7", "jv1", "jv2", "jv3", "jv4", "jv5", "jv6", "jv7", "jv8",
            "av1", "av2", "av3", "av4", "av5", "av6", "av7", "av8", "av9",
        ),
        "lucas": (
            "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "s1", "s2", "s3", "s4", "s5", "s6",
        ),
        "spa-questions": (
            "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9",
        ),
        "spa-obstacles": (
            "o1", "o2", "o3", "o4", "o5", "o6", "o7",
        ),
        "spa-relationship": (
            "t1", "t2", "t3", "t4", "t5", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "h1",
        ),
        "seced-pillars": (
            "m1", "m2", "m3", "m4", "s1", "s2", "s3", "s4", "i1", "i2", "i3", "d1", "d2",
        ),
    }
)
"""The statements of each frame that comes with the library."""
