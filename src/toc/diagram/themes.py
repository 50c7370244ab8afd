"""How a drawing looks: colours and line styles by what they mean. Colour never carries a meaning alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.diagram.values import BoxKind, Strength
from toc.errors import DrawingError, hint, nearest


class Paint(NamedTuple):
    """The colours of one kind of box."""

    fill: str
    line: str
    text: str
    note: str


class Stroke(NamedTuple):
    """A line: its style in words that every format knows, and its width in points."""

    style: str
    width: float


class Theme(NamedTuple):
    """Everything that a renderer needs to know about looks."""

    paper: str
    ink: str
    faint: str
    panel: str
    panel_line: str
    ceiling: str
    arrow: str
    arrow_across: str
    arrow_feedback: str
    boxes: Mapping[BoxKind, Paint]
    strokes: Mapping[Strength, Stroke]


LIGHT: Final = Theme(
    paper="#ffffff",
    ink="#1f2d36",
    faint="#51636e",
    panel="#f2f6f7",
    panel_line="#d5e0e3",
    ceiling="#8a5a00",
    arrow="#3f5966",
    arrow_across="#7b3fa0",
    arrow_feedback="#a23b2a",
    boxes=MappingProxyType(
        {
            "goal": Paint("#17384a", "#17384a", "#ffffff", "#dbe7ec"),
            "pillar": Paint("#2b6d75", "#2b6d75", "#ffffff", "#e3f0f1"),
            "outcome": Paint("#ffffff", "#2b6d75", "#1f2d36", "#3c4f59"),
            "output": Paint("#e6f0e4", "#5b8a55", "#1f2d36", "#3c4f59"),
            "activity": Paint("#fdf5e4", "#c9973b", "#1f2d36", "#4a4232"),
            "input": Paint("#eef0f2", "#6b7a84", "#1f2d36", "#3c4f59"),
        }
    ),
    strokes=MappingProxyType(
        {
            "strong": Stroke("solid", 1.7),
            "medium": Stroke("dashed", 1.3),
            "weak": Stroke("dotted", 1.5),
            "unknown": Stroke("solid", 0.7),
        }
    ),
)

THEMES: Final[Mapping[str, Theme]] = MappingProxyType({"light": LIGHT})


def theme_of(theme: str | Theme) -> Theme:
    """The theme of a name; a theme is its own.

    Raises:
        DrawingError: there is no such theme.

    >>> theme_of("light") is LIGHT
    True

    """
    if isinstance(theme, Theme):
        return theme
    if theme in THEMES:
        return THEMES[theme]
    raise DrawingError(f"there is no theme {theme!r}; the themes are {', '.join(THEMES)}{hint(nearest(theme, THEMES))}")
