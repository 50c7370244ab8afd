"""Two values of a theory compared field by field, down to the items of their lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from toc.analysis.comparison.differences import FieldChange
from toc.model.mappings import FrozenDict, alike
from toc.model.nodes import Node
from toc.model.partners import Gain, Gift
from toc.model.reviews import ReviewEvidence
from toc.model.values import Assumption, Evidence, Milestone, Reading, Silence, Value
from toc.problems import Path

Names = Mapping[str, str]

# What tells the items of a list apart: the step of the path that leads to one of them.
KEYS: Final[Mapping[type[Value], Callable[[Any], str]]] = MappingProxyType(
    {
        Assumption: lambda item: item.text,
        Evidence: lambda item: item.source,
        Milestone: lambda item: item.by.isoformat() if item.by else "no date",
        Reading: lambda item: ", ".join(
            [item.date.isoformat(), *(f"{key}: {value}" for key, value in sorted(item.where.items()))]
        ),
        Silence: lambda item: ", ".join(filter(None, (item.code, item.node, item.partner))),
        Gift: lambda item: item.resource or item.text,
        Gain: lambda item: item.benefit or item.text,
        ReviewEvidence: lambda item: item.node or item.partner or item.text,
    }
)
HOLDING_IDS: Final = frozenset({"pillar", "measures", "reciprocates"})  # of nodes


def field_changes(
    old: Value, new: Value, names: Names, *, path: Path = (), leave_out: Collection[str] = ()
) -> Iterator[FieldChange]:
    """Every field, `x-…` keys included, that differs; ids of the old value are read under their new `names`.

    >>> from toc.model.values import Link
    >>> old = Link(confidence="low", assumptions=["Pupils come", "Volunteers stay"])
    >>> new = Link(confidence="high", assumptions=[{"text": "Pupils come", "status": "holding"}])
    >>> for change in field_changes(old, new, {}):
    ...     print(change.path, change.old, change.new)
    ('assumptions', 'Pupils come', 'status') untested holding
    ('assumptions', 'Volunteers stay') {'text': 'Volunteers stay'} None
    ('confidence',) 0.25 0.8
    """
    ones, others = old.__dict__, new.__dict__
    for name in _fields(type(old), type(new)):
        before = ones[name] if name in ones else _by_itself(type(new), name)
        after = others[name] if name in others else _by_itself(type(old), name)
        if names and name in HOLDING_IDS and isinstance(old, Node):  # the vocabulary has a pillar too
            before = _under_new_names(name, before, names)
        if before is not after and name not in leave_out and not alike(before, after):
            yield from _part_changes((*path, name), before, after, names)
    before_extra, after_extra = old.__pydantic_extra__ or {}, new.__pydantic_extra__ or {}
    for key in dict.fromkeys((*before_extra, *after_extra)):
        one, other = before_extra.get(key, _ABSENT), after_extra.get(key, _ABSENT)
        if one != other:
            yield FieldChange((*path, key), plain(one), plain(other))


def plain(value: Any) -> Any:
    """A value of a theory as what JSON holds, and as short as it can be: what is not stated is left out. Frozen.

    >>> plain(Assumption(text="Pupils come", by="2027-07-31"))
    {'text': 'Pupils come', 'by': '2027-07-31'}
    """
    match value:
        case Value():
            return FrozenDict((name, plain(part)) for name, part in _stated(value))
        case float():
            return float(value)  # of a share that was given as a word the number alone
        case date():
            return value.isoformat()
        case dict():
            return FrozenDict((key, plain(part)) for key, part in value.items())
        case tuple():
            return tuple(plain(part) for part in value)
        case _:
            return None if value is _ABSENT else value


class _Absent:
    """Stands for a key that is not there, which is not the same as one that holds nothing."""


_ABSENT: Final = _Absent()


def _part_changes(path: Path, old: Any, new: Any, names: Names) -> Iterator[FieldChange]:
    if alike(old, new):
        return
    match old, new:
        case (Value(), Value()):
            yield from field_changes(old, new, names, path=path)
        case (None, Value()):
            yield from (FieldChange((*path, name), None, plain(part)) for name, part in _stated(new))
        case (Value(), None):
            yield from (FieldChange((*path, name), plain(part), None) for name, part in _stated(old))
        case (dict(), dict()):
            for key in dict.fromkeys((*old, *new)):
                yield from _item_changes((*path, key), old.get(key), new.get(key), names)
        case _ if _is_keyed(old) or _is_keyed(new):
            yield from _list_changes(path, old or (), new or (), names)
        case _:
            yield FieldChange(path, plain(old), plain(new))


def _item_changes(path: Path, old: Any, new: Any, names: Names) -> Iterator[FieldChange]:
    """An item that came, went or changed; one that came or went is told as a whole."""
    if old is None or new is None:
        yield FieldChange(path, plain(old), plain(new))
    else:
        yield from _part_changes(path, old, new, names)


def _list_changes(path: Path, old: tuple[Any, ...], new: tuple[Any, ...], names: Names) -> Iterator[FieldChange]:
    """The items by what they are known by; of several known by the same, those that are equal are left out first."""
    before, after = _grouped(_less(old, new)), _grouped(_less(new, old))
    for key in dict.fromkeys((*before, *after)):
        ones, others = before.get(key, []), after.get(key, [])
        for place in range(max(len(ones), len(others))):
            one = ones[place] if place < len(ones) else None
            other = others[place] if place < len(others) else None
            yield from _item_changes((*path, key), one, other, names)


def _less(items: tuple[Any, ...], others: tuple[Any, ...]) -> list[Any]:
    """The items without as many of each as the others have."""
    there: Counter[Hashable] = Counter(others)
    left = []
    for item in items:
        if there[item]:
            there[item] -= 1
        else:
            left.append(item)
    return left


def _grouped(items: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(KEYS[type(item)](item), []).append(item)
    return found


def _is_keyed(value: Any) -> bool:
    return isinstance(value, tuple) and any(type(item) in KEYS for item in value)


def _stated(value: Value) -> Iterator[tuple[str, Any]]:
    """The fields that say something beyond their default, and the `x-…` keys."""
    for name, field in type(value).model_fields.items():
        part = getattr(value, name)
        if name not in value.derived and (field.is_required() or part != field.get_default()):
            yield name, part
    yield from (value.__pydantic_extra__ or {}).items()


@cache
def _fields(old: type[Value], new: type[Value]) -> tuple[str, ...]:
    """The fields of both; where a node became one of another kind, those of either."""
    return tuple(name for name in dict.fromkeys((*old.model_fields, *new.model_fields)) if name not in new.derived)


def _by_itself(kind: type[Value], name: str) -> Any:
    """What a field of another kind of node says by itself, for a node that has no such field."""
    field = kind.model_fields[name]
    return None if field.is_required() else field.get_default()


def _under_new_names(field: str, value: Any, names: Names) -> Any:
    if not value:
        return value
    match field:
        case "pillar":
            return names.get(value, value)
        case "measures":
            return tuple(names.get(id, id) for id in value)
        case _:
            return FrozenDict((names.get(id, id), reason) for id, reason in value.items())
