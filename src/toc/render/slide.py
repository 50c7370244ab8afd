"""A diagram as one PowerPoint slide of native shapes: boxes to type into, and connectors that move with their boxes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from toc.diagram.description import described
from toc.diagram.looks.page import BESIDE, sample_of, text_place
from toc.diagram.looks.themes import LIGHT, Border, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Point
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH, INSET_X, INSET_Y, LINE_GAP, Style, style_of
from toc.errors import missing_extra
from toc.render import slide_shapes as ink
from toc.render.elbows import Elbow, elbow
from toc.render.markup import SIGNS, plain_text, safe_url

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

SLIDE: Final = (960.0, 540.0)  # points: 13.333 × 7.5 inches
SMALLEST_TYPE: Final = 6.0  # points: below this the slide grows instead
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

    >>> import toc
    >>> to_pptx(toc.example("small-charity").diagram())[:2]
    b'PK'

    """
    try:
        import pptx
        from pptx.util import Pt
    except ImportError:
        raise missing_extra("pptx", "drawing a PowerPoint slide") from None
    deck = pptx.Presentation()
    scale = _scale(diagram)
    wide = max(SLIDE[0], diagram.width * scale, diagram.height * scale * SLIDE[0] / SLIDE[1])
    deck.slide_width, deck.slide_height = Pt(wide), Pt(wide * SLIDE[1] / SLIDE[0])
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # the one with a title alone
    _drawn(slide, diagram, ink.Pen(scale, (wide - diagram.width * scale) / 2, theme, diagram.language))
    said = "\n\n".join(part for part in (notes, described(diagram)) if part)
    slide.notes_slide.notes_text_frame.text = plain_text(said)
    _signed(deck, diagram)
    packed = io.BytesIO()
    deck.save(packed)
    return _dated(packed.getvalue())


def _scale(diagram: Diagram) -> float:
    """How large a point of the diagram is on the slide."""
    fitting = min(SLIDE[0] / diagram.width, SLIDE[1] / diagram.height)
    styles = [style_of(box.kind, line.role) for box in diagram.boxes for line in box.lines]
    styles += (style_of("", caption.role) for caption in diagram.captions)
    styles += (style_of("", "note") for _ in diagram.legend)
    smallest = min(style.size for style in styles)  # a drawing has its title at least
    wanted = max(fitting, SMALLEST_TYPE / smallest)
    return min(wanted, LARGEST_SLIDE / max(diagram.width, diagram.height * 16 / 9))


def _drawn(slide: Slide, diagram: Diagram, pen: ink.Pen) -> None:
    """Everything on the slide, from the back to the front.

    Connectors lie behind the boxes: a program that bends them in its own way draws none of them over a text.
    """
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = ink.rgb(pen.theme.paper)
    shapes = slide.shapes
    shapes.turbo_add_enabled = True  # else the library looks through all shapes for a free number before it adds one
    for band in diagram.bands:
        _band(shapes, band.points, pen)
    for group in diagram.groups:
        _panel(shapes, group, pen)
    _title(shapes.title, diagram, pen)
    for caption in diagram.captions[1:]:
        _caption(shapes, caption, pen)
    for rule in diagram.ceilings:
        _rule(shapes, rule, pen)
    for key in diagram.legend:
        _key(shapes, key, pen)
    behind = len(shapes._spTree)  # noqa: SLF001  # the library has no words for what lies over what
    placed = {box.id: _box(shapes, box, pen) for box in diagram.boxes}
    boxes = {box.id: box for box in diagram.boxes}
    for index, arrow in enumerate(diagram.arrows):
        way = elbow(boxes[arrow.source], boxes[arrow.target], arrow.points)
        connector = _arrow(shapes, arrow, way, (placed[arrow.source], placed[arrow.target]), pen)
        shapes._spTree.insert(behind + index, connector._element)  # noqa: SLF001


def _band(shapes: Any, points: tuple[Point, ...], pen: ink.Pen) -> None:
    corners = [(pen.x(x), pen.emu(y)) for x, y in points]
    builder = shapes.build_freeform(*corners[0], scale=1.0)
    builder.add_line_segments(corners[1:], close=True)
    shape = ink.without_design(builder.convert_to_shape())
    ink.colour(shape, pen.theme.band, Border(pen.theme.panel_line, Stroke("solid", 1)), pen)
    ink.name(shape, "Step of the triangle", "")


def _panel(shapes: Any, group: Group, pen: ink.Pen) -> None:
    shape = ink.new_shape(shapes, "rounded", group, pen)
    ink.colour(shape, pen.theme.panel, Border(pen.theme.panel_line, Stroke("solid", 1)), pen)
    ink.name(shape, f"Panel: {group.title}" if group.title else "Panel", "")


def _title(shape: Any, diagram: Diagram, pen: ink.Pen) -> None:
    """The drawing's title, in the place where a slide keeps its title."""
    caption = diagram.captions[0]
    ink.place(shape, caption, pen)
    frame = ink.new_text(shape, pen)
    style = style_of("", "heading")
    ink.write(frame.paragraphs[0], diagram.title, style, pen.theme.ink, pen)


def _caption(shapes: Any, caption: Caption, pen: ink.Pen) -> None:
    colour = {"heading": pen.theme.ink, "ceiling": pen.theme.ceiling}.get(caption.role, pen.theme.faint)
    _label(shapes, caption, (style_of("", caption.role), colour), caption.text, pen)


def _label(shapes: Any, place: Caption | Key, face: tuple[Style, str], text: str, pen: ink.Pen) -> None:
    shape = shapes.add_textbox(*ink.corner_of(place, pen), pen.emu(place.width + ink.SLACK), pen.emu(place.height))
    ink.write(ink.new_text(shape, pen).paragraphs[0], text, *face, pen)
    ink.name(shape, text, "")


def _rule(shapes: Any, rule: Ceiling, pen: ink.Pen) -> None:
    line = ink.new_line(shapes, (rule.x, rule.y), (rule.x + rule.width, rule.y + rule.height), pen)
    ink.stroke(line.line, Border(pen.theme.ceiling, Stroke("dashed", 1.4)), pen)
    ink.name(line, "Accountability ceiling", "")


def _box(shapes: Any, box: Box, pen: ink.Pen) -> Any:
    paint = pen.theme.boxes[box.kind]
    shape = ink.new_shape(shapes, "square" if box.kind == "activity" else "rounded", box, pen)
    ink.colour(shape, paint.fill, pen.theme.of_box(box), pen)
    # Office programs keep text out of round corners by themselves.
    corner = 0.0 if box.kind == "activity" else ink.CORNER * (1 - 0.5**0.5)
    frame = ink.new_text(shape, pen, beside=INSET_X - corner, above=INSET_Y - corner)
    for index, line in enumerate(box.lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        colour = paint.text if line.role == "title" else paint.note
        ink.write(paragraph, line.text, style_of(box.kind, line.role), colour, pen)
        if index:
            paragraph.space_before = pen.emu(LINE_GAP)
        if line.role in ("kpi", "badge"):
            indent = BULLET_WIDTH if line.role == "kpi" else ICON_WIDTH
            ink.add_bullet(paragraph, "•" if line.role == "kpi" else SIGNS.get(box.badge, "●"), indent, pen)
    ink.name(shape, box.title, box.tooltip)
    if url := safe_url(box.url):
        shape.click_action.hyperlink.address = url
    return shape


def _arrow(shapes: Any, arrow: Arrow, way: Elbow, ends: tuple[Any, Any], pen: ink.Pen) -> Any:
    """A connector glued to both boxes, bent as it was laid out."""
    connector = ink.new_line(shapes, way.points[0], way.points[-1], pen)
    connector.begin_connect(ends[0], way.begin)
    connector.end_connect(ends[1], way.end)
    ink.bend(connector._element, way, pen)  # noqa: SLF001  # the library has no words for where a connector bends
    _pointed(connector, arrow, pen)
    ink.name(connector, arrow.tooltip.partition("\n")[0], arrow.tooltip)
    return connector


def _pointed(line: Any, arrow: Arrow, pen: ink.Pen) -> None:
    ink.stroke(line.line, pen.theme.of_arrow(arrow), pen)
    head = "oval" if arrow.negative else "arrow" if arrow.feedback or arrow.across else "triangle"
    ink.add(ink.line_properties(line), "a:tailEnd", type=head, w="med", len="med")


def _key(shapes: Any, key: Key, pen: ink.Pen) -> None:
    sample = sample_of(key)
    start, (x, y) = sample.points
    # A round head lies over the end of its line, and would lie over the text.
    line = ink.new_line(shapes, start, (x - BESIDE if sample.negative else x, y), pen)
    _pointed(line, sample, pen)
    ink.name(line, key.text, "")
    _label(shapes, text_place(key), (style_of("", "note"), pen.theme.faint), key.text, pen)


def _signed(deck: Presentation, diagram: Diagram) -> None:
    properties = deck.core_properties
    properties.title = plain_text(diagram.title)[:255]
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(*WRITTEN[:3])  # noqa: DTZ001  # the format has no zone
    properties.revision = 1


def _dated(packed: bytes) -> bytes:
    """The same file with the same dates each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, WRITTEN), old.read(entry), zipfile.ZIP_DEFLATED)
    return written.getvalue()
