"""The words for the kinds of nodes: the organisation's own where its theory names them, else the field's."""

from __future__ import annotations

import re
from typing import Final

from toc.model.theory import Theory

WORDS: Final = {
    "goal": ("Goal", "Goals"),
    "pillar": ("Pillar", "Pillars"),
    "outcome": ("Outcome", "Outcomes"),
    "output": ("Output", "Outputs"),
    "activity": ("Activity", "Activities"),
    "kpi": ("KPI", "KPIs"),
}
_PART: Final = re.compile(r"\w[\w&.'’]*")  # what stands between spaces, hyphens and slashes
# Words that stay small in an English title, "Theory of Change", unless they begin it.
_SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "our", "the", "to", "with"}
)


def word(theory: Theory, kind: str, *, plural: bool = False) -> str:
    """The organisation's own word for a kind of node, else the field's.

    >>> import toc
    >>> word(toc.example("small-charity"), "activity", plural=True)
    'Activities'
    """
    own: str | None = getattr(theory.settings.vocabulary, kind)
    if own is None:
        return WORDS[kind][plural]
    return _plural(own) if plural and _is_english(theory) else own


def in_sentence(theory: Theory, kind: str, *, plural: bool = False) -> str:
    """The word for a kind of node within a sentence: small letters, unless it is an abbreviation.

    Of several words the first has its capital taken away. All have, where the theory is in English and every word of
    any length has one: "Intermediate Outcome" is set like a title, while the second capital in "Key step in Gateshead"
    is a name's. Other languages keep the capitals of later words, since German writes its nouns so. A word with a second
    capital or with a digit is an abbreviation, such as KPI or KS2, and a later letter by itself is a label.

    >>> import toc
    >>> in_sentence(toc.example("small-charity"), "kpi", plural=True)
    'KPIs'
    """
    found = word(theory, kind, plural=plural)
    every = _is_english(theory) and all(map(_is_titled, found.split()))
    return _PART.sub(lambda part: _small(part) if every or part.start() == 0 else part[0], found)


def _is_english(theory: Theory) -> bool:
    return (theory.language or "en").lower().startswith("en")


def _is_titled(one: str) -> bool:
    """Whether one of several words is written as in a title: with a capital, or so short that it needs none."""
    return one in _SMALL or not one[0].islower()


def _small(part: re.Match[str]) -> str:
    """A part without its capital, unless it is an abbreviation, or a letter by itself that labels what stands before."""
    first, rest = part[0][0], part[0][1:]
    if any(letter.isupper() or letter.isdigit() for letter in rest) or (part.start() and not rest):
        return part[0]
    return first.lower() + rest


def _plural(word: str) -> str:
    if word[-1:] in "sxz" or word[-2:] in {"ch", "sh"}:
        return f"{word}es"
    if word[-1:] == "y" and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"
