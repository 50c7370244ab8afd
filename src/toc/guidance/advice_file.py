"""Reading `advice.toml`, once and only when somebody asks for guidance; and its sentences with their names filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin, get_type_hints

from toc.guidance.advice_schema import Book
from toc.language import numbers
from toc.language.text import one_line
from toc.model.mappings import FrozenDict


@cache
def advice() -> Book:
    """The advice that comes with the library."""
    return book_from((files("toc.guidance") / "advice.toml").read_text(encoding="utf-8"))


def book_from(text: str) -> Book:
    """The advice in a text of the form of `advice.toml`, which is ours and is trusted.

    A table that is unknown or missing, or a key in one, is noticed here; the kinds of all values are checked in
    `tests/guidance/test_advice_file.py`, so that nobody who asks for guidance waits for it.
    """
    book: Book = _built(Book, tomllib.loads(text))
    return book


def _built(kind: Any, value: Any) -> Any:
    """A part of the file as an instance of `kind`, a class of the schema or what a field of one holds."""
    if isinstance(kind, type) and is_dataclass(kind):
        kinds = _kinds_in(kind)
        return kind(**{name: _built(kinds[name], item) for name, item in value.items()})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_built(parts[0], item) for item in value)
    if origin is Mapping:
        return FrozenDict({_built(parts[0], name): _built(parts[1], item) for name, item in value.items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


@cache
def _kinds_in(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def filled(template: str, **fields: str) -> str:
    r"""A sentence with its names filled in; what people wrote is put on one line and never read as a template.

    >>> filled("The KPI “{kpi}” has no level.", kpi="Pupils {who}\n read")
    'The KPI “Pupils {who} read” has no level.'
    """
    return template.format_map({name: one_line(value) for name, value in fields.items()})


def stepped(steps: int, book: Book) -> str:
    """How far on something is measured.

    >>> stepped(1, advice()), stepped(2, advice()), stepped(12, advice())
    ('one step on', 'two steps on', '12 steps on')
    """
    return filled(book.words["steps_on"], steps=numbers.counted_in_words(steps, *book.nouns["step"]))


def counted(book: Book, noun: str, count: int) -> str:
    """A number with its noun."""
    return numbers.counted(count, *book.nouns[noun])


def some(book: Book, names: Iterable[str], most: int = 3, *, count: int | None = None) -> str:
    """Some names in a row, the rest counted: there are `count` of them where not all are given.

    >>> some(advice(), ["Sport", "Art"]), some(advice(), "abcde")
    ('Sport, Art', 'a, b, c and 2 more')
    """
    found = list(names)
    count = len(found) if count is None else count
    shown = count if count <= most + 1 else most
    said = ", ".join(map(one_line, found[:shown]))
    return said if shown == count else filled(book.plan.more, names=said, count=f"{count - shown:,}")
