"""The ladder of evidence: where each activity stands, where its KPIs would lead, and what the advice asks."""

from __future__ import annotations

import pytest

import toc

RGS = toc.example("rgs-newcastle")
ROWS = {
    "scitt": "outcomes outcomes outcomes",
    "cpd-webinars": "none outcomes outcomes",
    "zones-visits": "anecdote counts outcomes",
    "partnership-teachers": "counts outcomes outcomes",
    "bright-sparks": "none comparison outcomes",
    "digital-schoolhouse": "none outcomes counts",
    "coding-clubs": "none outcomes outcomes",
    "reading-volunteers": "outcomes outcomes outcomes",
    "volunteer-training": "none counts outcomes",
    "mentoring": "none outcomes outcomes",
    "sport": "counts counts counts",
    "art-community": "counts counts counts",
    "careers-fair": "counts outcomes counts",
}


@pytest.mark.parametrize(("activity", "row"), ROWS.items())
def test_each_activity_of_the_example_stands_where_its_file_says(activity: str, row: str) -> None:
    one = RGS.evidence_ladder()[activity]
    assert f"{one.today} {one.planned} {one.asked}" == row


def test_the_opening_counts_what_is_read_and_who_stands_where() -> None:
    assert RGS.evidence_ladder().to_markdown().split("\n\n")[1].strip("*") == (
        "6 of 14 KPIs have been read. 5 of 13 activities stand where the advice asks, 8 lower; for 6 of those the KPIs "
        "planned would reach it."
    )
