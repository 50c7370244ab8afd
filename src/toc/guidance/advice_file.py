"""The advice of `advice.toml`, imported only when somebody asks for guidance; and its sentences with their names filled in."""

from __future__ import annotations

from collections.abc import Iterable

from toc.guidance.advice_schema import Book
from toc.language import numbers
from toc.language.text import one_line


def advice() -> Book:
    """The advice that comes with the library."""
    from toc.guidance.advice_book import BOOK

    return BOOK


def filled(template: str, **fields: str) -> str:
    r"""A sentence with its names filled in; what people wrote is put on one line and never read as a template.

    >>> filled("The KPI “{kpi}” has no level.", kpi="Pupils {who}\n read")
    'The KPI “Pupils {who} read” has no level.'
    """
    return template.format_map({name: one_line(value) for name, value in fields.items()})


def stepped(steps: int, book: Book) -> str:
    """How far on something is measured.

    >>> stepped(1, advice()), stepped(2, advice()), stepped(12, advice())
    ('one step on', 'two steps on', '12 steps on')
    """
    return filled(book.words["steps_on"], steps=numbers.counted_in_words(steps, *book.nouns["step"]))


def counted(book: Book, noun: str, count: int) -> str:
    """A number with its noun."""
    return numbers.counted(count, *book.nouns[noun])


def some(book: Book, names: Iterable[str], most: int = 3, *, count: int | None = None) -> str:
    """Some names in a row, the rest counted: there are `count` of them where not all are given.

    >>> some(advice(), ["Sport", "Art"]), some(advice(), "abcde")
    ('Sport, Art', 'a, b, c and 2 more')
    """
    found = list(names)
    count = len(found) if count is None else count
    shown = count if count <= most + 1 else most
    said = ", ".join(map(one_line, found[:shown]))
    return said if shown == count else filled(book.plan.more, names=said, count=f"{count - shown:,}")
