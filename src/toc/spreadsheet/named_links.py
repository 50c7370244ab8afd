"""What the names under "leads to" stand for: ids or titles of rows, outcomes, outputs, pillars, or the goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toc import graph
from toc.model.types import shown
from toc.problems import Problem
from toc.spelling import hint, nearest
from toc.spreadsheet.entries import Book, Entry, Wanted

_SUGGESTIONS = 40  # looking for the nearest name costs more than it helps after that many problems
_Places = dict[tuple[str, str], Wanted]


def linked(book: Book) -> list[Problem]:
    """Set what every activity leads to by name; the problems are unknown names, links to itself and cycles."""
    every = _names(book)
    problems: list[Problem] = []
    places: _Places = {}
    for activity in book.activities:
        for wanted in activity.wanted:
            own = book.refs.get(wanted.cell.file, {})
            for name in _parts(wanted.text, own, every):
                target = own.get(name.casefold()) or every.get(name.casefold())
                if target is None:
                    problems.append(_unknown(name, every if len(problems) < _SUGGESTIONS else {}, wanted))
                elif target is activity:
                    message = f"{shown(activity.title)} cannot lead to itself: name what comes of it"
                    problems.append(_problem("TOC033", message, wanted))
                else:
                    activity.named[target] = None
                    places.setdefault((activity.id, target.id), wanted)
    problems.extend(_cycles(book, places))
    return problems


def _names(book: Book) -> dict[str, Entry]:
    """Every name by which something can be meant; ids before pillars before titles, the first row before others."""
    others = [*book.of("outcome"), *book.of("output")]
    names: dict[str, Entry] = {}
    for one in (book.goal, *book.activities):
        names.setdefault(one.typed_id.casefold() or one.id, one)
    for one in (*book.of("pillar"), *book.activities, *others, *book.outside):
        names.setdefault(one.title.casefold(), one)
        names.setdefault(one.id, one)
    return names


def _parts(text: str, *names: Mapping[str, Entry]) -> Iterator[str]:
    """The names in a cell, separated by semicolons or commas; a title may hold commas itself."""
    for part in filter(None, map(str.strip, text.split(";"))):
        if any(part.casefold() in known for known in names):
            yield part
        else:
            yield from filter(None, map(str.strip, re.split(r"[,|]", part)))


def _unknown(name: str, names: Mapping[str, Entry], wanted: Wanted) -> Problem:
    typed = [known for known, one in names.items() if known in (one.title.casefold(), one.typed_id.casefold())]
    suggestion = nearest(name.casefold(), typed)  # ids that the program makes of titles nobody typed
    what = hint(suggestion) or ": it is neither the id nor the title of a row, nor an outcome or a pillar"
    return _problem("TOC030", f"{wanted.heading}: unknown {shown(name)}{what}", wanted, suggestion)


def _cycles(book: Book, places: _Places) -> Iterator[Problem]:
    titles = {one.id: one.title for one in book.activities}
    adjacency = {one.id: [target.id for target in one.named if target.id in titles] for one in book.activities}
    for walk in graph.cycles(adjacency).walks:
        message = f"a cycle: {' → '.join(titles[id] for id in walk)}; take one of these links out"
        yield _problem("TOC033", message, places[walk[0], walk[1]])


def _problem(code: str, message: str, wanted: Wanted, suggestion: str | None = None) -> Problem:
    cell = wanted.cell
    return Problem(code, message, line=cell.row, column=cell.column + 1, suggestion=suggestion, sheet=cell.file)
