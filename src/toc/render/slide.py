"""A diagram as one PowerPoint slide of native shapes: boxes to type into, and connectors that move with their boxes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from toc.diagram.description import described
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Diagram
from toc.diagram.type.box_text import style_of
from toc.errors import DrawingError, missing_extra
from toc.render.markup import plain_text, safe_url
from toc.render.slide_shapes import Pen, shapes_of
from toc.render.slide_xml import slide, with_links

if TYPE_CHECKING:
    from pptx.opc.packuri import PackURI
    from pptx.presentation import Presentation

SLIDE: Final = (960.0, 540.0)  # points: 13.333 × 7.5 inches
SMALLEST_TYPE: Final = 6.0  # points: below this the slide grows instead
SMALLEST_OF_ALL: Final = 1.0  # points: below this PowerPoint knows no type
LARGEST_SLIDE: Final = 56 * 72.0  # points: what PowerPoint opens
# The date of everything in the file, so that the same drawing gives the same file.
WRITTEN: Final = (1980, 1, 1, 0, 0, 0)


def to_pptx(diagram: Diagram, theme: Theme = LIGHT, *, notes: str = "") -> bytes:
    """The diagram as a PowerPoint file of one slide, 16:9.

    Every box is a shape with its text, every arrow a connector glued to its two boxes; nothing is a picture. Each shape
    carries as alternative text what the drawing's tooltips say. The notes hold `notes` and the drawing in words. Type is
    never smaller than 6 points: the slide grows instead, up to the 56 inches that PowerPoint opens.

    Raises:
        MissingExtraError: python-pptx is not installed.
        DrawingError: the drawing is so large that its type would be smaller than 1 point.

    >>> import toc
    >>> to_pptx(toc.example("small-charity").diagram())[:2]
    b'PK'

    """
    scale = _scale(diagram)
    wide = max(SLIDE[0], diagram.width * scale, diagram.height * scale * SLIDE[0] / SLIDE[1])
    packed, place = _empty(diagram, wide, "\n\n".join(filter(None, (notes, described(diagram)))))
    pen = Pen(scale, (wide - diagram.width * scale) / 2, theme, diagram.language)
    addresses = dict.fromkeys(filter(None, (safe_url(box.url) for box in diagram.boxes)))
    links = {address: f"link{number}" for number, address in enumerate(addresses, 1)}
    drawn: dict[str, Callable[[str], str]] = {
        place.membername: lambda _: slide(theme.paper, shapes_of(diagram, pen, links)),
        place.rels_uri.lstrip("/"): lambda relationships: with_links(relationships, links),
    }
    return _repacked(packed, drawn)


def _empty(diagram: Diagram, wide: float, notes: str) -> tuple[io.BytesIO, PackURI]:
    """A file with one slide, so many points wide, that has its notes and no drawing yet; and where the slide is in it."""
    try:
        import pptx
        from pptx.util import Pt
    except ImportError:
        raise missing_extra("pptx", "drawing a PowerPoint slide") from None
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Pt(wide), Pt(wide * SLIDE[1] / SLIDE[0])
    page = deck.slides.add_slide(deck.slide_layouts[5])  # the one with a title alone
    page.notes_slide.notes_text_frame.text = plain_text(notes)
    _signed(deck, diagram)
    packed = io.BytesIO()
    deck.save(packed)
    return packed, page.part.partname


def _scale(diagram: Diagram) -> float:
    """How large a point of the diagram is on the slide."""
    fitting = min(SLIDE[0] / diagram.width, SLIDE[1] / diagram.height)
    styles = [style_of(box.kind, line.role) for box in diagram.boxes for line in box.lines]
    styles += (style_of("", caption.role) for caption in diagram.captions)
    styles += (style_of("", "note") for _ in diagram.legend)
    smallest = min(style.size for style in styles)  # a drawing has its title at least
    wanted = max(fitting, SMALLEST_TYPE / smallest)
    scale = min(wanted, LARGEST_SLIDE / max(diagram.width, diagram.height * 16 / 9))
    if smallest * scale < SMALLEST_OF_ALL:
        raise DrawingError(
            f"the drawing is too large for a slide: of {LARGEST_SLIDE / 72:.0f} inches, the largest that PowerPoint opens, "
            f"it would fill one with type of {smallest * scale:.2g} points, and there is none under {SMALLEST_OF_ALL:g}; "
            "draw a part of it or the collapsed view, or make an SVG, a PDF or a page to explore"
        )
    return scale


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
