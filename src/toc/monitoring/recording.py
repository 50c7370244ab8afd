"""Readings put into a theory: what is there already is not put in twice, and nothing is replaced unless that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from toc.errors import TheoryError
from toc.given_rows import Row
from toc.language.dates import day
from toc.language.numbers import amount, counted, number
from toc.language.text import in_brackets
from toc.model import Theory
from toc.model.copies import changed
from toc.model.edits import with_nodes
from toc.model.nodes import Kpi
from toc.model.values import Reading
from toc.problems import Problem

T = TypeVar("T", bound=Theory)
Key = tuple[str, date, frozenset[tuple[str, str]]]


class Entry(NamedTuple):
    """A reading that somebody brings, of which KPI, and the row in which it stands, under which heading its value."""

    kpi: str
    reading: Reading
    row: Row
    name: str = "value"

    @property
    def key(self) -> Key:
        """What makes two readings the same one."""
        return key_of(self.kpi, self.reading)


def key_of(kpi: str, reading: Reading) -> Key:
    """What makes two readings the same one: KPI, day and of whom."""
    return kpi, reading.date, frozenset(reading.where.items())


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """The theory with the readings, those that are new in it, those that took another's place, and how many it had.

    Of the `known` ones, `left` say something besides (`n`, a note) that is not in the theory and was not written.
    """

    theory: T
    added: tuple[Entry, ...]
    replaced: tuple[Entry, ...]
    known: int
    left: tuple[Entry, ...] = ()

    def left_out(self, how: str) -> str:
        """What was said besides and not written, and how to write it; "" where nothing was."""
        what = counted(len(self.left), "reading that is there", "readings that are there")
        return f"{what} would get another n or note: say {how} to write it" if self.left else ""


def recorded(theory: T, entries: Iterable[Entry], *, replace: bool) -> Recorded[T]:
    """The theory with readings added behind those that are there, or, where that is asked for, in their place.

    Raises TheoryError (TOC037) with every reading that has another value already, in the theory or further up.
    """
    fresh, repeats, problems = _once_each(entries)
    left = [entry for entry, before in repeats if _says_more(entry.reading, before.reading)]
    added, replaced = list[Entry](), list[Entry]()
    readings = {id: list(theory.kpis[id].readings) for id in dict.fromkeys(entry.kpi for entry in fresh)}
    places = {id: _places(id, own) for id, own in readings.items()}
    for entry in fresh:
        own, there = readings[entry.kpi], places[entry.kpi].get(entry.key)
        if there is None:
            own.append(entry.reading)
            added.append(entry)
        elif replace:
            now = own[there[-1]].evolve(**entry.reading.contents())
            replaced += [entry] * (now != own[there[-1]])
            own[there[-1]] = now
        elif all(own[place].value != entry.reading.value for place in there):
            problems.append(_is_there(theory.kpis[entry.kpi], own[there[-1]], entry))
        elif all(_says_more(entry.reading, own[place]) for place in there):
            left.append(entry)
    if problems:
        raise TheoryError(problems)
    changes = {id: changed(theory.kpis[id], readings=tuple(own)) for id, own in readings.items()}
    made = with_nodes(theory, changes) if added or replaced else theory
    known = len(repeats) + len(fresh) - len(added) - len(replaced)
    return Recorded(made, tuple(added), tuple(replaced), known, tuple(left))


def _says_more(reading: Reading, there: Reading) -> bool:
    """Whether a reading states what the one that is there does not, or states otherwise."""
    return there.evolve(**reading.contents()) != there


def _once_each(entries: Iterable[Entry]) -> tuple[list[Entry], list[tuple[Entry, Entry]], list[Problem]]:
    """The readings without those that say again what stands further up, these with what they repeat, and contradictions."""
    first: dict[Key, Entry] = {}
    repeats, problems = list[tuple[Entry, Entry]](), list[Problem]()
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before.reading.value != entry.reading.value:
            message = (
                f"{before.row.place()} says {number(before.reading.value)} of the same KPI, day and people: keep one"
            )
            problems.append(entry.row.problem("TOC037", message, entry.name))
        elif before is not entry:
            repeats.append((entry, before))
    return list(first.values()), repeats, problems


def _places(id: str, readings: Iterable[Reading]) -> Mapping[Key, list[int]]:
    """Where each reading of a KPI stands among them."""
    found: dict[Key, list[int]] = {}
    for place, reading in enumerate(readings):
        found.setdefault(key_of(id, reading), []).append(place)
    return found


def _is_there(kpi: Kpi, reading: Reading, entry: Entry) -> Problem:
    message = (
        f"“{kpi.title}” has {amount(reading.value, kpi.unit)} on {day(reading.date)}{of_whom(reading)} already, and not "
        f"{number(entry.reading.value)}: say replace=True (`--replace`) if this is the right value"
    )
    return entry.row.problem("TOC037", message, entry.name)


def of_whom(reading: Reading) -> str:
    """Whom a reading is about, where that is not everybody.

    >>> of_whom(Reading(date="2027-07-15", value=13, where={"group": "disadvantaged"}))
    ' (group: disadvantaged)'
    """
    return in_brackets([f"{key}: {name}" for key, name in reading.where.items()])
