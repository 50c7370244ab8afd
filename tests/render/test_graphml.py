"""GraphML is read back by networkx as the boxes and arrows that were drawn, each in its place."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given

import toc
from diagram.shapes import shapes
from render.test_dot import HOSTILE, hostile_theory
from strategies import theories, tries
from toc.diagram import VIEWS, Diagram
from toc.render.graphml import KEYS, to_graphml
from toc.render.markup import safe_url

EXAMPLES = ("small-charity", "rgs-newcastle", "large-programme")
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def read(text: str) -> Any:
    return nx.read_graphml(io.BytesIO(text.encode()))


def kept(text: str) -> str:
    """A text without the two characters of theirs that XML cannot hold."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def comes_back(diagram: Diagram) -> None:
    graph = read(to_graphml(diagram))
    assert list(graph.nodes) == [box.id for box in diagram.boxes]
    links = (*diagram.arrows, *diagram.implied)
    assert set(graph.edges) == {(arrow.source, arrow.target) for arrow in links}
    assert graph.number_of_edges() == len(links)
    for box in diagram.boxes:
        node = graph.nodes[box.id]
        assert (node["x"], node["y"], node["width"], node["height"]) == (box.x, box.y, box.width, box.height)
        assert (node["kind"], node["above_ceiling"]) == (box.kind, box.above_ceiling)
        assert node.get("title", "") == kept(box.title)
        assert node["tooltip"] == kept(box.tooltip)
        assert node.get("url", "") == kept(safe_url(box.url))
        kpis = [kept(line.text) for line in box.lines if line.role == "kpi"]
        assert node.get("kpis", "").split("\n") == (kpis or [""])
        assert len(node["label"].split("\n")) == len(box.lines)
    for arrow in links:
        edge = graph.edges[arrow.source, arrow.target]
        looks = (edge["strength"], edge["across"], edge["feedback"], edge["negative"])
        assert looks == (arrow.strength, arrow.across, arrow.feedback, arrow.negative)
        assert edge["tooltip"] == kept(arrow.tooltip)
        points = tuple(tuple(map(float, point.split(","))) for point in edge.get("points", "").split())
        assert points == arrow.points
        assert edge["drawn"] == bool(points)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("view", ["pillars", "layers", "logic-model", "collapsed"])
def test_an_example_comes_back_whole(example: str, view: str) -> None:
    comes_back(toc.example(example).diagram(view))


@pytest.mark.parametrize("view", [view for view, one in VIEWS.items() if not one.only])
@tries(10)
@given(theory=theories())
def test_every_link_between_two_boxes_is_an_edge(view: str, theory: toc.TheoryOfChange) -> None:
    asked: Any = {"node": next(iter(theory.goals))} if VIEWS[view].needs else {}
    graph = read(theory.to_graphml(view=view, **asked, search="quick"))
    shown = set(graph.nodes)
    assert set(graph.edges) >= {
        (link.source, link.target) for link in theory.links if {link.source, link.target} <= shown
    }


def test_a_link_that_the_column_tells_is_an_edge_with_its_argument() -> None:
    theory = toc.example("rgs-newcastle")
    edge = read(theory.to_graphml(search="quick")).edges["new-teachers", "cpd"]
    assert edge["drawn"] is False
    assert edge["tooltip"].startswith(
        "More new maths and physics teachers leads to Continued professional development, because"
    )
    assert theory.to_graphml(view="triangle", search="quick").count("<edge ") == len(theory.links)


def test_what_changed_holds_the_links_that_stayed_and_those_that_went() -> None:
    theory = toc.example("small-charity")
    found = theory.compare(theory.without("tea-and-games"))
    graph = read(found.to_graphml())
    assert set(graph.edges) == {(link.source, link.target) for link in theory.links}
    marks = {ends: graph.edges[ends].get("mark") for ends in graph.edges}
    assert {ends for ends, mark in marks.items() if mark == "removed"} == {
        (link.source, link.target) for link in theory.links if link.source == "tea-and-games"
    }


@tries(20)
@given(theory=shapes())
def test_every_box_and_arrow_comes_back_in_its_place(theory: toc.TheoryOfChange) -> None:
    comes_back(theory.diagram(search="quick"))


@tries(30)
@given(theory=theories())
def test_texts_of_every_sort_come_back_as_they_are(theory: toc.TheoryOfChange) -> None:
    comes_back(theory.diagram(search="quick"))


def test_hostile_texts_are_text_and_add_no_element() -> None:
    diagram = hostile_theory().diagram(search="quick")
    comes_back(diagram)
    root = ET.fromstring(to_graphml(diagram))  # noqa: S314  # our own text
    assert {element.tag for element in root.iter()} == {
        f"{NAMESPACE}{name}" for name in ("graphml", "key", "graph", "node", "edge", "data")
    }
    titles = [data.text for data in root.iter(f"{NAMESPACE}data") if data.attrib["key"] == "node-title"]
    assert {" ".join(text.split()) for text in HOSTILE} <= {" ".join((title or "").split()) for title in titles}


def test_the_graph_says_what_it_is_and_where_the_ceiling_lies() -> None:
    theory = toc.example("small-charity")
    diagram = theory.diagram(search="quick")
    graph = read(to_graphml(diagram))
    assert graph.graph["title"] == theory.title
    assert graph.graph["view"] == "pillars"
    assert graph.graph["ceiling"] == diagram.ceilings[0].y
    assert {graph.nodes[id].get("column") for id in theory.activities} == {"company"}


def test_every_attribute_has_a_key_with_its_type() -> None:
    root = ET.fromstring(to_graphml(toc.example("rgs-newcastle").diagram(search="quick")))  # noqa: S314  # our own text
    keys = {key.attrib["id"]: key.attrib["attr.type"] for key in root.iter(f"{NAMESPACE}key")}
    assert keys == {
        f"{owner}-{name}": kind for owner, names in KEYS.items() for name, kind in names.items() if name != "flow"
    }
    assert {data.attrib["key"] for data in root.iter(f"{NAMESPACE}data")} <= set(keys)


def test_what_xml_cannot_hold_is_left_out_and_line_ends_are_kept() -> None:
    diagram = toc.example("small-charity").diagram()
    box = diagram.boxes[0]._replace(tooltip="a\x00\x0b\ufffeb\r\nc")
    graph = read(to_graphml(diagram._replace(boxes=(box, *diagram.boxes[1:]))))
    assert graph.nodes[box.id]["tooltip"] == "ab\r\nc"


def test_the_same_diagram_gives_the_same_text() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    assert to_graphml(diagram) == to_graphml(diagram)
