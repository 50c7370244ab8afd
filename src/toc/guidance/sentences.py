"""Sentences of `advice.toml` with the names in braces filled in."""

from __future__ import annotations

from collections.abc import Iterable

from toc.guidance.book import Book
from toc.phrases import one_line


def filled(template: str, **fields: str) -> str:
    r"""A sentence with its names filled in; what people wrote is put on one line and never read as a template.

    >>> filled("The KPI “{kpi}” has no level.", kpi="Pupils {who}\n read")
    'The KPI “Pupils {who} read” has no level.'
    """
    return template.format_map({name: one_line(value) for name, value in fields.items()})


def counted(book: Book, noun: str, number: int) -> str:
    """A number with its noun.

    >>> from toc.guidance.loading import advice
    >>> counted(advice(), "kpi", 1), counted(advice(), "activity", 1200)
    ('1 KPI', '1,200 activities')
    """
    one, many = book.nouns[noun]
    return f"{number:,} {one if number == 1 else many}"


def number(value: float) -> str:
    """A number as people write it.

    >>> number(14.0), number(12500), number(-0.75)
    ('14', '12,500', '-0.75')
    """
    if float(value).is_integer():
        return f"{value:,.0f}" if abs(value) < 1e15 else f"{value:.6g}"
    return f"{value:,.10g}"


def some(book: Book, names: Iterable[str], most: int = 3) -> str:
    """Some names in a row, the rest counted.

    >>> from toc.guidance.loading import advice
    >>> some(advice(), ["Sport", "Art"]), some(advice(), "abcde")
    ('Sport, Art', 'a, b, c and 2 more')
    """
    found = [one_line(name) for name in names]
    if len(found) <= most + 1:
        return ", ".join(found)
    return filled(book.plan.more, names=", ".join(found[:most]), count=f"{len(found) - most:,}")
