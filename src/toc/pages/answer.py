"""What every answer can do: be text, Markdown, HTML, Word, PDF, CSV, JSON, pandas and a notebook's own display."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

from toc.errors import one_of, yes_or_no
from toc.pages.blocks import Page
from toc.pages.html import as_fragment, as_html
from toc.pages.markdown import as_markdown
from toc.pages.plain_text import WIDTH, as_text
from toc.pages.sheet import Sheet, as_csv, as_frame
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    import pandas as pd

Sheets = Mapping[str, Callable[[], Sheet[Any]]]
R = TypeVar("R")


class Answer(ABC):
    """What the library answers: a value with its page, its tables and its record, from which every form is made.

    Findings, guidance, the measurement plan, logframes, explanations, exposure, coverage and comparisons are answers.
    Printed, an answer is its text; as the last line of a cell in a notebook it is its page.

    >>> import toc
    >>> theory = toc.example("rgs-newcastle")
    >>> print(str(theory.exposure()).splitlines()[0])
    What hangs on what: RGS Newcastle school partnerships
    """

    __slots__ = ()

    @abstractmethod
    def _page(self) -> Page:
        """The whole answer, before any format."""

    @abstractmethod
    def _sheets(self) -> Sheets:
        """What makes each of the tables, by its name; the first is the one that most people want."""

    def _brief(self) -> Page:
        """What a terminal shows unless all is asked for."""
        return self._page()

    def _record(self) -> dict[str, Any]:
        """The answer as plain JSON values; of a dataclass its fields."""
        found: dict[str, Any] = plain(self)
        return found

    def _glance(self) -> Page:
        """What a notebook shows."""
        return self._page()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that `to_csv` and `to_pandas` can give; the first is given where none is named.

        >>> import toc
        >>> toc.example("small-charity").measurement_plan().tables
        ('kpis', 'activities')
        """
        return tuple(self._sheets())

    def to_text(self, width: int = WIDTH, *, all: bool = False) -> str:  # noqa: A002  # as people say it
        """The answer for a terminal, no line wider than `width` columns.

        Guidance and plan are shown in brief, one line for each activity, unless `all` of them is asked for; every
        other form holds all of it.

        >>> import toc
        >>> print(toc.example("small-charity").coverage().to_text(80).splitlines()[0])
        What is measured where: A warm space on Tuesdays
        """
        return as_text(self._page() if yes_or_no("all", all) else self._brief(), width)

    def to_markdown(self) -> str:
        """The answer as Markdown, for a document, a pull request or an e-mail.

        >>> import toc
        >>> toc.example("rgs-newcastle").guidance("sport").to_markdown().splitlines()[0]
        '# Sport with partner schools'
        """
        return as_markdown(self._page())

    def to_html(self) -> str:
        """The answer as a whole HTML document that needs nothing else, and prints well.

        >>> import toc
        >>> toc.example("small-charity").explain("tea-and-games").to_html()[:15]
        '<!doctype html>'
        """
        return as_html(self._page())

    def to_docx(self) -> bytes:
        """The answer as a Word document on A4, with real headings and tables; a wide table lies on its side.

        Raises:
            MissingExtraError: python-docx is not installed.

        >>> import toc
        >>> toc.example("small-charity").coverage().to_docx()[:2]
        b'PK'
        """
        from toc.pages.word import as_docx

        return as_docx(self._page())

    def to_pdf(self, paper: str = "a4") -> bytes:
        """The answer as a tagged PDF, on `paper` "a4", "a3" or "letter"; the same answer gives the same bytes.

        It says that it is accessible (PDF/UA-1) unless a letter stands in it that no font of this machine has: a
        `TocWarning` names those.

        Raises:
            MissingExtraError: typst is not installed.
            OptionError: there is no such paper.

        >>> import toc
        >>> toc.example("small-charity").coverage().to_pdf()[:5]
        b'%PDF-'
        """
        from toc.pages.typeset import as_pdf

        return as_pdf(self._page(), paper=paper)

    def to_csv(self, table: str | None = None) -> str:
        r"""One of the `tables` as CSV, with titles in place of ids; texts that look like formulas are made harmless.

        The text begins with a byte-order mark, by which Excel knows that it is UTF-8: write it with
        `encoding="utf-8"`, and it is there once.

        Raises:
            OptionError: there is no such table.

        >>> import toc
        >>> toc.example("small-charity").measurement_plan().to_csv().splitlines()[0][:28]
        '\ufeffPillar,What it measures,KPI'

        """
        return as_csv(self._sheet(table))

    def to_pandas(self, table: str | None = None) -> pd.DataFrame:
        """One of the `tables` as a pandas DataFrame, with ids. Several texts in one cell are a tuple, ready for `explode`.

        Raises:
            MissingExtraError: pandas is not installed.
            OptionError: there is no such table.

        >>> import toc
        >>> toc.example("rgs-newcastle").exposure().to_pandas("cuts")[["node", "size"]].head(3)
             node  size
        0    goal     4
        1     cpd     3
        2    stem     2

        """
        return as_frame(self._sheet(table))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values, with ids; the keys stay the same from version to version.

        >>> import toc
        >>> toc.example("small-charity").exposure().to_dict()["cuts"][1]
        {'node': 'company', 'nodes': ['tea-and-games', 'advice-table']}
        """
        return self._record()

    def to_json(self) -> str:
        """What `to_dict` gives, as JSON text.

        >>> import json, toc
        >>> json.loads(toc.example("small-charity").coverage().to_json())["unmeasured_pillars"]
        []
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return as_fragment(self._glance(), in_cell=True)

    def _sheet(self, table: str | None) -> Sheet[Any]:
        sheets = self._sheets()
        return sheets[next(iter(sheets)) if table is None else one_of("table", table, sheets)]()


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


_AS_THEY_ARE: Final = frozenset({str, int, bool})


def plain(value: Any) -> Any:
    """A value as JSON values; of a dataclass the fields that are compared, because the others are no part of an answer.

    >>> from toc.guidance import Fit, Gap
    >>> plain(Gap("certainty", "Nobody has rated it.")), plain((Fit.BELOW, date(2027, 7, 31), None))
    ({'missing': 'certainty', 'message': 'Nobody has rated it.'}, ['below', '2027-07-31', None])
    """
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, float):
        # Of a share that was given as a word the number alone; JSON has no number larger than the largest.
        return float(value) if isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _compared(value.__class__)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


@cache
def _compared(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)
