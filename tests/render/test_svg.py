"""The finished SVG is well-formed, harmless, described, and unique within a page, whatever stands in the labels."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toc.errors import DrawingError
from toc.render.engine import paint
from toc.render.svg import FONTS, finished

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
HOSTILE = [
    '"><script>alert(1)</script>',
    "]]>",
    "<![CDATA[x]]>",
    "<!-- x --> -- -->",
    "&amp; &lt;b&gt; &#60;",
    "Tom & Jerry 'quoted' \"twice\"",
    "onload=\"alert(1)\" src='x' url(http://x)",
    "😀 👩‍🚀 مرحبا שלום 漢字",
    "</title></svg><script>",
    "a\nb\tc",
    "javascript:alert(1)",
]
# What the engine would pass on from a careless DOT text.
INJECTED = [
    '<text font-family="x" onload="alert(1)">a</text>',
    "<text font-family=\"x\"onload='alert(1)'>a</text>",
    "<script>alert(1)</script>",
    "<SCRIPT/>",
    '<image xlink:href="https://example.org/x.png"/>',
    '<use xlink:href="#x"/>',
    "<style>@import url(x)</style>",
    "<foreignObject><p/></foreignObject>",
    '<animate attributeName="href"/>',
    '<path fill="url(https://example.org/x)"/>',
    "<![CDATA[ ]]>",
    "<?xml-stylesheet href='x'?>",
]


def quoted(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def drawn(*nodes: str) -> str:
    placed = "\n".join(f'n{index} [pos="0,{100 * index}", {node}]' for index, node in enumerate(nodes))
    return paint(f'digraph "T" {{ layout=nop2; node [shape=box, fontname=Arial]; {placed} }}', "svg").decode()


def finished_root(svg: str, **more: Any) -> ET.Element:
    return ET.fromstring(finished(svg, **{"title": "T", "description": "D", **more}))  # noqa: S314  # our own text


def texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def titles(root: ET.Element) -> list[str]:
    return [title.text or "" for title in root.iter(f"{SVG}title")]


def test_the_drawing_is_one_described_image() -> None:
    root = finished_root(drawn("label=a"), title="Reading & <more>", description='Say "it"', language="en-GB")
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert [child.text for child in root[:2]] == ["Reading & <more>", 'Say "it"']
    assert [root.attrib["aria-labelledby"], root.attrib["aria-describedby"]] == [
        child.attrib["id"] for child in root[:2]
    ]
    assert root.attrib["lang"] == root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en-GB"
    assert root.attrib["font-family"] == FONTS["Arial"]


def test_the_size_is_kept() -> None:
    raw = drawn("label=a")
    sizes = dict(re.findall(r'\b(width|height|viewBox)="([^"]*)"', raw))
    assert {name: finished_root(raw).attrib[name] for name in sizes} == sizes
    assert set(sizes) == {"width", "height", "viewBox"}


def test_nothing_stands_before_the_element_and_no_comment_is_left() -> None:
    text = finished(drawn("label=a"), title="T", description="D")
    assert text.startswith("<svg ")
    assert text.endswith("</svg>")
    assert "<!" not in text
    assert "<?" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(text: str) -> None:
    root = finished_root(drawn(f"label={quoted(text)}, tooltip={quoted(text)}"), title=text, description=text)
    assert " ".join(" ".join(texts(root)).split()) == " ".join(text.split())
    assert titles(root)[0] == text
    assert titles(root)[1].split() == text.split()
    assert not list(root.iter(f"{SVG}script"))


@given(st.text(max_size=30))
def test_any_title_and_description_make_well_formed_xml(text: str) -> None:
    svg = '<svg width="1pt" height="1pt" viewBox="0 0 1 1">\n</svg>'
    root = finished_root(svg, title=text, description=text, language=text)
    assert len(root) == 2


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_label_makes_well_formed_xml(text: str) -> None:
    finished_root(drawn(f"label={quoted(text)}, tooltip={quoted(text)}"))


@pytest.mark.parametrize("element", INJECTED)
def test_what_does_not_belong_in_a_drawing_is_refused(element: str) -> None:
    with pytest.raises(DrawingError, match="does not belong in a drawing"):
        finished(f'<svg width="1pt" height="1pt">\n<g id="a">\n{element}\n</g>\n</svg>', title="T", description="D")


def test_a_font_name_that_smuggles_an_attribute_is_refused() -> None:
    with pytest.raises(DrawingError, match="does not belong in a drawing"):
        finished(drawn(r'label=a, fontname="x\" onload=\"alert(1)"'), title="T", description="D")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("HTTP://example.org", True),
        ("mailto:head@example.org", True),
        ("#elsewhere-in-the-page", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("javascript&colon;alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("vbscript:x", False),
    ],
)
def test_only_links_that_lead_to_pages_are_kept(url: str, kept: bool) -> None:
    root = finished_root(drawn(f"label=a, tooltip=tip, URL={quoted(url)}"))
    assert [anchor.attrib[HREF] for anchor in root.iter(f"{SVG}a")] == ([url] if kept else [])
    assert titles(root) == ["T", "tip"]
    assert texts(root) == ["a"]


def test_a_web_address_is_well_formed_even_where_the_engine_leaves_its_ampersand() -> None:
    svg = (
        '<svg width="1pt" height="1pt">\n<g id="a_1"><a xlink:href="https://example.org/?a=1&b=2">\n</a>\n</g>\n</svg>'
    )
    assert next(finished_root(svg).iter(f"{SVG}a")).attrib[HREF] == "https://example.org/?a=1&b=2"


def test_two_drawings_in_one_page_share_no_id() -> None:
    raw = drawn(
        'label=a, id="first-node", URL="#second-node"', 'label=b, id="second-node", style=filled, fillcolor="red:blue"'
    )
    first, second = (finished_root(raw, prefix=prefix) for prefix in ("one", "two"))
    ids = [{element.attrib["id"] for element in root.iter() if "id" in element.attrib} for root in (first, second)]
    assert not ids[0] & ids[1]
    assert "one-first-node" in ids[0]
    assert next(first.iter(f"{SVG}a")).attrib[HREF] == "#one-second-node"
    fills = [element.attrib["fill"] for element in first.iter() if element.attrib.get("fill", "").startswith("url(#")]
    assert fills
    assert all(fill[5:-1] in ids[0] for fill in fills)


def test_a_prefix_that_is_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="not '1 x'"):
        finished("<svg>", title="T", description="D", prefix="1 x")


def test_each_box_arrow_and_group_has_its_tooltip_for_a_title() -> None:
    raw = paint(
        """digraph "T" { graph [layout=nop2, tooltip="whole"]
        subgraph cluster_x { graph [bb="0,0,90,90", tooltip="Pillar: literacy"] a [pos="40,40", tooltip="Activity: read"] }
        b [pos="40,200"]
        c [pos="200,200", URL="#x", label=<<TABLE><TR><TD TOOLTIP="KPI: months">k</TD></TR></TABLE>>]
        a -> b [pos="40,58 40,80 40,120 40,182", tooltip="leads to", label="why", lp="60,100"] }""",
        "svg",
    ).decode()
    drawn_titles = titles(finished_root(raw))[1:]
    assert drawn_titles == ["whole", "Pillar: literacy", "Activity: read", "b", "leads to", "c", "KPI: months"]


def test_fonts_and_text_are_kept_apart() -> None:
    root = finished_root(drawn('label="font-family=Arial"', 'label=<<FONT FACE="Courier"><B>b</B></FONT>>'))
    assert texts(root) == ["font-family=Arial", "b"]
    assert [text.attrib.get("font-weight") for text in root.iter(f"{SVG}text")] == [None, "bold"]
    assert not any("font-family" in element.attrib for element in root.iter() if element is not root)


def test_the_same_drawing_is_finished_in_the_same_way() -> None:
    raw = drawn('label="a", tooltip="b"')
    assert finished(raw, title="T", description="D") == finished(raw, title="T", description="D")


def test_a_text_that_is_no_drawing_is_refused() -> None:
    with pytest.raises(DrawingError, match="did not write SVG"):
        finished("digraph {}", title="T", description="D")
