"""Mermaid's own parser reads every text as the boxes, arrows and labels that were drawn."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import toc
from conftest import RequireTool
from diagram.shapes import shapes, theory_of
from node_tools import answers_of, need_package
from render.test_dot import HOSTILE, hostile_theory
from strategies import theories, tries
from toc.diagram import VIEWS, Box, Diagram
from toc.diagram.description import panels
from toc.diagram.shapes import Line
from toc.diagram.type.measures import is_right_to_left
from toc.render.markup import SIGNS
from toc.render.mermaid import coded, to_mermaid

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
MORE_HOSTILE = (
    *HOSTILE,
    "#quot; #35; &quot; #",
    "**bold** _it_ ~~gone~~ `code`",
    "1. a list",
    "- a list",
    "# a heading",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "%% a comment",
    "---",
    "end",
    "subgraph x",
    "A --> B",
    'click a call alert("x")',
    "two\nlines",
    "[bracket] (round) {curly} |bar|",
    "ﬂ°lt¶ß",
    "\u200b",
)


def made_by_hypothesis(count: int) -> list[Diagram]:
    found: list[Diagram] = []

    @tries(count)
    @given(one=shapes(), other=theories())
    def collect(one: toc.TheoryOfChange, other: toc.TheoryOfChange) -> None:
        found.extend((one.diagram(search="quick"), other.diagram(search="quick")))

    collect()
    return found


def awkward() -> list[Diagram]:
    """Texts, ids and links that have a meaning of their own in Mermaid."""
    titled = [
        {
            "toc": 1,
            "title": text.strip("\u200b") or "T",
            "goal": text,
            "pillars": {"end": text},
            "activities": {"a": {"title": text, "leads_to": "end"}},
        }
        for text in MORE_HOSTILE
    ]
    ids = {
        "toc": 1,
        "title": "T",
        "goal": "G",
        "activities": {
            id: {"title": id, "url": 'https://example.org/?a="1;2"&b=%20#quot;'}
            for id in ("end", "a--b", "a-", "x", "o", "click", "subgraph", "default", "style", "a-b")
        },
    }
    return [toc.TheoryOfChange.model_validate(data).diagram() for data in (*titled, ids)]


def every_view(theory: toc.TheoryOfChange) -> Iterator[Diagram]:
    for name, view in VIEWS.items():
        yield (
            theory.diagram(name, node=next(iter(theory.activities)), search="quick")
            if view.needs
            else theory.diagram(name, search="quick")
        )


@pytest.fixture(scope="module")
def drawn() -> list[Diagram]:
    examples = [diagram for name in EXAMPLES for diagram in every_view(toc.example(name))]
    theory = theory_of({"goal": 2, "pillar": 3, "outcome": 8, "output": 3, "activity": 12, "kpi": 3}, 7, feedback=5)
    return [
        *examples,
        hostile_theory().diagram(search="quick"),
        theory.diagram(search="quick"),
        *awkward(),
        *made_by_hypothesis(15),
    ]


@pytest.fixture(scope="module")
def read(drawn: list[Diagram], require_tool: RequireTool, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What Mermaid understood of all of them, from one run."""
    need_package("mermaid")
    texts = [to_mermaid(diagram) for diagram in drawn]
    folder: Path = tmp_path_factory.mktemp("mermaid")
    answers: list[Any] = answers_of(require_tool("node"), "read-mermaid.mjs", texts, folder)
    assert [answer["error"] for answer in answers if "error" in answer] == []
    return answers


def shown(text: str) -> str:
    """A label as a page shows it: Mermaid keeps the numbers of characters in a spelling of its own until it draws."""
    return html.unescape(text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";"))


def rows(text: str) -> list[str]:
    return [" ".join(shown(row).split()) for row in text.split("<br>")]


def _signed(box: Box, line: Line) -> str:
    sign = {"kpi": "•", "badge": SIGNS.get(box.badge, "")}.get(line.role, "")
    return f"{sign} {line.text}"


def lines_of(box: Box) -> list[str]:
    texts = [" ".join(_signed(box, line).split()) for line in box.lines]
    turned = [is_right_to_left(line.text) for line in box.lines]
    return [f"\u2067{text}\u2069" if turn else text for text, turn in zip(texts, turned, strict=True)]


def test_every_box_is_read_with_its_lines_and_nothing_more(drawn: list[Diagram], read: list[Any]) -> None:
    for diagram, answer in zip(drawn, read, strict=True):
        boxes = {box["id"]: box for box in answer["boxes"] if box["classes"] != ["legend"]}
        assert len(boxes) == len(diagram.boxes)
        labels = sorted(rows(box["text"]) for box in boxes.values())
        assert labels == sorted(map(lines_of, diagram.boxes))


def test_every_arrow_is_read_with_its_ends_line_head_and_words(drawn: list[Diagram], read: list[Any]) -> None:
    strokes = {"strong": "thick", "medium": "dotted", "weak": "dotted", "unknown": "normal"}
    strokes |= {"gives": "thick", "gains": "dotted", "reciprocates": "normal"}
    for diagram, answer in zip(drawn, read, strict=True):
        labels = {box["id"]: rows(box["text"]) for box in answer["boxes"]}
        lines = {box.id: lines_of(box) for box in diagram.boxes}
        arrows = [arrow for arrow in answer["arrows"] if arrow["stroke"] != "invisible"]
        for arrow, got in zip((*diagram.arrows, *diagram.implied), arrows, strict=True):
            assert (labels[got["start"]], labels[got["end"]]) == (lines[arrow.source], lines[arrow.target])
            assert got["stroke"] == strokes[arrow.flow or arrow.strength]
            head = "arrow_cross" if arrow.negative else "arrow_circle" if arrow.is_hollow else "arrow_point"
            assert got["type"] == head
            assert ("feedback" in got["text"]) == arrow.feedback
            assert ("works against" in got["text"]) == arrow.negative
            assert any("stroke-dasharray" in style for style in got["style"]) == (
                arrow.strength in {"medium", "weak"} or arrow.flow in {"gains", "reciprocates"}
            )


def test_every_column_holds_its_boxes(drawn: list[Diagram], read: list[Any]) -> None:
    for diagram, answer in zip(drawn, read, strict=True):
        columns = [column for column in answer["columns"] if column["id"] != "ceiling"]
        sizes = [len(boxes) for _, boxes in panels(diagram)[1] if boxes]
        assert sorted(len(column["nodes"]) for column in columns) == sorted(sizes)


def test_the_title_and_the_description_are_read_as_text(drawn: list[Diagram], read: list[Any]) -> None:
    for diagram, answer in zip(drawn, read, strict=True):
        assert " ".join(shown(answer["title"]).split()) == " ".join(diagram.title.split())
        assert "The drawing shows" in answer["description"]


def test_only_web_addresses_are_links(drawn: list[Diagram], read: list[Any]) -> None:
    schemes = ("http://", "https://", "mailto:")
    for diagram, answer in zip(drawn, read, strict=True):
        links = [box["link"] for box in answer["boxes"] if box["link"]]
        assert len(links) == sum(box.url.startswith(schemes) for box in diagram.boxes)
        assert all(link.startswith(schemes) for link in links)


def test_a_drawing_of_ninety_activities_keeps_mermaids_own_limits() -> None:
    text = to_mermaid(toc.example("large-programme").diagram())
    assert len(text) < 50_000
    assert len(re.findall(r"^n_\S+ (?:[=~-]|-\.)", text, re.MULTILINE)) < 500


def test_a_link_opens_a_page_and_runs_nothing() -> None:
    theory = toc.loads('{toc: 1, title: T, goal: {title: G, url: "https://example.org/\\"><script>;x"}}')
    (click,) = [line for line in to_mermaid(theory.diagram(search="quick")).splitlines() if line.startswith("click")]
    assert click == 'click n_goal href "https://example.org/%22%3E%3Cscript%3E%3Bx" "Goal#58; G" _blank'


@pytest.mark.parametrize("view", VIEWS)
def test_every_link_between_boxes_is_an_arrow_whatever_the_view_draws(view: str) -> None:
    theory = toc.example("rgs-newcastle")
    node = {"node": next(iter(theory.activities))} if VIEWS[view].needs else {}
    diagram = theory.diagram(view, **node, search="quick")  # type: ignore[arg-type]
    boxes = {box.id for box in diagram.boxes}
    text = to_mermaid(diagram)
    links = [link for link in theory.links if {link.source, link.target} <= boxes and view != "partners"]
    assert len(re.findall(r"^n_\S+ (?:==|-\.-|--)[>xo]", text, re.MULTILINE)) == len(links) + sum(
        bool(arrow.flow) for arrow in diagram.arrows
    )


def test_what_the_column_tells_is_an_arrow_with_its_line_and_its_legend() -> None:
    theory = toc.loads("""
toc: 1
title: One pillar
goal: Everyone in the ward eats well
pillars: {cooking: {title: Cooking, leads_to: {goal: {confidence: low}}}}
outcomes:
  cooks: {title: Families cook, leads_to: {cooking: {confidence: high}}}
  takeaway: {title: Takeaways open, leads_to: {cooking: {sign: "-"}}}
""")
    text = to_mermaid(theory.diagram(search="quick"))
    assert "n_cooks ==> n_cooking" in text
    assert 'n_takeaway --x|"works against"| n_cooking' in text
    assert "~~~" not in text
    assert "Thick line#58; strong confidence" in text
    assert "Crossed end#58; works against" in text


def test_a_mark_and_what_works_against_are_written_on_the_arrow() -> None:
    diagram = theory_of({"goal": 1, "outcome": 2, "activity": 3}, 3).diagram()
    arrow = diagram.arrows[0]._replace(feedback=True, negative=True, mark="added")
    text = to_mermaid(diagram._replace(arrows=(arrow,)))
    assert '|"feedback, works against, added"|' in text


@tries(25)
@given(theory=shapes())
def test_the_same_diagram_gives_the_same_text(theory: toc.TheoryOfChange) -> None:
    diagram = theory.diagram(search="quick")
    assert to_mermaid(diagram) == to_mermaid(diagram)
    assert all(box.title for box in diagram.boxes)


@pytest.mark.parametrize("text", MORE_HOSTILE)
def test_nothing_but_letters_and_numbers_is_left_of_a_text(text: str) -> None:
    assert not re.search(r'["`<>&*_{}\[\]()|%\\:/]', coded(text))
    assert "\n" not in coded(text)


@pytest.mark.parametrize(
    ("turned", "direction"),
    [
        (lambda x, y: (x, y), "BT"),
        (lambda x, y: (x, -y), "TB"),
        (lambda x, y: (-y, x), "LR"),
        (lambda x, y: (y, x), "RL"),
    ],
)
def test_the_flow_runs_as_in_the_drawing(turned: Callable[[float, float], tuple[float, float]], direction: str) -> None:
    diagram = toc.example("small-charity").diagram()
    arrows = [arrow._replace(points=tuple(turned(*point) for point in arrow.points)) for arrow in diagram.arrows]
    assert to_mermaid(diagram._replace(arrows=tuple(arrows))).startswith(f"flowchart {direction}\n")


def test_a_line_read_from_right_to_left_says_so_and_no_other_does() -> None:
    theory = toc.example("small-charity").edit("tea-and-games", title="نادي STEM للفتيات (2026)")
    text = to_mermaid(theory.diagram(search="quick"))
    assert "\u2067نادي STEM للفتيات #40;2026#41;\u2069<br>◆ learning" in text
    assert text.count("\u2067") == text.count("\u2069") == 1


def test_what_mermaid_would_refuse_to_draw_is_warned_of_and_nothing_else() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        to_mermaid(toc.example("rgs-newcastle").diagram(search="quick"))
    large = theory_of({"goal": 1, "pillar": 4, "outcome": 40, "activity": 400}, seed=3)
    with pytest.warns(
        UserWarning, match=r"characters where it draws 50,000 and \d+ arrows.* where it draws 500; draw a part"
    ):
        to_mermaid(large.diagram("pillars"))
