"""The parts of a YAML text put in another order: each moves as it is written, with the comments above and inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from toc.files.patch.differences import renamed_keys
from toc.files.patch.text_edits import CannotPatchError, TextEdits
from toc.files.spots import Places, Spot
from toc.files.yaml.yaml_reader import read_yaml
from toc.problems import Path

_COMMENT: Final = re.compile(r" *(?=#)")
SINGLE: Final = {"goals": "goal"}
"""Sections whose only member may stand at the top by itself, with its id inside."""
_KEPT: Final = "x-"
"""At the top only keys with this beginning have an order that means something; the format gives the others theirs."""

Move = tuple[Path, list[str]]


def reordered(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    r"""The text, which means `old`, with its parts in the order of `new`; what is in one of them only stays in place.

    Raises CannotPatchError for parts that do not stand apart.

    >>> reordered("a:\n  b: 1\n\n  # two\n  c: 2\n", {"a": {"b": 1, "c": 2}}, {"a": {"c": 2, "b": 1}})
    'a:\n  # two\n  c: 2\n\n  b: 1\n'
    """
    while moves := list(_moves(old, new, ())):
        places = Places()
        raw, _ = read_yaml(text, places=places)
        edits = TextEdits(text)
        for path, order in moves:
            _move(edits, _spot(raw, places.root, path), order)
            old = _in_order(old, path, order)
        text = edits.result()
    return text


def _moves(old: Any, new: Any, path: Path) -> Iterator[Move]:
    """The mappings whose shared keys stand in another order, with those that move; none within another."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    names = renamed_keys(old, old, new)
    shared = {names.get(key, key): key for key in old if names.get(key, key) in new}
    before = [key for key in shared.values() if path or key.startswith(_KEPT)]
    after = [shared[key] for key in new if key in shared and (path or key.startswith(_KEPT))]
    if before != after:
        yield path, [key for key, other in zip(after, before, strict=True) if key != other]
        return
    for name, key in shared.items():
        yield from _moves(old[key], new[name], (*path, key))


def _in_order(value: dict[Any, Any], path: Path, order: list[str]) -> dict[str, Any]:
    """A mapping with the keys of `order`, in the mapping at `path`, in that order in each other's places."""
    if path:
        return {**value, path[0]: _in_order(value[path[0]], path[1:], order)}
    moving, turn = set(order), iter(order)
    keys = [next(turn) if key in moving else key for key in value]
    return {key: value[key] for key in keys}


def _spot(raw: Any, spot: Spot | None, path: Path) -> dict[str, Spot]:
    """The parts of the mapping at `path`, by their keys; a list of names is a mapping without values."""
    if path and path[0] not in raw and SINGLE.get(str(path[0])) in raw:
        path = (SINGLE[str(path[0])], *path[2:])
    for step in path:
        spot = spot.part(step) if spot else None
        raw = raw[step] if isinstance(raw, dict) and step in raw else None
    if spot is None or spot.style == "*" or not isinstance(raw, (dict, list)):
        raise CannotPatchError
    return dict(zip(raw, spot.each(), strict=True))


def _move(edits: TextEdits, parts: dict[str, Spot], order: list[str]) -> None:
    """Put the parts of `order`, in that order, where they stand now in another."""
    if not parts.keys() >= set(order):
        raise CannotPatchError
    moving = set(order)
    blocks = {key: _block(edits, spot) for key, spot in parts.items() if key in moving}
    for (start, end), key in zip(blocks.values(), order, strict=True):
        first, last = blocks[key]
        edits.replace(start, end, edits.text[first:last])


def _block(edits: TextEdits, spot: Spot) -> tuple[int, int]:
    """Where a part starts and ends: whole lines with their comments, or a piece of a line within brackets."""
    first = spot.key if spot.key >= 0 else spot.start
    if spot.key < 0:  # an item of a list, whose dash moves with it where it has one of its own
        dash = edits.text.rfind("-", 0, spot.start)
        first = dash if dash >= 0 and edits.starts_line(dash) and not edits.text[dash + 1 : first].strip() else first
    end = end_of(edits.text, spot)
    if not edits.starts_line(first):
        return first, end
    column, last = edits.column(first), edits.line_end(end)
    while last < len(edits.text):  # comments further in than the key belong to what stands above them
        below = edits.text.index("\n", last) + 1
        comment = _COMMENT.match(edits.text, below)
        if not comment or len(comment[0]) <= column:
            break
        last = edits.line_end(below)
    return edits.line_start(edits.with_comments(first)), last


def end_of(text: str, spot: Spot) -> int:
    """The offset behind the last character of a value that is not white space."""
    end = max(spot.end, spot.start)
    lowest = max(spot.start, spot.key_end)
    while end > lowest and text[end - 1] in " \t\r\n":
        end -= 1
    return end
