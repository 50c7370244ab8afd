"""Arrows go straight where they can, share a trunk where they look alike, and know which end is which."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest

import toc
from diagram.geometry import bends_of
from diagram.shapes import theory_of
from toc.diagram import Arrow, Diagram


def drawn(search: Literal["full", "quick"] = "full", /, **sections: object) -> Diagram:
    data = {"toc": 1, "title": "T", "goal": "G", "pillars": {"p": "P", "q": "Q"}, **sections}
    return toc.TheoryOfChange.model_validate(data).diagram(search=search)


def arrow_of(diagram: Diagram, source: str, target: str) -> Arrow:
    return next(arrow for arrow in diagram.arrows if (arrow.source, arrow.target) == (source, target))


def outcome(title: str, *leads_to: str, pillar: str = "p") -> dict[str, object]:
    return {"title": title, "leads_to": list(leads_to), "pillar": pillar}


def test_an_arrow_between_boxes_above_one_another_is_one_straight_line() -> None:
    diagram = drawn(outcomes={"low": outcome("Low", "high"), "high": outcome("High", "p")})
    (x, y), (tip_x, tip_y) = arrow_of(diagram, "low", "high").points
    assert (x == tip_x and y > tip_y) or y == tip_y  # straight up, or level where they stand side by side


def test_each_pillar_leads_straight_up_into_the_goal_s_bar() -> None:
    diagram = drawn()
    for pillar in ("p", "q"):
        (x, _), (tip_x, _) = arrow_of(diagram, pillar, "goal").points
        assert x == tip_x


def test_a_feedback_arrow_points_down_again() -> None:
    diagram = drawn(
        outcomes={"high": {"title": "High", "pillar": "p", "leads_to": {"low": {"feedback": True}}}},
        activities={"low": {"title": "Low", "leads_to": "high"}},
    )
    up, down = arrow_of(diagram, "low", "high"), arrow_of(diagram, "high", "low")
    assert up.points[0][1] > up.points[-1][1]
    assert down.points[0][1] < down.points[-1][1]
    assert down.feedback
    assert up.points[0][0] != down.points[0][0]


def test_an_arrow_within_a_row_goes_over_the_boxes() -> None:
    diagram = drawn(pillars={"p": {"title": "P", "leads_to": "r"}, "q": "Q", "r": "R"})
    arrow = arrow_of(diagram, "p", "r")
    tops = [box.y for box in diagram.boxes if box.kind == "pillar"]
    assert arrow.points[0][1] == arrow.points[-1][1] == tops[0]
    assert min(y for _, y in arrow.points) < tops[0]


def test_arrows_that_look_alike_end_at_one_point_of_their_target() -> None:
    sources = {f"x{number}": {"title": "X", "leads_to": "o"} for number in range(5)}
    diagram = drawn(outcomes={"o": outcome("O", "p")}, activities=sources)
    assert len({arrow_of(diagram, source, "o").points[-1] for source in sources}) == 1


def test_arrows_that_look_different_end_apart() -> None:
    looks = [{}, {"confidence": "low"}, {"confidence": "medium"}, {"confidence": "high"}, {"sign": "-"}]
    sources = {f"x{n}": {"title": "X", "leads_to": {"o": look}} for n, look in enumerate(looks)}
    diagram = drawn(outcomes={"o": outcome("O", "p")}, activities=sources)
    ends = sorted(arrow_of(diagram, source, "o").points[-1][0] for source in sources)
    assert min(right - left for left, right in pairwise(ends)) > 6


def test_an_arrow_past_a_box_does_not_run_through_it() -> None:
    diagram = drawn(
        outcomes={
            "high": outcome("High", "p"),
            "middle": outcome("Middle", "high"),
            "low": outcome("Low", "middle", "high"),
        }
    )
    box = next(box for box in diagram.boxes if box.id == "middle")
    for (x, y), (to_x, to_y) in pairwise(arrow_of(diagram, "low", "high").points):
        beside = max(x, to_x) <= box.x or min(x, to_x) >= box.x + box.width
        assert beside or max(y, to_y) <= box.y or min(y, to_y) >= box.y + box.height


def test_an_arrow_past_its_pillar_goes_round_it() -> None:
    diagram = drawn(outcomes={"o": outcome("O", "goal")})
    pillar = next(box for box in diagram.boxes if box.id == "p")
    beside = [x for x, y in arrow_of(diagram, "o", "goal").points if pillar.y <= y <= pillar.y + pillar.height]
    assert all(not pillar.x < x < pillar.x + pillar.width for x in beside)
    assert arrow_of(diagram, "o", "goal").points[-1][1] < pillar.y


def test_a_drawing_stays_small_however_many_arrows_share_a_trunk() -> None:
    few, many = (
        drawn(
            "quick",  # where boxes stand may cost a track more or less, and is not asked here
            outcomes={"o": outcome("O", "p"), "far": outcome("Far", "q", pillar="q")},
            activities={f"x{n}": {"title": "X", "pillar": "p", "leads_to": "far"} for n in range(count)},
        )
        for count in (12, 36)
    )
    boxes = [next(box for box in diagram.boxes if box.id == "far") for diagram in (few, many)]
    tops = [min(box.y for box in diagram.boxes if box.kind == "activity") for diagram in (few, many)]
    assert tops[1] - boxes[1].y == tops[0] - boxes[0].y


@pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")
def test_an_arrow_past_a_goal_over_all_columns_turns_four_times_at_most() -> None:
    theory = theory_of({"goal": 2, "pillar": 4, "outcome": 2, "output": 2, "activity": 3, "kpi": 3}, 60)
    diagram = theory.diagram(page="a4-portrait", search="quick")
    assert max(bends_of(arrow.points) for arrow in diagram.arrows) <= 4
