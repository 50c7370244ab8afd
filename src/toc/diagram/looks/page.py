"""The page of a drawing: its title, its legend, its notes, the organisation's name, and how large the paper is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, cast, get_args

from toc.diagram.paper import FREE, LARGEST_TITLE, TITLE, Page
from toc.diagram.shapes import (
    MARGIN,
    Arrow,
    Badge,
    Band,
    Box,
    BoxKind,
    Caption,
    Ceiling,
    Diagram,
    Group,
    Key,
    Mark,
    Point,
    Role,
    Sign,
)
from toc.diagram.type.box_text import ICON, STYLES
from toc.diagram.type.measures import unwrapped, width, wrap
from toc.draw_options import Hidden
from toc.guidance import approach_of
from toc.language.facts import Strength
from toc.language.vocabulary import in_sentence, word
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.monitoring.statuses import Status

SAMPLE: Final = 26.0
BOX_SAMPLE: Final = (20.0, 12.0)
BESIDE: Final = 6.0  # between a sample and its text
KEY_GAP: Final = 14.0
MARKS: Final = frozenset(get_args(Mark)) - {""}
BADGES: Final[tuple[Badge, ...]] = get_args(Badge)[1:]
PROGRESS: Final = FrozenDict(
    {f"progress-{status}": status for status in Status}
)  # samples of signs: a strength is unknown too
SIGNS: Final[Mapping[str, str]] = FrozenDict({"error": "×", "warning": "▲", "advice": "○"})
TOLD_APART: Final[tuple[BoxKind, ...]] = ("outcome", "output")  # kinds that stand among one another
TEXTS: Final = {
    "strong": "strong confidence",
    "medium": "medium confidence",
    "weak": "weak confidence",
    "unknown": "confidence not stated",
    "across": "to another {pillar}",
    "feedback": "feedback",
    "negative": "works against",
}


def legend(theory: Theory, drawn: Drawn) -> tuple[Key, ...]:
    """The entries in rows under what is drawn."""
    if "legend" in drawn.hide:
        return ()
    return in_rows(entries(theory, drawn), MARGIN, drawn.right - MARGIN, drawn.foot + 14)


class Entry(NamedTuple):
    """An entry of the legend before it has its place: what its sample is, what it means, how sure its arrow is."""

    sample: str
    text: str
    strength: Strength = "unknown"
    kind: BoxKind | Literal[""] = ""


def entries(theory: Theory, drawn: Drawn) -> Iterator[Entry]:
    """An entry for everything that occurs and whose look says something: lines, colours, badges and marks."""
    pillar = in_sentence(theory, "pillar")
    for sample, strength in samples(drawn.arrows).items():
        yield Entry(sample, TEXTS[sample].format(pillar=pillar), strength)
    kinds = {box.kind for box in drawn.boxes}
    headings = {caption.text for caption in drawn.captions}
    if kinds.issuperset(TOLD_APART) and word(theory, "output", plural=True) not in headings:
        yield from (Entry(kind, in_sentence(theory, kind), kind=kind) for kind in TOLD_APART)
    yield from _of_badges(drawn.boxes)
    yield from _of_statuses(drawn.boxes)
    marks = {box.mark: box.kind for box in drawn.boxes}
    yield from (Entry(mark, f"{sign} {mark}", kind=marks[mark]) for mark, sign in SIGNS.items() if mark in marks)


def _of_badges(boxes: Sequence[Box]) -> Iterator[Entry]:
    """The badges in their own order, each with the words that stand beside it in the boxes."""
    said = {box.badge: line.text for box in boxes for line in box.lines if line.role == "badge" and box.badge}
    what = "how to measure: "
    for badge in BADGES:
        if badge in said:
            yield Entry(badge, f"{what}{said[badge]}", kind="activity")
            what = ""


def _of_statuses(boxes: Sequence[Box]) -> Iterator[Entry]:
    """The signs of how KPIs stand, from the best to what is not known."""
    found = {line.status for box in boxes for line in box.lines}
    what = "progress: "
    for sample, status in PROGRESS.items():
        if status in found:
            yield Entry(sample, f"{what}{status.word}")
            what = ""


def in_rows(entries: Iterable[Entry], left: float, right: float, top: float) -> tuple[Key, ...]:
    """Entries one after the other in rows between `left` and `right`."""
    style = STYLES["note"]
    keys = []
    x, y = left, top
    for sample, text, strength, kind in entries:
        wide = _sample_width(sample, kind) + BESIDE + width(text, style.size)
        if x > left and x + wide > right:
            x, y = left, y + style.leading + 4
        keys.append(Key(sample, strength, text, x, y, wide, style.leading, kind))
        x += wide + KEY_GAP
    return tuple(keys)


def _sample_width(sample: str, kind: str) -> float:
    return ICON if sample in PROGRESS else BOX_SAMPLE[0] if kind else SAMPLE


def sample_of(key: Key) -> Arrow | Box | Sign:
    """What an entry shows: an arrow from left to right, a small box without a word in it, or the sign of a status."""
    middle = key.y + key.height / 2
    if key.sample in PROGRESS:
        return Sign(PROGRESS[key.sample], "", key.x + ICON / 2, middle)
    if key.kind:
        wide, high = BOX_SAMPLE
        mark = cast("Mark", key.sample) if key.sample in MARKS else ""
        badge = key.sample if key.sample in BADGES else ""
        return Box("", key.kind, (), "", "", key.x, middle - high / 2, wide, high, mark=mark, badge=badge)
    way = ((key.x, middle), (key.x + SAMPLE, middle))
    across, feedback, negative = (key.sample == name for name in ("across", "feedback", "negative"))
    mark = cast("Mark", key.sample) if key.sample in MARKS else ""
    return Arrow("", "", key.strength, across, feedback, negative, "", way, way, mark)


def text_place(key: Key) -> Key:
    """The place of an entry's text, beside its sample."""
    beside = _sample_width(key.sample, key.kind) + BESIDE
    return key._replace(x=key.x + beside, width=key.width - beside)


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
    keys = legend(theory, drawn)
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
    scale = min(page.width / diagram.width, page.height / diagram.height, LARGEST_TITLE / TITLE)
    wide, high = page.width / scale, page.height / scale
    moved = shifted(diagram, (wide - diagram.width) / 2, (high - diagram.height) / 2)
    return moved._replace(width=round(wide, 2), height=round(high, 2), page=page)


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
