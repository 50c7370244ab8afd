"""A drawing is made for its page, in every view and every format, and no other page than there is can be asked for."""

from __future__ import annotations

import re
import struct
from itertools import product
from typing import Any

import pytest

import toc
from diagram.geometry import boxes_keep_apart, captions_fit_their_place
from toc.diagram import VIEWS, Diagram
from toc.diagram.paper import PAGES
from toc.draw_options import Looks
from toc.drawings import subject_of
from toc.errors import OptionError

MM = 72 / 25.4
pytestmark = pytest.mark.filterwarnings("ignore:on this page:toc.TocWarning")  # type too small is told elsewhere
SIZES = {name: page.sheet for name, page in PAGES.items() if name != "free"} | {"210x99": (210 * MM, 99 * MM)}
NODES = {"neighbourhood": "new-teachers", "path": "scitt"}


def drawn(page: str, view: str = "pillars") -> Diagram:
    options: dict[str, Any] = {"node": NODES[view]} if view in NODES else {}
    return toc.example("rgs-newcastle").diagram(view, page=page, search="quick", **options)


@pytest.mark.parametrize(("page", "view"), list(product(SIZES, VIEWS)))
def test_a_drawing_fills_its_page_in_the_page_s_own_shape(page: str, view: str) -> None:
    diagram = drawn(page, view)
    x, y, wide, high = diagram.sheet
    assert diagram.size == SIZES[page]
    assert wide / high == pytest.approx(SIZES[page][0] / SIZES[page][1], rel=1e-4)
    assert (x + wide / 2, y + high / 2) == pytest.approx((diagram.width / 2, diagram.height / 2), abs=0.01)
    assert diagram.width / diagram.height == pytest.approx(diagram.page.width / diagram.page.height, rel=1e-3)


def test_titles_are_no_larger_than_sixteen_points_however_few_the_boxes() -> None:
    diagram = toc.example("small-charity").diagram("collapsed", page="a3")
    assert 11 * diagram.size[0] / diagram.sheet[2] == pytest.approx(16, abs=0.01)


def test_a_free_page_is_as_large_as_its_drawing() -> None:
    diagram = drawn("free")
    assert diagram == toc.example("rgs-newcastle").diagram("pillars", search="quick")
    assert (diagram.size, diagram.sheet) == ((diagram.width, diagram.height), (0, 0, diagram.width, diagram.height))


@pytest.mark.parametrize("view", NODES)
def test_the_legend_of_a_narrow_drawing_has_long_rows_where_its_page_has_room(view: str) -> None:
    theory = toc.example("rgs-newcastle")
    looks = Looks(view=view, node="careers-fair", direction="up", search="quick", findings=theory.check())
    narrow, diagram = (subject_of(theory, looks, page=page).diagram for page in ("free", "slide"))
    assert [key.text for key in diagram.legend] == [key.text for key in narrow.legend]
    assert len({key.y for key in diagram.legend}) < len({key.y for key in narrow.legend})
    assert 11 * diagram.size[1] / diagram.sheet[3] > 11 * diagram.size[1] / narrow.height
    assert [fault for rule in (boxes_keep_apart, captions_fit_their_place) for fault in rule(theory, diagram)] == []


def test_svg_png_and_pdf_are_as_large_as_the_page() -> None:
    theory = toc.example("small-charity")
    svg = theory.to_svg(page="a4")
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert size
    assert [float(one) for one in size.groups()] == pytest.approx(SIZES["a4"], abs=0.01)
    assert struct.unpack(">II", theory.to_png(page="a4", dpi=100)[16:24]) == pytest.approx((1169, 826), abs=1)
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", theory.to_pdf(page="a4"))
    assert box
    assert [float(one) for one in box.groups()] == pytest.approx(SIZES["a4"], abs=0.01)


def test_what_changed_is_drawn_for_a_page_too() -> None:
    theory = toc.example("small-charity")
    found = theory.compare(theory.without("tea-and-games"))
    diagram = found.diagram(page="a4-portrait", search="quick")
    assert (diagram.size, diagram.view) == (SIZES["a4-portrait"], "changes")
    with pytest.raises(OptionError, match="there is no option 'pillar'"):
        found.diagram(pillar="x")  # type: ignore[call-arg]


@pytest.mark.parametrize("wish", ["0x0", "1e9x1", "A5 landscape", "", "49x300", "5001x100", "-297x210", 3, ("a4",)])
def test_a_page_that_there_cannot_be_is_refused_with_those_there_are(wish: object) -> None:
    theory = toc.example("small-charity")
    with pytest.raises(
        OptionError, match="choose one of slide, a4, a4-portrait, a3, a3-portrait or free, or WIDTHxHEIGHT"
    ):
        theory.diagram(page=wish)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="is not a page"):
        theory.compare(theory).diagram(page=wish)  # type: ignore[arg-type]


def test_a_search_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(OptionError, match="full, quick"):
        toc.example("small-charity").diagram(search="slow")  # type: ignore[arg-type]
