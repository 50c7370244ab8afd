"""What a workbook was written from, hidden in it, so that a later look tells what was changed since. It may come back as anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from math import isfinite
from typing import Any, Final

from toc.merging.things import ALONE, KIND, THEORY, flat, nested, owner_of
from toc.merging.three_way import Field, Key, Things
from toc.model.types import KINDS
from toc.spreadsheet.workbook.cell_values import is_plain, listed_label
from toc.spreadsheet.workbook.row_sheets import all_columns, belongs, exported
from toc.spreadsheet.workbook.sheet_shapes import SHAPES, Control
from toc.spreadsheet.workbook_cells import Worksheet

LONGEST: Final = 30_000
LARGEST: Final = 5_000_000
Base = dict[Key, dict[Field, Any]]


def as_cells(things: Things) -> list[str]:
    """The things that stand in a workbook as JSON, in pieces that fit in cells."""
    text = json.dumps([[key, nested(fields)] for key, fields in exported(things).items()], ensure_ascii=True)
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]


def base_in(sheet: Worksheet | None) -> Base | None:
    """The things that a workbook was written from; None where that is not there, or is not as it was written."""
    if sheet is None or sheet.too_large:
        return None
    texts = [cell.value if isinstance(cell.value, str) else "" for row in sheet.rows for cell in row]
    if sum(map(len, texts)) > LARGEST:
        return None
    try:
        return _things(json.loads("".join(texts)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _things(written: Any) -> Base:
    """The things that are written, each with the fields that it must have and values that its columns can hold."""
    things: Base = {}
    for key, fields in written:
        if not (isinstance(key, list) and all(isinstance(step, str) for step in key)) or tuple(key) in things:
            raise ValueError(key)
        things[tuple(key)] = flat(fields)
    for key, fields in things.items():
        if len(key) < 2 and key[0] not in ALONE:
            raise ValueError(key)
        if not all(isinstance(fields[end], str) for end in owner_of(key[0])) or (
            key[0] == "nodes" and fields[KIND] not in KINDS
        ):
            raise ValueError(key)
    if THEORY not in things:
        raise ValueError(THEORY)
    return {key: _sound(key, fields) for key, fields in things.items()}


def _sound(key: Key, fields: dict[Field, Any]) -> dict[Field, Any]:
    """The fields for which there are columns. Raises ValueError for a value that such a column cannot hold."""
    shape = next((shape for shape in SHAPES if belongs(shape, key, fields)), None)
    if shape is None:
        raise ValueError(key)
    controls: dict[Field, Control] = {one.field: one.control for one in all_columns(shape, [fields])}
    known = {field: value for field, value in fields.items() if field in controls or field == KIND}
    if not all(SOUND[controls[field]](value) for field, value in known.items() if field in controls):
        raise ValueError(key)
    return known


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(date.fromisoformat(value))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_listed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and listed_label(one) for one in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    )


SOUND: Final[Mapping[Control, Callable[[Any], bool]]] = {
    **dict.fromkeys(("text", "word", "name"), lambda value: isinstance(value, str)),
    **dict.fromkeys(("texts", "names", "words"), _is_list),
    **dict.fromkeys(("gifts", "shown"), _is_listed),
    "number": _is_number,
    "since": lambda value: _is_number(value) and (not isinstance(value, str) or _is_day(value)),
    "flag": lambda value: isinstance(value, bool),
    "day": _is_day,
    "own": is_plain,
}
