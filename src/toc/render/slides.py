"""A diagram as one PowerPoint slide of native shapes: boxes to type into, and connectors that move with their boxes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toc.diagram.boxes import BULLET_WIDTH, ICON_WIDTH, INSET_X, INSET_Y, LINE_GAP, Style, style_of
from toc.diagram.describing import described
from toc.diagram.legend import BESIDE, sample_of, text_place
from toc.diagram.text import is_right_to_left
from toc.diagram.themes import LIGHT, Border, Stroke, Theme
from toc.diagram.values import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Line, Point
from toc.errors import missing_extra
from toc.render.elbows import Elbow, elbow
from toc.render.safety import plain_text, safe_url
from toc.render.signs import SIGNS

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

SLIDE: Final = (960.0, 540.0)  # points: 13.333 × 7.5 inches
SMALLEST_TYPE: Final = 6.0  # points: below this the slide grows instead
LARGEST_SLIDE: Final = 56 * 72.0  # points: what PowerPoint opens
EMU: Final = 12_700  # in a point
CORNER: Final = 8.0  # points: the radius of a round corner
RISE: Final = 2.0  # points: office programs set a line lower in its height than we measured
SLACK: Final = 1.5  # points of width that a line may differ from how we measured it
DASHES: Final = MappingProxyType({"solid": "solid", "dashed": "dash", "dotted": "sysDot"})
WRITTEN: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the date of everything in the file, so that the same drawing gives the same file


class _Pen(NamedTuple):
    """What every shape needs: how large a point of the diagram becomes, how far it starts from the left, the theme."""

    scale: float
    left: float
    theme: Theme
    language: str

    def emu(self, length: float) -> int:
        return round(length * self.scale * EMU)

    def x(self, x: float) -> int:
        return round((x * self.scale + self.left) * EMU)


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
    _drawn(slide, diagram, _Pen(scale, (wide - diagram.width * scale) / 2, theme, diagram.language))
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


def _drawn(slide: Slide, diagram: Diagram, pen: _Pen) -> None:
    """Everything on the slide, from the back to the front.

    Connectors lie behind the boxes: a program that bends them in its own way draws none of them over a text.
    """
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _colour(pen.theme.paper)
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


def _band(shapes: Any, points: tuple[Point, ...], pen: _Pen) -> None:
    corners = [(pen.x(x), pen.emu(y)) for x, y in points]
    builder = shapes.build_freeform(*corners[0], scale=1.0)
    builder.add_line_segments(corners[1:], close=True)
    shape = _plain(builder.convert_to_shape())
    _looks(shape, pen.theme.band, Border(pen.theme.panel_line, Stroke("solid", 1)), pen)
    _named(shape, "Step of the triangle", "")


def _panel(shapes: Any, group: Group, pen: _Pen) -> None:
    shape = _shape(shapes, "rounded", group, pen)
    _looks(shape, pen.theme.panel, Border(pen.theme.panel_line, Stroke("solid", 1)), pen)
    _named(shape, f"Panel: {group.title}" if group.title else "Panel", "")


def _title(shape: Any, diagram: Diagram, pen: _Pen) -> None:
    """The drawing's title, in the place where a slide keeps its title."""
    caption = diagram.captions[0]
    _placed(shape, caption, pen)
    frame = _frame(shape, pen)
    style = style_of("", "heading")
    _paragraph(frame.paragraphs[0], diagram.title, style, pen.theme.ink, pen)


def _caption(shapes: Any, caption: Caption, pen: _Pen) -> None:
    colour = {"heading": pen.theme.ink, "ceiling": pen.theme.ceiling}.get(caption.role, pen.theme.faint)
    _label(shapes, caption, (style_of("", caption.role), colour), caption.text, pen)


def _label(shapes: Any, place: Caption | Key, face: tuple[Style, str], text: str, pen: _Pen) -> None:
    shape = shapes.add_textbox(*_corner(place, pen), pen.emu(place.width + SLACK), pen.emu(place.height))
    _paragraph(_frame(shape, pen).paragraphs[0], text, *face, pen)
    _named(shape, text, "")


def _rule(shapes: Any, rule: Ceiling, pen: _Pen) -> None:
    line = _line(shapes, (rule.x, rule.y), (rule.x + rule.width, rule.y + rule.height), pen)
    _stroked(line.line, Border(pen.theme.ceiling, Stroke("dashed", 1.4)), pen)
    _named(line, "Accountability ceiling", "")


def _box(shapes: Any, box: Box, pen: _Pen) -> Any:
    paint = pen.theme.boxes[box.kind]
    shape = _shape(shapes, "square" if box.kind == "activity" else "rounded", box, pen)
    _looks(shape, paint.fill, pen.theme.of_box(box), pen)
    # Office programs keep text out of round corners by themselves.
    corner = 0.0 if box.kind == "activity" else CORNER * (1 - 0.5**0.5)
    frame = _frame(shape, pen, beside=INSET_X - corner, above=INSET_Y - corner)
    for index, line in enumerate(box.lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        text = line.text
        colour = paint.text if line.role == "title" else paint.note
        _paragraph(paragraph, text, style_of(box.kind, line.role), colour, pen)
        if index:
            paragraph.space_before = pen.emu(LINE_GAP)
        if line.role in ("kpi", "badge"):
            _bulleted(paragraph, "•" if line.role == "kpi" else SIGNS.get(box.badge, "●"), _indent(line), pen)
    _named(shape, box.title, box.tooltip)
    if url := safe_url(box.url):
        shape.click_action.hyperlink.address = url
    return shape


def _indent(line: Line) -> float:
    return BULLET_WIDTH if line.role == "kpi" else ICON_WIDTH


def _arrow(shapes: Any, arrow: Arrow, way: Elbow, ends: tuple[Any, Any], pen: _Pen) -> Any:
    """A connector glued to both boxes, bent as it was laid out."""
    connector = _line(shapes, way.points[0], way.points[-1], pen)
    connector.begin_connect(ends[0], way.begin)
    connector.end_connect(ends[1], way.end)
    _bent(connector._element, way, pen)  # noqa: SLF001  # the library has no words for where a connector bends
    _pointed(connector, arrow, pen)
    _named(connector, arrow.tooltip.partition("\n")[0], arrow.tooltip)
    return connector


def _pointed(line: Any, arrow: Arrow, pen: _Pen) -> None:
    _stroked(line.line, pen.theme.of_arrow(arrow), pen)
    head = "oval" if arrow.negative else "arrow" if arrow.feedback or arrow.across else "triangle"
    _element(_line_properties(line), "a:tailEnd", type=head, w="med", len="med")


def _key(shapes: Any, key: Key, pen: _Pen) -> None:
    sample = sample_of(key)
    start, (x, y) = sample.points
    # A round head lies over the end of its line, and would lie over the text.
    line = _line(shapes, start, (x - BESIDE if sample.negative else x, y), pen)
    _pointed(line, sample, pen)
    _named(line, key.text, "")
    _label(shapes, text_place(key), (style_of("", "note"), pen.theme.faint), key.text, pen)


# Shapes, text and lines in the words of the format


def _shape(shapes: Any, corners: str, place: Box | Group, pen: _Pen) -> Any:
    from pptx.enum.shapes import MSO_SHAPE

    kind = MSO_SHAPE.RECTANGLE if corners == "square" else MSO_SHAPE.ROUNDED_RECTANGLE
    shape = shapes.add_shape(kind, *_corner(place, pen), pen.emu(place.width), pen.emu(place.height))
    if corners == "rounded":
        shape.adjustments[0] = min(0.5, CORNER / max(1.0, min(place.width, place.height)))
    return _plain(shape)


def _corner(place: Box | Group | Caption | Key, pen: _Pen) -> tuple[int, int]:
    return pen.x(place.x), pen.emu(place.y)


def _placed(shape: Any, place: Caption, pen: _Pen) -> None:
    shape.left, shape.top = _corner(place, pen)
    shape.width, shape.height = pen.emu(place.width), pen.emu(place.height)


def _looks(shape: Any, fill: str, border: Border, pen: _Pen) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(fill)
    _stroked(shape.line, border, pen)


def _stroked(line: Any, border: Border, pen: _Pen) -> None:
    line.color.rgb = _colour(border.colour)
    line.width = max(pen.emu(border.stroke.width), 1)
    properties = line._get_or_add_ln()  # noqa: SLF001
    _element(properties, "a:prstDash", val=DASHES[border.stroke.style])


def _frame(shape: Any, pen: _Pen, *, beside: float = 0, above: float = 0) -> Any:
    """The text of a shape, set from its top, wrapped by the program that shows it, with room beside and above it."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = pen.emu(beside - SLACK)
    frame.margin_top = pen.emu(above - RISE)
    frame.margin_bottom = 0
    return frame


def _paragraph(paragraph: Any, text: str, style: Style, colour: str, pen: _Pen) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = plain_text(text)
    run.font.size = Pt(round(style.size * pen.scale * 100) / 100)
    run.font.bold = style.bold
    run.font.name = pen.theme.font
    run.font.color.rgb = _colour(colour)
    if pen.language:
        run._r.get_or_add_rPr().set("lang", pen.language)  # noqa: SLF001
    paragraph.line_spacing = Pt(round(style.leading * pen.scale * 100) / 100)
    to_left = is_right_to_left(text)
    paragraph.alignment = PP_ALIGN.RIGHT if to_left else PP_ALIGN.LEFT
    if to_left:
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001


def _bulleted(paragraph: Any, sign: str, indent: float, pen: _Pen) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.set("marL", str(pen.emu(indent)))
    properties.set("indent", str(-pen.emu(indent)))
    _element(properties, "a:buFont", typeface="Arial")
    _element(properties, "a:buChar", char=sign)


def _plain(shape: Any) -> Any:
    """A shape without the shadow and the colours that the presentation's own design would give it."""
    style = shape._element.find(_tag("p:style"))  # noqa: SLF001
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001
    return shape


def _line(shapes: Any, start: Point, end: Point, pen: _Pen) -> Any:
    from pptx.enum.shapes import MSO_CONNECTOR

    places = (pen.x(start[0]), pen.emu(start[1]), pen.x(end[0]), pen.emu(end[1]))
    return _plain(shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *places))


def _line_properties(line: Any) -> Any:
    return line.line._get_or_add_ln()  # noqa: SLF001


def _bent(element: Any, way: Elbow, pen: _Pen) -> None:
    """Give a connector the shape of its way."""
    place = element.spPr.xfrm
    for name in ("rot", "flipH", "flipV"):
        place.attrib.pop(name, None)
    if way.turn:
        place.set("rot", str(way.turn * 60_000))
    for name, flipped in (("flipH", way.flip_x), ("flipV", way.flip_y)):
        if flipped:
            place.set(name, "1")
    place.off.x, place.off.y = pen.x(way.left), pen.emu(way.top)
    place.ext.cx, place.ext.cy = pen.emu(way.width), pen.emu(way.height)
    if len(way.points) == 2:
        return
    shape = element.spPr.find(_tag("a:prstGeom"))
    shape.set("prst", f"bentConnector{len(way.points) - 1}")
    guides = shape.find(_tag("a:avLst"))
    for number, share in enumerate(way.shares, 1):
        _element(guides, "a:gd", name=f"adj{number}", fmla=f"val {round(share * 100_000)}")


def _named(shape: Any, name: str, description: str) -> None:
    """Name a shape for the list of what is on a slide, and describe it for people who cannot see it."""
    properties = next(shape._element.iter(_tag("p:cNvPr")))  # noqa: SLF001
    properties.set("name", plain_text(name) or "Shape")
    if description:
        properties.set("descr", plain_text(description))


def _element(parent: Any, tag: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, _tag(tag), attributes)


def _colour(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour[1:]))  # type: ignore[no-untyped-call]


def _tag(name: str) -> str:
    from pptx.oxml.ns import qn

    return qn(name)


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
