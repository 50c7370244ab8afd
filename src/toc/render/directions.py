"""Rows that are read from right to left, set flush right in an SVG.

The engine guesses how wide such a row is. In SVG nobody has to: a row that starts at its right edge needs no width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from toc.diagram.boxes import BULLET_WIDTH, INSET_X
from toc.diagram.text import is_right_to_left
from toc.diagram.values import Diagram, Point

_TEXT: Final = re.compile(r'(<text\b[^>]*?) x="(-?[\d.]+)" y="(-?[\d.]+)"([^>]*>)([^<]+)(?=</text>)')


class _Place(NamedTuple):
    """Where some rows stand: the corners of their place, and the right edge of each of them."""

    left: float
    top: float
    right: float
    bottom: float
    edges: dict[str, float]

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def set_right(svg: str, diagram: Diagram) -> str:
    """The SVG of a diagram with every row of right-to-left text starting at the right edge of its place.

    >>> import toc
    >>> diagram = toc.example("small-charity").diagram()
    >>> set_right("<text x='1'>Reading</text>", diagram)
    "<text x='1'>Reading</text>"
    """
    if svg.isascii():
        return svg
    places = list(_places(diagram))
    return _TEXT.sub(lambda found: _turned(found, places, diagram.height), svg) if places else svg


def _places(diagram: Diagram) -> Iterator[_Place]:
    """The places that hold right-to-left text."""
    for box in diagram.boxes:
        right = box.x + box.width - INSET_X
        edges = {
            row: right - (BULLET_WIDTH if line.role == "kpi" else 0)
            for line in box.lines
            if is_right_to_left(line.text)
            for row in line.rows
        }
        if edges:
            yield _Place(box.x, box.y, box.x + box.width, box.y + box.height, edges)
    for caption in diagram.captions:
        if is_right_to_left(caption.text):
            left, width = caption.x, caption.width
            edges = dict.fromkeys(caption.rows, left + width)
            yield _Place(left - 1, caption.y - 1, left + width + 1, caption.y + caption.height + 1, edges)


def _turned(found: re.Match[str], places: list[_Place], high: float) -> str:
    """A row at its right edge, if it stands in one of the places; the engine counts y upwards from the foot."""
    before, x, y, after, text = found.groups()
    point = (float(x), high + float(y))
    row = unescape(text)
    for place in places:
        if row in place.edges and place.holds(point):
            return f'{before} direction="rtl" x="{place.edges[row]:g}" y="{y}"{after}{text}'
    return found[0]
