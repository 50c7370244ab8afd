"""Connectors of office programs: what they draw from their few numbers is the way that was laid out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagram.shapes import theory_of
from toc.render.elbows import LEAST, MOST_PIECES, Elbow, elbow


def redrawn(way: Elbow) -> list[tuple[float, float]]:
    """The corners as an office program works them out: in the unturned frame, flipped, then turned about its middle."""
    width, height = way.width, way.height
    corners = [(0.0, 0.0)]
    for index, share in enumerate(way.shares):
        x, y = corners[-1]
        corners.append((share * width, y) if index % 2 == 0 else (x, share * height))
    x, y = corners[-1]
    if len(way.points) > 2:
        corners.append((width, y) if len(way.shares) % 2 == 0 else (x, height))
    corners.append((width, height))
    middle_x, middle_y = way.left + width / 2, way.top + height / 2
    found = []
    for x, y in corners:
        across, along = x - width / 2, y - height / 2
        across, along = (-across if way.flip_x else across), (-along if way.flip_y else along)
        if way.turn == 90:
            across, along = -along, across
        found.append((middle_x + across, middle_y + along))
    return found


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_connector_runs_where_its_corners_are(seed: int) -> None:
    diagram = theory_of({"goal": 1, "pillar": 3, "outcome": 5, "output": 2, "activity": 7}, seed).diagram("pillars")
    for arrow in diagram.arrows:
        way = elbow(arrow.points)
        assert len(way.points) - 1 <= MOST_PIECES
        assert (way.points[0], way.points[-1]) == (arrow.points[0], arrow.points[-1])
        for (x, y), (to_x, to_y) in pairwise(way.points):
            assert abs(x - to_x) < 0.02 or abs(y - to_y) < 0.02
        if len(way.points) > 2:
            for found, wanted in zip(redrawn(way), way.points, strict=True):
                assert found == pytest.approx(wanted, abs=2 * LEAST)


def test_a_straight_way_has_no_corners() -> None:
    assert elbow(((13, 100), (13, 60), (13, 20))).points == ((13, 100), (13, 20))
