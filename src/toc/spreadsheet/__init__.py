"""From spreadsheets to a theory to go on from: activities with their pillars, outcomes and KPIs, one to a row.

A reader makes a `Grid` of a file (`csv_grid` today); everything else works on grids and knows no kind of file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from toc.spreadsheet.columns import table_of
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.gathering import gathered
from toc.spreadsheet.grid import Grid
from toc.spreadsheet.ledger import Remark
from toc.spreadsheet.starting_file import composed

__all__ = ["Converted", "Grid", "Remark", "converted", "from_csv", "from_grids"]


@dataclass(frozen=True, slots=True)
class Converted:
    """The YAML text of a theory, and what was not used, merged, guessed or decided on the way, what matters most first."""

    text: str
    remarks: tuple[Remark, ...]


def from_csv(text: str, *, title: str, source: str | None = None) -> str:
    r"""The text of a valid, commented YAML file made from the text of a CSV file, one activity a row.

    Columns are known by their headings: docs/command-line.md#from-a-spreadsheet lists them. Only titles are needed.
    Commas, semicolons and tabs are understood between columns. A cell is text whatever it starts with: no formula is
    worked out.

    Args:
        text: at most 50 MB and 10,000 rows.
        title: the title of the theory.
        source: what messages and the file's first comment call the spreadsheet.

    Raises:
        TheoryError: with every problem; its line is the row and its column the column of the spreadsheet, from 1.

    >>> made = from_csv("Activity,Strand,Pupils\nCoding club,STEM,1200\n", title="Our partnerships")
    >>> import toc
    >>> toc.loads(made).activities["coding-club"].participation
    1200

    """
    return converted(text, title=title, source=source).text


def converted(data: str | bytes, *, title: str, source: str | None = None) -> Converted:
    r"""Like `from_csv`, from bytes too, together with remarks on what was not used, merged or guessed.

    Bytes are read as UTF-8, as UTF-16 where they begin with its mark, else as Windows-1252, in which Excel saves CSV.

    >>> print(converted("Project,Colour\nChess,red\n", title="Our partnerships").remarks[0])
    leads straight to the goal, because no strand or outcome is named: A2 'Chess'
    """
    return from_grids([csv_grid(data, source)], title=title)


def from_grids(grids: Sequence[Grid], *, title: str) -> Converted:
    """One theory from the rows of one or several spreadsheets: the same activity in two of them is one."""
    names = [PurePath(grid.source or f"spreadsheet {place}").name for place, grid in enumerate(grids, 1)]
    same = len(set(names)) < len(names)
    called = [grid.source or name if same else name for grid, name in zip(grids, names, strict=True)]
    tables = [table_of(grid, file if len(grids) > 1 else "") for grid, file in zip(grids, called, strict=True)]
    plan = gathered(tables)
    return Converted(composed(plan, [grid.source for grid in grids], title), plan.remarks)
