"""The DOT text is settled, safe and the same each time, and the engine keeps every place in it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

import toc
from diagram.shapes import shapes
from dot_reader import parsed
from strategies import tries
from toc.diagram import Arrow
from toc.render.dot import quoted, spline
from toc.render.engine import paint

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "small-charity.dot"
EXAMPLES = ["small-charity", "rgs-newcastle", "large-programme"]
HOSTILE = [
    '"><script>alert(1)</script>',
    '=HYPERLINK("http://example.org","click")',
    "javascript:alert(1)",
    "]]>",
    "<![CDATA[x]]>",
    r"\N \G \l \r \n \\",
    "%s %d %(a)s {0} {x}",
    "Tom's \"quoted\" 'title' `tick`",
    'x" fontname="y" onload="alert(1)',
    'a"]; b [label="c',
    '<FONT FACE="x">bold</FONT> <IMG SRC="/etc/passwd"/>',
    "&amp; &lt;b&gt; &#60; & &nbsp;",
    "😀 👩🏽‍🏫 🇬🇧",
    "\u202eright to left\u202c \u200fmark \u200e",
    "كل طفل يقرأ 漢字",
    "--> <!-- comment -->",
    "// /* # preprocessor */",
    "ends with a backslash \\",
]
NO_BREAKS = str.maketrans("", "", " -\u00a0")


def test_the_text_of_the_small_example_is_the_one_agreed_on() -> None:
    """Look at the new drawing, then run with TOC_UPDATE_SNAPSHOTS=1 to agree."""
    drawn = toc.example("small-charity").to_dot()
    if os.environ.get("TOC_UPDATE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == SNAPSHOT.read_text(encoding="utf-8")


def hostile_theory() -> toc.TheoryOfChange:
    texts = iter(HOSTILE * 10)
    activities = {
        f"x{number}": {
            "title": text,
            "description": next(texts),
            "url": text,
            "tags": [text],
            "leads_to": {"o": {"because": text}},
        }
        for number, text in enumerate(HOSTILE)
    }
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": HOSTILE[0],
            "description": " ".join(HOSTILE),
            "goal": {"title": HOSTILE[8], "url": 'https://example.org/?a=1&b="2"><script>'},
            "pillars": {"p": HOSTILE[9]},
            "outcomes": {"o": {"title": HOSTILE[5], "leads_to": "p"}},
            "activities": activities,
            "kpis": {"k": {"title": HOSTILE[10], "measures": ["o", "p", "goal"], "unit": HOSTILE[6], "target": 3}},
            "settings": {"vocabulary": {"activity": HOSTILE[3], "outcome": HOSTILE[5]}},
        }
    )


@pytest.fixture(scope="module")
def hostile() -> tuple[toc.TheoryOfChange, ET.Element]:
    theory = hostile_theory()
    return theory, ET.fromstring(theory.to_svg(search="quick"))  # noqa: S314  # our own text


def test_hostile_titles_come_out_as_the_text_they_are(hostile: tuple[toc.TheoryOfChange, ET.Element]) -> None:
    theory, root = hostile
    nodes = {element.attrib.get("id"): element for element in root.iter(f"{SVG}g")}
    for box in theory.diagram(search="quick").boxes:
        drawn = "".join(text.text or "" for text in nodes[f"toc-{box.id}"].iter(f"{SVG}text"))
        title = theory.nodes[box.id].title
        assert drawn.translate(NO_BREAKS).startswith(title.translate(NO_BREAKS))


def test_hostile_titles_are_neither_elements_nor_attributes_nor_links(
    hostile: tuple[toc.TheoryOfChange, ET.Element],
) -> None:
    _, root = hostile
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "a", "path", "polygon", "polyline", "ellipse", "text"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.lower().startswith("on") or "src" in name.lower()}
    assert "fontname" not in attributes
    links = [element.attrib[HREF] for element in root.iter() if HREF in element.attrib]
    assert links == ['https://example.org/?a=1&b="2"><script>']


def test_hostile_tooltips_are_told_in_full(hostile: tuple[toc.TheoryOfChange, ET.Element]) -> None:
    theory, root = hostile
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    diagram = theory.diagram(search="quick")
    for tooltip in [*(box.tooltip for box in diagram.boxes), *(arrow.tooltip for arrow in diagram.arrows)]:
        assert " ".join(tooltip.split()) in [" ".join(title.split()) for title in titles]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_alone_cannot_leave_its_label(text: str) -> None:
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": text, "goal": text})
    nodes = parsed(theory.to_dot(search="quick"))["objects"]
    assert {node["name"] for node in nodes} == {
        "_start", "_end", "_caption0", "_caption1", "_caption2", "_ceiling0a", "_ceiling0b", "goal",
    }  # fmt: skip


def test_only_attributes_of_ours_are_written() -> None:
    allowed = {
        "layout", "bb", "pad", "bgcolor", "outputorder", "shape", "fixedsize", "margin", "labelloc", "fontname", "fontsize",
        "penwidth", "arrowsize", "style", "width", "height", "label", "pos", "class", "fillcolor", "color", "tooltip",
        "id", "URL", "target", "arrowhead",
    }  # fmt: skip
    text = re.sub(
        r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"label=<<.*?>>", "label=_", hostile_theory().to_dot(search="quick"))
    )
    assert set(re.findall(r"(\w+)=", text)) <= allowed


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", " http:"]
)
def test_a_link_of_another_kind_is_left_out(url: str) -> None:
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": {"title": "G", "url": url}})
    assert "URL=" not in theory.to_dot(search="quick")
    assert "<a " not in theory.to_svg(search="quick")


def test_quoting_keeps_backslashes_quotes_and_line_ends() -> None:
    assert quoted('a\\N "b"\nc\r') == '"a\\\\N \\"b\\"\\nc"'[1:-1]


def test_a_spline_ends_before_its_head_and_its_head_at_the_target() -> None:
    way = ((0.0, 100.0), (0.0, 50.0), (80.0, 50.0), (80.0, 0.0))
    arrow = Arrow("a", "b", "strong", across=False, feedback=False, negative=False, tooltip="", points=way, stem=way)
    assert spline(arrow, 100).startswith("e,80,100 0,0 ")
    assert spline(arrow, 100).endswith(" 80,94 80,94")
    joining = arrow._replace(stem=way[:3])
    assert spline(joining, 100).startswith("0,0 ")
    assert spline(joining, 100).endswith(" 80,50 80,50")


@tries(25)
@given(theory=shapes())
def test_a_spline_never_leaves_the_corners_it_was_made_of(theory: toc.TheoryOfChange) -> None:
    diagram = theory.diagram(search="quick")
    for arrow in diagram.arrows:
        written = spline(arrow, 0).split(" ")
        knots = [tuple(map(float, knot.split(","))) for knot in written if not knot.startswith("e,")]
        assert len(knots) % 3 == 1
        for x, y in knots:
            assert min(px for px, _ in arrow.points) - 0.01 <= x <= max(px for px, _ in arrow.points) + 0.01
            assert min(py for _, py in arrow.points) - 0.01 <= -y <= max(py for _, py in arrow.points) + 0.01


class Engine(NamedTuple):
    """What the engine says it has drawn, with the small border that it adds at the edges taken off."""

    boxes: dict[str, tuple[float, float, float, float]]
    arrows: dict[tuple[str, str], list[float]]


def engine_says(dot: str) -> Engine:
    drawn = parsed(dot)
    nodes = {node["name"]: node for node in drawn["objects"] if "pos" in node}
    edge_x, edge_y = numbers(nodes["_start"]["pos"])
    assert max(edge_x, edge_y) < 0.5
    boxes = {}
    for name, node in nodes.items():
        (x, y), width, height = numbers(node["pos"]), float(node["width"]) * 72, float(node["height"]) * 72
        boxes[name] = (x - edge_x - width / 2, y - edge_y - height / 2, width, height)
    names = {node["_gvid"]: node["name"] for node in drawn["objects"]}
    arrows = {}
    for edge in drawn["edges"]:
        x_and_y = zip(numbers(edge["pos"])[::2], numbers(edge["pos"])[1::2], strict=True)
        arrows[names[edge["tail"]], names[edge["head"]]] = [at for x, y in x_and_y for at in (x - edge_x, y - edge_y)]
    return Engine(boxes, arrows)


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_moves_no_box(name: str) -> None:
    theory = toc.example(name)
    diagram, drawn = theory.diagram(search="quick"), engine_says(theory.to_dot(search="quick"))
    for box in diagram.boxes:
        ours = (box.x, diagram.height - box.y - box.height, box.width, box.height)
        assert drawn.boxes[box.id] == pytest.approx(ours, abs=0.1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_moves_no_arrow(name: str) -> None:
    theory = toc.example(name)
    diagram, drawn = theory.diagram(search="quick"), engine_says(theory.to_dot(search="quick"))
    for arrow in diagram.arrows:
        if arrow.strength == "weak":
            continue  # each of its dashes is a line of its own
        assert drawn.arrows[arrow.source, arrow.target] == pytest.approx(
            numbers(spline(arrow, diagram.height)), abs=0.05
        )


def test_the_paper_is_as_large_as_the_diagram() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    root = ET.fromstring(toc.example("rgs-newcastle").to_svg(search="quick"))  # noqa: S314  # our own text
    _, _, width, height = (float(side) for side in root.attrib["viewBox"].split())
    assert width == pytest.approx(diagram.width, abs=2)
    assert height == pytest.approx(diagram.height, abs=2)


def test_a_digraph_of_the_library_for_python_draws_the_same_picture() -> None:
    theory = toc.example("rgs-newcastle")
    source = theory.to_graphviz(search="quick").source
    assert shapes_of(paint(source, "svg").decode()) == shapes_of(paint(theory.to_dot(search="quick"), "svg").decode())


def test_a_digraph_can_be_added_to() -> None:
    graph = toc.example("small-charity").to_graphviz()
    graph.node("extra", label="Extra", pos="100,5")
    graph.edge("extra", "goal", pos="100,10 100,20 100,30 100,40")
    svg = paint(graph.source, "svg").decode()
    assert ">Extra</text>" in svg
    before = paint(toc.example("small-charity").to_dot(), "svg").decode()
    assert len(shapes_of(svg)) == len(shapes_of(before)) + 2


def shapes_of(svg: str) -> list[str]:
    return re.findall(r'<(?:path|polygon|ellipse)\b[^>]*?(?: d| points)="([^"]*)"', svg)
