"""Reading `advice.toml`: strictly, once, and only when somebody asks for guidance; and its sentences with their names filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from string import Formatter
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from toc.guidance.advice_schema import Book, Cell, KpiSet
from toc.language import numbers
from toc.language.text import one_line
from toc.model.mappings import FrozenDict
from toc.model.types import LEVELS
from toc.spelling import hint, nearest

T = TypeVar("T")

# The names that sentences may hold in braces.
FIELDS: Final = frozenset(
    {
        "above", "activities", "activity", "approach", "asks", "baseline", "because", "below", "below_high", "cells",
        "certainty", "change", "cite", "claim", "count", "date", "dated", "effort", "fit", "fits", "given", "high",
        "hours", "kpi", "kpis", "level", "light", "low", "maximum", "method", "minimum", "missing", "moderate",
        "months", "names", "nodes", "npc", "ofs", "people", "reason", "reference", "rounds", "scale", "strength",
        "substantial", "suggestion", "supports", "target", "title", "type", "types", "unknown", "url", "value",
        "years", "design",
        "own_activity", "own_activities", "own_kpi", "own_kpis", "own_pillar", "own_pillars", "Own_activity",
        "Own_activities", "Own_kpi", "Own_kpis", "Own_pillar", "Own_pillars",
    }
)  # fmt: skip


@cache
def advice() -> Book:
    """The advice that comes with the library.

    >>> advice().cells["low-high"].headline
    'Count who took part and who they were; claim nothing about change'
    """
    return book_from((files("toc.guidance") / "advice.toml").read_text(encoding="utf-8"))


def book_from(text: str) -> Book:
    """The advice in a text of the form of `advice.toml`.

    Raises ValueError that names the first place where the text departs from its shape.

    >>> book_from("[sources]")
    Traceback (most recent call last):
    ValueError: advice.toml: levels is missing
    """
    book = shaped(Book, tomllib.loads(text), "")
    for wrong in _wrong(book):
        raise _fault(*wrong)
    return book


def shaped(kind: type[T], value: Any, path: str) -> T:
    """`value` as an instance of `kind`, a dataclass, when it has exactly its shape."""
    if not isinstance(value, dict):
        raise _fault(path, "must be a table")
    hints = _hints(cast("Any", kind))
    names = {field.name: field.default is MISSING for field in fields(kind)}  # type: ignore[arg-type]
    for name in value:
        if name not in names:
            raise _fault(_under(path, name), f"is not known{hint(nearest(name, names))}")
    for name, required in names.items():
        if required and name not in value:
            raise _fault(_under(path, name), "is missing")
    return kind(**{name: _shaped(hints[name], item, _under(path, name)) for name, item in value.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _shaped(kind: Any, value: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
        return _shaped(kind, value, path)
    if origin is tuple:
        return _list(get_args(kind)[0], value, path)
    if origin is not None and issubclass(origin if isinstance(origin, type) else object, Mapping):
        keys, items = get_args(kind)
        return _table((keys, items), value, path)
    if is_dataclass(kind) and isinstance(kind, type):
        return shaped(kind, value, path)
    return _word(kind, value, path)


def _list(kind: Any, value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _fault(path, "must be a list")
    return tuple(_shaped(kind, item, f"{path}[{position}]") for position, item in enumerate(value))


def _table(kinds: tuple[Any, Any], value: Any, path: str) -> Mapping[Any, Any]:
    keys, kind = kinds
    if not isinstance(value, dict):
        raise _fault(path, "must be a table")
    closed = _choices(keys)
    for name in closed or ():
        if name not in value:
            raise _fault(_under(path, name), "is missing")
    return FrozenDict(
        {_word(keys, name, _under(path, name)): _shaped(kind, item, _under(path, name)) for name, item in value.items()}
    )


def _word(kind: Any, value: Any, path: str) -> Any:
    choices = _choices(kind)
    if choices is not None:
        if value not in choices:
            raise _fault(path, f"{value!r} is not one of {', '.join(choices)}{hint(nearest(str(value), choices))}")
        return kind(value) if isinstance(kind, type) else value
    if type(value) is not kind:
        raise _fault(path, f"must be {'text' if kind is str else 'a whole number'}")
    if kind is str and (not value.strip() or value != value.strip()):
        raise _fault(path, "is empty, or has a space at an end")
    return value


def _choices(kind: Any) -> tuple[str, ...] | None:
    """The members of a closed list, or None for a kind that is open."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else None


def _wrong(book: Book) -> Iterator[tuple[str, str]]:
    """What a shape alone cannot tell: cells, sources and notes that are named and do not exist, names in braces."""
    expected = {f"{certainty}-{participation}" for certainty, participation in product(LEVELS, LEVELS)}
    for key in sorted(expected ^ book.cells.keys()):
        yield f"cells.{key}", "is missing" if key in expected else "is not a cell of the grid"
    for path, cell in _cells(book):
        yield from _unknown_names(book, path, cell)
    for approach in ("count", "redesign"):
        if approach not in book.pilot.headlines:
            yield f"pilot.headlines.{approach}", "is missing"
    if len(book.questions) != 3:
        yield "questions", "must be three"
    for path, kpis in [("general", book.general), *((f"types.{key}", found) for key, found in book.types.items())]:
        yield from _missing_roles(path, kpis)
    yield from _wrong_braces(book, "")


def _cells(book: Book) -> Iterator[tuple[str, Cell]]:
    for key, cell in book.cells.items():
        yield f"cells.{key}", cell
    for level, cell in book.uncounted.items():
        yield f"uncounted.{level}", cell
    yield from (("uptake", book.uptake), ("comparison", book.comparison))


def _unknown_names(book: Book, path: str, cell: Cell) -> Iterator[tuple[str, str]]:
    for field, pool in (("sources", book.sources), ("notes", book.notes)):
        for name in getattr(cell, field):
            if name not in pool:
                yield f"{path}.{field}", f"{name!r} is not known{hint(nearest(name, pool))}"
    for field in ("sources", "reasons", "suggests"):
        if not getattr(cell, field):
            yield f"{path}.{field}", "is empty"


def _missing_roles(path: str, kpis: KpiSet) -> Iterator[tuple[str, str]]:
    roles = {kpi.role for kpi in kpis.kpis}
    for role in ("participation", "engagement", "fidelity", "feedback", "learning", "attainment", "comparison"):
        if role not in roles:
            yield f"{path}.kpis", f"has none for the role {role!r}"


def _wrong_braces(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        try:
            names = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
        except ValueError:
            yield path, "has a brace without its partner"
            return
        for name in sorted(names - FIELDS):
            yield path, f"holds {{{name}}}, which cannot be filled in{hint(nearest(name, FIELDS))}"
    elif is_dataclass(value):
        for field in fields(value):
            yield from _wrong_braces(getattr(value, field.name), _under(path, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _wrong_braces(item, _under(path, key))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _wrong_braces(item, f"{path}[{position}]")


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _fault(path: str, message: str) -> ValueError:
    return ValueError(f"advice.toml: {path} {message}")


def filled(template: str, **fields: str) -> str:
    r"""A sentence with its names filled in; what people wrote is put on one line and never read as a template.

    >>> filled("The KPI “{kpi}” has no level.", kpi="Pupils {who}\n read")
    'The KPI “Pupils {who} read” has no level.'
    """
    return template.format_map({name: one_line(value) for name, value in fields.items()})


def counted(book: Book, noun: str, count: int) -> str:
    """A number with its noun.

    >>> pass
    >>> counted(advice(), "kpi", 1), counted(advice(), "activity", 1200)
    ('1 KPI', '1,200 activities')
    """
    return numbers.counted(count, *book.nouns[noun])


def some(book: Book, names: Iterable[str], most: int = 3) -> str:
    """Some names in a row, the rest counted.

    >>> pass
    >>> some(advice(), ["Sport", "Art"]), some(advice(), "abcde")
    ('Sport, Art', 'a, b, c and 2 more')
    """
    found = [one_line(name) for name in names]
    if len(found) <= most + 1:
        return ", ".join(found)
    return filled(book.plan.more, names=", ".join(found[:most]), count=f"{len(found) - most:,}")
