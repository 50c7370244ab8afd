"""What the names under "leads to" stand for: ids or titles of other rows, pillars, or the goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toc import graph
from toc.model.types import shown
from toc.problems import Problem
from toc.spelling import hint, nearest
from toc.spreadsheet.csv_table import Table

_SUGGESTIONS = 40  # looking for the nearest name costs more than it helps after that many problems


@dataclass(slots=True)
class Named:
    """Something in a row that can be pointed to, and what it wants to lead to: text, row and column."""

    row: int
    title: str
    typed_id: str = ""
    id: str = ""
    wanted: list[tuple[str, int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def linked(activities: Sequence[Named], pillars: Mapping[str, str], table: Table) -> list[Problem]:
    """Set the `links` of every activity; the problems are unknown names, links to itself and cycles."""
    names = _names(activities, pillars)
    problems: list[Problem] = []
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for activity in activities:
        for text, row, column in activity.wanted:
            for name in _parts(text, names):
                target = names.get(name.casefold())
                if target is None:
                    problems.append(_unknown(name, names if len(problems) < _SUGGESTIONS else {}, table, row, column))
                elif target == activity.id:
                    message = f"{shown(activity.title)} cannot lead to itself: name what comes of it"
                    problems.append(Problem("TOC033", message, line=row, column=column + 1))
                elif target not in activity.links:
                    activity.links.append(target)
                    places[activity.id, target] = row, column
    problems.extend(_cycles(activities, places))
    return problems


def _names(activities: Sequence[Named], pillars: Mapping[str, str]) -> dict[str, str]:
    """Every name by which something can be meant; ids before pillars before titles, the first row before others."""
    names = {"goal": "goal"}
    for activity in activities:
        names.setdefault(activity.typed_id.casefold() or activity.id, activity.id)
    for id, title in pillars.items():
        names.setdefault(title.casefold(), id)
        names.setdefault(id, id)
    for activity in activities:
        names.setdefault(activity.title.casefold(), activity.id)
        names.setdefault(activity.id, activity.id)
    return names


def _parts(text: str, names: Mapping[str, str]) -> Iterator[str]:
    """The names in a cell, separated by semicolons or commas; a title may hold commas itself."""
    for part in filter(None, map(str.strip, text.split(";"))):
        if part.casefold() in names:
            yield part
        else:
            yield from filter(None, map(str.strip, re.split(r"[,|]", part)))


def _unknown(name: str, names: Mapping[str, str], table: Table, row: int, column: int) -> Problem:
    suggestion = nearest(name.casefold(), names)
    what = hint(suggestion) or ": it is neither the id nor the title of a row, nor a pillar"
    message = f"{table.heading(column)}: unknown {shown(name)}{what}"
    return Problem("TOC030", message, line=row, column=column + 1, suggestion=suggestion)


def _cycles(activities: Sequence[Named], places: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Problem]:
    titles = {activity.id: activity.title for activity in activities}
    adjacency = {activity.id: [id for id in activity.links if id in titles] for activity in activities}
    for walk in graph.cycles(adjacency).walks:
        row, column = places[walk[0], walk[1]]
        message = f"a cycle: {' → '.join(titles[id] for id in walk)}; take one of these links out"
        yield Problem("TOC033", message, line=row, column=column + 1)
