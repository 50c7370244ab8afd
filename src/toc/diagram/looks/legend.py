"""The legend of a drawing: an entry for exactly what occurs, a sample of it beside what it means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, cast, get_args

from toc.diagram.shapes import Arrow, Badge, Box, BoxKind, Flow, Key, Mark, Sign
from toc.diagram.type.box_text import ICON, STYLES
from toc.diagram.type.measures import width
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
FLOWS: Final = frozenset(get_args(Flow)) - {""}
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
    "gives": "what {partners} give",
    "gains": "what {partners} gain",
    "reciprocates": "in return for",
}


class Entry(NamedTuple):
    """An entry of the legend before it has its place: what its sample is, what it means, how sure its arrow is."""

    sample: str
    text: str
    strength: Strength = "unknown"
    kind: BoxKind | Literal[""] = ""


def entries(
    theory: Theory, boxes: Sequence[Box], arrows: Iterable[Arrow], headings: Collection[str]
) -> Iterator[Entry]:
    """An entry for everything that occurs and whose look says something: lines, colours, badges and marks.

    Kinds that have a heading of their own need none.
    """
    words = {"pillar": in_sentence(theory, "pillar"), "partners": in_sentence(theory, "partner", plural=True)}
    for sample, strength in samples(arrows).items():
        yield Entry(sample, TEXTS[sample].format(**words), strength)
    kinds = {box.kind for box in boxes}
    if kinds.issuperset(TOLD_APART) and word(theory, "output", plural=True) not in headings:
        yield from (Entry(kind, in_sentence(theory, kind), kind=kind) for kind in TOLD_APART)
    yield from _of_badges(boxes)
    yield from _of_statuses(boxes)
    marks = {box.mark: box.kind for box in boxes}
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


def again(keys: Sequence[Key], right: float) -> tuple[Key, ...]:
    """The same entries in rows that may be longer, up to `right`."""
    entries = (Entry(key.sample, key.text, key.strength, key.kind) for key in keys)
    return in_rows(entries, keys[0].x, right, keys[0].y) if keys else ()


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
    flow = cast("Flow", key.sample) if key.sample in FLOWS else ""
    return Arrow("", "", key.strength, across, feedback, negative, "", way, way, mark, flow)


def text_place(key: Key) -> Key:
    """The place of an entry's text, beside its sample."""
    beside = _sample_width(key.sample, key.kind) + BESIDE
    return key._replace(x=key.x + beside, width=key.width - beside)


def samples(arrows: Iterable[Arrow]) -> dict[str, Strength]:
    """What occurs, each with the line style in which it occurs first, in the order of the legend."""
    found: dict[str, Strength] = {}
    for arrow in arrows:
        found.setdefault(arrow.flow or arrow.strength, arrow.strength)
        for name in ("across", "feedback", "negative"):
            if getattr(arrow, name):
                found.setdefault(name, arrow.strength)
    return {sample: found[sample] for sample in TEXTS if sample in found}
