"""The advice with the organisation's own words for activities, KPIs and pillars in its headings and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import Formatter
from typing import Final

from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.model.vocabulary import in_sentence, word
from toc.phrases import one_line

# Each kind under the names that sentences of `advice.toml` hold in braces: `own_activity` within a sentence, and
# `Own_activity` at the start of one.
KINDS: Final = {"activity": "activities", "kpi": "kpis", "pillar": "pillars"}


def own_words(theory: Theory) -> FrozenDict[str, str]:
    """What a theory calls its activities, KPIs and pillars: one and many, within a sentence and at its start.

    >>> import toc
    >>> found = own_words(toc.example("small-charity"))
    >>> found["own_activities"], found["Own_activity"], found["own_kpis"]
    ('activities', 'Activity', 'KPIs')
    """
    found = {}
    for kind, many in KINDS.items():
        for name, plural in ((kind, False), (many, True)):
            found[f"own_{name}"] = one_line(in_sentence(theory, kind, plural=plural))
            found[f"Own_{name}"] = one_line(word(theory, kind, plural=plural))
    return FrozenDict(found)


def in_own_words(book: Book, own: Mapping[str, str]) -> Book:
    """The book with these words in its counts, in the headings of columns and in the words of its pages."""
    nouns = {kind: (own[f"own_{kind}"], own[f"own_{KINDS[kind]}"]) for kind in ("activity", "kpi")}
    columns = {name: own[f"Own_{name}"] for name in ("activity", "kpi", "kpis", "pillar")}
    return replace(
        book,
        nouns=FrozenDict({**book.nouns, **nouns}),
        columns=FrozenDict({**book.columns, **columns}),
        words=FrozenDict({name: _said(template, own) for name, template in book.words.items()}),
    )


def _said(template: str, own: Mapping[str, str]) -> str:
    """A sentence that holds own words and nothing else is finished here; any other is filled in where it is used."""
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    return filled(template, **own) if names and names <= own.keys() else template
