"""How often a KPI is read, in days: by these a reading is near a date, or too old to tell of today."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from toc.model.nodes import Kpi
from toc.model.types import Frequency

STEPS: Final[Mapping[Frequency | None, int]] = MappingProxyType(
    {
        "daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 31, "quarterly": 92, "termly": 122, "half-yearly": 183,
        "yearly": 366, "once": 366, None: 366,
    }
)  # fmt: skip
MOST_HALF: Final = 92


def step(kpi: Kpi) -> int:
    """The days from one reading to the next; of a KPI that is read once, or nobody has said how often, a year."""
    return STEPS[kpi.frequency]


def half(kpi: Kpi) -> int:
    """How many days a reading may be away from a milestone and still tell of it.

    >>> half(Kpi(title="Reading age", measures="a", frequency="termly")), half(Kpi(title="Reading age", measures="a"))
    (61, 92)
    """
    return min(step(kpi) // 2, MOST_HALF)


def limit(kpi: Kpi) -> int:
    """How many days a reading tells of: one step and a half, and a week in which it may be written down.

    >>> limit(Kpi(title="Reading age", measures="a", frequency="termly"))
    190
    """
    return step(kpi) * 3 // 2 + 7
