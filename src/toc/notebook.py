"""How a theory shows itself in Jupyter, marimo and VS Code.

Notebooks that somebody else ran are shown without scripts, frames, style sheets and SVG elements, and on paper without
HTML. So the drawing is an image that stands in the HTML as data, and a PNG stands beside the HTML.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Final, NamedTuple

from toc import drawings
from toc.errors import DrawingError, TocError, whole_number
from toc.language.text import one_line
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.pages.blocks import Figure
from toc.prose.outline_text import outline
from toc.render.engine import POINTS_PER_INCH, png_dpi
from toc.render.formats import Subject
from toc.render.png import missing_letters

SMALLEST_FRAME: Final = 200
"""Pixels; less shows nothing of a page."""
DPI: Final = 144
COARSEST_DPI: Final = 40
"""With fewer, a title of 10 points is less than 6 pixels high: nobody can read it."""
MOST_PIXELS: Final = 5_000_000
"""As many as an A4 page at 230 dpi has. A notebook file holds a picture for each time that a theory is shown."""


class Still(NamedTuple):
    """A drawing that stands still: for the screen as SVG with all that it says, and for paper as PNG."""

    figure: Figure
    png: Mapping[str, str]

    def html(self, style: str) -> str:
        """The image, never wider than its place; `style` says what else it keeps to."""
        alt = escape(one_line(self.figure.alt))
        return f'<img src="{self.figure.address}" alt="{alt}" style="max-width:100%;{style}">'


@dataclass(frozen=True)
class Explorer:
    """The page to explore, shown in a notebook in a frame of its own: nothing in it reaches the notebook around it.

    `page` is the whole HTML file, `height` is in pixels. The frame may run its own script and open links in new tabs,
    and nothing else. Behind it stands the drawing by itself, which is what a notebook without frames shows.

    >>> import toc
    >>> toc.example("small-charity").explore(height=500)
    Explorer(title='A warm space on Tuesdays', height=500)
    """

    title: str
    page: str = field(repr=False)
    still: Still = field(repr=False)
    height: int = 720

    def __post_init__(self) -> None:
        height = whole_number("the height in pixels", self.height, SMALLEST_FRAME)
        object.__setattr__(self, "height", height)

    def _repr_html_(self) -> str:
        frame = (
            f'<iframe title="{escape(self.title)}, to explore" width="100%" height="{self.height}" '
            f'style="position:absolute;top:0;left:0;width:100%;height:100%;border:0" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )
        behind = self.still.html("max-height:100%")
        return f'<div style="position:relative;height:{self.height}px">\n{behind}\n{frame}\n</div>'

    def _repr_mimebundle_(self, **_: Any) -> Mapping[str, Any]:
        return {"text/html": self._repr_html_(), **self.still.png, "text/plain": repr(self)}

    def _mime_(self) -> tuple[str, str]:
        return "text/html", self._repr_html_()


def explorer(theory: Theory, subject: Subject, height: int) -> Explorer:
    """The page to explore what is drawn of a theory."""
    page = drawings.as_text(subject, "html")
    return Explorer(theory.title, page, _still(subject, for_paper=True), height)


def bundle(theory: Theory, today: date) -> Mapping[str, Any]:
    """The drawing, the findings and the progress of a day and the guidance as HTML, the drawing as PNG, the outline as text."""
    html, png = _shown(theory, today, for_paper=True)
    return {"text/html": html, **png, "text/plain": outline(theory)}


def marimo(theory: Theory, today: date) -> tuple[str, str]:
    """The drawing, the findings and the progress of a day and the guidance with their type, for marimo's `_mime_`."""
    return "text/html", _shown(theory, today, for_paper=False)[0]


def _shown(theory: Theory, today: date, *, for_paper: bool) -> tuple[str, Mapping[str, str]]:
    """The drawing, as wide as the cell at most, beneath it the findings, how the KPIs stand and how to measure each activity; and the PNG.

    Where there can be no drawing, the outline and the reason take its place.
    """
    png: Mapping[str, str] = FrozenDict()
    try:
        still = _still(drawings.subject_of(theory, {}), for_paper=for_paper)
    except TocError as error:
        picture = f"<p>{escape(str(error))}</p>\n<pre>{escape(outline(theory))}</pre>"
    else:
        picture, png = still.html("height:auto"), still.png
    from toc.guidance import GuidanceTable

    beneath = [_findings(theory, today), _progress(theory, today)]
    if theory.activities:
        beneath.append(GuidanceTable(theory)._repr_html_())
    return "\n".join(["<div>", picture, *filter(None, beneath), "</div>"]), png


def _findings(theory: Theory, today: date) -> str:
    """What to do first about the findings; nothing where there are none."""
    from toc.checks import Findings, findings_of

    found = Findings(theory, findings_of(theory, today=today))
    return found._repr_html_() if found else ""


def _progress(theory: Theory, today: date) -> str:
    """How many KPIs stand how, which `progress` tells in full; nothing where nobody has read any."""
    from toc.monitoring import Progress
    from toc.pages.html import as_fragment

    if not any(kpi.readings for kpi in theory.kpis.values()):
        return ""
    return as_fragment(Progress(theory, today).opening, in_cell=True)


def _still(subject: Subject, *, for_paper: bool) -> Still:
    svg = drawings.as_text(subject, "svg")
    figure = Figure(svg, subject.given["description"]())
    return Still(figure, _png(subject, svg) if for_paper else FrozenDict())


def _png(subject: Subject, svg: str) -> Mapping[str, str]:
    """The drawing as PNG by its type; nothing where it could not be read, or could not be made."""
    width, height = subject.diagram.size
    by_area = (MOST_PIXELS * POINTS_PER_INCH**2 / (width * height)) ** 0.5
    try:
        dpi = png_dpi(width, height, max(1, int(min(DPI, by_area))))
        if dpi < COARSEST_DPI or missing_letters(svg):
            return FrozenDict()
        png = drawings.as_bytes(subject, "png", dpi=dpi)
    except DrawingError:  # too large, or nothing that paints it; the HTML has the drawing all the same
        return FrozenDict()
    return FrozenDict({"image/png": b64encode(png).decode()})
