"""The closed lists of guidance, and where a number of people stands on the theory's own scale."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, get_args

from toc.model import Theory
from toc.model.types import LEVELS, Depth, Level

LADDER: Final[tuple[Depth, ...]] = get_args(Depth)


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
    """How a KPI, or all KPIs of an activity, stand to what is advised."""

    ABOVE = "above"
    BELOW = "below"
    FITS = "fits"
    SUPPORTING = "supporting"


def rung(level: Depth) -> int:
    """How far up the ladder a level stands, from 0."""
    return LADDER.index(level)


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
