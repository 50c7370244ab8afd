"""An organisation's name at the foot of its drawings."""

from __future__ import annotations

from typing import Final

from toc.diagram.boxes import STYLES
from toc.diagram.layout import MARGIN
from toc.diagram.text import unwrapped, width, wrap
from toc.diagram.values import Caption, Diagram

LONGEST: Final = 300.0  # points; a longer name is wrapped
GAP: Final = 6.0


def signed(diagram: Diagram, name: str) -> Diagram:
    """The diagram with a name in its lower right corner, on lines of its own beneath everything else.

    >>> import toc
    >>> signed(toc.example("small-charity").diagram(), "Our alliance").captions[-1].rows
    ('Our alliance',)
    """
    if not name:
        return diagram
    style = STYLES["note"]
    rows = wrap(name, min(LONGEST, diagram.width - 2 * MARGIN), style.size, style.bold)
    wide = max(width(row, style.size, style.bold) for row in rows)
    x, y, high = diagram.width - MARGIN - wide, diagram.height - MARGIN + GAP, len(rows) * style.leading
    caption = Caption("note", rows, unwrapped(name), round(x, 2), round(y, 2), round(wide + 0.5, 2), round(high, 2))
    return diagram._replace(height=round(y + high + MARGIN, 2), captions=(*diagram.captions, caption))
