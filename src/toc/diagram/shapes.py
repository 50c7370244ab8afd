"""A drawing before any format: boxes, arrows and groups with their places, all text already wrapped.

Lengths are points (1/72 inch); x grows to the right and y downwards from the top left corner. Everything is a plain
tuple, so a diagram is frozen, hashable, comparable and cheap to make by the thousand.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from toc.diagram.paper import FREE, TITLE, Page
from toc.draw_options import Hidden
from toc.language.facts import Strength
from toc.language.vocabulary import Noun
from toc.monitoring.statuses import Status

Role = Literal["title", "eyebrow", "kpi", "item", "badge", "note", "mark", "heading", "ceiling"]
Badge = Literal["", "count", "redesign", "learning", "attainment", "uptake", "comparison", "open"]
BoxKind = Literal["goal", "pillar", "outcome", "output", "activity", "input"]
# What is told about a box or an arrow beyond the theory itself; a box says it in words too, in a line of the role "mark".
Mark = Literal["", "focus", "added", "removed", "changed", "lost", "weakened", "error", "warning", "advice"]
# What an arrow of partners shows: what one gives to an activity, what it gains from it, one activity in return for another.
Flow = Literal["", "gives", "gains", "reciprocates"]
Point = tuple[float, float]
Area = tuple[float, float, float, float]  # x, y, width, height

MARGIN: Final = 18.0  # around every drawing
LARGEST_READABLE: Final = 1000  # nodes in one picture


class Line(NamedTuple):
    """One thing that a box says: the text, and the same wrapped into rows. `about` is the id of a KPI line's KPI.

    A line with a `status` has the sign of it in place of its bullet, and begins with its word.
    """

    role: Role
    rows: tuple[str, ...]
    text: str
    about: str = ""
    status: Status | None = None


class Box(NamedTuple):
    """A node of the theory."""

    id: str
    kind: BoxKind
    lines: tuple[Line, ...]
    tooltip: str
    url: str
    x: float
    y: float
    width: float
    height: float
    above_ceiling: bool = False
    badge: Badge = ""  # the icon beside the badge line of an activity
    mark: Mark = ""

    @property
    def title(self) -> str:
        """What the node is called, on one line."""
        return " ".join(line.text for line in self.lines if line.role == "title")


class Sign(NamedTuple):
    """A sign of how KPIs stand, by its middle: in a box of some kind, or where there is none on the paper."""

    status: Status
    kind: BoxKind | Literal[""]
    x: float
    y: float


class Arrow(NamedTuple):
    """A link of the theory, or a `flow` between a partner and an activity, from `points[0]` on its source to the head at `points[-1]`.

    Arrows of one look into one box share a trunk. `stem` is the part of the way that is painted for this arrow: all of
    it, or as far as where it joins the trunk of another.
    """

    source: str
    target: str
    strength: Strength
    across: bool  # from one pillar's column into another's
    feedback: bool
    negative: bool
    tooltip: str
    points: tuple[Point, ...] = ()
    stem: tuple[Point, ...] = ()
    mark: Mark = ""
    flow: Flow = ""

    @property
    def is_hollow(self) -> bool:
        """Whether its head is an outline."""
        return self.across or self.flow == "gains"

    @property
    def is_open(self) -> bool:
        """Whether its head is notched."""
        return self.feedback or self.flow == "reciprocates"

    @property
    def joins(self) -> bool:
        """Whether the arrow ends on the trunk of another one, which carries the head."""
        return self.stem[-1] != self.points[-1]


class Band(NamedTuple):
    """A shape behind the boxes, by its corners: a step of the planning triangle."""

    points: tuple[Point, ...]


class Group(NamedTuple):
    """The panel behind a column. `id` is its pillar, or empty for what stands in no pillar."""

    id: str
    title: str
    x: float
    y: float
    width: float
    height: float


class Caption(NamedTuple):
    """Text that stands by itself: the title, and what each row of boxes is."""

    role: Role
    rows: tuple[str, ...]
    text: str
    x: float
    y: float
    width: float
    height: float


class Ceiling(NamedTuple):
    """The accountability ceiling: a dashed line across the drawing, named by a caption of its own.

    It is level, or upright where the drawing leads to the right or to the left: then its width is 0.
    """

    x: float
    y: float
    width: float
    height: float = 0.0


class Key(NamedTuple):
    """One entry of the legend: a sample and what it means. The sample is a box of some kind, an arrow, or a sign."""

    sample: str  # a strength, "across", "feedback" or "negative"; a flow; a mark; a badge; the kind of a box; or "progress-" and a status
    strength: Strength
    text: str
    x: float
    y: float
    width: float
    height: float
    kind: BoxKind | Literal[""] = ""


class Diagram(NamedTuple):
    """A whole drawing. Boxes stand in reading order: goals, pillars, outcomes, outputs, activities, inputs.

    `words` names each kind of node as the organisation does. `implied` are the links between boxes for which the view
    draws no arrow, such as those into the pillar of a column: they have no places. `page` is the paper for which it is drawn.
    `hidden` is what was asked to be left out, which nothing that is made of the diagram tells either.
    """

    title: str
    view: str
    language: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...]
    captions: tuple[Caption, ...]
    ceilings: tuple[Ceiling, ...]
    legend: tuple[Key, ...]
    bands: tuple[Band, ...] = ()
    words: tuple[tuple[str, Noun], ...] = ()
    implied: tuple[Arrow, ...] = ()
    page: Page = FREE
    hidden: frozenset[Hidden] = frozenset()

    @property
    def title_size(self) -> float:
        """The size of the title of a box in points, when the drawing is fitted on its page; one of any size is as it is."""
        return TITLE if self.page.is_free else TITLE * self.page.width / self.width

    @property
    def size(self) -> Point:
        """The width and the height of its paper in points: those of the page, or its own where any page will do."""
        return (self.width, self.height) if self.page.is_free else self.page.sheet

    @property
    def sheet(self) -> Area:
        """Its paper in the lengths of the drawing, which stands in the middle of it and fills it but for the edge."""
        if self.page.is_free:
            return 0.0, 0.0, self.width, self.height
        scale = min(self.page.width / self.width, self.page.height / self.height)
        wide, high = (side / scale for side in self.page.sheet)
        return (self.width - wide) / 2, (self.height - high) / 2, wide, high
