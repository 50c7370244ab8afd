"""From things to the rows of their sheets, each with the id by which it is known when it comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from toc.merging.things import ITEMS, KIND, THEORY, owner_of
from toc.merging.three_way import Field, Fields, Key, Things
from toc.pages.sheet import harmless
from toc.spreadsheet.workbook.cell_values import Shown, is_plain, shown_in_cell
from toc.spreadsheet.workbook.labels import Labels
from toc.spreadsheet.workbook.sheet_shapes import MAPPINGS, SHAPES, Column, Shape, columns_of, mapping_column

ID: Final = "id"


class Row(NamedTuple):
    """One row: the thing that stands in it, its id, and its cells in the order of the columns."""

    key: Key
    id: str
    cells: tuple[Shown, ...]


class RowSheet(NamedTuple):
    """One sheet before any format; the id stands in a column of its own behind the others."""

    shape: Shape
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def row_sheets(things: Things, labels: Labels) -> Iterator[RowSheet]:
    """Every sheet that these things want, those without rows included."""
    ids = row_ids(things)
    for shape in (shape for shape in SHAPES if shape.is_wanted(things)):
        own = {key: fields for key, fields in things.items() if belongs(shape, key, fields)}
        columns = all_columns(shape, own.values())
        rows = [
            Row(key, ids[key], tuple(shown_in_cell(one, fields.get(one.field), labels) for one in columns))
            for key, fields in own.items()
        ]
        yield RowSheet(shape, columns, tuple(rows))


def belongs(shape: Shape, key: Key, fields: Fields) -> bool:
    """Whether a thing stands in a sheet."""
    return key[0] == shape.table and (shape.table != "nodes" or fields[KIND] in shape.kinds)


def row_ids(things: Things) -> dict[Key, str]:
    """What stands in the column of ids: of a link, or an exchange, both its ends, of the items of a list their number too."""
    found: dict[Key, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for key, fields in things.items():
        owner = _owner(owner_of(key[0]), fields)
        if key[0] in ITEMS:
            counts[key[0], owner] += 1
            found[key] = f"{owner} #{counts[key[0], owner]}"
        else:
            found[key] = owner or key[-1]
    return found


def _owner(ends: Iterable[Field], fields: Fields) -> str:
    return " > ".join(str(fields.get(end, "")) for end in ends)


def all_columns(shape: Shape, things: Iterable[Fields]) -> tuple[Column, ...]:
    """The columns of a sheet with those that its things have besides: names under keys such as `where`, and `x-…` keys."""
    known = columns_of(shape)
    fields = {column.field for column in known}
    more: dict[Field, Column] = {}
    for thing in things:
        for field, value in thing.items():
            if field not in fields and field not in more and (column := free_column(shape, field, value)):
                more[field] = column
    own = [column for column in more.values() if column.control == "own"]
    return (*_beside(known, [column for column in more.values() if column.control != "own"]), *own)


def _beside(known: tuple[Column, ...], more: list[Column]) -> Iterator[Column]:
    """The columns with more of them for names under a key, behind the one that there always is."""
    for column in known:
        yield column
        yield from (other for other in more if len(column.field) > 1 and other.field[0] == column.field[0])


def free_column(shape: Shape, field: Field, value: Any) -> Column | None:
    """The column for a field with a name of people's own, if a cell can hold it."""
    name = field[-1]
    if not name.strip() or name != name.strip() or len(name) > 200 or not name.isprintable() or harmless(name) != name:
        return None
    if len(field) == 1 and shape.models and name.startswith("x-") and len(name) > 2 and is_plain(value):
        return Column(name, field, "own")
    of_shape = any(column.field[0] == field[0] for column in columns_of(shape))
    return mapping_column(*field) if len(field) == 2 and field[0] in MAPPINGS and of_shape else None


def exported(things: Things) -> dict[Key, dict[Field, Any]]:
    """The things with those fields alone that stand in a workbook."""
    kept: dict[Key, dict[Field, Any]] = {}
    for shape in SHAPES:
        own = {key: fields for key, fields in things.items() if belongs(shape, key, fields)}
        columns: Mapping[Field, Column] = {column.field: column for column in all_columns(shape, own.values())}
        for key, fields in own.items():
            kept[key] = {KIND: fields[KIND]} if shape.table == "nodes" else {}
            kept[key] |= {
                field: value
                for field, value in fields.items()
                if field in columns and (columns[field].control != "own" or is_plain(value))
            }
    return {THEORY: kept.pop(THEORY), **kept}
