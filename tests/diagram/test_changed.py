from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given

import toc
from diagram import geometry
from diagram.shapes import shapes
from strategies import theories, tries
from toc import TheoryOfChange
from toc.analysis.comparison.union import united
from toc.diagram import Box, Diagram
from toc.diagram.description import described
from toc.diagram.looks.legend import sample_of
from toc.diagram.looks.themes import LIGHT, THEMES
from toc.diagram.shapes import Sign
from toc.diagram.views.changes import arrow_marks

CHARITY = toc.example("small-charity")
NEXT_YEAR = (
    CHARITY.without("advice-table")
    .renamed("early-help", "help-in-time")
    .edit("tea-and-games", participation=90)
    .with_link("afternoons", "friendships", confidence="high")
    .with_node(toc.Activity(id="lifts", title="Lifts to the hall", leads_to="afternoons"))
    .edit("new-friends", target=30)
)
RULES = (
    geometry.boxes_keep_apart,
    geometry.text_fits_its_box,
    geometry.captions_fit_their_place,
    geometry.arrows_run_from_border_to_border,
    geometry.arrows_pass_through_nothing,
    geometry.lines_keep_apart,
)


def loaded(**parts: Any) -> TheoryOfChange:
    return TheoryOfChange.model_validate({"toc": 1, "title": "Reading", "goal": "Every child reads", **parts})


def said(diagram: Diagram) -> dict[str, str]:
    """What each marked box says of itself."""
    return {
        box.id: " ".join(row for line in box.lines if line.role == "mark" for row in line.rows)
        for box in diagram.boxes
        if box.mark
    }


def arrows(diagram: Diagram) -> dict[tuple[str, str], str]:
    return {(arrow.source, arrow.target): arrow.mark for arrow in diagram.arrows}


def test_each_change_stands_in_its_box_by_word_and_mark() -> None:
    diagram = CHARITY.compare(NEXT_YEAR).diagram()
    assert diagram.title == "What changed: A warm space on Tuesdays"
    assert said(diagram) == {
        "help-in-time": "▼ less support: 1 of 2 activities left; ≠ renamed, was early-help",
        "lifts": "+ added",
        "tea-and-games": "≠ changed: participation",
        "advice-table": "− removed",
    }
    assert {box.id: box.mark for box in diagram.boxes if box.mark} == {
        "help-in-time": "weakened", "lifts": "added", "tea-and-games": "changed", "advice-table": "removed",
    }  # fmt: skip
    (line,) = {line.text for box in diagram.boxes for line in box.lines if "(≠ changed: target)" in line.text}
    assert line.startswith("Visitors")


def test_each_link_that_changed_is_an_arrow_with_its_mark() -> None:
    found = arrows(CHARITY.compare(NEXT_YEAR).diagram())
    assert {ends: mark for ends, mark in found.items() if mark} == {
        ("lifts", "afternoons"): "added",
        ("advice-table", "help-in-time"): "removed",
        ("afternoons", "friendships"): "changed",
    }
    in_its_column = CHARITY.compare(CHARITY.with_link("early-help", "company", because="Help is a kind of company"))
    assert arrows(in_its_column.diagram())["early-help", "company"] == "changed"


def test_what_stops_marks_what_it_carried() -> None:
    diagram = CHARITY.compare(CHARITY.without("tea-and-games")).diagram()
    assert said(diagram) == {
        "goal": "▼ less support: 1 of 2 activities left",
        "company": "▼ less support: 1 of 2 activities left",
        "friendships": "○ no support left: 1 activity led here",
        "early-help": "▼ less support: 1 of 2 activities left",
        "afternoons": "○ no support left: 1 activity led here",
        "tea-and-games": "− removed",
    }


def test_the_legend_holds_exactly_what_occurs() -> None:
    assert [key.text for key in CHARITY.compare(CHARITY).diagram().legend] == ["not changed"]
    assert [key.text for key in CHARITY.compare(NEXT_YEAR).diagram().legend] == [
        "+ added", "− removed", "≠ changed", "▼ less support", "+ added", "− removed", "≠ changed", "not changed",
    ]  # fmt: skip
    lone = loaded()
    assert lone.compare(lone).diagram().legend == ()


def test_what_became_of_boxes_is_shown_by_boxes_that_no_two_marks_share() -> None:
    keys = [key for key in CHARITY.compare(NEXT_YEAR).diagram().legend if key.kind]
    samples = [sample for key in keys if not isinstance(sample := sample_of(key), Sign)]
    assert [sample.mark for sample in samples] == ["added", "removed", "changed", "weakened"]
    for theme in THEMES.values():
        strokes = [theme.of_box(sample).stroke for sample in samples if isinstance(sample, Box)]
        assert len(set(strokes)) == len(samples)


def test_a_drawing_in_which_nothing_changed_says_so() -> None:
    notes = [" ".join(c.rows) for c in CHARITY.compare(CHARITY).diagram().captions if c.role == "note"]
    assert notes == ["Nothing changed: both theories say the same."]


def test_a_removed_link_that_would_close_a_circle_is_named_and_not_drawn() -> None:
    old = loaded(outcomes={"a": {"title": "A", "leads_to": "b"}, "b": {"title": "B", "leads_to": "goal"}})
    new = loaded(outcomes={"b": {"title": "B", "leads_to": ["a", "goal"]}, "a": "A"})
    found = old.compare(new)
    diagram = found.diagram()
    assert arrows(diagram) == {("b", "a"): "added", ("b", "goal"): ""}
    (note,) = (" ".join(c.rows) for c in diagram.captions if c.role == "note")
    assert note.startswith("Removed too, and not drawn")
    assert note.endswith("A → B.")
    assert diagram.height >= max(c.y + c.height for c in diagram.captions)


def test_a_removed_link_that_its_ends_no_longer_allow_is_named_and_not_drawn() -> None:
    old = loaded(outputs={"a": {"title": "A", "leads_to": "b"}}, outcomes={"b": "B"})
    new = loaded(outcomes={"a": "A"}, outputs={"b": "B"})
    assert united(old.compare(new)).left_out == (("a", "b"),)


def test_what_the_removed_node_named_may_be_gone_too() -> None:
    old = loaded(
        context={"target_groups": {"pp": "Pupil Premium"}},
        partners={"st-marys": "St Mary's"},
        pillars={"p": "P", "q": "Q"},
        activities={"a": {"title": "A", "leads_to": "q", "pillar": "p", "target_group": "pp", "partners": "st-marys"}},
        kpis={"k": {"title": "K", "measures": ["a", "p"]}},
    )
    found = old.compare(loaded(outcomes={"p": "P again"}))
    both = united(found).theory
    assert {"q", "a", "k"} <= both.nodes.keys()
    assert both.activities["a"].pillar is None
    assert "(− removed)" in found.to_svg()


def test_the_words_are_the_organisation_s_own() -> None:
    theory = CHARITY.evolve(settings={"vocabulary": {"activity": "Project", "pillar": "Workstream"}})
    words = said(theory.compare(theory.without("tea-and-games").edit("advice-table", pillar="company")).diagram())
    assert words["company"] == "▼ less support: 1 of 2 projects left"
    assert words["advice-table"] == "≠ changed: workstream"


def test_every_format_is_drawn_and_svg_tells_all_in_words() -> None:
    found = CHARITY.compare(NEXT_YEAR)
    for format, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("dot", b"digraph")):
        file = io.BytesIO()
        found.draw(file, format=format)  # type: ignore[arg-type]
        assert file.getvalue().startswith(start)
    assert "Activity: Lifts to the hall (lifts), leads to Warm afternoons held" in " ".join(found.to_svg().split())
    assert found.to_svg(theme="print") != found.to_svg()
    with pytest.raises(toc.OptionError, match="not a format to draw in"):
        found.draw("changes.docx")


def test_a_slide_of_what_changed_is_drawn_for_a_slide_with_arrows_as_they_are_asked_for() -> None:
    found = CHARITY.compare(NEXT_YEAR)
    assert found.to_pptx() == found.to_pptx(page="slide") != found.to_pptx(page="a4-portrait")
    file = io.BytesIO()
    found.draw(file, format="pptx", arrows="drawn", deck=False)
    assert file.getvalue() == found.to_pptx(arrows="drawn") != found.to_pptx()
    with pytest.raises(toc.OptionError, match="svg takes no arrows: pptx does"):
        found.draw(io.BytesIO(), format="svg", arrows="drawn")


def test_what_changed_is_no_deck_and_the_reason_is_told() -> None:
    with pytest.raises(
        toc.OptionError, match=r"what changed is one drawing, because .* leave out the deck, or draw one"
    ):
        CHARITY.compare(NEXT_YEAR).draw(io.BytesIO(), format="pptx", deck=True)


def test_what_changed_tells_that_its_page_is_too_small_and_offers_only_what_it_takes() -> None:
    with pytest.warns(toc.TocWarning, match=r"^on this page \(60x60\) the titles of boxes are ") as told:
        CHARITY.compare(NEXT_YEAR).diagram(page="60x60", search="quick")
    (message,) = (str(one.message) for one in told)
    assert message.endswith("larger type comes with a larger page (page='a3', --page a3) or fewer words in the titles")


def test_the_drawing_in_words_says_of_each_link_what_became_of_it() -> None:
    words = described(CHARITY.compare(NEXT_YEAR).diagram())
    assert "− removed. Leads to “Visitors find help before a crisis” (− removed)." in words
    assert "not changed" not in words
    assert "All arrows: not changed." in described(CHARITY.compare(CHARITY).diagram())


def test_more_than_anybody_can_read_is_said() -> None:
    many = loaded(activities={f"a{number}": {"title": f"A {number}"} for number in range(1000)})
    with pytest.warns(UserWarning, match="1,001 boxes are too many to read in one picture"):
        many.compare(many.edit("a7", title="Another")).diagram()


def test_a_pillar_that_says_nothing_does_not_lead_to_a_goal_that_is_gone() -> None:
    old = toc.loads("{toc: 1, title: A, goals: {b: B, gone: Gone}, pillars: {p: {title: P, leads_to: b}}}")
    new = toc.loads("{toc: 1, title: A, goals: {b: B}, pillars: {p: P}}")
    assert {(link.source, link.target) for link in united(old.compare(new)).theory.links} == {("p", "b")}


@tries(20)
@given(theories(), theories())
def test_any_two_theories_stand_in_one_drawing(one: TheoryOfChange, other: TheoryOfChange) -> None:
    found = one.compare(other)
    both = united(found)
    assert other.nodes.keys() <= both.theory.nodes.keys()
    missing = {node.id for node in found.removed} - both.theory.nodes.keys()
    assert all(one.nodes[id].kind == "kpi" for id in missing)
    ends = {(link.source, link.target) for link in both.theory.links}
    assert ends == {(link.source, link.target) for link in other.links} | both.removed
    assert len(both.removed) + len(both.left_out) == len(found.links_removed)
    diagram = found.diagram()
    assert {box.id for box in diagram.boxes} == both.theory.nodes.keys() - both.theory.kpis.keys()
    drawn = arrows(diagram)
    assert {ends: mark for ends, mark in drawn.items() if mark} == arrow_marks(found, both)
    assert all(box.mark in LIGHT.marks for box in diagram.boxes if box.mark)
    assert [fault for rule in RULES for fault in rule(both.theory, diagram)] == []


@tries(20)
@given(shapes(), shapes())
def test_any_two_shapes_are_drawn_without_a_fault(one: TheoryOfChange, other: TheoryOfChange) -> None:
    found = one.compare(other)
    assert [fault for rule in RULES for fault in rule(united(found).theory, found.diagram())] == []
