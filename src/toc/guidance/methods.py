"""The effort that a way of measuring takes: a class read from the words of its method."""

from __future__ import annotations

import re
from functools import cache

from toc.guidance.advice_schema import Book
from toc.guidance.scales import Effort
from toc.model.types import Design


def effort_of(method: str | None, design: Design, book: Book) -> Effort | None:
    """The heaviest class whose words stand in the method, or None where none do. A comparison is substantial.

    >>> from toc.guidance.advice_file import advice
    >>> [effort_of(method, "after", advice()) for method in ("Register", "register, then a survey", "by ear", None)]
    [<Effort.LIGHT: 'light'>, <Effort.MODERATE: 'moderate'>, None, None]
    >>> effort_of(None, "comparison", advice())
    <Effort.SUBSTANTIAL: 'substantial'>
    """
    if design == "comparison":
        return Effort.SUBSTANTIAL
    text = (method or "").casefold()
    for effort in reversed(Effort):
        if _pattern(book.methods[effort]).search(text):
            return effort
    return None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    any_word = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{any_word})(?!\w)")
