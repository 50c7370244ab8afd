"""The advice with the organisation's own words for activities, KPIs and pillars in its headings and counts."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Final

from toc.guidance.advice_file import filled
from toc.guidance.advice_schema import Book
from toc.model.mappings import FrozenDict
from toc.model.types import PLURALS, Kind

NOUNS: Final[tuple[Kind, ...]] = ("activity", "kpi")


def in_own_words(book: Book, own: Mapping[str, str]) -> Book:
    """The book with these words in its counts, in the headings of columns and in the words of its pages."""
    nouns: dict[str, tuple[str, ...]] = {kind: (own[f"own_{kind}"], own[f"own_{PLURALS[kind]}"]) for kind in NOUNS}
    columns = {name: own[f"Own_{name}"] for name in ("activity", "kpi", "kpis", "pillar")}
    return book._replace(
        nouns=FrozenDict({**book.nouns, **nouns}),
        columns=FrozenDict({**book.columns, **columns}),
        words=FrozenDict({name: _said(template, own) for name, template in book.words.items()}),
    )


def _said(template: str, own: Mapping[str, str]) -> str:
    """A sentence that holds own words and nothing else is finished here; any other is filled in where it is used."""
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    return filled(template, **own) if names and names <= own.keys() else template
