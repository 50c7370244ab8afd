"""What is measured where, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toc.language.text import capital, listed, quoted
from toc.pages.blocks import Block, Bullets, Cell, Heading, Page, Paragraph, Table

if TYPE_CHECKING:
    from toc.analysis.coverage.coverage import Coverage, GroupRow, PillarRow

NOBODY: Final = "–"
OPEN: Final = "?"
NO_LEVEL: Final = "no level"
MOST_ROWS: Final = 60


def coverage_page(found: Coverage) -> Page:
    """Pillars and levels, target groups, where nobody measures, and where the disadvantaged are not named."""
    title = f"What is measured where: {' '.join(found.title.split())}"
    parts = (_by_pillar(found), _by_group(found), _gaps(found), _disadvantaged(found), _caution(found))
    return Page.opened(title, _opening(found), *parts)


def _opening(found: Coverage) -> Iterator[str]:
    say = found.wording
    kpis = {id for row in found.pillars for id in row.kpis}
    yield f"{say.count(len(kpis), 'kpi')} for {say.count(sum(row.pillar is not None for row in found.pillars), 'pillar')}."
    if found.unmeasured_pillars:
        yield f"Nobody measures {listed([*map(say.title, found.unmeasured_pillars)], most=3)}."
    silent = [row for row in found.pillars if row.pillar is not None and not row.followed]
    if found.disadvantaged and silent:
        names = listed([say.title(row.pillar) for row in silent if row.pillar], most=3)
        yield f"In {say.count(len(silent), 'pillar')} no figure tells of the disadvantaged: {names}."
    elif not found.disadvantaged:
        yield "No target group is marked as disadvantaged."


def _by_pillar(found: Coverage) -> Iterator[Block]:
    say = found.wording
    if not found.pillars:
        return
    yield Heading(f"By {say.one('pillar')} and level")
    rows = tuple((_measured(found, row), *_numbers(found, row)) for row in found.pillars[:MOST_ROWS])
    yield Table((capital(say.one("pillar")), *_headings(found)), rows, (3, *(2 for _ in _headings(found))))
    yield from _more(len(found.pillars) - MOST_ROWS)
    yield Paragraph(" ".join(_marks(found)))


def _headings(found: Coverage) -> tuple[str, ...]:
    """The levels, and a column for the KPIs that have none, where there are any."""
    return (*found.levels, NO_LEVEL) if found.without_level else found.levels


def _marks(found: Coverage) -> Iterator[str]:
    """What the cells mean."""
    kpis = found.wording.many("kpi")
    yield f"Each number counts {kpis}; {NOBODY} means that nobody measures there."
    if found.without_level:
        yield f"{OPEN} means that nobody can tell: {kpis} without a level, under “{NO_LEVEL}”, may measure there."


def _measured(found: Coverage, row: PillarRow) -> Cell:
    """A pillar, and how many of its outcomes have a KPI."""
    name = pillar_title(found, row.pillar)
    if not row.outcomes:
        return name
    return name, f"{row.measured:,} of {found.wording.count(row.outcomes, 'outcome')} measured"


def _by_group(found: Coverage) -> Iterator[Block]:
    say = found.wording
    if not found.groups:
        return
    yield Heading("By target group")
    rows = tuple((_whom(found, row), *_numbers(found, row)) for row in found.groups[:MOST_ROWS])
    yield Table((f"Target group, {say.one('pillar')}", *_headings(found)), rows, (3, *(2 for _ in _headings(found))))
    yield from _more(len(found.groups) - MOST_ROWS)
    yield Paragraph(
        f"{capital(say.a('kpi'))} that names no target group is about those of what it measures, and about nobody named where "
        "all of that names nobody; one about two groups stands in both rows."
    )


def _whom(found: Coverage, row: GroupRow) -> Cell:
    return group_title(found, row.group), pillar_title(found, row.pillar)


def _numbers(found: Coverage, row: PillarRow | GroupRow) -> tuple[Cell, ...]:
    """How many KPIs there are at each level; none is not said to be nobody while a KPI of the row has no level."""
    none = OPEN if row.unsaid else NOBODY
    counts = tuple(f"{number:,}" if number else none for number in row.counts)
    return (*counts, f"{row.unsaid:,}" if row.unsaid else NOBODY) if found.without_level else counts


def pillar_title(found: Coverage, pillar: str | None) -> str:
    """What a pillar is called, or what stands in its place outside every pillar."""
    return f"Outside every {found.wording.one('pillar')}" if pillar is None else found.wording.titles[pillar]


def group_title(found: Coverage, group: str | None) -> str:
    """What a target group is called, or that nobody is named."""
    return "nobody named" if group is None else found.group_titles[group]


def _gaps(found: Coverage) -> Iterator[Block]:
    say = found.wording
    points = []
    if found.unmeasured_pillars:
        points.append(f"No {say.one('kpi')} at all: {listed([*map(say.title, found.unmeasured_pillars)], most=5)}.")
    only = [
        row.pillar for row in found.pillars if row.pillar and row.kpis and not sum(row.counts[3:]) and not row.unsaid
    ]
    if only:
        names = listed([*map(say.title, only)], most=5)
        points.append(f"Counted or asked for an opinion, but no learning or attainment: {names}.")
    if found.unmeasured_groups:
        names = listed([quoted(found.group_titles[id]) for id in found.unmeasured_groups], most=5)
        points.append(f"Target groups that no {say.one('kpi')} is about: {names}.")
    pairs = [row for row in found.groups if row.named and not row.kpis and row.group not in found.unmeasured_groups]
    if pairs:
        names = listed(
            [f"{quoted(group_title(found, row.group))} in {quoted(pillar_title(found, row.pillar))}" for row in pairs],
            most=5,
        )
        points.append(f"Named in {say.a('pillar')}, but measured elsewhere only: {names}.")
    if found.without_level:
        names = listed([*map(say.title, found.without_level)], most=5)
        points.append(f"{capital(say.many('kpi'))} without a level, so nobody can tell how deep they look: {names}.")
    if found.unmeasured_levels and found.pillars:
        points.append(f"Levels at which nobody measures anything: {', '.join(found.unmeasured_levels)}.")
    if points:
        yield Heading("Where nobody measures")
        yield Bullets(tuple(points))


def _disadvantaged(found: Coverage) -> Iterator[Block]:
    say = found.wording
    yield Heading("Where the disadvantaged are named")
    if not found.disadvantaged:
        yield Paragraph(
            "No target group says `disadvantaged: true`, so nobody can tell whether those in greatest need gain."
        )
        return
    columns = (capital(say.one("pillar")), "In what it aims at", f"In the figures of its {say.many('kpi')}")
    rows = tuple(
        (
            pillar_title(found, row.pillar),
            f"yes: {listed([*map(say.title, row.aimed)], most=2)}" if row.aimed else "not named",
            f"{len(row.followed):,} of {len(row.kpis):,}" if row.kpis else f"no {say.one('kpi')}",
        )
        for row in found.pillars[:MOST_ROWS]
    )
    yield Table(columns, rows, (3, 4, 2))


def _caution(found: Coverage) -> Iterator[Block]:
    say = found.wording
    yield Heading("How to read this")
    yield Bullets(
        (
            (
                f"An empty cell is a question, not a fault: not every {say.one('pillar')} needs every level. How deep to look "
                f"follows from each {say.one('activity')} (toc guide)."
            ),
            (
                f"{capital(say.a('kpi'))} that measures something in two {say.many('pillar')} counts in both. One that measures "
                f"{say.a('goal')} as well counts with the {say.many('pillar')} alone."
            ),
            (
                f"A figure tells of the disadvantaged when the {say.one('kpi')} names a disadvantaged target group, when it "
                "names none and measures something meant for such groups alone, when a breakdown or a reading names such a group by its id or title, or when either says “disadvantaged”."
            ),
        )
    )


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield Paragraph(f"And {count:,} more.")
