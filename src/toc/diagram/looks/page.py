"""The page of a drawing: its title, its legend, its notes, the organisation's name, and how large the paper is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple, cast, get_args

from toc.diagram.shapes import MARGIN, Arrow, Band, Box, Caption, Ceiling, Diagram, Group, Key, Mark, Role
from toc.diagram.type.box_text import STYLES
from toc.diagram.type.measures import unwrapped, width, wrap
from toc.language.facts import Strength
from toc.language.vocabulary import in_sentence
from toc.model import Theory

SAMPLE: Final = 34.0
BESIDE: Final = 6.0  # between a sample and its text
KEY_GAP: Final = 22.0
MARKS: Final = frozenset(get_args(Mark)) - {""}
TEXTS: Final = {
    "strong": "strong confidence",
    "medium": "medium confidence",
    "weak": "weak confidence",
    "unknown": "confidence not stated",
    "across": "to another {pillar}",
    "feedback": "feedback",
    "negative": "works against",
}


def legend(arrows: Iterable[Arrow], left: float, right: float, top: float, pillar: str = "pillar") -> tuple[Key, ...]:
    """The entries in rows between `left` and `right`. `pillar` is what the organisation calls one."""
    entries = ((sample, found, TEXTS[sample].format(pillar=pillar)) for sample, found in samples(arrows).items())
    return in_rows(entries, left, right, top)


def in_rows(entries: Iterable[tuple[str, Strength, str]], left: float, right: float, top: float) -> tuple[Key, ...]:
    """Entries by their samples, strengths and texts, one after the other in rows between `left` and `right`."""
    style = STYLES["note"]
    keys = []
    x, y = left, top
    for sample, strength, text in entries:
        wide = SAMPLE + BESIDE + width(text, style.size)
        if x > left and x + wide > right:
            x, y = left, y + style.leading + 4
        keys.append(Key(sample, strength, text, x, y, wide, style.leading))
        x += wide + KEY_GAP
    return tuple(keys)


def sample_of(key: Key) -> Arrow:
    """The arrow that an entry shows, from left to right."""
    middle = key.y + key.height / 2
    way = ((key.x, middle), (key.x + SAMPLE, middle))
    across, feedback, negative = (key.sample == name for name in ("across", "feedback", "negative"))
    mark = cast("Mark", key.sample) if key.sample in MARKS else ""
    return Arrow("", "", key.strength, across, feedback, negative, "", way, way, mark)


def text_place(key: Key) -> Key:
    """The place of an entry's text, beside its sample."""
    return key._replace(x=key.x + SAMPLE + BESIDE, width=key.width - SAMPLE - BESIDE)


def samples(arrows: Iterable[Arrow]) -> dict[str, Strength]:
    """What occurs, each with the line style in which it occurs first, in the order of the legend."""
    found: dict[str, Strength] = {}
    for arrow in arrows:
        found.setdefault(arrow.strength, arrow.strength)
        for name in ("across", "feedback", "negative"):
            if getattr(arrow, name):
                found.setdefault(name, arrow.strength)
    return {sample: found[sample] for sample in TEXTS if sample in found}


TITLE_WIDTH: Final = 560.0  # a title may be so wide at least
UNDER_TITLE: Final = 10.0


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
    keys = legend(drawn.arrows, MARGIN, drawn.right - MARGIN, drawn.foot + 14, in_sentence(theory, "pillar"))
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
    return diagram._replace(height=round(y + high + MARGIN, 2), captions=(*diagram.captions, caption))
