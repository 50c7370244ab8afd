"""From a layout to the finished diagram: boxes in reading order, arrows, panels, captions, ceiling and legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from toc.diagram import layout as layouts
from toc.diagram import wording
from toc.diagram.boxes import STYLES
from toc.diagram.grid import Grid
from toc.diagram.joins import stems
from toc.diagram.layout import Layout, Say, laid_out
from toc.diagram.legend import legend
from toc.diagram.routing import Trunk, Wanted
from toc.diagram.text import width as text_width
from toc.diagram.text import wrap
from toc.diagram.values import Arrow, Box, Caption, Diagram, Group, Role, Rule
from toc.model import Theory
from toc.model.values import Link

CEILING_TITLE: Final = "Accountability ceiling"
TITLE_WIDTH: Final = 560.0
CAPTION_DROP: Final = 4.0  # from the top of a row to its name


class Plan(NamedTuple):
    """What a view decides: where the boxes stand and what they say, which links are arrows, and a note at the foot."""

    view: str
    grid: Grid
    links: Sequence[Link]
    say: Say
    note: str = ""


def assembled(theory: Theory, plan: Plan) -> Diagram:
    """The diagram that a view has planned."""
    view, grid, links, say, note = plan
    heading = STYLES["heading"]
    title = wrap(theory.title, max(TITLE_WIDTH, len(grid.columns) * grid.slots * 150), heading.size, heading.bold)
    top = layouts.MARGIN + len(title) * heading.leading + 10
    looks = [_arrow(theory, link) for link in links]
    wanted = [Wanted(arrow.source, arrow.target, _trunk(arrow)) for arrow in looks]
    layout = laid_out(grid, wanted, say, top, _least_heights(theory, grid))
    arrows = _pointed(layout, looks, wanted)
    rules = tuple(_rules(layout))
    foot = max([layout.foot + (layouts.PANEL_FOOT if theory.pillars else 0), *(rule.y for rule in rules)])
    keys = legend(arrows, layouts.MARGIN, layout.width - layouts.MARGIN, foot + 14)
    end = max((key.y + key.height for key in keys), default=foot)
    title_width = max(text_width(row, heading.size, heading.bold) for row in title)
    width = max([layout.width, title_width + 2 * layouts.MARGIN, *(key.x + key.width + layouts.MARGIN for key in keys)])
    notes = _notes(note, width - 2 * layouts.MARGIN, end + 10)
    end = max([end, *(caption.y + caption.height for caption in notes)])
    return Diagram(
        title=theory.title,
        view=view,
        language=theory.language or "",
        description=theory.description or "",
        width=round(width, 2),
        height=round(end + layouts.MARGIN, 2),
        boxes=tuple(_boxes(theory, layout)),
        arrows=arrows,
        groups=tuple(_groups(theory, layout, foot)),
        captions=(
            Caption(
                "heading",
                title,
                layouts.MARGIN,
                layouts.MARGIN,
                width - 2 * layouts.MARGIN,
                len(title) * heading.leading,
            ),
            *_captions(theory, layout, rules),
            *notes,
        ),
        rules=rules,
        legend=keys,
    )


def _arrow(theory: Theory, link: Link) -> Arrow:
    source, target = theory.columns.get(link.source), theory.columns.get(link.target)
    return Arrow(
        source=link.source,
        target=link.target,
        strength=wording.strength(link),
        across=source != target and link.target not in theory.goals and link.source not in theory.goals,
        feedback=link.feedback,
        negative=link.sign == "-",
        tooltip=wording.arrow_tooltip(theory, link),
    )


def _trunk(arrow: Arrow) -> Trunk:
    """Arrows of one look into one box share their trunk; a feedback loop keeps to itself."""
    if arrow.feedback:
        return (arrow.source, arrow.target)
    return (arrow.target, arrow.strength, arrow.across, arrow.negative)


def _pointed(layout: Layout, arrows: Sequence[Arrow], wanted: Sequence[Wanted]) -> tuple[Arrow, ...]:
    """The arrows with their corners."""
    corners = []
    for arrow, way, want in zip(arrows, layout.found, wanted, strict=True):
        points = tuple((round(x, 2), round(y, 2)) for x, y in layouts.points(layout, way, want.trunk))
        corners.append(points if way.lower == arrow.source else points[::-1])
    trunks = ((want.trunk, points) for want, points in zip(wanted, corners, strict=True))
    return tuple(
        arrow._replace(points=points, stem=stem)
        for arrow, points, stem in zip(arrows, corners, stems(trunks), strict=True)
    )


def _boxes(theory: Theory, layout: Layout) -> Iterator[Box]:
    for id, node in theory.nodes.items():
        if id in layout.grid.cells:
            x, y, width, height = (round(length, 2) for length in layout.box(id))
            yield Box(
                id=id,
                kind=node.kind,  # type: ignore[arg-type]
                lines=layout.texts[id],
                tooltip="",
                url=node.url or "",
                x=x,
                y=y,
                width=width,
                height=height,
                above_ceiling=node.above_ceiling,
            )


def _groups(theory: Theory, layout: Layout, foot: float) -> Iterator[Group]:
    grid = layout.grid
    if not theory.pillars or max(layout.grid.starts.values()) == grid.starts["pillar"]:
        return  # a head without a column needs no panel
    top = layout.tops[grid.starts["pillar"]]
    for index, pillar in enumerate(grid.columns):
        left = layout.lefts[index * grid.pitch + 1]
        right = layout.lefts[(index + 1) * grid.pitch]
        title = theory.pillars[pillar].title if pillar else ""
        yield Group(pillar, title, round(left, 2), round(top, 2), round(right - left, 2), round(foot - top, 2))


def _captions(theory: Theory, layout: Layout, rules: Sequence[Rule]) -> Iterator[Caption]:
    """What the boxes of each part are, in the margin beside its first row, and the name of the ceiling on its line."""
    for kind, row in layout.grid.starts.items():
        yield _in_margin("eyebrow", _name(theory, kind), layout.tops[row] + CAPTION_DROP)
    for rule in rules:
        caption = _in_margin("ceiling", CEILING_TITLE, 0)
        yield caption._replace(y=round(rule.y - 2 - caption.height, 2))


def _name(theory: Theory, kind: str) -> str:
    return wording.word(theory, kind, plural=len(theory.of_kind(kind)) != 1)  # type: ignore[arg-type]


def _least_heights(theory: Theory, grid: Grid) -> dict[int, float]:
    """How high a row must be at least for its name, and the ceiling's, to stand beside it."""
    least = {
        row: CAPTION_DROP + _in_margin("eyebrow", _name(theory, kind), 0).height for kind, row in grid.starts.items()
    }
    if grid.ceiling is not None:
        over = _in_margin("ceiling", CEILING_TITLE, 0).height - layouts.CEILING_DROP + 4
        least[grid.ceiling - 1] = max(0.0, over) + least.get(grid.ceiling - 1, 0.0)
    return least


def _notes(text: str, width: float, top: float) -> list[Caption]:
    style = STYLES["note"]
    rows = wrap(text, width, style.size, style.bold)
    return [Caption("note", rows, layouts.MARGIN, round(top, 2), width, len(rows) * style.leading)] if rows else []


def _in_margin(role: Role, text: str, y: float) -> Caption:
    style = STYLES[role]
    width = layouts.CAPTIONS - 4
    rows = wrap(text, width, style.size, style.bold)
    return Caption(role, rows, layouts.MARGIN, round(y, 2), width, round(len(rows) * style.leading, 2))


def _rules(layout: Layout) -> Iterator[Rule]:
    row = layout.grid.ceiling
    if row is not None:
        above = (
            layout.tops[row] - layouts.channel_height(layout.grid, layout.tracks, row)
            if row < layout.grid.rows
            else layout.foot
        )
        yield Rule(layouts.MARGIN, round(above + layouts.CEILING_DROP, 2), round(layout.width - 2 * layouts.MARGIN, 2))
