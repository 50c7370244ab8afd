"""PowerPoint: native shapes, glued connectors, words for who cannot see, and a file that office programs open."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

import toc
from diagram.shapes import theory_of
from toc.diagram.looks.themes import THEMES
from toc.render.slide import to_pptx

pytestmark = pytest.mark.filterwarnings("ignore:on this page")  # other tests are about the size of type
NASTY = (
    '"><script>alert(1)</script>',
    '=HYPERLINK("http://x.example")',
    "javascript:alert(1)",
    'a" fontname="x',
    "{{7*7}}",
)


def slide_of(theory: toc.TheoryOfChange, **looks: Any) -> Any:
    """The one slide of a theory's PowerPoint file."""
    file = io.BytesIO()
    theory.draw(file, format="pptx", **{"search": "quick", "deck": False, **looks})
    (slide,) = pptx.Presentation(file).slides
    return slide


def all_of(slide: Any) -> list[Any]:
    """Every shape of a slide, those in groups as well, from the back to the front."""
    found: list[Any] = []
    for shape in slide.shapes:
        found += shape.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP else [shape]
    return found


def ends_of(slide: Any) -> list[tuple[str, str]]:
    """The names of the shapes to which each glued connector is glued."""
    names = {shape.shape_id: shape.name for shape in all_of(slide)}
    found = []
    for shape in all_of(slide):
        glue = {part.tag.rpartition("}")[2]: part.get("id") for part in shape._element.iter() if "Cxn" in part.tag}
        if {"stCxn", "endCxn"} <= glue.keys():
            found.append((names[int(glue["stCxn"])], names[int(glue["endCxn"])]))
    return found


@pytest.mark.parametrize("name", ["rgs-newcastle", "small-charity"])
def test_every_arrow_is_a_connector_glued_to_its_two_boxes(name: str) -> None:
    theory = toc.example(name)
    drawn = theory.diagram(search="quick")
    titles = {id: node.title for id, node in theory.nodes.items()}
    assert sorted(ends_of(slide_of(theory))) == sorted((titles[a.source], titles[a.target]) for a in drawn.arrows)


@pytest.mark.parametrize("view", ["pillars", "layers", "logic-model", "triangle", "collapsed"])
def test_nothing_on_the_slide_is_a_picture_and_every_title_can_be_typed_over(view: str) -> None:
    theory = toc.example("rgs-newcastle")
    slide = slide_of(theory, view=view)
    assert all(shape.shape_type is None or shape.shape_type.name != "PICTURE" for shape in all_of(slide))
    texts = {
        paragraph.text for shape in all_of(slide) if shape.has_text_frame for paragraph in shape.text_frame.paragraphs
    }
    drawn = {box.id for box in theory.diagram(view, search="quick").boxes} & set(theory.nodes)
    assert drawn
    assert {theory.nodes[id].title for id in drawn} <= texts
    assert slide.shapes.title.text_frame.text == theory.title


def test_the_slide_is_described_box_by_box_and_its_notes_begin_to_tell_the_theory() -> None:
    theory = toc.example("rgs-newcastle")
    slide = slide_of(theory)
    described = {
        shape.name: shape._element.xpath(".//p:cNvPr/@descr")
        for shape in all_of(slide)
        if shape.name == theory.nodes["scitt"].title
    }
    assert described[theory.nodes["scitt"].title][0].startswith("Activity: Training maths and physics teachers")
    notes = slide.notes_slide.notes_text_frame.text
    *told, more = notes.split("\n\n")
    assert told[-1] in theory.narrative()
    assert more == "The narrative of the theory goes on from here."
    assert 200 < len(notes.split()) <= 250


def test_boxes_stand_where_they_were_laid_out_and_text_lies_in_front_of_every_line() -> None:
    theory = toc.example("small-charity")
    slide = slide_of(theory)
    shapes = {shape.name: shape for shape in all_of(slide)}
    boxes = {theory.nodes[box.id].title: box for box in theory.diagram(page="slide", search="quick").boxes}
    scales = {round(shapes[title].width / box.width) for title, box in boxes.items()}
    assert max(scales) - min(scales) <= 1
    order = [shape.name in boxes for shape in all_of(slide) if shape.name in boxes or "leads to" in shape.name]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("looks", "drawn", "left_out"),
    [
        ({"pillar": "stem"}, "stem", "literacy"),
        ({"pillar": "stem", "view": "collapsed"}, "stem", "literacy"),
        ({"view": "neighbourhood", "node": "careers-fair"}, "careers-fair", "literacy"),
        ({"view": "path", "node": "scitt"}, "scitt", "careers-fair"),
        ({"tag": "reading"}, "literacy", "scitt"),
    ],
)
def test_the_notes_tell_only_of_what_is_drawn(looks: dict[str, Any], drawn: str, left_out: str) -> None:
    theory = toc.example("rgs-newcastle")
    notes = slide_of(theory, **looks).notes_slide.notes_text_frame.text
    assert theory.nodes[drawn].title in notes
    assert theory.nodes[left_out].title not in notes
    assert "This theory of change has" not in notes  # a part does not speak for the whole


@pytest.mark.parametrize(("pillars", "outcomes", "activities"), [(2, 9, 13), (3, 8, 13), (4, 8, 12), (5, 7, 12)])
def test_twenty_five_boxes_fit_a_slide_in_type_of_nine_points(pillars: int, outcomes: int, activities: int) -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "School partnerships",
            "goal": "Raise attainment and aspiration among disadvantaged children in the region",
            "pillars": {f"p{number}": "Young people read and write well" for number in range(pillars)},
            "outcomes": {
                f"o{number}": {"title": "Pupils see more futures open to them", "leads_to": f"p{number % pillars}"}
                for number in range(outcomes)
            },
            "activities": {
                f"a{number}": {"title": "Weekly reading in partner schools", "leads_to": f"o{number % outcomes}"}
                for number in range(activities)
            },
        }
    )
    theory = theory.with_node(
        toc.Kpi(id="k", title="Pupils who read for pleasure", measures=["o0"], unit="%", target={"value": 40})
    )
    slide = slide_of(theory, search="full")
    sizes = [
        run.font.size.pt
        for shape in all_of(slide)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if len(run.text) > 1  # a sign in the legend is no type
    ]
    assert len(theory.diagram(search="quick").boxes) == 25
    assert len(sizes) > 40
    assert min(sizes) >= 9


@pytest.mark.parametrize("view", ["pillars", "layers", "logic-model", "triangle", "collapsed"])
def test_no_two_shapes_have_the_same_number(view: str) -> None:
    numbers = [shape.shape_id for shape in all_of(slide_of(toc.example("rgs-newcastle"), view=view))]
    assert len(numbers) == len(set(numbers)) > 10


def large(pillars: int) -> toc.TheoryOfChange:
    """A theory with an activity in each pillar."""
    return toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Large",
            "goal": "G",
            "pillars": {f"p{number}": f"P {number}" for number in range(pillars)},
            "activities": {f"a{number}": {"title": "A", "leads_to": f"p{number}"} for number in range(pillars)},
        }
    )


@pytest.mark.parametrize(
    "theory",
    [
        large(300),
        toc.example("small-charity").edit("company", title="word " * 20_000),
        toc.example("small-charity").edit("company", title="w" * 100_000),
        toc.example("small-charity").evolve(title="word " * 20_000),
    ],
    ids=["many pillars", "many words", "one word", "the title"],
)
def test_a_drawing_whose_type_nobody_could_read_is_refused_with_what_helps(theory: toc.TheoryOfChange) -> None:
    with pytest.raises(
        toc.DrawingError, match=r"too large for a slide: .*type of 0\.\d+ points, .*the collapsed view"
    ) as told:
        theory.draw(io.BytesIO(), format="pptx", view="pillars", search="quick")
    assert "\n" not in str(told.value)


def test_a_drawing_that_just_fits_a_slide_has_type_of_one_point() -> None:
    # Of a drawing ten times as wide as the slide, type of 10 points becomes 1 point.
    diagram = toc.example("small-charity").diagram()
    assert to_pptx(diagram._replace(width=9600))[:2] == b"PK"
    with pytest.raises(toc.DrawingError, match=r"type of 0\.99 points"):
        to_pptx(diagram._replace(width=9696))


def test_whatever_somebody_types_comes_back_as_it_was_but_for_what_xml_cannot_hold() -> None:
    theory = toc.example("small-charity")
    typed = "  a\tb <&> \"quoted\" 'single' &amp; ]]> _x0041_ \x7f\x9f\ufffe\u2028é 中文 🎉 "
    diagram = theory.diagram(search="quick")
    line = diagram.boxes[0].lines[0]._replace(text=typed + "\x00\x1b\ud800")
    box = diagram.boxes[0]._replace(lines=(line,), tooltip=f"{typed}\n\r\n{typed}\x08")
    (slide,) = pptx.Presentation(io.BytesIO(to_pptx(diagram._replace(boxes=(box, *diagram.boxes[1:]))))).slides
    kept = typed.replace("\x7f", "").replace("\ufffe", "")
    shape = next(shape for shape in all_of(slide) if shape.has_text_frame and "quoted" in shape.text_frame.text)
    assert shape.text_frame.text == shape.name == kept
    assert shape._element.xpath(".//p:cNvPr/@descr") == [f"{kept}\n\r\n{kept}"]


def test_a_theme_of_ones_own_that_has_no_colour_is_told() -> None:
    theme = THEMES["light"]._replace(paper='red"/><x')
    with pytest.raises(toc.DrawingError, match="is no colour: write # and six digits"):
        to_pptx(toc.example("small-charity").diagram(), theme)


def sides_of(shape: Any) -> tuple[float, float]:
    """Where a shape begins and ends from left to right, also where it stands on its side: its file tells it unturned."""
    middle = shape.left + shape.width / 2
    turned = shape._element.xpath(".//a:xfrm/@rot")
    half = (shape.height if turned and int(turned[0]) % 10_800_000 else shape.width) / 2
    return middle - half, middle + half


@pytest.mark.parametrize("activities", [0, 12, 90])
def test_slide_master_and_layouts_are_as_large_as_every_new_file_of_powerpoint(activities: int) -> None:
    theory = theory_of({"goal": 1, "pillar": 5, "outcome": 20, "activity": activities}, seed=1)
    deck = pptx.Presentation(io.BytesIO(theory.to_pptx(view="pillars", search="quick")))
    assert (deck.slide_width, deck.slide_height) == (960 * 12_700, 540 * 12_700)
    sides = [side for shape in all_of(deck.slides[0]) for side in sides_of(shape)]
    assert 0 <= min(sides) <= max(sides) <= 960 * 12_700
    for sheet in (deck.slide_master, *deck.slide_layouts):
        ends = [shape.left + shape.width for shape in sheet.placeholders if shape.left is not None]
        assert 0.9 * deck.slide_width < max(ends) <= deck.slide_width


def sites_of(slide: Any) -> dict[int, list[tuple[float, float]]]:
    """Where the connection sites of each shape are on the slide, by the number of the shape."""
    found = {}
    for shape in all_of(slide):
        guides = {one.get("name"): one.get("fmla") for one in shape._element.iter("{*}gd")}
        found[shape.shape_id] = [
            tuple(
                start + size * int(guides[one.get(axis)].split()[2]) / int(guides[one.get(axis)].split()[3])
                for axis, start, size in (("x", shape.left, shape.width), ("y", shape.top, shape.height))
            )
            for one in shape._element.iter("{*}pos")
        ]
    return found


@pytest.mark.parametrize("view", ["pillars", "layers"])
def test_each_arrow_ends_at_a_site_of_its_own_look_where_it_was_laid_out(view: str) -> None:
    theory = toc.example("rgs-newcastle")
    diagram, slide = theory.diagram(view, page="slide", search="quick"), slide_of(theory, view=view, search="quick")
    arrows = {arrow.tooltip.partition("\n")[0]: arrow for arrow in diagram.arrows}
    sites, scale = sites_of(slide), 960 * 12_700 / diagram.width
    looks: dict[tuple[int, int], set[tuple[object, ...]]] = {}
    for shape in all_of(slide):
        if arrow := arrows.get(shape.name):
            for end, point in (("stCxn", arrow.points[0]), ("endCxn", arrow.points[-1])):
                (glue,) = shape._element.iter(f"{{*}}{end}")
                number, site = int(glue.get("id")), int(glue.get("idx"))
                assert sites[number][site] == pytest.approx([scale * point[0], scale * point[1]], abs=60)
                look = (arrow.strength, arrow.across, arrow.negative, arrow.feedback)
                looks.setdefault((number, site), set()).add(look)
    assert len(looks) > 25
    assert all(len(found) == 1 for found in looks.values())


def test_no_two_arrows_of_different_look_lie_on_one_line() -> None:
    slide = slide_of(toc.example("rgs-newcastle"), view="pillars", search="quick")
    arrows = [shape for shape in all_of(slide) if "leads to" in shape.name]
    straight = [shape for shape in arrows if min(shape.width, shape.height) < 0.6 * 12_700]
    assert len(straight) > 5
    for one, other in combinations(straight, 2):
        upright = one.height > one.width
        if upright != (other.height > other.width) or looks_of(one) == looks_of(other):
            continue
        apart = abs(one.left - other.left) if upright else abs(one.top - other.top)
        ahead = max(one.top, other.top) if upright else max(one.left, other.left)
        ends = [shape.top + shape.height if upright else shape.left + shape.width for shape in (one, other)]
        assert apart > 1.5 * 12_700 or ahead >= min(ends)


def looks_of(shape: Any) -> bytes:
    """How the line of an arrow looks."""
    (line,) = shape._element.iter("{*}ln")
    return bytes(etree.tostring(line))


def test_drawn_arrows_are_forms_that_run_as_in_the_svg() -> None:
    theory = toc.example("rgs-newcastle")
    diagram = theory.diagram(page="slide", search="quick")
    slide = slide_of(theory, arrows="drawn", view="pillars", search="quick")
    shapes = {shape.name: shape for shape in all_of(slide)}
    scale = 960 * 12_700 / diagram.width
    for arrow in diagram.arrows:
        shape = shapes[arrow.tooltip.partition("\n")[0]]
        (xs, ys) = zip(*arrow.stem, strict=True)
        found = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        assert found == pytest.approx([scale * length for length in (min(xs), min(ys), max(xs), max(ys))], abs=60)
        assert [*shape._element.iter("{*}custGeom")]
    assert not ends_of(slide)
    with pytest.raises(toc.OptionError, match="no kind of arrow 'curved'; the kind of arrows are glued, drawn"):
        theory.to_pptx(arrows="curved", search="quick", deck=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("arrows", ["glued", "drawn"])
def test_weak_lines_have_dashes_of_two_points_and_four_of_them_however_short(arrows: str) -> None:
    theory = toc.TheoryOfChange.model_validate(
        {
            "toc": 1,
            "title": "Weak",
            "goal": "G",
            "outcomes": {"o": {"title": "O", "leads_to": {"goal": {"confidence": 0.1}}}},
            "activities": {"a": {"title": "A", "leads_to": {"o": {"confidence": 0.1}}}},
        }
    )
    slide = slide_of(theory, view="layers", arrows=arrows, hide="legend")
    lines = [shape._element.find(".//{*}ln") for shape in all_of(slide) if " leads to " in shape.name]
    lengths = [
        int(dash.get("d")) / 100_000 * 1.5 for line in lines for dash in line.iter("{*}ds")
    ]  # in widths of a line
    assert len(lengths) == 2
    assert all(0.5 < length <= 2.0 for length in lengths)
    assert not [part for line in lines for part in line.iter("{*}prstDash")]


def test_the_boxes_of_a_pillar_are_a_group_that_is_named_after_it() -> None:
    slide = slide_of(toc.example("rgs-newcastle"), view="pillars", search="quick")
    groups = {shape.name: shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP}
    assert "Literacy: 5 boxes" in groups
    inside = groups["Literacy: 5 boxes"]
    assert {"Literacy", "Young readers catch up with their age"} <= {shape.name for shape in inside.shapes}
    for shape in inside.shapes:
        assert inside.left <= shape.left <= shape.left + shape.width <= inside.left + inside.width


def test_every_text_has_a_paragraph_as_powerpoint_asks_for() -> None:
    for shape in all_of(slide_of(toc.example("rgs-newcastle"), view="pillars", search="quick")):
        bodies = list(shape._element.iter("{*}txBody"))
        assert all([*body.iter("{*}p")] for body in bodies)


@pytest.mark.parametrize("theme", THEMES)
def test_the_same_drawing_gives_the_same_file_in_every_theme(theme: str) -> None:
    diagram = toc.example("small-charity").diagram()
    assert to_pptx(diagram, THEMES[theme]) == to_pptx(diagram, THEMES[theme])


def test_what_a_stranger_writes_stays_text_and_links_nowhere() -> None:
    theory = toc.example("small-charity")
    for id, title in zip(theory.nodes, NASTY, strict=False):
        theory = theory.edit(id, title=title, url="javascript:alert(1)")
    file = io.BytesIO()
    theory.draw(file, format="pptx", search="quick")
    (slide,) = pptx.Presentation(file).slides
    assert {shape.text_frame.paragraphs[0].text for shape in all_of(slide) if shape.has_text_frame} >= set(NASTY)
    with zipfile.ZipFile(file) as packed:
        relations = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".rels"))
    assert b"javascript" not in relations
    assert b'TargetMode="External"' not in relations


def test_a_web_address_can_be_followed_from_its_box() -> None:
    theory = toc.example("small-charity").edit("company", url="https://example.org/company")
    theory = theory.edit("friendships", url="https://example.org/a?b=1&c=<2>").edit(
        "tea-and-games", url="mailto:a@b.example"
    )
    shapes = {shape.name: shape for shape in all_of(slide_of(theory))}
    addresses = {shape.click_action.hyperlink.address for shape in shapes.values() if not hasattr(shape, "begin_x")}
    assert addresses == {
        None,
        "https://example.org/company",
        "https://example.org/a?b=1&c=<2>",
        "mailto:a@b.example",
    }
    assert shapes[theory.nodes["company"].title].click_action.hyperlink.address == "https://example.org/company"


@pytest.fixture(scope="session")
def office(require_tool: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A function that opens a file in LibreOffice and prints it as PDF."""
    program = require_tool("soffice", "libreoffice")
    home = tmp_path_factory.mktemp("office")

    def printed(file: Path) -> Path:
        command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(file.parent), str(file)], check=True, capture_output=True, timeout=170)
        return file.with_suffix(".pdf")

    return printed


def test_an_office_program_opens_the_slide_and_shows_all_of_it(
    office: Callable[[Path], Path], pdftotext: str, tmp_path: Path
) -> None:
    file = tmp_path / "rgs.pptx"
    theory = toc.example("rgs-newcastle")
    theory.draw(file, search="quick", deck=False)
    done = subprocess.run([pdftotext, "-layout", str(office(file)), "-"], check=True, capture_output=True, text=True)
    words = set(done.stdout.replace("-", " ").split())
    for id in (box.id for box in theory.diagram(search="quick").boxes):
        assert set(theory.nodes[id].title.replace("-", " ").split()) <= words
    assert done.stdout.count("\f") == 1
