"""What lies on a slide: the boxes, arrows, panels and captions of a diagram as native shapes, from the back to the front."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.diagram.looks.page import BESIDE, sample_of, text_place
from toc.diagram.looks.themes import Border, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Point
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH, INSET_X, INSET_Y, LINE_GAP, Style, style_of
from toc.diagram.type.measures import is_right_to_left
from toc.render import slide_xml as xml
from toc.render.elbows import Elbow, elbow
from toc.render.markup import SIGNS, safe_url

EMU: Final = 12_700  # in a point
CORNER: Final = 8.0  # points: the radius of a round corner
RISE: Final = 2.0  # points: office programs set a line lower in its height than we measured
SLACK: Final = 1.5  # points of width that a line may differ from how we measured it
DASHES: Final = MappingProxyType({"solid": "solid", "dashed": "dash", "dotted": "sysDot"})
# Office programs keep text out of round corners by themselves.
IN_CORNER: Final = CORNER * (1 - 0.5**0.5)
FIRST_NUMBER: Final = 3  # 1 is the slide itself, 2 its title
STRAIGHT: Final = xml.preset("line")
SQUARE: Final = xml.preset("rect")


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

    def place(self, of: Box | Group | Caption | Key | Elbow, slack: float = 0) -> xml.Place:
        """A place of the diagram on the slide, a little wider where there is slack."""
        left, top = (of.left, of.top) if isinstance(of, Elbow) else (of.x, of.y)
        return xml.Place(self.x(left), self.emu(top), self.emu(of.width + slack), self.emu(of.height))

    def points(self, length: float) -> int:
        """A length of type on the slide, in hundredths of a point."""
        return round(length * self.scale * 100)

    def face(self, style: Style, colour: str) -> xml.Face:
        """A type of the diagram on the slide."""
        size, leading = self.points(style.size), self.points(style.leading)
        return xml.Face(size, leading, style.bold, self.theme.font, colour, self.language)

    def line(self, border: Border, head: str = "") -> str:
        """A border of the diagram on the slide, or a line with its head."""
        width, dash = max(self.emu(border.stroke.width), 1), DASHES[border.stroke.style]
        return xml.line(border.colour, width, dash, head)

    def text(self, paragraphs: Iterable[xml.Paragraph], beside: float = 0, above: float = 0) -> str:
        """The text of a shape, with room beside and above it."""
        return xml.text(paragraphs, self.emu(beside - SLACK), self.emu(above - RISE))


def shapes_of(diagram: Diagram, pen: Pen, links: Mapping[str, str]) -> Iterator[str]:
    """Everything on the slide, from the back to the front; `links` are the relationships of web addresses.

    Connectors lie behind the boxes: a program that bends them in its own way draws none of them over a text.
    """
    numbers = count(FIRST_NUMBER)
    yield _title(diagram, pen)
    yield from (_band(next(numbers), band.points, pen) for band in diagram.bands)
    yield from (_panel(next(numbers), group, pen) for group in diagram.groups)
    yield from (_caption(next(numbers), caption, pen) for caption in diagram.captions[1:])
    yield from (_rule(next(numbers), rule, pen) for rule in diagram.ceilings)
    for key in diagram.legend:
        yield from _key(next(numbers), next(numbers), key, pen)
    boxes = {box.id: (next(numbers), box) for box in diagram.boxes}
    yield from (_arrow(next(numbers), arrow, boxes, pen) for arrow in diagram.arrows)
    for number, box in boxes.values():
        label = xml.Label(number, box.title, box.tooltip, links.get(safe_url(box.url), ""))
        yield _box(label, box, pen)


def _title(diagram: Diagram, pen: Pen) -> str:
    """The drawing's title, in the place where a slide keeps its title."""
    face = pen.face(style_of("", "heading"), pen.theme.ink)
    return xml.title(pen.place(diagram.captions[0]), pen.text([_paragraph(diagram.title, face)]))


def _band(number: int, points: tuple[Point, ...], pen: Pen) -> str:
    place, way = xml.polygon([(pen.x(x), pen.emu(y)) for x, y in points])
    looks = (pen.theme.band, pen.line(Border(pen.theme.panel_line, Stroke("solid", 1))))
    return xml.shape(xml.Label(number, "Step of the triangle"), place, way, looks)


def _panel(number: int, group: Group, pen: Pen) -> str:
    label = xml.Label(number, f"Panel: {group.title}" if group.title else "Panel")
    looks = (pen.theme.panel, pen.line(Border(pen.theme.panel_line, Stroke("solid", 1))))
    return xml.shape(label, pen.place(group), _rounded(group), looks)


def _caption(number: int, caption: Caption, pen: Pen) -> str:
    colour = {"heading": pen.theme.ink, "ceiling": pen.theme.ceiling}.get(caption.role, pen.theme.faint)
    face = pen.face(style_of("", caption.role), colour)
    return _text(xml.Label(number, caption.text), caption, face, pen)


def _text(label: xml.Label, place: Caption | Key, face: xml.Face, pen: Pen) -> str:
    """A text that stands by itself, and is its own name."""
    return xml.text_box(label, pen.place(place, SLACK), pen.text([_paragraph(label.name, face)]))


def _rule(number: int, rule: Ceiling, pen: Pen) -> str:
    line = pen.line(Border(pen.theme.ceiling, Stroke("dashed", 1.4)))
    ends = ((rule.x, rule.y), (rule.x + rule.width, rule.y + rule.height))
    return xml.connector(xml.Label(number, "Accountability ceiling"), _span(*ends, pen), STRAIGHT, line)


def _key(number: int, other: int, key: Key, pen: Pen) -> Iterator[str]:
    """The sample of an entry of the legend, and its text."""
    sample = sample_of(key)
    start, (x, y) = sample.points
    # A round head lies over the end of its line, and would lie over the text.
    place = _span(start, (x - BESIDE if sample.negative else x, y), pen)
    yield xml.connector(xml.Label(number, key.text), place, STRAIGHT, _pointed(sample, pen))
    face = pen.face(style_of("", "note"), pen.theme.faint)
    yield _text(xml.Label(other, key.text), text_place(key), face, pen)


def _box(label: xml.Label, box: Box, pen: Pen) -> str:
    square, paint = box.kind == "activity", pen.theme.boxes[box.kind]
    looks = (paint.fill, pen.line(pen.theme.of_box(box)))
    corner = 0.0 if square else IN_CORNER
    text = pen.text(_lines(box, pen), INSET_X - corner, INSET_Y - corner)
    return xml.shape(label, pen.place(box), SQUARE if square else _rounded(box), looks, text)


def _lines(box: Box, pen: Pen) -> Iterator[xml.Paragraph]:
    """A paragraph for each line of a box."""
    paint = pen.theme.boxes[box.kind]
    for index, line in enumerate(box.lines):
        face = pen.face(style_of(box.kind, line.role), paint.text if line.role == "title" else paint.note)
        paragraph = _paragraph(line.text, face)._replace(before=pen.points(LINE_GAP) if index else 0)
        if line.role == "kpi":
            paragraph = paragraph._replace(bullet="•", indent=pen.emu(BULLET_WIDTH))
        elif line.role == "badge":
            paragraph = paragraph._replace(bullet=SIGNS.get(box.badge, "●"), indent=pen.emu(ICON_WIDTH))
        yield paragraph


def _arrow(number: int, arrow: Arrow, boxes: Mapping[str, tuple[int, Box]], pen: Pen) -> str:
    """A connector glued to both boxes, bent as it was laid out."""
    (source, begin), (target, end) = boxes[arrow.source], boxes[arrow.target]
    way = elbow(begin, end, arrow.points)
    place = pen.place(way)._replace(turn=way.turn, flip_x=way.flip_x, flip_y=way.flip_y)
    label = xml.Label(number, arrow.tooltip.partition("\n")[0], arrow.tooltip)
    glue = xml.glue((source, way.begin), (target, way.end))
    return xml.connector(label, place, _bent(way), _pointed(arrow, pen), glue)


def _bent(way: Elbow) -> str:
    """The form of a connector, with the places of its middle pieces."""
    if len(way.points) == 2:
        return STRAIGHT
    places = ((f"adj{number}", round(share * 100_000)) for number, share in enumerate(way.shares, 1))
    return xml.preset(f"bentConnector{len(way.points) - 1}", *places)


def _pointed(arrow: Arrow, pen: Pen) -> str:
    head = "oval" if arrow.negative else "arrow" if arrow.feedback or arrow.across else "triangle"
    return pen.line(pen.theme.of_arrow(arrow), head)


def _span(start: Point, end: Point, pen: Pen) -> xml.Place:
    """The place of a straight line that leads to the right or down."""
    x, y = pen.x(start[0]), pen.emu(start[1])
    return xml.Place(x, y, pen.x(end[0]) - x, pen.emu(end[1]) - y)


def _rounded(place: Box | Group) -> str:
    share = min(0.5, CORNER / max(1.0, min(place.width, place.height)))
    return xml.preset("roundRect", ("adj", int(share * 100_000)))


def _paragraph(text: str, face: xml.Face) -> xml.Paragraph:
    return xml.Paragraph(text, face, is_right_to_left(text))
