"""How often a KPI is read, and what its unit says: the words on which every judgement of a reading stands."""

from __future__ import annotations

import pytest

import toc
from toc.language.kpi_units import is_change, is_percentage, out_of
from toc.monitoring.cadence import half, limit


def kpi(**keys: object) -> toc.Kpi:
    """A KPI with these keys."""
    return toc.Kpi.model_validate({"title": "Reading age", "measures": "readers", **keys})


@pytest.mark.parametrize(
    ("frequency", "halved", "lasting"),
    [
        ("daily", 0, 8), ("weekly", 3, 17), ("fortnightly", 7, 28), ("monthly", 15, 53), ("quarterly", 46, 145),
        ("termly", 61, 190), ("half-yearly", 91, 281), ("yearly", 92, 556), ("once", 92, 556), (None, 92, 556),
    ],
)  # fmt: skip
def test_a_reading_tells_of_a_step_and_a_half_and_a_week(frequency: str | None, halved: int, lasting: int) -> None:
    one = kpi(frequency=frequency) if frequency else kpi()
    assert (half(one), limit(one)) == (halved, lasting)


@pytest.mark.parametrize(
    "unit", ["%", "% of pupils", "%pupils", "per cent", "Percent of pupils", "percentage points", " % "]
)
def test_a_percentage_is_told_by_the_beginning_of_its_unit(unit: str) -> None:
    assert is_percentage(kpi(unit=unit))


@pytest.mark.parametrize("unit", [None, "months", "pupils (%)", "percentile", "permille", "points out of 100"])
def test_other_units_are_no_percentages(unit: str | None) -> None:
    assert not is_percentage(kpi(unit=unit) if unit else kpi())


@pytest.mark.parametrize(
    ("unit", "most"),
    [("out of 14", 14), ("marks Out of 1,200", 1200), ("out of 7.5 stars", 7.5), ("out of ten", None), ("%", None)],
)
def test_the_most_that_can_be_reached_is_told_by_the_unit(unit: str, most: float | None) -> None:
    assert out_of(kpi(unit=unit)) == most


def test_a_change_is_told_by_its_word() -> None:
    assert [is_change(kpi(unit=unit)) for unit in ("% change", "% growth", "percentage points", "% of exchanges")] == [
        True, True, True, False,
    ]  # fmt: skip
