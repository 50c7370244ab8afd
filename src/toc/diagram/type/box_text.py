"""From a node to the text of its box, wrapped, and its height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from toc.diagram.options import Asked
from toc.diagram.shapes import Box, Line, Point, Role, Sign
from toc.diagram.type.measures import is_right_to_left, unwrapped, wrap
from toc.guidance import badge_of
from toc.model import Theory
from toc.model.nodes import Activity, Node


class Style(NamedTuple):
    """A font size, its line height, both in points, and its weight."""

    size: float
    leading: float
    bold: bool


STYLES: Final[dict[Role, Style]] = {
    "heading": Style(17, 20.4, bold=True),
    "title": Style(11, 13.2, bold=True),
    "eyebrow": Style(10, 12, bold=True),
    "ceiling": Style(10, 12, bold=True),
    "kpi": Style(10, 12, bold=False),
    "item": Style(10, 12, bold=False),
    "badge": Style(10, 12, bold=False),
    "note": Style(10, 12, bold=False),
    "mark": Style(10, 12, bold=True),
}
GOAL_TITLE: Final = Style(14, 16.8, bold=True)
PILLAR_TITLE: Final = Style(12, 14.4, bold=True)
BOX_WIDTH: Final = 150.0
INSET_X: Final = 8.0
INSET_Y: Final = 6.0
LINE_GAP: Final = 3.0  # between one line of a box and the next
BULLET_WIDTH: Final = 7.0
ICON: Final = 8.0  # the side of a badge, and of the sign of a status
ICON_WIDTH: Final = 12.0  # with the room beside it
INDENTS: Final[dict[Role, float]] = {"kpi": BULLET_WIDTH, "item": BULLET_WIDTH, "badge": ICON_WIDTH}


def style_of(kind: str, role: Role) -> Style:
    """The type in which a box of some kind sets a line."""
    if role == "title":
        return GOAL_TITLE if kind == "goal" else PILLAR_TITLE if kind == "pillar" else STYLES["title"]
    return STYLES[role]


def lines_of(
    theory: Theory, node: Node, asked: Asked, kpis: Iterable[Line] = (), eyebrow: str = ""
) -> tuple[Line, ...]:
    """What a node's box says, not yet wrapped: its title, how to measure an activity, its KPIs.

    A mark, where there is one, stands last.
    """
    lines = [said("eyebrow", eyebrow)] if eyebrow else []
    lines.append(said("title", node.title))
    if isinstance(node, Activity) and "badges" not in asked.hide:
        lines.append(said("badge", badge_of(theory, node)))
    lines += kpis
    lines += (said("note", text) for text in asked.links_out.get(node.id, ()))
    if node.id in asked.marks and asked.marks[node.id].words:
        lines.append(said("mark", asked.marks[node.id].words))
    return tuple(lines)


def said(role: Role, text: str) -> Line:
    """A text that is not yet wrapped."""
    return Line(role, (), text)


def wrapped(kind: str, lines: Iterable[Line], width: float) -> tuple[Line, ...]:
    """The lines of a box of some kind, wrapped into its width."""
    room = width - 2 * INSET_X
    return tuple(
        line(kind, one.role, one.text, room - indent_of(one))._replace(about=one.about, status=one.status)
        for one in lines
    )


def indent_of(line: Line) -> float:
    """How much narrower than its box a line is set, for what stands before it."""
    return ICON_WIDTH if line.status else INDENTS.get(line.role, 0.0)


def line(kind: str, role: Role, text: str, room: float) -> Line:
    """A text of a box of some kind, wrapped into the room there is."""
    style = style_of(kind, role)
    return Line(role, wrap(text, room, style.size, style.bold, balance=role == "title"), unwrapped(text))


def box_of(node: Node, lines: Iterable[Line], width: float, asked: Asked) -> Box:
    """A node's box before it has its place: as wide as it may be, and as high as its lines need."""
    lines = wrapped(node.kind, lines, width)
    return Box(
        id=node.id,
        kind=node.kind,  # type: ignore[arg-type]  # a KPI is no box
        lines=lines,
        tooltip="",
        url=node.url or "",
        x=0.0,
        y=0.0,
        width=width,
        height=height_of(node.kind, lines),
        above_ceiling=node.above_ceiling,
        mark=asked.marks[node.id].mark if node.id in asked.marks else "",
    )


def height_of(kind: str, lines: Iterable[Line]) -> float:
    """The height that a box needs for its lines."""
    height = 2 * INSET_Y - LINE_GAP
    for one in lines:
        height += LINE_GAP + len(one.rows) * style_of(kind, one.role).leading
    return height


def badge_centre(box: Box) -> Point:
    """Where the icon of a box's badge line stands: beside the line's first row, or in the middle of a box without a line."""
    if not box.lines:
        return box.x + box.width / 2, box.y + box.height / 2
    for one, y in _first_rows(box):
        if one.role == "badge":
            return box.x + INSET_X + ICON / 2, y
    raise ValueError(f"the box {box.id!r} has no badge line")


def signs_of(box: Box) -> Iterator[Sign]:
    """The signs of the lines of a box that tell how KPIs stand, each where its line is read from."""
    for one, y in _first_rows(box):
        if one.status:
            side = INSET_X + ICON / 2
            x = box.x + box.width - side if is_right_to_left(one.text) else box.x + side
            yield Sign(one.status, box.kind, x, y)


def _first_rows(box: Box) -> Iterator[tuple[Line, float]]:
    """The lines of a box, and where the middle of the first row of each is."""
    y = box.y + INSET_Y
    for one in box.lines:
        leading = style_of(box.kind, one.role).leading
        yield one, y + leading / 2
        y += len(one.rows) * leading + LINE_GAP
