"""From a layout to the finished diagram: boxes in reading order, arrows, panels, captions and ceiling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from toc.diagram.layout import placement as layouts
from toc.diagram.layout.grid import Grid
from toc.diagram.layout.placement import CAPTIONS, Layout, Say, laid_out
from toc.diagram.layout.routes import Trunk, Wanted, stems
from toc.diagram.looks.page import Drawn, paged, titled, under, written
from toc.diagram.shapes import MARGIN, Area, Arrow, Box, Caption, Ceiling, Diagram, Group, Point
from toc.diagram.tooltips import arrow_of
from toc.draw_options import SIDEWAYS, Direction
from toc.limits import in_time
from toc.model import Theory
from toc.model.values import Link

CEILING_TITLE: Final = "Accountability ceiling"
CAPTION_DROP: Final = 4.0  # from the top of a row to its name
CEILING_NAME: Final = 72.0  # the room for the ceiling's name where the line is upright


class Frame(NamedTuple):
    """Where on the paper a layout stands, and how it is turned.

    A layout runs upwards: its lanes from the left, its rows from the top. `depth` is how far its rows reach.
    """

    direction: Direction
    left: float
    top: float
    depth: float

    def point(self, across: float, along: float) -> Point:
        """A place of the layout on the paper."""
        match self.direction:
            case "up":
                return self.left + across, self.top + along
            case "down":
                return self.left + across, self.top + self.depth - along
            case "right":
                return self.left + self.depth - along, self.top + across
            case "left":
                return self.left + along, self.top + across

    def area(self, area: Area) -> Area:
        """A rectangle of the layout on the paper."""
        across, along, wide, long = area
        x, y = self.point(across, along)
        other_x, other_y = self.point(across + wide, along + long)
        return min(x, other_x), min(y, other_y), abs(other_x - x), abs(other_y - y)


class Heading(NamedTuple):
    """What the boxes of some rows are."""

    text: str
    first: int
    last: int


class Plan(NamedTuple):
    """What a view decides: where the boxes stand and what they say, which links are arrows, and notes at the foot."""

    view: str
    grid: Grid
    links: Sequence[Link]
    say: Say
    headings: Sequence[Heading]
    notes: tuple[str, ...] = ()
    direction: Direction = "up"


def assembled(theory: Theory, plan: Plan) -> Diagram:
    """The diagram that a view has planned."""
    in_time()
    grid, sideways = plan.grid, plan.direction in SIDEWAYS
    looks = [arrow_of(theory, link) for link in plan.links]
    wanted = [Wanted(arrow.source, arrow.target, _trunk(arrow)) for arrow in looks]
    layout = laid_out(grid, wanted, plan.say, {} if sideways else _least_heights(plan), sideways=sideways)
    in_time()
    title = titled(theory, layout.depth if sideways else len(grid.columns) * grid.slots * 150)
    frame = _framed(plan, layout, under(title))
    rules = tuple(_rules(layout, frame))
    foot = frame.top + (layout.width if sideways else layout.depth if plan.direction == "down" else layout.foot)
    if theory.pillars and "pillar" in grid.starts:
        foot += layouts.PANEL_FOOT
    foot = max([foot, *(rule.y + rule.height for rule in rules)])
    drawn = Drawn(
        boxes=tuple(_boxes(theory, layout, frame)),
        right=frame.left + (layout.depth if sideways else layout.width) + MARGIN,
        foot=foot,
        arrows=_pointed(layout, frame, looks, wanted),
        groups=tuple(_groups(theory, layout, frame, foot)),
        captions=tuple(_captions(plan, layout, frame, rules)),
        ceilings=rules,
    )
    return paged(theory, plan.view, title, drawn, plan.notes)


def _framed(plan: Plan, layout: Layout, top: float) -> Frame:
    """Where the layout stands: beside the names of its rows, or under those of its columns."""
    if not layout.sideways:
        return Frame(plan.direction, MARGIN + CAPTIONS, top, layout.depth)
    frame = Frame(plan.direction, MARGIN, top, layout.depth)
    rules = tuple(_rules(layout, frame))
    names = max((caption.height for caption in _captions(plan, layout, frame, rules)), default=0.0)
    return frame._replace(top=top + names + 8)


def _trunk(arrow: Arrow) -> Trunk:
    """Arrows of one look into one box share their trunk; a feedback loop keeps to itself."""
    if arrow.feedback:
        return (arrow.source, arrow.target)
    return (arrow.target, arrow.strength, arrow.across, arrow.negative)


def _pointed(layout: Layout, frame: Frame, arrows: Sequence[Arrow], wanted: Sequence[Wanted]) -> tuple[Arrow, ...]:
    """The arrows with their corners."""
    corners = []
    for arrow, way, want in zip(arrows, layout.found, wanted, strict=True):
        places = (frame.point(x, y) for x, y in layouts.points(layout, way, want.trunk))
        points = tuple((round(x, 2), round(y, 2)) for x, y in places)
        corners.append(points if way.lower == arrow.source else points[::-1])
    trunks = ((want.trunk, points) for want, points in zip(wanted, corners, strict=True))
    return tuple(
        arrow._replace(points=points, stem=stem)
        for arrow, points, stem in zip(arrows, corners, stems(trunks), strict=True)
    )


def _boxes(theory: Theory, layout: Layout, frame: Frame) -> Iterator[Box]:
    """The boxes in reading order; what is no node of the theory stands last."""
    nodes = (id for id in theory.nodes if id in layout.boxes)
    for id in (*nodes, *(id for id in layout.boxes if id not in theory.nodes)):
        x, y, width, height = (round(length, 2) for length in frame.area(layout.box(id)))
        yield layout.boxes[id]._replace(x=x, y=y, width=width, height=height)


def _groups(theory: Theory, layout: Layout, frame: Frame, foot: float) -> Iterator[Group]:
    grid = layout.grid
    if not theory.pillars or "pillar" not in grid.starts or max(grid.starts.values()) == grid.starts["pillar"]:
        return  # a head without a column needs no panel
    for index, pillar in enumerate(grid.columns):
        left, top = frame.point(layout.lefts[index * grid.pitch + 1], layout.tops[grid.starts["pillar"]])
        right, _ = frame.point(layout.lefts[(index + 1) * grid.pitch], 0)
        title = theory.pillars[pillar].title if pillar else ""
        yield Group(pillar, title, round(left, 2), round(top, 2), round(right - left, 2), round(foot - top, 2))


def _captions(plan: Plan, layout: Layout, frame: Frame, rules: Sequence[Ceiling]) -> Iterator[Caption]:
    """What the boxes of each part are, beside its first row or over its columns, and the name of the ceiling."""
    for heading in plan.headings:
        first, last = layout.tops[heading.first], layout.tops[heading.last + 1] - _gap_under(layout, heading.last)
        x, y, width, _ = frame.area((0.0, first, 0.0, last - first))
        if layout.sideways:
            caption = written("title", heading.text, x, 0.0, width)
            yield caption._replace(y=round(frame.top - 8 - caption.height, 2))
        else:
            yield _in_margin("eyebrow", heading.text, y + CAPTION_DROP)
    for rule in rules:
        if layout.sideways:
            caption = written("ceiling", CEILING_TITLE, rule.x - CEILING_NAME / 2, 0.0, CEILING_NAME)
            yield caption._replace(y=round(frame.top - 8 - caption.height, 2))
        else:
            caption = _in_margin("ceiling", CEILING_TITLE, 0)
            yield caption._replace(y=round(rule.y - 2 - caption.height, 2))


def _gap_under(layout: Layout, row: int) -> float:
    """The channel between a row and the next."""
    if row + 1 >= layout.grid.rows:
        return 0.0
    return layouts.channel_height(layout.grid, layout.tracks, row + 1, sideways=layout.sideways)


def _least_heights(plan: Plan) -> dict[int, float]:
    """How high a row must be at least for its name, and the ceiling's, to stand beside it."""
    least: dict[int, float] = {}
    for heading in plan.headings:
        high = CAPTION_DROP + _in_margin("eyebrow", heading.text, 0).height
        least.update(
            dict.fromkeys({heading.first, heading.last} if plan.direction == "down" else {heading.first}, high)
        )
    ceiling = plan.grid.ceiling
    if ceiling is not None:
        over = _in_margin("ceiling", CEILING_TITLE, 0).height - layouts.CEILING_DROP + 4
        least[ceiling - 1] = max(0.0, over) + least.get(ceiling - 1, 0.0)
    return least


def _in_margin(role: Literal["eyebrow", "ceiling"], text: str, y: float) -> Caption:
    return written(role, text, MARGIN, y, CAPTIONS - 4)


def _rules(layout: Layout, frame: Frame) -> Iterator[Ceiling]:
    along = layout.ceiling()
    if along is None:
        return
    x, y = frame.point(0.0, along)
    if layout.sideways:
        yield Ceiling(round(x, 2), round(frame.top - 4, 2), 0.0, round(layout.width + 8, 2))
    else:
        yield Ceiling(MARGIN, round(y, 2), round(layout.width + CAPTIONS, 2))
