"""JSON to plain values: fast for the text that is right, exact for the text that is not."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any, Final

from pydantic_core import from_json

from toc.errors import TheoryError
from toc.files.opening import decode, refuse_characters
from toc.files.spots import DEEPEST, Parsed, Places, fault

_ATOMS: Final = frozenset({str, int, float, bool, type(None)})
_LOOSE_COLON: Final = re.compile(r":(?<=[ \t\n\r]:)")


def read_json(text: str | bytes, *, places: Places | None = None) -> Parsed:
    """What a JSON text means: dictionaries, lists, text, numbers, true, false and None.

    Repeated keys are problems in the result (TOC019; the last value counts). Everything else that is wrong raises
    `TheoryError` with one problem with line and column: TOC003 for syntax (and for NaN and Infinity, which are not
    JSON), TOC004 above 100 levels, TOC014 for whole numbers of more than 4,300 digits; of bytes also what `decode`
    refuses. `places`, when given, holds afterwards where every key and value stands.
    """
    text = decode(text) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    try:
        value = from_json(text, allow_inf_nan=False)
    except (ValueError, TypeError) as error:
        from toc.files.json_faults import walk_json
        from toc.files.strays import unfinished_merge

        if merge := unfinished_merge(text):
            raise merge from None
        walk_json(text)
        raise _unexplained(text, error) from None
    if places is None and _is_exact(text, value):
        return Parsed(value)
    from toc.files.json_faults import walk_json

    return Parsed(value, walk_json(text, places=places))


def _is_exact(text: str, value: Any) -> bool:
    """Whether no key was swallowed and nothing lies too deep; False when a closer look is needed to tell.

    The closing quote of every key is followed by a colon. So unless white space stands between them, `":` occurs at
    least once for every key, and more often only where text holds it: as many as there are keys means no repeats.
    """
    keys = _count_keys(value)
    if keys is None or text.count('":') != keys:
        return False
    return text.count(":") == keys or not _LOOSE_COLON.search(text)


def _count_keys(value: Any) -> int | None:
    """The keys of all mappings in a value, level by level; None for a value that is too deep."""
    keys = 0
    maps, lists = ([value], []) if type(value) is dict else ([], [value] if type(value) is list else [])
    for _ in range(DEEPEST + 1):
        if not maps and not lists:
            return keys
        keys += sum(map(len, maps))
        boxes = [part for part in chain.from_iterable(chain(map(dict.values, maps), lists)) if type(part) not in _ATOMS]
        maps = [box for box in boxes if type(box) is dict]
        lists = [box for box in boxes if type(box) is list]
    return None


def _unexplained(text: str, error: Exception) -> TheoryError:
    """The error for a text that the fast reader refuses for a reason of its own."""
    refuse_characters(text)
    found = re.search(r" at line (\d+) column (\d+)$", str(error))
    place = (int(found[1]), max(1, int(found[2]))) if found else (1, 1)
    return fault("TOC003", f"this is not JSON ({str(error)[: found.start() if found else None]})", place)
