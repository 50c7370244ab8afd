"""From a diagram to text or bytes. Nothing here touches the disk or knows the theory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from toc.diagram import Diagram
from toc.diagram.description import described
from toc.diagram.looks.themes import LIGHT, Theme
from toc.diagram.type.measures import is_measured
from toc.errors import warn, yes_or_no
from toc.render import engine
from toc.render.dot import to_dot

__all__ = [
    "RENDERERS",
    "Picture",
    "to_dot",
    "to_drawio",
    "to_graphml",
    "to_mermaid",
    "to_pdf",
    "to_png",
    "to_pptx",
    "to_svg",
]

Picture = Literal["svg", "png", "pdf", "html", "pptx", "drawio", "mmd", "graphml", "dot"]
DPI: Final = 144


def to_svg(diagram: Diagram, theme: Theme = LIGHT, *, description: str = "") -> str:
    """The diagram as one SVG element; `description` is its long description for people who cannot see it.

    >>> import toc
    >>> to_svg(toc.example("small-charity").diagram())[:4]
    '<svg'
    """
    from toc.render.stand_ins import kept_back, put_back
    from toc.render.svg import finished

    shown, rows = kept_back(diagram)
    painted = engine.paint(to_dot(shown, theme), "svg").decode()
    return finished(
        put_back(painted, rows),
        title=diagram.title,
        description=description or described(diagram),
        language=diagram.language or None,
        font=theme.font,
    )


def to_png(
    diagram: Diagram,
    theme: Theme = LIGHT,
    *,
    dpi: int = DPI,
    transparent: bool = False,
    description: str = "",
) -> bytes:
    """The diagram as a PNG image, with its description as text inside the file.

    `dpi` is lowered where the image would pass 50 million pixels; `transparent` leaves the paper out. A `TocWarning`
    names scripts that the embedded engine has no letters for: SVG shows them all.

    >>> import toc
    >>> to_png(toc.example("small-charity").diagram())[1:4]
    b'PNG'
    """
    from toc.render import png

    text = to_dot(diagram, theme, transparent=yes_or_no("transparent", transparent))
    missing = sorted({char for char in text if char > "\u024f" and not is_measured(char)})
    if missing and engine.is_embedded():
        some = " ".join(missing[:8])
        message = (
            f"a PNG from the embedded engine shows no {some}{' …' if len(missing) > 8 else ''}: draw an SVG instead"
        )
        warn(message)
    painted = engine.paint(text, "png", dpi=engine.png_dpi(diagram.width, diagram.height, dpi))
    return png.described(painted, title=diagram.title, description=description or described(diagram))


def to_pdf(diagram: Diagram, theme: Theme = LIGHT) -> bytes:
    """The diagram as a PDF page, made from its SVG: of the same size, titled, and the same bytes each time.

    Raises:
        MissingExtraError: svglib and reportlab are not installed.

    >>> import toc
    >>> to_pdf(toc.example("small-charity").diagram())[:4]
    b'%PDF'
    """
    from toc.render.pdf import svg_to_pdf

    return svg_to_pdf(to_svg(diagram, theme), title=diagram.title)


def to_pptx(diagram: Diagram, theme: Theme = LIGHT, *, notes: str = "") -> bytes:
    """The diagram as a PowerPoint slide of native shapes; `notes` stand under the slide, above the drawing in words.

    Raises:
        MissingExtraError: python-pptx is not installed.

    >>> import toc
    >>> to_pptx(toc.example("small-charity").diagram())[:2]
    b'PK'

    """
    from toc.render import slide as slides

    return slides.to_pptx(diagram, theme, notes=notes)


def to_drawio(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as a draw.io file, to be edited in diagrams.net.

    >>> import toc
    >>> to_drawio(toc.example("small-charity").diagram())[:7]
    '<mxfile'
    """
    from toc.render import drawio

    return drawio.to_drawio(diagram, theme)


def to_mermaid(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as a Mermaid flowchart, for Markdown pages. Mermaid places the boxes in its own way.

    >>> import toc
    >>> "flowchart" in to_mermaid(toc.example("small-charity").diagram())
    True
    """
    from toc.render import mermaid

    return mermaid.to_mermaid(diagram, theme)


def to_graphml(diagram: Diagram, theme: Theme = LIGHT) -> str:
    """The diagram as GraphML, for other programs of graphs, with the places of its boxes; it has no looks.

    >>> import toc
    >>> "<graphml" in to_graphml(toc.example("small-charity").diagram())
    True
    """
    from toc.render import graphml

    return graphml.to_graphml(diagram, theme)


# By the endings of files. The page to explore, html, needs the theory as well: `toc.explore` makes it.
RENDERERS: Final[Mapping[Picture, Callable[[Diagram, Theme], str | bytes]]] = MappingProxyType(
    {
        "svg": to_svg,
        "png": to_png,
        "pdf": to_pdf,
        "pptx": to_pptx,
        "drawio": to_drawio,
        "mmd": to_mermaid,
        "graphml": to_graphml,
        "dot": to_dot,
    }
)
