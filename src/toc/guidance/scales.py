"""The closed lists of guidance, and where a number of people stands on the theory's own scale."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, get_args

from toc.model import Theory
from toc.model.types import LEVELS, Depth, Level

LEVELS_OF_DEPTH: Final[tuple[Depth, ...]] = get_args(Depth)
# Practice, what people or organisations do differently, ranks with attainment.
RARE: Final[frozenset[Depth]] = frozenset({"practice"})  # told only where a KPI looks at it
RUNGS: Final[dict[Depth, int]] = {level: min(place, 4) for place, level in enumerate(LEVELS_OF_DEPTH)}


class Approach(StrEnum):
    """How to measure an activity."""

    COUNT = "count"
    REDESIGN = "redesign"
    LEARNING = "learning"
    ATTAINMENT = "attainment"
    UPTAKE = "uptake"
    COMPARISON = "comparison"


class Effort(StrEnum):
    """How much work a way of measuring is: a class, never a number."""

    LIGHT = "light"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"


class Basis(StrEnum):
    """Whether advice is that of the source or goes beyond it."""

    SOURCE = "source"
    EXTENSION = "extension"


class Fit(StrEnum):
    """How a KPI, or all KPIs of an activity, stand to what is advised; `design`: deep enough, but made otherwise."""

    ABOVE = "above"
    BELOW = "below"
    DESIGN = "design"
    FITS = "fits"
    SUPPORTING = "supporting"


def rung(level: Depth) -> int:
    """How far up the ladder a level stands, from 0; the two deepest stand side by side.

    >>> rung("participation"), rung("attainment"), rung("practice")
    (0, 4, 4)
    """
    return RUNGS[level]


def participation_level(theory: Theory, people: int | Level | None) -> Level | None:
    """Low, medium or high: as written, or by the theory's own scale where people are counted.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> theory.settings.participation_scale, participation_level(theory, 50), participation_level(theory, "low")
    ((50, 500), 'medium', 'low')
    """
    if not isinstance(people, int):
        return people
    return LEVELS[sum(people >= bound for bound in theory.settings.participation_scale)]
