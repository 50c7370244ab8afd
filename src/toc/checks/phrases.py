"""An author's text in the sentences in which faults are told."""

from __future__ import annotations

from typing import Final

from toc.phrases import one_line

LONGEST: Final = 80  # characters of an author's text within a sentence


def quoted(text: str) -> str:
    """An author's text in quotation marks, its beginning where it is long.

    >>> quoted("Pupils are present most weeks")
    '“Pupils are present most weeks”'
    """
    line = one_line(text)
    return f"“{line if len(line) <= LONGEST else f'{line[: LONGEST - 1].rstrip()}…'}”"
