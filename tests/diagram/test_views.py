"""What each view shows that no other does, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from diagram.shapes import shapes
from strategies import tries
from toc.diagram import VIEWS, Box, Diagram, Marked
from toc.diagram.drawing import drawn

DOCS = Path(__file__).resolve().parents[2] / "docs"
RGS = toc.example("rgs-newcastle")
NEEDED: dict[str, dict[str, Any]] = {
    "neighbourhood": {"node": "specialist-teaching", "steps": 1},
    "path": {"node": "careers-fair"},
}


def look(theory: toc.TheoryOfChange, view: str, **options: Any) -> Diagram:
    return theory.diagram(view, **{**NEEDED.get(view, {}), "search": "quick", **options})


def ids(diagram: Diagram, kind: str = "") -> list[str]:
    return [box.id for box in diagram.boxes if kind in ("", box.kind)]


def box_of(diagram: Diagram, id: str) -> Box:
    return next(box for box in diagram.boxes if box.id == id)


def linked(diagram: Diagram) -> set[tuple[str, str]]:
    return {(arrow.source, arrow.target) for arrow in diagram.arrows}


def links(theory: toc.TheoryOfChange) -> set[tuple[str, str]]:
    return {(link.source, link.target) for link in theory.links}


def texts(diagram: Diagram, role: str) -> list[str]:
    return [" ".join(caption.rows) for caption in diagram.captions if caption.role == role]


def notes_in(box: Box) -> list[str]:
    return [" ".join(line.rows) for line in box.lines if line.role == "note"]


# What one view alone shows of the example.


def a_panel_for_each_pillar_with_all_that_stands_in_it(diagram: Diagram) -> bool:
    panels = {group.id: group for group in diagram.groups}
    return set(panels) == set(RGS.pillars) and all(
        panels[column].x <= box_of(diagram, id).x and box_of(diagram, id).x + box_of(diagram, id).width
        <= panels[column].x + panels[column].width
        for id, column in RGS.columns.items()
    )  # fmt: skip


def how_much_stands_in_each_pillar_and_no_more(diagram: Diagram) -> bool:
    return ids(diagram) == [*RGS.goals, *RGS.pillars] and all(notes_in(box_of(diagram, id)) for id in RGS.pillars)


def an_arrow_for_every_link_below_a_goal_as_wide_as_all(diagram: Diagram) -> bool:
    if linked(diagram) != links(RGS):
        return False
    goal = box_of(diagram, "goal")
    return all(goal.x <= box.x and box.x + box.width <= goal.x + goal.width for box in diagram.boxes)


def what_goes_in_before_what_is_done(diagram: Diagram) -> bool:
    inputs = [box for box in diagram.boxes if box.kind == "input"]
    first = min(box.x for box in diagram.boxes if box.kind != "input")
    return bool(inputs) and bool(ids(diagram, "goal")) and all(box.x + box.width < first for box in inputs)


def bands_that_widen_and_no_arrows(diagram: Diagram) -> bool:
    widths = [max(x for x, _ in band.points) - min(x for x, _ in band.points) for band in diagram.bands]
    return len(widths) == 5 and widths == sorted(widths) and not diagram.arrows


def one_node_with_what_is_linked_to_it_and_no_more(diagram: Diagram) -> bool:
    node = "specialist-teaching"
    around = {node, *RGS.causes(node), *RGS.effects(node)}
    return set(ids(diagram)) == around and box_of(diagram, node).mark == "focus"


def the_ways_to_the_goal_and_no_more(diagram: Diagram) -> bool:
    passed = {id for way in RGS.paths("careers-fair") for id in way}
    return set(ids(diagram)) == passed and box_of(diagram, "careers-fair").mark == "focus"


def who_gives_and_who_gains(diagram: Diagram) -> bool:
    return {"gives", "gains", "reciprocates"} == {arrow.flow for arrow in diagram.arrows}


ALONE: dict[str, Callable[[Diagram], bool]] = {
    "pillars": a_panel_for_each_pillar_with_all_that_stands_in_it,
    "layers": an_arrow_for_every_link_below_a_goal_as_wide_as_all,
    "logic-model": what_goes_in_before_what_is_done,
    "triangle": bands_that_widen_and_no_arrows,
    "neighbourhood": one_node_with_what_is_linked_to_it_and_no_more,
    "path": the_ways_to_the_goal_and_no_more,
    "partners": who_gives_and_who_gains,
    "collapsed": how_much_stands_in_each_pillar_and_no_more,
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_shows_what_no_other_does(view: str) -> None:
    assert [other for other in VIEWS if ALONE[view](look(RGS, other))] == [view]


# What they have in common.


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_name_a_title_and_says_what_it_shows(view: str) -> None:
    diagram = look(RGS, view)
    assert (diagram.view, diagram.title) == (view, RGS.title)
    assert texts(diagram, "heading") == [RGS.title]
    assert VIEWS[view].shows


@tries(30)
@given(theory=shapes(), view=st.sampled_from(list(VIEWS)))
def test_the_same_theory_is_always_drawn_the_same(theory: toc.TheoryOfChange, view: str) -> None:
    node: dict[str, Any] = {"node": list(theory.forwards)[-1]} if VIEWS[view].needs else {}
    again = toc.loads(theory.dumps())
    assert theory.diagram(view, **node, search="quick") == again.diagram(view, **node, search="quick")
    assert theory == again


@tries(60)
@given(theory=shapes(), view=st.sampled_from(["layers", "logic-model", "triangle"]))
def test_the_views_of_the_whole_show_every_node_every_kpi_and_every_link(theory: toc.TheoryOfChange, view: str) -> None:
    diagram = theory.diagram(view, search="quick")
    nodes = [id for id in theory.nodes if id not in theory.kpis]
    assert [id for id in ids(diagram) if id in theory.nodes] == nodes
    shown = {(line.about, box.id) for box in diagram.boxes for line in box.lines if line.role == "kpi"}
    assert shown == {(id, node) for id, kpi in theory.kpis.items() for node in kpi.measures}
    assert linked(diagram) == (set() if view == "triangle" else links(theory))


@pytest.mark.parametrize("view", VIEWS)
def test_a_mark_is_said_in_its_box_whatever_the_view(view: str) -> None:
    id = ids(look(RGS, view))[-1]
    id = {"logic-model": "careers-fair", "partners": "coding-clubs"}.get(view, id)
    diagram = drawn(RGS, view, marks={id: Marked("changed", "New title")}, **NEEDED.get(view, {}))
    box = box_of(diagram, id)
    assert box.mark == "changed"
    assert [" ".join(line.rows) for line in box.lines if line.role == "mark"] == ["New title"]


@pytest.mark.parametrize(
    ("view", "options", "said"),
    [
        ("pillars", {"direction": "down"}, "the view 'pillars' takes no direction: layers, neighbourhood and path do"),
        ("triangle", {"node": "scitt"}, "the view 'triangle' takes no node: neighbourhood and path do"),
        ("path", {"node": "scitt", "steps": 2}, "the view 'path' takes no steps: neighbourhood does"),
        ("path", {}, "the view 'path' needs a node: give the id of one, "),
        ("neighbourhood", {}, "the view 'neighbourhood' needs a node: give the id of one, "),
        ("layer", {}, "did you mean 'layers'"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_by_name(view: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(toc.OptionError) as caught:
        RGS.diagram(view, **options, search="quick")
    assert said in str(caught.value)


# Layers


def test_layers_name_the_pillar_of_each_box_where_there_are_several() -> None:
    box = box_of(RGS.diagram("layers", search="quick"), "scitt")
    assert (box.lines[0].role, " ".join(box.lines[0].rows)) == ("eyebrow", RGS.pillars["cpd"].title)
    small = toc.example("small-charity").diagram("layers")
    assert all(line.role != "eyebrow" for box in small.boxes for line in box.lines)


@pytest.mark.parametrize("direction", ["down", "right", "left"])
def test_the_ceiling_is_upright_only_where_layers_lead_to_a_side(direction: str) -> None:
    (rule,) = RGS.diagram("layers", direction=direction, search="quick").ceilings  # type: ignore[arg-type]
    assert (rule.width == 0, rule.height == 0) == ((False, True) if direction == "down" else (True, False))


def test_down_is_the_mirror_of_up() -> None:
    up, down = (RGS.diagram("layers", direction=direction, search="quick") for direction in ("up", "down"))
    for box in up.boxes:
        assert box_of(down, box.id).x == box.x
    assert sorted(ids(up), key=lambda id: box_of(up, id).y) != sorted(ids(up), key=lambda id: box_of(down, id).y)


def test_left_is_the_mirror_of_right() -> None:
    right, left = (RGS.diagram("layers", direction=direction, search="quick") for direction in ("right", "left"))
    assert right.width == left.width
    for box in right.boxes:
        mirrored = box_of(left, box.id)
        assert mirrored.y == box.y
        assert mirrored.x == pytest.approx(right.width - box.x - box.width, abs=0.02)


def test_activities_stand_under_all_others_and_pillars_side_by_side() -> None:
    diagram = RGS.diagram("layers", search="quick")
    assert len({box_of(diagram, id).y for id in RGS.pillars}) == 1
    others = [id for id in ids(diagram) if id not in RGS.activities]
    assert min(box_of(diagram, id).y for id in RGS.activities) > max(box_of(diagram, id).y for id in others)


# Around a node


def test_a_neighbourhood_goes_so_many_steps_and_says_what_lies_beyond() -> None:
    small = toc.example("small-charity")
    none, one, two = (small.diagram("neighbourhood", node="friendships", steps=steps) for steps in (0, 1, 2))
    assert ids(none) == ["friendships"]
    assert ids(one) == ["company", "friendships", "afternoons"]
    assert ids(two) == ["goal", "company", "friendships", "afternoons", "tea-and-games"]
    assert texts(one, "note") == ["Beyond what is shown: 1 more box leads here and 1 more follows from here"]
    assert texts(two, "note") == []


def test_the_centre_says_so_in_words() -> None:
    box = box_of(look(RGS, "neighbourhood"), "specialist-teaching")
    assert (box.lines[-1].role, box.lines[-1].rows) == ("mark", ("The centre of this view",))


def test_a_kpi_is_seen_around_what_it_measures() -> None:
    (kpi,) = (id for id in RGS.kpis if id == "graduating-trainees")
    diagram = RGS.diagram("neighbourhood", node=kpi, steps=0, search="quick")
    assert ids(diagram) == list(RGS.kpis[kpi].measures)
    assert {box.mark for box in diagram.boxes} == {"focus"}


# Ways to the goal


def test_a_path_says_how_many_ways_there_are() -> None:
    diagram = toc.example("small-charity").diagram("path", node="tea-and-games")
    assert texts(diagram, "note") == ["2 ways from “Tea, soup and board games” to the goal"]


def test_a_node_with_no_way_to_the_goal_stands_alone_and_the_drawing_says_so() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, activities: {x: {title: X}}}")
    diagram = theory.diagram("path", node="x", search="quick")
    assert (ids(diagram), texts(diagram, "note")) == (["x"], ["No way leads from “X” to the goal"])


def test_feedback_is_no_way() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goal: G, outcomes: {o: {title: O, leads_to: {goal: {}, x: {feedback: true}}}},"
        " activities: {x: {title: X, leads_to: o}}}"
    )
    assert linked(theory.diagram("path", node="x", search="quick")) == {("x", "o"), ("o", "goal")}


# The triangle


def test_the_triangle_s_boxes_stand_within_their_bands() -> None:
    diagram = RGS.diagram("triangle", search="quick")
    for box, band in zip(
        (box_of(diagram, "goal"), box_of(diagram, "scitt")), (diagram.bands[0], diagram.bands[-1]), strict=True
    ):
        top, foot = min(y for _, y in band.points), max(y for _, y in band.points)
        assert top < box.y < box.y + box.height < foot
    centre = diagram.bands[0].points[0][0]
    for row in {box.y for box in diagram.boxes}:
        boxes = [box for box in diagram.boxes if box.y == row]
        middle = (min(box.x for box in boxes) + max(box.x + box.width for box in boxes)) / 2
        assert middle == pytest.approx(centre, abs=0.1)
        width = _width_at(diagram, row)
        assert max(box.x + box.width for box in boxes) - min(box.x for box in boxes) < width


def _width_at(diagram: Diagram, y: float) -> float:
    (apex_x, apex_y), base = diagram.bands[0].points[0], diagram.bands[-1].points
    half = max(x for x, _ in base) - apex_x
    return 2 * half * (y - apex_y) / (max(y for _, y in base) - apex_y)


@pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")
def test_the_triangle_is_as_steep_as_its_page_is_high() -> None:
    theory = toc.example("small-charity")
    shapes = []
    for page in ("slide", "a4-portrait"):
        base = theory.diagram("triangle", page=page).bands[-1].points
        apex = theory.diagram("triangle", page=page).bands[0].points[0]
        shapes.append((max(x for x, _ in base) - apex[0]) / (max(y for _, y in base) - apex[1]))
    assert shapes[0] > 2 * shapes[1]


@pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")
def test_the_triangle_says_as_much_of_its_kpis_as_its_page_holds_and_hides_what_is_not_wanted() -> None:
    full, counted = (RGS.diagram("triangle", page="a3-portrait", kpis=kpis) for kpis in ("full", "count"))
    assert full.title_size < counted.title_size
    outside = RGS.diagram("triangle", audience="outside", hide=["captions", "ceiling", "kpis", "legend"])
    roles = {line.role for box in outside.boxes for line in box.lines}
    assert not roles & {"badge", "kpi"}
    assert not outside.ceilings
    assert not outside.legend
    assert {caption.role for caption in outside.captions} == {"heading"}


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_forgotten_in_the_documentation_and_the_gallery(view: str) -> None:
    one = VIEWS[view]
    takes, needs = (", ".join(f"`{name}`" for name in names) or "–" for names in (one.takes, one.needs))
    assert f"\n| `{view}` | {one.shows} | {takes} | {needs} |\n" in (DOCS / "api.md").read_text(encoding="utf-8")
    pages = ((DOCS / "drawing.md", f"`{view}`"), (DOCS / "gallery.md", f"--view {view}"))
    assert [page.name for page, said in pages if said not in page.read_text(encoding="utf-8")] == []
