"""A theory brought up to date with a spreadsheet that is nobody's export: a log, a list, a logframe that comes every term.

A spreadsheet knows less than the theory: only what it says is written, links are added and never taken away, and what it
leaves empty means nothing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, TypeVar

from pydantic import ValidationError

from toc.errors import TheoryError, names_of
from toc.files.opening import read_bytes
from toc.files.short_forms import written
from toc.language.text import listed
from toc.merging.merged import Merged, Teller
from toc.merging.things import THEORY, Composed, form_of, things_of
from toc.merging.three_way import WHOLE, Field, Fields, Key, joined
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.origin import origin_of, with_origin
from toc.model.slugs import slug
from toc.model.types import Kind
from toc.problems import Problem
from toc.spelling import nearest
from toc.spreadsheet import grids_in, tables_of, workbook_in
from toc.spreadsheet.columns import Table
from toc.spreadsheet.entries import Entry
from toc.spreadsheet.gathering import Plan, gathered
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import STARTS_ROWS
from toc.spreadsheet.row_matching import Matches, matched, outside, vanished
from toc.spreadsheet.row_updates import RowUpdate
from toc.spreadsheet.workbook.returned_heads import refuse_ours
from toc.spreadsheet.xlsx_package import Tell

T = TypeVar("T", bound=Theory)
_NOWHERE: Final = Cell(1, 0)
_LOOKED_FOR: Final = 40  # new rows; looking for what they were costs more than it helps where there are very many
_UNSAID: Final = "goal"  # the remark that a row leads straight to the goal, which of a known one is not so


def updated(
    theory: T, path: str | os.PathLike[str], sheets: Collection[str], *, delete: bool, tell: Tell | None = None
) -> Merged[T]:
    """The theory with what a spreadsheet says of it. Raises TheoryError with every problem, by cell; OptionError.

    `tell` is told, again and again, how many bytes of how many are read.
    """
    source, data = os.fspath(path), read_bytes(path)
    names = names_of("sheets are named as they are in the workbook", sheets)
    workbook = workbook_in(data, source, tell)
    if workbook and not names:
        refuse_ours(workbook)
    tables = tables_of(grids_in(workbook or data, source, names))
    plan = gathered(tables, outside(theory, _NOWHERE))
    matches = matched(theory, plan.book)
    if matches.problems:
        raise TheoryError(matches.problems, source=source)
    gone = vanished(theory, _kind_of_rows(tables), matches.ids.values())
    start = _without(theory, gone if delete else ())
    matches = (
        matched(start, plan.book) if start is not theory else matches
    )  # KPIs may have gone with what they measured
    cells = _Cells(tables, plan)
    try:
        after = RowUpdate(start, plan, matches).things
    except ValidationError as error:
        raise TheoryError(map(cells.placed, problems_of(error)), source=source) from None
    made = _made(theory, after, cells, source)
    before, teller = things_of(written(theory)), Teller(theory, made)
    changes = (
        teller.change(one, after.get(one.key) or before[one.key], cells.name(one.key, one.field))
        for one in joined(before, before, after).changes
    )
    remarks = [*_gone_told(theory, gone, delete=delete), *_likely(theory, plan, matches, gone)]
    remarks += [str(one) for one in plan.remarks if one.kind != _UNSAID]
    return Merged(made, tuple(changes), (), tuple(remarks), source)


def _kind_of_rows(tables: Iterable[Table]) -> Kind:
    """What rows are about: activities, or in a logframe without them what comes first."""
    headed = {field for table in tables for field in table.columns.fields}
    first = next((field for field in STARTS_ROWS if field in headed), "title")
    return "activity" if first == "title" else "output" if first == "output" else "outcome"


def _without(theory: T, ids: Iterable[str]) -> T:
    for id in ids:
        theory = theory.without(id) if id in theory else theory  # it may have gone with another
    return theory


class _Cells:
    """Where in the spreadsheet a thing and its fields stand."""

    def __init__(self, tables: Iterable[Table], plan: Plan) -> None:
        self.tables = {table.file: table for table in tables}
        self.entries = {entry.id: entry for entry in plan.book.everything()}

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

    def placed(self, problem: Problem, composed: Composed | None = None) -> Problem:
        """A problem of the theory at the cell that it comes from; one that comes from none keeps its path."""
        steps = tuple(map(str, problem.path))
        key, field = (composed.at(problem.path) or (THEORY, WHOLE)) if composed else (steps, steps[2:])
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
    """New rows that are perhaps old ones under another title: one that is spelt almost so, or of which their id was made."""
    titles = {theory.nodes[id].title: id for id in gone}
    new = (entry for entry in plan.book.activities if entry not in matches.ids)
    for entry in islice(new, _LOOKED_FOR):
        made = slug(entry.title, kind=entry.kind)
        id = titles.get(nearest(entry.title, titles) or "") or (made if made in gone else None)
        if id:
            title = theory.nodes[id].title
            yield f"{entry.cell} '{entry.title}' is new; if it is '{title}', write '{id}' in a column headed id"
    for kind in ("pillar", "outcome"):
        there = {node.title: id for id, node in theory.of_kind(kind).items()}
        others = (entry for entry in plan.book.of(kind) if entry not in matches.ids)
        for entry in islice(others, _LOOKED_FOR):
            if near := nearest(entry.title, there):
                yield f"{entry.cell} '{entry.title}' is new; if it is '{near}', write that title"
