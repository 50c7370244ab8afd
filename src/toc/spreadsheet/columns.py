"""Where each field of a table stands: its headings, and what each column is read as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from toc.errors import TheoryError
from toc.problems import letters
from toc.spreadsheet.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row, refused
from toc.spreadsheet.headings import (
    KINDS,
    LOOKED_AT,
    STARTS_ROWS,
    Meaning,
    headings,
    meaning,
    named,
    plain,
    starts_table,
)
from toc.spreadsheet.reading_headings import RECORDED, is_readings

DETAILS: Final = ("unit", "baseline", "target", "by", "owner", "source", "method")
_SEVERAL: Final = frozenset(
    {"pillar", "leads_to", "assumptions", "partners", "target_group", "lead", "funding", *KINDS}
)


@dataclass(frozen=True, slots=True)
class KpiColumns:
    """The columns, from 0, that describe one KPI of a row; `about` is the field whose node it measures, if any."""

    title: int
    details: Mapping[str, int]
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, from 0, and what is left over: `spare` are the columns that mean nothing to us."""

    fields: Mapping[str, tuple[int, ...]]
    kpis: tuple[KpiColumns, ...]
    spare: tuple[int, ...]
    guessed: tuple[int, ...]

    def one(self, field: str) -> int | None:
        """The first column of a field, or None."""
        return next(iter(self.fields.get(field, ())), None)


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and the rows under them that hold something; `file` stands before cells where files are joined."""

    grid: Grid
    head: Row
    columns: Columns
    rows: tuple[Row, ...]
    file: str = ""

    def cell(self, row: Row, column: int) -> Cell:
        """The name of a cell."""
        return Cell(row.number, column, self.file)

    def heading(self, column: int) -> str:
        """The heading of a column, in quotes; its letter where it has none."""
        return named(self.head.cell(column)) if self.head.cell(column).strip() else f"column {letters(column)}"

    def headed(self, field: str) -> str:
        """The heading of a field's first column."""
        return self.heading(self.columns.one(field) or 0)


def table_of(grid: Grid, file: str = "") -> Table:
    """The rows under the headings, which are those of the first rows that mean most. Raises TheoryError."""
    top = grid.rows[:LOOKED_AT]
    if any(is_readings(row.cells) for row in top):
        raise refused("TOC002", RECORDED, grid.source)
    heads = [row for row in top if starts_table(row.cells)]
    if not heads:
        raise _without_titles(grid)
    head = max(heads, key=lambda row: sum(meaning(cell).field is not None for cell in row.cells[:MOST_COLUMNS]))
    rows = tuple(row for row in grid.rows if row.number > head.number)
    if len(rows) > MOST_ROWS:
        raise refused("TOC004", f"more than {MOST_ROWS:,} rows: save the activities only", grid.source)
    width = max(len(head.cells), *(max(row.filled(), default=0) + 1 for row in rows), 1)
    if width > MOST_COLUMNS:
        raise refused("TOC004", f"more than {MOST_COLUMNS} columns: save those that matter only", grid.source)
    filled = {column for row in rows for column in row.filled()}
    return Table(grid, head, columns_of(head.cells, filled), rows, file)


def _without_titles(grid: Grid) -> TheoryError:
    if not grid.rows:
        return refused("TOC003", "the spreadsheet is empty", grid.source)
    first = grid.rows[0]
    found = ", ".join(named(cell) for cell in first.cells[:12] if cell.strip())
    message = (
        f"no column is headed Title, Activity or Project: give the column of titles such a heading (there are {found})"
    )
    return refused("TOC011", message, grid.source, Cell(first.number, 0, grid.sheet))


def columns_of(cells: Sequence[str], filled: Iterable[int] = ()) -> Columns:
    """What each column means; `filled` are those that hold something, under a heading or not.

    >>> columns_of(["Project", "KPI 1", "KPI 2", "Target 1", "Notes"], [4]).spare
    (4,)
    """
    meant = {column: meaning(cell) for column, cell in enumerate(cells) if cell.strip()}
    kpis = [column for column, one in meant.items() if one.field == "kpi"]
    meant = {column: _as_read(one, column, kpis, meant) for column, one in meant.items()}
    fields = _fields(cells, meant)
    described = _described(kpis, meant, fields)
    used = {column for found in fields.values() for column in found}
    used |= {column for one in described for column in (one.title, *one.details.values())}
    guessed = tuple(column for column, one in meant.items() if one.guessed and column in used)
    return Columns(MappingProxyType(fields), described, tuple(sorted({*filled, *meant} - used)), guessed)


def _as_read(one: Meaning, column: int, kpis: Sequence[int], meant: Mapping[int, Meaning]) -> Meaning:
    """Who owns what no KPI stands before leads the activity, unless another column says who does."""
    if (
        one.field == "owner"
        and not any(kpi < column for kpi in kpis)
        and all(m.field != "lead" for m in meant.values())
    ):
        return Meaning("lead", one.number, guessed=True)
    return one


def _fields(cells: Sequence[str], meant: Mapping[int, Meaning]) -> dict[str, tuple[int, ...]]:
    """The columns of each field that is no KPI's; of several for one that stands once, the one with the best name."""
    fields: dict[str, tuple[int, ...]] = {}
    for column, one in meant.items():
        if one.field and one.field != "kpi" and one.field not in DETAILS:
            fields[one.field] = (*fields.get(one.field, ()), column)
    for field, found in fields.items():
        if field not in _SEVERAL:
            names = [plain(name) for name in headings()[field]["names"]]
            best = min(found, key=lambda column: _rank(plain(cells[column]), names))
            fields[field] = (best,)
    return fields


def _rank(text: str, names: Sequence[str]) -> int:
    return names.index(text) if text in names else len(names)


def _described(
    kpis: Sequence[int], meant: Mapping[int, Meaning], fields: Mapping[str, tuple[int, ...]]
) -> tuple[KpiColumns, ...]:
    """Each KPI column with its details: those of its number, else those that stand to its right."""
    numbered = {meant[column].number or 1: column for column in reversed(kpis)}
    details: dict[int, dict[str, int]] = {column: {} for column in kpis}
    for column, one in meant.items():
        if one.field in DETAILS and kpis:
            before = [kpi for kpi in kpis if kpi < column] or kpis[:1]
            details[numbered.get(one.number or 0, before[-1])].setdefault(one.field or "", column)
    rows_about = {column: field for field in STARTS_ROWS for column in fields.get(field, ())}
    return tuple(KpiColumns(kpi, details[kpi], meant[kpi].about or _left_of(kpi, rows_about)) for kpi in kpis)


def _left_of(column: int, rows_about: Mapping[int, str]) -> str | None:
    """What stands nearest to the left of a column."""
    before = [one for one in rows_about if one < column]
    return rows_about[max(before)] if before else None
