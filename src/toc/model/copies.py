"""A value with some fields changed that are known to be valid: nothing is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, cast

from toc.model.origin import origin_of, with_origin
from toc.model.values import Value

V = TypeVar("V", bound=Value)


def changed(value: V, **fields: Any) -> V:
    """A copy with fields that are known to be valid."""
    return copied(value, fields, value.model_fields_set | fields.keys())


def copied(value: V, fields: Mapping[str, Any], given: AbstractSet[str]) -> V:
    """A copy with fields that are known to be valid, of which those named in `given` count as said."""
    contents = {name: value.__dict__[name] for name in type(value).model_fields}
    extra = value.__pydantic_extra__ or {}
    made = cast("V", type(value).model_construct(set(given), **{**contents, **fields, **extra}))
    return with_origin(made, origin_of(value))
