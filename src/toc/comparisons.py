"""Comparisons as people hold them: what changed, as every answer is shown, and drawn."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from toc.analysis import Changes, compared
from toc.errors import OptionError
from toc.model import Theory

if TYPE_CHECKING:
    from toc.diagram import Diagram
    from toc.diagram.looks.themes import Theme
    from toc.render import Picture


@dataclass(frozen=True, repr=False)
class Comparison(Changes):
    """What changed from one theory to another, and which nodes lost or gained support by it; it can be drawn as well.

    `toc.compare(old, new)` and `theory.compare(new)` make one.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> theory.compare(theory.without("tea-and-games"))
    <Comparison: 3 removed, 2 lost, 3 weakened>
    """

    def diagram(self) -> Diagram:
        """Both theories in one drawing, as a frozen value: what was removed still in its place, and each change marked.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> [box.id for box in theory.compare(theory.without("tea-and-games")).diagram().boxes if box.mark == "lost"]
        ['friendships', 'afternoons']
        """
        from toc.diagram.views.changes import changed_view

        return changed_view(self)

    def draw(
        self,
        target: str | os.PathLike[str] | IO[bytes],
        *,
        format: Picture | None = None,
        theme: str | os.PathLike[str] | Theme = "light",
    ) -> None:
        """Draw what changed to a file, or to a binary file that is open: a picture, a slide or a drawing to go on with.

        Args:
            target: a path, whose ending tells the format, or an open binary file.
            format: "svg", "png", "pdf", "pptx" and what else `theory.draw` knows, for a target without an ending.
            theme: "light", "dark", "print" or "high-contrast", or the path of a file with a theme.

        Raises:
            OptionError: there is no such format or theme.
            DrawingError: there is no engine to draw with, or the file cannot be written.
            MissingExtraError: the format needs an extra that is not installed.

        >>> import io, toc
        >>> theory, file = toc.example("small-charity"), io.BytesIO()
        >>> theory.compare(theory.without("tea-and-games")).draw(file, format="dot")
        >>> file.getvalue().startswith(b"digraph")
        True

        """
        from toc import drawings

        wanted = drawings.format_of(target, format)
        drawings.put(_painted(self, wanted, drawings.theme_of(theme)), target)

    def to_svg(self, *, theme: str | os.PathLike[str] | Theme = "light") -> str:
        """The drawing of what changed as SVG text, with all that changed in words for those who cannot see it.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_svg()[:4]
        '<svg'
        """
        from toc import drawings

        return _painted(self, "svg", drawings.theme_of(theme)).decode()


def _painted(found: Comparison, format: Picture, theme: Theme) -> bytes:
    """The drawing in one of the formats; those that hold a long description have the whole text in it."""
    from toc import render
    from toc.diagram.looks.page import signed

    if format not in render.RENDERERS:  # the page a theory has of its own
        raise OptionError(f"{format!r} is for one theory: draw what changed as {', '.join(render.RENDERERS)}")
    diagram = signed(found.diagram(), theme.logo)
    match format:
        case "svg":
            return render.to_svg(diagram, theme, description=found.to_text()).encode()
        case "png":
            return render.to_png(diagram, theme, description=found.to_text())
        case "pptx":
            return render.to_pptx(diagram, theme, notes=found.to_text())
        case _:
            content = render.RENDERERS[format](diagram, theme)
            return content.encode() if isinstance(content, str) else content


def comparison(old: Theory, new: Theory) -> Comparison:
    """What changed from one theory to another. Raises OptionError for what is not a theory."""
    return Comparison(**vars(compared(old, new)))
