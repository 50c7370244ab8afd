"""What every answer that is shown as a page can do: text, Markdown, HTML, and its own shape in a notebook."""

from __future__ import annotations

from toc.report.html_text import as_fragment, as_html
from toc.report.markdown_text import as_markdown
from toc.report.pages import Page
from toc.report.terminal_text import WIDTH, as_text


class Paged:
    """An answer with a page of its own. The class that is made of it says what stands on the page."""

    __slots__ = ()

    def _page(self) -> Page:
        raise NotImplementedError

    def to_text(self, width: int = WIDTH) -> str:
        """The answer for a terminal, no line wider than `width` columns.

        >>> import toc
        >>> print(toc.example("small-charity").coverage().to_text(80).splitlines()[0])
        What is measured where: A warm space on Tuesdays
        """
        return as_text(self._page(), width)

    def to_markdown(self) -> str:
        """The answer as Markdown.

        >>> import toc
        >>> toc.example("small-charity").exposure().to_markdown().splitlines()[0]
        '# What hangs on what: A warm space on Tuesdays'
        """
        return as_markdown(self._page())

    def to_html(self) -> str:
        """The answer as a whole HTML document that needs nothing else.

        >>> import toc
        >>> toc.example("small-charity").explain("tea-and-games").to_html()[:15]
        '<!doctype html>'
        """
        return as_html(self._page())

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(self._page())
