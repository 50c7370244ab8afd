"""What came of joining a theory with what came back: the changes, what both sides changed, and what should be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from functools import partial
from typing import Any, Final, Generic, NamedTuple, TypeVar

from toc.analysis.comparison.change_text import NOT_STATED, before_and_after
from toc.analysis.comparison.differences import FieldChange
from toc.language.numbers import number
from toc.language.text import chained, one_line, quoted
from toc.language.vocabulary import word
from toc.merging.things import ENDS, KPI, MEMBERS, OF_LINK
from toc.merging.three_way import ABSENT, WHOLE, Change, Clash, Field, Fields, Key
from toc.model import Theory
from toc.pages.answer import Answer, Sheets, plain
from toc.pages.blocks import Block, Bullets, Heading, Page, Paragraph, Table
from toc.pages.sheet import Column, Sheet
from toc.problems import Problem, letters

T = TypeVar("T", bound=Theory)
KINDS: Final[Mapping[str, str]] = {
    "theory": "Theory",
    "milestones": "Milestone",
    "readings": "Reading",
    "groups": "Target group",
    "partnership": "Partnership",
    "exchange": "Exchange",
    "reciprocates": "Reciprocity",
    "reach": "Reach",
    "reviews": "Review",
    "answers": "Answer",
    "frames": "Frame",
    "statements": "Statement",
}
WORDS: Final[Mapping[str, str]] = {
    "links": "link",
    "assumptions": "assumption",
    "evidence": "evidence",
    "partners": "partner",
}


class Place(NamedTuple):
    """A cell: the sheet, the row from 1 and the column from 1."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{letters(self.column - 1)}{self.row}"


@dataclass(frozen=True, slots=True)
class MergedChange:
    """One field that became another, or, without a `field`, a thing that was added or removed; `cell` is where it stands."""

    change: str
    kind: str
    title: str
    field: str | None
    old: Any
    new: Any
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """One field, or, without a `field`, a whole thing, that both sides changed: before, in the file, in what came back."""

    kind: str
    title: str
    field: str | None
    base: Any
    mine: Any
    theirs: Any
    cell: str | None = None
    problem: Problem | None = given(default=None, compare=False, repr=False)


@dataclass(frozen=True, repr=False)
class Merged(Answer, Generic[T]):
    """What came of joining a theory with what came back: `theory` has every change, and of each conflict what it had before.

    `changes` are those that were made, `conflicts` what both sides changed into something else, `remarks` what was not
    used, mended or kept. The tables are "changes" and "conflicts".
    """

    theory: T
    changes: tuple[MergedChange, ...]
    conflicts: tuple[MergeConflict, ...]
    remarks: tuple[str, ...]
    source: str = "what came back"

    def _page(self) -> Page:
        blocks: list[Block] = [Heading(f"{one_line(self.theory.title)}: what {self.source} changes", 1)]
        blocks.append(Paragraph(self._summary(), strong=True))
        if self.conflicts:
            blocks += [Heading("Changed on both sides"), Paragraph("The file keeps what it says until you decide.")]
            rows = ((*_what(one), _told(one.base), _told(one.mine), _told(one.theirs)) for one in self.conflicts)
            blocks.append(Table(("What", "Field", "Before", "In the file", "Came back"), tuple(rows), (3, 2, 3, 3, 3)))
        if self.changes:
            blocks.append(Heading("Changes"))
            made = ((*_what(one), _told(one.old), _told(one.new)) for one in self.changes)
            blocks.append(Table(("What", "Field", "Before", "Now"), tuple(made), (4, 2, 4, 4)))
        if self.remarks:
            blocks += [Heading("To look at"), Bullets(self.remarks)]
        return Page(one_line(self.theory.title), tuple(blocks))

    def _summary(self) -> str:
        counts = [_counted(len(self.changes), "change"), _counted(len(self.conflicts), "conflict")]
        return f"{counts[0]}, {counts[1]}."

    def _sheets(self) -> Sheets:
        return {"changes": partial(_changes, self), "conflicts": partial(_conflicts, self)}

    def _record(self) -> dict[str, Any]:
        return {
            "title": self.theory.title,
            "changes": plain(self.changes),
            "conflicts": plain(tuple(_without_problem(one) for one in self.conflicts)),
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary().removesuffix('.')}>"


def _without_problem(one: MergeConflict) -> dict[str, Any]:
    names = ("kind", "title", "field", "base", "mine", "theirs", "cell")
    return {name: getattr(one, name) for name in names}


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else f"no {noun}s"


def _what(one: MergedChange | MergeConflict) -> tuple[str, str]:
    what = one.change if isinstance(one, MergedChange) and one.field is None else one.field or "all of it"
    return f"{one.kind}: {one.title}", what


def _told(value: Any) -> str:
    """A value in a table: of a thing that came or went its values one after the other."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_told(one)}" for key, one in value.items()) or NOT_STATED
    return NOT_STATED if value is None else _one(value)


def _one(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return number(value)
        case Mapping():
            first, *others = [_one(part) for part in value.values()]
            return f"{first} ({'; '.join(others)})" if others else first
        case list() | tuple():
            return ", ".join(map(_one, value)) or NOT_STATED
        case _:
            return one_line(str(value))


def _changes(found: Merged[Any]) -> Sheet[MergedChange]:
    columns: tuple[Column[MergedChange], ...] = (
        Column("change", "Change"),
        Column("kind", "Kind"),
        Column("title", "What"),
        Column("field", "Field"),
        Column("old", "Before", cell=lambda row: _told(row.old)),
        Column("new", "Now", cell=lambda row: _told(row.new)),
        Column("cell", "Cell"),
    )
    return Sheet(columns, found.changes)


def _conflicts(found: Merged[Any]) -> Sheet[MergeConflict]:
    columns: tuple[Column[MergeConflict], ...] = (
        Column("kind", "Kind"),
        Column("title", "What"),
        Column("field", "Field"),
        Column("base", "Before", cell=lambda row: _told(row.base)),
        Column("mine", "In the file", cell=lambda row: _told(row.mine)),
        Column("theirs", "Came back", cell=lambda row: _told(row.theirs)),
        Column("cell", "Cell"),
    )
    return Sheet(columns, found.conflicts)


class Teller:
    """Puts joined fields into words, with the titles that the theory has before and after."""

    def __init__(self, old: Theory, new: Theory) -> None:
        self.old = old
        self.new = new

    def change(self, change: Change, fields: Fields, cell: str | None) -> MergedChange:
        """A change; `fields` are those of the thing that it is about."""
        what = "changed" if change.field else "added" if change.old is ABSENT else "removed"
        kind, title = self._name(change.key, fields)
        old, new = (self._value(change.field, value) for value in (change.old, change.new))
        return MergedChange(what, kind, title, _dotted(change.field), old, new, cell)

    def conflict(self, clash: Clash, fields: Fields, place: Place | None) -> MergeConflict:
        """A conflict, with the problem that it is."""
        kind, title = self._name(clash.key, fields)
        base, mine, theirs = (self._value(clash.field, value) for value in (clash.base, clash.mine, clash.theirs))
        what = f"{kind} {quoted(title, 60)}{'' if clash.field == WHOLE else f', {_dotted(clash.field)}'}"
        message = (
            f"{what}: changed on both sides: before {_said(base)}, in the file {_said(mine)}, in the workbook {_said(theirs)}; "
            "decide in one of them, or with --take workbook or --take file"
        )
        row, column, sheet = (place.row, place.column, place.sheet) if place else (None, None, None)
        problem = Problem("TOC038", message, (), row, column, sheet=sheet)
        return MergeConflict(kind, title, _dotted(clash.field), base, mine, theirs, place and str(place), problem)

    def _name(self, key: Key, fields: Fields) -> tuple[str, str]:
        """What kind of thing it is, and what people call it."""
        table, theory = key[0], self.new
        kind = KINDS.get(table) or word(theory, WORDS.get(table) or str(fields.get(("kind",), "goal")))
        match table:
            case "theory" | "partnership":
                return kind, one_line(theory.title)
            case table if table in MEMBERS and MEMBERS[table].ids:
                return kind, ", ".join(self._title(str(fields.get(end, "")), end) for end in MEMBERS[table].ids)
            case "links":
                return kind, chained(self._title(str(fields.get((end,), ""))) for end in ("source", "target"))
            case "assumptions" | "evidence":
                return kind, one_line(str(fields.get(("text",)) or fields.get(("source",)) or ""))
            case "milestones" | "readings":
                parts = [self._title(str(fields.get(("kpi",), ""))), fields.get(("by",)), fields.get(("date",))]
                return kind, ", ".join(str(part) for part in (*parts, *_where(fields)) if part)
            case _:
                return kind, one_line(str(fields.get(("title",), key[-1])))

    def _title(self, id: str, field: Field = ()) -> str:
        """What a node is called, or what its field says that it is; the id of what has no title."""
        for theory in (self.new, self.old):
            found = _POOLS.get(field, _nodes)(theory).get(id)
            if found is not None:
                return one_line(found.title)
        return id

    def _value(self, field: Field, value: Any) -> Any:
        """A value as people know it, with titles in place of ids; of a whole thing all its values."""
        if value is ABSENT or value is None:
            return None
        if field == WHOLE:
            return {_dotted(one): self._value(one, part) for one, part in value.items() if one != ("kind",)}
        if field in _ENDS:
            return self._title(str(value), field)
        if field in IDS:
            return before_and_after(self.old, self.new, FieldChange(field, value, value))[1]
        return value


def _nodes(theory: Theory) -> Mapping[str, Any]:
    return theory.nodes


_POOLS: Final[Mapping[Field, Callable[[Theory], Mapping[str, Any]]]] = {
    ("partner",): lambda theory: theory.partners,
    ("home",): lambda theory: theory.partners,
    ("group",): lambda theory: theory.context.target_groups,
    ("frame",): lambda theory: theory.frames,
    **dict.fromkeys((("review",), ("statement",)), lambda _: {}),
}
"""Where the titles of what a field names stand, if not among the nodes."""
_ENDS: Final = {*ENDS, *OF_LINK, KPI, ("activity",), ("reciprocates",), ("home",), ("group",)}
IDS: Final = {("pillar",), ("measures",), ("target_group",), ("partners",)}


def _where(fields: Fields) -> list[str]:
    return [str(value) for path, value in fields.items() if path[0] == "where"]


def _dotted(field: Field) -> str | None:
    return ".".join(field) or None


def _said(value: Any) -> str:
    return "nothing" if value is None else quoted(_told(value), 60)
