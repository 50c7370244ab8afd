"""The collapsed view: goals and pillars with counts, for a theory too large to read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from toc.diagram.layout import grid as grids
from toc.diagram.layout.composition import Plan, assembled
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Box, Diagram
from toc.diagram.type import box_text
from toc.diagram.views.pillars import named_parts
from toc.language.vocabulary import how_many, in_sentence
from toc.model import Theory


def collapsed_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Each pillar as one box that says how many outcomes, outputs, activities and KPIs stand in its column."""
    counts = {column: counted(theory, members) for column, members in grids.columns_of(theory).items()}
    pillars: Mapping[str, list[str]] = {pillar: [] for pillar in theory.pillars} or {"": []}
    grid = grids.bars(theory, pillars)
    outside = counts.get("", "")
    notes = (f"Outside every {in_sentence(theory, 'pillar')}: {outside}",) if outside else ()
    links = [link for link in theory.links if link.source in grid.cells and link.target in grid.cells]
    say = partial(_say, theory, asked, counts)
    return assembled(theory, Plan("collapsed", grid, links, say, named_parts(theory, grid), (*notes, *asked.notes)))


def _say(theory: Theory, asked: Asked, counts: Mapping[str, str], id: str, width: float) -> Box:
    box = box_text.box_of(theory, theory.nodes[id], width, asked)
    if not counts.get(id):
        return box
    lines = (*box.lines, box_text.line(box.kind, "note", counts[id], width - 2 * box_text.INSET_X))
    return box._replace(lines=lines, height=box_text.height_of(box.kind, lines))


def counted(theory: Theory, members: Iterable[str]) -> str:
    """How many nodes of each kind there are, and how many KPIs measure them, in words."""
    members = set(members)
    counts = {kind: sum(id in members for id in theory.of_kind(kind)) for kind in grids.TIERS}
    counts["kpi"] = sum(not members.isdisjoint(kpi.measures) for kpi in theory.kpis.values())
    return ", ".join(how_many(theory, kind, n) for kind, n in counts.items() if n)
