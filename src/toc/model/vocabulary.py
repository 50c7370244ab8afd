"""The words for the kinds of nodes: the organisation's own where its theory names them, else the field's."""

from __future__ import annotations

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


def word(theory: Theory, kind: str, *, plural: bool = False) -> str:
    """The organisation's own word for a kind of node, else the field's.

    >>> import toc
    >>> word(toc.example("small-charity"), "activity", plural=True)
    'Activities'
    """
    own: str | None = getattr(theory.settings.vocabulary, kind)
    if own is None:
        return WORDS[kind][plural]
    english = (theory.language or "en").lower().startswith("en")
    return _plural(own) if plural and english else own


def in_sentence(theory: Theory, kind: str, *, plural: bool = False) -> str:
    """The word for a kind of node within a sentence: small letters, unless it is an abbreviation.

    >>> import toc
    >>> in_sentence(toc.example("small-charity"), "kpi", plural=True)
    'KPIs'
    """
    found = word(theory, kind, plural=plural)
    return found if found[1:2].isupper() else found[:1].lower() + found[1:]


def _plural(word: str) -> str:
    if word[-1:] in "sxz" or word[-2:] in {"ch", "sh"}:
        return f"{word}es"
    if word[-1:] == "y" and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"
