"""From places in points to the finished diagram on its paper: boxes in reading order, arrows, panels, captions and ceiling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from toc.diagram.layout.blueprint import Plan, name_of
from toc.diagram.layout.geometry import Laid
from toc.diagram.layout.joins import stems
from toc.diagram.layout.scene import Scene
from toc.diagram.looks.page import Drawn, paged, written
from toc.diagram.shapes import MARGIN, Area, Arrow, Box, Caption, Ceiling, Diagram, Group, Point
from toc.diagram.type.box_text import STYLES, wrapped
from toc.diagram.type.measures import width
from toc.model import Theory

CEILING_NAME: Final = 72.0  # the room for the name of the ceiling where its line is upright
CEILING_NAMED: Final = 16.0  # from the line to under its name
PANEL_FOOT: Final = 10.0


class Sheet(NamedTuple):
    """A plan with its places, and where on the paper they stand. A layout leads upwards; here it is turned."""

    plan: Plan
    scene: Scene
    starts: Mapping[int, int]  # the first row of each tier
    laid: Laid
    top: float

    @property
    def left(self) -> float:
        """Where the layout begins: beside the names of its rows, or at the margin where they stand over its columns."""
        return MARGIN if self.scene.turned else MARGIN + self.plan.captions

    def point(self, x: float, y: float) -> Point:
        """A place of the layout on the paper."""
        foot = self.laid.foot
        match self.plan.direction:
            case "up":
                pass
            case "down":
                y = foot - y
            case "right":
                x, y = foot - y, x
            case "left":
                x, y = y, x
        return round(self.left + x, 2), round(self.top + y, 2)

    def area(self, area: Area) -> Area:
        """A rectangle of the layout on the paper."""
        x, y, wide, high = area
        one, other = self.point(x, y), self.point(x + wide, y + high)
        return (
            min(one[0], other[0]), min(one[1], other[1]),
            round(abs(one[0] - other[0]), 2), round(abs(one[1] - other[1]), 2),
        )  # fmt: skip

    def parts(self) -> Iterator[tuple[str, Area]]:
        """The name of each part of the drawing, and where it reaches."""
        rows, wide = self.laid.rows, self.laid.wide
        starts: dict[str | int, int] = {"goal": 0} if self.plan.goals else {}
        if any(self.plan.columns):
            starts["pillar"] = len(self.plan.goals)
        first = len(self.plan.goals) + any(self.plan.columns)
        found: dict[str | int, int] = {**starts, **{tier: first + row for tier, row in self.starts.items()}}
        if "captions" in self.plan.hide:
            return
        for name, row in found.items():
            foot = max(self._feet(name))
            if self.plan.names.get(name):
                yield self.plan.names[name], self.area((0.0, rows[row], wide, foot - rows[row]))

    def _feet(self, name: str | int) -> Iterator[float]:
        """Where the boxes of a part end."""
        for id, (_, y, _, high) in zip(self.plan.ids, self.laid.areas, strict=True):
            tier = self.plan.tiers.get(id)
            if tier == name if tier is not None else (id in self.plan.columns) == (name == "pillar"):
                yield y + high


def finished(theory: Theory, plan: Plan, sheet: Sheet, arrows: Sequence[Arrow], title: Caption) -> Diagram:
    """The diagram, now that all places are known."""
    found = sheet.laid
    names = [*sheet.parts()]
    if sheet.scene.turned:  # names stand over their columns, which makes room for them
        over = [written("title", name, 0.0, 0.0, wide) for name, (_, _, wide, _) in names]
        over += [written("ceiling", plan.ceiling[1], 0.0, 0.0, CEILING_NAME)] if plan.ceiling else []
        high = max((caption.height for caption in over), default=0.0)
        sheet = sheet._replace(top=sheet.top + high + 8)
        names = [*sheet.parts()]
    boxes = {id: box_at(theory, plan, id, sheet.area(area)) for id, area in zip(plan.ids, found.areas, strict=True)}
    pointed = [
        arrow._replace(points=tuple(sheet.point(*point) for point in points))
        for arrow, points in zip(arrows, found.points, strict=True)
    ]
    own = stems((want.net, arrow.points) for want, arrow in zip(sheet.scene.wants, pointed, strict=True))
    ceilings = tuple(_ceilings(sheet))
    x, y, wide, high = sheet.area((0.0, 0.0, found.wide, found.foot))
    foot = y + high + (PANEL_FOOT if any(plan.columns) else 0.0)
    texts = tuple(_captions(sheet, names, ceilings, pointed))
    drawn = Drawn(
        boxes=tuple(boxes[id] for id in _in_reading_order(theory, plan.ids)),
        right=max([x + wide, *(one.x + one.width for one in texts)]) + MARGIN,
        foot=max([foot, *(rule.y + rule.height for rule in ceilings), *(one.y + one.height for one in texts)]),
        arrows=tuple(arrow._replace(stem=stem) for arrow, stem in zip(pointed, own, strict=True)),
        groups=tuple(_groups(theory, sheet, boxes, foot)),
        captions=texts,
        ceilings=ceilings,
        hide=plan.hide,
    )
    return paged(theory, plan.view, title, drawn, plan.notes)


def _in_reading_order(theory: Theory, ids: Sequence[str]) -> list[str]:
    place = {id: index for index, id in enumerate(theory.nodes)}
    return sorted(ids, key=lambda id: place.get(id, len(place)))


def box_at(theory: Theory, plan: Plan, id: str, area: Area) -> Box:
    """The box of a plan in its place."""
    x, y, wide, high = area
    kind, lines = plan.texts[id]
    if id in plan.more:
        return plan.more[id]._replace(lines=wrapped(kind, lines, wide), x=x, y=y, width=wide, height=high)
    node = theory.nodes[id]
    return Box(
        id=id, kind=kind, lines=wrapped(kind, lines, wide), tooltip="", url=node.url or "",
        x=x, y=y, width=wide, height=high, above_ceiling=node.above_ceiling,
        mark=plan.marks[id].mark if id in plan.marks else "",
    )  # fmt: skip


def _ceilings(sheet: Sheet) -> Iterator[Ceiling]:
    along, wide = sheet.laid.ceiling, sheet.laid.wide
    if along is None:
        return
    x, y, _, _ = sheet.area((0.0, along, wide, 0.0))
    if sheet.scene.turned:
        yield Ceiling(x, round(y - 4, 2), 0.0, round(wide + 8, 2))
    else:
        yield Ceiling(MARGIN, y, round(wide + sheet.plan.captions, 2))


def _groups(theory: Theory, sheet: Sheet, boxes: Mapping[str, Box], foot: float) -> Iterator[Group]:
    """A panel behind each column. Heads without anything under them need none."""
    columns = sheet.plan.columns
    if not any(columns) or not any(columns.values()):
        return
    top = min(boxes[head].y for head in columns if head)
    for head, (start, end) in zip(columns, sheet.laid.panels, strict=True):
        title = theory.pillars[head].title if head else ""
        x, _ = sheet.point(start, 0.0)
        yield Group(head, title, x, top, round(end - start, 2), round(foot - top, 2))


def _captions(
    sheet: Sheet, names: Sequence[tuple[str, Area]], ceilings: Sequence[Ceiling], arrows: Sequence[Arrow]
) -> Iterator[Caption]:
    """What the boxes of each part are, beside its first row or over its column, and the name of the ceiling."""
    turned = sheet.scene.turned
    for name, (x, y, wide, _) in names:
        caption = written("title", name, x, 0.0, wide) if turned else name_of(name, y, sheet.plan.captions)
        yield caption._replace(y=round(sheet.top - 8 - caption.height, 2)) if turned else caption
    for rule in ceilings:
        name = sheet.plan.ceiling[1] if sheet.plan.ceiling else ""
        if turned:
            caption = written("ceiling", name, rule.x - CEILING_NAME / 2, 0.0, CEILING_NAME)
            yield caption._replace(y=round(sheet.top - 8 - caption.height, 2))
            continue
        yield _on_the_line(name, rule, arrows, is_over=sheet.plan.direction == "down")


def _on_the_line(name: str, rule: Ceiling, arrows: Sequence[Arrow], *, is_over: bool) -> Caption:
    """The name of a level ceiling on the side of the line where no goal stands, in the first gap of the arrows that holds it."""
    style = STYLES["ceiling"]
    top = rule.y - CEILING_NAMED if is_over else rule.y
    passed = sorted(
        (min(x, to), max(x, to))
        for arrow in arrows
        for (x, y), (to, to_y) in pairwise(arrow.points)
        if min(y, to_y) < top + CEILING_NAMED and max(y, to_y) > top
    )
    gaps = []
    start = rule.x
    for left, right in [*passed, (rule.x + rule.width, 0.0)]:
        gaps.append((start, left - 4))
        start = max(start, right + 4)
    long = width(name, style.size, style.bold) + 1
    beyond = rule.x + rule.width + 4
    left, right = next((gap for gap in gaps if gap[1] - gap[0] >= long), (beyond, beyond + long))
    y = rule.y - 2 - style.leading if is_over else rule.y + 2
    return written("ceiling", name, left, y, right - left)
