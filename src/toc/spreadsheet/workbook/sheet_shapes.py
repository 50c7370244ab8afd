"""The sheets of a workbook as data: which things stand in which sheet, and which key of the format in which column.

Columns follow from the models, so that a new key of a simple type has its column at once; `notes.toml` says what stands
in it. What no cell can hold stays in the file, and is named here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from toc.files.short_forms import FIRST, LAST
from toc.merging.things import ALONE, ENDS, KIND, KPI, OF_LINK
from toc.merging.three_way import Field, Things
from toc.model import Theory
from toc.model.nodes import Activity, Goal, Kpi, Outcome, Output, Pillar
from toc.model.own_frames import OwnFrame, OwnStatement
from toc.model.partner_words import BENEFITS, RESOURCES
from toc.model.partners import Exchange, Gain, Gift, Partner, Partnership
from toc.model.reviews import Review, ReviewAnswer, ReviewEvidence
from toc.model.types import CONFIDENCES
from toc.model.values import Assumption, Evidence, Link, Milestone, Reading, TargetGroup, Value

Control = Literal[
    "text", "texts", "word", "words", "number", "since", "flag", "day", "name", "names", "gifts", "shown", "own"
]
"""How a value stands in a cell.

`name` and `names` are titles in place of ids, `since` a year or a day, `gifts` words of a table beside own texts, `shown` what
a judgement rests on, and `own` what stands under an `x-…` key.
"""

README: Final = "Read me"
LISTS: Final = "Lists"
HIDDEN: Final = "_toc"
ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("goals", "pillars", "outcomes", "outputs"), "Outcomes"),
    "activities": "Activities",
    "leads_to": "Links",
    "assumptions": "Assumptions",
    "evidence": "Evidence",
    "kpis": "KPIs",
    "target": "Milestones",
    "readings": "Readings",
    "target_groups": "Groups",
    "partners": "Partners",
    "partnership": "Partnership",
    "exchange": "Exchange",
    "reciprocates": "Reciprocity",
    "reach": "Reach",
    "reviews": "Reviews",
    "answers": "Answers",
    "frames": "Frames",
    "statements": "Statements",
}
"""Keys whose values have a sheet of their own; the partners of an activity are ids, and stand in its row."""
IN_THE_FILE_ALONE: Final = frozenset({"toc", "settings", "agreed_by", "sources"})
POOLS: Final[Mapping[str, str]] = {
    "pillar": "pillars",
    "measures": "boxes",
    "target_group": "groups",
    **dict.fromkeys(("partners", "partner", "collected_by", "home"), "partners"),
}
"""Keys that hold ids, and among which things these are looked for."""
MAPPINGS: Final[Mapping[str, tuple[str, str]]] = {
    "where": ("where_", "group"),
    "codes": ("codes.", "sdg"),
    "themes": ("themes.", "people"),
}
"""Keys that hold any names with a text each: how the heading of a column of theirs begins, and the name that there always is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field of a thing that stands in it, and how; `words` are those that it may hold."""

    heading: str
    field: Field
    control: Control
    words: tuple[str, ...] = ()
    pool: str = ""
    silent: Any = None
    """What goes without saying, in the words of a cell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A sheet: its name, the table of its things, the classes whose keys are its columns, and where its things belong.

    `called` is a key with another word for its heading, because a column before it has its own. `needs` are tables: while
    nothing stands in any of them, the sheet is left out.
    """

    name: str
    table: str
    models: tuple[type[Value], ...]
    places: tuple[Column, ...] = ()
    called: tuple[str, str] = ("", "")
    besides: tuple[Column, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether it has one thing, whose keys stand under each other."""
        return self.table in ALONE

    def is_wanted(self, things: Things) -> bool:
        """Whether a workbook of these things has it."""
        return not self.needs or any(
            key[0] in self.needs and (len(key) > 1 or fields) for key, fields in things.items()
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of nodes that stand in it."""
        return tuple(model.kind for model in self.models) if self.table == "nodes" else ()  # type: ignore[attr-defined]


_ENDS: Final = tuple(Column(end[-1], end, "name", pool="boxes") for end in ENDS)
_OF_LINK: Final = tuple(Column(end[-1], end, "name", pool="boxes") for end in OF_LINK)
_OF_KPI: Final = (Column("kpi", KPI, "name", pool="kpis"),)
_ACTIVITY: Final = Column("activity", ("activity",), "name", pool="activities")
_STATEMENT: Final = Column("statement", ("statement",), "text")
SHAPES: Final = (
    Shape("Theory", "theory", (Theory,)),
    Shape(
        "Outcomes",
        "nodes",
        (Goal, Pillar, Outcome, Output),
        (Column("kind", KIND, "word", ("goal", "pillar", "outcome", "output")),),
    ),
    Shape("Activities", "nodes", (Activity,)),
    Shape("Links", "links", (Link,), _ENDS),
    Shape("Assumptions", "assumptions", (Assumption,), _OF_LINK),
    Shape("Evidence", "evidence", (Evidence,), _OF_LINK, ("source", "evidence")),
    Shape("KPIs", "nodes", (Kpi,)),
    Shape("Milestones", "milestones", (Milestone,), _OF_KPI),
    Shape("Readings", "readings", (Reading,), _OF_KPI),
    Shape("Groups", "groups", (TargetGroup,)),
    Shape("Partners", "partners", (Partner,)),
    Shape("Partnership", "partnership", (Partnership,), needs=("partners", "partnership")),
    Shape(
        "Exchange",
        "exchange",
        (Exchange,),
        (_ACTIVITY, Column("partner", ("partner",), "name", pool="partners")),
        needs=("partners",),
    ),
    Shape(
        "Reciprocity",
        "reciprocates",
        (),
        (_ACTIVITY, Column("reciprocates", ("reciprocates",), "name", pool="activities")),
        besides=(Column("because", ("because",), "text"),),
        needs=("partners", "reciprocates"),
    ),
    Shape(
        "Reach",
        "reach",
        (),
        (_ACTIVITY, Column("group", ("group",), "name", pool="groups")),
        besides=(Column("people", ("people",), "number"),),
        needs=("partners", "reach"),
    ),
    Shape("Reviews", "reviews", (Review,), needs=("reviews",)),
    Shape(
        "Answers",
        "answers",
        (ReviewAnswer,),
        (Column("review", ("review",), "name", pool="reviews"), _STATEMENT),
        needs=("reviews",),
    ),
    Shape("Frames", "frames", (OwnFrame,), needs=("frames",)),
    Shape(
        "Statements",
        "statements",
        (OwnStatement,),
        (Column("frame", ("frame",), "name", pool="frames"), _STATEMENT),
        needs=("frames",),
    ),
)


@cache
def columns_of(shape: Shape) -> tuple[Column, ...]:
    """The columns of a sheet but for those of `x-…` keys and the ids: where its things belong, then the keys of its classes."""
    found = {column.field: column for column in (*shape.places, *shape.besides)}
    for model in shape.models:
        for column in _columns(model):
            there = found.setdefault(column.field, column)
            if there.silent != column.silent:
                found[column.field] = replace(there, silent=None)
    key, other = shape.called
    places, keys = shape.places, [column for column in found.values() if column not in shape.places]
    keys = [replace(column, heading=other) if column.heading == key else column for column in keys]
    if shape.table == "nodes":
        keys.sort(key=lambda column: _rank(column.field[0]))
    return (*places, *keys)


def _rank(key: str) -> int:
    """Where a key of a node stands among the others, as in a file."""
    return FIRST.index(key) if key in FIRST else len(FIRST) + (1 + LAST.index(key) if key in LAST else 0)


def _columns(model: type[Value]) -> Iterator[Column]:
    """The columns for the keys of a class, values that nest in it included."""
    for name, field in model.model_fields.items():
        if name in model.derived or name in IN_THE_FILE_ALONE or (name in ELSEWHERE and name not in _own(model)):
            continue
        leaves = [*_leaves(field.annotation)]
        inner = next((leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Value)), None)
        if inner is not None and inner in LISTED:
            yield Column(name, (name,), LISTED[inner], LISTED_WORDS.get(inner, ()))
        elif inner is not None:
            yield from _nested(name, inner)
        elif name in MAPPINGS:
            yield mapping_column(name, MAPPINGS[name][1])
        elif column := _column(name, leaves, field.default):
            yield column


LISTED: Final[Mapping[type[Value], Control]] = {Gift: "gifts", Gain: "gifts", ReviewEvidence: "shown"}
"""Values that stand in one cell together, each by its word or text."""
LISTED_WORDS: Final[Mapping[type[Value], tuple[str, ...]]] = {Gift: RESOURCES, Gain: BENEFITS}


def _own(model: type[Value]) -> frozenset[str]:
    """Keys that elsewhere are sheets, and here stand in a row."""
    return frozenset({Activity: ("partners",), ReviewAnswer: ("evidence",)}.get(model, ()))


def mapping_column(name: str, key: str) -> Column:
    """The column for one name of those that stand under a key such as `where`."""
    return Column(f"{MAPPINGS[name][0]}{key}", (name, key), "text")


def _nested(name: str, inner: type[Value]) -> Iterator[Column]:
    """The columns of a value in a value: the field that may stand for all of it bears its name."""
    for column in _columns(inner):
        is_short = inner.model_fields[column.field[0]].is_required()
        yield replace(column, heading=name if is_short else f"{name}.{column.heading}", field=(name, *column.field))


def _column(name: str, leaves: list[Any], default: Any) -> Column | None:
    """The column for a key whose values are these types and words; None for what no cell can hold."""
    words = tuple(leaf for leaf in leaves if isinstance(leaf, str))
    if name == "confidence":
        words = tuple(CONFIDENCES)
    types = {leaf for leaf in leaves if isinstance(leaf, type)}
    several = tuple in types
    control: Control | None = None
    if name in POOLS:
        control = "names" if several else "name"
    elif several:
        control = "words" if words else "texts" if str in types else None
    elif types >= {int, date}:
        control = "since"
    elif types & {int, float}:
        control = "number"
    elif words:
        control = "word"
    else:
        control = next((BY_TYPE[one] for one in BY_TYPE if one in types), None)
    silent = ("yes" if default else "no") if isinstance(default, bool) else default if default in words else None
    words = ("yes", "no") if control == "flag" else words
    return control and Column(name, (name,), control, words, POOLS.get(name, ""), silent)


BY_TYPE: Final[Mapping[type, Control]] = {bool: "flag", date: "day", str: "text"}


def _leaves(annotation: Any) -> Iterator[Any]:
    """The types and the words of which an annotation is made; `tuple` for a list of what follows."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin is Literal:
        yield from get_args(annotation)
    elif origin in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _leaves(part)
    elif origin is not None:
        yield origin
        for part in get_args(annotation):
            yield from _leaves(part)
    elif annotation not in {None, NoneType, ...}:
        yield annotation


@cache
def _notes() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("toc.spreadsheet.workbook").joinpath("notes.toml").read_text(encoding="utf-8"))


def note_on(shape: Shape, column: Column) -> str | None:
    """What stands in a column, in words; None where nothing is written about it."""
    name = column.heading
    name = next((f"{start}…" for start, _ in MAPPINGS.values() if name.startswith(start)), name)
    names = (name, f"….{name.rpartition('.')[2]}") if "." in name else (name,)
    places = (_notes()[shape.name], _notes()["all"])
    return next((notes[name] for name in names for notes in places if name in notes), None)


def how_to_fill(column: Column) -> Iterator[str]:
    """What may be typed into a column, and what an empty cell means."""
    if column.words and column.control != "flag":
        number = "a number, or " if column.control == "number" else ""
        several = column.control in ("words", "gifts")
        start = "Words for it" if several else "Either" if number else "One of"
        yield f"{start}: {number}{', '.join(column.words)}."
    if text := HOW.get(column.control):
        yield text
    if column.silent is not None:
        yield f"An empty cell means {column.silent}."


HOW: Final[Mapping[str, str]] = {
    "words": "Several: put a semicolon between them.",
    "gifts": "Or your own words. Several: put a semicolon between them. Why, and who says so, stays in the file.",
    "shown": "Titles, or a text of your own. Several: put a semicolon between them. Addresses and dates stay in the file.",
    "since": "A year or a date.",
    "texts": "Several: put a semicolon between them.",
    "names": "Titles as in their own sheet. Several: put a semicolon between them.",
    "name": "A title as in its own sheet.",
    "day": "A date.",
    "flag": "yes or no.",
}


def sheet_notes() -> Mapping[str, str]:
    """What stands in each sheet."""
    return _notes()["sheets"]


def readme() -> tuple[str, ...]:
    """What people should know before they change something."""
    return tuple(_notes()["readme"].values())
