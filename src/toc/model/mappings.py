"""Small immutable collections, so that a whole theory can be hashed, pickled, copied and shared."""

from __future__ import annotations

from collections import Counter
from typing import Any, Generic, NoReturn, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from toc.spelling import hint, nearest

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


LONGEST_NUMBER = 14_000  # bits; Python writes no whole number of more than 4,300 digits


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed, and so can be hashed. Order is kept and does not count in `==`.

    >>> FrozenDict(a=1)["a"], hash(FrozenDict(a=1, b=2)) == hash(FrozenDict(b=2, a=1))
    (1, True)
    >>> FrozenDict(a=1)["a"] = 2
    Traceback (most recent call last):
    TypeError: a theory does not change in place: use edit(), with_node(), with_link(), without() or evolve()
    """

    __slots__ = ()

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        msg = "a theory does not change in place: use edit(), with_node(), with_link(), without() or evolve()"
        raise TypeError(msg)

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refused

    def __missing__(self, key: K) -> NoReturn:
        close = nearest(str(key), map(str, self))
        raise KeyError(f"{key}{hint(close)}" if close else key)

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenDict[K, V]:
        return self

    def _ipython_key_completions_(self) -> list[K]:
        return list(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        keys, values = get_args(source) or (Any, Any)
        inner = core_schema.dict_schema(handler.generate_schema(keys), handler.generate_schema(values))
        return core_schema.no_info_after_validator_function(cls, inner)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        form = handler(schema)
        return {**form, "additionalProperties": False} if "patternProperties" in form else form


class Target(tuple[T, ...], Generic[T]):
    """The milestones of a KPI in the author's order. `value` and `by` are those of the last: by date where all have one.

    >>> import toc
    >>> kpi = toc.Kpi(
    ...     id="jobs", title="Trainees in post", measures=["teachers"], target={"value": 9, "by": "2027-07-31"}
    ... )
    >>> kpi.target.value, kpi.target.by
    (9.0, datetime.date(2027, 7, 31))
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (item,) = get_args(source) or (Any,)
        inner = core_schema.tuple_variable_schema(handler.generate_schema(item))
        return core_schema.no_info_after_validator_function(cls, inner)

    @property
    def value(self) -> float:
        """The value to be reached at the last milestone, in the KPI's unit."""
        return self._last().value  # type: ignore[no-any-return]

    @property
    def by(self) -> Any:
        """The date of the last milestone, or None."""
        return self._last().by

    def _last(self) -> Any:
        milestones: list[Any] = list(self)
        return max(milestones, key=lambda m: m.by) if all(m.by for m in milestones) else milestones[-1]


def alike(one: Any, other: Any) -> bool:
    """Whether two parts of a theory say the same: they are equal, or lists of the same items in another order."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and (one == other or Counter(one) == Counter(other))
    return bool(one == other)


def frozen(value: Any, depth: int = 100) -> Any:
    """A JSON value with its lists and mappings made immutable.

    Raises ValueError for anything that is not JSON, or nested more than `depth` levels deep.
    """
    if isinstance(value, str):
        value.encode()  # UnicodeEncodeError, a ValueError, for half a character
        return str(value)  # numpy's text is text as well
    if value is None or (isinstance(value, (bool, int)) and value.bit_length() < LONGEST_NUMBER):
        return value
    if isinstance(value, float) and value - value == 0:  # neither infinite nor NaN
        return float(value)
    if depth and isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return FrozenDict({frozen(key): frozen(item, depth - 1) for key, item in value.items()})
    if depth and isinstance(value, (list, tuple)):
        return tuple(frozen(item, depth - 1) for item in value)
    msg = "not a value that JSON can hold, at most 100 levels deep"
    raise ValueError(msg)
