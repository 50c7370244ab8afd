"""The pillar view, a column for each pillar under the goals; and the same collapsed, each pillar as one box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from toc.diagram.layout import blueprint
from toc.diagram.layout.assembly import assembled
from toc.diagram.layout.scene import Text
from toc.diagram.options import ALL, Asked
from toc.diagram.shapes import Diagram, Line
from toc.diagram.type import box_text
from toc.diagram.type.kpi_lines import kpi_lines
from toc.language.numbers import number
from toc.language.vocabulary import how_many, in_sentence
from toc.model import Theory
from toc.model.types import Kind
from toc.model.values import Link
from toc.ways import links_among, shared_counts

TIERS: Final[tuple[Kind, ...]] = ("outcome", "output", "activity")
MANY: Final = 12  # more activities than this in one column name their first tag
MOST_OUTCOMES: Final = 12  # named in the box of a collapsed pillar


def pillar_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """The theory as columns of pillars under its goals.

    Each node but a KPI is one box and each KPI one line in each box that it measures, unless less is asked for; a head
    names none that stands below it. A link into the pillar of the column in which its source stands is told by the
    column; every other link is one arrow.
    """
    return assembled(theory, pillar_plan(theory, asked))


def pillar_plan(theory: Theory, asked: Asked) -> blueprint.Plan:
    """What the pillar view decides, before anything has its place."""
    columns = columns_of(theory)
    eyebrows = _eyebrows(theory, columns)
    goals, ceiling = blueprint.goal_rows(theory, len(columns))
    tiers = {id: int(id in theory.activities) for members in columns.values() for id in members}
    ids = [*(id for row in goals for id in row), *(head for head in columns if head), *tiers]
    kpis = kpi_lines(theory, asked, dict.fromkeys(ids), heads=columns)
    texts = {}
    for id in ids:
        node = theory.nodes[id]
        lines = box_text.lines_of(theory, node, asked, kpis.of.get(id, ()), eyebrows.get(id, ""))
        texts[id] = Text(node.kind, lines)  # type: ignore[arg-type]
    return blueprint.Plan(
        view="pillars",
        goals=goals,
        columns=columns,
        tiers=tiers,
        names={
            "goal": blueprint.named(theory, "goal"),
            "pillar": blueprint.named(theory, "pillar"),
            0: blueprint.named(theory, "outcome", "output"),
            1: blueprint.named(theory, "activity"),
        },
        texts=texts,
        links=[link for link in links_among(theory, theory.nodes) if not told_by_column(theory, link)],
        page=asked.page,
        search=asked.search,
        ceiling=ceiling,
        notes=(*kpis.notes, *asked.notes),
        marks=asked.marks,
        hide=asked.hide,
    )


def columns_of(theory: Theory) -> dict[str, list[str]]:
    """The nodes below the pillars by column, in the author's order; what reaches no pillar stands in a last one."""
    columns: dict[str, list[str]] = {pillar: [] for pillar in theory.pillars}
    rest: list[str] = []
    for kind in TIERS:
        for id in theory.of_kind(kind):
            columns.get(theory.columns.get(id, ""), rest).append(id)
    if rest or not columns:
        columns[""] = rest
    return columns


def _eyebrows(theory: Theory, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The first tag of each activity in a column of many, which are sorted by it."""
    found: dict[str, str] = {}
    for ids in columns.values():
        activities = [id for id in ids if id in theory.activities]
        if len(activities) > MANY:
            found.update((id, theory.activities[id].tags[0]) for id in activities if theory.activities[id].tags)
    return found


def told_by_column(theory: Theory, link: Link) -> bool:
    """Whether a link needs no arrow because its source stands in its target's column.

    A column says no more than that its boxes lead to its head: what works against it, or comes back to it, is an arrow.
    """
    is_plain = not link.feedback and link.sign != "-"
    return is_plain and link.target in theory.pillars and theory.columns.get(link.source) == link.target


def collapsed_view(theory: Theory, asked: Asked = ALL) -> Diagram:
    """Each pillar as one box that names its outcomes and says how much stands in its column and leads in from others."""
    columns = columns_of(theory)
    counts = {column: counted(theory, members, kpis=asked.shows_kpis) for column, members in columns.items()}
    by_any = shared_counts(theory, negative=True)
    for pillar, numbers in shared_counts(theory).items():
        against = by_any[pillar].total() - numbers.total()
        told = (counts[pillar], _shared(theory, numbers), f"{number(against)} working against it" if against else "")
        counts[pillar] = ", and ".join(filter(None, told))
    goals, ceiling = blueprint.goal_rows(theory)
    drawn = [*(id for row in goals for id in row), *theory.pillars]
    kpis = kpi_lines(theory, asked, drawn, heads=theory.pillars)
    texts = {}
    for id in drawn:
        node = theory.nodes[id]
        texts[id] = Text(node.kind, box_text.lines_of(theory, node, asked, kpis.of.get(id, ())))  # type: ignore[arg-type]
    for pillar in theory.pillars:
        lines = [*texts[pillar].lines, *_outcomes(theory, columns[pillar])]
        lines += [box_text.said("note", counts[pillar])] if counts[pillar] else []
        texts[pillar] = Text("pillar", tuple(lines))
    outside = counts.get("", "")
    notes = (f"Outside every {in_sentence(theory, 'pillar')}: {outside}",) if outside else ()
    plan = blueprint.Plan(
        view="collapsed",
        goals=goals,
        columns=dict.fromkeys(theory.pillars, ()) or {"": ()},
        tiers={},
        names={"goal": blueprint.named(theory, "goal"), "pillar": blueprint.named(theory, "pillar")},
        texts=texts,
        links=links_among(theory, drawn),
        page=asked.page,
        search=asked.search,
        ceiling=ceiling,
        notes=(*notes, *kpis.notes, *asked.notes),
        marks=asked.marks,
        hide=asked.hide,
    )
    return assembled(theory, plan)


def _outcomes(theory: Theory, members: Iterable[str]) -> Iterator[Line]:
    """The titles of the outcomes in a column; of many those that come first, and how many more there are."""
    titles = [theory.outcomes[id].title for id in members if id in theory.outcomes]
    yield from (box_text.said("item", title) for title in titles[:MOST_OUTCOMES])
    if len(titles) > MOST_OUTCOMES:
        yield box_text.said("item", f"and {number(len(titles) - MOST_OUTCOMES)} more")


def _shared(theory: Theory, numbers: Counter[Kind]) -> str:
    """How many boxes lead to a pillar from the columns of others, and of which kind they are if it is one."""
    kinds = [kind for kind in TIERS if numbers[kind]]
    many = numbers.total()
    if len(kinds) == 1:
        return f"{number(many)} shared {in_sentence(theory, kinds[0], plural=many != 1)}"
    return f"{number(many)} shared" if many else ""


def counted(theory: Theory, members: Iterable[str], *, kpis: bool = True) -> str:
    """How many nodes of each kind there are, and how many KPIs measure them, in words."""
    members = set(members)
    counts = {kind: sum(id in members for id in theory.of_kind(kind)) for kind in TIERS}
    if kpis:
        counts["kpi"] = sum(not members.isdisjoint(kpi.measures) for kpi in theory.kpis.values())
    return ", ".join(how_many(theory, kind, n) for kind, n in counts.items() if n)
