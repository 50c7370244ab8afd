"""The drawing made ready for the page: the same picture, with what a script needs to know of its boxes and arrows.

Each box is a link to its facts, which works without any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toc.diagram import Arrow, Box, Diagram
from toc.diagram.describing import described
from toc.diagram.themes import Theme
from toc.page.markup import said
from toc.page.palette import stand_in, with_variables
from toc.page.shown import Shown
from toc.render import to_svg
from toc.render.dot import spline

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
    """The drawing as an SVG element without colours of its own: those are variables of the style sheet.

    >>> import toc
    >>> from toc.diagram.themes import LIGHT
    >>> from toc.page.shown import shown
    >>> theory = toc.example("small-charity")
    >>> 'id="toc-goal"' in picture(shown(theory, theory.diagram()), theory.diagram(), LIGHT)
    True
    """
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
        look = (
            arrow.target,
            arrow.points[-1],
            arrow.strength,
            arrow.across,
            arrow.feedback,
            arrow.negative,
            arrow.mark,
        )
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
