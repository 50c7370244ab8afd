"""Where a value meets pydantic: what is wrong is said in our words, by the outermost value of ours.

Inside a theory the theory says it, and its parts are read without a word of Python. A part that a program asks for by
itself, as the body of an endpoint or in a model of its own, is read through a function that puts pydantic's errors into
our words. There the function stands inside the part's own schema, so that the part goes by its class name in `loc`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, Final, TypeVar, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

NO_SCHEMAS: Final = frozenset({"metadata", "serialization", "function", "default"})  # of what is read


class Outside(partial[Any]):
    """The function around a model. The core takes no model that is ready, and has one, for a part of another."""


class Inside(partial[Any]):
    """The function around the fields of a model."""


_is_inside: Final[ContextVar[bool]] = ContextVar("_is_inside", default=False)
_rebuilt: Final[ContextVar[type | None]] = ContextVar("_rebuilt", default=None)


def schema_of(model: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """The core schema of a value: for its own class, inside another value of ours, or for a stranger's model."""
    is_own = "__pydantic_core_schema__" not in model.__dict__ or _rebuilt.get() is model
    is_inside = _is_inside.get()
    if not is_own and not is_inside and model.model_rebuild(raise_errors=False) is not False:
        return cast("CoreSchema", _with_readers(model.__pydantic_core_schema__))
    with _set(_is_inside, value=True):
        schema = _bare(handler(model))
    if model.is_whole:
        schema = _read_inside(model, schema)
    elif is_own and not is_inside:
        schema = _read_outside(model, schema)
    return cast("CoreSchema", schema)


@contextmanager
def rebuilding(model: type) -> Iterator[None]:
    """While pydantic makes the schema of this very class, and not of a model that holds it."""
    with _set(_rebuilt, value=model):
        yield


@contextmanager
def _set(variable: ContextVar[T], *, value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def _with_readers(schema: Any) -> Any:
    """A schema in which every value of ours says itself what is wrong with it."""
    if type(schema) is list:
        return [_with_readers(part) for part in schema]
    if type(schema) is not dict:
        return schema
    made = {key: part if key in NO_SCHEMAS else _with_readers(part) for key, part in _bare(schema).items()}
    is_ours = made.get("type") == "model" and hasattr(made["cls"], "is_whole")
    return _read_inside(made["cls"], made) if is_ours else made


def _read_outside(model: Any, schema: Any) -> Any:
    inner = {key: value for key, value in schema.items() if key != "ref"}
    return core_schema.with_info_wrap_validator_function(
        Outside(model._read),  # noqa: SLF001  # how the model reads is its own
        cast("CoreSchema", inner),
        ref=schema.get("ref"),
    )


def _read_inside(model: Any, schema: Any) -> Any:
    inner = schema["schema"]
    if schema["type"] != "model":  # a check that somebody's own class adds
        return {**schema, "schema": _read_inside(model, inner)}
    if isinstance(_function(inner), Inside):
        return schema
    return {**schema, "schema": core_schema.with_info_wrap_validator_function(Inside(model._read), inner)}  # noqa: SLF001


def _bare(schema: Any) -> Any:
    """A schema without the function around it that a part's class keeps for itself."""
    return {**schema["schema"], "ref": schema["ref"]} if isinstance(_function(schema), Outside) else schema


def _function(schema: Any) -> Any:
    return schema["function"]["function"] if schema.get("type") == "function-wrap" else None
