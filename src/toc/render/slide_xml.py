"""Shapes, text and lines of a slide as XML text, in the words of PowerPoint (ECMA-376, part 1: PresentationML and DrawingML).

Lengths are in the units of the file, 12,700 to the point, type in hundredths of a point. Every text that somebody wrote
is escaped here, on its way into the XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from toc.errors import DrawingError
from toc.render.markup import said

OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<p:sld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
TREE: Final = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
CLOSING: Final = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
UNTOUCHED: Final = '<p:txBody><a:bodyPr anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/></a:p></p:txBody>'
LINK: Final = (
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" TargetMode="External"'
)
TABLES: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"
CELL: Final = 63_500  # room beside and above the text of a cell
DEGREE: Final = 60_000  # of the file's units of an angle
Spot = tuple[int, int]
Site = tuple[
    int, int, int
]  # a spot in a shape, and by how many degrees from the right a line leaves it there, clockwise
_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")


class Place(NamedTuple):
    """Where a shape stands, before it is turned by so many degrees and flipped."""

    x: int
    y: int
    width: int
    height: int
    turn: int = 0
    flip_x: bool = False
    flip_y: bool = False


class Label(NamedTuple):
    """How a shape is listed: its number on the slide, its name, its alternative text, the relationship of its link."""

    number: int
    name: str
    description: str = ""
    link: str = ""


class Face(NamedTuple):
    """The type of a paragraph; `leading` is from one line to the next."""

    size: int
    leading: int
    bold: bool
    font: str
    colour: str
    language: str = ""


class Paragraph(NamedTuple):
    """A text in its type. The bullet, where there is one, hangs in the indent; without one all of it is set in so far."""

    text: str
    face: Face
    to_left: bool = False
    before: int = 0
    bullet: str = ""
    indent: int = 0


def slide(paper: str, shapes: Iterable[str]) -> str:
    """A whole slide, its shapes from the back to the front."""
    ground = f"<p:bg><p:bgPr>{_fill(paper)}<a:effectLst/></p:bgPr></p:bg>"
    return f"{OPENING}<p:cSld>{ground}<p:spTree>{TREE}{''.join(shapes)}</p:spTree></p:cSld>{CLOSING}"


def title(place: Place, text: str) -> str:
    """The shape in the place where a slide keeps its title."""
    named = '<p:cNvPr id="2" name="Title 1"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    kind = '<p:nvPr><p:ph type="title"/></p:nvPr>'
    return f"<p:sp><p:nvSpPr>{named}{kind}</p:nvSpPr><p:spPr>{_placed(place)}</p:spPr>{text}</p:sp>"


def text_box(label: Label, place: Place, text: str) -> str:
    """A text that stands by itself."""
    named = f'{_named(label)}<p:cNvSpPr txBox="1"/><p:nvPr/>'
    looks = f"{_placed(place)}{preset('rect')}<a:noFill/>"
    return f"<p:sp><p:nvSpPr>{named}</p:nvSpPr><p:spPr>{looks}</p:spPr>{text}</p:sp>"


def group(label: Label, place: Place, shapes: str) -> str:
    """Shapes that move together, around which the place lies."""
    named = f"<p:nvGrpSpPr>{_named(label)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
    inside = f'<a:chOff x="{place.x}" y="{place.y}"/><a:chExt cx="{place.width}" cy="{place.height}"/>'
    moved = _placed(place).replace("</a:xfrm>", f"{inside}</a:xfrm>")
    return f"<p:grpSp>{named}<p:grpSpPr>{moved}</p:grpSpPr>{shapes}</p:grpSp>"


def slide_number(id: int, place: Place, number: int, face: Face) -> str:
    """The shape in the place where a slide keeps its number, which follows the slide wherever it is put."""
    named = f'<p:cNvPr id="{id}" name="Slide Number"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    kind = '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr>'
    run = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{_looks(face)}<a:t>{number}</a:t></a:fld>'
    body = '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/><a:lstStyle/>'
    text = f'<p:txBody>{body}<a:p><a:pPr algn="r"/>{run}</a:p></p:txBody>'
    return f"<p:sp><p:nvSpPr>{named}{kind}</p:nvSpPr><p:spPr>{_placed(place)}</p:spPr>{text}</p:sp>"


def table(
    label: Label,
    place: Place,
    widths: Iterable[int],
    rows: Iterable[tuple[int, list[Paragraph]]],
    grounds: tuple[str, str],
) -> str:
    """A table to type into: the widths of its columns, the height and the cells of each row, and two grounds in turn."""
    columns = "".join(f'<a:gridCol w="{wide}"/>' for wide in widths)
    written = ""
    for index, (high, cells) in enumerate(rows):
        ground = f'<a:tcPr marL="{CELL}" marR="{CELL}" marT="{CELL}" marB="{CELL}">{_fill(grounds[index % 2])}</a:tcPr>'
        texts = (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{_paragraph(one)}</a:txBody>{ground}</a:tc>" for one in cells
        )
        written += f'<a:tr h="{high}">{"".join(texts)}</a:tr>'
    named = f'<p:nvGraphicFramePr>{_named(label)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
    where = _placed(place).replace("a:xfrm", "p:xfrm")
    held = f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{written}</a:tbl>'
    data = f'<a:graphic><a:graphicData uri="{TABLES}">{held}</a:graphicData></a:graphic>'
    return f"<p:graphicFrame>{named}{where}{data}</p:graphicFrame>"


def shape(label: Label, place: Place, geometry: str, looks: tuple[str, str], text: str = UNTOUCHED) -> str:
    """A shape with its fill, a colour or nothing, and its border, a `line`; what is not written yet is typed into its middle."""
    fill, border = looks
    named = f"{_named(label)}<p:cNvSpPr/><p:nvPr/>"
    drawn = f"{_placed(place)}{geometry}{_fill(fill) if fill else '<a:noFill/>'}{border}"
    return f"<p:sp><p:nvSpPr>{named}</p:nvSpPr><p:spPr>{drawn}</p:spPr>{text}</p:sp>"


def connector(label: Label, place: Place, geometry: str, line: str, glue: str = "") -> str:
    """A line from one place to another, glued to shapes where `glue` says so."""
    ends = f"<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr>" if glue else "<p:cNvCxnSpPr/>"
    named = f"{_named(label)}{ends}<p:nvPr/>"
    return f"<p:cxnSp><p:nvCxnSpPr>{named}</p:nvCxnSpPr><p:spPr>{_placed(place)}{geometry}{line}</p:spPr></p:cxnSp>"


def glue(begin: tuple[int, int], end: tuple[int, int]) -> str:
    """What a connector is glued to: at each end the number of a shape and which of its places."""
    return f'<a:stCxn id="{begin[0]}" idx="{begin[1]}"/><a:endCxn id="{end[0]}" idx="{end[1]}"/>'


def preset(name: str, *adjustments: tuple[str, int]) -> str:
    """A form that PowerPoint knows by name, with its adjustments in hundred thousandths."""
    guides = "".join(f'<a:gd name="{guide}" fmla="val {value}"/>' for guide, value in adjustments)
    values = f"<a:avLst>{guides}</a:avLst>" if guides else "<a:avLst/>"
    return f'<a:prstGeom prst="{name}">{values}</a:prstGeom>'


def polygon(corners: list[tuple[int, int]]) -> tuple[Place, str]:
    """A form with corners of its own: where it stands, and its way."""
    place = _around(corners)
    first, *others = (_point(x - place.x, y - place.y) for x, y in corners)
    way = f"<a:moveTo>{first}</a:moveTo>{''.join(f'<a:lnTo>{one}</a:lnTo>' for one in others)}<a:close/>"
    return place, _custom(place, way)


def polyline(start: Spot, corners: Iterable[tuple[Spot, Spot, Spot]], end: Spot) -> tuple[Place, str]:
    """A line that curves around its corners: each has where its curve begins, itself, and where that ends."""
    corners = list(corners)
    place = _around([start, *(spot for corner in corners for spot in corner), end])
    way = f"<a:moveTo>{_point(start[0] - place.x, start[1] - place.y)}</a:moveTo>"
    for before, *curve in corners:
        control, behind = (_point(x - place.x, y - place.y) for x, y in curve)
        way += f"<a:lnTo>{_point(before[0] - place.x, before[1] - place.y)}</a:lnTo>"
        way += f"<a:quadBezTo>{control}{behind}</a:quadBezTo>"
    way += f"<a:lnTo>{_point(end[0] - place.x, end[1] - place.y)}</a:lnTo>"
    return place, _custom(place, way, ' fill="none"')


def rounded(place: Place, radius: int, sites: Iterable[Site]) -> str:
    """A rectangle with round corners, or square ones, to whose sites connectors can be glued.

    A site keeps its share of the width and the height when somebody changes the size of the shape.
    """
    wide, high = place.width, place.height
    inner, under = wide - radius, high - radius
    pieces = [
        (radius, 0, inner, 0, 270),
        (wide, radius, wide, under, 0),
        (inner, high, radius, high, 90),
        (0, under, 0, radius, 180),
    ]
    way = ""
    for x, y, to_x, to_y, angle in pieces:
        way += f"<a:lnTo>{_point(x, y)}</a:lnTo>" if way else f"<a:moveTo>{_point(x, y)}</a:moveTo>"
        way += f"<a:lnTo>{_point(to_x, to_y)}</a:lnTo>"
        if radius:
            way += f'<a:arcTo wR="{radius}" hR="{radius}" stAng="{angle * DEGREE}" swAng="{90 * DEGREE}"/>'
    guides, places = "", ""
    for number, (x, y, angle) in enumerate(sites):
        guides += f'<a:gd name="x{number}" fmla="*/ w {x} {wide}"/><a:gd name="y{number}" fmla="*/ h {y} {high}"/>'
        places += f'<a:cxn ang="{angle * DEGREE}"><a:pos x="x{number}" y="y{number}"/></a:cxn>'
    return _custom(place, f"{way}<a:close/>", guides=guides, sites=places)


def _custom(place: Place, way: str, attributes: str = "", guides: str = "", sites: str = "") -> str:
    listed = f"<a:avLst/><a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>"
    path = f'<a:path w="{place.width}" h="{place.height}"{attributes}>{way}</a:path>'
    return f'<a:custGeom>{listed}<a:rect l="l" t="t" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom>'


def around(places: Iterable[Place]) -> Place:
    """The place around others."""
    spots = [((one.x, one.y), (one.x + one.width, one.y + one.height)) for one in places]
    return _around([spot for ends in spots for spot in ends])


def _around(spots: Iterable[Spot]) -> Place:
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*spots, strict=True))
    return Place(left, top, right - left, bottom - top)


def _point(x: int, y: int) -> str:
    return f'<a:pt x="{x}" y="{y}"/>'


def line(colour: str, width: int, dash: str | float, head: str = "") -> str:
    """A border, or the line of a connector with its head; `dash` is a pattern's name, or the length of dashes and gaps in widths."""
    if isinstance(dash, str):
        pattern = f'<a:prstDash val="{dash}"/>'
    else:
        pattern = f'<a:custDash><a:ds d="{dash * 100_000:.0f}" sp="{dash * 100_000:.0f}"/></a:custDash>'
    ending = f'<a:tailEnd type="{head}" w="med" len="med"/>' if head else ""
    return f'<a:ln w="{width}">{_fill(colour)}{pattern}{ending}</a:ln>'


def text(paragraphs: Iterable[Paragraph], beside: int, above: int) -> str:
    """The text of a shape, set from its top, wrapped by the program that shows it, with room beside and above it."""
    room = f'lIns="{beside}" tIns="{above}" rIns="{beside}" bIns="0"'
    body = f'<a:bodyPr wrap="square" {room} anchor="t"><a:noAutofit/></a:bodyPr>'
    return f"<p:txBody>{body}<a:lstStyle/>{''.join(map(_paragraph, paragraphs))}</p:txBody>"


def with_links(relationships: str, links: Mapping[str, str]) -> str:
    """The relationships of a slide and those of its links, which are given by their addresses."""
    more = (f'<Relationship Id="{id}" {LINK} Target="{_value(address)}"/>' for address, id in links.items())
    return relationships.replace("</Relationships>", "".join([*more, "</Relationships>"]))


def _paragraph(paragraph: Paragraph) -> str:
    face, indent = paragraph.face, paragraph.indent
    side = 'algn="r" rtl="1"' if paragraph.to_left else 'algn="l"'
    hangs = f' marL="{indent}" indent="{-indent if paragraph.bullet else 0}"' if indent else ""
    before = f'<a:spcBef><a:spcPts val="{paragraph.before}"/></a:spcBef>' if paragraph.before else ""
    bullet = f'<a:buFont typeface="Arial"/><a:buChar char="{_value(paragraph.bullet)}"/>' if paragraph.bullet else ""
    spaced = f'<a:pPr {side}{hangs}><a:lnSpc><a:spcPts val="{face.leading}"/></a:lnSpc>{before}{bullet}</a:pPr>'
    return f"<a:p>{spaced}<a:r>{_looks(face)}<a:t>{said(paragraph.text)}</a:t></a:r></a:p>"


def _looks(face: Face) -> str:
    language = f' lang="{_value(face.language)}"' if face.language else ""
    inked = f'{_fill(face.colour)}<a:latin typeface="{_value(face.font)}"/>'
    return f'<a:rPr{language} sz="{face.size}" b="{face.bold:d}">{inked}</a:rPr>'


def _placed(place: Place) -> str:
    turn = f' rot="{place.turn * DEGREE}"' if place.turn else ""
    flips = (' flipH="1"' if place.flip_x else "") + (' flipV="1"' if place.flip_y else "")
    offset = f'<a:off x="{place.x}" y="{place.y}"/>'
    return f'<a:xfrm{turn}{flips}>{offset}<a:ext cx="{place.width}" cy="{place.height}"/></a:xfrm>'


def _named(label: Label) -> str:
    description = f' descr="{_value(label.description)}"' if label.description else ""
    opened = f'<p:cNvPr id="{label.number}" name="{_value(label.name) or "Shape"}"{description}'
    return f'{opened}><a:hlinkClick r:id="{label.link}"/></p:cNvPr>' if label.link else f"{opened}/>"


def _fill(colour: str) -> str:
    if not _COLOUR.fullmatch(colour):
        raise DrawingError(f"{colour!r} is no colour: write # and six digits, such as '#17384a'")
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'


def _value(text: str) -> str:
    """What somebody wrote, as the value of an attribute: its lines stay lines."""
    return said(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
