"""The closed lists of words about partners and activities that stand in no table of `partnership/`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal, get_args

from toc.model.frame_words import Aim, Benefit, Resource

Sector = Literal[
    "state", "independent", "trust", "college", "university", "business", "charity", "foundation", "authority",
    "health", "training", "community", "other",
]  # fmt: skip
Phase = Literal["early", "primary", "secondary", "post-16", "special"]
Stage = Literal["pilot", "running", "ended"]
GiftKind = Literal["tangible", "intangible"]
FundingKind = Literal["money", "in-kind"]
TypeWord = Literal["connection", "collaboration", "alliance", "integration"]
FundingLevel = Literal["none", "some", "significant", "high"]
PaidBy = Literal["mostly-one", "all"]


RESOURCES: Final[tuple[str, ...]] = get_args(Resource)
BENEFITS: Final[tuple[str, ...]] = (*get_args(Benefit), *get_args(Aim))
TYPES: Final[tuple[str, ...]] = get_args(TypeWord)

SCALE: Final = ("not-yet", "partly", "mostly", "fully")
"""The words of a judgement, least first, where a frame has no scale of its own; `not-ours` is possible beside any."""
SCALES: Final = MappingProxyType({"spa-obstacles": ("in-the-way", "being-handled", "handled")})
