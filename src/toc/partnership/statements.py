"""Frames as values: the statements by which partners judge their work, where each comes from, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from toc.language.numbers import counted
from toc.language.text import one_line, sentence
from toc.model.mappings import FrozenDict
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Block, Bullets, Coded, Heading, Note, Page, Paragraph, Table
from toc.pages.sheet import Column, Sheet

Basis = Literal["source", "extension", "own"]
NO_GRADE: Final = (
    "What partners say of these statements is no grade and no inspection, and it is never added up. No owner of a source "
    "has endorsed this page."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that statements rest on. `licence` is what our copy states of its reuse."""

    id: str
    cite: str
    reference: str
    licence: str
    supports: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something for partners to judge.

    `basis` says whether the criterion is the source's, an extension of this library, or an organisation's own; the words
    are never the source's. `source` is the id of the document and `place` where it stands in it. `probes` name what of a
    theory bears on it; `forward`, of an obstacle, what has helped others.
    """

    id: str
    text: str
    basis: Basis
    source: str
    place: str = ""
    name: str = ""
    theme: str | None = None
    probes: tuple[str, ...] = ()
    forward: str = ""

    @property
    def label(self) -> str:
        """Its short name, or the statement itself where it has none."""
        return self.name or self.text


_COLUMNS: Final[tuple[Column[Statement], ...]] = (
    Column("id", "Id", "str"),
    Column("theme", "Theme", cell=lambda one: one.theme or ""),
    Column("name", "Name", "str"),
    Column("text", "Statement", "str"),
    Column("forward", "Way forward", "str"),
    Column("basis", "Basis", "str"),
    Column("source", "Source", "str"),
    Column("place", "Place", "str"),
    Column("probes", "In the file"),
)


@dataclass(frozen=True, repr=False)
class Frame(Answer):
    """Statements by which partners judge their work together, with the words to judge by, least first.

    `not-ours`, for a statement that does not apply, is a judgement in every frame and stands in no `scale`. `ours` says
    what of the frame is not the source's. `statements` are found by position or by id. The table is "statements".

    >>> import toc
    >>> frame = toc.frame("practices")
    >>> frame
    <Frame 'practices': 13 statements>
    >>> frame.statements["mutual-benefit"].text, frame.scale
    ('No partner goes home with nothing', ('not-yet', 'partly', 'mostly', 'fully'))
    >>> frame.licence
    'not stated in our copy'
    """

    id: str
    title: str
    sources: tuple[Source, ...]
    scale: tuple[str, ...]
    statements: Rows[Statement]
    themes: FrozenDict[str, str] = field(default_factory=FrozenDict)
    about: str = ""
    ours: str = ""
    nouns: tuple[str, str] = ("statement", "statements")

    def __repr__(self) -> str:
        return f"<Frame {self.id!r}: {counted(len(self.statements), 'statement', 'statements')}>"

    @property
    def source(self) -> str:
        """How its first source is cited: the one that its statements come from."""
        return self.sources[0].cite

    @property
    def licence(self) -> str:
        """What our copy of that source states of its reuse."""
        return self.sources[0].licence

    def _page(self) -> Page:
        told = f"{counted(len(self.statements), 'statement', 'statements')}, each judged as {_scale(self.scale)}."
        about = (Paragraph(self.about),) if self.about else ()
        opening = (Heading(self.title, 1), Paragraph(told, strong=True), *about)
        return Page(self.title, (*opening, *self._themes(), *self._told()))

    def by_theme(self) -> Iterator[tuple[str, list[Statement]]]:
        """The statements under the titles of their themes; those without a theme that is known first, under none.

        >>> import toc
        >>> [(theme, len(statements)) for theme, statements in toc.frame("spa-obstacles").by_theme()]
        [('', 7)]
        """
        for theme in (None, *self.themes):
            rows = [one for one in self.statements if (one.theme if one.theme in self.themes else None) == theme]
            if rows:
                yield one_line(self.themes[theme]) if theme else "", rows

    def _themes(self) -> Iterator[Block]:
        for theme, rows in self.by_theme():
            yield from (Heading(theme or "Statements"), _table(rows))

    def _told(self) -> tuple[Block, ...]:
        notes = [self.ours] if self.ours else []
        sources = tuple(map(licensed, self.sources))
        return Heading("Where it comes from"), Bullets(sources), *map(Note, (*notes, NO_GRADE))

    def _sheets(self) -> Sheets:
        return {"statements": lambda: Sheet(_COLUMNS, self.statements)}

    def _record(self) -> dict[str, Any]:
        found: dict[str, Any] = plain(self)
        return {**found, "statements": plain((*self.statements,))}


def licensed(source: Source) -> str:
    """A document and what its licence is, as stated."""
    return f"{sentence(source.reference)} Licence: {sentence(source.licence)}"


def _scale(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}, or as not-ours where it does not apply"


def _table(rows: list[Statement]) -> Table:
    """Statements with the columns that they need."""
    columns = [
        ("Id", 2, "id"),
        ("Name", 3, "name"),
        ("Statement", 6, "text"),
        ("Way forward", 6, "forward"),
        ("Place", 3, "place"),
    ]
    used = [column for column in columns if any(getattr(one, column[2]) for one in rows)]
    cells = tuple(tuple(getattr(one, name) for _, _, name in used) for one in rows)
    return Table(tuple(heading for heading, _, _ in used), cells, tuple(weight for _, weight, _ in used))


_LISTED: Final[tuple[Column[Frame], ...]] = (
    Column("id", "Id", "str"),
    Column("title", "Title", "str"),
    Column("statements", "Statements", "Int64", lambda one: len(one.statements)),
    Column("source", "Source", "str"),
    Column("licence", "Licence", "str"),
)


class Frames(Rows[Frame], Answer):
    """The frames there are, those that come with the library first; `frames["practices"]` is one. The table is "frames".

    >>> import toc
    >>> [(frame.id, len(frame.statements)) for frame in toc.frames()][:2]
    [('practices', 13), ('hgiocld-questions', 12)]
    """

    __slots__ = ()

    def __init__(self, frames: Iterable[Frame]) -> None:
        found = {one.id: one for one in frames}
        super().__init__(found.values(), found)

    def _page(self) -> Page:
        title = "Frames to judge a partnership by"
        rows = tuple((one.id, one.title, len(one.statements), one.source, one.licence) for one in self)
        table = Table(("Id", "Title", "Statements", "Source", "Licence, as stated"), rows, (3, 5, 2, 3, 4))
        more = Note(Coded("`toc frames practices` shows one of them, with its sources."))
        return Page(title, (Heading(title, 1), table, more, Note(NO_GRADE)))

    def _sheets(self) -> Sheets:
        return {"frames": lambda: Sheet(_LISTED, self)}

    def _record(self) -> dict[str, Any]:
        return {"frames": [one.to_dict() for one in self]}
