"""Ids made from titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import count
from typing import Any, Final
from unicodedata import combining, normalize

from toc.errors import OptionError, as_given, whole_number

LONGEST: Final = 40
# Letters that Unicode does not take apart into a plain letter and a mark; case folding makes ß and ẞ into ss.
_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}  # noqa: RUF001
)
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ`´"))  # noqa: RUF001  # the characters people type


def slug(text: str, taken: Collection[str] = (), *, kind: str = "node", number: int = 1) -> str:
    """An id for a title: small letters, digits and hyphens, starting with a letter, at most 40 characters.

    Args:
        text: a title in any script; what has no plain Latin letter or digit in it falls away.
        taken: ids that are used already; a clash is settled by `-2`, `-3` and so on.
        kind: what stands first where the title starts with a digit, or leaves nothing: `kpi-100-readers`, `outcome-3`.
        number: the number to try first for a title that leaves nothing.

    Raises:
        OptionError: an argument is of the wrong type.

    >>> slug("Reading at Key Stage 2"), slug("St Mary’s café")
    ('reading-at-key-stage-2', 'st-marys-cafe')
    >>> slug("Readers", taken={"readers", "readers-2"})
    'readers-3'
    >>> slug("100 readers", kind="kpi"), slug("读书", kind="outcome", number=3)
    ('kpi-100-readers', 'outcome-3')
    >>> slug("Young people grow up well, safe, heard and known by name")
    'young-people-grow-up-well-safe-heard-and'

    """
    used = _as_set(taken)
    words = _plain("title", text)
    first = _plain("kind", kind)
    number = whole_number("the number", number)
    if not first[:1].isalpha():
        first = "node"
    if not words:
        return _free(_cut(first), used, start=number)
    base = _cut(words if words[0].isalpha() else f"{first}-{words}")
    return base if base not in used else _free(base, used, start=2)


def _as_set(taken: Any) -> Collection[str]:
    """Something that is quick to look in."""
    if isinstance(taken, str):
        return (taken,)
    if isinstance(taken, (AbstractSet, Mapping)):
        return taken
    if not isinstance(taken, Iterable):
        raise OptionError(f"the ids that are taken stand in a list or a set, not in {as_given(taken)}")
    return {id for id in taken if isinstance(id, str)}


def _plain(what: str, text: Any) -> str:
    """The words of a text in ASCII, joined by hyphens."""
    if not isinstance(text, str):
        raise OptionError(f"the {what} is text, not {as_given(text)}")
    apart = normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    letters = "".join(letter for letter in normalize("NFKD", apart) if not combining(letter))
    return re.sub("[^a-z0-9]+", "-", letters.translate(_LETTERS)).strip("-")


def _cut(words: str, longest: int = LONGEST) -> str:
    """At most `longest` characters, ending with a whole word unless that word is very long."""
    if len(words) <= longest:
        return words
    end = words.rfind("-", 0, longest + 1)
    return words[: end if end >= longest // 2 else longest].rstrip("-")


def _free(base: str, used: Collection[str], *, start: int) -> str:
    """The first of `base-2`, `base-3`, … that is not used."""
    for number in count(start):
        ending = f"-{number}"
        name = _cut(base, LONGEST - len(ending)) + ending
        if name not in used:
            return name
    raise AssertionError  # numbers do not end
