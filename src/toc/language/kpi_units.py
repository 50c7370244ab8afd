"""What a KPI's unit says of its values: whether they are percentages, changes, or so many out of a known number."""

from __future__ import annotations

import re
from typing import Final

from toc.model.nodes import Kpi

_PERCENTAGE: Final = re.compile(r"\s*(%|per cent\b|percent\b|percentage\b)", re.IGNORECASE)
_CHANGE: Final = re.compile(r"\b(change|growth|points?)\b", re.IGNORECASE)
_OUT_OF: Final = re.compile(r"\bout of (\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)", re.IGNORECASE)


def is_percentage(kpi: Kpi) -> bool:
    """Whether the values are shares of a hundred, because the unit begins with that.

    >>> (
    ...     is_percentage(Kpi(title="Fluent", measures="a", unit="% of pupils")),
    ...     is_percentage(Kpi(title="F", measures="a")),
    ... )
    (True, False)
    """
    return _PERCENTAGE.match(kpi.unit or "") is not None


def is_change(kpi: Kpi) -> bool:
    """Whether the unit says that a change is told, which may lie below nothing and above a hundred."""
    return _CHANGE.search(kpi.unit or "") is not None


def out_of(kpi: Kpi) -> float | None:
    """The most that a value can be, where the unit names it.

    >>> out_of(Kpi(title="Score", measures="a", unit="points out of 1,200")), out_of(Kpi(title="Score", measures="a"))
    (1200.0, None)
    """
    found = _OUT_OF.search(kpi.unit or "")
    return float(found[1].replace(",", "")) if found else None
