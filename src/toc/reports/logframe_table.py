"""One row of a logframe under the headings that hold for it, and the values in its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from toc.language.text import one_line
from toc.reports.logframe_values import Meaning, Told, When, meaning, named_as, told_value
from toc.spreadsheet.cells import is_open
from toc.spreadsheet.grid import Cell, Row
from toc.spreadsheet.headings import plain
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.notation import Notation

TARGET: Final = 10_000
"""Where the target stands among the milestones."""
WANTED: Final = frozenset({"indicator", "baseline", "target", "milestone", "source", "assumptions", "latest"})


def head_of(row: Row) -> Mapping[int, Meaning]:
    """What the columns mean, where a row is one of headings; else nothing."""
    found = {place: known for place in row.filled() if (known := meaning(one_line(row.cells[place])))}
    roles = {one.role for one in found.values()}
    return found if len(roles) > 1 and roles & WANTED else {}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with what its columns mean. `file` names its table where there are several."""

    file: str
    row: Row
    head: Mapping[int, Meaning]
    rule: Notation
    ledger: Ledger

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return list(self.row.filled())

    def has(self, role: str) -> bool:
        """Whether a column has this role."""
        return any(one.role == role for one in self.head.values())

    def column(self, role: str) -> int:
        """The column of a role, the first where there is none."""
        return next((place for place, one in self.head.items() if one.role == role), 0)

    def cell_of(self, role: str) -> str:
        """What stands in the column of a role."""
        return self.row.cell(self.column(role)).strip() if self.has(role) else ""

    def text(self, column: int) -> str:
        """A cell on one line."""
        return one_line(self.row.cell(column))

    def cell(self, column: int) -> Cell:
        """A place, as it is named."""
        return Cell(self.row.number, column, self.file)

    def tell(self, kind: str, column: int, what: str) -> None:
        """Something to be told of a cell."""
        self.ledger.tell(kind, self.cell(column), what)

    @property
    def kind(self) -> str | None:
        """Whether a row says what was planned or what was achieved."""
        own = (
            [self.column("value")]
            if self.has("value")
            else [one for one in self.filled if one not in self.head and one]
        )
        return next(filter(None, (named_as("rows").get(plain(self.text(place))) for place in own)), None)

    @property
    def stops(self) -> list[int]:
        """The columns of milestones and target."""
        return [column for column, one in self.head.items() if one.role in ("milestone", "target")]

    def place(self, column: int) -> int:
        """Where a milestone stands among the others."""
        one = self.head[column]
        return TARGET if one.role == "target" else one.number or column + 1

    def value(self, column: int) -> Told | None:
        """A value and its day: from its cell, from the column for its day, or from the heading. None where it is open.

        Raises ValueError for what is no number.
        """
        text = self.row.cell(column).strip()
        if not text or is_open(text):
            return None
        found = told_value(text, self.rule)
        if found is None:
            raise ValueError(one_line(text))
        one = self.head[column]
        when = found.when or self.day(f"{one.role}_date", one.number) or one.when
        if when and when.is_last:
            self.tell("last-day", column, f"as {when.day.isoformat()}")
        return found._replace(when=when)

    def day(self, role: str, number: int = 0) -> When | None:
        """The day in the column for that."""
        wanted = (role, number)
        column = next((place for place, one in self.head.items() if (one.role, one.number) == wanted), None)
        text = self.text(column) if column is not None else ""
        found = told_value(f"0 ({text})", self.rule) if text else None
        return found.when if found else None
