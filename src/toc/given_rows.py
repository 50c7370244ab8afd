"""Rows that somebody hands over, each knowing where it stands: of a DataFrame, of mappings, or of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from toc.errors import OptionError, as_given
from toc.problems import Path, Problem, dotted, letters
from toc.scalars import UNSTATED, plain

WHERE: Final = "where"


@dataclass(frozen=True, slots=True)
class Row:
    """What stands under each heading, without what is empty, and where: at a path, or in a row of a sheet, from 1."""

    cells: Mapping[str, Any]
    path: Path = ()
    number: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    sheet: str = ""

    def problem(self, code: str, message: str, name: str = "", suggestion: str | None = None) -> Problem:
        """Something that is wrong with what stands under a heading, or with the row."""
        if self.number is None:
            return Problem(code, message, (*self.path, name) if name else self.path, suggestion=suggestion)
        column = self.columns.get(name, 0) + 1
        return Problem(code, message, line=self.number, column=column, suggestion=suggestion, sheet=self.sheet)

    def place(self, name: str = "") -> str:
        """What to call the row, or what stands under a heading in it, in a message about another place."""
        if self.number is None:
            return dotted((*self.path, name) if name else self.path)
        return f"{letters(self.columns[name])}{self.number}" if name else f"row {self.number}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that hold something, and their headings; `head` is the row of the headings. `decimal` as in a `Grid`."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    head: Row
    source: str | None = None
    decimal: str | None = None


def rows_given(given: Any, what: str) -> Rows:
    """The rows of a DataFrame of pandas or polars, or of mappings; `what` is what its giver calls it.

    Raises OptionError.
    """
    return _rows([*_cells(given, what)], (what,))


def one_row(stated: Mapping[str, Any]) -> Rows:
    """A table of one row, whose headings are the arguments that somebody gave."""
    rows = _rows([stated], ())
    return replace(rows, rows=tuple(replace(row, path=()) for row in rows.rows))


def _rows(given: Sequence[Mapping[str, Any]], path: Path) -> Rows:
    cells = [_stated(one) for one in given]
    rows = tuple(Row(one, (*path, place)) for place, one in enumerate(cells) if one)
    names = dict.fromkeys(name for one in given for name in one if name != WHERE)
    return Rows(tuple(names | dict.fromkeys(name for one in cells for name in one)), rows, Row({}, path))


def _cells(given: Any, what: str) -> Iterator[dict[str, Any]]:
    """Each row by heading, whatever holds them; a column of the index that has a name is a column as any other."""
    kind = type(given).__module__.partition(".")[0]
    if kind == "pandas" and hasattr(given, "itertuples"):
        frame = given.reset_index() if any(name is not None for name in given.index.names) else given
        names, values = [_heading(name) for name in frame.columns], frame.itertuples(index=False, name=None)
    elif kind == "polars" and hasattr(given, "iter_rows"):
        names, values = list(given.columns), given.iter_rows()
    elif isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping)):
        for one in given:
            if not isinstance(one, Mapping):
                raise OptionError(f"a row of `{what}` is a dict from heading to value, not {as_given(one)}")
            yield {_heading(name): value for name, value in one.items()}
        return
    else:
        raise OptionError(f"`{what}` is a DataFrame or a list of dicts, not {as_given(given)}")
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise OptionError(f"`{what}` has two columns {as_given(twice[0])}: rename or drop one")
    yield from (dict(zip(names, row, strict=True)) for row in values)


def _heading(name: Any) -> str:
    return name if isinstance(name, str) else as_given(name)


def _stated(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that hold something, as plain values; whom a reading is about stands in one cell for each key."""
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        value = plain(cell, name)
        if name == WHERE and isinstance(value, Mapping):
            found |= {f"{WHERE}_{key}": one for key, one in value.items()}
        elif value is not None and value is not UNSTATED and not (isinstance(value, str) and not value.strip()):
            found[name] = value
    return found
