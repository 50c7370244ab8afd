"""A diagram as a draw.io (diagrams.net) file: boxes to type into, and arrows attached to them at the places drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from toc.diagram.description import described
from toc.diagram.looks.legend import BESIDE, sample_of, text_place
from toc.diagram.looks.themes import LIGHT, Border, LineStyle, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Line, Point, Sign
from toc.diagram.type.box_text import BULLET_WIDTH, ICON, ICON_WIDTH, INSET_X, INSET_Y, Style, signs_of, style_of
from toc.diagram.type.measures import is_right_to_left
from toc.monitoring.statuses import MARKS
from toc.render.markup import SIGNS, plain_text, safe_url
from toc.render.outlines import RING

DASHES: Final[Mapping[LineStyle, str]] = MappingProxyType(
    {"solid": "dashed=0;", "dashed": "dashed=1;dashPattern=6 4;", "dotted": "dashed=1;dashPattern=2 2;"}
)

BARE: Final = "fillColor=none;strokeColor=none;spacing=0;"


def to_drawio(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as an uncompressed draw.io file of one page.

    Every arrow is attached to its two boxes, where it was drawn, and moves with them. Tooltips and links come along,
    and the title's tooltip says in words all that is drawn.

    >>> import toc
    >>> to_drawio(toc.example("small-charity").diagram()).count('source="node-')
    5
    """
    file = ET.Element("mxfile", host="toc")
    page = ET.SubElement(file, "diagram", id="theory", name=plain_text(diagram.title) or "Theory of change")
    size = {"pageWidth": f"{diagram.width:g}", "pageHeight": f"{diagram.height:g}"}
    model = ET.SubElement(page, "mxGraphModel", {"grid": "0", "page": "1", **size, "background": theme.paper})
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", {"id": "0"})
    ET.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    for index, band in enumerate(diagram.bands):
        _band(root, f"band-{index}", band.points, theme)
    for index, group in enumerate(diagram.groups):
        _panel(root, f"panel-{index}", group, theme)
    for index, caption in enumerate(diagram.captions):
        _caption(root, f"caption-{index}", caption, described(diagram) if index == 0 else "", theme)
    for index, rule in enumerate(diagram.ceilings):
        _rule(root, f"ceiling-{index}", rule, theme)
    boxes = {box.id: box for box in diagram.boxes}
    for box in diagram.boxes:
        _box(root, box, theme)
    for arrow in diagram.arrows:
        _arrow(root, arrow, boxes, theme)
    for index, key in enumerate(diagram.legend):
        _key(root, f"key-{index}", key, theme)
    ET.indent(file, " ")
    return ET.tostring(file, encoding="unicode") + "\n"


def _object(root: ET.Element, id: str, label: str, tooltip: str, url: str = "") -> ET.Element:
    """A cell, in the wrapping that holds its tooltip and its link. Labels are HTML, tooltips are text."""
    said = {"label": plain_text(label), "id": id}
    if tooltip:
        said["tooltip"] = plain_text(escape(tooltip))
    if url:
        said["link"] = url
    return ET.SubElement(ET.SubElement(root, "object", said), "mxCell")


def _placed(cell: ET.Element, style: str, place: tuple[float, float, float, float], parent: str = "1") -> None:
    cell.attrib |= {"style": style, "vertex": "1", "parent": parent}
    x, y, width, height = (f"{length:g}" for length in place)
    ET.SubElement(cell, "mxGeometry", {"x": x, "y": y, "width": width, "height": height, "as": "geometry"})


def _place(of: Box | Group | Caption | Key) -> tuple[float, float, float, float]:
    return of.x, of.y, of.width, of.height


def _band(root: ET.Element, id: str, points: Sequence[Point], theme: Theme) -> None:
    """A shape behind the boxes."""
    look, place = _polygon(points)
    border = Border(theme.panel_line, Stroke("solid", 1))
    _placed(_object(root, id, "", ""), look + _filled(theme.band, border) + "pointerEvents=0;", place)


def _polygon(points: Sequence[Point]) -> tuple[str, tuple[float, float, float, float]]:
    """A shape by its corners as shares of its own size, and its place."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    shares = ",".join(f"[{(x - left) / (width or 1):.4f},{(y - top) / (height or 1):.4f}]" for x, y in points)
    return f"shape=mxgraph.basic.polygon;polyCoords=[{shares}];polyline=0;", (left, top, width, height)


def _panel(root: ET.Element, id: str, group: Group, theme: Theme) -> None:
    look = "rounded=1;absoluteArcSize=1;arcSize=16;pointerEvents=0;"
    border = Border(theme.panel_line, Stroke("solid", 1))
    _placed(_object(root, id, "", group.title), look + _filled(theme.panel, border), _place(group))


def _caption(root: ET.Element, id: str, caption: Caption, tooltip: str, theme: Theme) -> None:
    colour = {"heading": theme.ink, "ceiling": theme.ceiling}.get(caption.role, theme.faint)
    label = _row(caption.text, style_of("", caption.role), colour)
    _placed(_object(root, id, label, tooltip), BARE + _text(theme, caption.text), _place(caption))


def _rule(root: ET.Element, id: str, rule: Ceiling, theme: Theme) -> None:
    stroked = _stroked(Border(theme.ceiling, Stroke("dashed", 1.4)))
    _drawn(
        _object(root, id, "", ""),
        f"endArrow=none;{stroked}",
        ((rule.x, rule.y), (rule.x + rule.width, rule.y + rule.height)),
    )


def _box(root: ET.Element, box: Box, theme: Theme) -> None:
    paint = theme.boxes[box.kind]
    border = theme.of_box(box)
    corners = "rounded=0;" if box.kind == "activity" else "rounded=1;absoluteArcSize=1;arcSize=16;"
    # draw.io keeps two points free around every label.
    room = f"spacingLeft={INSET_X - 3:g};spacingRight={INSET_X - 3:g};spacingTop={INSET_Y - 3:g};spacing=2;"
    label = "".join(_line(box, line, paint.text if line.role == "title" else paint.note) for line in box.lines)
    cell = _object(root, f"node-{box.id}", label, box.tooltip, safe_url(box.url))
    _placed(cell, corners + _filled(paint.fill, border) + room + _text(theme, box.title), _place(box))
    for index, sign in enumerate(signs_of(box)):
        moved = sign._replace(x=sign.x - box.x, y=sign.y - box.y)  # it moves with its box
        _sign(root, f"sign-{box.id}-{index}", moved, theme, f"node-{box.id}")


def _sign(root: ET.Element, id: str, sign: Sign, theme: Theme, parent: str = "1") -> None:
    """The sign of how KPIs stand."""
    mark, half = MARKS[sign.status], ICON / 2
    border = Border(theme.of_sign(sign), Stroke("solid", 0) if mark.filled else RING)
    if mark.corners:
        look, place = _polygon([(sign.x + x * half, sign.y + y * half) for x, y in mark.corners])
    else:
        half -= border.stroke.width / 2
        look, place = "ellipse;", (sign.x - half, sign.y - half, 2 * half, 2 * half)
    look += _filled(border.colour if mark.filled else "none", border)
    _placed(_object(root, id, "", sign.status.word), f"{look}connectable=0;", place, parent)


def _line(box: Box, line: Line, colour: str) -> str:
    style = style_of(box.kind, line.role)
    match line.role:
        case "kpi" if line.status:  # whose sign is a shape of its own
            return _row(line.text, style, colour, ICON_WIDTH)
        case "kpi":
            return _row(line.text, style, colour, BULLET_WIDTH, "•")
        case "badge":
            return _row(line.text, style, colour, ICON_WIDTH, SIGNS.get(box.badge, "●"))
        case _:
            return _row(line.text, style, colour)


def _row(text: str, style: Style, colour: str, indent: float = 0, sign: str = "") -> str:
    """A line of a label as HTML, with a sign that hangs before it."""
    looks = [
        f"font-size:{style.size:g}px",
        f"line-height:{style.leading:g}px",
        f"color:{colour}",
        "overflow-wrap:anywhere",
        "text-align:start",
        "margin-bottom:3px",
    ]
    if style.bold:
        looks.append("font-weight:bold")
    if indent:
        looks.append(f"padding-inline-start:{indent:g}px")
    if sign:
        looks.append(f"text-indent:-{indent:g}px")
    before = f"{sign}&nbsp;" if sign else ""
    way = ' dir="rtl"' if is_right_to_left(text) else ""
    return f'<div style="{";".join(looks)}"{way}>{before}{escape(plain_text(text))}</div>'


def _arrow(root: ET.Element, arrow: Arrow, boxes: Mapping[str, Box], theme: Theme) -> None:
    source, target = boxes[arrow.source], boxes[arrow.target]
    ends = "".join(
        f"{name}X={x:.4f};{name}Y={y:.4f};{name}Dx=0;{name}Dy=0;{name}Perimeter=0;"
        for name, (x, y) in (("exit", _share(source, arrow.points[0])), ("entry", _share(target, arrow.points[-1])))
    )
    cell = _object(root, f"link-{arrow.source}--{arrow.target}", "", arrow.tooltip)
    cell.attrib |= {"source": f"node-{arrow.source}", "target": f"node-{arrow.target}"}
    _drawn(cell, f"edgeStyle=orthogonalEdgeStyle;rounded=1;{ends}{_pointed(arrow, theme)}", arrow.points)


def _share(box: Box, point: Point) -> Point:
    """A place on a box as shares of its width and height."""
    return (point[0] - box.x) / box.width, (point[1] - box.y) / box.height


def _drawn(cell: ET.Element, style: str, points: Sequence[Point]) -> None:
    """A line through its corners."""
    cell.attrib |= {"style": style, "edge": "1", "parent": "1"}
    geometry = ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    for name, point in (("sourcePoint", points[0]), ("targetPoint", points[-1])):
        geometry.append(_point(point, name))
    if len(points) > 2:
        corners = ET.SubElement(geometry, "Array", {"as": "points"})
        corners.extend(_point(point) for point in points[1:-1])


def _point(point: Point, name: str = "") -> ET.Element:
    return ET.Element("mxPoint", {"x": f"{point[0]:g}", "y": f"{point[1]:g}"} | ({"as": name} if name else {}))


def _key(root: ET.Element, id: str, key: Key, theme: Theme) -> None:
    sample = sample_of(key)
    if isinstance(sample, Sign):
        _sign(root, f"{id}-sign", sample, theme)
    elif isinstance(sample, Arrow):
        _drawn(_object(root, f"{id}-line", "", ""), _pointed(sample, theme), sample.points)
    else:
        _sample(root, id, sample, theme)
    place = text_place(key)
    label = _row(key.text, style_of("", "note"), theme.faint)
    cell = _object(root, id, label, "")
    _placed(cell, BARE + _text(theme, key.text), _place(place._replace(width=place.width + BESIDE)))


def _sample(root: ET.Element, id: str, box: Box, theme: Theme) -> None:
    """A small box, with the sign of its badge in it."""
    corners = "rounded=0;" if box.kind == "activity" else "rounded=1;absoluteArcSize=1;arcSize=8;"
    paint = theme.boxes[box.kind]
    sign = SIGNS[box.badge] if box.badge else ""
    sized = f"fontSize={box.height - 4:g};fontColor={paint.note};spacing=0;align=center;verticalAlign=middle;"
    _placed(_object(root, f"{id}-box", sign, ""), corners + _filled(paint.fill, theme.of_box(box)) + sized, _place(box))


def _pointed(arrow: Arrow, theme: Theme) -> str:
    head = "endArrow=block;endFill=1;endSize=5;"
    if arrow.negative:
        head = "endArrow=baseDash;endFill=0;endSize=7;"
    elif arrow.is_open:
        head = "endArrow=open;endFill=0;endSize=6;"
    elif arrow.is_hollow:
        head = "endArrow=block;endFill=0;endSize=6;"
    return head + _stroked(theme.of_arrow(arrow))


def _filled(fill: str, border: Border) -> str:
    return f"fillColor={fill};{_stroked(border)}"


def _stroked(border: Border) -> str:
    return f"strokeColor={border.colour};strokeWidth={border.stroke.width:g};{DASHES[border.stroke.style]}"


def _text(theme: Theme, text: str) -> str:
    side = "right" if is_right_to_left(text) else "left"
    return f"html=1;whiteSpace=wrap;align={side};verticalAlign=top;fontFamily={theme.font};"
