"""PowerPoint slides of native shapes: boxes to type into, connectors that move with their boxes, tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, get_args

from toc.diagram.leaves import Leaf
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Diagram
from toc.diagram.type.box_text import style_of
from toc.errors import DrawingError, missing_extra, one_of
from toc.render.markup import plain_text, safe_url
from toc.render.slide_shapes import Arrows, Pen, numbered, shapes_of
from toc.render.slide_xml import slide, with_links

if TYPE_CHECKING:
    from pptx.opc.packuri import PackURI
    from pptx.presentation import Presentation

WIDE, HIGH = 960.0, 540.0  # points: 13.333 × 7.5 inches, as every new file of PowerPoint has it
OLD_WIDE: Final = 720.0  # points: the layouts that python-pptx brings along
SMALLEST_OF_ALL: Final = 1.0  # points: below this PowerPoint knows no type
TITLE_ONLY: Final = 5  # which of the layouts
# The date of everything in the file, so that the same drawing gives the same file.
WRITTEN: Final = (1980, 1, 1, 0, 0, 0)


def to_pptx(
    diagram: Diagram,
    theme: Theme = LIGHT,
    *,
    notes: str = "",
    arrows: Arrows = "glued",
    deck: Sequence[Leaf] = (),
) -> bytes:
    """The diagram as a PowerPoint file of one slide, 13.33 × 7.5 inches; or the leaves of a deck, each with its number.

    Every box is a shape with its text, a table is one to type into, and nothing is a picture; the boxes of a pillar are
    a group. Each shape carries as alternative text what the drawing's tooltips say. `arrows` are "glued" to their
    boxes, each at a place of its own, so that they follow a box that is moved; or "drawn", forms that stay where they
    are and look alike in PowerPoint, LibreOffice and Google Slides.

    Raises:
        OptionError: there are no such arrows.
        MissingExtraError: python-pptx is not installed.
        DrawingError: the drawing is so large that its type would be smaller than 1 point.

    >>> import toc
    >>> to_pptx(toc.example("small-charity").diagram())[:2]
    b'PK'

    """
    leaves = deck or [Leaf(diagram, notes)]
    one_of("kind of arrow", arrows, get_args(Arrows))
    pens = [_pen(leaf.diagram, theme) for leaf in leaves]
    packed, places = _empty(leaves)
    drawn: dict[str, Callable[[str], str]] = {}
    for number, (leaf, pen, place) in enumerate(zip(leaves, pens, places, strict=True), 1):
        addresses = dict.fromkeys(filter(None, (safe_url(box.url) for box in leaf.diagram.boxes)))
        links = {address: f"link{one}" for one, address in enumerate(addresses, 1)}
        shapes = [*shapes_of(leaf, pen, links, arrows), *(numbered(pen, number) if len(leaves) > 1 else ())]
        drawn[place.membername] = partial(_drawn, slide(theme.paper, shapes))
        drawn[place.rels_uri.lstrip("/")] = partial(with_links, links=links)
    return _repacked(packed, drawn)


def _drawn(shapes: str, _empty_slide: str) -> str:
    return shapes


def _empty(leaves: Sequence[Leaf]) -> tuple[io.BytesIO, list[PackURI]]:
    """A file whose slides have their notes and no drawing yet; and where each slide is in it."""
    try:
        import pptx
    except ImportError:
        raise missing_extra("pptx", "drawing a PowerPoint slide") from None
    deck = pptx.Presentation()
    _widened(deck)
    layout = deck.slide_layouts[TITLE_ONLY]
    places = []
    for leaf in leaves:
        page = deck.slides.add_slide(layout)
        page.notes_slide.notes_text_frame.text = plain_text(leaf.notes)
        places.append(page.part.partname)
    _signed(deck, leaves[0].diagram)
    packed = io.BytesIO()
    deck.save(packed)
    return packed, places


def _widened(deck: Presentation) -> None:
    """Make slides, master and layouts as wide as a slide is today, so that they stay so where they are pasted."""
    from pptx.util import Pt

    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for place in sheet.element.iter("{*}off", "{*}ext"):
            side = "x" if "x" in place.attrib else "cx"
            if side in place.attrib:  # an extension of the file is called so as well
                place.set(side, str(round(int(place.get(side)) * WIDE / OLD_WIDE)))


def _pen(diagram: Diagram, theme: Theme) -> Pen:
    """What draws a diagram in the middle of its slide, as large as it fits."""
    scale = min(WIDE / diagram.width, HIGH / diagram.height)
    styles = [style_of(box.kind, line.role) for box in diagram.boxes for line in box.lines]
    styles += (style_of("", caption.role) for caption in diagram.captions)
    styles += (style_of("", "note") for _ in diagram.legend)
    smallest = min(style.size for style in styles) * scale  # a drawing has its title at least
    if smallest < SMALLEST_OF_ALL:
        raise DrawingError(
            f"the drawing is too large for a slide: it would fill one with type of {smallest:.2g} points, and PowerPoint "
            f"knows none under {SMALLEST_OF_ALL:g}; draw a part of it, the collapsed view or a deck, or make an SVG, a PDF "
            "or a page to explore"
        )
    left, top = (WIDE - diagram.width * scale) / 2, (HIGH - diagram.height * scale) / 2
    return Pen(scale, left, top, theme, diagram.language)


def _signed(deck: Presentation, diagram: Diagram) -> None:
    properties = deck.core_properties
    properties.title = plain_text(diagram.title)[:255]
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(*WRITTEN[:3])  # noqa: DTZ001  # the format has no zone
    properties.revision = 1


def _repacked(packed: io.BytesIO, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The same file with some of its parts changed, and with the same dates each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content, change = old.read(entry), changes.get(entry.filename)
            changed = change(content.decode()).encode() if change else content
            new.writestr(zipfile.ZipInfo(entry.filename, WRITTEN), changed, zipfile.ZIP_DEFLATED)
    return written.getvalue()
