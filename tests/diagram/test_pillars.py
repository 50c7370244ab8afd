"""The pillar view: goals on top, a column for each pillar, rows by distance, activities in a band at the foot."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given

import toc
from diagram.geometry import boxes_keep_apart, shared_length
from diagram.shapes import shapes
from strategies import tries
from toc.diagram import Box, Diagram
from toc.render.dot import to_dot


def theory_with(**sections: object) -> toc.TheoryOfChange:
    return toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "The goal", **sections})


def box_of(diagram: Diagram, id: str) -> Box:
    return next(box for box in diagram.boxes if box.id == id)


def caption_texts(diagram: Diagram) -> list[str]:
    return [" ".join(caption.rows) for caption in diagram.captions]


def left_to_right(diagram: Diagram, *ids: str) -> list[str]:
    return sorted(ids, key=lambda id: box_of(diagram, id).x)


def top_down(diagram: Diagram, *ids: str) -> list[str]:
    return sorted(ids, key=lambda id: box_of(diagram, id).y)


TWO = {"pillars": {"b": "Second in the alphabet", "a": "First in the alphabet"}}


def test_columns_stand_in_the_author_s_order_and_are_equally_wide() -> None:
    diagram = theory_with(**TWO, activities={"x": {"title": "X", "leads_to": "a"}}).diagram()
    assert left_to_right(diagram, "a", "b") == ["b", "a"]
    assert [group.id for group in diagram.groups] == ["b", "a"]
    assert box_of(diagram, "a").width == box_of(diagram, "b").width
    assert len({group.width for group in diagram.groups}) == 1


def test_boxes_have_one_width_and_columns_that_of_what_stands_in_them() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    assert len({box.width for box in diagram.boxes if box.kind in {"outcome", "output", "activity"}}) == 1
    gaps = {round(other.x - one.x - one.width, 1) for one, other in pairwise(diagram.groups)}
    assert min(gaps) > 0
    assert len({group.width for group in diagram.groups}) > 1


def test_activities_stand_beneath_what_they_lead_to_and_goals_on_top() -> None:
    diagram = theory_with(
        **TWO,
        activities={"act": {"title": "Act", "leads_to": "put"}},
        outputs={"put": {"title": "Put", "leads_to": "come"}},
        outcomes={"come": {"title": "Come", "leads_to": "a"}},
    ).diagram()
    order = top_down(diagram, "act", "put", "come", "a", "goal")
    assert (order[:2], order[-1]) == (["goal", "a"], "act")
    assert [box.kind for box in diagram.boxes] == ["goal", "pillar", "pillar", "outcome", "output", "activity"]


def test_no_effect_stands_below_its_cause() -> None:
    chain = {f"o{number}": {"title": "Step", "leads_to": f"o{number + 1}"} for number in range(5)}
    chain["o5"] = {"title": "Last", "leads_to": "a"}
    diagram = theory_with(**TWO, outcomes=chain).diagram()
    for cause, effect in pairwise(chain):
        one, other = box_of(diagram, cause), box_of(diagram, effect)
        assert other.y < one.y + one.height


def test_activities_stand_in_a_band_under_everything_else() -> None:
    diagram = toc.example("large-programme").diagram()
    others = max(box.y + box.height for box in diagram.boxes if box.kind != "activity")
    assert all(box.y > others for box in diagram.boxes if box.kind == "activity")


def test_many_activities_are_wrapped_into_rows() -> None:
    activities = {f"x{number}": {"title": "X", "leads_to": "a"} for number in range(24)}
    diagram = theory_with(**TWO, activities=activities).diagram()
    rows = {box.y for box in diagram.boxes if box.kind == "activity"}
    assert 4 <= len(rows) <= 12


def test_a_declared_pillar_decides_the_column() -> None:
    both = {"x": {"title": "X", "leads_to": ["a", "b"]}, "y": {"title": "Y", "pillar": "b", "leads_to": ["a", "b"]}}
    theory = theory_with(**TWO, activities=both)
    diagram = theory.diagram()
    panels = {group.id: group for group in diagram.groups}
    for id in both:
        panel = panels[theory.columns[id] or ""]
        assert panel.x < box_of(diagram, id).x < panel.x + panel.width
    assert theory.columns["y"] == "b"


def test_what_reaches_no_pillar_stands_in_an_untitled_last_column() -> None:
    theory = theory_with(**TWO, activities={"lone": {"title": "Lone", "leads_to": "goal"}, "idle": "Idle"})
    last = theory.diagram().groups[-1]
    assert (last.id, last.title) == ("", "")
    for id in ("lone", "idle"):
        assert last.x < box_of(theory.diagram(), id).x < last.x + last.width


def test_without_pillars_there_are_no_panels_and_no_heading_for_them() -> None:
    diagram = theory_with(activities={"x": {"title": "X", "leads_to": "goal"}}).diagram()
    assert diagram.groups == ()
    assert caption_texts(diagram) == ["T", "Goal", "Activity", "Accountability ceiling"]


def test_one_goal_is_one_bar_over_everything() -> None:
    diagram = toc.example("rgs-newcastle").diagram()
    goal = box_of(diagram, "goal")
    assert goal.x == diagram.groups[0].x
    assert goal.x + goal.width == pytest.approx(diagram.groups[-1].x + diagram.groups[-1].width)


def test_the_ceiling_stands_between_the_goals_above_it_and_the_others() -> None:
    goals = {"far": "Far", "near": {"title": "Near", "above_ceiling": False}}
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goals": goals, **TWO})
    diagram = theory.diagram()
    (ceiling,) = diagram.ceilings
    assert box_of(diagram, "far").y < ceiling.y < box_of(diagram, "near").y


def test_no_goal_above_the_ceiling_means_no_ceiling() -> None:
    diagram = theory_with(goal={"title": "Near", "above_ceiling": False}).diagram()
    assert diagram.ceilings == ()
    assert caption_texts(diagram) == ["T", "Goal"]


def test_a_link_into_the_own_column_s_pillar_needs_no_arrow() -> None:
    diagram = theory_with(**TWO, outcomes={"o": {"title": "O", "pillar": "a", "leads_to": ["a", "b"]}}).diagram()
    assert [(arrow.source, arrow.target) for arrow in diagram.arrows if arrow.source == "o"] == [("o", "b")]


def test_a_feedback_link_into_the_own_column_s_pillar_is_an_arrow() -> None:
    outcomes = {"o": {"title": "O", "pillar": "a", "leads_to": {"a": {"feedback": True}}}}
    diagram = theory_with(**TWO, outcomes=outcomes).diagram()
    assert [arrow.feedback for arrow in diagram.arrows if arrow.source == "o"] == [True]


def test_the_argument_of_a_link_without_an_arrow_stands_in_the_tooltip() -> None:
    outcomes = {"o": {"title": "O", "leads_to": {"a": {"because": "It follows", "confidence": "high"}}}}
    box = box_of(theory_with(**TWO, outcomes=outcomes).diagram(), "o")
    assert "Leads to First in the alphabet, because: It follows" in box.tooltip
    assert "Confidence: " in box.tooltip


def test_links_across_pillars_are_marked_and_others_are_not() -> None:
    outcomes = {
        "in-a": {"title": "A", "pillar": "a", "leads_to": ["in-b", "goal"]},
        "in-b": {"title": "B", "pillar": "b", "leads_to": ["also-b"]},
        "also-b": {"title": "B", "pillar": "b"},
    }
    diagram = theory_with(**TWO, outcomes=outcomes).diagram()
    across = {(arrow.source, arrow.target) for arrow in diagram.arrows if arrow.across}
    assert across == {("in-a", "in-b")}


def test_a_kpi_stands_in_each_box_that_it_measures_in_full_but_in_no_head_over_it() -> None:
    title = "A very long name of a measure that goes on and on for the sake of being exact about what it counts"
    kpis = {"k": {"title": title, "measures": ["goal", "a", "o"], "target": {"value": 1200, "by": "2027-07-31"}}}
    diagram = theory_with(**TWO, outcomes={"o": {"title": "O", "leads_to": "a"}}, kpis=kpis).diagram()
    assert not [line for line in box_of(diagram, "a").lines if line.role == "kpi"]
    for id in ("goal", "o"):
        (line,) = [line for line in box_of(diagram, id).lines if line.role == "kpi"]
        assert line.about == "k"
        assert " ".join(line.rows) == f"{title}: target 1,200 by Jul 2027"


@tries(40)
@given(theory=shapes())
def test_titles_are_never_shortened(theory: toc.TheoryOfChange) -> None:
    for box in theory.diagram().boxes:
        drawn = "".join(box.lines[0].rows).replace("-", "").replace(" ", "")
        assert drawn == theory.nodes[box.id].title.replace("-", "").replace(" ", "")


@tries(40)
@given(theory=shapes())
def test_the_boxes_stand_in_reading_order(theory: toc.TheoryOfChange) -> None:
    kinds = ["goal", "pillar", "outcome", "output", "activity"]
    order = [kinds.index(box.kind) for box in theory.diagram().boxes]
    assert order == sorted(order)


def test_a_drawing_has_about_the_shape_of_a_slide() -> None:
    diagram = toc.example("rgs-newcastle").diagram()
    assert 1.2 < diagram.width / diagram.height < 2.4


@pytest.mark.parametrize("kind", ["goal", "pillar"])
def test_an_organisation_s_long_words_keep_apart_in_the_margin(kind: str) -> None:
    words = {"vocabulary": {kind: "Handlungsfeld für die Zusammenarbeit"}}
    theory = theory_with(**TWO, settings=words, outcomes={"o": {"title": "O", "leads_to": "a"}})
    assert list(boxes_keep_apart(theory, theory.diagram())) == []


def test_broken_lines_are_never_painted_over_one_another() -> None:
    links = {"o": {"confidence": "medium"}}
    activities = {f"x{number}": {"title": "X", "leads_to": links} for number in range(3)}
    diagram = theory_with(**TWO, outcomes={"o": {"title": "O", "leads_to": "a"}}, activities=activities).diagram()
    painted = [_painted_points(line) for line in diagram_dot(diagram) if '-> "o"' in line]
    for one, other in combinations(painted, 2):
        assert all(shared_length(first, second) <= 1 for first in pairwise(one) for second in pairwise(other))


def diagram_dot(diagram: Diagram) -> list[str]:
    return to_dot(diagram).splitlines()


def _painted_points(line: str) -> list[tuple[float, float]]:
    (path,) = re.findall(r' pos="(?:e,\S+ )?([^"]*)"', line)
    return [(float(x), float(y)) for x, y in (point.split(",") for point in path.split())]
