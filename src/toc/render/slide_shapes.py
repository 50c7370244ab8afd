"""Shapes, text and lines of a slide, in the words of PowerPoint: what python-pptx says, and what it has no words for."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, NamedTuple

from toc.diagram.looks.themes import Border, Theme
from toc.diagram.shapes import Box, Caption, Group, Key, Point
from toc.diagram.type.box_text import Style
from toc.diagram.type.measures import is_right_to_left
from toc.render.elbows import Elbow
from toc.render.markup import plain_text

EMU: Final = 12_700  # in a point
CORNER: Final = 8.0  # points: the radius of a round corner
RISE: Final = 2.0  # points: office programs set a line lower in its height than we measured
SLACK: Final = 1.5  # points of width that a line may differ from how we measured it
DASHES: Final = MappingProxyType({"solid": "solid", "dashed": "dash", "dotted": "sysDot"})


class Pen(NamedTuple):
    """What every shape needs: how large a point of the diagram becomes, how far it starts from the left, the theme."""

    scale: float
    left: float
    theme: Theme
    language: str

    def emu(self, length: float) -> int:
        """A length of the diagram on the slide, in the units of the file."""
        return round(length * self.scale * EMU)

    def x(self, x: float) -> int:
        """A place across the diagram on the slide."""
        return round((x * self.scale + self.left) * EMU)


def new_shape(shapes: Any, corners: str, place: Box | Group, pen: Pen) -> Any:
    """A box with round or square corners, without the looks of the presentation's own design."""
    from pptx.enum.shapes import MSO_SHAPE

    kind = MSO_SHAPE.RECTANGLE if corners == "square" else MSO_SHAPE.ROUNDED_RECTANGLE
    shape = shapes.add_shape(kind, *corner_of(place, pen), pen.emu(place.width), pen.emu(place.height))
    if corners == "rounded":
        shape.adjustments[0] = min(0.5, CORNER / max(1.0, min(place.width, place.height)))
    return without_design(shape)


def corner_of(place: Box | Group | Caption | Key, pen: Pen) -> tuple[int, int]:
    """The upper left corner of a place."""
    return pen.x(place.x), pen.emu(place.y)


def place(shape: Any, place: Caption, pen: Pen) -> None:
    """Put a shape where a caption stands."""
    shape.left, shape.top = corner_of(place, pen)
    shape.width, shape.height = pen.emu(place.width), pen.emu(place.height)


def colour(shape: Any, fill: str, border: Border, pen: Pen) -> None:
    """Fill a shape and draw its border."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(fill)
    stroke(shape.line, border, pen)


def stroke(line: Any, border: Border, pen: Pen) -> None:
    """The colour, width and style of a line."""
    line.color.rgb = rgb(border.colour)
    line.width = max(pen.emu(border.stroke.width), 1)
    properties = line._get_or_add_ln()  # noqa: SLF001
    add(properties, "a:prstDash", val=DASHES[border.stroke.style])


def new_text(shape: Any, pen: Pen, *, beside: float = 0, above: float = 0) -> Any:
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


def write(paragraph: Any, text: str, style: Style, colour: str, pen: Pen) -> None:
    """Put a text into a paragraph, in its type and from its own side."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = plain_text(text)
    run.font.size = Pt(round(style.size * pen.scale * 100) / 100)
    run.font.bold = style.bold
    run.font.name = pen.theme.font
    run.font.color.rgb = rgb(colour)
    if pen.language:
        run._r.get_or_add_rPr().set("lang", pen.language)  # noqa: SLF001
    paragraph.line_spacing = Pt(round(style.leading * pen.scale * 100) / 100)
    to_left = is_right_to_left(text)
    paragraph.alignment = PP_ALIGN.RIGHT if to_left else PP_ALIGN.LEFT
    if to_left:
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001


def add_bullet(paragraph: Any, sign: str, indent: float, pen: Pen) -> None:
    """A sign that hangs before a paragraph."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.set("marL", str(pen.emu(indent)))
    properties.set("indent", str(-pen.emu(indent)))
    add(properties, "a:buFont", typeface="Arial")
    add(properties, "a:buChar", char=sign)


def without_design(shape: Any) -> Any:
    """A shape without the shadow and the colours that the presentation's own design would give it."""
    style = shape._element.find(tag("p:style"))  # noqa: SLF001
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001
    return shape


def new_line(shapes: Any, start: Point, end: Point, pen: Pen) -> Any:
    """A straight connector, not yet glued to anything."""
    from pptx.enum.shapes import MSO_CONNECTOR

    places = (pen.x(start[0]), pen.emu(start[1]), pen.x(end[0]), pen.emu(end[1]))
    return without_design(shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *places))


def line_properties(line: Any) -> Any:
    """What the format keeps of a line."""
    return line.line._get_or_add_ln()  # noqa: SLF001


def bend(element: Any, way: Elbow, pen: Pen) -> None:
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
    shape = element.spPr.find(tag("a:prstGeom"))
    shape.set("prst", f"bentConnector{len(way.points) - 1}")
    guides = shape.find(tag("a:avLst"))
    for number, share in enumerate(way.shares, 1):
        add(guides, "a:gd", name=f"adj{number}", fmla=f"val {round(share * 100_000)}")


def name(shape: Any, name: str, description: str) -> None:
    """Name a shape for the list of what is on a slide, and describe it for people who cannot see it."""
    properties = next(shape._element.iter(tag("p:cNvPr")))  # noqa: SLF001
    properties.set("name", plain_text(name) or "Shape")
    if description:
        properties.set("descr", plain_text(description))


def add(parent: Any, part: str, /, **attributes: str) -> Any:
    """Add a part in the words of the format."""
    from lxml import etree

    return etree.SubElement(parent, tag(part), attributes)


def rgb(colour: str) -> Any:
    """A colour as python-pptx wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour[1:]))  # type: ignore[no-untyped-call]


def tag(name: str) -> str:
    """The full name of a part."""
    from pptx.oxml.ns import qn

    return qn(name)
