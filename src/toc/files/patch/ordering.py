"""The parts of a YAML text put in another order: each moves as it is written, with the comments above and inside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from toc.files.patch.differences import renamed_keys
from toc.files.patch.text_edits import CannotPatchError, TextEdits
from toc.files.patch.value_edits import end_of, first_of
from toc.files.spots import Places, Spot
from toc.files.yaml_reader import read_yaml
from toc.problems import Path

_COMMENT: Final = re.compile(r" *(?=#)")
SINGLE: Final = {"goals": "goal"}
"""Sections whose only member may stand at the top by itself, with its id inside."""
_KEPT: Final = "x-"
"""At the top only keys with this beginning have an order that means something; the format gives the others theirs."""

Move = tuple[Path, list[str]]


def reordered(text: str, old: dict[str, Any], new: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The text, which means `old`, with its parts in the order of `new`, and what it means now.

    What is in one of the two only stays in place. Raises CannotPatchError for parts that do not stand apart.
    """
    while moves := list(_moves(old, new, ())):
        places = Places()
        edits = TextEdits(text)
        raw, _ = read_yaml(edits.text, places=places)
        for path, order in moves:
            spot, names = _found(raw, places.root, old, path)
            _move(edits, spot, names, order)
            old = _in_order(old, path, order)
        text = edits.result()
    return text, old


def _moves(old: Any, new: Any, path: Path) -> Iterator[Move]:
    """The mappings and lists whose shared parts stand in another order, with those that move; none within another."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = renamed_keys(old, old, new)
    elif isinstance(old, list) and isinstance(new, list):
        if old == new[: len(old)]:  # the usual case: what is new comes last
            return
        old, new, names = dict.fromkeys(_names(old)), dict.fromkeys(_names(new)), {}
    else:
        return
    shared = {names.get(key, key): key for key in old if names.get(key, key) in new}
    before = [key for key in shared.values() if path or key.startswith(_KEPT)]
    after = [shared[key] for key in new if key in shared and (path or key.startswith(_KEPT))]
    if before != after:
        yield path, [key for key, other in zip(after, before, strict=True) if key != other]
        return
    for name, key in shared.items():
        yield from _moves(old[key], new[name], (*path, key))


def _names(items: Sequence[Any]) -> list[str]:
    """A name for each item of a list by what it says; none where an item says the same as another."""
    names = [json.dumps(item, sort_keys=True) for item in items]
    return names if len(set(names)) == len(names) else []


def _in_order(value: Any, path: Path, order: list[str]) -> Any:
    """A value whose parts of `order`, in the mapping or list at `path`, stand in that order in each other's places."""
    if path:
        return {**value, path[0]: _in_order(value[path[0]], path[1:], order)}
    parts = dict(zip(_names(value), value, strict=True)) if isinstance(value, list) else value
    moving, turn = set(order), iter(order)
    keys = [next(turn) if key in moving else key for key in parts]
    return [parts[key] for key in keys] if isinstance(value, list) else {key: parts[key] for key in keys}


def _found(raw: Any, spot: Spot | None, old: Any, path: Path) -> tuple[Spot, list[str]]:
    """The mapping or list at `path`, and what its parts are called; a list of names may stand for a mapping."""
    for step in path:
        old = old[step]
    if path and path[0] not in raw and SINGLE.get(str(path[0])) in raw:
        path = (SINGLE[str(path[0])], *path[2:])
    for step in path:
        spot = spot.part(step) if spot else None
        raw = raw[step] if isinstance(raw, dict) and step in raw else None
    if spot is None or spot.style == "*" or not isinstance(raw, (dict, list)):
        raise CannotPatchError
    names = list(raw) if isinstance(raw, dict) else _names(old) if isinstance(old, list) else list(old)
    return spot, names


def _move(edits: TextEdits, spot: Spot, names: list[str], order: list[str]) -> None:
    """Put the parts of `order`, in that order, where they stand now in another."""
    parts = list(spot.each())
    if len(parts) != len(names) or not set(order) <= set(names):
        raise CannotPatchError
    blocks = [_block(edits, part, in_line=spot.style != "block") for part in parts]
    if spot.style != "block" and "#" in "".join(_between(edits.text, spot, blocks)):
        raise CannotPatchError  # the comment may be about one of the parts
    moving = set(order)
    from_name = dict(zip(names, blocks, strict=True))
    slots = [block for name, block in from_name.items() if name in moving]
    for (start, end), name in zip(slots, order, strict=True):
        first, last = from_name[name]
        edits.replace(start, end, edits.text[first:last])


def _between(text: str, spot: Spot, blocks: list[tuple[int, int]]) -> Iterator[str]:
    """What stands in brackets between the parts."""
    at = spot.start
    for start, end in [*blocks, (spot.end, spot.end)]:
        yield text[at:start]
        at = end


def _block(edits: TextEdits, spot: Spot, *, in_line: bool) -> tuple[int, int]:
    """Where a part starts and ends: whole lines with their comments, or a piece of a line within brackets."""
    first, end = first_of(spot), end_of(edits.text, spot)
    if in_line:
        return first, end
    if spot.key < 0:  # an item of a list, whose dash moves with it
        first = edits.text.rfind("-", 0, spot.start)
    column, last = edits.column(first), edits.line_end(max(first, end))
    while last < len(edits.text):  # comments further in than the key belong to what stands above them
        below = edits.text.index("\n", last) + 1
        comment = _COMMENT.match(edits.text, below)
        if not comment or len(comment[0]) <= column:
            break
        last = edits.line_end(below)
    # The first part may stand behind a dash: so each is taken from behind its indentation.
    return edits.with_comments(first) + column if edits.starts_line(first) else first, last
