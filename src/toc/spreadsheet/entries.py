"""What rows speak of: activities, outcomes, KPIs and the others, each once, with their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from toc.model.slugs import slug
from toc.model.structure import is_id
from toc.spreadsheet.grid import Cell

GOAL: Final = "goal"
_APART: Final = ("partner", "group")  # kinds whose ids are no ids of nodes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text under "leads to", the heading it stands under and its cell."""

    text: str
    heading: str
    cell: Cell


@dataclass(slots=True, eq=False)
class Entry:
    """One thing that rows speak of; `fields` are in the words of the file format, `notes` are for the author."""

    kind: str
    title: str
    cell: Cell
    typed_id: str = ""
    id_key: str = ""  # under which the typed id is kept where the id is another
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, list[str]] = field(default_factory=dict)
    links: dict[Entry, None] = field(default_factory=dict)
    assumptions: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    # Of an activity: the pillars its rows name, those that it reaches by an outcome, and what else it leads to.
    pillars: dict[Entry, None] = field(default_factory=dict)
    reached: dict[Entry, None] = field(default_factory=dict)
    wanted: list[Wanted] = field(default_factory=list)
    named: dict[Entry, None] = field(default_factory=dict)

    def keep(self, key: str, text: str) -> None:
        """Put a text under a key of the author's own."""
        found = self.extras.setdefault(key, [])
        if text not in found:
            found.append(text)


class Book:
    """Everything that the rows speak of, in the order in which it turned up."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str, str], Entry] = {}
        self.activities: list[Entry] = []
        self.kpis: list[Entry] = []
        self.refs: dict[str, dict[str, Entry]] = {}  # the ids by which the rows of a file name each other
        self.goal = Entry("goal", GOAL, Cell(1, 0), id=GOAL)
        self.outside: tuple[Entry, ...] = ()  # what rows may lead to although they do not speak of it
        self.taken: dict[str, int] = {GOAL: 1}
        self.apart: dict[str, dict[str, int]] = {kind: {} for kind in _APART}

    def entry(self, kind: str, title: str, cell: Cell, step: str = "") -> Entry:
        """The one of this kind with this title, capitals aside; steps keep near and far outcomes apart."""
        return self.entries.setdefault((kind, step, title.casefold()), Entry(kind, title, cell))

    def of(self, kind: str) -> Iterator[Entry]:
        """All of a kind."""
        return (entry for (found, _, _), entry in self.entries.items() if found == kind)

    def everything(self) -> Iterator[Entry]:
        """All that rows speak of: activities first, and KPIs, which measure the others, last."""
        yield from (*self.activities, *self.entries.values(), *self.kpis)

    def name_all(self) -> Iterator[Entry]:
        """Give everything its id, those that the author wrote first; yields the activities whose id is taken."""
        for activity in self.activities:
            if names_something(activity.typed_id):
                id = activity.typed_id if is_id(activity.typed_id) else slug(activity.typed_id, kind="activity")
                if id in self.taken:
                    yield activity
                else:
                    self.taken[id], activity.id = 1, id
        for entry in (*self.of("pillar"), *self.of("outcome"), *self.of("output"), *self.activities, *self.kpis):
            entry.id = entry.id or _free(entry.title, entry.kind, self.taken)
        for kind in _APART:
            for entry in self.of(kind):
                entry.id = _free(entry.title, kind, self.apart[kind])


def names_something(typed_id: str) -> bool:
    """Whether an id is more than a running number.

    >>> names_something("A3"), names_something("3")
    (True, False)
    """
    return any(map(str.isalpha, typed_id))


def _free(title: str, kind: str, taken: dict[str, int]) -> str:
    """A free id for a title. Clashes are counted, so that thousands of equal titles take no longer."""
    base = slug(title, kind=kind)
    id, number = base, taken.get(base, 0)
    while id in taken:
        number += 1
        id = f"{base[:32].rstrip('-')}-{number}"
    taken[base] = max(number, 1)
    taken.setdefault(id, 1)
    return id


def keys_of(headings: Mapping[int, str]) -> dict[int, str]:
    """The key under which the texts of a column are kept, column by column.

    >>> keys_of({3: "'Cost (£)'", 5: "'Cost (£)'", 6: "'x-room'"})
    {3: 'x-cost', 5: 'x-cost-2', 6: 'x-room'}
    """
    taken: dict[str, int] = {}
    return {
        column: "x-" + _free(heading.lstrip("'").removeprefix("x-"), "column", taken)
        for column, heading in headings.items()
    }
