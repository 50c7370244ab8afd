"""Comparisons as people hold them: what changed, as every answer is shown, and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Literal, Unpack

from toc.analysis import Changes, compared
from toc.draw_options import OnPage, naming
from toc.errors import OptionError, yes_or_no
from toc.model import Theory

if TYPE_CHECKING:
    from toc.diagram import Diagram
    from toc.diagram.looks.themes import Theme
    from toc.draw_options import StrPath
    from toc.render.formats import Picture, Subject


@dataclass(frozen=True, repr=False)
class Comparison(Changes):
    """What changed from one theory to another, and which nodes lost or gained support by it; it can be drawn as well.

    `toc.compare(old, new)` and `theory.compare(new)` make one.

    >>> import toc
    >>> theory = toc.example("small-charity")
    >>> theory.compare(theory.without("tea-and-games"))
    <Comparison: 3 removed, 2 lost, 3 weakened>
    """

    @naming(OnPage)
    def diagram(self, **paper: Unpack[OnPage]) -> Diagram:
        """Both theories in one drawing, as a frozen value: what was removed still in its place, and each change marked.

        Here and wherever it is drawn, `page` and `search` are those of `theory.diagram`.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> [box.id for box in theory.compare(theory.without("tea-and-games")).diagram().boxes if box.mark == "lost"]
        ['friendships', 'afternoons']
        """
        from toc.diagram.ladder import warn_of_size
        from toc.diagram.views.changes import changed_view

        found = changed_view(self, paper)
        warn_of_size(found)
        return found

    @naming(OnPage)
    def draw(  # noqa: PLR0913  # by name, and each is one thing to ask for
        self,
        target: StrPath | IO[bytes],
        *,
        format: Picture | None = None,
        dpi: int | None = None,
        transparent: bool = False,
        timeout: float | None = None,
        tooltips: bool = True,
        prefix: str | None = None,
        arrows: Literal["glued", "drawn"] | None = None,
        deck: bool | None = None,
        theme: StrPath | Theme = "light",
        **paper: Unpack[OnPage],
    ) -> None:
        """Draw what changed to a file, or to a binary file that is open: a picture, a slide or a drawing to go on with.

        Args:
            target: a path, whose ending tells the format, or an open binary file.
            format: "svg", "png", "pdf", "pptx" and what else `theory.draw` knows but "html", for a target without an
                ending.
            dpi: dots per inch of a PNG, 144 unless it says otherwise.
            transparent: leave the paper out of a PNG.
            timeout: how many seconds the engine that makes a PNG may take, 60 unless it says otherwise.
            tooltips: False leaves out of an SVG what boxes and arrows say when they are pointed at.
            prefix: what every id of an SVG begins with, "toc" unless it says otherwise.
            arrows: those of a slide: "glued" to their boxes, or "drawn", as in `theory.draw`.
            deck: what changed is always one drawing: True is refused.
            theme: "light", "dark", "print" or "high-contrast"; or a file with a theme, as a `pathlib.Path`.
            **paper: `page` and `search`, as in `theory.diagram`; a slide where a PowerPoint file names no page.

        Raises:
            OptionError: there is no such format, theme, page or search, or a deck is asked for.
            DrawingError: there is no engine to paint a PNG, it failed or took too long, or the file cannot be written.
            MissingExtraError: the format needs an extra that is not installed.

        >>> import io, toc
        >>> theory, file = toc.example("small-charity"), io.BytesIO()
        >>> theory.compare(theory.without("tea-and-games")).draw(file, format="dot")
        >>> file.getvalue().startswith(b"digraph")
        True

        """
        from toc import drawings

        options: dict[str, object] = {"dpi": dpi, "transparent": transparent, "timeout": timeout}
        options |= {"tooltips": tooltips, "prefix": prefix, "arrows": arrows, "deck": deck}
        drawings.draw(partial(self._subject, theme, paper), target, format, options)

    def _subject(
        self, theme: StrPath | Theme, paper: OnPage, *, page: str = "free", deck: bool | None = None
    ) -> Subject:
        """What is drawn, for a page where none is asked for; formats that hold a long text have the whole comparison in it."""
        from toc.diagram.looks.page import signed
        from toc.drawings import theme_of
        from toc.render.formats import Subject

        if deck is not None and yes_or_no("deck", deck):
            raise OptionError(
                "what changed is one drawing, because a box may move from one pillar to another: leave out the deck, "
                "or draw one of the two theories as a deck"
            )
        known = theme_of(theme)
        on: OnPage = {**paper, "page": page} if paper.get("page") is None else paper
        drawn = signed(self.diagram(**on), known.logo)
        return Subject(drawn, known, {"description": self.to_text, "notes": self.to_text, "progress": lambda: None})

    @naming(OnPage)
    def to_svg(
        self, *, tooltips: bool = True, prefix: str = "toc", theme: StrPath | Theme = "light", **paper: Unpack[OnPage]
    ) -> str:
        """The drawing of what changed as SVG text, with all that changed in words for those who cannot see it.

        `theory.to_svg` says what the options do.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_svg()[:4]
        '<svg'
        """
        from toc import drawings

        return drawings.as_text(self._subject(theme, paper), "svg", tooltips=tooltips, prefix=prefix)

    @naming(OnPage)
    def to_png(
        self,
        *,
        dpi: int = 144,
        transparent: bool = False,
        timeout: float = 60,
        theme: StrPath | Theme = "light",
        **paper: Unpack[OnPage],
    ) -> bytes:
        """The drawing of what changed as a PNG image; `theory.to_png` says what the options do.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_png()[1:4]
        b'PNG'
        """
        from toc import drawings

        return drawings.as_bytes(self._subject(theme, paper), "png", dpi=dpi, transparent=transparent, timeout=timeout)

    @naming(OnPage)
    def to_pdf(  # type: ignore[override]  # a comparison is drawn: its page is `to_docx` and `to_html`
        self, *, theme: StrPath | Theme = "light", **paper: Unpack[OnPage]
    ) -> bytes:
        """The drawing of what changed as a PDF page.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.edit("advice-table", participation=40)).to_pdf()[:4]
        b'%PDF'
        """
        from toc import drawings

        return drawings.as_bytes(self._subject(theme, paper), "pdf")

    @naming(OnPage)
    def to_pptx(
        self,
        *,
        arrows: Literal["glued", "drawn"] = "glued",
        theme: StrPath | Theme = "light",
        **paper: Unpack[OnPage],
    ) -> bytes:
        """The drawing of what changed as a PowerPoint slide, with all that changed in its notes.

        `arrows` are "glued" to their boxes or "drawn", as in `theory.draw`.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_pptx()[:2]
        b'PK'
        """
        from toc import drawings

        return drawings.as_bytes(self._subject(theme, paper, page="slide"), "pptx", arrows=arrows)

    @naming(OnPage)
    def to_drawio(self, *, theme: StrPath | Theme = "light", **paper: Unpack[OnPage]) -> str:
        """The drawing of what changed as a draw.io file, to be edited in diagrams.net.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_drawio()[:7]
        '<mxfile'
        """
        from toc import drawings

        return drawings.as_text(self._subject(theme, paper), "drawio")

    @naming(OnPage)
    def to_mermaid(self, *, theme: StrPath | Theme = "light", **paper: Unpack[OnPage]) -> str:
        """The drawing of what changed as a Mermaid flowchart, for a pull request.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_mermaid().splitlines()[0]
        'flowchart BT'
        """
        from toc import drawings

        return drawings.as_text(self._subject(theme, paper), "mmd")

    @naming(OnPage)
    def to_graphml(self, *, theme: StrPath | Theme = "light", **paper: Unpack[OnPage]) -> str:
        """The drawing of what changed as GraphML; the attribute `mark` says what became of a box or a link.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_graphml().count(">removed<")
        3
        """
        from toc import drawings

        return drawings.as_text(self._subject(theme, paper), "graphml")

    @naming(OnPage)
    def to_dot(self, *, theme: StrPath | Theme = "light", **paper: Unpack[OnPage]) -> str:
        """The drawing of what changed as DOT text.

        >>> import toc
        >>> theory = toc.example("small-charity")
        >>> theory.compare(theory.without("tea-and-games")).to_dot()[:7]
        'digraph'
        """
        from toc import drawings

        return drawings.as_text(self._subject(theme, paper), "dot")


def comparison(old: Theory, new: Theory) -> Comparison:
    """What changed from one theory to another. Raises OptionError for what is not a theory."""
    return Comparison(**vars(compared(old, new)))
