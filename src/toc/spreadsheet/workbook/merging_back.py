"""A theory joined with the workbook that was made of it and comes back changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from toc.errors import OptionError, TheoryError, as_given
from toc.files.short_forms import written
from toc.merging.merged import Merged, Place, Teller
from toc.merging.things import ENDS, KIND, LEADS_TO, MEMBERS, THEORY, Composed, form_of, things_of
from toc.merging.three_way import ABSENT, WHOLE, Change, Clash, Field, Fields, Key, Things, applied, joined
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.model.origin import origin_of, with_origin
from toc.problems import Problem
from toc.spelling import hint, nearest
from toc.spreadsheet.grid import Cell
from toc.spreadsheet.headings import LOOKED_AT
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.reading_headings import RECORDED, is_readings
from toc.spreadsheet.workbook.hidden_base import base_in
from toc.spreadsheet.workbook.returned_heads import is_ours, missing_sheets, our_sheets, strange_sheets
from toc.spreadsheet.workbook.returned_rows import Returned, RowReader
from toc.spreadsheet.workbook.row_sheets import exported, row_ids
from toc.spreadsheet.workbook.sheet_shapes import HIDDEN
from toc.spreadsheet.workbook_cells import Workbook

T = TypeVar("T", bound=Theory)
Take = Literal["workbook", "file"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to join: whose word counts where both sides changed something, whether rows that are gone go, columns to keep."""

    take: Take | None = None
    delete: bool = False
    keep: tuple[str, ...] = ()


def merged_back(theory: T, workbook: Workbook, wishes: Wishes) -> Merged[T]:
    """What a workbook changes in a theory. Raises TheoryError with every cell that cannot be read."""
    if not any(True for _ in our_sheets(workbook)):
        message = "none of the sheets that toc workbook writes is in it; toc update takes spreadsheets of other people"
        raise TheoryError([Problem("TOC002", message)], source=workbook.source)
    heads = (row for sheet in workbook.sheets for row in sheet.rows[:LOOKED_AT])
    if not is_ours(workbook) and any(is_readings(cell.text for cell in row) for row in heads):
        raise TheoryError([Problem("TOC002", RECORDED)], source=workbook.source)
    _refuse_unknown(wishes.keep, workbook)
    mine = things_of(written(theory))
    base = base_in(workbook.sheet(HIDDEN))
    if base is not None and not _are_kin(base, mine):
        message = (
            f"it was made of another theory, “{base[THEORY].get(('title',), '')}”, of which nothing stands in this one"
        )
        raise TheoryError([Problem("TOC002", message)], source=workbook.source)
    returned = RowReader(workbook, base, mine, wishes.keep).returned()
    if returned.problems:
        raise TheoryError(_in_order(returned.problems), source=workbook.source)
    deletes = wishes.delete and base is not None
    if deletes:
        for key in returned.gone:
            del returned.things[key]
    found = joined(*_alongside(mine if base is None else base, mine, returned.things))
    taken = tuple(clash.taken() for clash in found.clashes) if wishes.take == "workbook" else ()
    changes = (*found.changes, *taken)
    made = _theory(theory, changes, returned, workbook.source) if changes else theory
    clashes = () if wishes.take else found.clashes
    for clash in found.clashes if wishes.take == "file" else ():
        _tell_left(clash, returned)
    kept = () if deletes or (base is None and not wishes.delete) else returned.gone
    _tell(returned, workbook, has_base=base is not None, kept=kept, before=base or mine)
    return _told(Sides(theory, made, mine), changes, clashes, returned, workbook)


def _refuse_unknown(keep: Iterable[str], workbook: Workbook) -> None:
    """Raise OptionError for a column to keep that is nowhere."""
    tops = [cell.text.strip() for _, sheet in our_sheets(workbook) for row in sheet.rows[:LOOKED_AT] for cell in row]
    known = {text.casefold() for text in tops}
    for name in keep:
        if name.strip().casefold() not in known:
            raise OptionError(f"no column is headed {as_given(name)}{hint(nearest(name, dict.fromkeys(tops)))}")


def _are_kin(base: Things, mine: Things) -> bool:
    """Whether two theories have a title or a thing in common, whatever else was changed meanwhile."""
    lone = {key for key in base if key[0] in ("nodes", "kpis") and base[key].get(KIND) != "goal"}
    return not lone or bool(lone & mine.keys()) or base[THEORY].get(("title",)) == mine[THEORY].get(("title",))


def theory_in(workbook: Workbook) -> tuple[Theory, tuple[str, ...]]:
    """The whole theory in a workbook that has our sheets, and what is told of it. Raises TheoryError by cell."""
    base = base_in(workbook.sheet(HIDDEN))
    returned = RowReader(workbook, base, base or {}).returned()
    if returned.problems:
        raise TheoryError(_in_order(returned.problems), source=workbook.source)
    for key in returned.gone:
        del returned.things[key]
    composed = form_of(returned.things)
    problems = [_astray(key, returned) for key in composed.astray]
    try:
        made = Theory.model_validate({"toc": 1, **composed.form})
    except ValidationError as error:
        problems += [_placed(problem, composed, returned) for problem in problems_of(error)]
    if problems:
        raise TheoryError(_in_order(problems), source=workbook.source)
    _tell_sheets(returned.ledger, workbook, returned.things)
    return made, (*workbook.remarks, *map(str, returned.ledger.remarks()))


def _alongside(base: Things, mine: Things, theirs: Things) -> tuple[Things, Things, Things]:
    """The three sides, where what no workbook shows is on all of them as it is in the file."""
    seen = exported(mine)
    unseen = {
        key: {
            path: value for path, value in fields.items() if path not in seen[key] and path not in theirs.get(key, {})
        }
        for key, fields in mine.items()
    }
    return _with_unseen(base, unseen), mine, _with_unseen(theirs, unseen)


def _with_unseen(things: Things, unseen: Things) -> Things:
    """Things with fields that stand in no workbook."""
    return {key: {**fields, **unseen.get(key, {})} for key, fields in things.items()}


# From changes to a theory


def _theory(theory: T, changes: tuple[Change, ...], returned: Returned, source: str | None) -> T:
    """The theory with changes made, and validated; what is wrong is told with its cell."""
    start = theory
    for change in changes:
        if change.key[0] == "nodes" and change.field == WHOLE and change.new is ABSENT and change.key[1] in start:
            start = start.without(change.key[1])
    mine = things_of(written(start))
    lost = [one for one in changes if one.field and one.key not in mine]
    if lost:
        raise TheoryError([_on_nothing(one, returned) for one in lost], source=source)
    composed = form_of(_pillars_said(mine, applied(mine, [*_implied(mine, changes), *changes])))
    problems = [_astray(key, returned) for key in composed.astray]
    try:
        made = type(theory).model_validate(composed.form)
    except ValidationError as error:
        problems += [_placed(problem, composed, returned) for problem in problems_of(error)]
    else:
        if not problems:
            return with_origin(made, origin_of(theory))
    raise TheoryError(_in_order(problems), source=source)


def _implied(mine: Things, changes: Iterable[Change]) -> Iterator[Change]:
    """Links that go without saying, said where a pillar that leads to every goal gets a link of its own."""
    goals = [key[1] for key, fields in mine.items() if key[0] == "nodes" and fields[KIND] == "goal"]
    said = {key[1] for key in mine if key[0] == "links"}
    said |= {key[1] for key, fields in mine.items() if (LEADS_TO,) in fields}
    for change in [*changes]:
        source = str(change.new.get(ENDS[0], "")) if change.field == WHOLE and change.new is not ABSENT else ""
        if change.key[0] == "links" and source not in said and mine.get(("nodes", source), {}).get(KIND) == "pillar":
            said.add(source)
            for goal in goals:
                link: Fields = dict(zip(ENDS, (source, goal), strict=True))
                yield Change(("links", source, goal), WHOLE, ABSENT, link)


def _pillars_said(mine: Things, made: dict[Key, dict[Field, Any]]) -> dict[Key, dict[Field, Any]]:
    """A pillar that had links and lost them all leads nowhere, and not to every goal."""
    had, has = ({fields[ENDS[0]] for key, fields in side.items() if key[0] == "links"} for side in (mine, made))
    for id in had - has:
        if made.get(("nodes", id), {}).get(KIND) == "pillar":
            made["nodes", id][LEADS_TO,] = {}
    return made


# What is wrong, with its cell


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return [*dict.fromkeys(problems)]


def _at(problem: Problem, key: Key, path: Field, returned: Returned) -> Problem:
    spot = returned.spots.get(key)
    if spot is None:
        return problem
    if not path and key[0] in MEMBERS:
        path = next(iter(MEMBERS[key[0]].ids[-1:]), path)  # what is wrong with all of it is mostly its own id
    at = (spot.column(path), spot.row) if len(key) > 1 else (spot.row, spot.column(path))
    return replace(problem, line=at[1], column=at[0], sheet=spot.sheet)


def _placed(problem: Problem, composed: Composed, returned: Returned) -> Problem:
    """A problem of the joined theory at the cell that it is about; one that is about no cell keeps its path."""
    found = composed.at(problem.path)
    return _at(problem, *found, returned) if found else problem


def _astray(key: Key, returned: Returned) -> Problem:
    message = "what it belongs to is not there: add that in its own sheet, or delete this row"
    return _at(Problem("TOC030", message), key, (), returned)


def _on_nothing(change: Change, returned: Returned) -> Problem:
    message = "it went with what is deleted, and is changed in this row: delete the row, or keep what it hangs on"
    return _at(Problem("TOC036", message), change.key, change.field, returned)


# What is told


def _tell_left(clash: Clash, returned: Returned) -> None:
    """That the file keeps what both sides changed."""
    place = _place(clash, returned)
    cell = Cell(place.row, place.column - 1, place.sheet) if place else None
    returned.ledger.tell("left", cell, ".".join(clash.field) or "all of it")


class Sides(NamedTuple, Generic[T]):
    """The theory before and after, and its things before."""

    old: T
    new: T
    mine: Things


def _told(
    sides: Sides[T], changes: Iterable[Change], clashes: tuple[Clash, ...], returned: Returned, workbook: Workbook
) -> Merged[T]:
    teller = Teller(sides.old, sides.new)
    made, left = [], []
    for change in changes:
        place = _place(change, returned)
        fields = returned.things.get(change.key) or sides.mine[change.key]
        made.append(teller.change(change, fields, place and str(place)))
    paths = {key: path for path, key in form_of(sides.mine).places.items()} if clashes else {}
    for clash in clashes:
        fields = sides.mine.get(clash.key) or returned.things[clash.key]
        told = teller.conflict(clash, fields, _place(clash, returned))
        problem = told.problem and replace(told.problem, path=(*paths.get(clash.key, ()), *clash.field))
        left.append(replace(told, problem=problem))
    remarks = (*workbook.remarks, *map(str, returned.ledger.remarks()))
    return Merged(sides.new, tuple(made), tuple(left), remarks, workbook.source or "the workbook")


def _place(one: Change | Clash, returned: Returned) -> Place | None:
    placed = _at(Problem("", ""), one.key, one.field, returned)
    if placed.sheet is None or placed.line is None or placed.column is None:
        return None
    return Place(placed.sheet, placed.line, placed.column)


def _tell(returned: Returned, workbook: Workbook, *, has_base: bool, kept: Collection[Key], before: Things) -> None:
    """What concerns no single cell: sheets, rows that are gone, and that it is not known what was changed."""
    ledger: Ledger = returned.ledger
    if not has_base:
        ledger.tell("no-base-in-csv" if workbook.is_text else "no-base", None, "")
    _tell_sheets(ledger, workbook, before)
    ids = row_ids(before)
    for key in kept:
        ledger.tell("gone" if has_base else "gone-unknown", None, f"'{before[key].get(('title',)) or ids[key]}'")


def _tell_sheets(ledger: Ledger, workbook: Workbook, things: Things) -> None:
    for kind, names in (("sheet", strange_sheets(workbook)), ("no-sheet", missing_sheets(workbook, things))):
        for name in names:
            ledger.tell(kind, None, f"'{name}'")
