"""Comparisons as people hold them: what changed, with every way of showing it a tab away."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from toc.analysis import Changes, compared
from toc.analysis.comparison.change_text import changes_record
from toc.analysis.comparison.page import changes_page
from toc.errors import OptionError
from toc.model import Theory
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown
from toc.pages.plain_text import WIDTH, as_text

if TYPE_CHECKING:
    from toc.diagram import Diagram
    from toc.diagram.looks.themes import Theme
    from toc.render import Picture


@dataclass(frozen=True, repr=False)
class Comparison(Changes):
    """What changed from one theory to another, and which nodes lost or gained support by it.

    `toc.compare(old, new)` and `theory.compare(new)` make one. It is true where anything changed.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> theory.compare(theory.without("tea-and-games"))
    <Comparison: 3 removed, 2 lost, 3 weakened>
    """

    def to_text(self, width: int = WIDTH) -> str:
        """What changed, for a terminal, no line wider than `width` columns.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> print(theory.compare(theory).to_text())
        What changed: A warm space on Tuesdays
        ======================================
        <BLANKLINE>
        Nothing changed: both theories say the same. Comments and the order of things are not compared.
        """
        return as_text(changes_page(self), width)

    def to_markdown(self) -> str:
        """What changed, as Markdown, for a pull request or an e-mail.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> print(theory.compare(theory.without("tea-and-games")).to_markdown().splitlines()[4])
        ## No support left
        """
        return as_markdown(changes_page(self))

    def to_html(self) -> str:
        """What changed, as a whole HTML document that needs nothing else.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory).to_html()[:15]
        '<!doctype html>'
        """
        return as_html(changes_page(self))

    def to_dict(self) -> dict[str, Any]:
        """What changed, as plain JSON values; the keys stay the same from version to version.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> found = theory.compare(theory.edit("advice-table", participation=40)).to_dict()
        >>> found["changed"][0]["changes"]
        [{'path': ['participation'], 'old': 25, 'new': 40}]
        """
        return changes_record(self)

    def to_json(self) -> str:
        """What `to_dict` gives, as JSON text.

        >>> import json, toc
        >>> theory = toc.example("small-charity")
        >>> json.loads(theory.compare(theory).to_json())["is_empty"]
        True
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

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

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(changes_page(self))


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
    """What changed from one theory to another. Raises OptionError for what is not a theory.

    >>> import toc
    >>> comparison(toc.example("small-charity"), toc.example("small-charity")).is_empty
    True
    """
    return compared(old, new, into=Comparison)
