"""The partners view: who gives and who gains, home first, with a line between what is done in return for what."""

from __future__ import annotations

import re
from itertools import product

import pytest

import toc
from diagram.geometry import ALWAYS
from diagram.product import LANGUAGES, exchanging, written
from diagram.shapes import theory_of
from toc.diagram import Arrow, Diagram
from toc.diagram.looks.themes import THEMES
from toc.diagram.paper import PAGES
from toc.diagram.views.partners import MOST
from toc.render.outlines import head

pytestmark = pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")  # type too small is told elsewhere
RGS = toc.example("rgs-newcastle")
CLUBS = """
toc: 1
title: Clubs and visits
goal: Every child thrives
partners:
  primary: {title: St Mary’s, brings: send-inclusion}
  clubs: {title: Grammar school, receives: shared-learning}
  silent: The library
partnership: {home: clubs}
activities:
  clubs: {title: Coding clubs, exchange: {clubs: {gives: [facilities, {text: Planetarium}]}, primary: {gains: provision}}}
  visits: {title: Visits to learn, exchange: {primary: {gives: send-inclusion}, clubs: {gains: shared-learning}}, reciprocates: {clubs: They taught us too}}
  fair: {title: Careers fair, partners: [silent]}
"""


def clubs() -> toc.TheoryOfChange:
    return toc.loads(CLUBS)


def flows(diagram: Diagram) -> set[tuple[str, str, str]]:
    return {(arrow.source, arrow.flow, arrow.target) for arrow in diagram.arrows}


def says(diagram: Diagram, id: str) -> list[str]:
    return next([line.text for line in box.lines] for box in diagram.boxes if box.id == id)


def notes(diagram: Diagram) -> list[str]:
    return [caption.text for caption in diagram.captions if caption.role == "note"]


def looking(theory: toc.TheoryOfChange, **options: object) -> Diagram:
    return theory.diagram("partners", search="quick", **options)  # type: ignore[arg-type]


def test_the_home_partner_stands_above_the_others_and_all_stand_beside_the_activities() -> None:
    diagram = looking(clubs())
    places = {box.id: box for box in diagram.boxes}
    partners = [places[f"_partner-{id}"] for id in ("clubs", "primary", "silent")]
    assert [box.y for box in partners] == sorted(box.y for box in partners)
    assert says(diagram, "_partner-clubs")[:2] == ["Home", "Grammar school"]
    assert max(box.x + box.width for box in partners) < min(places["clubs"].x, places["visits"].x)


def test_each_gift_and_each_gain_is_an_arrow_and_what_comes_back_a_line_and_nothing_else() -> None:
    assert flows(looking(clubs())) == {
        ("_partner-clubs", "gives", "clubs"),
        ("clubs", "gains", "_partner-primary"),
        ("_partner-primary", "gives", "visits"),
        ("visits", "gains", "_partner-clubs"),
        ("visits", "reciprocates", "clubs"),
    }


def test_the_boxes_say_what_is_given_gained_brought_and_received() -> None:
    diagram = looking(clubs())
    assert says(diagram, "clubs") == ["Coding clubs", "Given: facilities; Planetarium", "Gained: provision"]
    assert says(diagram, "_partner-clubs")[2:] == ["Receives: shared learning"]
    assert says(diagram, "_partner-primary") == ["St Mary’s", "Brings: special needs and inclusion"]


def test_of_several_who_give_or_gain_each_is_named() -> None:
    gained = [line for line in says(looking(RGS), "partnership-teachers") if line.startswith("Gained")]
    assert gained == [
        "Gained by Partner primary schools: provision",
        "Gained by Partner secondary schools: provision; synergy and economies of scale",
    ]


def test_what_says_nothing_is_counted_and_not_drawn() -> None:
    diagram = looking(clubs())
    assert "fair" not in {box.id for box in diagram.boxes}
    assert notes(diagram) == ["1 activity says nothing of what a partner gives or gains: not drawn here"]
    assert says(diagram, "_partner-silent") == ["The library", "Takes part in 1 activity"]


def test_an_arrow_tells_what_and_why_when_it_is_pointed_at() -> None:
    told = {arrow.flow: arrow.tooltip for arrow in looking(clubs()).arrows if "visits" in (arrow.source, arrow.target)}
    assert told == {
        "gives": "Given by St Mary’s to Visits to learn: special needs and inclusion",
        "gains": "Gained by Grammar school from Visits to learn: shared learning",
        "reciprocates": "Visits to learn, in return for Coding clubs: They taught us too",
    }


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_given_and_gained_and_returned_differ_without_any_colour(theme: str) -> None:
    def look(arrow: Arrow) -> tuple[str, bool, int]:
        stroke = THEMES[theme].of_arrow(arrow).stroke
        return stroke.style, arrow.is_hollow, sum(len(points) for _, points in head(arrow, stroke.width, (1, 0)))

    looks = {arrow.flow: look(arrow) for arrow in looking(clubs()).arrows}
    assert len(looks) == 3
    assert len({style for style, _, _ in looks.values()}) == 3
    assert len({(hollow, corners) for _, hollow, corners in looks.values()}) == 3


def test_the_legend_names_what_occurs() -> None:
    assert [key.text for key in looking(clubs()).legend] == [
        "what partners give",
        "what partners gain",
        "in return for",
    ]
    one_way = toc.loads(
        "{toc: 1, title: T, goal: G, partners: {a: A}, activities: {x: {title: X, exchange: {a: {gives: venue}}}}}"
    )
    assert [key.sample for key in looking(one_way).legend] == ["gives"]


def test_the_organisation_s_own_words_are_used() -> None:
    theory = clubs().evolve(
        settings={"vocabulary": {"partner": {"one": "Ally", "many": "Allies"}, "activity": "Project"}}
    )
    diagram = looking(theory)
    assert {caption.text for caption in diagram.captions if caption.role == "title"} == {"Allies", "Projects"}
    assert notes(diagram) == ["1 project says nothing of what an ally gives or gains: not drawn here"]
    assert [key.text for key in diagram.legend][:1] == ["what allies give"]
    assert "Ally (Home) “Grammar school”" in theory.describe("partners")


def test_the_drawing_in_words_says_all_of_it() -> None:
    told = clubs().describe("partners").splitlines()
    assert "two activities and three partners, joined by five arrows." in told[0]
    assert (
        "Activity “Visits to learn”. Given: special needs and inclusion. Gained: shared learning. "
        "Has gains for “Grammar school”. In return for “Coding clubs”."
    ) in told
    assert "Partner “St Mary’s”. Brings: special needs and inclusion. Gives to “Visits to learn”." in told


# Without anything to draw


@pytest.mark.parametrize("name", ["small-charity", "large-programme"])
def test_a_theory_without_any_exchange_says_so_in_one_sentence(name: str) -> None:
    theory = toc.example(name)
    (note,) = notes(looking(theory))
    assert re.fullmatch(
        r"No (activity|project) says yet what a partner gives or gains: `exchange:` under one says so", note
    )
    assert len(looking(theory).boxes) == len(theory.partners)


@pytest.mark.parametrize("format", ["svg", "dot", "mermaid", "drawio", "graphml", "html"])
def test_every_format_says_that_nothing_is_said(format: str) -> None:
    made: str = getattr(toc.example("small-charity"), f"to_{format}")(view="partners")
    plain = re.sub(r"&lt;|&gt;|&quot;|#\d+;|</?t[a-z]+[^>]*>", " ", made)
    assert "says yet what a partner gives or gains" in " ".join(plain.split())


# Every shape and size


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("activities", "partners"), list(product([1, 6, 13, 20, 90], [2, 12])))
def test_it_is_drawn_without_a_fault_on_every_page(activities: int, partners: int, page: str) -> None:
    language = [*LANGUAGES][(activities + partners) % len(LANGUAGES)]
    theory = exchanging(
        theory_of({"goal": 1, "pillar": 2, "activity": activities}, activities), partners, LANGUAGES[language]
    )
    diagram = looking(theory, page=page)
    assert [fault for rule in ALWAYS for fault in rule(theory, diagram)] == []
    assert bool(diagram.arrows) == (activities <= MOST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_activities_half_stand_on_either_side_of_the_partners(language: str) -> None:
    theory = exchanging(written(25, language), 4, LANGUAGES[language])
    diagram = looking(theory)
    places = {box.id: box.x for box in diagram.boxes}
    middle = {x for id, x in places.items() if id.startswith("_partner-")}
    sides = {(x > min(middle)) for id, x in places.items() if id in theory.activities}
    assert len(middle) == 1
    assert sides == {True, False}
    assert [fault for rule in ALWAYS for fault in rule(theory, diagram)] == []


def test_more_than_twenty_stand_in_a_table_that_names_who_gives_and_gains() -> None:
    theory = exchanging(theory_of({"goal": 1, "activity": MOST + 1}, 3), 2, LANGUAGES["fr"])
    diagram = looking(theory)
    assert not diagram.arrows
    titles = {partner.title for partner in theory.partners.values()}
    lines = [line for id in theory.activities for line in says(diagram, id)[1:]]
    named = [line for line in lines if line.startswith(("Given", "Gained"))]
    assert all(any(f" by {title}: " in line for title in titles) for line in named)
    assert any(line.startswith("In return for: ") for line in lines)
    assert notes(diagram)[-1].startswith(f"More than {MOST} activities stand in a table")


# Parts of a theory


def test_a_part_says_how_many_of_the_activities_it_shows() -> None:
    diagram = looking(RGS, pillar="literacy")
    assert {box.id for box in diagram.boxes if box.kind == "activity"} == {"reading-volunteers"}
    assert notes(diagram)[-1] == "Only what is in Literacy: 2 of the theory's 13 activities"


def test_what_is_done_in_return_for_something_left_out_loses_its_line_alone() -> None:
    diagram = looking(RGS, pillar="cpd")
    assert "reciprocates" not in {arrow.flow for arrow in diagram.arrows}
    assert ("_partner-partner-primaries", "gives", "zones-visits") in flows(diagram)


def test_causal_links_are_no_part_of_it() -> None:
    assert looking(RGS).implied == ()
    told = RGS.to_graphml(view="partners")
    assert told.count("<edge ") == told.count('<data key="edge-flow">') == len(looking(RGS).arrows)
    assert "edge-flow" not in RGS.to_graphml(search="quick")


# Where else it shows


def test_the_page_to_explore_tells_what_a_partner_is_joined_to() -> None:
    page = clubs().to_html(view="partners")
    plain = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Joined by arrows to 2 activities." in plain
    assert "Joined by arrows to 1 activity and 2 partners." in plain
    assert "Partner Grammar school" in plain


def test_the_page_to_explore_says_who_works_together_unless_its_drawing_leaves_something_of_that_out() -> None:
    assert "Who works together" in RGS.to_html(search="quick")
    assert "Who works together" not in RGS.to_html(pillar="literacy", search="quick")
    assert "Who works together" not in toc.example("large-programme").to_html(view="collapsed")


def test_inputs_of_the_logic_model_say_what_a_partner_brings() -> None:
    diagram = clubs().diagram("logic-model", search="quick")
    inputs = {box.title: [line.text for line in box.lines] for box in diagram.boxes if box.kind == "input"}
    assert inputs["St Mary’s"] == ["Partner", "St Mary’s", "Brings: special needs and inclusion", "For Visits to learn"]
    assert inputs["Grammar school"] == ["Partner", "Grammar school", "For Coding clubs"]


def test_a_partner_that_brings_something_is_an_input_even_where_no_activity_names_it() -> None:
    theory = toc.loads(
        "{toc: 1, title: T, goal: G, partners: {a: {title: A, brings: venue}, b: B}, activities: {x: X}}"
    )
    boxes = theory.diagram("logic-model", search="quick").boxes
    (lines,) = ([line.text for line in box.lines] for box in boxes if box.kind == "input")
    assert lines == ["Partner", "A", "Brings: venue"]


def test_a_tooltip_tells_what_an_activity_is_to_each_side() -> None:
    (tooltip,) = (box.tooltip for box in RGS.diagram(search="quick").boxes if box.id == "zones-visits")
    lines = tooltip.split("\n")
    assert "Internal impact: high" in lines
    assert "Given by Partner primary schools: special needs and inclusion" in lines
    assert "In return for: Coding clubs for primary schools: The same schools taught RGS in return" in lines
