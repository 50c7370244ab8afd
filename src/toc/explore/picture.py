"""The drawing made ready for the page: the same picture in colours that can be light and dark, with what a script needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from toc.diagram import Arrow, Box, Diagram
from toc.diagram.description import described
from toc.diagram.looks.themes import COLOURS, DARK, LIGHT, PARTS, Paint, Theme
from toc.errors import DrawingError
from toc.explore.shown import Shown
from toc.model.mappings import FrozenDict
from toc.render.dot import spline
from toc.render.markup import said
from toc.render.svg import to_svg

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_STAND_IN: Final = re.compile(r'"#fe([0-9a-f]{4})"')


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


def stand_in(theme: Theme) -> Theme:
    """The theme with a different colour for each meaning, to be told apart in what is painted with it."""
    at = {name: f"#fe{index:04x}" for index, name in enumerate(colours(theme))}
    boxes = {kind: _stand_in_paint(kind, paint, at) for kind, paint in theme.boxes.items()}
    marks = {mark: border._replace(colour=at[f"mark-{mark}"]) for mark, border in theme.marks.items()}
    plain: dict[str, Any] = {name: at[name.replace("_", "-")] for name in COLOURS}
    return theme._replace(**plain, boxes=FrozenDict(boxes), marks=FrozenDict(marks))


def _stand_in_paint(kind: str, paint: Paint, at: Mapping[str, str]) -> Paint:
    fill, line, text, note = (at[f"{kind}-{part}"] for part in PARTS)
    return Paint(fill, line, text, note, paint.border)


def with_variables(svg: str, theme: Theme) -> str:
    """What was painted with stand-ins, each colour replaced by the name of what it means."""
    names = list(colours(theme))
    return _STAND_IN.sub(lambda found: f'"var(--t-{names[int(found[1], 16)]})"', svg)


def counterparts(theme: Theme) -> Mapping[str, Theme]:
    """The light and the dark look of a theme; nothing for one that looks the same by day and by night."""
    pair = {"light": LIGHT, "dark": DARK}
    return pair if colours(theme) in [colours(one) for one in pair.values()] else {}


def palette(theme: Theme) -> str:
    """The style sheet that gives the variables their colours, on the screen and on paper."""
    looks = counterparts(theme)
    rules = [_rule(".picture", theme)]
    rules += [_rule(f':root[data-look="{name}"] .picture', look) for name, look in looks.items()]
    if looks:  # dark paper would be a waste of ink
        rules.append(f"@media print {{ {_rule(':root[data-look] .picture', LIGHT)} }}")
    return "\n".join(rules) + "\n"


def _rule(selector: str, theme: Theme) -> str:
    values = " ".join(f"--t-{name}: {colour};" for name, colour in colours(theme).items())
    return f"{selector} {{ {values} }}"


# The engine writes one tag a line; a box, a badge and an arrow hold no groups.
_GROUP: Final = re.compile(
    r'<g id="toc-(?P<id>[^"]*)" class="(?P<css>(?:node|edge|cluster)[^"]*)">\n(?P<title><title>[^<]*</title>\n)?'
    r"(?P<body>.*?)</g>",
    re.DOTALL,
)
_GRAPH: Final = re.compile(r'<g id="toc-graph0"')
_ANCHOR: Final = re.compile(r"</?a\b[^>]*>\n?")
_NAMES: Final = re.compile(r'"toc-(title|description)"')
_SIZE: Final = re.compile(r'<svg (.*?)width="[^"]*" height="[^"]*"')
_KNOT: Final = re.compile(r"(-?[\d.e+-]+),(-?[\d.e+-]+)")


def picture(part: Shown, diagram: Diagram, theme: Theme) -> str:
    """The drawing as an SVG element without colours of its own: those are variables of the style sheet."""
    beginning = described(diagram).partition("\n")[0]
    painted = to_svg(diagram, stand_in(theme), description=f"{beginning} All of it stands in words below.")
    svg = _SIZE.sub(r"<svg \1", with_variables(painted, theme), count=1)
    # A node may be called "title" or "node1": only boxes and arrows keep their ids.
    svg = _NAMES.sub(r'"picture-\1"', svg, count=4)
    svg = _GRAPH.sub("<g", svg, count=1)
    return _GROUP.sub(_Groups(part, diagram), svg).replace('role="img"', 'role="group"', 1)


class _Groups:
    """Finishes one group of the picture after the other."""

    def __init__(self, part: Shown, diagram: Diagram) -> None:
        self.part = part
        self.boxes = {box.id: box for box in diagram.boxes}
        self.badges = iter([box.id for box in diagram.boxes if box.badge])
        self.panels = iter([group.id for group in diagram.groups])
        self.arrows = _arrows(diagram)
        self.named = set(self.boxes)

    def __call__(self, group: re.Match[str]) -> str:
        """The group with the attributes of what it is; what is neither box nor arrow of the theory loses its id."""
        kind, _, rest = group["css"].partition(" ")
        css, body = f'class="{group["css"]}"', group["body"]
        if kind == "cluster":
            return f'<g {css} data-pillar="{said(next(self.panels, ""))}">\n{body}</g>'
        if rest.startswith("badge"):
            return f'<g {css} data-box="{said(next(self.badges, ""))}">\n{body}</g>'
        if rest.startswith("link") and self.arrows.get(group["id"]):
            attributes = self.arrows[group["id"]].pop(0)
            # A node may be called "a--b" too, and its box comes first.
            own = "" if group["id"] in self.named else f'id="toc-{group["id"]}" '
            self.named.add(group["id"])
            return f"<g {own}{css} {attributes}>\n{group['title'] or ''}{body}</g>"
        if kind == "node" and group["id"] in self.boxes and rest.partition(" ")[0] == self.boxes[group["id"]].kind:
            return self._box(self.boxes[group["id"]], css, body)
        return f"<g {css}>\n{body}</g>"

    def _box(self, box: Box, css: str, body: str) -> str:
        # As it is written, hyphens at the ends of rows included: a name must hold what can be seen.
        seen = " ".join(row for line in box.lines for row in line.rows)
        name = said(f"{self.part.word(box.id)}: {seen}")
        inner = _ANCHOR.sub("", body)
        return f'<g id="toc-{box.id}" {css}>\n<a href="#about-{box.id}" aria-label="{name}">\n{inner}</a>\n</g>'


def _arrows(diagram: Diagram) -> Mapping[str, list[str]]:
    """The attributes of every arrow by its id: its ends, its trunk, and its whole way where it joins another's."""
    found: dict[str, list[str]] = {}
    trunks: dict[object, str] = {}
    for arrow in diagram.arrows:
        look = arrow._replace(source="", tooltip="", points=arrow.points[-1:], stem=())
        trunk = trunks.setdefault(look, f"trunk{len(trunks)}")
        attributes = [f'data-source="{arrow.source}" data-target="{arrow.target}" data-trunk="{trunk}"']
        attributes += _whole(arrow, diagram.height)
        found.setdefault(f"{arrow.source}--{arrow.target}", []).append(" ".join(attributes))
    return found


def _whole(arrow: Arrow, high: float) -> Iterator[str]:
    """The whole way of an arrow that joins another's trunk, for when it is looked at by itself."""
    if not arrow.joins:
        return
    alone = spline(arrow._replace(stem=arrow.points), high)
    # The picture counts upwards from its foot, as DOT does, in negative numbers; the first pair is the head's tip.
    knots = [f"{x},{-float(y):g}" for x, y in _KNOT.findall(alone)][1:]
    yield f'data-way="M{knots[0]}C{" ".join(knots[1:])}"'
