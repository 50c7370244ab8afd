"""The page of a rule: what it looks for, why, how to fix it and whence it comes, read from the rule's own docstring."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Final, NamedTuple

HEADINGS: Final = ("What", "Why", "Fix", "Source", "Fails", "Passes")
_PARTS: Final = re.compile(rf"^({'|'.join(HEADINGS)}):[ ]?", re.MULTILINE)


class Page(NamedTuple):
    """Everything that a rule says of itself.

    `fails` and `passes` are YAML: a theory in which the rule finds something, and one in which it does not. The keys
    `toc`, `title` and `goal` may be left out of them: see `whole`.
    """

    summary: str
    what: str
    why: str
    fix: str
    source: str
    fails: str
    passes: str


def page_of(docstring: str) -> Page:
    r"""A docstring in its parts: a summary, then the six headings in their order.

    Raises:
        ValueError: a heading is missing, stands twice or in another order.

    >>> page_of("A.\n\nWhat: B\nWhy: C\nMend: D\nSource: E\nFails:\n    a: 1\nPasses:\n    a: 2").fails
    'a: 1'
    """
    summary, *parts = _PARTS.split(cleandoc(docstring))
    found = tuple(parts[::2])
    if found != HEADINGS:
        raise ValueError(f"a rule's page has the headings {', '.join(HEADINGS)}, not {', '.join(found) or 'none'}")
    texts = [cleandoc(f"\n{text}") if heading in HEADINGS[4:] else _flowed(text) for heading, text in _pairs(parts)]
    return Page(_flowed(summary), *texts)


def whole(example: str) -> str:
    """An example as a whole file, with the keys that are left out of the page.

    >>> print(whole("outcomes: {readers: Readers}"))
    toc: 1
    title: Example
    goal: Every child reads
    outcomes: {readers: Readers}
    """
    keys = {line.partition(":")[0] for line in example.splitlines()}
    head = [("toc", "toc: 1"), ("title", "title: Example")]
    if "goals" not in keys:
        head.append(("goal", "goal: Every child reads"))
    return "\n".join([*(line for key, line in head if key not in keys), example])


def _pairs(parts: list[str]) -> list[tuple[str, str]]:
    return list(zip(parts[::2], parts[1::2], strict=True))


def _flowed(text: str) -> str:
    """Paragraphs, each as one line."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
