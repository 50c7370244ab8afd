"""What lies on a slide: the boxes, arrows, panels and captions of a diagram as native shapes, from the back to the front."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from math import fsum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from toc.diagram.leaves import Leaf, Table
from toc.diagram.looks.legend import BESIDE, sample_of, text_place
from toc.diagram.looks.themes import Border, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Point, Sign
from toc.diagram.type.box_text import (
    BULLET_WIDTH,
    ICON,
    ICON_WIDTH,
    INSET_X,
    INSET_Y,
    LINE_GAP,
    Style,
    signs_of,
    style_of,
)
from toc.diagram.type.measures import is_right_to_left
from toc.language.numbers import counted
from toc.language.vocabulary import WORDS
from toc.monitoring.statuses import MARKS
from toc.render import slide_xml as xml
from toc.render.elbows import Elbow, elbow
from toc.render.markup import SIGNS, safe_url
from toc.render.outlines import DASH, RING, bends, dash

EMU: Final = 12_700  # in a point
CORNER: Final = 8.0  # points: the radius of a round corner
RISE: Final = 2.0  # points: office programs set a line lower in its height than we measured
SLACK: Final = 1.5  # points of width that a line may differ from how we measured it
PATTERNS: Final = MappingProxyType({"solid": "solid", "dashed": "dash"})  # what is dotted has dashes of its own
NUMBER_TYPE: Final = 10  # points
NUMBER_OF_NUMBER: Final = 1_000_000  # beyond those of all other shapes
FIRST_NUMBER: Final = 3  # 1 is the slide itself, 2 its title
STRAIGHT: Final = xml.preset("line")

Arrows = Literal["glued", "drawn"]


class Pen(NamedTuple):
    """What every shape needs: how large a point of the diagram becomes, where it starts on the slide, the theme."""

    scale: float
    left: float
    top: float
    theme: Theme
    language: str

    def emu(self, length: float) -> int:
        """A length of the diagram on the slide, in the units of the file."""
        return round(length * self.scale * EMU)

    def x(self, x: float) -> int:
        """A place across the diagram on the slide."""
        return round((x * self.scale + self.left) * EMU)

    def y(self, y: float) -> int:
        """A place down the diagram on the slide."""
        return round((y * self.scale + self.top) * EMU)

    def spot(self, point: Point) -> xml.Spot:
        """A point of the diagram on the slide."""
        return self.x(point[0]), self.y(point[1])

    def place(self, of: Box | Group | Caption | Key | Elbow, slack: float = 0) -> xml.Place:
        """A place of the diagram on the slide, a little wider where there is slack."""
        left, top = (of.left, of.top) if isinstance(of, Elbow) else (of.x, of.y)
        return xml.Place(self.x(left), self.y(top), self.emu(of.width + slack), self.emu(of.height))

    def points(self, length: float) -> int:
        """A length of type on the slide, in hundredths of a point."""
        return round(length * self.scale * 100)

    def face(self, style: Style, colour: str) -> xml.Face:
        """A type of the diagram on the slide."""
        size, leading = self.points(style.size), self.points(style.leading)
        return xml.Face(size, leading, style.bold, self.theme.font, colour, self.language)

    def line(self, border: Border, head: str = "", dash: float = DASH) -> str:
        """A border of the diagram on the slide, or a line with its head; each dash of a dotted one is `dash` points long."""
        stroke = border.stroke
        pattern = PATTERNS.get(stroke.style, dash / stroke.width)
        return xml.line(border.colour, max(self.emu(stroke.width), 1), pattern, head)

    def text(self, paragraphs: Iterable[xml.Paragraph], beside: float = 0, above: float = 0) -> str:
        """The text of a shape, with room beside and above it."""
        return xml.text(paragraphs, self.emu(beside - SLACK), self.emu(above - RISE))


def shapes_of(leaf: Leaf, pen: Pen, links: Mapping[str, str], arrows: Arrows) -> Iterator[str]:
    """Everything on the slide, from the back to the front; `links` are the relationships of web addresses.

    Arrows lie behind the boxes: a program that bends them in its own way draws none of them over a text.
    """
    diagram, numbers = leaf.diagram, count(FIRST_NUMBER)
    yield _title(diagram, pen)
    if leaf.table:
        yield _table(next(numbers), diagram.title, leaf.table, pen)
        return
    yield from (_band(next(numbers), band.points, pen) for band in diagram.bands)
    yield from (_panel(next(numbers), group, pen) for group in diagram.groups)
    yield from (_caption(next(numbers), caption, pen) for caption in diagram.captions[1:])
    ceiling = dict(diagram.words).get("ceiling", WORDS["ceiling"]).heading
    yield from (_rule(xml.Label(next(numbers), ceiling), rule, pen) for rule in diagram.ceilings)
    for key in diagram.legend:
        yield from _key(next(numbers), next(numbers), key, pen)
    boxes = {box.id: Sited(next(numbers), box, tuple(_sites(box, diagram.arrows))) for box in diagram.boxes}
    if arrows == "drawn":
        yield from (_freeform(next(numbers), arrow, pen) for arrow in diagram.arrows)
    else:
        yield from (_arrow(next(numbers), arrow, boxes, pen) for arrow in diagram.arrows)
    drawn = {
        id: _signed(_box(sited, pen, sited.box.title, links.get(safe_url(sited.box.url), "")), sited.box, numbers, pen)
        for id, sited in boxes.items()
    }
    for group in diagram.groups:
        inside = [box for box in diagram.boxes if box.id in drawn and _is_in(box, group)]
        if inside:
            name = f"{group.title or 'Column'}: {counted(len(inside), 'box', 'boxes')}"
            members = "".join(drawn.pop(box.id) for box in inside)
            yield xml.group(xml.Label(next(numbers), name, name), xml.around(map(pen.place, inside)), members)
    yield from drawn.values()


class Sited(NamedTuple):
    """A box with its number on the slide and the points at which arrows begin and end."""

    number: int
    box: Box
    sites: tuple[Point, ...]


def _sites(box: Box, arrows: Iterable[Arrow]) -> Iterator[Point]:
    """The middles of the sides, for arrows that people add, and wherever an arrow of the drawing has its end."""
    x, y, wide, high = box.x, box.y, box.width, box.height
    middles = ((x + wide / 2, y), (x, y + high / 2), (x + wide / 2, y + high), (x + wide, y + high / 2))
    ends = [arrow.points[0] for arrow in arrows if arrow.source == box.id]
    ends += [arrow.points[-1] for arrow in arrows if arrow.target == box.id]
    yield from dict.fromkeys((*middles, *ends))


def _is_in(box: Box, group: Group) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return group.x <= x <= group.x + group.width and group.y <= y <= group.y + group.height


def _title(diagram: Diagram, pen: Pen) -> str:
    """The drawing's title, in the place where a slide keeps its title."""
    face = pen.face(style_of("", "heading"), pen.theme.ink)
    return xml.title(pen.place(diagram.captions[0]), pen.text([_paragraph(diagram.title, face)]))


def numbered(pen: Pen, number: int) -> Iterator[str]:
    """The number of a slide, in its lower right corner."""
    face = xml.Face(NUMBER_TYPE * 100, NUMBER_TYPE * 120, bold=False, font=pen.theme.font, colour=pen.theme.faint)
    place = xml.Place(900 * EMU, 520 * EMU, 52 * EMU, 16 * EMU)
    yield xml.slide_number(NUMBER_OF_NUMBER, place, number, face)


def _table(number: int, title: str, table: Table, pen: Pen) -> str:
    """A table to type into."""
    x, y = pen.spot((table.x, table.y))
    place = xml.Place(x, y, pen.emu(fsum(table.widths)), pen.emu(fsum(table.heights)))
    head, body = (pen.face(style_of("", role), pen.theme.ink) for role in ("eyebrow", "note"))
    rows = [
        (pen.emu(high), [_paragraph(text, head if index == 0 else body) for text in row])
        for index, (high, row) in enumerate(zip(table.heights, table.rows, strict=True))
    ]
    grounds = (pen.theme.band, pen.theme.paper)
    return xml.table(xml.Label(number, title, title), place, [pen.emu(wide) for wide in table.widths], rows, grounds)


def _band(number: int, points: tuple[Point, ...], pen: Pen) -> str:
    place, way = xml.polygon([*map(pen.spot, points)])
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


def _rule(label: xml.Label, rule: Ceiling, pen: Pen) -> str:
    line = pen.line(Border(pen.theme.ceiling, Stroke("dashed", 1.4)))
    ends = ((rule.x, rule.y), (rule.x + rule.width, rule.y + rule.height))
    return xml.connector(label, _span(*ends, pen), STRAIGHT, line)


def _key(number: int, other: int, key: Key, pen: Pen) -> Iterator[str]:
    """The sample of an entry of the legend, and its text."""
    sample = sample_of(key)
    if isinstance(sample, Sign):
        yield _sign(number, sample, pen)
    elif isinstance(sample, Box):
        yield _box(Sited(number, sample, ()), pen, key.text)
    else:
        start, (x, y) = sample.points
        # A round head lies over the end of its line, and would lie over the text.
        place = _span(start, (x - BESIDE if sample.negative else x, y), pen)
        yield xml.connector(xml.Label(number, key.text), place, STRAIGHT, _pointed(sample, pen))
    face = pen.face(style_of("", "note"), pen.theme.faint)
    yield _text(xml.Label(other, key.text), text_place(key), face, pen)


def _box(sited: Sited, pen: Pen, name: str, link: str = "") -> str:
    box, place = sited.box, pen.place(sited.box)
    radius = 0 if box.kind == "activity" else pen.emu(min(CORNER, box.width / 2, box.height / 2))
    sites = ((pen.x(x) - place.x, pen.y(y) - place.y, _away(box, (x, y))) for x, y in sited.sites)
    paint = pen.theme.boxes[box.kind]
    looks = (paint.fill, pen.line(pen.theme.of_box(box)))
    label, way = xml.Label(sited.number, name, box.tooltip, link), xml.rounded(place, radius, sites)
    if box.lines:
        return xml.shape(label, place, way, looks, pen.text(_lines(box, pen), INSET_X, INSET_Y))
    if not box.badge:
        return xml.shape(label, place, way, looks)
    face = pen.face(Style(box.height - 4, box.height, bold=False), paint.note)  # a sample in the legend
    return xml.shape(
        label, place, way, looks, pen.text([_paragraph(SIGNS[box.badge], face)], (box.width - ICON_WIDTH) / 2)
    )


def _signed(shape: str, box: Box, numbers: Iterator[int], pen: Pen) -> str:
    """A box with the signs of how its KPIs stand, which move with it."""
    beside = (sign._replace(x=sign.x - SLACK, y=sign.y - RISE / 2) for sign in signs_of(box))  # as its text is set
    signs = [_sign(next(numbers), sign, pen) for sign in beside]
    if not signs:
        return shape
    return xml.group(xml.Label(next(numbers), box.title), pen.place(box), "".join([shape, *signs]))


def _sign(number: int, sign: Sign, pen: Pen) -> str:
    mark, half, colour = MARKS[sign.status], ICON / 2, pen.theme.of_sign(sign)
    label = xml.Label(number, sign.status.word)
    if mark.corners:
        place, way = xml.polygon([pen.spot((sign.x + x * half, sign.y + y * half)) for x, y in mark.corners])
        return xml.shape(label, place, way, (colour, xml.NO_LINE))
    half -= 0 if mark.filled else RING.width / 2
    side = pen.emu(2 * half)
    place = xml.Place(*pen.spot((sign.x - half, sign.y - half)), side, side)
    looks = (colour, xml.NO_LINE) if mark.filled else ("", pen.line(Border(colour, RING)))
    return xml.shape(label, place, xml.preset("ellipse"), looks)


def _away(box: Box, point: Point) -> int:
    """In which direction a line leaves a box: by how many degrees from the right, clockwise."""
    x, y = point
    distances = {270: y - box.y, 180: x - box.x, 90: box.y + box.height - y, 0: box.x + box.width - x}
    return min(distances, key=lambda angle: abs(distances[angle]))


def _lines(box: Box, pen: Pen) -> Iterator[xml.Paragraph]:
    """A paragraph for each line of a box."""
    paint = pen.theme.boxes[box.kind]
    for index, line in enumerate(box.lines):
        face = pen.face(style_of(box.kind, line.role), paint.text if line.role == "title" else paint.note)
        paragraph = _paragraph(line.text, face)._replace(before=pen.points(LINE_GAP) if index else 0)
        if line.status:  # whose sign is a shape of its own
            paragraph = paragraph._replace(indent=pen.emu(ICON_WIDTH))
        elif line.role == "kpi":
            paragraph = paragraph._replace(bullet="•", indent=pen.emu(BULLET_WIDTH))
        elif line.role == "badge":
            paragraph = paragraph._replace(bullet=SIGNS.get(box.badge, "●"), indent=pen.emu(ICON_WIDTH))
        yield paragraph


def _arrow(number: int, arrow: Arrow, boxes: Mapping[str, Sited], pen: Pen) -> str:
    """A connector glued to both boxes where its way ends, bent as it was laid out."""
    way = elbow(arrow.points)
    place = pen.place(way)._replace(turn=way.turn, flip_x=way.flip_x, flip_y=way.flip_y)
    source, target = boxes[arrow.source], boxes[arrow.target]
    begin = source.number, source.sites.index(arrow.points[0])
    end = target.number, target.sites.index(arrow.points[-1])
    return xml.connector(_told(number, arrow), place, _bent(way), _pointed(arrow, pen), xml.glue(begin, end))


def _freeform(number: int, arrow: Arrow, pen: Pen) -> str:
    """An arrow as a form of its own, which looks the same in every program and stays where it is."""

    def moved(corner: Point, by: Point, ahead: int) -> xml.Spot:
        return pen.spot((corner[0] + ahead * by[0], corner[1] + ahead * by[1]))

    corners = ((moved(at, before, -1), pen.spot(at), moved(at, behind, 1)) for at, before, behind in bends(arrow)[0])
    place, way = xml.polyline(pen.spot(arrow.stem[0]), corners, pen.spot(arrow.stem[-1]))
    return xml.shape(_told(number, arrow), place, way, ("", _pointed(arrow, pen, ends=not arrow.joins)))


def _told(number: int, arrow: Arrow) -> xml.Label:
    return xml.Label(number, arrow.tooltip.partition("\n")[0], arrow.tooltip)


def _bent(way: Elbow) -> str:
    """The form of a connector, with the places of its middle pieces."""
    if len(way.points) == 2:
        return STRAIGHT
    places = ((f"adj{number}", round(share * 100_000)) for number, share in enumerate(way.shares, 1))
    return xml.preset(f"bentConnector{len(way.points) - 1}", *places)


def _pointed(arrow: Arrow, pen: Pen, *, ends: bool = True) -> str:
    head = "oval" if arrow.negative else "arrow" if arrow.is_open or arrow.is_hollow else "triangle"
    return pen.line(pen.theme.of_arrow(arrow), head if ends else "", dash(arrow))


def _span(start: Point, end: Point, pen: Pen) -> xml.Place:
    """The place of a straight line that leads to the right or down."""
    x, y = pen.spot(start)
    return xml.Place(x, y, pen.x(end[0]) - x, pen.y(end[1]) - y)


def _rounded(place: Group) -> str:
    share = min(0.5, CORNER / max(1.0, min(place.width, place.height)))
    return xml.preset("roundRect", ("adj", int(share * 100_000)))


def _paragraph(text: str, face: xml.Face) -> xml.Paragraph:
    return xml.Paragraph(text, face, is_right_to_left(text))
