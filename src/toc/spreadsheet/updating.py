"""A theory brought up to date with a spreadsheet that is nobody's export: a log, a list, a logframe that comes every term.

A spreadsheet knows less than the theory: only what it says is written, links are added and never taken away, and what it
leaves empty means nothing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from toc import graph
from toc.errors import TheoryError
from toc.files.opening import read_bytes
from toc.files.short_forms import written
from toc.language.text import listed
from toc.merging.merged import Merged, Teller
from toc.merging.things import KIND, THEORY, Composed, form_of, things_of
from toc.merging.three_way import WHOLE, Field, Fields, Key, joined
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.origin import origin_of, with_origin
from toc.problems import Problem
from toc.spelling import nearest
from toc.spreadsheet import grids_in, tables_of
from toc.spreadsheet.columns import Table
from toc.spreadsheet.entries import GOAL, Entry
from toc.spreadsheet.gathering import Plan, gathered
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import STARTS_ROWS
from toc.spreadsheet.row_matching import Matches, matched, outside, vanished
from toc.spreadsheet.starting_file import document

T = TypeVar("T", bound=Theory)
Thing = dict[Field, Any]
Things = dict[Key, Thing]
_NOWHERE: Final = Cell(1, 0)
_UNSAID: Final = "goal"  # the remark that a row leads straight to the goal, which of a known one is not so


def updated(theory: T, path: str | os.PathLike[str], sheets: Collection[str], *, delete: bool) -> Merged[T]:
    """The theory with what a spreadsheet says of it. Raises TheoryError with every problem, by cell; OptionError."""
    source = os.fspath(path)
    names = [sheets] if isinstance(sheets, str) else [*sheets]
    tables = tables_of(grids_in(read_bytes(path), source, names))
    plan = gathered(tables, outside(theory, _NOWHERE))
    matches = matched(theory, plan.book)
    if matches.problems:
        raise TheoryError(matches.problems, source=source)
    kind = next(
        ("activity" if one == "title" else _kind(one) for one in STARTS_ROWS if _is_headed(tables, one)), "activity"
    )
    gone = vanished(theory, kind, matches.ids.values())
    start = theory
    for id in gone if delete else ():
        start = start.without(id) if id in start else start
    update = _Update(start, plan, matches)
    cells = _Cells(tables, plan)
    made = _made(theory, update.things, cells, source)
    teller = Teller(theory, made)
    before = things_of(written(theory))
    changes = joined(before, before, update.things).changes
    told = [
        teller.change(one, update.things.get(one.key) or before[one.key], cells.name(one.key, one.field))
        for one in changes
    ]
    remarks = [*_gone_told(theory, gone, delete=delete), *_likely(theory, plan, matches, gone)]
    remarks += [str(one) for one in plan.remarks if one.kind != _UNSAID]
    return Merged(made, tuple(told), (), tuple(remarks), source)


def _kind(field: str) -> str:
    return field if field == "output" else "outcome"


def _is_headed(tables: Iterable[Table], field: str) -> bool:
    return any(field in table.columns.fields for table in tables)


class _Update:
    """What the theory says once the rows have said theirs."""

    def __init__(self, theory: Theory, plan: Plan, matches: Matches) -> None:
        self.theory, self.plan = theory, plan
        self.known = {*matches.ids.values()}
        self.named_by_id = {id for entry, id in matches.ids.items() if entry.title == id}
        self.new = {entry.id for entry in _entries(plan) if entry not in matches.ids}
        self.things: Things = things_of(written(theory))
        self.theirs = things_of(written(Theory.model_validate(self.document())))
        self.reached: dict[str, set[str]] = {}
        for key, fields in self.theirs.items():
            self.take(key, fields)
        if plan.goal and len(theory.goals) == 1:
            self.things["nodes", next(iter(theory.goals))][("title",)] = plan.goal

    def document(self) -> dict[str, Any]:
        """What the rows say, as a theory of its own with the ids of ours."""
        made = document(self.plan, self.theory.title)
        del made["goal"]
        made["goals"] = {GOAL: "goal"} | {id: goal.title for id, goal in self.theory.goals.items()}
        named = {target for one in self.plan.book.activities for target in one.named}
        for one in self.plan.book.outside:
            if one in named and one.kind != "goal":
                made.setdefault(f"{one.kind}s" if one.kind != "activity" else "activities", {}).setdefault(
                    one.id, one.title
                )
        return made

    def take(self, key: Key, fields: Fields) -> None:
        """One thing that the rows speak of."""
        match key[0]:
            case "nodes" | "partners" | "groups":
                self.take_titled(key, fields)
            case "links":
                for target in self.theory.goals if key[2] == GOAL else (key[2],):
                    self.lead(key[1], target)
            case "assumptions":
                self.assume(key, fields)
            case "milestones":
                self.aim(key, fields)

    def take_titled(self, key: Key, fields: Fields) -> None:
        """A node, a partner or a group: a new one as it is, of a known one what is said."""
        if key[1] in self.new:
            self.things[key] = dict(fields)
        elif key[1] in self.known and key in self.things:
            for field, value in fields.items():
                if not self.is_kept(key[1], field, value):
                    self.things[key][field] = value

    def is_kept(self, id: str, field: Field, value: Any) -> bool:
        """Whether a field of a known thing stays as it is."""
        if field in {KIND, ("measures",), ("leads_to",)} or (field == ("title",) and id in self.named_by_id):
            return True
        if field == ("pillar",):
            from toc.ways import pillar_of

            return pillar_of(self.theory, id) == value
        before = self.things["nodes", id].get(field) if ("nodes", id) in self.things else None
        if isinstance(value, list) and isinstance(before, list):
            return sorted(map(str, value)) == sorted(map(str, before))
        return field[0].startswith("x-") and str(value) == str(before)  # a cell is text, and a file may hold a number

    def lead(self, source: str, target: str) -> None:
        """A link, unless the theory leads there already, by whatever way."""
        if source not in self.reached:
            self.reached[source] = graph.reachable(self.theory.forwards, [source]) if source in self.theory else set()
        if source in self.known | self.new and target not in self.reached[source]:
            self.things["links", source, target] = {("source",): source, ("target",): target}

    def assume(self, key: Key, fields: Fields) -> None:
        """An assumption on the link it is said of, or on the first one of the way there."""
        _, source, target, text = key
        said = {one[3] for one in self.things if one[0] == "assumptions" and one[1] == source}
        links = [one for one in self.things if one[0] == "links" and one[1] == source]
        if text in said or not links:
            return
        direct = [one for one in links if one[2] == target or (target == GOAL and one[2] in self.theory.goals)]
        on = (direct or links)[0]
        self.things["assumptions", source, on[2], text] = {**fields, ("link", "target"): on[2]}

    def aim(self, key: Key, fields: Fields) -> None:
        """A target: a new one, or another value or day of one that is there."""
        _, kpi, by = key
        there = [one for one in self.things if one[0] == "milestones" and one[1] == kpi]
        same = [one for one in there if str(self.things[one].get(("by",), "")) == by]
        on = same or (there[-1:] if not by or len(there) == 1 else [])
        self.things.setdefault(on[0] if on else key, {}).update(fields)


def _entries(plan: Plan) -> Iterator[Entry]:
    yield from (*plan.book.activities, *plan.book.entries.values(), *plan.book.kpis)


class _Cells:
    """Where in the spreadsheet a thing and its fields stand."""

    def __init__(self, tables: Iterable[Table], plan: Plan) -> None:
        self.tables = {table.file: table for table in tables}
        self.entries = {entry.id: entry for entry in _entries(plan)}

    def of(self, key: Key, field: Field) -> Cell | None:
        """The cell of a field, or else of the thing."""
        owner = next((self.entries[step] for step in key[1:] if step in self.entries), None)
        if owner is None:
            return None
        column = self.column(owner, "target" if key[0] == "milestones" else field[0] if field else "")
        return owner.cell if column is None else owner.cell._replace(column=column)

    def column(self, owner: Entry, field: str) -> int | None:
        """The column of a field of an entry, if there is one that can be named."""
        columns = self.tables[owner.cell.file].columns
        if owner.kind == "kpi":
            return next((one.details.get(field) for one in columns.kpis if one.title == owner.cell.column), None)
        return columns.one(field) if field != "title" and owner.kind == "activity" else None

    def name(self, key: Key, field: Field) -> str | None:
        """What messages call that cell."""
        cell = self.of(key, field)
        return str(cell) if cell else None

    def placed(self, problem: Problem, composed: Composed) -> Problem:
        """A problem of the theory at the cell that it comes from; one that comes from none keeps its path."""
        key, field = composed.at(problem.path) or (THEORY, WHOLE)
        cell = self.of(key, field)
        return replace(problem, line=cell.row, column=cell.column + 1, sheet=cell.file) if cell else problem


def _made(theory: T, things: Mapping[Key, Fields], cells: _Cells, source: str) -> T:
    """The theory of some things. Raises TheoryError with the cells that it comes from."""
    composed = form_of(things)
    try:
        return with_origin(type(theory).model_validate(composed.form), origin_of(theory))
    except ValidationError as error:
        raise TheoryError([cells.placed(one, composed) for one in problems_of(error)], source=source) from None


def _gone_told(theory: Theory, gone: Sequence[str], *, delete: bool) -> Iterator[str]:
    """What no row names any more."""
    if gone and not delete:
        names = listed([f"'{theory.nodes[id].title}'" for id in gone])
        yield f"no row names these any more, and they are kept (--delete takes them out): {names}"


def _likely(theory: Theory, plan: Plan, matches: Matches, gone: Sequence[str]) -> Iterator[str]:
    """New rows that are perhaps old ones under another title."""
    titles = {theory.nodes[id].title: id for id in gone}
    for entry in plan.book.activities:
        if entry not in matches.ids and (near := nearest(entry.title, titles)):
            yield f"{entry.cell} '{entry.title}' is new; if it is '{near}', write '{titles[near]}' in a column headed id"
