"""What is to be placed, before it has any place: the boxes and the arrows of one drawing, and the paper for it.

A scene is a plain value, so that the same scene always gets the same places and need be placed only once. A layout leads
upwards; for a drawing that leads to a side everything is `turned`, and so is the paper. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import Final, NamedTuple

from toc.diagram.shapes import BoxKind, Line
from toc.diagram.type.box_text import INSET_X, height_of, style_of, wrapped
from toc.diagram.type.measures import width as width_of

Net = Hashable  # arrows of one net may share their way: they look alike and lead into the same box

OUTER: Final = 9.0  # beside the slots of a column, in its panel
BETWEEN: Final = 6.0  # between two panels
GUTTER: Final = 12.0  # between two slots
CHANNEL: Final = 20.0  # between two rows: an arrow head and a little line
QUIET: Final = 10.0  # between two boxes that no arrow passes between
CEILING: Final = 30.0  # between the goals and what stands under their ceiling
SIDE_CEILING: Final = 84.0  # the same where the line is upright and its name stands over it
SIDE_CHANNEL: Final = 28.0  # between two columns of boxes on a turned drawing
TRACK: Final = 6.0  # between two lines side by side


class Want(NamedTuple):
    """An arrow to be drawn, by the numbers of its boxes. Its target stands above its source, or level; unless it is loose."""

    source: int
    target: int
    net: Net
    is_loose: bool = False  # as feedback is
    least: float = 0.0  # how long it must be at least for its dashes to be seen


class Text(NamedTuple):
    """What a box says, before it is wrapped."""

    kind: BoxKind
    lines: tuple[Line, ...]


class Paper(NamedTuple):
    """The room for the drawing, and how much of its width and its height the title, the legend and the margins take."""

    width: float
    height: float
    beside: float
    above: float


class _Scene(NamedTuple):
    goals: tuple[tuple[int, ...], ...]
    heads: tuple[int, ...]
    column: tuple[int, ...]
    tier: tuple[int, ...]
    texts: tuple[Text, ...]
    wants: tuple[Want, ...]
    paper: Paper
    names: tuple[tuple[int, float], ...] = ()
    ceiling: int | None = None
    turned: bool = False


class Scene(_Scene):
    """What is to be placed. Boxes are numbered: bars first, then the others in the author's order.

    Args:
        goals: the rows of bars on top, each over the whole width.
        heads: the bar over each column; -1 for a column that has none.
        column: for each box its column, -1 for a bar.
        tier: for each box its part of the drawing, from the top: all of one part stand above all of the next.
        texts: what each box says.
        wants: the arrows.
        paper: the room for it all.
        names: how high the names are that stand beside the goals (-2), the heads (-1) and the tiers.
        ceiling: under how many rows of goals the accountability ceiling runs, or over which tier if there are no such rows.
        turned: whether it is drawn sideways, so that a box is as wide here as it is high there.

    """

    @cached_property
    def boxes(self) -> range:
        """The boxes that stand in columns."""
        return range(
            next((box for box, column in enumerate(self.column) if column >= 0), len(self.column)), len(self.column)
        )

    @cached_property
    def effects(self) -> tuple[tuple[int, ...], ...]:
        """For each box those of its own tier that it leads to."""
        found: list[list[int]] = [[] for _ in self.column]
        for source, target, _, is_loose, _ in self.wants:
            if not is_loose and self._is_inner(source, target):
                found[source].append(target)
        return tuple(tuple(dict.fromkeys(one)) for one in found)

    @property
    def channel(self) -> float:
        """The room between two rows."""
        return SIDE_CHANNEL if self.turned else CHANNEL

    @cached_property
    def linked(self) -> tuple[tuple[int, ...], ...]:
        """For each box those in columns that an arrow joins it to."""
        found: list[list[int]] = [[] for _ in self.column]
        for source, target, *_ in self.wants:
            if self.column[source] >= 0 <= self.column[target]:
                found[source].append(target)
                found[target].append(source)
        return tuple(tuple(dict.fromkeys(one)) for one in found)

    @property
    def least_slots(self) -> int:
        """How many slots there are at least: one under each bar of a row."""
        return max(map(len, self.goals), default=1)

    @cached_property
    def last_tier(self) -> frozenset[int]:
        """The boxes that may be packed without shared rows: those of the last tier, unless a loose arrow joins two of them."""
        last = max((self.tier[box] for box in self.boxes), default=-1)
        loose = (want for want in self.wants if want.is_loose and self.tier[want.source] == last)
        if self.turned or any(self._is_inner(want.source, want.target) for want in loose):
            return frozenset()
        return frozenset(box for box in self.boxes if self.tier[box] == last)

    def _is_inner(self, source: int, target: int) -> bool:
        """Whether two boxes stand in columns, in the same tier."""
        return self.column[source] >= 0 <= self.column[target] and self.tier[source] == self.tier[target]

    @cached_property
    def _heights(self) -> dict[tuple[int, float], float]:
        return {}

    def high(self, box: int, width: float) -> float:
        """How high a box is on the paper when it is so wide."""
        found = self._heights.get((box, width))
        if found is None:
            kind, lines = self.texts[box]
            found = self._heights[box, width] = height_of(kind, wrapped(kind, lines, width))
        return found

    def longest_word(self, box: int) -> float:
        """How wide a box must be so that no word of its title is broken."""
        kind, lines = self.texts[box]
        style = style_of(kind, "title")
        words = (word for line in lines if line.role == "title" for word in line.text.split())
        return max((width_of(word, style.size, style.bold) for word in words), default=0.0) + 2 * INSET_X

    def along(self, box: int, width: float) -> float:
        """How far a box reaches from the top down: on a turned drawing that is its width."""
        return width if self.turned else self.high(box, width)


class Places(NamedTuple):
    """Where everything stands before it has any length.

    `width` is that of the boxes, `slots` how many stand side by side in each column, `slot` that of each box, counted over
    all columns. `order` are the boxes from the top, effects before their causes, and `span` in how many rows each stands.
    """

    width: float
    slots: tuple[int, ...]
    slot: tuple[int, ...]
    order: tuple[int, ...]
    span: tuple[int, ...]
