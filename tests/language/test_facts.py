"""What is known of a KPI is the same in every output: its latest reading, its aim, and what weak and strong mean."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from strategies import tries
from toc.language.facts import STRONG, WEAK, aim, latest_reading, strength
from toc.language.numbers import number

FIRST = date(2026, 1, 1)
READINGS = st.lists(
    st.builds(
        lambda day, value, part: {
            "date": (FIRST + timedelta(day)).isoformat(),
            "value": value,
            **({"where": {"school": "North"}} if part else {}),
        },
        st.integers(0, 3),
        st.integers(1000, 9999),
        st.booleans(),
    ),
    max_size=6,
)


def theory(**kpi: Any) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "outcomes": {"change": {"title": "Change", "leads_to": "goal"}},
            "kpis": {"gain": {"title": "Gain", "measures": "change", **kpi}},
        }
    )


@tries(60)
@given(READINGS)
def test_the_latest_reading_is_the_same_everywhere(readings: list[dict[str, Any]]) -> None:
    found = theory(readings=readings)
    everybody = [one for one in readings if "where" not in one]
    last = max(reversed(everybody), key=lambda one: one["date"], default=None)
    latest = latest_reading(found.kpis["gain"])
    assert (latest.value if latest else None) == (last["value"] if last else None)
    box = "\n".join(line.text for box in found.diagram().boxes for line in box.lines)
    if last is None:
        assert "latest" not in box
        assert "latest" not in found.narrative()
        return
    value = number(last["value"])
    assert list(found.to_pandas("kpis")["latest"]) == [last["value"]]
    assert f"latest {value} (" in box
    assert f"latest {value} on " in found.narrative()
    assert f"{value} on " in re.sub(r"<[^>]*>", "", found.to_html())


@pytest.mark.parametrize(
    ("fields", "whole", "short"),
    [
        ({}, "", ""),
        ({"unit": "months"}, "in months", ""),
        ({"unit": "months", "baseline": 3}, "from 3 months, no target yet", ""),
        ({"unit": "%", "baseline": 3, "target": 64}, "from 3 to 64%", "target 64%"),
        (
            {"unit": "pupils", "target": {"value": 1400, "by": "2027-03-31"}},
            "to 1,400 pupils by 31 March 2027",
            "target 1,400 pupils by Mar 2027",
        ),
        (
            {"direction": "keep", "baseline": 90, "target": {"value": 90, "by": "2027-03-31"}},
            "keep 90 until 31 March 2027",
            "keep 90 until Mar 2027",
        ),
    ],
)
def test_an_aim_has_one_wording_and_its_short_form(fields: dict[str, Any], whole: str, short: str) -> None:
    found = theory(**fields)
    kpi = found.kpis["gain"]
    assert aim(kpi) == whole
    assert aim(kpi, short=True) == short
    assert f"Gain{f' ({whole})' if whole else ''}" in found.outline()
    assert whole in found.narrative()
    assert short in "\n".join(line.text for box in found.diagram().boxes for line in box.lines)


def test_weak_means_the_same_to_a_drawing_and_to_a_check() -> None:
    for confidence in (WEAK, WEAK + 0.01):
        found = toc.TheoryOfChange.model_validate(
            {
                "toc": 1,
                "title": "T",
                "goal": "G",
                "outcomes": {"change": {"title": "Change", "leads_to": {"goal": {"confidence": confidence}}}},
                "activities": {"club": {"title": "Club", "leads_to": "change"}},
            }
        )
        drawn = {arrow.strength for arrow in found.diagram().arrows if arrow.target == "goal"}
        told = "TOC114" in {one.code for one in found.check(profile="funder", today=date(2026, 9, 1))}
        assert (drawn == {"weak"}) == told
    assert strength(STRONG) == "strong"
