"""A diagram as DOT text with every place settled (`layout=nop2`): the engine only paints.

Only attributes from this file are ever written, and all text is escaped, so a theory from a stranger can neither name
a file of the host nor break out of its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from toc.diagram.looks.legend import sample_of, text_place
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.shapes import Arrow, Badge, Box, BoxKind, Caption, Ceiling, Diagram, Group, Key, Line, Role, Sign
from toc.diagram.type.box_text import (
    ICON,
    INSET_X,
    INSET_Y,
    LINE_GAP,
    Style,
    badge_centre,
    indent_of,
    signs_of,
    style_of,
)
from toc.diagram.type.measures import is_right_to_left
from toc.monitoring.statuses import MARKS, Status
from toc.render.markup import safe_url
from toc.render.outlines import INDENTS, RING, bends, dashes

FONT: Final = "Arial"
ICONS: Final[Mapping[Badge, str]] = MappingProxyType(
    {
        "count": "circle", "redesign": "invtriangle", "learning": "diamond", "attainment": "triangle",
        "uptake": "square", "comparison": "hexagon", "open": "circle",
    }
)  # fmt: skip
SIGNS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.MET: "star", Status.ON_TRACK: "circle", Status.BEHIND: "triangle", Status.OFF_TRACK: "square",
        Status.UNKNOWN: "circle",
    }
)  # fmt: skip
CROSS: Final = 0.74  # of half the side of a sign: how far the arms of a cross reach
FOOT: Final = 0.75  # of the height of a triangle's place: where the engine draws its foot


def to_dot(diagram: Diagram, theme: Theme = LIGHT, *, transparent: bool = False) -> str:
    """The diagram as DOT text: the same diagram always gives the same text. `transparent` leaves out the paper.

    >>> import toc
    >>> to_dot(toc.example("small-charity").diagram()).splitlines()[0]
    'digraph theory {'
    """
    high = diagram.height
    paper = "transparent" if transparent else theme.paper
    x, y, wide, deep = diagram.sheet
    box = f"{x:g},{high - y - deep:g},{x + wide:g},{high - y:g}"
    size = "" if diagram.page.is_free else ' size="{:.4f},{:.4f}!"'.format(*(side / 72 for side in diagram.size))
    parts = [
        "digraph theory {",
        f'graph [layout=nop2 bb="{box}"{size} pad=0 bgcolor="{paper}" outputorder=nodesfirst];',
        *_background(diagram, theme),
        f'node [shape=box fixedsize=true margin=0 fontname="{FONT}" fontsize=11 penwidth=1 labelloc=t];',
        f'edge [arrowsize=0.6 fontname="{FONT}"];',
    ]
    parts += _corners(diagram)
    parts += (_group(group, index, high, theme) for index, group in enumerate(diagram.groups))
    parts += (_caption(caption, index, high, theme) for index, caption in enumerate(diagram.captions))
    looks = _Looks(theme)
    parts += [_box(box, high, looks) for box in diagram.boxes]
    parts += [_badge(box, high, theme) for box in diagram.boxes if box.badge]
    signs = [sign for box in diagram.boxes for sign in signs_of(box)]
    for index, sign in enumerate(signs):
        parts += _sign(sign, f"_sign{index}", high, theme)
    parts += [_arrow(arrow, high, looks) for arrow in diagram.arrows]
    for index, rule in enumerate(diagram.ceilings):
        parts += _rule(rule, index, high, theme)
    for index, key in enumerate(diagram.legend):
        parts += _key(key, index, high, theme)
    parts.append("}\n")
    return "\n".join(parts)


def _corners(diagram: Diagram) -> Iterator[str]:
    """Two invisible points that make the paper as large as the page."""
    left, top, wide, high = diagram.sheet
    foot = diagram.height - top
    for name, x, y in (("_start", left, foot - high), ("_end", left + wide, foot)):
        yield f'"{name}" [style=invis shape=point width=0 height=0 label="" pos="{x:g},{y:g}"];'


def _group(group: Group, index: int, high: float, theme: Theme) -> str:
    corners = f"{group.x:g},{high - group.y - group.height:g},{group.x + group.width:g},{high - group.y:g}"
    return (
        f'subgraph "cluster_{index}" {{ graph [bb="{corners}" style="rounded,filled" class="panel" label="" '
        f'fillcolor="{theme.panel}" color="{theme.panel_line}" tooltip="{told(group.title)}"]; }}'
    )


def _background(diagram: Diagram, theme: Theme) -> Iterator[str]:
    """The shapes behind everything, in the engine's own words for drawing a polygon: pen, fill, corners."""
    if not diagram.bands:
        return
    shapes = (
        f"P {len(band.points)} " + " ".join(f"{x:g} {diagram.height - y:g}" for x, y in band.points)
        for band in diagram.bands
    )
    yield f'graph [_background="c 7 -{theme.panel_line} C 7 -{theme.band} {" ".join(shapes)}"];'


def _caption(caption: Caption, index: int, high: float, theme: Theme) -> str:
    colour = {"heading": theme.ink, "ceiling": theme.ceiling}.get(caption.role, theme.faint)
    rows = _rows(caption.rows, style_of("", caption.role), colour)
    return _text_node(f"_caption{index}", caption, high, rows, f"caption {caption.role}")


def _text_node(name: str, place: Caption | Key, high: float, rows: str, css: str) -> str:
    table = _table(rows, place.width)
    where = _place(place.x, place.y, place.width, place.height, high)
    return f'"{name}" [shape=plain labelloc=c class="{css}" {where} label=<{table}>];'


def _place(x: float, y: float, width: float, height: float, high: float) -> str:
    """Centre and size of a node; DOT counts y upwards and sizes in inches."""
    centre = f"{x + width / 2:g},{high - y - height / 2:g}"
    return f'pos="{centre}" width={width / 72:.4f} height={height / 72:.4f}'


def _table(rows: str, width: float) -> str:
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" WIDTH="{width:.0f}">{rows}</TABLE>'


class _Looks:
    """What boxes, rows of text and arrows of one look have in common, written once for all of them."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.boxes: dict[tuple[str, str], str] = {}
        self.rows: dict[tuple[str, str, bool], tuple[str, str]] = {}
        self.arrows: dict[tuple[object, ...], str] = {}

    def box(self, box: Box) -> str:
        """The class, the border and the colour of a box."""
        key = box.kind, box.mark
        if key not in self.boxes:
            css, fill = f"{box.kind} {box.mark}".strip(), self.theme.boxes[box.kind].fill
            self.boxes[key] = f'class="{css}" {_border(box, self.theme)} fillcolor="{fill}"'
        return self.boxes[key]

    def tags(self, kind: BoxKind, role: Role, *, turned: bool) -> tuple[str, str]:
        """What stands before and after a row of text."""
        key = kind, role, turned
        if key not in self.rows:
            paint = self.theme.boxes[kind]
            self.rows[key] = _tags(style_of(kind, role), paint.text if role == "title" else paint.note, turned=turned)
        return self.rows[key]

    def arrow(self, arrow: Arrow) -> str:
        """The class and the line of an arrow."""
        key = arrow.strength, arrow.flow, arrow.mark, arrow.across, arrow.feedback, arrow.negative, arrow.joins
        if key not in self.arrows:
            css = f"link {arrow.flow or arrow.strength} {arrow.mark}".strip()
            self.arrows[key] = f'class="{css}" {_look(arrow, self.theme)}'
        return self.arrows[key]


def _box(box: Box, high: float, looks: _Looks) -> str:
    link = f' URL="{quoted(url)}" target="_blank"' if (url := safe_url(box.url)) else ""
    return (
        f'"{box.id}" [id="{box.id}" {looks.box(box)} {_place(box.x, box.y, box.width, box.height, high)} '
        f'tooltip="{told(box.tooltip)}"{link} label=<{_label(box, looks)}>];'
    )


def _border(box: Box, theme: Theme) -> str:
    """The corners and the border of a box."""
    colour, stroke = theme.of_box(box)
    corners = "" if box.kind == "activity" else "rounded,"
    style = "" if stroke.style == "solid" else f",{stroke.style}"
    width = "" if stroke.width == 1 else f"penwidth={stroke.width:g} "
    return f'style="{corners}filled{style}" {width}color="{colour}"'


def _label(box: Box, looks: _Looks) -> str:
    """The lines of a box from its top."""
    parts: list[str] = []
    for line in box.lines:
        rows = _tagged(
            line.rows, looks.tags(box.kind, line.role, turned=bool(line.rows) and is_right_to_left(line.rows[0]))
        )
        parts.append(_indented(rows, line, box, looks.theme.boxes[box.kind].note) if line.role in INDENTS else rows)
    return _table(MARGIN_ROW + GAP_ROW.join(parts), box.width - 2 * INSET_X)


def _gap(height: float) -> str:
    return f'<TR><TD HEIGHT="{height:g}"></TD></TR>'


MARGIN_ROW: Final = _gap(INSET_Y)
GAP_ROW: Final = _gap(LINE_GAP)


def _indented(rows: str, line: Line, box: Box, colour: str) -> str:
    """A line with a bullet before it, or with room for its badge, which is a node of its own.

    The bullet of a line that is read from right to left stands on its right.
    """
    room, indent = box.width - 2 * INSET_X, indent_of(line)
    size = style_of(box.kind, line.role).size
    mark = f'<FONT POINT-SIZE="{size:g}" COLOR="{colour}">•</FONT>' if line.role == "kpi" and not line.status else ""
    turned = line.role == "kpi" and is_right_to_left(line.text)
    side = "RIGHT" if turned else "LEFT"
    bullet = f'<TD WIDTH="{indent:g}" ALIGN="{side}" VALIGN="TOP">{mark}</TD>'
    text = f'<TD ALIGN="LEFT">{_table(rows, room - indent)}</TD>'
    both = text + bullet if turned else bullet + text
    return f'<TR><TD ALIGN="LEFT">{_table(f"<TR>{both}</TR>", room)}</TD></TR>'


def _badge(box: Box, high: float, theme: Theme) -> str:
    """The icon of an activity: each approach has a shape of its own."""
    x, y = badge_centre(box)
    paint = theme.boxes[box.kind]
    fill = theme.paper if box.badge == "open" else paint.line
    said = " ".join(row for line in box.lines if line.role == "badge" for row in line.rows)
    place = _place(x - ICON / 2, y - ICON / 2, ICON, ICON, high)
    return (
        f'"_badge-{box.id}" [shape={ICONS[box.badge]} class="badge {box.badge}" style=filled fillcolor="{fill}" '
        f'color="{paint.note}" penwidth=0.8 {place} label="" tooltip="{told(said)}"];'
    )


def _sign(sign: Sign, name: str, high: float, theme: Theme) -> Iterator[str]:
    """The sign of how KPIs stand, of the same outline as elsewhere; the engine has no cross, so that is two lines."""
    colour, half, mark = theme.of_sign(sign), ICON / 2, MARKS[sign.status]
    if sign.status not in SIGNS:
        for arm, way in enumerate((1, -1)):
            ends = [_knot(sign.x + by * half, sign.y + by * way * half, high) for by in (-CROSS, CROSS)]
            look = f'class="sign {sign.status}" style=solid penwidth=1.6 arrowhead=none color="{colour}"'
            yield from _line(f"{name}{arm}", f'{look} pos="{ends[0]} {ends[0]} {ends[1]} {ends[1]}"')
        return
    ys = [y * half for _, y in mark.corners] or [-half, half]
    top, tall = min(ys), max(ys) - min(ys)
    wide = 2 * half * max((x for x, _ in mark.corners), default=1)
    wide, tall = (wide, tall / FOOT) if sign.status is Status.BEHIND else (tall, tall)
    line = 0.0 if mark.filled else RING.width
    look = f'fillcolor="{colour}" color="{colour if line else "none"}" penwidth={line:g} style={"solid" if line else "filled"}'
    place = _place(sign.x - wide / 2 + line / 2, sign.y + top + line / 2, wide - line, tall - line, high)
    yield f'"{name}" [shape={SIGNS[sign.status]} class="sign {sign.status}" {look} {place} label=""];'


def _rows(rows: Sequence[str], style: Style, colour: str) -> str:
    return _tagged(rows, _tags(style, colour, turned=is_right_to_left(rows[0])) if rows else ("", ""))


def _tagged(rows: Sequence[str], tags: tuple[str, str]) -> str:
    """One table row for each row of text: the engine sets these as far apart as they were measured."""
    if not any(rows):  # nothing that can be seen: the engine wants a letter between its tags
        return "<TR><TD></TD></TR>"
    opened, closed = tags
    return opened + (closed + opened).join([_escaped(row) for row in rows]) + closed


def _tags(style: Style, colour: str, *, turned: bool) -> tuple[str, str]:
    """What stands before and after a row of text."""
    side = "RIGHT" if turned else "LEFT"
    opened = f'<TR><TD ALIGN="{side}"><FONT POINT-SIZE="{style.size:g}" COLOR="{colour}">'
    return (f"{opened}<B>", "</B></FONT></TD></TR>") if style.bold else (opened, "</FONT></TD></TR>")


def _arrow(arrow: Arrow, high: float, looks: _Looks) -> str:
    return (
        f'"{arrow.source}" -> "{arrow.target}" [id="{arrow.source}--{arrow.target}" {looks.arrow(arrow)} '
        f'pos="{_way(arrow, high, looks.theme)}" tooltip="{told(arrow.tooltip)}"];'
    )


def _look(arrow: Arrow, theme: Theme) -> str:
    colour, stroke = theme.of_arrow(arrow)
    size = " arrowsize=1" if arrow.negative else ""
    style = "solid" if stroke.style == "dotted" else stroke.style
    return f'style={style} penwidth={stroke.width:g} arrowhead={_head(arrow)}{size} color="{colour}"'


def _head(arrow: Arrow) -> str:
    if arrow.joins:
        return "none"
    return "tee" if arrow.negative else "vee" if arrow.is_open else "onormal" if arrow.is_hollow else "normal"


def _way(arrow: Arrow, high: float, theme: Theme) -> str:
    return _dashed(arrow, high) if theme.of_arrow(arrow).stroke.style == "dotted" else spline(arrow, high)


def _dashed(arrow: Arrow, high: float) -> str:
    """The dashes of a weak arrow, each a spline: the engine's own dots are lost in a short line."""
    splines = []
    for corners in dashes(arrow):
        knots = [_knot(*corner, high) for corner in corners]
        inner = (knot for one in knots[1:-1] for knot in (one, one, one))
        splines.append(" ".join((knots[0], knots[0], *inner, knots[-1], knots[-1])))
    if not arrow.joins:
        splines[-1] = f"e,{_knot(*arrow.stem[-1], high)} {splines[-1]}"
    return ";".join(splines)


def spline(arrow: Arrow, high: float) -> str:
    """The corners of an arrow as a spline with rounded corners; its head, if it has one, is at the last point."""
    corners, end = bends(arrow)
    last, stop = _knot(*arrow.stem[0], high), _knot(*end, high)
    knots = [last]
    for (x, y), (before_x, before_y), (behind_x, behind_y) in corners:
        into, corner = _knot(x - before_x, y - before_y, high), _knot(x, y, high)
        knots += [last, into, into, corner, corner]
        last = _knot(x + behind_x, y + behind_y, high)
        knots.append(last)
    knots += [last, stop, stop]
    return " ".join(knots) if arrow.joins else f"e,{_knot(*arrow.stem[-1], high)} {' '.join(knots)}"


def _knot(x: float, y: float, high: float) -> str:
    return f"{x:g},{high - y:g}"


def _rule(rule: Ceiling, index: int, high: float, theme: Theme) -> Iterator[str]:
    look = f'class="ceiling" style=dashed penwidth=1.4 arrowhead=none color="{theme.ceiling}"'
    start = f"{rule.x:g},{high - rule.y:g}"
    stop = f"{rule.x + rule.width:g},{high - rule.y - rule.height:g}"
    ends = f"{start} {start} {stop} {stop}"
    yield from _line(f"_ceiling{index}", f'{look} pos="{ends}"')


def _line(name: str, look: str) -> Iterator[str]:
    """A line that is no link of the theory, between two invisible points."""
    for end in "ab":
        yield f'"{name}{end}" [style=invis shape=point width=0 height=0 label="" pos="0,0"];'
    yield f'"{name}a" -> "{name}b" [{look}];'


def _key(key: Key, index: int, high: float, theme: Theme) -> Iterator[str]:
    sample = sample_of(key)
    if isinstance(sample, Sign):
        yield from _sign(sample, f"_key{index}", high, theme)
    elif isinstance(sample, Arrow):
        yield from _line(f"_key{index}", f'class="key" {_look(sample, theme)} pos="{_way(sample, high, theme)}"')
    else:
        where = _place(sample.x, sample.y, sample.width, sample.height, high)
        fill = theme.boxes[sample.kind].fill
        yield f'"_key{index}" [class="key" {_border(sample, theme)} fillcolor="{fill}" {where} label=""];'
        if sample.badge:
            yield _badge(sample._replace(id=f"key-{index}"), high, theme)
    yield _text_node(
        f"_keytext{index}", text_place(key), high, _rows((key.text,), style_of("", "note"), theme.faint), "caption key"
    )


def _escaped(text: str) -> str:
    """Text for an HTML-like label."""
    # The engine reads a backslash as the start of \N, the name of the node, and the like.
    # A few replacements cost a fifth of one translation by table.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\\", "\\\\")


def told(text: str) -> str:
    """Text for a tooltip, in which the engine reads backslashes twice."""
    return _said(text, "\\\\\\\\")


def quoted(text: str) -> str:
    """Text for a quoted DOT string."""
    return _said(text, "\\\\")


def _said(text: str, backslash: str) -> str:
    text = text.replace("&", "&amp;").replace("\\", backslash).replace('"', '\\"')
    return text.replace("\n", "\\n").replace("\r", "")
