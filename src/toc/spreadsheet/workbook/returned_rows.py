"""From a workbook that came back to the things that it says, each cell that still says what was written taken as unchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from toc.language.kpi_units import says_percentage
from toc.merging.things import KIND, PAIRS, free, natural_key
from toc.merging.three_way import Field, Fields, Key, Things
from toc.model.complaints import id_message
from toc.model.slugs import slug
from toc.model.structure import is_id
from toc.problems import Problem
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.workbook.back_remarks import KINDS
from toc.spreadsheet.workbook.cell_values import (
    CellError,
    Reader,
    as_csv_text,
    from_csv_text,
    says_the_same,
    shown_in_cell,
)
from toc.spreadsheet.workbook.labels import Labels, Names, labels_of
from toc.spreadsheet.workbook.returned_heads import Head, head_of, our_sheets
from toc.spreadsheet.workbook.row_sheets import belongs, row_ids
from toc.spreadsheet.workbook.sheet_shapes import SHAPES, Column, Shape
from toc.spreadsheet.workbook_cells import Workbook, WorkbookCell, Worksheet

_UNIT: Final[Field] = ("unit",)
_IN_UNITS: Final[Collection[Field]] = {("value",), ("baseline", "value")}
NAMED: Final = ("nodes", "groups", "partners", "reviews", "frames")


class Spot(NamedTuple):
    """Where a thing stands: its sheet, its row, and the columns of its fields, from 1."""

    sheet: str
    row: int
    columns: Mapping[Field, int]

    def column(self, path: Field) -> int:
        """The column of a field, or of what is nearest to it; the first one where there is none."""
        exact = self.columns.get(path)
        return exact or next((at for one, at in self.columns.items() if path and one[0] == path[0]), 1)


@dataclass(slots=True)
class Returned:
    """What a workbook says: its things, where each stands, those whose rows are gone, and what is wrong or worth a look."""

    things: dict[Key, dict[Field, Any]] = field(default_factory=dict)
    spots: dict[Key, Spot] = field(default_factory=dict)
    gone: list[Key] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ledger: Ledger = field(default_factory=lambda: Ledger(KINDS))


class _Row(NamedTuple):
    """A row before its cells are read: the thing that it is, or None for a new one without an id."""

    shape: Shape
    head: Head
    number: int
    cells: Mapping[int, WorkbookCell]
    key: Key | None

    def cell(self, path: Field) -> WorkbookCell | None:
        """The cell of a field."""
        return self.cells.get(self.head.at.get(path, 0))


class RowReader:
    """Reads the sheets of a workbook against what it was written from, or, where that is not known, what the file says now."""

    def __init__(self, workbook: Workbook, base: Things | None, mine: Things, keep: Collection[str] = ()) -> None:
        self.workbook = workbook
        self.has_base = base is not None
        self.before = mine if base is None else base
        self.mine = mine
        self.keep = keep
        self.labels: Labels = labels_of(self.before)
        self.found = Returned()

    def returned(self) -> Returned:
        """All that the workbook says."""
        rows = [row for shape, sheet in our_sheets(self.workbook) for row in self._rows(shape, sheet)]
        rows = self._identified(rows)
        reader = self._reader(rows)
        units = {row.key[1]: self._unit(row) for row in rows if row.key and row.shape.name == "KPIs"}
        for row in rows:
            self._read(row, reader, units)
        self._keep_gone()
        return self.found

    # Sheets and rows

    def _rows(self, shape: Shape, sheet: Worksheet) -> Iterator[_Row]:
        known = [fields for key, fields in self.before.items() if key[0] == shape.table]
        head = head_of(shape, sheet, known, self.keep)
        self.found.problems += head.problems
        for kind, cell, text in head.told:
            self.found.ledger.tell(kind, cell, text)
        if head.row == 0:
            return
        if shape.is_alone:
            yield _transposed(shape, sheet, head)
            return
        for row in sheet.rows:
            cells = {cell.column: cell for cell in row}
            number = row[0].row
            if number > head.row and any(
                cell.value is not None and column != head.id for column, cell in cells.items()
            ):
                self._tell_notes(sheet.name, row)
                yield _Row(shape, head, number, cells, None)

    def _tell_notes(self, sheet: str, row: tuple[WorkbookCell, ...]) -> None:
        for cell in row:
            if cell.note:
                self.found.ledger.tell(
                    "cell-note", Cell(cell.row, cell.column - 1, sheet), f"“{' '.join(cell.note.split())[:80]}”"
                )

    # Which row is which thing

    def _identified(self, rows: list[_Row]) -> list[_Row]:
        """The rows with the things that they are; a new row of a node, group or partner gets an id made from its title."""
        ids = {(key[0], id): key for key, id in row_ids(self.before).items()}
        seen: dict[Key, None] = {}
        used = {key[1] for things in (self.before, self.mine) for key in things if key[0] in NAMED}
        identified = []
        for row in rows:
            key = (row.shape.table,) if row.shape.is_alone else self._key(row, ids)
            if key in seen:
                self._tell("twice", row, f"'{self._id_text(row)}'")
                key = None
            if key:
                seen[key] = None
                used.add(key[-1])
            identified.append(row._replace(key=key))
        return [self._named(row, used) for row in identified]

    def _id_text(self, row: _Row) -> str:
        cell = row.cells.get(row.head.id)
        return " ".join(cell.text.split()) if cell else ""

    def _key(self, row: _Row, ids: Mapping[tuple[str, str], Key]) -> Key | None:
        """The thing with the id of a row; an id that nothing has is that of a new node, group or partner."""
        text, table = self._id_text(row), row.shape.table
        if not text:
            return None
        if found := ids.get((table, text)):
            return found
        if table in NAMED and not is_id(text):
            self.found.problems.append(
                Problem("TOC016", id_message(text), line=row.number, column=row.head.id, sheet=row.shape.name)
            )
            return None
        return (table, text) if table in NAMED else None

    def _named(self, row: _Row, used: set[str]) -> _Row:
        if row.key or row.shape.table not in NAMED:
            return row
        cell = row.cell(("title",))
        kind = row.shape.kinds[0] if len(row.shape.kinds) == 1 else "node"
        id = slug(cell.text if cell else "", used, kind=kind)
        used.add(id)
        return row._replace(key=(row.shape.table, id))

    # What the cells mean

    def _reader(self, rows: list[_Row]) -> Reader:
        """Titles mean what bore them when the workbook was written, else what bears them in it or in the file now."""
        now: dict[Key, dict[Field, Any]] = {}
        for row in rows:
            if row.key and row.shape.table in NAMED:
                title, kind = row.cell(("title",)), row.cell(KIND)
                only = row.shape.kinds[0] if len(row.shape.kinds) == 1 else None
                now[row.key] = {
                    ("title",): title.text if title else "",
                    KIND: only or (kind.text.strip().casefold() if kind else ""),
                }
        names = Names(self.labels, labels_of(now), labels_of(self.mine))
        return Reader(names, self.labels, is_text_alone=self.workbook.is_text)

    def _unit(self, row: _Row) -> str:
        """The unit of the KPI in a row."""
        cell = row.cell(_UNIT)
        return cell.text if cell else ""

    def _read(self, row: _Row, reader: Reader, units: Mapping[str, str]) -> None:
        """The thing in a row, with what its cells say in place of what was written into them."""
        before = self.before.get(row.key, {}) if row.key else {}
        fields = dict(before)
        if row.shape.table == "nodes" and len(row.shape.kinds) == 1:
            fields[KIND] = row.shape.kinds[0]
        for column, at in row.head.columns:
            cell = row.cells.get(at)
            there = before.get(column.field)
            said = shown_in_cell(column, there, self.labels)
            if says_the_same(cell, (as_csv_text(said) or None) if self.workbook.is_text else said):
                continue
            if cell is None or (cell.value is None and not cell.is_formula):
                if self.has_base or not before:
                    fields.pop(column.field, None)
                continue
            self._value(row, column, cell, (fields, reader, units))
        self._keep(row, fields)

    def _value(
        self, row: _Row, column: Column, cell: WorkbookCell, into: tuple[dict[Field, Any], Reader, Mapping[str, str]]
    ) -> None:
        """Put what a cell means among the fields, or tell what is wrong with it."""
        fields, reader, units = into
        cell = from_csv_text(cell) if self.workbook.is_text else cell
        is_share = column.field in _IN_UNITS and self._is_percentage(row, fields, units)
        try:
            value, mended = reader.value(column, cell, fields.get(column.field), percentage=is_share)
        except CellError as error:
            self.found.problems.append(error.problem(row.shape.name, cell.row, cell.column))
            fields.setdefault(column.field, _UNREAD)
            return
        if cell.is_formula:
            self._tell("formula", row, cell.text, cell)
        if mended:
            self._tell(mended, row, cell.text, cell)
        if value is None or _goes_without_saying(row.shape, column, fields, value):
            fields.pop(column.field, None)
        else:
            fields[column.field] = value

    def _is_percentage(self, row: _Row, fields: Fields, units: Mapping[str, str]) -> bool:
        """Whether the values of a row are percentages, by the unit of its KPI in the workbook, or else in the file."""
        id = row.key[1] if row.shape.table == "nodes" and row.key else str(fields.get(("kpi",), ""))
        unit = units.get(id) or self.mine.get(("nodes", id), {}).get(_UNIT)
        return says_percentage(unit)

    def _keep(self, row: _Row, fields: dict[Field, Any]) -> None:
        """Keep a thing under its key; a new link, or item of a list, is known by what it says."""
        things, key = self.found.things, row.key
        missing = next((one for one in row.shape.places if one.field not in fields), None)
        if missing:
            self._missing(row, missing)
            return
        if key is None:
            key = natural_key(row.shape.table, fields)
            if key in things and key[0] in PAIRS:
                message = "this stands twice in the sheet: delete one of the rows"
                at = row.head.at.get(row.shape.places[-1].field, 1)
                self.found.problems.append(Problem("TOC018", message, line=row.number, column=at, sheet=row.shape.name))
            key = free(key, things)
        things[key] = {path: value for path, value in fields.items() if value is not _UNREAD}
        self.found.spots[key] = Spot(row.shape.name, row.number, row.head.at)

    def _missing(self, row: _Row, column: Column) -> None:
        words = f": {', '.join(column.words)}" if column.words else ""
        message = f"`{column.heading}` is missing in this row: fill it in{words}, or empty the row"
        at = row.head.at.get(column.field, 1)
        self.found.problems.append(Problem("TOC011", message, line=row.number, column=at, sheet=row.shape.name))

    def _keep_gone(self) -> None:
        """What was written and has no row any more; a sheet that is missing says nothing."""
        sheets = {shape.name for shape, _ in our_sheets(self.workbook)}
        for key, fields in self.before.items():
            if key in self.found.things:
                continue
            home = next((shape.name for shape in SHAPES if belongs(shape, key, fields)), None)
            self.found.things[key] = dict(fields)
            if home in sheets and len(key) > 1:
                self.found.gone.append(key)

    def _tell(self, kind: str, row: _Row, text: str, cell: WorkbookCell | None = None) -> None:
        column = cell.column if cell else row.head.id or 1
        self.found.ledger.tell(kind, Cell(cell.row if cell else row.number, column - 1, row.shape.name), text)


_UNREAD: Final = object()


def _goes_without_saying(shape: Shape, column: Column, fields: Fields, value: Any) -> bool:
    """Whether a value is the one that an empty cell means."""
    if not shape.models:
        return False
    kind = fields.get(KIND)
    model = next((one for one in shape.models if getattr(one, "kind", None) == kind), shape.models[0])
    name, *inner = column.field
    known = model.model_fields.get(name)
    return (
        not inner
        and known is not None
        and not known.is_required()
        and bool(known.default == value)
        and value is not None
    )


def _transposed(shape: Shape, sheet: Worksheet, head: Head) -> _Row:
    """The sheet of the theory or the partnership, whose keys stand under each other, as one row; its number is that of the column of values."""
    cells = {cell.row: cell for row in sheet.rows for cell in row if cell.column == head.id}
    return _Row(shape, head, head.id, cells, (shape.table,))
