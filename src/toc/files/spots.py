"""Where values stand in a text: what both readers record, on the error path and for saving, and never otherwise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from toc.errors import TheoryError
from toc.problems import Path, Problem, Step

DEEPEST: Final = 100
"""The most levels of mappings and lists inside each other."""
LONGEST_NUMBER: Final = 4300
"""The most digits of a whole number: more would take Python quadratic time."""
MOST_SPOTS: Final = 1_000_000
"""Beyond these many values only the surrounding value's place is known, so that memory stays bounded."""
_LINE_BREAK: Final = re.compile("\r\n?|\n")


class Parsed(NamedTuple):
    """What a text means, and what was wrong with it that did not stop the reading (repeated keys, TOC019)."""

    value: Any
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, eq=False)
class Spot:
    """One value in a text, by character offsets from 0; `end` is the first character after it.

    `style` is `{` or `[` in one line's brackets, `block` for a mapping or list by indentation, `*` for an alias,
    a quote or `|` or `>` for such text, and empty for plain words. `key` is -1 in lists and at the top.
    """

    start: int = 0
    end: int = 0
    style: str = ""
    key: int = -1
    key_end: int = -1
    parts: dict[str, Spot] | list[Spot] | None = None
    anchored: bool = False

    def part(self, step: Step) -> Spot | None:
        """The part of a mapping or list that a step of a path leads to, or None."""
        if isinstance(self.parts, dict) and isinstance(step, str):
            return self.parts.get(step)
        if isinstance(self.parts, list) and isinstance(step, int) and 0 <= step < len(self.parts):
            return self.parts[step]
        return None

    def each(self) -> Iterator[Spot]:
        """The parts, in the order of the text."""
        if isinstance(self.parts, dict):
            yield from self.parts.values()
        elif self.parts is not None:
            yield from self.parts


@dataclass(slots=True)
class Places:
    """A recorder handed to a reader: `root` is the spot of the whole value afterwards."""

    root: Spot | None = None
    recorded: int = 0

    def spot(self) -> Spot | None:
        """A new spot, or None once too many are held."""
        self.recorded += 1
        return Spot() if self.recorded <= MOST_SPOTS else None


class Lines:
    """The starts of a text's lines, to turn offsets into lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset from 0."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def position(text: str, index: int) -> tuple[int, int]:
    r"""Line and column of a character, both from 1. Lines end as YAML's do: `\n`, `\r\n` or `\r`."""
    line, start = 1, 0
    for match in _LINE_BREAK.finditer(text, 0, index):
        line, start = line + 1, match.end()
    return line, index - start + 1


def fault(code: str, message: str, place: tuple[int, int], path: Path = ()) -> TheoryError:
    """The error for a text that cannot be read further, at a line and column from 1."""
    return TheoryError([Problem(code, message, path, *place)])


def repeated(key: str, path: Path, first_line: int, place: tuple[int, int]) -> Problem:
    """The problem of a key that stands twice in one mapping, at its second place."""
    message = f"repeated key {shown(key)}: it already stands on line {first_line}; keep one of the two"
    return Problem("TOC019", message, path, *place)


def too_deep(place: tuple[int, int]) -> TheoryError:
    """The error for brackets or indentation inside each other without end."""
    return fault("TOC004", f"more than {DEEPEST} levels inside each other: a theory needs far fewer", place)


def too_long_number(place: tuple[int, int], path: Path = ()) -> TheoryError:
    """The error for a whole number that nobody meant."""
    message = f"a number of more than {LONGEST_NUMBER} digits: write a smaller number"
    return fault("TOC014", message, place, path)


def shown(text: str) -> str:
    """Text from a file as it stands in a message: quoted, escaped and cut."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
