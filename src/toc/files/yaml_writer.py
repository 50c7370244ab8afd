"""Values to YAML: one way to write each, that people like to read and that every YAML reader understands alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import yaml

from toc.errors import TheoryError
from toc.files.yaml_reader import plain_value
from toc.problems import Path, Problem

WIDTH: Final = 100
"""The most columns a list or mapping may take that is written in one line."""
LONGEST_KEY: Final = 1000
"""YAML readers look no further than 1,024 characters for the colon behind a key."""
_LONGEST_WORD: Final = 40
_LONGEST_TEXT: Final = 60
_MOST_KEYS: Final = 4

StaysBlock = Callable[[Path, Mapping[str, Any]], bool]

_FIRST: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=<~ \t.")
_UNPRINTABLE: Final = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_TRAILING_SPACE: Final = re.compile(r"[ \t](?:\n|\Z)")
_IN_TEXT: Final = re.compile(r": |:\Z| #|[\t\n]| \Z")
_IN_FLOW: Final = re.compile(r"[,\[\]{}:?]")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OLD_WORDS: Final = frozenset({"y", "Y", "n", "N"})
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers


def to_yaml(value: Any, *, header: str = "", stays_block: StaysBlock | None = None) -> str:
    """JSON-like values as YAML, in the given order, byte for byte the same every time.

    Mappings and lists go by indentation of two; short lists of short words, and small flat mappings, stand in one
    line. Text is quoted where any YAML reader would take it for something else; dates are not. `header` is put on
    top as it is. `stays_block` says, from a path and the mapping there, which mappings never stand in one line.
    """
    writer = Writer(stays_block or stays_block_here)
    if isinstance(value, (Mapping, list, tuple)) and value:
        lines = writer.block(value, 0, ())
    else:
        first, *rest = writer.after(value, 0, ())
        lines = [first.lstrip() or "null", *rest]
    return header + "\n".join(lines) + "\n"


def stays_block_here(path: Path, value: Mapping[str, Any]) -> bool:
    """Whether a mapping of a theory reads better with one key a line: sections, nodes and their links do."""
    return len(path) <= 1 or path[-1] == "leads_to" or ("title" in value and path[0] != "context")


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """Text, a number, true, false or null in one line, quoted where it must be."""
    if isinstance(value, str):
        return value if _is_plain(value, in_flow=in_flow) else quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _decimal(value) if isinstance(value, float) else str(value)


def key_text(key: str, *, in_flow: bool = False) -> str:
    """A key in one line, quoted where it must be; `n` is a key of the format, which people write as it is."""
    return key if key == "n" else scalar(key, in_flow=in_flow)


def quoted(text: str, quote: str = "") -> str:
    """Text in quotes, in those asked for where they can hold it."""
    unprintable = _UNPRINTABLE.search(text)
    if not quote and ('"' in text or "\\" in text):
        quote = "'"
    if quote == "'" and not unprintable and "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(_escape, escaped) if unprintable else escaped


def flow(value: Any) -> str:
    """Any value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key, in_flow=True)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    return scalar(value, in_flow=True)


class Writer:
    """The lines of values at an indentation; `path` leads to the value and decides nothing but its layout."""

    def __init__(self, stays_block: StaysBlock = stays_block_here) -> None:
        self.stays_block = stays_block

    def block(self, value: Mapping[str, Any] | Sequence[Any], indent: int, path: Path) -> list[str]:
        """The lines of a mapping or list that is not empty."""
        if isinstance(value, Mapping):
            return [line for key, part in value.items() for line in self.entry(key, part, indent, (*path, key))]
        return [line for index, part in enumerate(value) for line in self.item(part, indent, (*path, index))]

    def entry(self, key: str, value: Any, indent: int, path: Path) -> list[str]:
        """The lines of a key with its value."""
        start = " " * indent + key_text(key)
        if len(start) > LONGEST_KEY:
            first, *rest = self.after(value, indent, path, used=indent + 1)
            return [f"{' ' * indent}? {scalar(key)}", f"{' ' * indent}:{first}", *rest]
        first, *rest = self.after(value, indent, path, used=len(start) + 1)
        return [f"{start}:{first}", *rest]

    def after(self, value: Any, indent: int, path: Path, *, used: int = 0) -> list[str]:
        """What follows a key's colon: the rest of its line, and further lines."""
        if value is None:
            return [""]
        if (text := self.one_line(value, path, used + 1)) is not None:
            return [" " + text]
        if isinstance(value, str):
            return _literal(value, indent + 2)
        return ["", *self.block(value, indent + 2, path)]

    def item(self, value: Any, indent: int, path: Path) -> list[str]:
        """The lines of a list item."""
        dash = " " * indent + "- "
        if (text := self.one_line(value, path, len(dash), in_list=True)) is not None:
            return [dash + text]
        if isinstance(value, str):
            first, *rest = _literal(value, indent + 2)
            return [dash + first.lstrip(), *rest]
        first, *rest = self.block(value, indent + 2, path)
        return [dash + first[indent + 2 :], *rest]

    def one_line(self, value: Any, path: Path, used: int, *, in_list: bool = False) -> str | None:
        """A value that is written in one line, or None for one that takes several; `used` columns are taken."""
        if isinstance(value, str):
            return None if _is_literal(value) else scalar(value)
        if not isinstance(value, (Mapping, list, tuple)):
            return scalar(value)
        if not value or _is_reading(value, path):
            return flow(value)
        if isinstance(value, Mapping):
            if len(value) > _MOST_KEYS or (not in_list and self.stays_block(path, value)):
                return None
            small = all(_is_small(part, _LONGEST_TEXT) and part is not None for part in value.values())
        else:
            small = all(_is_small(part, _LONGEST_WORD) for part in value)
        text = flow(value) if small else None
        return text if text is not None and used + len(text) <= WIDTH else None


def _is_reading(value: Any, path: Path) -> bool:
    """Whether this is a reading of a KPI: each stands in one line, so that a year of them can be looked down."""
    return (
        path[:1] == ("kpis",) and path[2:3] == ("readings",) and len(path) == 4 and _longest_key(value) <= LONGEST_KEY
    )


def _longest_key(value: Any) -> int:
    if not isinstance(value, Mapping):
        return 0
    return max((max(len(scalar(key)), _longest_key(part)) for key, part in value.items()), default=0)


def _is_small(value: Any, longest: int) -> bool:
    if isinstance(value, str):
        return len(value) <= longest and "\n" not in value
    return not isinstance(value, (Mapping, list, tuple))


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether text without quotes is that text to every reader, YAML 1.1's and 1.2's."""
    if not text or text[0] in _FIRST or _IN_TEXT.search(text) or (in_flow and _IN_FLOW.search(text)):
        return False
    if _UNPRINTABLE.search(text) or text in _OLD_WORDS:
        return False
    if _DATE.fullmatch(text):
        return True
    try:
        if plain_value(text) is not text:
            return False
    except ValueError:
        return False
    return not any(regexp.match(text) for _, regexp in _RESOLVERS.get(text[0], ()))


def _is_literal(text: str) -> bool:
    """Whether text reads best line by line, as it is."""
    return "\n" in text.strip("\n") and not (
        text.endswith("\n\n") or _TRAILING_SPACE.search(text) or _UNPRINTABLE.search(text)
    )


def _literal(text: str, indent: int) -> list[str]:
    """A literal block: its header behind a key, and its lines."""
    indentation = "2" if text[0] in " \n\t" else ""
    header = f" |{indentation}" if text.endswith("\n") else f" |{indentation}-"
    body = text.removesuffix("\n").split("\n")
    return [header, *(" " * indent + line if line else "" for line in body)]


def _decimal(value: float) -> str:
    if value != value:  # noqa: PLR0124
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # YAML 1.1 takes 1e+16 for text: it wants a point.
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        message = f"half a character (U+{code:04X}) cannot be written: type the character again"
        raise TheoryError([Problem("TOC002", message)])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
