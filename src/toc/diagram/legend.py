"""The legend: an entry for exactly what occurs in a drawing, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toc.diagram.boxes import STYLES
from toc.diagram.text import width
from toc.diagram.values import Arrow, Key, Strength

SAMPLE: Final = 34.0
GAP: Final = 22.0
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
    samples = _samples(arrows)
    style = STYLES["note"]
    keys = []
    x, y = left, top
    for sample, strength in samples.items():
        text = TEXTS[sample].format(pillar=pillar)
        wide = SAMPLE + 6 + width(text, style.size)
        if x > left and x + wide > right:
            x, y = left, y + style.leading + 4
        keys.append(Key(sample, strength, text, x, y, wide, style.leading))
        x += wide + GAP
    return tuple(keys)


def _samples(arrows: Iterable[Arrow]) -> dict[str, Strength]:
    """What occurs, each with the line style in which it occurs first, in the order of the legend."""
    found: dict[str, Strength] = {}
    for arrow in arrows:
        found.setdefault(arrow.strength, arrow.strength)
        for name in ("across", "feedback", "negative"):
            if getattr(arrow, name):
                found.setdefault(name, arrow.strength)
    return {sample: found[sample] for sample in TEXTS if sample in found}
