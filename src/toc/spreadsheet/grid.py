"""A spreadsheet before anybody asks what it means: rows of text, and cells named as Excel names them.

Every reader of spreadsheets makes a `Grid`; nothing above it knows what kind of file it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from toc.errors import TheoryError
from toc.problems import Problem, letters

MOST_ROWS: Final = 10_000
MOST_BLANK: Final = 1_048_576  # as many rows as Excel has
MOST_CELLS: Final = 2_000_000
MOST_COLUMNS: Final = 200


class Cell(NamedTuple):
    """A place: the row from 1, the column from 0, and the file where there are several."""

    row: int
    column: int
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file}{'!' if self.file else ''}{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row and its number in the spreadsheet, from 1.

    `numbers` are the columns, from 0, that hold a number and no text, so that nobody has to ask what its signs mean.
    """

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """What stands in a column, from 0; nothing where the row is shorter."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def filled(self) -> Iterator[int]:
        """The columns that hold something."""
        return (column for column, cell in enumerate(self.cells) if cell.strip())


class Aside(NamedTuple):
    """What the reader of a file has to say of a cell, or of all of the file: the kind of remark, and its words."""

    kind: str
    what: str
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that hold something. `decimal` is the sign before decimals that such files usually have, if known.

    `sheet` is the name of the sheet in a workbook, `strand` that of rows that name none; `faults` are cells that cannot be read.
    """

    rows: tuple[Row, ...]
    source: str | None = None
    decimal: str | None = None
    sheet: str = ""
    strand: str = ""
    asides: tuple[Aside, ...] = ()
    faults: tuple[Aside, ...] = ()


def areas(cells: Iterable[Cell]) -> Iterator[str]:
    """The names of cells, those that stand under each other as one area, column by column.

    >>> list(areas([Cell(3, 2), Cell(4, 2), Cell(5, 2), Cell(4, 0)]))
    ['A4', 'C3:C5']
    """
    ordered = sorted(set(cells), key=lambda cell: (cell.file, cell.column, cell.row))
    for _, run in groupby(enumerate(ordered), lambda pair: (pair[1].file, pair[1].column, pair[1].row - pair[0])):
        together = [cell for _, cell in run]
        end = f":{letters(together[-1].column)}{together[-1].row}" if len(together) > 1 else ""
        yield f"{together[0]}{end}"


def refused(code: str, message: str, source: str | None, cell: Cell | None = None) -> TheoryError:
    """The one problem for which a file is not read any further."""
    place = (cell.row, cell.column + 1, cell.file) if cell else (None, None, None)
    return TheoryError([Problem(code, message, line=place[0], column=place[1], sheet=place[2])], source=source)
