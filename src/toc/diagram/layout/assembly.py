"""From a plan to the finished diagram: a scene, places by search, ways for the arrows, points, and all of it on its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from toc.diagram.layout.blueprint import CAPTIONS, Plan, scene_of
from toc.diagram.layout.geometry import Laid, laid
from toc.diagram.layout.gutters import guttered
from toc.diagram.layout.scene import Scene
from toc.diagram.layout.search import placed
from toc.diagram.layout.sheet import Sheet, box_at, finished
from toc.diagram.layout.shelves import shelved
from toc.diagram.layout.stacking import stacked
from toc.diagram.layout.ways import ways
from toc.diagram.looks.page import Drawn, paged, titled, under
from toc.diagram.paper import Page
from toc.diagram.shapes import MARGIN, Arrow, Diagram, Point
from toc.diagram.tooltips import arrow_of
from toc.limits import in_time
from toc.model import Theory

FEW: Final = 12  # boxes; so few are not stretched to the page
SLACK: Final = 0.97  # so near to the page's shape is near enough


def assembled(theory: Theory, plan: Plan) -> Diagram:
    """The diagram that a view has planned, its boxes placed by search."""

    def lay(scene: Scene) -> Lay:
        places = placed(scene, plan.search)
        stack = stacked(scene, places)
        found = ways(scene, places, stack)
        if found is None:
            raise AssertionError("places are kept only where every arrow has a way")
        return lambda spare: (laid(scene, places, stack, found, spare), stack.starts)

    return _assembled(theory, plan, lay)


def in_columns(theory: Theory, plan: Plan) -> Diagram:
    """The diagram that a view has planned, each of its tiers a column of its own in the order of the plan."""

    def lay(scene: Scene) -> Lay:
        tiers = {tier: row for row, tier in enumerate(sorted(set(plan.tiers.values())))}
        return lambda spare: (guttered(scene, shelved(scene, spare[0]), spare[1]), tiers)

    return _assembled(theory, plan, lay)


Lay = Callable[[Point], tuple[Laid, Mapping[int, int]]]  # from room to spare to points, and the first row of each tier


def _assembled(theory: Theory, plan: Plan, lay_of: Callable[[Scene], Lay]) -> Diagram:
    in_time()
    arrows = [*(arrow_of(theory, link) for link in plan.links), *plan.arrows]
    title = titled(theory, plan.page.width - 2 * MARGIN)
    scene = scene_of(plan, arrows, above=under(title) + _foot(theory, plan, arrows))
    lay = lay_of(scene)

    def drawn(spare: Point) -> Diagram:
        at, starts = lay(spare)
        return finished(theory, plan, Sheet(plan, scene, starts, at, under(title)), arrows, title)

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
    boxes = tuple(box_at(theory, plan, id, (0.0, 0.0, CAPTIONS, 0.0)) for id in plan.ids)
    room = plan.page.width - 2 * MARGIN
    drawn = Drawn(boxes, room, 0.0, tuple(arrows), hide=plan.hide)
    return paged(theory, "", titled(theory, room), drawn, plan.notes).height


def _missing(diagram: Diagram, page: Page) -> Point:
    """How much wider or higher a drawing must be to have the shape of its page."""
    wide = diagram.height * page.width / page.height
    high = diagram.width * page.height / page.width
    across = wide - diagram.width if diagram.width < wide * SLACK else 0.0
    return across, high - diagram.height if diagram.height < high * SLACK else 0.0
