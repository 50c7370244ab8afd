"""The legend: an entry for exactly what occurs in a drawing, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast, get_args

from toc.diagram.shapes import Arrow, Key, Mark
from toc.diagram.type.box_text import STYLES
from toc.diagram.type.measures import width
from toc.language.facts import Strength

SAMPLE: Final = 34.0
BESIDE: Final = 6.0  # between a sample and its text
GAP: Final = 22.0
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
        x += wide + GAP
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
