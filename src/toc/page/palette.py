"""The colours of a picture as CSS variables with a name for each meaning, so that one picture can be light and dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from toc.diagram.themes import DARK, LIGHT, Paint, Theme
from toc.errors import DrawingError
from toc.model.mappings import FrozenDict

PLAIN: Final = (
    "paper", "ink", "faint", "panel", "panel_line", "band", "ceiling", "arrow", "arrow_across", "arrow_feedback",
)  # fmt: skip
PARTS: Final = ("fill", "line", "text", "note")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_STAND_IN: Final = re.compile(r'"#fe([0-9a-f]{4})"')


def colours(theme: Theme) -> Mapping[str, str]:
    """Every colour of a theme by its name.

    Raises:
        DrawingError: one of them is not written #rrggbb.

    >>> from toc.diagram.themes import LIGHT
    >>> colours(LIGHT)["goal-fill"]
    '#17384a'

    """
    found = {name.replace("_", "-"): getattr(theme, name) for name in PLAIN}
    for kind, paint in theme.boxes.items():
        found |= {f"{kind}-{part}": getattr(paint, part) for part in PARTS}
    found |= {f"mark-{mark}": border.colour for mark, border in theme.marks.items()}
    for name, colour in found.items():
        if not _COLOUR.fullmatch(colour):
            raise DrawingError(f"{colour!r} is no colour for {name}: write # and six digits, such as '#17384a'")
    return found


def stand_in(theme: Theme) -> Theme:
    """The theme with a different colour for each meaning, to be told apart in what is painted with it.

    >>> from toc.diagram.themes import LIGHT
    >>> stand_in(LIGHT).paper, stand_in(LIGHT).ink
    ('#fe0000', '#fe0001')
    """
    at = {name: f"#fe{index:04x}" for index, name in enumerate(colours(theme))}
    boxes = {kind: _stand_in_paint(kind, paint, at) for kind, paint in theme.boxes.items()}
    marks = {mark: border._replace(colour=at[f"mark-{mark}"]) for mark, border in theme.marks.items()}
    plain: dict[str, Any] = {name: at[name.replace("_", "-")] for name in PLAIN}
    return theme._replace(**plain, boxes=FrozenDict(boxes), marks=FrozenDict(marks))


def _stand_in_paint(kind: str, paint: Paint, at: Mapping[str, str]) -> Paint:
    fill, line, text, note = (at[f"{kind}-{part}"] for part in PARTS)
    return Paint(fill, line, text, note, paint.border)


def with_variables(svg: str, theme: Theme) -> str:
    """What was painted with stand-ins, each colour replaced by the name of what it means.

    >>> from toc.diagram.themes import LIGHT
    >>> with_variables('<path fill="#fe0000"/>', LIGHT)
    '<path fill="var(--t-paper)"/>'
    """
    names = list(colours(theme))
    return _STAND_IN.sub(lambda found: f'"var(--t-{names[int(found[1], 16)]})"', svg)


def counterparts(theme: Theme) -> Mapping[str, Theme]:
    """The light and the dark look of a theme; nothing for one that looks the same by day and by night.

    >>> from toc.diagram.themes import LIGHT, PRINT
    >>> list(counterparts(LIGHT)), list(counterparts(PRINT))
    (['light', 'dark'], [])
    """
    pair = {"light": LIGHT, "dark": DARK}
    return pair if colours(theme) in [colours(one) for one in pair.values()] else {}


def palette(theme: Theme) -> str:
    """The style sheet that gives the variables their colours, on the screen and on paper.

    >>> from toc.diagram.themes import PRINT
    >>> palette(PRINT).splitlines()[0][:30]
    '.picture { --t-paper: #ffffff;'
    """
    looks = counterparts(theme)
    rules = [_rule(".picture", theme)]
    rules += [_rule(f':root[data-look="{name}"] .picture', look) for name, look in looks.items()]
    if looks:  # dark paper would be a waste of ink
        rules.append(f"@media print {{ {_rule(':root[data-look] .picture', LIGHT)} }}")
    return "\n".join(rules) + "\n"


def _rule(selector: str, theme: Theme) -> str:
    values = " ".join(f"--t-{name}: {colour};" for name, colour in colours(theme).items())
    return f"{selector} {{ {values} }}"
