"""Mistakes that can be fixed without asking: misspelt ids that can mean one thing only, silences of nothing.

Only the lines in question are touched. Each text is read again, and is kept only if exactly those mistakes are gone
from it and nothing else has changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from toc.checks import Finding
from toc.errors import TheoryError
from toc.files.locator import Format
from toc.files.opening import decode, read_bytes
from toc.files.saver import like, write_over
from toc.fixing.fixes import Fixed
from toc.fixing.misspelt_ids import respelt
from toc.fixing.unused_silences import without_unused
from toc.model import Theory

T = TypeVar("T", bound=Theory)


def fix_file(
    path: str | os.PathLike[str], check: Callable[[T], Sequence[Finding]], *, format: Format, into: type[T]
) -> Fixed:
    """Fix a file at one stroke; one in which nothing is fixed is not written. See `fixed`.

    Raises TheoryError where the file cannot be read or written, or was changed by somebody else meanwhile.
    """
    data = read_bytes(path)
    found = fixed(decode(data, source=os.fspath(path)), check, format=format, into=into)
    if found.made:
        write_over(path, like(data, found.text), data)
    return found


def fixed(text: str, check: Callable[[T], Sequence[Finding]], *, format: Format, into: type[T]) -> Fixed:
    """A text without misspelt ids for which only one other comes into question, and without unused silences."""
    ids = respelt(text, format=format, into=into)
    try:
        silences = without_unused(ids.text, check, format=format, into=into)
    except TheoryError:
        return ids
    return Fixed(silences.text, ids.made + silences.made, ids.left + silences.left)
