"""Pieces of the sentences in which faults are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LONGEST: Final = 80  # characters of an author's text within a sentence


def listed(words: Sequence[str], last: str = "and", *, most: int = 5) -> str:
    """Words in a row, the first few of them where they are many.

    >>> listed(["a test", "an owner", "a date"], "or"), listed(["one", "two", "three"], most=2)
    ('a test, an owner or a date', 'one, two and 1 more')
    """
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
        last = "and"
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def quoted(text: str) -> str:
    """An author's text in quotation marks, its beginning where it is long.

    >>> quoted("Pupils are present most weeks")
    '“Pupils are present most weeks”'
    """
    line = " ".join(text.split())
    return f"“{line if len(line) <= LONGEST else f'{line[: LONGEST - 1].rstrip()}…'}”"
