"""What crosses a border: the text that goes out, the theory that comes in, and what each of them could not take along."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from toc.files.atomic import write_bytes
from toc.language.numbers import counted
from toc.model import Theory
from toc.pages.answer import Answer, Rows, Sheets
from toc.pages.blocks import Heading, Page, Paragraph, Table
from toc.pages.sheet import Column, Sheet
from toc.problems import Path, dotted

T = TypeVar("T", bound=Theory)
HIDDEN: Final = "it would tell of few people"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a form cannot hold, or holds with another meaning.

    `path` leads to it in the theory, or in what came in; `what` it is; `why` it is lost.
    """

    path: Path
    what: str
    why: str

    @property
    def place(self) -> str:
        """The path as people write it."""
        return dotted(self.path)


_COLUMNS: Final[tuple[Column[Loss], ...]] = (
    Column("place", "Place", "str"),
    Column("what", "What", "str"),
    Column("why", "Why", "str"),
)


class Losses(Rows[Loss], Answer):
    """All that is lost or changed between a theory and another form, in its order; without any it is false.

    >>> import toc
    >>> lost = toc.example("small-charity").losses("kumu")
    >>> lost[9].place, lost[9].why
    ('activities.tea-and-games.certainty', 'Kumu has no place for it')
    """

    __slots__ = ("incoming", "standard")

    def __init__(self, losses: Iterable[Loss], standard: str, *, incoming: bool = False) -> None:
        super().__init__(losses, {})
        self.standard = standard
        self.incoming = incoming

    @property
    def counts(self) -> dict[str, int]:
        """How often each reason occurs, in the order in which they occur first."""
        return dict(Counter(loss.why for loss in self))

    def _page(self) -> Page:
        title = (
            f"What was lost or assumed on the way from {self.standard}"
            if self.incoming
            else f"What {self.standard} cannot hold"
        )
        if not self:
            return Page(title, (Heading(title, 1), Paragraph("Nothing is lost.", strong=True)))
        told = f"{counted(len(self), 'thing is', 'things are')} lost, or {'assumed' if self.incoming else 'changed in meaning'}."
        rows = tuple((loss.place, loss.what, loss.why) for loss in self)
        table = Table(("Place", "What", "Why"), rows, (3, 3, 4))
        return Page(title, (Heading(title, 1), Paragraph(told, strong=True), table))

    def _sheets(self) -> Sheets:
        return {"losses": lambda: Sheet(_COLUMNS, tuple(self))}

    def _record(self) -> dict[str, Any]:
        return {
            "standard": self.standard,
            "losses": [{"path": list(loss.path), "what": loss.what, "why": loss.why} for loss in self],
        }


@dataclass(frozen=True, slots=True)
class Export:
    """A theory in another form: its `text`, and the `losses`."""

    text: str = field(repr=False)
    losses: Losses
    encoding: str = "utf-8"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the text into a file, at once or not at all.

        Raises:
            TheoryError: the file cannot be written (TOC001).
        """
        write_bytes(path, self.text.encode(self.encoding, "xmlcharrefreplace"))


@dataclass(frozen=True, slots=True)
class Import(Generic[T]):
    """A theory made of another form, and the `losses`: what of that form it does not hold."""

    theory: T
    losses: Losses


def plain_number(value: float) -> str:
    """A number as programs read it, without digits that nobody wrote and without a power of ten.

    >>> plain_number(14.0), plain_number(0.1), plain_number(1e21)
    ('14', '0.1', '1000000000000000000000')
    """
    return f"{Decimal(repr(float(value))).normalize():f}"
