"""From a diagram to text or bytes. Nothing here touches the disk; `formats` is the table of all there is."""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

from toc.render.formats import FORMATS, Format, Picture, all_formats

if TYPE_CHECKING:
    from toc.render.dot import to_dot
    from toc.render.drawio import to_drawio
    from toc.render.graphml import to_graphml
    from toc.render.mermaid import to_mermaid
    from toc.render.pdf import to_pdf
    from toc.render.png import to_png
    from toc.render.slide import to_pptx
    from toc.render.svg import to_svg

__all__ = [
    "FORMATS",
    "Format",
    "Picture",
    "all_formats",
    "to_dot",
    "to_drawio",
    "to_graphml",
    "to_mermaid",
    "to_pdf",
    "to_png",
    "to_pptx",
    "to_svg",
]

if not TYPE_CHECKING:  # a type checker shall see a misspelt name

    def __getattr__(name: str) -> object:
        """The function of one of our formats, imported on first use: no format costs more than itself."""
        for format in FORMATS:
            if name in __all__ and format.renderer.endswith(f":{name}"):
                return globals().setdefault(name, resolve_name(format.renderer))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
