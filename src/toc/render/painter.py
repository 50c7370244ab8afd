"""A diagram painted as the elements of an SVG, one tag a line: what is drawn where, and in which colours and strokes.

Every place comes from the diagram. What stands around a part, its id, its title and its links, is said by `Frames`: the
picture by itself and the page to explore have theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import hypot
from typing import Final, NamedTuple, Protocol

from toc.diagram.looks.legend import sample_of, text_place
from toc.diagram.looks.themes import LineStyle, Stroke, Theme
from toc.diagram.shapes import Arrow, Box, Caption, Ceiling, Diagram, Group, Key, Point, Role, Sign
from toc.diagram.type.box_text import (
    BULLET_WIDTH,
    ICON,
    ICON_WIDTH,
    INSET_X,
    INSET_Y,
    LINE_GAP,
    badge_centre,
    signs_of,
    style_of,
)
from toc.diagram.type.measures import is_right_to_left
from toc.model.mappings import FrozenDict
from toc.monitoring.statuses import MARKS
from toc.render.markup import plain_text
from toc.render.outlines import DASH, ICONS, INDENTS, RING, bends, dash, head

BASELINE: Final = 0.79  # of a row's height: there Arial has as much room above its letters as below
ROUND: Final = (
    12.0  # radius of the corners of boxes and panels; a third of the height of what is lower than three of it
)
DASHES: Final[Mapping[LineStyle, str]] = FrozenDict({"dashed": "5,2", "dotted": f"{DASH:g},{DASH:g}"})


class Frames(Protocol):
    """The tags that stand before and after a part: a group with whatever it is to be known by."""

    def panel(self, group: Group) -> tuple[str, str]:
        """Around the panel behind a column."""

    def box(self, box: Box) -> tuple[str, str]:
        """Around the shape of a box and all that it says."""

    def badge(self, box: Box, said: str) -> tuple[str, str]:
        """Around the icon of a box, which stands for what is said beside it."""

    def arrow(self, arrow: Arrow) -> tuple[str, str]:
        """Around the line of an arrow and its head."""


class Face(NamedTuple):
    """How a line of text is set: its attributes, how far its rows are apart, and where in a row the letters stand."""

    look: str
    leading: float
    baseline: float


class Numbers(dict[float, str]):
    """Lengths as they are written, with two decimals at most, and curves around corners. Most occur many times in a drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.curves: dict[tuple[Point, Point], str] = {}

    def __missing__(self, length: float) -> str:
        text = f"{length:.2f}"
        if text[-1] == "0":
            text = text.rstrip("0").rstrip(".")
        self[length] = text = "0" if text == "-0" else text
        return text

    def curve(self, before: Point, behind: Point) -> str:
        """A curve from a point before a corner to one behind it."""
        half = f"{self[before[0]]},{self[before[1]]}"
        found = f"c{half} {half} {self[before[0] + behind[0]]},{self[before[1] + behind[1]]}"
        self.curves[before, behind] = found
        return found


def painted(diagram: Diagram, theme: Theme, frames: Frames) -> list[str]:
    """The elements from the paper to the legend, what lies behind first; boxes in reading order."""
    brush = _Brush(theme)
    x, y, wide, high = diagram.sheet
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    found = [f'<polygon fill="{escape(theme.paper)}" class="paper" points="{brush.corners(corners)}"/>']
    found += [f'<polygon {brush.band} class="band" points="{brush.corners(band.points)}"/>' for band in diagram.bands]
    for group in diagram.groups:
        begin, end = frames.panel(group)
        found += begin, brush.rounded(group, brush.panel), end
    for caption in diagram.captions:
        found += f'<g class="node caption {caption.role}">', *brush.caption(caption), "</g>"
    for box in diagram.boxes:
        begin, end = frames.box(box)
        found += begin, *brush.box(box), end
        if box.badge:
            begin, end = frames.badge(box, _said_beside(box))
            found += begin, brush.badge(box), end
    for arrow in diagram.arrows:
        begin, end = frames.arrow(arrow)
        found += begin, *brush.arrow(arrow), end
    found += (f'<g class="edge ceiling">\n{brush.ceiling(rule)}\n</g>' for rule in diagram.ceilings)
    for key in diagram.legend:
        found += brush.sample(sample_of(key))
        found += '<g class="node caption key">', *brush.key(key), "</g>"
    return found


def _said_beside(box: Box) -> str:
    return " ".join([row for line in box.lines if line.role == "badge" for row in line.rows])


def way(arrow: Arrow, at: Numbers) -> str:
    """The painted way of an arrow as the data of a path: to each corner, then around it in a curve."""
    (x, y), (corners, end) = arrow.stem[0], bends(arrow)
    found = [f"M{at[x]},{at[y]}"]
    for (corner_x, corner_y), before, behind in corners:
        found.append(_to(at, x, y, corner_x - before[0], corner_y - before[1]))
        found.append(at.curves.get((before, behind)) or at.curve(before, behind))
        x, y = corner_x + behind[0], corner_y + behind[1]
    found.append(_to(at, x, y, *end))
    return "".join(found)


def _to(at: Numbers, x: float, y: float, next_x: float, next_y: float) -> str:
    """A straight piece, in as few words as a path has for it."""
    if x == next_x:
        return f"V{at[next_y]}" if y != next_y else ""
    return f"H{at[next_x]}" if y == next_y else f"L{at[next_x]},{at[next_y]}"


class _Brush:
    """What is painted in one drawing. Looks are put together once for each that occurs."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.at = Numbers()
        self.band = f'fill="{escape(theme.band)}" stroke="{escape(theme.panel_line)}"'
        self.panel = f'fill="{escape(theme.panel)}" stroke="{escape(theme.panel_line)}"'
        self._faces: dict[tuple[str, Role], Face] = {}
        self._borders: dict[tuple[str, str], str] = {}
        self._lines: dict[tuple[object, ...], tuple[str, str, float]] = {}
        self._heads: dict[tuple[object, ...], list[tuple[str, list[Point]]]] = {}
        self._curves: dict[float, tuple[str, ...]] = {}

    def corners(self, points: Iterable[Point]) -> str:
        at = self.at
        return " ".join([f"{at[x]},{at[y]}" for x, y in points])

    def rounded(self, place: Group | Box, look: str) -> str:
        """A shape with rounded corners, which are curves between the sides."""
        at, (wide, high) = self.at, (place.width, place.height)
        radius = min(ROUND, wide / 3, high / 3)
        if radius not in self._curves:
            r, half = at[radius], at[radius / 2]
            turns = ((half, "0", r, half, r, r), ("0", half, f"-{half}", r, f"-{r}", r),
                     (f"-{half}", "0", f"-{r}", f"-{half}", f"-{r}", f"-{r}"), ("0", f"-{half}", half, f"-{r}", r, f"-{r}"))  # fmt: skip
            self._curves[radius] = tuple("c" + ",".join(turn) for turn in turns)
        one, two, three, four = self._curves[radius]
        across, down = wide - 2 * radius, high - 2 * radius
        return (
            f'<path {look} d="M{at[place.x + radius]},{at[place.y]}h{at[across]}{one}v{at[down]}{two}'
            f'h{at[-across]}{three}v{at[-down]}{four}z"/>'
        )

    def box(self, box: Box) -> list[str]:
        """The shape of a box and the lines in it, from the top."""
        x, y = box.x, box.y
        look = self._borders.get((box.kind, box.mark)) or self._border(box)
        if box.kind == "activity":
            right, foot = x + box.width, y + box.height
            found = [f'<polygon {look} points="{self.corners(((x, y), (right, y), (right, foot), (x, foot)))}"/>']
        else:
            found = [self.rounded(box, look)]
        y += INSET_Y
        for line in box.lines:
            face = self._faces.get((box.kind, line.role)) or self._face(box.kind, line.role)
            turned = is_right_to_left(line.text)
            edge = x + box.width - INSET_X if turned else x + INSET_X
            start = edge if turned else edge + INDENTS.get(line.role, 0.0)
            if line.status:
                start = edge - ICON_WIDTH if turned else edge + ICON_WIDTH
            elif line.role == "kpi":  # whose bullet stands where the line is read from
                found += self._rows("•", (edge, y), face, turned=turned)
                start = edge - BULLET_WIDTH if turned else start
            found += self._rows(line.rows, (start, y), face, turned=turned)
            y += len(line.rows) * face.leading + LINE_GAP
        found += (self.sign(sign) for sign in signs_of(box))
        return found

    def _border(self, box: Box) -> str:
        colour, stroke = self.theme.of_box(box)
        fill = escape(self.theme.boxes[box.kind].fill)
        look = self._borders[box.kind, box.mark] = f'fill="{fill}" {_stroked(colour, stroke)}'
        return look

    def _face(self, kind: str, role: Role) -> Face:
        """How a line of a box of some kind is set, or where there is no kind a caption."""
        style, theme = style_of(kind, role), self.theme
        if kind:
            paint = theme.boxes[kind]  # type: ignore[index]  # a box has no other kind
            colour = paint.text if role == "title" else paint.note
        else:
            colour = {"heading": theme.ink, "ceiling": theme.ceiling}.get(role, theme.faint)
        bold = ' font-weight="bold"' if style.bold else ""
        look = f'font-size="{style.size:g}"{bold} fill="{escape(colour)}"'
        face = self._faces[kind, role] = Face(look, style.leading, style.leading * BASELINE)
        return face

    def _rows(self, rows: Sequence[str], place: Point, face: Face, *, turned: bool) -> list[str]:
        """Rows from their left edge on, or letters read from right to left from the right, whatever their width."""
        side = ' direction="rtl"' if turned else ""
        x, top, at = self.at[place[0]], place[1] + face.baseline, self.at
        return [
            f'<text{side} x="{x}" y="{at[top + number * face.leading]}" {face.look}>{written(row)}</text>'
            for number, row in enumerate(rows)
            if row
        ]

    def badge(self, box: Box) -> str:
        """The icon of an activity: each approach has a shape of its own."""
        (x, y), half, at = badge_centre(box), ICON / 2, self.at
        paint = self.theme.boxes[box.kind]
        fill = self.theme.paper if box.badge == "open" else paint.line
        look = f'fill="{escape(fill)}" {_stroked(paint.note, Stroke("solid", 0.8))}'
        if box.badge not in ICONS:
            return f'<ellipse {look} cx="{at[x]}" cy="{at[y]}" rx="{at[half]}" ry="{at[half]}"/>'
        return (
            f'<polygon {look} points="{self.corners((x + dx * half, y + dy * half) for dx, dy in ICONS[box.badge])}"/>'
        )

    def sign(self, sign: Sign) -> str:
        """The sign of how KPIs stand: each status has a shape of its own."""
        (x, y), half, at, mark = (sign.x, sign.y), ICON / 2, self.at, MARKS[sign.status]
        colour = self.theme.of_sign(sign)
        look = f'class="sign {sign.status}" fill="{escape(colour)}"'
        if mark.corners:
            return (
                f'<polygon {look} points="{self.corners((x + dx * half, y + dy * half) for dx, dy in mark.corners)}"/>'
            )
        if not mark.filled:
            look = f'class="sign {sign.status}" fill="none" {_stroked(colour, RING)}'
            half -= RING.width / 2
        return f'<ellipse {look} cx="{at[x]}" cy="{at[y]}" rx="{at[half]}" ry="{at[half]}"/>'

    def arrow(self, arrow: Arrow) -> list[str]:
        """The line of an arrow, and its head where it has one."""
        key = (arrow.mark, arrow.feedback, arrow.across, arrow.negative, arrow.strength, arrow.flow)
        line, look, width = self._lines.get(key) or self._line(key, arrow)
        at = self.at
        if self.theme.of_arrow(arrow).stroke.style == "dotted" and (short := dash(arrow)) < DASH:
            line = line.replace(DASHES["dotted"], f"{at[short]},{at[short]}")
        found = [f'<path {line} d="{way(arrow, at)}"/>']
        if not arrow.joins:
            (from_x, from_y), (x, y) = arrow.stem[-2:]
            length = hypot(from_x - x, from_y - y) or 1.0
            back = (from_x - x) / length, (from_y - y) / length
            if (key, back) not in self._heads:
                self._heads[key, back] = list(head(arrow, width, back))
            for element, places in self._heads[key, back]:
                points = " ".join([f"{at[x + dx]},{at[y + dy]}" for dx, dy in places])
                found.append(f'<{element} {look} points="{points}"/>')
        return found

    def _line(self, key: tuple[object, ...], arrow: Arrow) -> tuple[str, str, float]:
        """How the line of an arrow looks, and its head, and how wide it is."""
        colour, stroke = self.theme.of_arrow(arrow)
        solid = _stroked(colour, Stroke("solid", stroke.width))
        fill = "none" if arrow.is_hollow and not (arrow.negative or arrow.is_open) else escape(colour)
        look = f'fill="none" {_stroked(colour, stroke)}', f'fill="{fill}" {solid}', stroke.width
        self._lines[key] = look
        return look

    def caption(self, caption: Caption) -> list[str]:
        """The rows of a text that stands by itself."""
        face = self._faces.get(("", caption.role)) or self._face("", caption.role)
        turned = is_right_to_left(caption.text)
        x = caption.x + caption.width if turned else caption.x
        return self._rows(caption.rows, (x, caption.y), face, turned=turned)

    def sample(self, sample: Arrow | Box | Sign) -> list[str]:
        """What an entry of the legend shows."""
        if isinstance(sample, Sign):
            return ['<g class="node key">', self.sign(sample), "</g>"]
        if isinstance(sample, Arrow):
            return ['<g class="edge key">', *self.arrow(sample), "</g>"]
        icon = [self.badge(sample)] if sample.badge else []
        return ['<g class="node key">', *self.box(sample), *icon, "</g>"]

    def key(self, key: Key) -> list[str]:
        """The text of an entry of the legend."""
        place = text_place(key)
        return self.caption(Caption("note", (key.text,), key.text, place.x, place.y, place.width, place.height))

    def ceiling(self, rule: Ceiling) -> str:
        at = self.at
        look = _stroked(self.theme.ceiling, Stroke("dashed", 1.4))
        return f'<path fill="none" {look} d="M{at[rule.x]},{at[rule.y]}L{at[rule.x + rule.width]},{at[rule.y + rule.height]}"/>'


def _stroked(colour: str, stroke: Stroke) -> str:
    wide = "" if stroke.width == 1 else f' stroke-width="{stroke.width:g}"'
    dashes = f' stroke-dasharray="{DASHES[stroke.style]}"' if stroke.style in DASHES else ""
    return f'stroke="{escape(colour)}"{wide}{dashes}'


def written(text: str) -> str:
    """What people wrote, as text of an element, on one line."""
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text:
        text = text.replace("\r", "").replace("\n", "&#10;")
    return plain_text(text)
