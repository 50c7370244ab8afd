"""The collapsed view: goals and pillars with counts, for a theory too large to read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from toc.diagram.layout import grid as grids
from toc.diagram.layout.composition import Plan, assembled
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Box, Diagram
from toc.diagram.type import box_text
from toc.diagram.views.pillars import named_parts
from toc.language.numbers import number
from toc.language.vocabulary import how_many, in_sentence
from toc.model import Theory
from toc.ways import shared


def collapsed_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Each pillar as one box that says how many outcomes, outputs, activities and KPIs stand in its column.

    What leads to it from the column of another one is counted beside them, as shared.
    """
    counts = {column: counted(theory, members) for column, members in grids.columns_of(theory).items()}
    for pillar, others in shared(theory).items():
        counts[pillar] = ", and ".join(filter(None, (counts[pillar], _shared(theory, others))))
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


def _shared(theory: Theory, ids: Sequence[str]) -> str:
    """How many nodes lead to a pillar from elsewhere, and of which kinds they are."""
    numbers = Counter(theory.nodes[id].kind for id in ids)
    kinds = [kind for kind in grids.TIERS if numbers[kind]]
    if len(kinds) == 1:
        return f"{number(len(ids))} shared {in_sentence(theory, kinds[0], plural=len(ids) != 1)}"
    return (
        f"{number(len(ids))} shared ({', '.join(how_many(theory, kind, numbers[kind]) for kind in kinds)})"
        if ids
        else ""
    )


def counted(theory: Theory, members: Iterable[str]) -> str:
    """How many nodes of each kind there are, and how many KPIs measure them, in words."""
    members = set(members)
    counts = {kind: sum(id in members for id in theory.of_kind(kind)) for kind in grids.TIERS}
    counts["kpi"] = sum(not members.isdisjoint(kpi.measures) for kpi in theory.kpis.values())
    return ", ".join(how_many(theory, kind, n) for kind, n in counts.items() if n)
