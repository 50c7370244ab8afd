"""The pillar view, a column for each pillar under the goals; and the same collapsed, each pillar as one box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from toc.diagram.layout import grid as grids
from toc.diagram.layout import placement as layouts
from toc.diagram.layout.composition import Heading, Plan, assembled
from toc.diagram.layout.grid import TIERS, Grid, Shelf
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Box, Diagram
from toc.diagram.type import box_text
from toc.language.numbers import number
from toc.language.vocabulary import how_many, in_sentence, word
from toc.model import Theory
from toc.model.types import Kind
from toc.model.values import Link
from toc.ways import links_among, shared_counts

SLIDE: Final = 16 / 9
MOST_SLOTS: Final = 6
WIDTHS: Final = (box_text.BOX_WIDTH, 132.0, 180.0)  # of the boxes, in points; the first where all are as good
FEW: Final = 60  # boxes: beyond them only one width is tried
HEADS: Final = 190.0  # about what goals, ceiling, pillars and legend take


def pillar_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The theory as columns of pillars under its goals.

    Each node but a KPI is one box and each KPI one line in each box that it measures. A link into the pillar of the
    column in which its source stands is told by the column; every other link is one arrow.
    """
    return assembled(theory, pillar_plan(theory, asked))


def pillar_plan(theory: Theory, asked: Asked) -> Plan:
    """What the pillar view decides, before anything has its place."""
    columns = grids.columns_of(theory)
    eyebrows = _eyebrows(theory, columns)
    ids = {id: node for kind in TIERS for id, node in theory.of_kind(kind).items()}
    tried = {
        width: {id: box_text.box_of(theory, node, width, asked, eyebrows.get(id, "")) for id, node in ids.items()}
        for width in (WIDTHS if len(ids) <= FEW else (box_text.BOX_WIDTH,))
    }
    grid = _best_grid(theory, columns, tried)
    boxes = tried[grid.box_width]
    links = [link for link in links_among(theory, theory.nodes) if not told_by_column(theory, link)]
    say = partial(_say, theory, asked, boxes)
    return Plan("pillars", grid, links, say, named_parts(theory, grid), asked.notes)


def named_parts(theory: Theory, grid: Grid) -> tuple[Heading, ...]:
    """The name of each part of the pillar view, beside its first row."""
    return tuple(
        Heading(word(theory, kind, plural=len(theory.of_kind(kind)) != 1), row, row)  # type: ignore[arg-type]
        for kind, row in grid.starts.items()
    )


def _eyebrows(theory: Theory, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The first tag of each activity in a column of many, which are sorted by it."""
    found: dict[str, str] = {}
    for ids in columns.values():
        activities = [id for id in ids if id in theory.activities]
        if len(activities) > grids.MANY:
            found.update((id, theory.activities[id].tags[0]) for id in activities if theory.activities[id].tags)
    return found


def _say(theory: Theory, asked: Asked, boxes: Mapping[str, Box], id: str, width: float) -> Box:
    return boxes[id] if id in boxes else box_text.box_of(theory, theory.nodes[id], width, asked)


def told_by_column(theory: Theory, link: Link) -> bool:
    """Whether a link needs no arrow because its source stands in its target's column."""
    return link.target in theory.pillars and theory.columns.get(link.source) == link.target and not link.feedback


def _best_grid(theory: Theory, columns: Mapping[str, Sequence[str]], tried: Mapping[float, Mapping[str, Box]]) -> Grid:
    """The grid whose type comes out largest when the whole drawing is fitted on a slide.

    `tried` holds the boxes by the widths that they may have.
    """
    stock = grids.shelves(theory, columns)
    longest = max((len(ids) for shelf in stock for ids in shelf.members.values()), default=1)
    choices = [(slots, width) for slots in range(1, min(MOST_SLOTS, longest) + 1) for width in tried]
    slots, width = min(choices, key=lambda choice: _rough_size(len(columns), stock, choice[0], tried[choice[1]]))
    return grids.placed(theory, columns, stock, slots)._replace(box_width=width)


def _rough_size(columns: int, stock: Sequence[Shelf], slots: int, boxes: Mapping[str, Box]) -> float:
    """About how large a drawing comes out before the arrows are routed: its height, or that of a slide as wide."""
    high = HEADS
    for shelf in stock:
        for row in range(shelf.rows(slots)):
            ids = (id for members in shelf.members.values() for id in members[row * slots : (row + 1) * slots])
            high += max(boxes[id].height for id in ids) + layouts.CHANNEL + 4
    box_width = next((box.width for box in boxes.values()), box_text.BOX_WIDTH)
    wide = columns * (slots * (box_width + layouts.GUTTER) + 30) + layouts.CAPTIONS
    return max(wide / SLIDE, high)


def collapsed_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Each pillar as one box that says how many outcomes, outputs, activities and KPIs stand in its column."""
    counts = {column: counted(theory, members) for column, members in grids.columns_of(theory).items()}
    by_any = shared_counts(theory, negative=True)
    for pillar, numbers in shared_counts(theory).items():
        against = by_any[pillar].total() - numbers.total()
        told = (counts[pillar], _shared(theory, numbers), f"{number(against)} working against it" if against else "")
        counts[pillar] = ", and ".join(filter(None, told))
    pillars: Mapping[str, list[str]] = {pillar: [] for pillar in theory.pillars} or {"": []}
    grid = grids.bars(theory, pillars)
    outside = counts.get("", "")
    notes = (f"Outside every {in_sentence(theory, 'pillar')}: {outside}",) if outside else ()
    links = links_among(theory, grid.cells)
    say = partial(_say_counts, theory, asked, counts)
    return assembled(theory, Plan("collapsed", grid, links, say, named_parts(theory, grid), (*notes, *asked.notes)))


def _say_counts(theory: Theory, asked: Asked, counts: Mapping[str, str], id: str, width: float) -> Box:
    box = box_text.box_of(theory, theory.nodes[id], width, asked)
    if not counts.get(id):
        return box
    lines = (*box.lines, box_text.line(box.kind, "note", counts[id], width - 2 * box_text.INSET_X))
    return box._replace(lines=lines, height=box_text.height_of(box.kind, lines))


def _shared(theory: Theory, numbers: Counter[Kind]) -> str:
    """How many boxes lead to a pillar from the columns of others, and of which kinds they are."""
    kinds = [kind for kind in grids.TIERS if numbers[kind]]
    many = numbers.total()
    if len(kinds) == 1:
        return f"{number(many)} shared {in_sentence(theory, kinds[0], plural=many != 1)}"
    words = ", ".join(how_many(theory, kind, numbers[kind]) for kind in kinds)
    return f"{number(many)} shared ({words})" if many else ""


def counted(theory: Theory, members: Iterable[str]) -> str:
    """How many nodes of each kind there are, and how many KPIs measure them, in words."""
    numbers = Counter[str]()
    kpis = set[str]()
    for id in members:
        numbers[theory.nodes[id].kind] += 1
        kpis.update(theory.measured_by.get(id, ()))
    numbers["kpi"] = len(kpis)
    return ", ".join(how_many(theory, kind, numbers[kind]) for kind in (*grids.TIERS, "kpi") if numbers[kind])
