"""From spreadsheets to a theory to go on from: activities with their pillars, outcomes and KPIs, one to a row.

A reader makes a `Grid` of a file or of a sheet (`csv_grid`, `workbook_grids`); everything else works on grids and knows no
kind of file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from toc.errors import OptionError, as_given
from toc.spreadsheet.columns import Table, table_of
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.gathering import gathered
from toc.spreadsheet.grid import Grid
from toc.spreadsheet.ledger import Remark
from toc.spreadsheet.starting_file import composed
from toc.spreadsheet.workbook_cells import Workbook
from toc.spreadsheet.workbook_grids import workbook_grids
from toc.spreadsheet.xlsx_package import Tell, is_workbook
from toc.spreadsheet.xlsx_reading import workbook_of

__all__ = ["Converted", "Grid", "Remark", "converted", "from_csv", "from_grids", "grids_in", "tables_of", "workbook_in"]


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

    Bytes are those of a workbook, or are read as UTF-8, as UTF-16 where they begin with its mark, else as Windows-1252, in
    which Excel saves CSV.

    >>> print(converted("Project,Colour\nChess,red\n", title="Our partnerships").remarks[0])
    leads straight to the goal, because no strand or outcome is named: A2 'Chess'
    """
    return from_grids(grids_in(data, source), title=title)


def workbook_in(data: str | bytes, source: str | None, tell: Tell | None = None) -> Workbook | None:
    """The workbook that some bytes are, or None for CSV. Raises TheoryError.

    `tell` is told, again and again, how many bytes of how many are read.
    """
    return workbook_of(data, source, tell) if isinstance(data, bytes) and is_workbook(data, source) else None


def grids_in(data: str | bytes | Workbook, source: str | None, sheets: Sequence[str] = ()) -> list[Grid]:
    """The rows of a CSV file, or of the sheets of a workbook: those named, or else the first that lists activities.

    Raises TheoryError; OptionError for a sheet that is not there.
    """
    opened = data if isinstance(data, Workbook) else workbook_in(data, source) or data
    if isinstance(opened, Workbook):
        return workbook_grids(opened, sheets)
    if sheets:
        raise OptionError(f"{source or 'the spreadsheet'} is no workbook, so it has no sheet {as_given(sheets[0])}")
    return [csv_grid(opened, source)]


def from_grids(grids: Sequence[Grid], *, title: str) -> Converted:
    """One theory from the rows of one or several spreadsheets: the same activity in two of them is one."""
    plan = gathered(tables_of(grids))
    return Converted(composed(plan, dict.fromkeys(grid.source for grid in grids), title), plan.remarks)


def tables_of(grids: Sequence[Grid]) -> list[Table]:
    """The rows under their headings. Raises TheoryError."""
    return [table_of(grid, name) for grid, name in zip(grids, _called(grids), strict=True)]


def _called(grids: Sequence[Grid]) -> list[str]:
    """What stands before the cells of each: the sheet in a workbook, the file where there are several."""
    sources = dict.fromkeys(grid.source or f"spreadsheet {place}" for place, grid in enumerate(grids, 1))
    if len(sources) == 1:
        return [grid.sheet for grid in grids]
    names = {source: PurePath(source).name for source in sources}
    files = names if len(set(names.values())) == len(names) else {source: source for source in sources}
    found = (files[grid.source or f"spreadsheet {place}"] for place, grid in enumerate(grids, 1))
    return [f"{file}:{grid.sheet}" if grid.sheet else file for file, grid in zip(found, grids, strict=True)]
