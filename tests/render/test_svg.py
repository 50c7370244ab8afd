"""An SVG is painted without any other program: well-formed, harmless, described, and no id in it or beside it stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, product
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toc
from diagram.shapes import shapes, theory_of
from strategies import tries
from toc.diagram import Arrow, Box, Diagram
from toc.diagram.looks.themes import LIGHT, PRINT, THEMES
from toc.render import to_svg
from toc.render.svg import FONTS

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
ELEMENTS = {"svg", "title", "desc", "g", "a", "path", "polygon", "polyline", "ellipse", "text"}
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
    "a\nb\tc\r\nd",
    "javascript:alert(1)",
    "half a character \ud800, none at all \x00\x0b\uffff",
]
SMALL = toc.example("small-charity")
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,4}", fullmatch=True) | st.sampled_from(
    ["title", "description", "a", "a-", "b", "c", "a--b", "b--c", "a--b--c", "node1", "graph0", "toc", "toc-a"]
)
PREFIXES = st.from_regex("[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True) | st.sampled_from(["toc", "toc_title", "a", "a_"])


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  # our own text


def painted(diagram: Diagram, **options: Any) -> ET.Element:
    return read(to_svg(diagram, **options))


def titles(root: ET.Element) -> list[str]:
    """What the parts say when they are pointed at."""
    return [title.text or "" for title in root.iter(f"{SVG}title")][1:]


def ids(root: ET.Element) -> list[str]:
    return [element.attrib["id"] for element in root.iter() if "id" in element.attrib]


def groups(root: ET.Element, css: str) -> list[ET.Element]:
    return [group for group in root.iter(f"{SVG}g") if css in group.attrib["class"].split()]


def drawing_of(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Diagram:
    """A drawing made by hand, with a box for each name and an arrow for each pair."""
    diagram = SMALL.diagram("pillars")
    box, arrow = diagram.boxes[-1], diagram.arrows[0]
    boxes = tuple(box._replace(id=name) for name in names)
    return diagram._replace(boxes=boxes, arrows=tuple(arrow._replace(source=a, target=b) for a, b in pairs))


# As a whole


def test_the_drawing_is_one_described_image() -> None:
    diagram = SMALL.diagram()._replace(title="Reading & <more>", language="en-GB")
    root = painted(diagram, description='Say "it"')
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert [child.text for child in root[:2]] == ["Reading & <more>", 'Say "it"']
    assert [root.attrib["aria-labelledby"], root.attrib["aria-describedby"]] == ids(root)[:2]
    assert root.attrib["lang"] == root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en-GB"
    assert root.attrib["font-family"] == FONTS["Arial"]


def test_without_a_description_of_its_own_the_drawing_is_put_into_words() -> None:
    diagram = SMALL.diagram()
    assert painted(diagram)[1].text == SMALL.describe() == painted(diagram, description="")[1].text


def test_it_is_exactly_as_large_as_the_diagram() -> None:
    root = painted(SMALL.diagram()._replace(width=612.5, height=301.26))
    sizes = [root.attrib[name] for name in ("width", "height", "viewBox")]
    assert sizes == ["612.5pt", "301.26pt", "0 0 612.5 301.26"]


def test_it_can_be_put_into_a_page_as_it_is_and_has_one_tag_a_line() -> None:
    text = SMALL.to_svg()
    assert text.startswith("<svg ")
    assert text.endswith("</svg>")
    assert "<!" not in text
    assert "<?" not in text
    tags = [line for line in text.partition("</desc>")[2].splitlines() if line]
    assert [line for line in tags if not re.fullmatch(r"</?[^<>]*>|<(text|title)\b[^<>]*>[^<>]*</\1>", line)] == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_typeface_stands_once_with_others_that_are_as_wide(theme: Any) -> None:
    for font, family in FONTS.items():
        root = painted(SMALL.diagram(), theme=theme._replace(font=font))
        assert [one.attrib["font-family"] for one in root.iter() if "font-family" in one.attrib] == [family]


@tries(25)
@given(theory=shapes())
def test_lengths_have_two_decimals_at_most_and_no_zeros_to_spare(theory: toc.TheoryOfChange) -> None:
    for line in theory.to_svg(search="quick").partition("</desc>")[2].splitlines():
        tag = re.sub(r">.*", ">", line)
        for number in re.findall(r"(?<![#\w.-])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.sub(r'(id|href)="[^"]*"', "", tag)):
            assert re.fullmatch(r"0|-?(?:[1-9]\d*|0\.\d?[1-9]|[1-9]\d*\.\d?[1-9])", number), tag
        assert "nan" not in re.sub(r'"[^"]*"', "", tag)


def test_the_same_diagram_gives_the_same_text() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    assert to_svg(diagram) == to_svg(diagram)


def test_neither_an_svg_nor_a_pdf_asks_for_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOC_ENGINE", "/nonexistent")
    assert "Tea, soup and board games" in SMALL.to_svg()
    assert "Tea, soup and board games" in SMALL.to_html()
    pytest.importorskip("svglib")
    assert SMALL.to_pdf().startswith(b"%PDF")


# Texts of strangers


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(text: str) -> None:
    diagram = SMALL.diagram()
    (goal, *boxes), (arrow, *_) = diagram.boxes, diagram.arrows
    line = goal.lines[0]._replace(text=text, rows=(text,))
    goal = goal._replace(lines=(line,), tooltip=text, url=text, id=text)
    caption = diagram.captions[0]._replace(rows=(text,), text=text)
    hostile = diagram._replace(
        title=text,
        language=text,
        boxes=(goal, *boxes),
        arrows=(arrow._replace(source=text, target=text, tooltip=text),),
        groups=tuple(group._replace(id=text, title=text) for group in diagram.groups),
        captions=(caption,),
        legend=tuple(key._replace(text=text) for key in diagram.legend),
    )
    svg = to_svg(hostile, description=text)
    root = read(svg)
    assert {element.tag for element in root.iter()} <= {SVG + name for name in ELEMENTS}
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.lower().startswith("on") or "src" in name.lower()}
    assert not list(root.iter(f"{SVG}a"))
    assert "lang" not in root.attrib
    said = "".join(re.findall(r"[^\x00-\x1f\ud800\uffff]", text))
    shown = [element.text or "" for element in root.iter() if element.text and element.text.strip()]
    assert [re.sub(r"\s", "", words) for words in shown].count(re.sub(r"\s", "", said)) >= 7


@given(st.text(max_size=30))
def test_any_text_makes_well_formed_xml(text: str) -> None:
    diagram = SMALL.diagram("collapsed")
    box = diagram.boxes[0]
    line = box.lines[0]._replace(text=text, rows=(text,))
    box = box._replace(lines=(line,), tooltip=text, url=text)
    root = painted(diagram._replace(title=text, language=text, boxes=(box,)), description=text)
    assert len(groups(root, box.kind)) == 1


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ('https://example.org/?a=1&b="2"><script>', True),
        ("HTTP://example.org", True),
        ("mailto:head@example.org", True),
        ("#elsewhere-in-the-page", False),
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
def test_only_addresses_of_the_web_and_of_mail_are_linked(url: str, kept: bool) -> None:
    diagram = SMALL.diagram()
    root = painted(diagram._replace(boxes=(diagram.boxes[0]._replace(url=url),)))
    assert [anchor.attrib[HREF] for anchor in root.iter(f"{SVG}a")] == ([url] if kept else [])


def test_a_theme_made_by_hand_cannot_leave_its_attribute() -> None:
    colour = '"/><script>alert(1)</script>'
    boxes = {kind: paint._replace(fill=colour, line=colour, text=colour) for kind, paint in LIGHT.boxes.items()}
    names: Any = dict.fromkeys(("paper", "ink", "faint", "panel", "panel_line", "band", "ceiling", "arrow"), colour)
    root = painted(SMALL.diagram(), theme=LIGHT._replace(boxes=boxes, **names))
    assert {element.tag for element in root.iter()} <= {SVG + name for name in ELEMENTS}


# Ids


@given(names=st.lists(IDS, unique=True, max_size=5), prefix=PREFIXES, data=st.data())
def test_no_two_elements_share_an_id_whatever_the_nodes_are_called(
    names: list[str], prefix: str, data: st.DataObject
) -> None:
    more = data.draw(st.lists(st.sampled_from(names), max_size=2)) if names else []
    pairs = [*product(names, names), *zip(more, more, strict=True)]  # some arrows stand twice
    found = ids(painted(drawing_of(names, pairs), prefix=prefix))
    assert len(found) == len(set(found)) == 2 + len(names) + len(pairs)
    assert {f"{prefix}-{name}" for name in names} <= set(found)
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", id) for id in found)


@given(names=st.lists(IDS, unique=True, min_size=1, max_size=4), prefixes=st.lists(PREFIXES, unique=True, max_size=3))
def test_drawings_with_different_prefixes_in_one_page_share_no_id(names: list[str], prefixes: list[str]) -> None:
    diagram = drawing_of(names, product(names, names))
    found = [id for prefix in prefixes for id in ids(painted(diagram, prefix=prefix))]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "links",
    [
        {"a": "b", "a--b": "goal", "b": "goal"},
        {"a": "b--c", "a--b": "c", "b--c": "goal", "c": "goal"},
        {"title": "description", "description": "goal", "title--description": "goal"},
    ],
)
@pytest.mark.parametrize("view", ["pillars", "layers"])
def test_hyphens_in_the_names_of_nodes_make_no_two_ids_alike(links: dict[str, str], view: str) -> None:
    outcomes = {id: {"title": "Neighbours meet", "leads_to": target} for id, target in links.items()}
    theory = toc.TheoryOfChange.model_validate({"toc": 1, "title": "T", "goal": "G", "outcomes": outcomes})
    found = ids(read(theory.to_svg(view=view, search="quick")))
    assert len(found) == len(set(found)) == 2 + len(theory.nodes) + len(links)


@pytest.mark.parametrize("prefix", ["1 x", "", "a-b", "é", 'x"', "a\n", 5, None])
def test_a_prefix_that_is_none_is_refused(prefix: Any) -> None:
    with pytest.raises(toc.OptionError, match="a prefix is a letter, then letters, digits or _, not"):
        to_svg(SMALL.diagram(), prefix=prefix)


# What each part says


def test_each_part_says_what_it_is_when_it_is_pointed_at() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    root = painted(diagram)
    badges = [next(line.text for line in box.lines if line.role == "badge") for box in diagram.boxes if box.badge]
    for css, said in {
        "panel": [group.title for group in diagram.groups],
        "badge": badges,
        "link": [arrow.tooltip for arrow in diagram.arrows],
    }.items():
        assert [group[0].text for group in groups(root, css)] == said
    for box in diagram.boxes:
        (group,) = (group for group in root.iter(f"{SVG}g") if group.get("id") == f"toc-{box.id}")
        assert group[0].text == box.tooltip
        assert f"node {box.kind}" in group.attrib["class"]


def test_without_tooltips_nothing_else_changes() -> None:
    theory = toc.example("rgs-newcastle")
    plain = theory.to_svg(tooltips=False, search="quick")
    assert titles(read(plain)) == []
    head, _, body = theory.to_svg(search="quick").partition("</desc>")
    assert plain == head + "</desc>" + re.sub(r"<title>[^<]*</title>\n", "", body)
    with pytest.raises(toc.OptionError, match="tooltips is True or False"):
        theory.to_svg(tooltips="no", search="quick")  # type: ignore[arg-type]


def test_boxes_stand_in_reading_order_each_with_its_badge_behind_it() -> None:
    diagram = toc.example("rgs-newcastle").diagram(search="quick")
    kinds = [group.attrib["class"].split()[1] for group in groups(painted(diagram), "node")]
    boxes = [kind for kind in kinds if kind not in ("caption", "badge", "key")]
    assert boxes == sorted(boxes, key=["goal", "pillar", "outcome", "output", "activity"].index)
    assert [before for before, kind in pairwise(kinds) if kind == "badge"] == ["activity"] * 13


# Strokes


def arrow_of(way: tuple[tuple[float, float], ...], **more: Any) -> Arrow:
    plain = Arrow("a", "b", "strong", across=False, feedback=False, negative=False, tooltip="", points=way, stem=way)
    return plain._replace(**more)


def pairs_of(points: str) -> list[tuple[float, float]]:
    found = numbers(points)
    return list(zip(found[::2], found[1::2], strict=True))


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize(("tip", "end"), [((50, 10), "V{}"), ((50, 90), "V{}"), ((10, 50), "H{}"), ((90, 50), "H{}")])
@pytest.mark.parametrize(
    "look", [{}, {"across": True}, {"feedback": True}, {"negative": True}, {"negative": True, "across": True}], ids=str
)
def test_the_line_meets_the_head_and_the_head_the_end_of_the_way(tip: tuple[int, int], end: str, look: Any) -> None:
    diagram = drawing_of((), ())._replace(arrows=(arrow_of(((50.0, 50.0), tip), **look),))
    (group,) = groups(painted(diagram), "link")
    back = 7.5 if look.get("across") else 6
    axis = 1 if end == "V{}" else 0
    assert group[-2 - bool(look.get("negative"))].attrib["d"] == "M50,50" + end.format(
        f"{tip[axis] + (back if tip[axis] < 50 else -back):g}"
    )
    places = [place for part in group if "points" in part.attrib for place in pairs_of(part.attrib["points"])]
    behind = [abs(place[axis] - tip[axis]) for place in places]
    beside = [abs(place[1 - axis] - tip[1 - axis]) for place in places]
    width = float(group[-1].attrib["stroke-width"])
    assert min(behind) < 2 * width  # a stroke reaches that far beyond a corner so sharp
    assert back - 2 * width < max(behind) < back + 2 * width
    assert 2 < max(beside) <= 5


def test_an_arrow_that_joins_another_has_no_head_and_rounds_its_corners() -> None:
    way = ((0.0, 90.0), (0.0, 50.0), (80.0, 50.0), (80.0, 0.0))
    arrow = arrow_of(way, stem=way[:3])
    (group,) = groups(painted(drawing_of((), ())._replace(arrows=(arrow,))), "link")
    assert [part.tag for part in group if part.tag != f"{SVG}title"] == [f"{SVG}path"]
    assert group[-1].attrib["d"] == "M0,90V55c0,-5 0,-5 5,-5H80"


def test_a_corner_takes_no_more_than_half_of_what_is_straight() -> None:
    way = ((0.0, 90.0), (0.0, 50.0), (8.0, 50.0), (8.0, 0.0))
    (group,) = groups(painted(drawing_of((), ())._replace(arrows=(arrow_of(way),))), "link")
    assert group[-2].attrib["d"] == "M0,90V55c0,-5 0,-5 4,-5c4,0 4,0 4,-5V6"


def test_what_is_known_by_its_dashes_has_them_in_print() -> None:
    theory = toc.example("rgs-newcastle")
    diagram = theory.diagram(search="quick")
    root = painted(diagram, theme=PRINT)
    for css, dashes in {"strong": None, "medium": "5,2", "weak": "2,2", "unknown": None}.items():
        found = {group.find(f"{SVG}path").attrib.get("stroke-dasharray") for group in groups(root, css)}  # type: ignore[union-attr]
        assert dashes in found, css
        assert css == "weak" or len(found) == 1, css  # a short weak line has shorter dashes
    (rule,) = (group for group in groups(root, "ceiling") if "edge" in group.attrib["class"])
    assert rule[0].attrib["stroke-dasharray"] == "5,2"
    shapes_of = {group.find(f"{SVG}path").attrib.get("stroke-dasharray") for group in groups(root, "output")}  # type: ignore[union-attr]
    assert shapes_of == {"5,2"}


def box_of(kind: Any, **more: Any) -> Box:
    return Box("b", kind, (), "", "", 10.0, 20.0, 90.0, 60.0)._replace(**more)


def corners(box: Box) -> tuple[float, ...]:
    """The outline of a box, from the one tag that draws it."""
    (group,) = groups(painted(drawing_of((), ())._replace(boxes=(box,))), box.kind)
    return tuple(numbers(group[-1].attrib.get("points") or group[-1].attrib["d"]))


def test_an_activity_has_sharp_corners_and_every_other_box_round_ones() -> None:
    assert corners(box_of("activity")) == (10, 20, 100, 20, 100, 80, 10, 80)
    assert corners(box_of("outcome"))[:3] == (22, 20, 66)  # 12 points of corner on either side
    assert corners(box_of("outcome", height=24.0))[:3] == (18, 20, 74)  # never more than a third of the height


def test_a_drawing_of_many_thousand_points_keeps_its_places() -> None:
    theory = theory_of({"goal": 1, "pillar": 70, "activity": 300}, 1)
    diagram = theory.diagram("pillars", search="quick")
    assert diagram.width > 10_000
    places = {group.get("id"): group for group in groups(painted(diagram), "activity")}
    for box in diagram.boxes:
        if box.kind == "activity":
            shape = places[f"toc-{box.id}"].find(f"{SVG}polygon")
            assert shape is not None
            found = numbers(shape.attrib["points"])
            assert (min(found[::2]), min(found[1::2])) == (round(box.x, 2), round(box.y, 2))


@pytest.mark.parametrize(("length", "dashes"), [(100.0, "2,2"), (20.0, "2,2"), (13.0, "1,1")])
def test_a_weak_line_has_four_dashes_however_short_it_is(length: float, dashes: str) -> None:
    arrow = arrow_of(((0.0, 0.0), (0.0, length)))._replace(strength="weak")
    (group,) = groups(painted(drawing_of((), ())._replace(arrows=(arrow,))), "link")
    assert group[0].attrib["stroke-dasharray"] == dashes
