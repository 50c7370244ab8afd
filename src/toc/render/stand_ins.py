"""Rows in letters that the engine cannot measure, kept away from it.

Beyond plain Latin letters the engine only guesses: it takes accented capitals, Arabic or Devanagari to be wider than they
are, and a label that outgrows its box is moved as a whole. So it is given a short stand-in for each such row, and the SVG gets the row itself in its place: from the left edge on, or
for letters read from right to left, from the right edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from toc.diagram.shapes import Box, Caption, Diagram, Key, Line
from toc.diagram.type.box_text import BULLET_WIDTH, INSET_X
from toc.diagram.type.measures import is_right_to_left

BESIDE_BULLET: Final = BULLET_WIDTH + 2  # the engine rounds widths to whole points
SIGN: Final = "\ue0f0"  # of the private use area: nobody's letter
_STAND_IN: Final = re.compile(rf' x="([^"]*)"([^>]*>)({SIGN}\d+{SIGN})(?=</text>)')


class Row(NamedTuple):
    """A row that is kept back, and its right edge where it starts there."""

    text: str
    right: float | None


def kept_back(diagram: Diagram) -> tuple[Diagram, Mapping[str, Row]]:
    """The diagram with stand-ins for the rows that only a browser measures well, and those rows by their stand-ins.

    >>> import toc
    >>> theory = toc.example("small-charity").edit("company", title="القراءة")
    >>> shown, rows = kept_back(theory.diagram())
    >>> [row.text for row in rows.values()], "القراءة" in str([box.lines for box in shown.boxes])
    (['القراءة'], True)
    """
    rows: dict[str, Row] = {}
    boxes = tuple(_box(box, rows) for box in diagram.boxes)
    captions = tuple(_caption(caption, rows) for caption in diagram.captions)
    legend = tuple(_key(key, rows) for key in diagram.legend)
    return (diagram._replace(boxes=boxes, captions=captions, legend=legend), rows) if rows else (diagram, rows)


def put_back(svg: str, rows: Mapping[str, Row]) -> str:
    """The SVG of such a diagram with the rows in their places."""
    return _STAND_IN.sub(lambda found: _written(found, rows), svg) if rows else svg


def _box(box: Box, rows: dict[str, Row]) -> Box:
    if all(line.text.isascii() for line in box.lines):
        return box
    right = box.x + box.width - INSET_X
    lines = tuple(_line(line, right - (BESIDE_BULLET if line.role == "kpi" else 0), rows) for line in box.lines)
    return box._replace(lines=lines)


def _line(line: Line, right: float, rows: dict[str, Row]) -> Line:
    return line._replace(rows=tuple(_stand_ins(line.rows, line.text, right, rows)))


def _caption(caption: Caption, rows: dict[str, Row]) -> Caption:
    shown = _stand_ins(caption.rows, caption.text, caption.x + caption.width, rows)
    return caption._replace(rows=tuple(shown))


def _key(key: Key, rows: dict[str, Row]) -> Key:
    (shown,) = _stand_ins((key.text,), key.text, key.x + key.width, rows)
    return key._replace(text=shown)


def _stand_ins(texts: Sequence[str], whole: str, right: float, rows: dict[str, Row]) -> Iterator[str]:
    """Rows of one text, those that the engine can only guess at by their stand-ins."""
    turned = is_right_to_left(whole)
    for text in texts:
        if turned or not text.isascii():
            stand_in = f"{SIGN}{len(rows)}{SIGN}"
            rows[stand_in] = Row(text, round(right, 2) if turned else None)
            yield stand_in
        else:
            yield text


def _written(found: re.Match[str], rows: Mapping[str, Row]) -> str:
    x, after, stand_in = found.groups()
    row = rows[stand_in]
    place = f' x="{x}"' if row.right is None else f' direction="rtl" x="{row.right:g}"'
    return f"{place}{after}{escape(row.text)}"
