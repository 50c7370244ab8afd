"""A diagram as DOT text with every place settled (`layout=nop2`): the engine only paints.

Only attributes from this file are ever written, and all text is escaped, so a theory from a stranger can neither name
a file of the host nor break out of its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toc.diagram.boxes import BULLET_WIDTH, INSET_X, LINE_GAP, style_of
from toc.diagram.themes import LIGHT, Theme
from toc.diagram.values import Arrow, Box, Caption, Diagram, Group, Key, Line, Point, Rule

FONT: Final = "Arial"
CORNER: Final = 5.0  # radius of the corners of arrows, in points
HEAD: Final = 6.0  # length of an arrow head
URL_SCHEMES: Final = ("http://", "https://", "mailto:")
# The engine reads a backslash in a label as the start of \N, the name of the node, and the like.
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "\\\\"})
_QUOTED: Final = str.maketrans({"&": "&amp;", "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": None})


def to_dot(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as DOT text: the same diagram always gives the same text.

    >>> import toc
    >>> to_dot(toc.example("small-charity").diagram()).splitlines()[0]
    'digraph theory {'
    """
    high = diagram.height
    parts = [
        "digraph theory {",
        f'graph [layout=nop2 bb="0,0,{diagram.width:g},{high:g}" pad=0 bgcolor="{theme.paper}" outputorder=nodesfirst];',
        f'node [shape=box fixedsize=true margin=0 fontname="{FONT}" fontsize=11 penwidth=1];',
        f'edge [arrowsize=0.6 fontname="{FONT}"];',
    ]
    parts += _corners(diagram)
    parts += (_group(group, index, high, theme) for index, group in enumerate(diagram.groups))
    parts += (_caption(caption, index, high, theme) for index, caption in enumerate(diagram.captions))
    parts += (_box(box, high, theme) for box in diagram.boxes)
    parts += (_arrow(arrow, high, theme) for arrow in diagram.arrows)
    for index, rule in enumerate(diagram.rules):
        parts += _rule(rule, index, high, theme)
    for index, key in enumerate(diagram.legend):
        parts += _key(key, index, high, theme)
    parts.append("}\n")
    return "\n".join(parts)


def _corners(diagram: Diagram) -> Iterator[str]:
    """Two invisible points that make the paper as large as the diagram."""
    for name, x, y in (("_start", 0.0, 0.0), ("_end", diagram.width, diagram.height)):
        yield f'"{name}" [style=invis shape=point width=0 height=0 label="" pos="{x:g},{y:g}"];'


def _group(group: Group, index: int, high: float, theme: Theme) -> str:
    corners = f"{group.x:g},{high - group.y - group.height:g},{group.x + group.width:g},{high - group.y:g}"
    return (
        f'subgraph "cluster_{index}" {{ graph [bb="{corners}" style="rounded,filled" class="panel" label="" '
        f'fillcolor="{theme.panel}" color="{theme.panel_line}" tooltip="{told(group.title)}"]; }}'
    )


def _caption(caption: Caption, index: int, high: float, theme: Theme) -> str:
    style = style_of("", caption.role)
    colour = {"heading": theme.ink, "ceiling": theme.ceiling}.get(caption.role, theme.faint)
    rows = "<BR/>".join(row.translate(_HTML) for row in caption.rows)
    rows = f"<B>{rows}</B>" if style.bold else rows
    text = f'<FONT POINT-SIZE="{style.size:g}" COLOR="{colour}">{rows}</FONT>'
    return _text_node(f"_caption{index}", caption, high, text, f"caption {caption.role}")


def _text_node(name: str, place: Caption | Key, high: float, text: str, css: str) -> str:
    table = _table(f'<TR><TD ALIGN="LEFT" BALIGN="LEFT">{text}</TD></TR>', place.width)
    where = _place(place.x, place.y, place.width, place.height, high)
    return f'"{name}" [shape=plain class="{css}" {where} label=<{table}>];'


def _place(x: float, y: float, width: float, height: float, high: float) -> str:
    """Centre and size of a node; DOT counts y upwards and sizes in inches."""
    centre = f"{x + width / 2:g},{high - y - height / 2:g}"
    return f'pos="{centre}" width={width / 72:.5g} height={height / 72:.5g}'


def _table(rows: str, width: float) -> str:
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" WIDTH="{width:.0f}">{rows}</TABLE>'


def _box(box: Box, high: float, theme: Theme) -> str:
    paint = theme.boxes[box.kind]
    shape = "filled" if box.kind == "activity" else "rounded,filled"
    link = f' URL="{quoted(box.url)}" target="_blank"' if box.url.startswith(URL_SCHEMES) else ""
    return (
        f'"{box.id}" [id="{box.id}" class="{box.kind}" style="{shape}" fillcolor="{paint.fill}" color="{paint.line}" '
        f'{_place(box.x, box.y, box.width, box.height, high)} tooltip="{told(box.tooltip)}"{link} '
        f"label=<{_label(box, theme)}>];"
    )


def _label(box: Box, theme: Theme) -> str:
    room = box.width - 2 * INSET_X
    rows = []
    for index, line in enumerate(box.lines):
        if index:
            rows.append(f'<TR><TD HEIGHT="{LINE_GAP:g}"></TD></TR>')
        if line.role == "kpi":
            rows.append(f'<TR><TD ALIGN="LEFT">{_bulleted(line, box, theme, room)}</TD></TR>')
        else:
            rows.append(f'<TR><TD ALIGN="LEFT" BALIGN="LEFT">{_type(line, box, theme)}</TD></TR>')
    return _table("".join(rows), room)


def _bulleted(line: Line, box: Box, theme: Theme, room: float) -> str:
    bullet = _type(line._replace(rows=("•",)), box, theme)
    return _table(
        f'<TR><TD WIDTH="{BULLET_WIDTH:g}" ALIGN="LEFT" VALIGN="TOP">{bullet}</TD>'
        f'<TD WIDTH="{room - BULLET_WIDTH:.0f}" ALIGN="LEFT" BALIGN="LEFT">{_type(line, box, theme)}</TD></TR>',
        room,
    )


def _type(line: Line, box: Box, theme: Theme) -> str:
    style = style_of(box.kind, line.role)
    paint = theme.boxes[box.kind]
    rows = "<BR/>".join(row.translate(_HTML) for row in line.rows)
    if style.bold:
        rows = f"<B>{rows}</B>"
    return (
        f'<FONT POINT-SIZE="{style.size:g}" COLOR="{paint.text if line.role == "title" else paint.note}">{rows}</FONT>'
    )


def _arrow(arrow: Arrow, high: float, theme: Theme) -> str:
    colour = theme.arrow_feedback if arrow.feedback else theme.arrow_across if arrow.across else theme.arrow
    return (
        f'"{arrow.source}" -> "{arrow.target}" [id="{arrow.source}--{arrow.target}" class="link {arrow.strength}" '
        f'{_look(arrow, theme)} color="{colour}" pos="{spline(arrow.points, high)}" tooltip="{told(arrow.tooltip)}"];'
    )


def _look(arrow: Arrow, theme: Theme) -> str:
    stroke = theme.strokes[arrow.strength]
    head = "tee" if arrow.negative else "vee" if arrow.feedback else "onormal" if arrow.across else "normal"
    return f"style={stroke.style} penwidth={stroke.width:g} arrowhead={head}"


def spline(points: Sequence[Point], high: float) -> str:
    """The corners of an arrow as a spline with rounded corners, its head at the last point.

    >>> spline([(0, 20), (0, 0)], 20)
    'e,0,20 0,0 0,0 0,14 0,14'
    """
    (x, y), (tip_x, tip_y) = points[-2:]
    length = abs(tip_x - x) + abs(tip_y - y)
    back = min(HEAD, length / 2) / length if length else 0.0
    end = (tip_x + (x - tip_x) * back, tip_y + (y - tip_y) * back)
    knots = [points[0]]
    for before, corner, after in zip(points, points[1:-1], [*points[2:-1], end], strict=False):
        into, out = _toward(corner, before), _toward(corner, after)
        knots += [knots[-1], into, into, corner, corner, out]
    knots += [knots[-1], end, end]
    return f"e,{tip_x:g},{high - tip_y:g} " + " ".join(f"{x:g},{high - y:g}" for x, y in knots)


def _toward(corner: Point, other: Point) -> Point:
    """The point at the corner's radius, or half way, on the line to `other`."""
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(CORNER, length / 2) / length if length else 0.0
    return (
        round(corner[0] + (other[0] - corner[0]) * share, 2),
        round(corner[1] + (other[1] - corner[1]) * share, 2),
    )


def _rule(rule: Rule, index: int, high: float, theme: Theme) -> Iterator[str]:
    line = f'style=dashed penwidth=1.4 color="{theme.ceiling}" arrowhead=none'
    yield from _line(f"_ceiling{index}", ((rule.x, rule.y), (rule.x + rule.width, rule.y)), high, line, "ceiling")


def _line(name: str, points: tuple[Point, Point], high: float, look: str, css: str) -> Iterator[str]:
    """A line that is no link of the theory, between two invisible points."""
    for end, (x, y) in zip("ab", points, strict=True):
        yield f'"{name}{end}" [style=invis shape=point width=0 height=0 label="" pos="{x:g},{high - y:g}"];'
    (x, y), (tip_x, tip_y) = ((x, high - y) for x, y in points)
    tip, end_x = ("", tip_x) if "arrowhead=none" in look else (f"e,{tip_x:g},{tip_y:g} ", tip_x - HEAD)
    yield (
        f'"{name}a" -> "{name}b" [class="{css}" {look} '
        f'pos="{tip}{x:g},{y:g} {x:g},{y:g} {end_x:g},{tip_y:g} {end_x:g},{tip_y:g}"];'
    )


def _key(key: Key, index: int, high: float, theme: Theme) -> Iterator[str]:
    style = style_of("", "note")
    text = f'<FONT POINT-SIZE="{style.size:g}" COLOR="{theme.faint}">{key.text.translate(_HTML)}</FONT>'
    shifted = key._replace(x=key.x + 40, width=key.width - 40)
    yield _text_node(f"_key{index}", shifted, high, text, "caption key")
    sample = Arrow("", "", "strong", key.sample == "across", key.sample == "feedback", key.sample == "negative", "")
    if key.sample in theme.strokes:
        sample = sample._replace(strength=key.sample)  # type: ignore[arg-type]
    colour = {"across": theme.arrow_across, "feedback": theme.arrow_feedback}.get(key.sample, theme.arrow)
    middle = key.y + key.height / 2
    look = f'{_look(sample, theme)} color="{colour}"'
    yield from _line(f"_key{index}", ((key.x, middle), (key.x + 34, middle)), high, look, "key")


def told(text: str) -> str:
    """Text for a tooltip, in which the engine reads backslashes twice."""
    return quoted(text.replace("\\", "\\\\"))


def quoted(text: str) -> str:
    r"""Text for a quoted DOT string.

    >>> print(quoted('a "b" \\N'))
    a \"b\" \\N
    """
    return text.translate(_QUOTED)
