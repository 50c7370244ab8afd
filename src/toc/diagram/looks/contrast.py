"""Whether a theme can be read: the contrasts that WCAG 2.2 asks for at level AA, 4.5 for text and 3 for shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from toc.diagram.looks.themes import Theme

TEXT: Final = 4.5
SHAPE: Final = 3.0


class Pair(NamedTuple):
    """Two colours that must be told apart, by their names in a theme, and how well."""

    front: str
    back: str
    front_colour: str
    back_colour: str
    least: float

    @property
    def contrast(self) -> float:
        """From 1, the same colour, to 21, black on white."""
        return contrast(self.front_colour, self.back_colour)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), from 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(theme: Theme) -> list[Pair]:
    """The pairs of colours in a theme that cannot be told apart well enough."""
    return [pair for pair in _pairs(theme) if pair.contrast < pair.least]


def _pairs(theme: Theme) -> Iterator[Pair]:
    grounds = {"paper": theme.paper, "panel": theme.panel, "band": theme.band}
    for name in ("ink", "faint", "ceiling"):
        yield Pair(name, "paper", getattr(theme, name), theme.paper, TEXT)
    for name in ("arrow", "arrow_across", "arrow_feedback"):
        yield from (Pair(name, ground, getattr(theme, name), grounds[ground], SHAPE) for ground in ("paper", "panel"))
    for kind, paint in theme.boxes.items():
        yield Pair(f"boxes.{kind}.text", f"boxes.{kind}.fill", paint.text, paint.fill, TEXT)
        yield Pair(f"boxes.{kind}.note", f"boxes.{kind}.fill", paint.note, paint.fill, TEXT)
        yield from (Pair(f"boxes.{kind}.line", ground, paint.line, grounds[ground], SHAPE) for ground in grounds)
    for mark, border in theme.marks.items():
        yield from (Pair(f"marks.{mark}", ground, border.colour, grounds[ground], SHAPE) for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
