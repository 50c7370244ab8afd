"""What every answer can do: be text, Markdown, HTML and a notebook's own display; and rows found by position or id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from toc.pages.blocks import Page
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown
from toc.pages.plain_text import WIDTH, as_text
from toc.spelling import hint, nearest


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


R = TypeVar("R")


class Rows(Sequence[R], Generic[R]):
    """An immutable sequence whose rows are found by position, by slice or by id."""

    __slots__ = ("_by_id", "_rows")

    def __init__(self, rows: Iterable[R], by_id: Mapping[str, R]) -> None:
        self._rows = tuple(rows)
        self._by_id = dict(by_id)

    @overload
    def __getitem__(self, index: int | str) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | str | slice) -> R | tuple[R, ...]:
        if not isinstance(index, str):
            return self._rows[index]
        if index not in self._by_id:
            raise KeyError(f"there is no row for {index!r}{hint(nearest(index, self._by_id))}")
        return self._by_id[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return self._rows == other._rows if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._rows)}>"

    def _ipython_key_completions_(self) -> list[Any]:
        return list(self._by_id)
