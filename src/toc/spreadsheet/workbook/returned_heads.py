"""The headings of a sheet that came back: which column is which, whatever order people put them in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from toc.errors import OptionError
from toc.merging.three_way import Field, Fields, Things
from toc.model.slugs import slug
from toc.model.types import shown
from toc.problems import Problem
from toc.spelling import hint, nearest
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.workbook.row_sheets import ID, all_columns, free_column
from toc.spreadsheet.workbook.sheet_shapes import HIDDEN, LISTS, MAPPINGS, README, SHAPES, Column, Shape
from toc.spreadsheet.workbook_cells import Workbook, WorkbookCell, Worksheet

Told = tuple[str, Cell | None, str]


@dataclass(frozen=True, slots=True)
class Head:
    """The row of the headings, or 0; the columns that were found with their places from 1, and that of the ids, or 0.

    In the sheet of the theory the keys stand under each other: places are rows there, and `id` is the column of values.
    """

    row: int
    columns: tuple[tuple[Column, int], ...] = ()
    id: int = 0
    problems: tuple[Problem, ...] = ()
    told: tuple[Told, ...] = ()
    at: Mapping[Field, int] = field(default_factory=dict)


def head_of(shape: Shape, sheet: Worksheet, things: Iterable[Fields], keep: Collection[str]) -> Head:
    """The headings of a sheet whose things are these; columns named in `keep` are kept under a key of one's own."""
    columns = all_columns(shape, things)
    known = {column.heading.casefold(): column for column in columns} | {column.heading: column for column in columns}
    reader = _HeadReader(shape, sheet.name, known, {name.strip().casefold() for name in keep})
    return reader.transposed(sheet) if shape.is_alone else reader.head(sheet)


class _HeadReader:
    """Reads the headings of one sheet."""

    def __init__(self, shape: Shape, sheet: str, known: Mapping[str, Column], keep: Collection[str]) -> None:
        self.shape = shape
        self.sheet = sheet
        self.known = known
        self.keep = keep
        self.columns: dict[Field, tuple[Column, int]] = {}
        self.problems: list[Problem] = []
        self.told: list[Told] = []
        self.strangers: list[WorkbookCell] = []

    def head(self, sheet: Worksheet) -> Head:
        """The row with the most headings that are known, among the first."""
        rows = sheet.rows[:LOOKED_AT]
        row = max(rows, key=self._sense, default=())
        if not row or not self._sense(row):
            return Head(0, told=((("no-head", Cell(1, 0, self.sheet), "")),) if rows else ())
        id = 0
        for cell in row:
            if _plain(cell) == ID:
                id = id or cell.column
            elif _plain(cell):
                self._place(cell, cell.column)
        self._strangers()
        self._missing()
        if not id and row:
            message = "the column `id` is missing, by which rows are known: put it back, with the ids that it had"
            self.problems.append(
                Problem("TOC011", message, line=row[0].row, column=row[-1].column + 1, sheet=self.sheet)
            )
        return self._made(row[0].row, id)

    def transposed(self, sheet: Worksheet) -> Head:
        """The keys of the theory, one under another."""
        keys = next((cell.column for row in sheet.rows for cell in row if _plain(cell) == "key"), 1)
        values = next((cell.column for row in sheet.rows for cell in row if _plain(cell) == "value"), keys + 1)
        top = next((cell.row for row in sheet.rows for cell in row if _plain(cell) == "key"), 0)
        for row in sheet.rows:
            for cell in row:
                if cell.column == keys and cell.row > top and _plain(cell):
                    self._place(cell, cell.row)
        self._strangers()
        return self._made(top, values) if top else Head(0)

    def _missing(self) -> None:
        """Columns of the format that are not there."""
        for column in dict.fromkeys(self.known.values()):
            if column.field not in self.columns and column.control != "own" and column.field[0] not in MAPPINGS:
                self.told.append(("no-column", None, f"{self.sheet} '{column.heading}'"))

    def _made(self, row: int, id: int) -> Head:
        columns = tuple(self.columns.values())
        at = {column.field: place for column, place in columns}
        return Head(row, columns, id, tuple(self.problems), tuple(self.told), at)

    def _sense(self, row: tuple[WorkbookCell, ...]) -> int:
        return sum(_plain(cell) in self.known or _plain(cell) == ID for cell in row)

    def _place(self, cell: WorkbookCell, place: int) -> None:
        """Find the column of a heading."""
        column = self.known.get(cell.text.strip()) or self.known.get(_plain(cell)) or self._free(cell)
        if column is None:
            self.strangers.append(cell)
        elif column.field in self.columns:
            self._tell("heading-twice", cell)
        else:
            self.columns[column.field] = (column, place)

    def _free(self, cell: WorkbookCell) -> Column | None:
        """A column for a name under a key such as `where`, for an `x-…` key, or one that is to be kept."""
        text = cell.text.strip()
        for name, (start, _) in MAPPINGS.items():
            if text.casefold().startswith(start) and (found := free_column(self.shape, (name, text[len(start) :]), "")):
                return found
        if text.startswith("x-"):
            return free_column(self.shape, (text,), "")
        if _plain(cell) in self.keep:
            own = free_column(self.shape, (f"x-{slug(text, kind='column')}",), "")
            return own and replace(own, heading=text)
        return None

    def _strangers(self) -> None:
        """Headings that mean nothing: a problem where one of ours is missing that is like it, else told."""
        missing = {column.heading: column for column in self.known.values() if column.field not in self.columns}
        for cell in self.strangers:
            near = nearest(_plain(cell), missing)
            if near is None:
                self._tell("column", cell)
                continue
            message = f"unknown heading {shown(cell.text.strip())}{hint(near)}"
            self.problems.append(
                Problem("TOC010", message, line=cell.row, column=cell.column, sheet=self.sheet, suggestion=near)
            )

    def _tell(self, kind: str, cell: WorkbookCell) -> None:
        self.told.append((kind, Cell(cell.row, cell.column - 1, self.sheet), f"'{' '.join(cell.text.split())[:60]}'"))


def _plain(cell: WorkbookCell) -> str:
    return " ".join(cell.text.split()).casefold()


def is_ours(workbook: Workbook) -> bool:
    """Whether a workbook has the sheets that a theory's has."""
    names = {sheet.name.strip().casefold() for sheet in workbook.sheets}
    return HIDDEN in names or {"theory", "outcomes", "activities"} <= names


def refuse_ours(workbook: Workbook) -> None:
    """Raise OptionError where a workbook of a whole theory came instead of a table."""
    if is_ours(workbook):
        raise OptionError(
            f"{workbook.source} is a workbook of a whole theory: `toc merge`, or `theory.merge`, takes it back"
        )


def our_sheets(workbook: Workbook) -> Iterator[tuple[Shape, Worksheet]]:
    """The sheets that are ours."""
    shapes = {shape.name.casefold(): shape for shape in SHAPES}
    for sheet in workbook.sheets:
        if shape := shapes.get(sheet.name.strip().casefold()):
            yield shape, sheet


def strange_sheets(workbook: Workbook) -> Iterator[str]:
    """The names of sheets that are none of ours."""
    ours = {shape.name.casefold() for shape in SHAPES} | {README.casefold(), LISTS.casefold(), HIDDEN}
    yield from (sheet.name for sheet in workbook.sheets if sheet.name.strip().casefold() not in ours)


def missing_sheets(workbook: Workbook, things: Things) -> Iterator[str]:
    """The names of sheets that a workbook of these things has, and that are not there."""
    names = {sheet.name.strip().casefold() for sheet in workbook.sheets}
    yield from (shape.name for shape in SHAPES if shape.name.casefold() not in names and shape.is_wanted(things))
