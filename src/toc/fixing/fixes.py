"""What was fixed in a text, and what was left."""

from __future__ import annotations

from typing import Final, NamedTuple

UNSAFE: Final = "it is written in a way in which no single line can be changed: fix it by hand"


class Fix(NamedTuple):
    """One mistake, the line of it from 1, and what was done about it, or why nothing was."""

    code: str
    line: int
    what: str


class Fixed(NamedTuple):
    """A text with the mistakes that were fixed in it and those that were left."""

    text: str
    made: tuple[Fix, ...] = ()
    left: tuple[Fix, ...] = ()
