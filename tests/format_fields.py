"""Every field of the format, read from the models: what a test walks, so that no new field is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from toc.model import Theory
from toc.model.nodes import Activity, Goal, Kpi, Outcome, Output, Pillar
from toc.model.values import Value

NODES: Final[tuple[type[Value], ...]] = (Goal, Pillar, Outcome, Output, Activity, Kpi)


@cache
def kinds() -> tuple[type[Value], ...]:
    """The class of the theory and those of everything in it."""
    return inside(Theory)


@cache
def inside(whole: type[Value]) -> tuple[type[Value], ...]:
    """A class, and those of everything in its values."""
    found: dict[type[Value], None] = {}
    waiting: list[type[Value]] = [whole]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found[kind] = None
            waiting += [inner for field in kind.model_fields.values() for inner in values_in(field.annotation)]
    return tuple(found)


def fields(kind: type[Value]) -> dict[str, FieldInfo]:
    """The keys that a file may hold there, but for `x-…`: what is derived from the place is none."""
    return {name: field for name, field in kind.model_fields.items() if name not in kind.derived}


def words(field: FieldInfo) -> set[Any]:
    """The words among which a field lets people choose, but for its default; of a yes or no the other answer."""
    choices = set(_words_in(field.annotation))
    return choices - {field.default} if len(choices) > 1 else set()


def said(value: Value) -> Iterator[tuple[str, str, Any]]:
    """Every field of a value, and of the values in it, that does not hold its default: class, field, what it holds."""
    for name, field in fields(type(value)).items():
        held = getattr(value, name)
        if held is not None and (field.is_required() or held != field.default):
            yield type(value).__name__, name, held
        for part in held.values() if isinstance(held, dict) else held if isinstance(held, tuple) else (held,):
            if isinstance(part, Value):
                yield from said(part)
    yield from ((type(value).__name__, "x-…", held) for held in (value.__pydantic_extra__ or {}).values() if held)


def values_in(annotation: Any) -> Iterator[type[Value]]:
    """The classes of values of which an annotation is made."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        yield annotation
    for part in get_args(annotation):
        yield from values_in(part)


def _words_in(annotation: Any) -> Iterator[Any]:
    if annotation is bool:
        yield from (True, False)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _words_in(part)
