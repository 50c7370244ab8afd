"""Texts that hold a place until somebody writes the real one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

REWORD_GOAL: Final = "The change that all of this is for"
"""The goal of a file that is made of a table or an outline, which name none."""
SAMPLE_GOAL: Final = "Every child in our town reads well and likes to"
"""The goal of the file that `toc new` writes."""
LONGEST: Final = 80
"""A longer text says something, unless it is the printers' Latin."""

_WHOLE: Final = re.compile(
    "tbc|tbd|tba|todo|to do|to be confirmed|to be decided|to be defined|to be determined|to be agreed|to be added|"
    "to be completed|to be written|fixme|placeholder|untitled|no title|insert title|insert text|insert name|"
    "add title|add text|enter title|enter text|type|write|click to add text|click to add title|your text|"
    "your title|sample text|dummy text|"
    "à définir|à compléter|por definir|por confirmar|a definir|a confirmar|noch offen|wird ergänzt|wird noch ergänzt"
)
_MARKS: Final = frozenset({"tbc", "tbd", "tba", "todo"})
_FRESH: Final = frozenset({"new", "unnamed", "untitled", "enter", "insert", "your", "add"})
_LATIN: Final = re.compile(r"lorem ipsum\b")
_NOTHING: Final = re.compile(r"[\s.…?_*/\\–—-]+")
_SIGNS: Final = re.compile(r"[\[\]<>(){}«»“”\"'*_:,.!?…-]+")
_EXES: Final = re.compile(r"x{3,}")
_OURS: Final = frozenset({REWORD_GOAL.casefold(), SAMPLE_GOAL.casefold()})


def is_placeholder(text: str, kinds: Collection[str]) -> bool:
    """Whether a title only holds a place; `kinds` are the words for what may be titled, in small letters.

    >>> [is_placeholder(text, {"goal"}) for text in ("TBC", "New goal", "Goal: tbc", "…", "[insert title]", "xxx")]
    [True, True, True, True, True, True]
    >>> [is_placeholder(text, {"goal"}) for text in ("New goals for girls' football", "Goal", "XX", "To do no harm")]
    [False, False, False, False]
    """
    plain = " ".join(text.casefold().split())
    if plain in _OURS or _LATIN.match(plain) or _NOTHING.fullmatch(plain):
        return True
    if len(plain) > LONGEST:
        return False
    words = _SIGNS.sub(" ", plain).split()
    if words[-1:] == ["here"]:
        words.pop()
    if _WHOLE.fullmatch(" ".join(words)) or all(map(_EXES.fullmatch, words)):
        return True
    left = [word for word in words if word not in kinds and not word.isdigit()]
    is_named = len(left) < len(words)
    return is_named and (left in ([word] for word in _FRESH) or (bool(left) and _MARKS.issuperset(left)))
