"""The drawing made ready for the page: the same picture in colours that can be light and dark, with what a script needs to know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from toc.diagram import Arrow, Box, Diagram, Group
from toc.diagram.description import described
from toc.diagram.looks.themes import COLOURS, DARK, LIGHT, PARTS, Paint, Theme
from toc.errors import DrawingError
from toc.explore.shown import Shown
from toc.model.mappings import FrozenDict
from toc.render.markup import said
from toc.render.painter import Numbers, painted, way
from toc.render.svg import PREFIX, Named, opened

PLACES: Final = ":is(.picture, .outline)"  # that have the colours of the drawing
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def colours(theme: Theme) -> Mapping[str, str]:
    """Every colour of a theme by its name.

    Raises:
        DrawingError: one of them is not written #rrggbb.
    """
    found = {name.replace("_", "-"): getattr(theme, name) for name in COLOURS}
    for kind, paint in theme.boxes.items():
        found |= {f"{kind}-{part}": getattr(paint, part) for part in PARTS}
    found |= {f"mark-{mark}": border.colour for mark, border in theme.marks.items()}
    for name, colour in found.items():
        if not _COLOUR.fullmatch(colour):
            raise DrawingError(f"{colour!r} is no colour for {name}: write # and six digits, such as '#17384a'")
    return found


def variables(theme: Theme) -> Theme:
    """The theme with the variable of the style sheet for each of its colours."""
    at = {name: f"var(--t-{name})" for name in colours(theme)}
    boxes = {
        kind: Paint(*[at[f"{kind}-{part}"] for part in PARTS])._replace(border=paint.border)  # type: ignore[arg-type]
        for kind, paint in theme.boxes.items()
    }
    marks = {mark: border._replace(colour=at[f"mark-{mark}"]) for mark, border in theme.marks.items()}
    plain: dict[str, Any] = {name: at[name.replace("_", "-")] for name in COLOURS}
    return theme._replace(**plain, boxes=FrozenDict(boxes), marks=FrozenDict(marks))


def counterparts(theme: Theme) -> Mapping[str, Theme]:
    """The light and the dark look of a theme; nothing for one that looks the same by day and by night."""
    pair = {"light": LIGHT, "dark": DARK}
    return pair if colours(theme) in [colours(one) for one in pair.values()] else {}


def palette(theme: Theme) -> str:
    """The style sheet that gives the variables their colours, on the screen and on paper."""
    looks = counterparts(theme)
    rules = [_rule(PLACES, theme)]
    rules += [_rule(f':root[data-look="{name}"] {PLACES}', look) for name, look in looks.items()]
    if looks:  # dark paper would be a waste of ink
        rules.append(f"@media print {{ {_rule(f':root[data-look] {PLACES}', LIGHT)} }}")
    return "\n".join(rules) + "\n"


def _rule(selector: str, theme: Theme) -> str:
    values = " ".join(f"--t-{name}: {colour};" for name, colour in colours(theme).items())
    return f"{selector} {{ {values} }}"


def picture(part: Shown, diagram: Diagram, theme: Theme) -> str:
    """The drawing as an SVG element without colours of its own: those are variables of the style sheet."""
    beginning = described(diagram).partition("\n")[0]
    description = f"{beginning} All of it stands in words below."
    head = opened(diagram, theme.font, description, named="picture", attributes={"role": "group"})
    return "\n".join([*head, *painted(diagram, variables(theme), _Explored(part)), "</svg>"])


class _Explored:
    """What the script finds each part by. Pointing at a part tells nothing that the page has not beside it but for arrows.

    Ids are those of an SVG by itself.
    """

    def __init__(self, part: Shown) -> None:
        self.part = part
        self._named = Named(PREFIX, tooltips=True)
        self._numbers = Numbers()
        self._trunks: dict[object, str] = {}

    def panel(self, group: Group) -> tuple[str, str]:
        return f'<g class="cluster panel" data-pillar="{said(group.id)}">', "</g>"

    def box(self, box: Box) -> tuple[str, str]:
        # As it is written, hyphens at the ends of rows included: a name must hold what can be seen.
        seen = " ".join(row for line in box.lines for row in line.rows)
        name = said(f"{self.part.word(box.id)}: {seen}")
        tag = self._named.opened(f"node {box.kind} {box.mark}", "", box.id)
        return f'{tag}\n<a href="#about-{said(box.id)}" aria-label="{name}">', "</a>\n</g>"

    def badge(self, box: Box, _: str) -> tuple[str, str]:
        return f'<g class="node badge {box.badge}" data-box="{said(box.id)}">', "</g>"

    def arrow(self, arrow: Arrow) -> tuple[str, str]:
        """Its ends, its trunk, and its whole way where it joins another's, for when it is looked at by itself."""
        look = arrow._replace(source="", tooltip="", points=arrow.points[-1:], stem=())
        trunk = self._trunks.setdefault(look, f"trunk{len(self._trunks)}")
        data = f' data-source="{said(arrow.source)}" data-target="{said(arrow.target)}" data-trunk="{trunk}"'
        if arrow.joins:
            data += f' data-way="{way(arrow._replace(stem=arrow.points), self._numbers)}"'
        tag, end = self._named.arrow(arrow)
        return f"<g{data}{tag.removeprefix('<g')}", end
