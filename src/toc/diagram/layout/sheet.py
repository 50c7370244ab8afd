"""From a plan to the finished diagram on its paper: boxes in reading order, arrows, panels, captions and ceiling."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from toc.diagram.layout.geometry import Laid, laid
from toc.diagram.layout.joins import stems
from toc.diagram.layout.ranks import goals_apart
from toc.diagram.layout.scene import Net, Paper, Scene, Text, Want
from toc.diagram.layout.search import placed
from toc.diagram.layout.stacking import Stack, stacked
from toc.diagram.layout.ways import ways
from toc.diagram.looks.page import Drawn, paged, titled, under, written
from toc.diagram.options import Marked
from toc.diagram.paper import Page
from toc.diagram.shapes import MARGIN, Area, Arrow, Box, Caption, Ceiling, Diagram, Group, Point
from toc.diagram.tooltips import arrow_of
from toc.diagram.type.box_text import STYLES, wrapped
from toc.diagram.type.measures import width
from toc.draw_options import SIDEWAYS, Direction, Hidden, Search
from toc.language.vocabulary import word
from toc.limits import in_time
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.types import Kind
from toc.model.values import Link

CAPTIONS: Final = 58.0  # the room on the left for the names of the rows
MOST_CAPTIONS: Final = 76.0
CAPTION_DROP: Final = 4.0  # from the top of a row to its name
SHORTEST_WEAK: Final = 20.0  # four short dashes and a head
NAMES: Final = 24.0  # about what the names over the columns take
CEILING_NAME: Final = 72.0  # the room for the name of the ceiling where its line is upright
CEILING_NAMED: Final = 16.0  # from the line to under its name
PANEL_FOOT: Final = 10.0
MOST_GOALS: Final = 4  # side by side, unless there are more columns
FEW: Final = 12  # boxes; so few are not stretched to the page
SLACK: Final = 0.97  # so near to the page's shape is near enough


class Plan(NamedTuple):
    """What a view decides before anything has its place.

    Args:
        view: its name.
        goals: the rows of bars on top.
        columns: the boxes under each head, the effects of a tier before its causes; a column without a head is named "".
        tiers: for each box that stands in a column its part of the drawing, from the top.
        names: what the goals, the heads and each tier are called, by "goal", "pillar" and number.
        texts: what each box says.
        links: those that are arrows.
        page: the paper, or nothing where any will do.
        search: how thoroughly places are looked for.
        ceiling: under how many rows of goals the ceiling runs, and what it is called.
        notes: what stands at the foot.
        direction: where it leads.
        more: boxes that are no nodes of the theory.
        marks: what is told about some boxes.
        hide: what is left out.

    """

    view: str
    goals: Sequence[Sequence[str]]
    columns: Mapping[str, Sequence[str]]
    tiers: Mapping[str, int]
    names: Mapping[str | int, str]
    texts: Mapping[str, Text]
    links: Sequence[Link]
    page: Page
    search: Search = "full"
    ceiling: tuple[int, str] | None = None
    notes: tuple[str, ...] = ()
    direction: Direction = "up"
    more: Mapping[str, Box] = FrozenDict()
    marks: Mapping[str, Marked] = FrozenDict()
    hide: frozenset[Hidden] = frozenset()

    @property
    def captions(self) -> float:
        """The room on the left for the names of the rows: more only for a word that would have to be broken."""
        if "captions" in self.hide:
            return 0.0
        style = STYLES["eyebrow"]
        words = (word for name in self.names.values() for word in name.split())
        longest = max((width(word, style.size, style.bold) for word in words), default=0.0)
        return max(CAPTIONS, min(math.ceil(longest) + 5, MOST_CAPTIONS))

    @property
    def ids(self) -> list[str]:
        """All boxes as the scene numbers them: goals, heads, and what stands in the columns."""
        goals = [id for row in self.goals for id in row]
        heads = [head for head in self.columns if head]
        return [*goals, *heads, *(id for members in self.columns.values() for id in members)]


def goal_rows(theory: Theory, columns: int = 1) -> tuple[list[Sequence[str]], tuple[int, str] | None]:
    """The goals in rows, those above the accountability ceiling first, and where that runs."""
    across = max(MOST_GOALS, columns)
    above, below = (
        [ids[start : start + across] for start in range(0, len(ids), across)] for ids in goals_apart(theory)
    )
    return [*above, *below], (len(above), word(theory, "ceiling")) if above else None


def named(theory: Theory, *kinds: Kind) -> str:
    """What the boxes of some kinds are called in the organisation's words."""
    found = [word(theory, kind, plural=len(theory.of_kind(kind)) != 1) for kind in kinds if theory.of_kind(kind)]
    return ", ".join(found[:1] + [one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in found[1:]])


def assembled(theory: Theory, plan: Plan) -> Diagram:
    """The diagram that a view has planned."""
    in_time()
    arrows = [arrow_of(theory, link) for link in plan.links]
    title = titled(theory, plan.page.width - 2 * MARGIN)
    scene = scene_of(plan, arrows, above=under(title) + _foot(theory, plan, arrows))
    places = placed(scene, plan.search)
    stack = stacked(scene, places)
    found = ways(scene, places, stack)
    if found is None:
        raise AssertionError("places are kept only where every arrow has a way")

    def drawn(spare: Point) -> Diagram:
        at = laid(scene, places, stack, found, spare)
        return _drawn(theory, plan, Sheet(plan, scene, stack, at, under(title)), arrows, title)

    diagram = drawn((0.0, 0.0))
    if plan.page.is_free:
        return diagram
    if len(plan.texts) > FEW:
        across, down = _missing(diagram, plan.page)
        if across or down:
            diagram = drawn((down, across) if scene.turned else (across, down))
    return diagram


def _foot(theory: Theory, plan: Plan, arrows: Sequence[Arrow]) -> float:
    """About what the legend, the notes and the margin take under the drawing, before it is known how wide that is."""
    boxes = tuple(_box(theory, plan, id, (0.0, 0.0, CAPTIONS, 0.0)) for id in plan.ids)
    room = plan.page.width - 2 * MARGIN
    drawn = Drawn(boxes, room, 0.0, tuple(arrows), hide=plan.hide)
    return paged(theory, "", titled(theory, room), drawn, plan.notes).height


def _missing(diagram: Diagram, page: Page) -> Point:
    """How much wider or higher a drawing must be to have the shape of its page."""
    wide = diagram.height * page.width / page.height
    high = diagram.width * page.height / page.width
    across = wide - diagram.width if diagram.width < wide * SLACK else 0.0
    return across, high - diagram.height if diagram.height < high * SLACK else 0.0


def scene_of(plan: Plan, arrows: Sequence[Arrow], above: float) -> Scene:
    """The plan as a value without names, which is all that the places depend on."""
    number = {id: index for index, id in enumerate(plan.ids)}
    columns = {id: column for column, members in enumerate(plan.columns.values()) for id in members}
    return Scene(
        goals=tuple(tuple(number[id] for id in row) for row in plan.goals),
        heads=tuple(number.get(head, -1) for head in plan.columns),
        column=tuple(columns.get(id, -1) for id in number),
        tier=tuple(plan.tiers.get(id, -1) for id in number),
        texts=tuple(plan.texts[id] for id in number),
        wants=tuple(
            Want(
                number[arrow.source],
                number[arrow.target],
                _net(number, arrow),
                arrow.feedback,
                SHORTEST_WEAK if arrow.strength == "weak" else 0.0,
            )
            for arrow in arrows
        ),
        paper=_paper(plan, above),
        names=_heights_of_names(plan),
        ceiling=plan.ceiling[0] if plan.ceiling and "ceiling" not in plan.hide else None,
        turned=plan.direction in SIDEWAYS,
    )


def _heights_of_names(plan: Plan) -> tuple[tuple[int, float], ...]:
    """How high the name of each part is that stands beside it: -2 are the goals, -1 the heads, then come the tiers."""
    if plan.direction in SIDEWAYS or not plan.captions:
        return ()
    number = {"goal": -2, "pillar": -1}
    return tuple(
        (number[part] if isinstance(part, str) else part, _name(name, 0.0, plan.captions).height + CAPTION_DROP)
        for part, name in plan.names.items()
        if name
    )


def _name(name: str, y: float, room: float) -> Caption:
    return written("eyebrow", name, MARGIN, y + CAPTION_DROP, room - 4)


def _paper(plan: Plan, above: float) -> Paper:
    """The room for the layout as it stands before it is turned."""
    wide, high = plan.page.width, plan.page.height
    if plan.direction in SIDEWAYS:
        return Paper(high, wide, above + NAMES, 2 * MARGIN)
    return Paper(wide, high, 2 * MARGIN + plan.captions, above)


def _net(number: Mapping[str, int], arrow: Arrow) -> Net:
    """Arrows of one look into one box may share their way; a feedback loop keeps to itself."""
    if arrow.feedback:
        return number[arrow.source], number[arrow.target]
    return number[arrow.target], arrow.strength, arrow.across, arrow.negative


class Sheet(NamedTuple):
    """A plan with its places, and where on the paper they stand. A layout leads upwards; here it is turned."""

    plan: Plan
    scene: Scene
    stack: Stack
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
        found: dict[str | int, int] = {**starts, **{tier: first + row for tier, row in self.stack.starts.items()}}
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


def _drawn(theory: Theory, plan: Plan, sheet: Sheet, arrows: Sequence[Arrow], title: Caption) -> Diagram:
    found = sheet.laid
    names = [*sheet.parts()]
    if sheet.scene.turned:  # names stand over their columns, which makes room for them
        over = [written("title", name, 0.0, 0.0, wide) for name, (_, _, wide, _) in names]
        over += [written("ceiling", plan.ceiling[1], 0.0, 0.0, CEILING_NAME)] if plan.ceiling else []
        high = max((caption.height for caption in over), default=0.0)
        sheet = sheet._replace(top=sheet.top + high + 8)
        names = [*sheet.parts()]
    boxes = {id: _box(theory, plan, id, sheet.area(area)) for id, area in zip(plan.ids, found.areas, strict=True)}
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


def _box(theory: Theory, plan: Plan, id: str, area: Area) -> Box:
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
        caption = written("title", name, x, 0.0, wide) if turned else _name(name, y, sheet.plan.captions)
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
