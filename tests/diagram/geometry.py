"""What must hold for the places in any drawing, each rule told as the sentences of how it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from toc.diagram import Arrow, Box, Ceiling, Diagram
from toc.diagram.type.box_text import BULLET_WIDTH, ICON_WIDTH, INSET_X, STYLES, height_of, style_of
from toc.diagram.type.measures import width
from toc.model import Theory
from toc.model.values import Link

SLACK: Final = 0.05  # places are rounded to hundredths of a point
MOST_BENDS: Final = 5  # four, but where no way has so few
ON_ONE_ANOTHER: Final = 1.0  # so much of two lines may coincide, in points: where they touch

Point = tuple[float, float]


class Area(NamedTuple):
    """A rectangle and what to call it."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Area) -> bool:
        return (
            self.left - SLACK <= other.left
            and other.right <= self.right + SLACK
            and self.top - SLACK <= other.top
            and other.bottom <= self.bottom + SLACK
        )

    def meets(self, other: Area) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK
        )

    def is_cut_by(self, start: Point, end: Point) -> bool:
        """Whether a level or upright line passes through the inside."""
        (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        return (
            left < self.right - SLACK
            and right > self.left + SLACK
            and top < self.bottom - SLACK
            and bottom > self.top + SLACK
        )

    def has_on_its_border(self, point: Point) -> bool:
        x, y = point
        upright = min(abs(x - self.left), abs(x - self.right)) <= SLACK and self.top - SLACK <= y <= self.bottom + SLACK
        level = min(abs(y - self.top), abs(y - self.bottom)) <= SLACK and self.left - SLACK <= x <= self.right + SLACK
        return upright or level


def area(name: str, part: Box) -> Area:
    return Area(name, part.x, part.y, part.x + part.width, part.y + part.height)


def told_by_column(theory: Theory, link: Link) -> bool:
    """Whether a link is shown by where its source stands, and so by no arrow."""
    is_plain = not link.feedback and link.sign != "-"
    return is_plain and link.target in theory.pillars and theory.columns.get(link.source) == link.target


def everything_is_drawn(theory: Theory, diagram: Diagram) -> Iterator[str]:
    """Every node but a KPI is one box, every KPI one line in each box it measures, every link an arrow or its column."""
    nodes = [id for id, node in theory.nodes.items() if node.kind != "kpi"]
    boxes = [box.id for box in diagram.boxes]
    if sorted(boxes) != sorted(nodes):
        yield f"the boxes are {boxes} and the nodes {nodes}"
    lines = sorted((line.about, box.id) for box in diagram.boxes for line in box.lines if line.role == "kpi")
    measured = sorted(kpis_drawn(theory))
    if lines != measured:
        yield f"the KPI lines are {lines} and the KPIs measure {measured}"
    arrows = sorted((arrow.source, arrow.target) for arrow in diagram.arrows)
    links = sorted((link.source, link.target) for link in theory.links if not told_by_column(theory, link))
    if arrows != links:
        yield f"the arrows are {arrows} and the links {links}"


def kpis_drawn(theory: Theory) -> Iterator[tuple[str, str]]:
    """Each KPI with each box that it measures; of those of a head alone the first."""
    heads: set[str] = set()
    for id, kpi in theory.kpis.items():
        stands_below = {theory.nodes[node].kind for node in kpi.measures} - {"goal", "pillar"}
        for node in set(kpi.measures):
            if node not in theory.pillars:
                yield id, node
            elif not stands_below and node not in heads:
                heads.add(node)
                yield id, node


def boxes_keep_apart(theory: Theory, diagram: Diagram) -> Iterator[str]:
    paper = Area("the paper", 0, 0, diagram.width, diagram.height)
    parts = solid_parts(diagram)
    yield from (f"{part.name} leaves the paper" for part in parts if not paper.covers(part))
    yield from (f"{one.name} overlaps {other.name}" for one, other in combinations(parts, 2) if one.meets(other))


def solid_parts(diagram: Diagram) -> list[Area]:
    """All that nothing else may cover: boxes, captions and the entries of the legend."""
    return [
        *(area(f"the box {box.id}", box) for box in diagram.boxes),
        *(
            Area(f"the caption {' '.join(it.rows)!r}", it.x, it.y, it.x + ink(it.role, it.rows), it.y + it.height)
            for it in diagram.captions
        ),
        *(Area(f"the key {key.sample}", key.x, key.y, key.x + key.width, key.y + key.height) for key in diagram.legend),
    ]


def ink(role: str, rows: Sequence[str]) -> float:
    style = STYLES[role]  # type: ignore[index]
    return max((width(row, style.size, style.bold) for row in rows), default=0.0)


def boxes_stand_in_their_column(theory: Theory, diagram: Diagram) -> Iterator[str]:
    panels = {group.id: area(f"the panel of {group.id!r}", group) for group in diagram.groups}  # type: ignore[arg-type]
    for one, other in combinations(panels.values(), 2):
        if one.meets(other):
            yield f"{one.name} overlaps {other.name}"
    if all(box.kind in {"goal", "pillar"} for box in diagram.boxes):
        return  # a head without a column has no panel
    if theory.pillars and [group.id for group in diagram.groups if group.id] != list(theory.pillars):
        yield f"the panels are {list(panels)} and the pillars {list(theory.pillars)}"
    for box in diagram.boxes:
        if box.kind == "goal":
            continue
        column = box.id if box.kind == "pillar" else theory.columns.get(box.id) or ""
        for id, panel in panels.items():
            inside = panel.covers(area(box.id, box)) if id == column else panel.meets(area(box.id, box))
            if inside != (id == column):
                yield f"the box {box.id} of the column {column!r} stands wrong with {panel.name}"


def text_fits_its_box(theory: Theory, diagram: Diagram) -> Iterator[str]:
    for box in diagram.boxes:
        for line in box.lines:
            style = style_of(box.kind, line.role)
            before = ICON_WIDTH if line.status else BULLET_WIDTH if line.role == "kpi" else 0
            room = box.width - 2 * INSET_X - before
            for row in line.rows:
                if width(row, style.size, style.bold) > room + SLACK:
                    yield f"{row!r} is too wide for the box {box.id}"
        if height_of(box.kind, box.lines) > box.height + SLACK:
            yield f"the lines of the box {box.id} are too high for it"


def captions_fit_their_place(theory: Theory, diagram: Diagram) -> Iterator[str]:
    for caption in diagram.captions:
        if ink(caption.role, caption.rows) > caption.width + SLACK:
            yield f"{caption.rows} is too wide for its place"
        if len(caption.rows) * STYLES[caption.role].leading > caption.height + SLACK:
            yield f"{caption.rows} is too high for its place"


def arrows_run_from_border_to_border(theory: Theory, diagram: Diagram) -> Iterator[str]:
    boxes = {box.id: area(box.id, box) for box in diagram.boxes}
    for arrow in diagram.arrows:
        name = f"the arrow {arrow.source} -> {arrow.target}"
        if len(arrow.points) < 2 or arrow.points[0] == arrow.points[-1]:
            yield f"{name} has no length"
            continue
        if not boxes[arrow.source].has_on_its_border(arrow.points[0]):
            yield f"{name} does not begin at its source"
        if not boxes[arrow.target].has_on_its_border(arrow.points[-1]):
            yield f"{name} does not end at its target"
        for start, end in pairwise(arrow.points):
            if min(abs(start[0] - end[0]), abs(start[1] - end[1])) > SLACK:
                yield f"{name} runs aslant from {start} to {end}"
        (x, y), (tip_x, tip_y) = arrow.points[-2:]
        if abs(x - tip_x) + abs(y - tip_y) < 3:
            yield f"{name} has no room for its head"


def arrows_pass_through_nothing(theory: Theory, diagram: Diagram) -> Iterator[str]:
    parts = solid_parts(diagram)
    paper = Area("the paper", 0, 0, diagram.width, diagram.height)
    for arrow in diagram.arrows:
        for start, end in pairwise(arrow.points):
            name = f"the arrow {arrow.source} -> {arrow.target} ({start} to {end})"
            yield from (f"{name} passes through {part.name}" for part in parts if part.is_cut_by(start, end))
            if not all(paper.covers(Area("", x, y, x, y)) for x, y in (start, end)):
                yield f"{name} leaves the paper"


def bends_of(points: Sequence[Point]) -> int:
    """How often a way turns."""
    level = [abs(start[1] - end[1]) <= SLACK for start, end in pairwise(points) if start != end]
    return sum(one != other for one, other in pairwise(level))


def arrows_turn_four_times_at_most(theory: Theory, diagram: Diagram) -> Iterator[str]:
    for arrow in diagram.arrows:
        if (turns := bends_of(arrow.points)) > MOST_BENDS:
            yield f"the arrow {arrow.source} -> {arrow.target} turns {turns} times"


def nothing_leads_down(theory: Theory, diagram: Diagram) -> Iterator[str]:
    """Feedback aside; beside one another boxes may stand."""
    for arrow in diagram.arrows:
        if not arrow.feedback and arrow.points[-1][1] > arrow.points[0][1] + SLACK:
            yield f"the arrow {arrow.source} -> {arrow.target} leads down"


def trunk(arrow: Arrow) -> object:
    """Arrows that look alike and lead to one box may run together."""
    if arrow.feedback or arrow.flow == "reciprocates":
        return arrow.source, arrow.target
    return arrow.target, arrow.flow or arrow.strength, arrow.across, arrow.negative


def lines_keep_apart(theory: Theory, diagram: Diagram) -> Iterator[str]:
    for one, other in combinations(diagram.arrows, 2):
        if trunk(one) == trunk(other):
            continue
        for first in pairwise(one.points):
            for second in pairwise(other.points):
                if one.source == other.source and first[0] == one.points[0] and second[0] == other.points[0]:
                    continue  # they leave their box together
                if (shared := shared_length(first, second)) > ON_ONE_ANOTHER:
                    yield (
                        f"{one.source} -> {one.target} and {other.source} -> {other.target} lie on one another for "
                        f"{shared:.1f} points at {first}"
                    )


def shared_length(first: tuple[Point, Point], second: tuple[Point, Point]) -> float:
    """How much of two level or upright lines coincides."""
    for across, along in ((0, 1), (1, 0)):
        places = [point[across] for point in (*first, *second)]
        if max(places) - min(places) < 0.5:
            (low, high), (other_low, other_high) = (sorted(point[along] for point in line) for line in (first, second))
            return max(0.0, min(high, other_high) - max(low, other_low))
    return 0.0


def goals_span_the_width(theory: Theory, diagram: Diagram) -> Iterator[str]:
    rows: dict[float, list[Box]] = {}
    for box in diagram.boxes:
        if box.kind == "goal":
            rows.setdefault(box.y, []).append(box)
    others = [box for box in diagram.boxes if box.kind != "goal"]
    left, right = min(box.x for box in diagram.boxes), max(box.x + box.width for box in diagram.boxes)
    for number, (_, row) in enumerate(sorted(rows.items())):
        ends = min(box.x for box in row) - left, right - max(box.x + box.width for box in row)
        if not number and max(ends) > 12:  # beside lower goals lines may pass
            yield f"the goals {[box.id for box in row]} do not span from {left} to {right}"
        for other in others:
            if other.y < row[0].y + row[0].height:
                yield f"{other.id} stands beside or above a goal"


def ceiling_stands_under_the_goals_above_it(theory: Theory, diagram: Diagram) -> Iterator[str]:
    above = {id for id, goal in theory.goals.items() if goal.above_ceiling}
    if len(diagram.ceilings) != bool(above):
        yield f"there are {len(diagram.ceilings)} ceilings for the goals {above}"
    if sum(caption.role == "ceiling" for caption in diagram.captions) != bool(above):
        yield "the ceiling has not exactly one name"
    for rule in diagram.ceilings:
        for box in diagram.boxes:
            if box.id in above and box.y + box.height >= rule.y:
                yield f"{box.id} is not above the ceiling"
            if box.id not in above and box.y <= rule.y:
                yield f"{box.id} is not below the ceiling"


def the_ceiling_divides(theory: Theory, diagram: Diagram) -> Iterator[str]:
    """The goals above the ceiling stand on one side of it and all else on the other, whichever way the drawing leads."""
    above = [box for box in diagram.boxes if box.id in theory.goals and theory.goals[box.id].above_ceiling]
    others = [box for box in diagram.boxes if box not in above]
    if len(diagram.ceilings) != bool(above) and (others or len(diagram.ceilings) > 1):
        yield f"there are {len(diagram.ceilings)} ceilings for {len(above)} goals above it"
    if sum(caption.role == "ceiling" for caption in diagram.captions) != len(diagram.ceilings):
        yield "the ceiling has not exactly one name"
    for rule in diagram.ceilings:
        level = rule.height == 0
        sides = [_sides(above, rule, level=level), _sides(others, rule, level=level)]
        if any(len(side) > 1 or 0 in side for side in sides) or sides[0] == sides[1]:
            yield f"the ceiling does not divide the goals above it from the others: {sides}"


def _sides(boxes: Sequence[Box], rule: Ceiling, *, level: bool) -> set[int]:
    """On which sides of the ceiling boxes stand: -1 before it, 1 after it, 0 on it."""
    spans = [(box.y, box.y + box.height, rule.y) if level else (box.x, box.x + box.width, rule.x) for box in boxes]
    return {-1 if end < at else 1 if start > at else 0 for start, end, at in spans}


def causes_stand_before(direction: str, diagram: Diagram) -> Iterator[str]:
    """No arrow but feedback leads back to a box that stands behind its source; beside one another they may stand."""
    boxes = {box.id: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        source, target = boxes[arrow.source], boxes[arrow.target]
        is_back = {
            "up": target.y >= source.y + source.height,
            "down": source.y >= target.y + target.height,
            "right": source.x >= target.x + target.width,
            "left": target.x >= source.x + source.width,
        }[direction]
        if is_back and not arrow.feedback:
            yield f"{arrow.target} stands behind {arrow.source}, which leads to it"


def boxes_stand_in_reading_order(theory: Theory, diagram: Diagram) -> Iterator[str]:
    kinds = ["goal", "pillar", "outcome", "output", "activity", "input"]
    order = [kinds.index(box.kind) for box in diagram.boxes]
    if order != sorted(order):
        yield f"the boxes stand in the order {[box.kind for box in diagram.boxes]}"
    if len({box.id for box in diagram.boxes}) < len(diagram.boxes):
        yield "two boxes have one id"


def bands_stay_on_the_paper(theory: Theory, diagram: Diagram) -> Iterator[str]:
    paper = Area("the paper", 0, 0, diagram.width, diagram.height)
    for band in diagram.bands:
        if not all(paper.covers(Area("", x, y, x, y)) for x, y in band.points):
            yield f"the band {band.points} leaves the paper"


def legend_shows_what_occurs(theory: Theory, diagram: Diagram) -> Iterator[str]:
    occurs = {arrow.flow or arrow.strength for arrow in diagram.arrows} | {
        name for name in ("across", "feedback", "negative") for arrow in diagram.arrows if getattr(arrow, name)
    }
    keys = [key.sample for key in diagram.legend if not key.kind]
    if sorted(keys) != sorted(occurs):
        yield f"the legend has {keys}, the arrows {sorted(occurs)}"
    told = {key.sample for key in diagram.legend if key.kind} - {"outcome", "output"}
    badges = {box.badge for box in diagram.boxes} - {""}
    if told != badges:
        yield f"the legend tells of {sorted(told)}, the boxes have {sorted(badges)}"


RULES: Final[Sequence[Callable[[Theory, Diagram], Iterator[str]]]] = (
    everything_is_drawn,
    boxes_keep_apart,
    boxes_stand_in_their_column,
    text_fits_its_box,
    captions_fit_their_place,
    arrows_run_from_border_to_border,
    arrows_pass_through_nothing,
    lines_keep_apart,
    nothing_leads_down,
    arrows_turn_four_times_at_most,
    goals_span_the_width,
    ceiling_stands_under_the_goals_above_it,
    legend_shows_what_occurs,
)

# What holds in every view.
ALWAYS: Final[Sequence[Callable[[Theory, Diagram], Iterator[str]]]] = (
    boxes_keep_apart,
    boxes_stand_in_reading_order,
    text_fits_its_box,
    captions_fit_their_place,
    arrows_run_from_border_to_border,
    arrows_pass_through_nothing,
    lines_keep_apart,
    arrows_turn_four_times_at_most,
    the_ceiling_divides,
    legend_shows_what_occurs,
    bands_stay_on_the_paper,
)
