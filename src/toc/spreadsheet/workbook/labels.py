"""Titles in the place of ids, so that people need not know these; and back from a title to the id that was meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from toc.language.text import one_line
from toc.merging.three_way import Field, Things
from toc.spelling import nearest

BETWEEN: Final = "; "
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_TITLE: Final[Field] = ("title",)
_KIND: Final[Field] = ("kind",)
POOLS: Final = ("boxes", "pillars", "kpis", "groups", "partners", "activities", "reviews", "frames")
Labels = Mapping[str, Mapping[str, str]]
"""For each pool what each id is called."""


def labels_of(things: Things) -> Labels:
    """What everything is called: its title, with its id where another of its pool has the same.

    >>> found = labels_of({("groups", "a"): {("title",): "Pupils"}, ("groups", "b"): {("title",): "Pupils"}})
    >>> found["groups"]
    {'a': 'Pupils (a)', 'b': 'Pupils (b)'}
    """
    titles: dict[str, dict[str, str]] = {pool: {} for pool in POOLS}
    for key, fields in things.items():
        for pool in _pools(key[0], fields.get(_KIND)):
            titles[pool][key[1]] = one_line(tidy(str(fields.get(_TITLE) or key[1])))
    return {pool: _told_apart(named) for pool, named in titles.items()}


def _pools(table: str, kind: object) -> tuple[str, ...]:
    if table == "nodes":
        return ("kpis",) if kind == "kpi" else ("boxes", *_ALSO.get(str(kind), ()))
    return (table,) if table in POOLS else ()


_ALSO: Final[Mapping[str, tuple[str, ...]]] = {"pillar": ("pillars",), "activity": ("activities",)}


def _told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    counts = Counter(titles.values())
    labels = {id: title if counts[title] == 1 else f"{title} ({id})" for id, title in titles.items()}
    again = Counter(labels.values())
    return {id: label if again[label] == 1 else id for id, label in labels.items()}


def tidy(text: str) -> str:
    """A text as a cell holds it, whoever saves the workbook: one kind of line end, no character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", _LINE_ENDS.sub("\n", text)).strip()


class Names:
    """Finds the id that a text means: what bore the title when the workbook was written, else what bears it now."""

    def __init__(self, *labels: Labels) -> None:
        self.ids: dict[str, dict[str, str]] = {}
        self.titles = {pool: {one_line(title) for known in labels for title in known[pool].values()} for pool in POOLS}
        for pool in POOLS:
            found = self.ids.setdefault(pool, {})
            for known in labels:
                for id, label in known[pool].items():
                    found.setdefault(one_line(label), id)
            for known in labels:
                for id in known[pool]:
                    found.setdefault(id, id)

    def id(self, text: str, pool: str) -> str | None:
        """The id of what is called so, or None."""
        return self.ids[pool].get(one_line(text))

    def all_in(self, *pools: str) -> dict[str, str]:
        """The ids of some pools by what they are called."""
        return {text: id for pool in pools for text, id in self.ids[pool].items()}

    def ids_in(self, text: str, pool: str) -> Iterator[tuple[str, str | None]]:
        """Each title in a cell with its id; a title may hold what stands between two."""
        return ((part, self.id(part, pool)) for part in parted(text, self.ids[pool]))

    def nearest(self, text: str, pool: str) -> str | None:
        """The title that is most like a text."""
        return nearest(one_line(text), self.titles[pool])


def parted(text: str, known: Iterable[str]) -> Iterator[str]:
    """The texts in a cell; one that is known, and holds a semicolon itself, stays whole.

    >>> list(parted("Tea; Reading; writing", ["Reading; writing"]))
    ['Tea', 'Reading; writing']
    """
    pieces = text.split(";")
    whole = {one_line(one) for one in known}
    longest = 1 + max((one.count(";") for one in whole), default=0)
    start = 0
    while start < len(pieces):
        ends = range(min(len(pieces), start + longest), start, -1)
        end = next((end for end in ends if one_line(";".join(pieces[start:end])) in whole), start + 1)
        if part := ";".join(pieces[start:end]).strip():
            yield part
        start = end
