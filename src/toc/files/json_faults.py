"""The slow, exact walk through a JSON text: repeated keys, places, and what is wrong in words.

It runs when the fast reader met something odd, and for places. It goes piece by piece with a stack of its own, so no
nesting is too deep for it; Python's `json` would name fewer faults and name them differently from version to version.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Final

from toc.errors import TheoryError
from toc.files.opening import refuse_characters
from toc.files.spots import (
    DEEPEST,
    LONGEST_NUMBER,
    Lines,
    Places,
    Spot,
    fault,
    repeated,
    shown,
    too_deep,
    too_long_number,
)
from toc.problems import Path, Problem

_QUOTED: Final = r'[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+'
_PIECE: Final = re.compile(
    rf'[ \t\n\r]*+(?P<piece>"{_QUOTED}"|[\[\]{{}}:,]|[^ \t\n\r\[\]{{}}:,"]++|(?:[^ \t\n\r]))', re.DOTALL
)
_INSIDE_QUOTES: Final = re.compile(_QUOTED, re.DOTALL)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*+)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WORDS: Final = frozenset({"true", "false", "null"})
_MOST_REPEATS: Final = 1000
_COMMA: Final = "nothing follows this comma: delete the comma, or add what is missing"
_ENDS: Final = {
    "value": "the text ends here, but a value is still missing",
    "key": "the text ends here, but `{` is still open: a key or `}` is missing",
    "colon": "the text ends here, but after this key a colon and a value are missing",
    "next": "the text ends here, but `[` or `{` is still open: a comma or a closing bracket is missing",
}


def walk_json(text: str, *, places: Places | None = None) -> tuple[Problem, ...]:
    """The repeated keys of a JSON text; `places`, when given, holds afterwards where everything stands."""
    walk = _Walk(text, places)
    for match in _PIECE.finditer(text):
        walk.take(match["piece"], match.start("piece"))
    walk.finish()
    return tuple(walk.repeats)


@dataclass(slots=True)
class _Frame:
    """One list or mapping that is still open."""

    is_mapping: bool
    opened: int
    spot: Spot | None
    seen: dict[str, int] = field(default_factory=dict)
    key: str = ""
    count: int = 0


class _Walk:
    """Where the walk stands: what may come next, and the lists and mappings that are open."""

    def __init__(self, text: str, places: Places | None) -> None:
        self.text = text
        self.places = places
        self.lines = Lines(text)
        self.expected = "value"  # value, key, colon, next (a comma or the end of a list or mapping), or end
        self.may_close = False
        self.comma = 0
        self.frames: list[_Frame] = []
        self.part: Spot | None = None
        self.repeats: list[Problem] = []
        if places is not None:
            places.root = self.part = places.spot()

    def take(self, piece: str, at: int) -> None:
        """One piece further, or the fault that it is."""
        if piece in "]}" and (self.expected == "next" or self.may_close):
            self.close(piece, at)
        elif self.expected == "value":
            self.value(piece, at)
        elif self.expected == "key":
            self.key(piece, at)
        elif self.expected == "colon" and piece == ":":
            self.expected = "value"
        elif self.expected == "next" and piece == ",":
            self.comma = at
            self.frames[-1].count += 1
            self.expect_part(may_close=False)
        else:
            raise self.stray(piece, at)

    def value(self, piece: str, at: int) -> None:
        if not self.frames or not self.frames[-1].is_mapping:
            self.part = self.part if not self.frames else self.list_part()
        if self.part is not None:
            self.part.start, self.part.end, self.part.style = at, at + len(piece), piece if piece in "[{" else ""
        if piece in "[{":
            self.open(piece, at)
            return
        if piece[0] == '"':
            self.string(piece, at)
        elif piece not in _WORDS:
            self.number(piece, at)
        self.expected, self.may_close = ("next" if self.frames else "end"), False

    def open(self, piece: str, at: int) -> None:
        if len(self.frames) >= DEEPEST:
            raise too_deep(self.lines.place(at))
        if self.part is not None:
            self.part.parts = {} if piece == "{" else []
        self.frames.append(_Frame(piece == "{", at, self.part))
        self.expect_part(may_close=True)

    def expect_part(self, *, may_close: bool) -> None:
        self.expected = "key" if self.frames[-1].is_mapping else "value"
        self.may_close = may_close

    def close(self, piece: str, at: int) -> None:
        frame = self.frames.pop()
        if frame.is_mapping != (piece == "}"):
            line, _ = self.lines.place(frame.opened)
            expected, opening = ("}", "{") if frame.is_mapping else ("]", "[")
            raise self.fault(f"`{piece}` cannot close the `{opening}` of line {line}: write `{expected}`", at)
        if frame.spot is not None:
            frame.spot.end = at + 1
        self.expected, self.may_close = ("next" if self.frames else "end"), False

    def key(self, piece: str, at: int) -> None:
        if piece == "}":
            raise self.fault(_COMMA, self.comma)
        if piece[0] != '"':
            raise self.stray(piece, at)
        frame = self.frames[-1]
        frame.key = self.string(piece, at)
        if frame.seen.setdefault(frame.key, at) != at and len(self.repeats) < _MOST_REPEATS:
            first, _ = self.lines.place(frame.seen[frame.key])
            self.repeats.append(repeated(frame.key, self.path(), first, self.lines.place(at)))
        self.part = self.key_part(frame, at, at + len(piece))
        self.expected, self.may_close = "colon", False

    def key_part(self, frame: _Frame, start: int, end: int) -> Spot | None:
        if frame.spot is None or self.places is None or not isinstance(frame.spot.parts, dict):
            return None
        frame.spot.parts.pop(frame.key, None)
        if (spot := self.places.spot()) is not None:
            spot.key, spot.key_end = start, end
            frame.spot.parts[frame.key] = spot
        return spot

    def list_part(self) -> Spot | None:
        spot = self.frames[-1].spot
        if spot is None or self.places is None or not isinstance(spot.parts, list):
            return None
        if (part := self.places.spot()) is not None:
            spot.parts.append(part)
        return part

    def string(self, piece: str, at: int) -> str:
        if len(piece) == 1:
            raise self.open_quote(at)
        if "\\" not in piece:
            return piece[1:-1]
        for match in _ESCAPE.finditer(piece):
            if match[1] is None and match[0][1] not in '"\\/bfnrt':
                message = f"{shown(match[0])} is no escape: write two backslashes for one, or delete it"
                raise self.fault(message, at + match.start())
        text: str = json.loads(piece)
        if _SURROGATE.search(text):
            raise self.fault("an escape that is only half a character: type the character itself", at)
        return text

    def open_quote(self, at: int) -> TheoryError:
        inside = _INSIDE_QUOTES.match(self.text, at + 1)
        stop = inside.end() if inside else at
        if self.text[stop : stop + 1] in ("", "\n", "\r", "\\"):
            return self.fault('a quote opens here that its line does not close: add `"`; a new line is \\n', at)
        return self.fault("a tab or control character inside text: write \\t for a tab", stop)

    def number(self, piece: str, at: int) -> None:
        match = _NUMBER.fullmatch(piece)
        if match is None:
            raise self.stray(piece, at)
        if not match["fraction"] and len(piece) - (piece[0] == "-") > LONGEST_NUMBER:
            raise too_long_number(self.lines.place(at), self.path())

    def finish(self) -> None:
        if self.expected == "end":
            return
        end = len(self.text.rstrip(" \t\n\r"))
        if self.expected == "value" and not self.frames:
            raise self.fault("there is nothing here: a theory in JSON starts with `{`", end)
        message = _ENDS[self.expected]
        if self.frames:
            line, _ = self.lines.place(self.frames[-1].opened)
            message += f" (opened on line {line})"
        raise self.fault(message, end)

    def stray(self, piece: str, at: int) -> TheoryError:
        """The fault of a piece that cannot stand where it stands."""
        if piece == "]" and self.expected == "value" and self.frames and not self.frames[-1].is_mapping:
            return self.fault(_COMMA, self.comma)
        if piece[0] in "'‘’“”`":
            return self.fault('text and keys stand in straight double quotes (")', at)
        if piece.startswith(("//", "/*", "#")):
            return self.fault("JSON has no comments: delete this, or keep the theory as YAML", at)
        if self.expected == "colon":
            return self.fault("a colon is missing between the key and its value", at)
        if self.expected == "next":
            return self.fault(f"a comma or a closing bracket is missing before {shown(piece)}", at)
        if self.expected == "end":
            return self.fault("the text goes on after its end: delete what follows, or a bracket closes too early", at)
        if self.expected == "key":
            return self.fault(f'{shown(piece)} cannot be a key: put it in double quotes (")', at)
        return self.bad_value(piece, at)

    def bad_value(self, piece: str, at: int) -> TheoryError:
        if piece in "]},:":
            return self.fault(f"a value is missing before `{piece}`", at)
        if piece.lstrip("-+").lower() in ("nan", "infinity", "inf"):
            return self.fault(f"{piece} is not a number that JSON knows: write a number, or `null`", at)
        if piece.lower() in ("true", "false", "null", "none"):
            return self.fault(f"{piece} is not JSON: write {piece.lower().replace('none', 'null')}", at)
        if piece[0] in "+-.0123456789":
            return self.fault(f"{shown(piece)} is not a number as JSON writes them", at)
        return self.fault(f'{shown(piece)} is not a value: put text in double quotes (")', at)

    def path(self) -> Path:
        return tuple(frame.key if frame.is_mapping else frame.count for frame in self.frames)

    def fault(self, message: str, at: int) -> TheoryError:
        refuse_characters(self.text)  # a control character explains more than the grammar does
        return fault("TOC003", message, self.lines.place(at))
