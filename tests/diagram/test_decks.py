"""A deck: an overview, a slide for each pillar with every link that leaves it named, KPIs and claims in tables."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

import pptx
import pytest
from hypothesis import given

import toc
from diagram.shapes import shapes
from strategies import tries
from toc.diagram import Diagram

pytestmark = pytest.mark.filterwarnings("ignore:on this page")  # of quick searches
RGS = toc.example("rgs-newcastle")
LARGE = toc.example("large-programme")


def slides_of(theory: toc.TheoryOfChange, **looks: Any) -> list[Any]:
    file = io.BytesIO()
    theory.draw(file, format="pptx", **{"search": "quick", "deck": True, **looks})
    return list(pptx.Presentation(file).slides)


def titles_of(slides: list[Any]) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides]


def notes_in(diagram: Diagram, id: str) -> list[str]:
    (box,) = (box for box in diagram.boxes if box.id == id)
    return [line.text for line in box.lines if line.role == "note"]


def test_a_deck_is_an_overview_a_slide_for_each_pillar_and_what_is_not_claimed() -> None:
    titles = titles_of(slides_of(RGS, kpis="full"))
    pillars = [f"{RGS.title}: {pillar.title}" for pillar in RGS.pillars.values()]
    assert titles == [RGS.title, *pillars, f"{RGS.title}: What we do not claim"]
    assert len(set(titles)) == len(titles)


def test_the_overview_names_every_outcome_under_its_pillar_in_type_of_twelve_points() -> None:
    for theory in (RGS, LARGE):
        overview = slides_of(theory)[0]
        shapes = {shape.name: shape for shape in overview.shapes if shape.has_text_frame}
        for id, outcome in theory.outcomes.items():
            assert outcome.title in shapes[theory.pillars[theory.columns[id]].title].text_frame.text
        sizes = [
            shapes[pillar.title].text_frame.paragraphs[0].runs[0].font.size.pt for pillar in theory.pillars.values()
        ]
        assert min(sizes) >= 12


def test_kpis_that_are_counted_stand_in_a_table_of_the_deck() -> None:
    slides = slides_of(RGS, kpis="count")
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {kpi.title for kpi in RGS.kpis.values()} <= cells
    assert not any("KPIs" in title for title in titles_of(slides_of(RGS, kpis="full")))


def test_every_slide_has_its_number_and_short_notes() -> None:
    for slide in slides_of(RGS):
        numbers = [shape for shape in slide.placeholders if "SLIDE_NUMBER" in str(shape.placeholder_format.type)]
        assert len(numbers) == 1
        assert len(slide.notes_slide.notes_text_frame.text.split()) <= 250


def test_what_stands_in_no_pillar_has_a_slide_of_its_own() -> None:
    theory = RGS.with_node(toc.Activity(id="fair", title="Village fair", leads_to={"goal": {}}))
    slides = {slide.shapes.title.text_frame.text: slide for slide in slides_of(theory)}
    outside = slides[f"{theory.title}: Outside every pillar"]
    assert "Village fair" in {shape.name for group in outside.shapes for shape in getattr(group, "shapes", [group])}


def test_a_pdf_has_a_page_and_a_web_page_a_section_for_each_slide() -> None:
    count = len(slides_of(RGS))
    pdf = RGS.to_pdf(deck=True, search="quick")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == count
    page = RGS.to_html(deck=True, search="quick")
    assert page.count("<section") == page.count("</section>") == count
    assert "break-before: page" in page
    assert "<script" not in page


def test_powerpoint_gets_a_deck_by_itself_where_one_slide_is_too_small_to_read() -> None:
    with pytest.warns(
        toc.TocWarning, match=r"9 pt is the least that reads well there, so this is a deck of \d+ slides"
    ):
        assert len(slides_of(LARGE, deck=None)) > len(LARGE.pillars)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", toc.TocWarning)
        assert len(slides_of(LARGE, deck=False)) == 1
        assert len(slides_of(LARGE, deck=None, view="pillars")) == 1
    assert len(slides_of(toc.example("small-charity"), deck=None)) == 1


def test_one_warning_tells_why_there_is_a_deck_and_which_of_its_slides_is_too_small() -> None:
    told: dict[bool | None, str] = {}
    for deck in (None, True, False):
        with pytest.warns(toc.TocWarning) as warned:
            slides_of(LARGE, deck=deck)
        (told[deck],) = (str(one.message) for one in warned)
    sizes = {}
    for number, slide in enumerate(slides_of(LARGE), 1):
        boxes = [shape for group in slide.shapes for shape in getattr(group, "shapes", ()) if shape.has_text_frame]
        titles = [line for box in boxes for line in box.text_frame.paragraphs if line.text == box.name]
        sizes[number] = min((line.runs[0].font.size.pt for line in titles), default=99)
    number = min(sizes, key=lambda one: sizes[one])
    assert f"On number {number} they are {sizes[number]:.1f} pt: larger type comes with" in told[None]
    assert f"(slide, number {number} of the deck) the titles of boxes are {sizes[number]:.1f} pt" in told[True]
    assert "(deck=True, --deck)" in told[False]
    assert not any("--deck" in told[deck] or "a3" in told[deck] for deck in (None, True))


def test_a_deck_chooses_its_views_and_not_every_format_has_one() -> None:
    with pytest.raises(toc.OptionError, match="leave out the view, or the deck"):
        RGS.to_pptx(deck=True, view="layers")
    with pytest.raises(toc.OptionError, match="a deck takes no node"):
        RGS.to_pptx(deck=True, node="scitt")
    with pytest.raises(toc.OptionError, match="svg takes no deck: pdf, html and pptx do"):
        RGS.draw(io.BytesIO(), format="svg", deck=True)


def test_a_drawing_of_a_pillar_names_the_links_that_leave_and_enter_it() -> None:
    diagram = RGS.diagram(pillar="literacy", search="quick")
    (reading,) = [id for id, node in RGS.nodes.items() if node.title == "Training for the reading volunteers"]
    assert notes_in(diagram, reading) == ["→ Cultural and social capital: Sixth-form volunteers build soft skills"]
    (skills,) = [id for id, node in RGS.nodes.items() if node.title == "Sixth-form volunteers build soft skills"]
    entering = notes_in(RGS.diagram(pillar="capital", search="quick"), skills)
    assert "← Literacy: Training for the reading volunteers" in entering


def test_a_link_that_works_against_or_feeds_back_is_named_as_such() -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "pillars": {"a": "A", "b": "B"},
            "outcomes": {
                "one": {"title": "One", "leads_to": {"a": {}, "two": {"sign": "-"}}},
                "two": {"title": "Two", "leads_to": {"b": {}, "one": {"feedback": True}}},
            },
        }
    )
    assert notes_in(theory.diagram(pillar="a"), "one") == ["→ B: Two (works against)", "← B: Two (feeds back to)"]


def test_many_links_out_of_one_box_are_counted_and_so_are_kinds_that_nobody_asked_for() -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "T",
            "goal": "G",
            "pillars": {"a": "A", "b": "B"},
            "outcomes": {"o": {"title": "O", "leads_to": "a"}},
            "activities": {f"x{n}": {"title": f"X{n}", "leads_to": ["o"], "pillar": "b"} for n in range(11)},
        }
    )
    assert notes_in(theory.diagram(pillar="a"), "o")[-1] == "← and 3 more"
    assert notes_in(theory.diagram(kind="outcome"), "o") == ["← 11 links with what is not drawn"]


@tries(20)
@given(theory=shapes())
def test_no_link_is_lost_in_a_deck(theory: toc.TheoryOfChange) -> None:
    for pillar in theory.pillars:
        diagram = theory.diagram("pillars", pillar=pillar, search="quick")
        drawn = {box.id for box in diagram.boxes}
        shown = {(arrow.source, arrow.target) for arrow in (*diagram.arrows, *diagram.implied)}
        for link in theory.links:
            if {link.source, link.target} <= drawn:
                assert (link.source, link.target) in shown
            elif link.source in drawn - theory.goals.keys():
                assert any("→" in note for note in notes_in(diagram, link.source))
            elif link.target in drawn - theory.goals.keys():
                assert any("←" in note for note in notes_in(diagram, link.target))
