"""What numpy and pandas hold, as the plain values that it stands for; neither of them is imported.

NaN, NaT and NA are not stated: their key is left out, as if nobody had written it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

UNSTATED: Final = object()
PLAIN: Final = frozenset({str, int, bool, type(None)})
FOREIGN: Final = frozenset({"numpy", "pandas"})
BY_ID: Final = frozenset(
    {"leads_to", "goals", "pillars", "outcomes", "outputs", "activities", "kpis", "partners", "target_groups"}
)
"""Mappings whose keys are ids: nothing stated of one is not the same as no such id."""
DEEPEST: Final = 120
"""How many levels of lists and mappings are looked through: what lies deeper is no theory, and may hold itself."""
COUNTS: Final = frozenset({"participation", "n"})
"""Keys of whole numbers: a gap in a column makes floats of all its numbers."""


def stated(
    fields: Mapping[str, Any], *, over: Mapping[str, Any] | None = None, levels: int = DEEPEST
) -> dict[str, Any]:
    """The fields as plain values, laid over those that were there, without what is not stated."""
    given = {name: plain(value, name, levels) for name, value in fields.items()}
    return {name: value for name, value in {**(over or {}), **given}.items() if value is not UNSTATED}


def plain(value: Any, name: str = "", levels: int = DEEPEST) -> Any:
    """A value as JSON and `datetime` have it, or UNSTATED; `name` is the key under which it stands.

    A moment at midnight is its day; one at another time is left for the date's own reader to refuse, and so is what lies
    more than some `levels` deep.
    """
    kind = type(value)
    if kind in PLAIN or not levels:
        return value
    levels -= 1
    if kind is float:
        return _number(value, name)
    if kind is dict:
        if name in BY_ID:
            given = ((id, plain(one, levels=levels)) for id, one in value.items())
            return {id: None if one is UNSTATED else one for id, one in given}
        return stated(value, levels=levels)
    if kind is list or kind is tuple:
        return kind(item for item in (plain(one, levels=levels) for one in value) if item is not UNSTATED)
    if is_foreign(value):
        return _plain_of_foreign(value, name)
    return _day(value) if isinstance(value, datetime) else value


def is_foreign(value: Any) -> bool:
    """Whether a value is one of numpy's or pandas' own."""
    return type(value).__module__.partition(".")[0] in FOREIGN


def holds_foreign(value: Any) -> bool:
    """Whether a value of numpy or pandas stands anywhere in nested lists and mappings."""
    return any(map(is_foreign, _leaves(value)))


def _leaves(value: Any) -> Iterator[Any]:
    waiting, seen = [value], set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, (dict, list, tuple)):
            yield one
        elif id(one) not in seen:  # what Python holds may hold itself
            seen.add(id(one))
            waiting += one.values() if isinstance(one, dict) else one


def _plain_of_foreign(value: Any, key: str) -> Any:
    name = type(value).__name__
    if name in {"NaTType", "NAType"}:
        return UNSTATED
    if isinstance(value, datetime):
        return _day(value.to_pydatetime(warn=False))  # type: ignore[attr-defined]  # a Timestamp of pandas
    if name == "datetime64":
        moment = value.astype("datetime64[us]").item()
        return UNSTATED if moment is None else plain(moment)
    if name.startswith("float"):
        return _number(float(str(value)), key)  # of 32 bits too the number that is shown
    held = value.tolist() if hasattr(value, "tolist") else value
    return value if is_foreign(held) else plain(held)


def _number(value: float, key: str) -> Any:
    if value != value:  # noqa: PLR0124  # NaN alone differs from itself
        return UNSTATED
    return int(value) if key in COUNTS and value.is_integer() else value


def _day(moment: datetime) -> Any:
    """The day of a moment at midnight; any other moment as it is."""
    return moment.date() if not (moment.hour or moment.minute or moment.second or moment.microsecond) else moment
