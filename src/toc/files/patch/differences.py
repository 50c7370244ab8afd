"""What changed between two values: the same parts, parts under another name, and steps from one list to another."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Final

_LONGEST_COMPARED: Final = 300
"""Longer lists are compared item by item, so that time stays linear."""


def same(one: Any, other: Any) -> bool:
    """Equality in which the order of keys does not count and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(part, other[key]) for key, part in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def renamed_keys(raw: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Which keys became which others: gone from one mapping and new in the next with an equal or a similar value."""
    gone = [key for key in raw if key in old and key not in new]
    fresh = [key for key in new if key not in old and key not in raw]
    names: dict[str, str] = {}
    if len(gone) * len(fresh) > _LONGEST_COMPARED**2:
        return names
    for is_alike in (_alike, _similar):
        for key in gone:
            found = next((name for name in fresh if key not in names and is_alike(old[key], new[name])), None)
            if found is not None:
                names[key] = found
                fresh.remove(found)
    if len(old) == len(new) and not names:
        pairs = zip(old, new, strict=True)
        return {key: name for key, name in pairs if key in gone and name in fresh and same(old[key], new[name])}
    return names


def _alike(one: Any, other: Any) -> bool:
    return bool(one) and same(one, other)


def _similar(one: Any, other: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict) or not one:
        return False
    return sum(same(part, other.get(key)) for key, part in one.items() if key in other) * 2 >= len(one)


def with_predecessors(added: list[str], order: list[str], kept: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """Each added key with the nearest key before it that stands in the text already."""
    wanted = set(added)
    before = None
    for key in order:
        if key in kept:
            before = key
        elif key in wanted:
            yield key, before


def changes(old: list[Any], new: list[Any]) -> list[tuple[str, int, int, int, int]]:
    """What to replace (one for one), delete and insert to get from one list to the other."""
    steps: list[tuple[str, int, int, int, int]] = []
    head = _alike_from_the_start(old, new)
    tail = _alike_from_the_start(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(before), len(after)) <= _LONGEST_COMPARED:
        matcher = SequenceMatcher(None, [repr(item) for item in before], [repr(item) for item in after], autojunk=False)
        codes = matcher.get_opcodes()
    else:
        codes = [("replace", 0, len(before), 0, len(after))]
    for code, *ends in codes:
        first, last, new_first, new_last = (end + head for end in ends)
        shared = min(last - first, new_last - new_first) if code == "replace" else 0
        if shared:
            steps.append(("replace", first, first + shared, new_first, new_first + shared))
        if last - first > shared and code != "equal":
            steps.append(("delete", first + shared, last, new_first, new_first))
        if new_last - new_first > shared and code != "equal":
            steps.append(("insert", first + shared, first + shared, new_first + shared, new_last))
    return steps


def _alike_from_the_start(old: list[Any], new: list[Any]) -> int:
    """How many items two lists share before the first that differs."""
    return next(
        (place for place, pair in enumerate(zip(old, new, strict=False)) if not same(*pair)), min(len(old), len(new))
    )
