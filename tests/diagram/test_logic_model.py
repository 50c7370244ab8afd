"""The logic model: a column for each kind, in the author's order, and a table of what is too much for a column."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

import toc
from diagram.geometry import bends_of
from toc.diagram import Box, Diagram

RGS = toc.example("rgs-newcastle")
pytestmark = pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")  # type too small is told elsewhere


def texts(diagram: Diagram, role: str) -> list[str]:
    return [" ".join(caption.rows) for caption in diagram.captions if caption.role == role]


def columns(diagram: Diagram) -> dict[str, list[Box]]:
    """The boxes of each kind, in the order in which the theory has them."""
    found: dict[str, list[Box]] = {}
    for box in diagram.boxes:
        found.setdefault(box.kind, []).append(box)
    return found


def said(box: Box, role: str) -> list[str]:
    return [line.text for line in box.lines if line.role == role]


def clubs(count: int, **more: Any) -> toc.TheoryOfChange:
    """A theory of so many clubs, each with a lead, which lead to two outcomes by turns."""
    activities = {
        f"c{number}": {"title": f"Club {number}", "lead": "Ms Field", "leads_to": f"o{number % 2}"}
        for number in range(count)
    }
    outcomes = {"o0": {"title": "Pupils read", "leads_to": "p"}, "o1": {"title": "Pupils sing", "leads_to": "q"}}
    data = {"toc": 1, "title": "T", "goal": "G", "pillars": {"p": "Reading", "q": "Music"}, "outcomes": outcomes}
    return toc.TheoryOfChange.model_validate({**data, "activities": activities, **more})


def test_columns_are_headed_in_the_organisation_s_words_from_left_to_right() -> None:
    theory = RGS.evolve(settings={"vocabulary": {"activity": "Project", "goal": "Vision"}})
    headings = [caption for caption in theory.diagram("logic-model").captions if caption.role == "title"]
    assert [" ".join(caption.rows) for caption in sorted(headings, key=lambda caption: caption.x)] == [
        "Inputs", "Projects", "Outputs", "Outcomes", "Pillars (long-term outcomes)", "Vision",
    ]  # fmt: skip


def test_each_input_says_what_it_serves() -> None:
    activities = {
        "a": {"title": "Clubs", "leads_to": "goal", "funding": "The trust", "partners": "school", "lead": "Head"},
        "b": {"title": "Camps", "leads_to": "goal", "funding": "The trust"},
    }
    theory = toc.TheoryOfChange.model_validate(
        {"toc": 1, "title": "T", "goal": "G", "activities": activities, "partners": {"school": "Hill School"}}
    )
    boxes = sorted(box for box in theory.diagram("logic-model").boxes if box.kind == "input")
    said = [tuple(" ".join(line.rows) for line in box.lines) for box in boxes]
    assert said == [
        ("Funding", "The trust", "For Clubs and Camps"),
        ("Led by", "Head", "For Clubs"),
        ("Partner", "Hill School", "For Clubs"),
    ]
    assert boxes[0].tooltip == "Funding: The trust\nFor: Clubs, Camps"
    assert not {box.id for box in boxes} & {end for arrow in theory.diagram("logic-model").arrows for end in arrow[:2]}


def test_a_theory_without_inputs_has_no_column_for_them() -> None:
    theory = toc.loads("{toc: 1, title: T, goal: G, activities: {x: {title: X, leads_to: goal}}}")
    assert "Inputs" not in texts(theory.diagram("logic-model"), "title")


def test_each_kind_stands_in_one_column_in_the_author_s_order() -> None:
    for page in ("free", "slide", "a4-portrait"):
        found = columns(RGS.diagram("logic-model", page=page))
        for kind in ("goal", "pillar", "outcome", "output", "activity"):
            assert len({(box.x, box.width) for box in found[kind]}) == 1
            assert all(one.y + one.height < two.y for one, two in pairwise(found[kind]))


def test_the_columns_stand_side_by_side_and_no_arrow_turns_more_than_four_times() -> None:
    diagram = RGS.diagram("logic-model", page="slide")
    found = columns(diagram)
    kinds = ("input", "activity", "output", "outcome", "pillar", "goal")
    for left, right in pairwise(kinds):
        assert max(box.x + box.width for box in found[left]) < min(box.x for box in found[right])
    assert max(bends_of(arrow.points) for arrow in diagram.arrows) <= 4


def test_boxes_that_face_one_another_are_linked_by_a_straight_arrow() -> None:
    diagram = toc.example("small-charity").diagram("logic-model")
    arrow = next(arrow for arrow in diagram.arrows if arrow.target == "goal")
    assert len(arrow.points) == 2


def test_twenty_activities_are_a_column_and_more_are_a_table() -> None:
    column, table = (clubs(count).diagram("logic-model", page="slide") for count in (20, 21))
    assert len({box.x for box in columns(column)["activity"]}) == 1
    assert len({box.x for box in columns(table)["activity"]}) > 1
    assert len(column.arrows) - len(table.arrows) == 20
    assert texts(column, "note") == []
    assert texts(table, "note") == ["More than 20 activities stand in a table, where → names what each leads to"]


def test_a_row_of_the_table_tells_its_pillar_its_lead_its_kpis_and_what_it_leads_to() -> None:
    kpis = {"k": {"title": "Visits", "measures": "c1"}, "m": {"title": "Calls", "measures": "c1"}}
    theory = clubs(21, kpis=kpis)
    rows = columns(theory.diagram("logic-model"))["activity"]
    assert said(rows[0], "note") == ["Reading · led by Ms Field", "→ Pupils read"]
    assert said(rows[1], "note") == ["Music · led by Ms Field · 2 KPIs", "→ Pupils sing"]
    hidden = columns(theory.diagram("logic-model", hide="kpis"))["activity"]
    assert said(hidden[1], "note")[0] == "Music · led by Ms Field"


def test_no_link_from_or_to_a_table_is_lost() -> None:
    theory = clubs(21)
    data = theory.model_dump(mode="json", exclude_unset=True)
    data["outcomes"]["o0"]["leads_to"] = {"p": {}, "c3": {"feedback": True, "because": "They come back"}}
    data["activities"]["c1"]["leads_to"] = {"o0": {"sign": "-"}, "o1": {}}
    diagram = toc.TheoryOfChange.model_validate(data).diagram("logic-model")
    found = {box.id: said(box, "note") for box in diagram.boxes}
    assert found["o0"] == ["→ Music: Club 3 (feeds back to)"]
    assert found["c1"][-1] == "→ Pupils read (works against); Music: Pupils sing"
    assert {(arrow.source, arrow.target) for arrow in diagram.arrows} == {
        ("o0", "p"), ("o1", "q"), ("p", "goal"), ("q", "goal"),
    }  # fmt: skip
    assert {(arrow.source, arrow.target) for arrow in diagram.implied} >= {("c1", "o0"), ("o0", "c3")}


def test_inputs_that_are_many_stand_in_several_columns_as_the_page_is_wide() -> None:
    leads = [f"Lead {number}" for number in range(12)]
    theory = clubs(1, activities={"c": {"title": "Club", "lead": leads, "leads_to": "o0"}})
    wide, high = (columns(theory.diagram("logic-model", page=page))["input"] for page in ("400x100", "100x400"))
    assert len({box.x for box in wide}) > len({box.x for box in high})
