"""Which thing of a theory each row means: the one with its id, or else the only one of its kind with its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toc.language.text import listed
from toc.model import Theory
from toc.model.slugs import slug
from toc.model.types import Kind, shown
from toc.problems import Problem
from toc.spelling import by_title, plain_title
from toc.spreadsheet.entries import GOAL, Book, Entry, names_something

KINDS: tuple[Kind, ...] = ("pillar", "outcome", "output", "activity", "kpi")


@dataclass(frozen=True, slots=True)
class Matches:
    """The ids of the things that rows mean, and the rows of which nobody knows what they mean."""

    ids: Mapping[Entry, str]
    problems: tuple[Problem, ...]


def outside(theory: Theory, cell: Any) -> Iterator[Entry]:
    """What rows may lead to without speaking of it."""
    for kind in ("goal", "pillar", "outcome", "output", "activity"):
        for id, node in theory.of_kind(kind).items():
            yield Entry(kind, node.title, cell, id=id)


def matched(theory: Theory, book: Book) -> Matches:
    """What the rows mean. Everything that they speak of has the id that it has, or gets, in the theory afterwards."""
    matching = _Matching(theory)
    entries = [*book.everything()]
    for entry in entries:
        matching.match(entry)
    taken = {*theory.nodes, *theory.partners, *theory.context.target_groups, *matching.ids.values()}
    for entry in entries:
        entry.id = matching.ids.get(entry) or slug(
            entry.title if entry.id in taken else entry.id, taken, kind=entry.kind
        )
        taken.add(entry.id)
    if theory.kind_of(GOAL) not in (None, "goal"):
        book.goal.id = slug(GOAL, taken)  # the id is that of something else
    return Matches(matching.ids, tuple(matching.problems))


class _Matching:
    """Where the search stands: what is found, and whose it is then."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory
        self.ids: dict[Entry, str] = {}
        self.owners: dict[tuple[str, str], Entry] = {}
        self.problems: list[Problem] = []
        self.titles: dict[str, dict[str, str]] = {
            kind: {id: node.title for id, node in theory.of_kind(kind).items()} for kind in KINDS
        }
        self.titles["partner"] = {id: one.title for id, one in theory.partners.items()}
        self.titles["group"] = {id: one.title for id, one in theory.context.target_groups.items()}
        self.titled = {kind: by_title(titles) for kind, titles in self.titles.items()}
        self.kept: dict[tuple[str, str], dict[str, list[str]]] = {}

    def match(self, entry: Entry) -> None:
        """Find what one entry means."""
        found = self.by_id(entry) or self.narrowed(entry, [*self.titled[entry.kind].get(plain_title(entry.title), ())])
        if len(found) > 1:
            ids = listed([f"'{id}'" for id in found[:6]])
            self.report(entry, f"{shown(entry.title)} is the title of {ids}: {_advice(entry)}")
        elif found and (owner := self.owners.get((entry.kind, found[0]))):
            self.report(entry, f"{shown(entry.title)} means '{found[0]}', as {owner.cell} does: {_advice(entry)}")
        elif found:
            self.ids[entry] = found[0]
            self.owners[entry.kind, found[0]] = entry

    def by_id(self, entry: Entry) -> list[str]:
        """What bears the id of the row, or keeps it under the key of its column; a pillar or an outcome may be named by its id."""
        section, typed = self.titles[entry.kind], entry.typed_id
        if typed:
            if names_something(typed) and (
                exact := [id for id in (typed, slug(typed, kind=entry.kind)) if id in section]
            ):
                return exact[:1]
            return self.keeping(entry).get(typed, [])
        return [entry.title] if entry.kind != "activity" and entry.title in section else []

    def keeping(self, entry: Entry) -> Mapping[str, list[str]]:
        """What keeps which text under the key of the column of ids."""
        place = entry.kind, entry.id_key
        if place not in self.kept:
            found: dict[str, list[str]] = {}
            self.kept[place] = found
            for id in self.titles[entry.kind] if entry.id_key else ():
                value = (self.theory.nodes[id].__pydantic_extra__ or {}).get(entry.id_key)
                found.setdefault("" if value is None else str(value), []).append(id)
        return self.kept[place]

    def narrowed(self, entry: Entry, found: list[str]) -> list[str]:
        """Of several with one title, those that measure the same, or are as far away."""
        if len(found) < 2:
            return found
        if entry.kind == "kpi":
            measured = {self.ids[one] for one in entry.links if one in self.ids}
            near = [id for id in found if measured & {*self.theory.kpis[id].measures}]
        else:
            horizon = entry.fields.get("horizon")
            near = [id for id in found if getattr(self.theory.nodes.get(id), "horizon", None) == horizon]
        return near or found

    def report(self, entry: Entry, message: str) -> None:
        """That nobody knows what a row means."""
        cell = entry.cell
        self.problems.append(Problem("TOC039", message, line=cell.row, column=cell.column + 1, sheet=cell.file))


def _advice(entry: Entry) -> str:
    if entry.kind == "activity":
        return "write the id of the one that is meant in a column headed id"
    return "give one of them another title, in the theory and in the spreadsheet"


def vanished(theory: Theory, kind: Kind, matches: Iterable[str]) -> list[str]:
    """The things of the kind that rows are about which no row means any more."""
    named = {*matches}
    return [id for id in theory.of_kind(kind) if id not in named]
