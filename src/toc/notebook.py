"""How a theory shows itself in Jupyter, marimo and VS Code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from html import escape
from typing import Any, Final

from toc.errors import TocError, whole_number
from toc.model import Theory
from toc.prose.outline_text import outline

SMALLEST_FRAME: Final = 200
"""Pixels; less shows nothing of a page."""
FINDINGS_SHOWN: Final = 5
"""More findings than these are folded."""
_TAG: Final = re.compile(r"<[^<>]+>")
_ID: Final = re.compile(r'(="(?:url\()?#?)toc-')


@dataclass(frozen=True)
class Explorer:
    """The page to explore, shown in a notebook in a frame of its own: nothing in it reaches the notebook around it.

    `page` is the whole HTML file, `height` is in pixels. The frame may run its own script and open links in new tabs,
    and nothing else.

    >>> import toc
    >>> toc.example("small-charity").explore(height=500)
    Explorer(title='A warm space on Tuesdays', height=500)
    """

    title: str
    page: str = field(repr=False)
    height: int = 720

    def __post_init__(self) -> None:
        height = whole_number("the height in pixels", self.height, SMALLEST_FRAME)
        object.__setattr__(self, "height", height)

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{escape(self.title)}, to explore" width="100%" height="{self.height}" '
            'style="border:0;width:100%" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )

    def _mime_(self) -> tuple[str, str]:
        return "text/html", self._repr_html_()


def bundle(theory: Theory, today: date) -> Mapping[str, Any]:
    """The drawing, the findings of a day and the guidance as HTML, and the outline as text, for `_repr_mimebundle_`."""
    return {"text/html": html(theory, today), "text/plain": outline(theory)}


def marimo(theory: Theory, today: date) -> tuple[str, str]:
    """The drawing, the findings of a day and the guidance with their type, for marimo's `_mime_`."""
    return "text/html", html(theory, today)


def html(theory: Theory, today: date) -> str:
    """The drawing, as wide as the cell at most, beneath it the findings and how to measure each activity.

    Where there can be no drawing, the outline and the reason take its place.
    """
    from toc import drawings

    try:
        svg = drawings.as_text(drawings.subject_of(theory, {}), "svg")
    except TocError as error:
        picture = f"<p>{escape(str(error))}</p>\n<pre>{escape(outline(theory))}</pre>"
    else:
        picture = f'<div style="background:#fff">\n{_for_a_page(svg)}\n</div>'
    from toc.guidance import GuidanceTable

    beneath = [_findings(theory, today)]
    if theory.activities:
        beneath.append(GuidanceTable(theory)._repr_html_())
    return "\n".join(["<div>", picture, *filter(None, beneath), "</div>"])


def _findings(theory: Theory, today: date) -> str:
    """The findings in a table, folded behind their number where they are many; nothing where there are none."""
    from toc.checks import Findings, findings_of

    found = Findings(theory, findings_of(theory, today=today))
    if not found:
        return ""
    table = found._repr_html_()
    if len(found) <= FINDINGS_SHOWN:
        return table
    return f"<details>\n<summary>{escape(found.summary)}</summary>\n{table}\n</details>"


def _for_a_page(svg: str) -> str:
    """The drawing with ids of its own and no wider than its place, so that several can stand in one page.

    >>> print(_for_a_page('<svg width="90pt" aria-labelledby="toc-title"><title id="toc-title">A</title></svg>'))
    <svg style="max-width:100%;height:auto" width="90pt" aria-labelledby="t...-title"><title id="t...-title">A</title></svg>
    """
    prefix = f"t{sha256(svg.encode()).hexdigest()[:10]}"
    own = _TAG.sub(lambda tag: _ID.sub(rf"\1{prefix}-", tag[0]), svg)
    start = own.find("<svg")
    return own[start:].replace("<svg", '<svg style="max-width:100%;height:auto"', 1)
