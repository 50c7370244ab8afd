"""The description says in words all that the drawing says."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given

import toc
from diagram.shapes import shapes
from strategies import theories, tries
from toc.diagram import VIEWS, Ceiling, Diagram
from toc.diagram.description import FLOWS, described

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
VERBS = {
    (False, False): "Leads to",
    (False, True): "Works against",
    (True, False): "Feeds back to",
    (True, True): "Feeds back to and works against",
}


def squeezed(text: str) -> str:
    """A text without spaces: where a word was wrapped is not what is compared."""
    return "".join(text.split()).removesuffix(".")


def says_it_all(diagram: Diagram) -> None:
    lines = described(diagram).split("\n")
    goals = [box for box in diagram.boxes if box.kind == "goal"]
    own = {"input": "Input"} | {kind: noun.heading for kind, noun in diagram.words}
    boxes = {box.id: squeezed(box.title) for box in diagram.boxes}
    told = [squeezed(line) for line in lines]
    for box in diagram.boxes:
        its = [line for line in told if squeezed(own[box.kind]) in line and boxes[box.id] in line]
        for line in (line for line in box.lines if line.role != "title"):
            assert any(squeezed(line.text).casefold() in one.casefold() for one in its)
        for arrow in (arrow for arrow in diagram.arrows if arrow.source == box.id):
            verb = squeezed(FLOWS.get(arrow.flow) or VERBS[arrow.feedback, arrow.negative])
            alone = len(goals) == 1 and arrow.target == goals[0].id
            target = boxes[arrow.target] if not alone else "the"
            assert any(target in one.partition(verb)[2] for one in its)
    text = squeezed(" ".join(lines)).casefold()
    verbs = {"feedback", "negative", *FLOWS}
    assert all(squeezed(key.text).casefold() in text for key in diagram.legend if key.sample not in verbs)
    ceiling = squeezed(dict(diagram.words)["ceiling"].one).casefold()
    assert (ceiling in text) >= bool(diagram.ceilings)
    assert all(
        squeezed("".join(caption.rows)) in squeezed(" ".join(lines))
        for caption in diagram.captions
        if caption.role == "note"
    )


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("view", VIEWS)
def test_an_example_is_described_in_full(example: str, view: str) -> None:
    theory = toc.example(example)
    node = {"node": next(iter(theory.activities))} if VIEWS[view].needs else {}
    says_it_all(theory.diagram(view, **node, search="quick"))  # type: ignore[arg-type]


@tries(30)
@given(theory=shapes())
def test_every_box_line_and_arrow_is_described(theory: toc.TheoryOfChange) -> None:
    says_it_all(theory.diagram(search="quick"))


@tries(30)
@given(theory=theories())
def test_the_same_theory_is_described_in_the_same_words(theory: toc.TheoryOfChange) -> None:
    says_it_all(theory.diagram(search="quick"))
    assert theory.describe() == theory.describe()


def test_a_small_drawing_is_told_shortly() -> None:
    theory = toc.loads("""
{toc: 1, title: Reading, goal: {title: Every child reads, above_ceiling: false},
 activities: {clubs: {title: Clubs, leads_to: {goal: {confidence: high}}}}}
""")
    assert theory.describe() == (
        "Reading. The drawing shows a column for each pillar, the goal across the top. It has one goal and one activity, "
        "joined by one arrow. All arrows: strong confidence.\n"
        "Goal “Every child reads”.\n"
        "Activity “Clubs”. How to measure: three questions first. Leads to the goal."
    )


def test_what_an_arrow_means_is_told_with_it() -> None:
    theory = toc.loads("""
toc: 1
title: Reading
goal: Every child reads
pillars: {p: Books, q: Talk}
outcomes:
  calm: {title: Calm, leads_to: {p: , loud: {sign: "-", confidence: low}}}
  loud: {title: Loud, leads_to: {q: , calm: {feedback: true, because: It comes back}}}
settings: {vocabulary: {pillar: Strand, outcome: Effect}}
""")
    told = theory.describe()
    assert "a column for each strand" in told
    assert "two strands and two effects" in told
    assert "Effect “Calm”. Works against “Loud” (weak confidence, to another strand)." in told
    assert "Effect “Loud”. Feeds back to “Calm” (confidence not stated, to another strand)." in told


def test_a_mark_is_told_even_where_the_box_has_no_words_for_it() -> None:
    diagram = toc.example("small-charity").diagram()
    marked = diagram._replace(boxes=tuple(box._replace(mark="added") for box in diagram.boxes[:1]))
    assert "Marked: added." in described(marked)


def test_what_works_against_the_pillar_of_its_own_column_is_told_though_it_has_no_arrow() -> None:
    theory = toc.loads("""
toc: 1
title: One pillar
goal: Everyone in the ward eats well
pillars: {cooking: Families cook more}
outcomes:
  lessons: {title: Families know recipes, leads_to: cooking}
  takeaway: {title: Takeaways open next door, leads_to: {cooking: {sign: "-"}}}
""")
    lines = theory.describe().splitlines()
    assert "Outcome “Takeaways open next door”. Works against “Families cook more”." in lines
    assert "Outcome “Families know recipes”." in lines
    for view in ("layers", "logic-model", "triangle"):
        assert "Takeaways open next door”. Works against “Families cook more”" in theory.describe(view)


@pytest.mark.parametrize("because", ["", ", because: Buying is easier"])
def test_a_minus_is_told_as_one_in_every_tooltip_with_or_without_a_reason(because: str) -> None:
    link = f'{{sign: "-"{because}}}'
    theory = toc.loads(f"""
toc: 1
title: Fridge
goal: G
pillars: {{cooking: Cooking}}
outcomes:
  takeaway: {{title: Takeaways, leads_to: {{goal: {link}, cooking: {link}, lessons: {link}}}}}
  lessons: {{title: Recipes, leads_to: cooking}}
""")
    diagram = theory.diagram(search="quick")
    told = [arrow.tooltip for arrow in (*diagram.arrows, *diagram.implied) if arrow.source == "takeaway"]
    assert sorted(told) == [f"Takeaways works against {end}{because}" for end in ("Cooking", "G", "Recipes")]
    (box,) = (box for box in diagram.boxes if box.id == "takeaway")
    assert f"Works against Cooking{because}" in box.tooltip
    for text in (
        theory.to_svg(search="quick"),
        theory.to_html(search="quick"),
        theory.to_drawio(search="quick"),
        theory.to_dot(search="quick"),
        theory.to_graphml(search="quick"),
    ):
        assert "Takeaways works against G" in text
        assert "Takeaways leads to" not in text
    assert b"Takeaways works against G" in slide_text(theory)
    assert theory.explain("takeaway", to="goal").to_text().startswith("How “Takeaways” works against “G”")


def slide_text(theory: toc.TheoryOfChange) -> bytes:
    with zipfile.ZipFile(io.BytesIO(theory.to_pptx(search="quick"))) as file:
        return file.read("ppt/slides/slide1.xml")


def test_the_numbers_are_those_of_the_outline() -> None:
    theory = toc.example("large-programme")
    told = theory.describe("pillars")
    lines = [line.strip() for line in theory.outline().splitlines() if not line.endswith(("above)", "below)", "”)"))]
    activities = sum(line.startswith("Project: ") for line in lines)
    assert f"five outputs and {activities} projects" in told


def test_a_word_broken_over_two_rows_is_told_whole() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitän"
    theory = toc.example("small-charity").edit("company", title=long)
    (box,) = (box for box in theory.diagram(search="quick").boxes if box.id == "company")
    theory = theory.edit("friendships", title=f"{long} {long}\u00ad")
    (narrow,) = (box for box in theory.diagram(search="quick").boxes if box.id == "friendships")
    assert len(narrow.lines[0].rows) > 2
    assert (box.title, narrow.title) == (long, f"{long} {long}")
    assert f"Outcome “{long} {long}”." in theory.describe()


@tries(30)
@given(theory=shapes())
def test_a_title_is_told_as_it_was_written(theory: toc.TheoryOfChange) -> None:
    for box in theory.diagram(search="quick").boxes:
        assert box.title == theory.nodes[box.id].title


def test_a_word_broken_without_a_hyphen_of_its_own_is_told_whole() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfungsvorbereitung"
    theory = toc.loads(f"{{toc: 1, title: T, goal: {{title: {long}, description: '- Danube'}}}}")
    assert f"Goal “{long}”." in theory.describe()


def test_what_lies_beyond_an_upright_ceiling_is_told_too() -> None:
    diagram = toc.example("small-charity").diagram()
    turned = [box._replace(x=-box.y - box.height, y=box.x, width=box.height, height=box.width) for box in diagram.boxes]
    rule = Ceiling(-diagram.ceilings[0].y, 0, 0, diagram.width)
    told = described(diagram._replace(boxes=tuple(turned), groups=(), ceilings=(rule,)))
    assert "Above the accountability ceiling, a dashed line, stands “No older neighbour is lonely in winter”." in told
