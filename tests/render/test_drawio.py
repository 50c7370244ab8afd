"""draw.io: every arrow attached to its boxes where it was drawn, and all text text."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

import toc
from diagram.shapes import theory_of
from toc.diagram.looks.themes import THEMES
from toc.render.drawio import to_drawio

NASTY = (
    '"><script>alert(1)</script>',
    '=HYPERLINK("http://x.example")',
    "javascript:alert(1)",
    "%tooltip%",
    "<b>bold</b>",
)


def cells(theory: toc.TheoryOfChange, **looks: str) -> dict[str, ET.Element]:
    diagram = theory.diagram(looks.get("view"), search="quick")
    root = ET.fromstring(to_drawio(diagram, THEMES[looks.get("theme", "light")]))  # noqa: S314
    return {found.attrib["id"]: found for found in root.iter() if "id" in found.attrib and found.tag != "diagram"}


def said(label: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", label)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", ["rgs-newcastle", "small-charity"])
def test_every_arrow_is_attached_to_its_two_boxes(name: str) -> None:
    theory = toc.example(name)
    found = cells(theory)
    for arrow in theory.diagram(search="quick").arrows:
        edge = found[f"link-{arrow.source}--{arrow.target}"].find("mxCell")
        assert edge is not None
        assert (edge.get("source"), edge.get("target")) == (f"node-{arrow.source}", f"node-{arrow.target}")
        assert {edge.get("source"), edge.get("target")} <= found.keys()


def test_an_arrow_leaves_and_enters_where_it_was_drawn() -> None:
    theory = toc.example("rgs-newcastle")
    diagram, found = theory.diagram(search="quick"), cells(theory)
    boxes = {box.id: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        edge = found[f"link-{arrow.source}--{arrow.target}"].find("mxCell")
        assert edge is not None
        style = dict(part.partition("=")[::2] for part in edge.attrib["style"].split(";"))
        for name, box, point in (
            ("exit", boxes[arrow.source], arrow.points[0]),
            ("entry", boxes[arrow.target], arrow.points[-1]),
        ):
            place = (box.x + float(style[f"{name}X"]) * box.width, box.y + float(style[f"{name}Y"]) * box.height)
            assert place == pytest.approx(point, abs=0.1)
        corners = [(float(p.attrib["x"]), float(p.attrib["y"])) for p in edge.iterfind("mxGeometry/Array/mxPoint")]
        assert sum(corners, ()) == pytest.approx(sum(arrow.points[1:-1], ()), abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_boxes_stand_where_they_were_laid_out_in_every_theme(theme: str) -> None:
    theory = theory_of({"goal": 1, "pillar": 2, "outcome": 4, "activity": 6}, seed=3)
    found = cells(theory, view="pillars", theme=theme)
    for box in theory.diagram("pillars", search="quick").boxes:
        place = found[f"node-{box.id}"].find("mxCell/mxGeometry")
        assert place is not None
        assert [float(place.attrib[name]) for name in ("x", "y", "width", "height")] == pytest.approx(
            box[5:9], abs=0.01
        )
        assert said(found[f"node-{box.id}"].attrib["label"]).startswith(
            " ".join(theory.nodes[box.id].title.split())[:20]
        )


def test_what_a_stranger_writes_stays_text() -> None:
    theory = toc.example("small-charity")
    for id, title in zip(theory.nodes, NASTY, strict=False):
        theory = theory.edit(id, title=title, description=title, url="javascript:alert(1)")
    text = to_drawio(theory.diagram(search="quick"))
    found = cells(theory)
    for id, title in zip(theory.nodes, NASTY, strict=False):
        if f"node-{id}" in found:
            label = found[f"node-{id}"].attrib["label"]
            assert title in said(label)
            assert set(re.findall(r"<(\w+)", label)) == {"div"}
            assert "<" not in found[f"node-{id}"].attrib["tooltip"]
    assert 'link="' not in text
    assert "placeholders" not in text


def test_the_description_of_the_drawing_travels_with_its_title() -> None:
    theory = toc.example("small-charity")
    assert cells(theory)["caption-0"].attrib["tooltip"].startswith(theory.title)


def test_a_label_read_from_right_to_left_stands_on_the_right() -> None:
    theory = toc.example("small-charity").edit("company", title="القراءة والكتابة")
    sides = {}
    for id in ("node-company", "node-tea-and-games"):
        cell = cells(theory)[id].find("mxCell")
        assert cell is not None
        sides[id] = re.findall(r"align=(\w+);vertical", cell.attrib["style"])
    assert sides == {"node-company": ["right"], "node-tea-and-games": ["left"]}


def test_the_same_drawing_gives_the_same_text() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    assert to_drawio(diagram) == to_drawio(diagram)
