"""What a view decides before anything has its place, and the same as a scene."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from toc.diagram.layout.ranks import goals_apart
from toc.diagram.layout.scene import Net, Paper, Scene, Text, Want
from toc.diagram.looks.page import written
from toc.diagram.looks.themes import FLOWS
from toc.diagram.options import Marked
from toc.diagram.paper import Page
from toc.diagram.shapes import MARGIN, Arrow, Box, Caption
from toc.diagram.type.box_text import STYLES
from toc.diagram.type.measures import width
from toc.draw_options import SIDEWAYS, Direction, Hidden, Search
from toc.language.vocabulary import word
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.types import Kind
from toc.model.values import Link

CAPTIONS: Final = 58.0  # the room on the left for the names of the rows
MOST_CAPTIONS: Final = 76.0
CAPTION_DROP: Final = 4.0  # from the top of a row to its name
SHORTEST_WEAK: Final = 20.0  # four short dashes and a head
NAMES: Final = 24.0  # about what the names over the columns take
MOST_GOALS: Final = 4  # side by side, unless there are more columns


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
        arrows: those that are no links of the theory.
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
    arrows: Sequence[Arrow] = ()

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
                SHORTEST_WEAK if "weak" in (arrow.strength, FLOWS.get(arrow.flow)) else 0.0,
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
        (number[part] if isinstance(part, str) else part, name_of(name, 0.0, plan.captions).height + CAPTION_DROP)
        for part, name in plan.names.items()
        if name
    )


def name_of(name: str, y: float, room: float) -> Caption:
    """The name of a part of the drawing, beside it."""
    return written("eyebrow", name, MARGIN, y + CAPTION_DROP, room - 4)


def _paper(plan: Plan, above: float) -> Paper:
    """The room for the layout as it stands before it is turned."""
    wide, high = plan.page.width, plan.page.height
    if plan.direction in SIDEWAYS:
        return Paper(high, wide, above + NAMES, 2 * MARGIN)
    return Paper(wide, high, 2 * MARGIN + plan.captions, above)


def _net(number: Mapping[str, int], arrow: Arrow) -> Net:
    """Arrows of one look into one box may share their way; a feedback loop keeps to itself."""
    if arrow.is_open:
        return number[arrow.source], number[arrow.target]
    return number[arrow.target], arrow.flow or arrow.strength, arrow.across, arrow.negative
