"""The page of a drawing: what it is put together from, its title, notes and the organisation's name, and how large the paper is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from toc.diagram.looks.legend import again, entries, in_rows
from toc.diagram.paper import FREE, LARGEST_TITLE, TITLE, Page
from toc.diagram.shapes import (
    MARGIN,
    Arrow,
    Band,
    Box,
    Caption,
    Ceiling,
    Diagram,
    Group,
    Key,
    Point,
    Role,
)
from toc.diagram.type.box_text import STYLES
from toc.diagram.type.measures import unwrapped, width, wrap
from toc.draw_options import Hidden
from toc.guidance import approach_of
from toc.model import Theory
from toc.model.mappings import FrozenDict

TITLE_WIDTH: Final = 560.0  # a title may be so wide at least
UNDER_TITLE: Final = 10.0
OVER_LEGEND: Final = 14.0
TRIES: Final = 4  # of longer rows for a legend
CAPTIONS_OF: Final[Mapping[Hidden, tuple[Role, ...]]] = FrozenDict(
    {"ceiling": ("ceiling",), "captions": ("eyebrow", "title")}
)


class Drawn(NamedTuple):
    """What a view has put on the paper between the title and the legend. It ends at `right` and at `foot`."""

    boxes: tuple[Box, ...]
    right: float
    foot: float
    arrows: tuple[Arrow, ...] = ()
    groups: tuple[Group, ...] = ()
    captions: tuple[Caption, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    bands: tuple[Band, ...] = ()
    hide: frozenset[Hidden] = frozenset()

    @property
    def shown(self) -> Drawn:
        """The same without what is hidden."""
        gone = {role for part, roles in CAPTIONS_OF.items() if part in self.hide for role in roles}
        captions = tuple(caption for caption in self.captions if caption.role not in gone)
        return self._replace(captions=captions, ceilings=() if "ceiling" in self.hide else self.ceilings)


def titled(theory: Theory, wide: float) -> Caption:
    """The title of the drawing, in the upper left corner."""
    style = STYLES["heading"]
    rows = wrap(theory.title, max(TITLE_WIDTH, wide), style.size, style.bold)
    return Caption("heading", rows, unwrapped(theory.title), MARGIN, MARGIN, 0.0, len(rows) * style.leading)


def under(title: Caption) -> float:
    """Where the drawing begins."""
    return title.y + title.height + UNDER_TITLE


def paged(theory: Theory, view: str, title: Caption, drawn: Drawn, notes: Iterable[str]) -> Diagram:
    """The finished diagram: what was drawn under its title, with a legend for exactly what occurs, and notes."""
    drawn = drawn.shown._replace(boxes=tuple(_with_badge(theory, box) for box in drawn.boxes))
    keys = _legend(theory, drawn)
    end = max((key.y + key.height for key in keys), default=drawn.foot)
    style = STYLES["heading"]
    title_width = max((width(row, style.size, style.bold) for row in title.rows), default=0.0)
    wide = max([drawn.right, title_width + 2 * MARGIN, *(key.x + key.width + MARGIN for key in keys)])
    said = _notes(notes, wide - 2 * MARGIN, end + 10)
    end = max([end, *(caption.y + caption.height for caption in said)])
    return Diagram(
        title=theory.title,
        view=view,
        language=theory.language or "",
        description=theory.description or "",
        width=round(wide, 2),
        height=round(end + MARGIN, 2),
        boxes=drawn.boxes,
        arrows=drawn.arrows,
        groups=drawn.groups,
        captions=(title._replace(width=wide - 2 * MARGIN), *drawn.captions, *said),
        ceilings=drawn.ceilings,
        legend=keys,
        bands=drawn.bands,
    )


def _legend(theory: Theory, drawn: Drawn) -> tuple[Key, ...]:
    """The legend, in rows under what is drawn."""
    if "legend" in drawn.hide:
        return ()
    headings = {caption.text for caption in drawn.captions}
    found = entries(theory, drawn.boxes, drawn.arrows, headings)
    return in_rows(found, MARGIN, drawn.right - MARGIN, drawn.foot + OVER_LEGEND)


def _with_badge(theory: Theory, box: Box) -> Box:
    """A box with the sign of how to measure an activity, if it says that."""
    if not any(line.role == "badge" for line in box.lines):
        return box
    approach = approach_of(theory, theory.activities[box.id])
    return box._replace(badge=approach.value if approach else "open")


def _notes(texts: Iterable[str], width: float, top: float) -> list[Caption]:
    found = []
    for text in texts:
        caption = written("note", text, MARGIN, top, width)
        if caption.rows:
            found.append(caption)
            top += caption.height + 4
    return found


def written(role: Role, text: str, x: float, y: float, width: float) -> Caption:
    """A caption wrapped into a width."""
    style = STYLES[role]
    rows = wrap(text, width, style.size, style.bold)
    place = (round(x, 2), round(y, 2), round(width, 2), round(len(rows) * style.leading, 2))
    return Caption(role, rows, unwrapped(text), *place)


LONGEST: Final = 300.0  # points; a longer name is wrapped
GAP: Final = 6.0


def signed(diagram: Diagram, name: str) -> Diagram:
    """The diagram with a name in its lower right corner, on lines of its own beneath everything else."""
    if not name:
        return diagram
    style = STYLES["note"]
    rows = wrap(name, min(LONGEST, diagram.width - 2 * MARGIN), style.size, style.bold)
    wide = max(width(row, style.size, style.bold) for row in rows)
    x, y, high = diagram.width - MARGIN - wide, diagram.height - MARGIN + GAP, len(rows) * style.leading
    caption = Caption("note", rows, unwrapped(name), round(x, 2), round(y, 2), round(wide + 0.5, 2), round(high, 2))
    found = diagram._replace(height=round(y + high + MARGIN, 2), captions=(*diagram.captions, caption))
    return found if found.page.is_free else on_page(found, found.page)


def on_page(diagram: Diagram, page: Page) -> Diagram:
    """The diagram in the middle of its page, which it fills: no larger than titles may be, in the page's own shape."""
    if page.is_free:
        return diagram
    diagram = _with_long_rows(diagram, page)
    scale = _scale(diagram, page)
    wide, high = page.width / scale, page.height / scale
    moved = shifted(diagram, (wide - diagram.width) / 2, (high - diagram.height) / 2)
    return moved._replace(width=round(wide, 2), height=round(high, 2), page=page)


def _scale(diagram: Diagram, page: Page) -> float:
    return min(page.width / diagram.width, page.height / diagram.height, LARGEST_TITLE / TITLE)


def _with_long_rows(diagram: Diagram, page: Page) -> Diagram:
    """The diagram with fewer rows in its legend, where it is narrow and has room beside it on its page."""
    scale = _scale(diagram, page)
    for _ in range(TRIES):
        keys = again(diagram.legend, _room(diagram, page, scale))
        shorter = _lifted(diagram, keys)
        if shorter.height >= diagram.height:
            break
        scale = _scale(shorter, page)  # it is larger now, and the room smaller
        if max(key.x + key.width for key in keys) <= _room(diagram, page, scale):
            return shorter
    return diagram


def _room(diagram: Diagram, page: Page, scale: float) -> float:
    """How far to the right there is paper when the diagram stands in the middle of its page."""
    return (page.width / scale + diagram.width) / 2 - MARGIN


def _lifted(diagram: Diagram, keys: tuple[Key, ...]) -> Diagram:
    """The diagram with another legend, and what stands under it moved along."""
    ends = (max((key.y + key.height for key in legend), default=0.0) for legend in (keys, diagram.legend))
    up = round(-min(0.0, next(ends) - next(ends)), 2)
    captions = (one._replace(y=round(one.y - up, 2)) if one.role == "note" else one for one in diagram.captions)
    return diagram._replace(legend=keys, captions=tuple(captions), height=round(diagram.height - up, 2))


def untitled(diagram: Diagram) -> Diagram:
    """The diagram without its title and the room for it, for where the title stands already; of any size."""
    title = next((caption for caption in diagram.captions if caption.role == "heading"), None)
    if title is None:
        return diagram
    captions = tuple(caption for caption in diagram.captions if caption is not title)
    up = title.height + UNDER_TITLE
    cut = shifted(diagram._replace(captions=captions, page=FREE), 0.0, -up)
    return cut._replace(height=round(diagram.height - up, 2))


def shifted(diagram: Diagram, right: float, down: float) -> Diagram:
    """The diagram with everything on it moved."""

    def at(x: float, y: float) -> Point:
        return round(x + right, 2), round(y + down, 2)

    def moved(one: Any) -> Any:
        x, y = at(one.x, one.y)
        return one._replace(x=x, y=y)

    def led(arrow: Arrow) -> Arrow:
        return arrow._replace(
            points=tuple(at(*point) for point in arrow.points), stem=tuple(at(*point) for point in arrow.stem)
        )

    return diagram._replace(
        boxes=tuple(map(moved, diagram.boxes)),
        arrows=tuple(map(led, diagram.arrows)),
        groups=tuple(map(moved, diagram.groups)),
        captions=tuple(map(moved, diagram.captions)),
        ceilings=tuple(map(moved, diagram.ceilings)),
        legend=tuple(map(moved, diagram.legend)),
        bands=tuple(Band(tuple(at(*point) for point in band.points)) for band in diagram.bands),
    )
