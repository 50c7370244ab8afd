"""From tables back to a theory: what the columns of `tables` hold that are fields of the file, whoever made the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from toc.errors import OptionError, TheoryError, one_of
from toc.given_rows import WHERE, Row, Rows, rows_given
from toc.model import Theory
from toc.model.complaints import ADVISED, problems_of
from toc.model.copies import changed
from toc.model.edits import with_nodes
from toc.model.types import KINDS, PLURALS, Kind, shown
from toc.problems import Path, Problem
from toc.spelling import hint, nearest
from toc.tables import NAMES, TABLES, Column

T = TypeVar("T", bound=Theory)
Raw = dict[str, Any]

SECTIONS: Final = {plural: kind for kind, plural in PLURALS.items()}
OF_KPIS: Final = {"measures": "measures", "milestones": "target", "readings": "readings"}
"""Tables with a row for each item of a list of a KPI, and the key of that list."""
OF_LINKS: Final = ("links", "assumptions", "evidence")
BY_ID: Final = {"partners": ("partners",), "target_groups": ("context", "target_groups")}
READ: Final = ("nodes", *SECTIONS, *OF_KPIS, *BY_ID, *OF_LINKS, "exchange")
"""The tables in the order in which they are read: nodes before what is said of them."""
WORDS_OF: Final = MappingProxyType({
    "gives": "resource", "brings": "resource", "gains": "benefit", "receives": "benefit"
})  # fmt: skip
"""Which key of the file holds a word of the library's table, by what a partner does."""
A_WORD: Final = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
ENDS: Final = ("source", "target")
LEVEL: Final = "participation_level"


def from_tables(tables: Mapping[str, Any], *, title: Any, into: type[T]) -> T:
    """The theory that DataFrames of pandas or polars, or lists of mappings, hold.

    Raises TheoryError with every problem, by table, row and column, and OptionError.
    """
    if tables.get("answers") is not None:
        raise OptionError(
            "the table 'answers' is not read: the answers of reviews need their frames, which stand in no table: "
            "write them into the file"
        )
    given = {
        one_of("table", name, READ): rows_given(frame, name) for name, frame in tables.items() if frame is not None
    }
    if not given:
        raise OptionError("a theory needs the table `nodes`, or a table of goals: toc.from_pandas(nodes=…, title=…)")
    return _TableReader(given).theory(title, into)


class _TableReader:
    """What the tables hold, in the form of a file, and where each part of it stands in them."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.tables = tables
        self.data: Raw = {section: {} for section in SECTIONS}
        self.kinds: dict[str, Kind] = {}
        self.pillars: dict[str, Row] = {}
        self.measured: dict[str, list[str]] = {}
        self.rows: dict[Path, Row] = {}
        self.problems: list[Problem] = []

    def theory(self, title: Any, into: type[T]) -> T:
        """The theory, its nodes in the columns that the tables tell."""
        for name in READ:
            if name in self.tables:
                self.know_columns(name)
                self.read(name)
        self.complete()
        data = {"toc": 1, "title": title, **self.data}
        try:
            made = into.model_validate(data)
        except ValidationError as error:
            self.problems += map(self.in_tables, problems_of(error, into, data))
        else:
            self.problems += self.unknown_pillars(made)
            if not self.problems:
                return self.in_columns(made)
        raise TheoryError(self.problems)

    def read(self, name: str) -> None:
        """One table."""
        for row in self.tables[name].rows:
            if name in OF_KPIS:
                self.of_kpi(name, row)
            elif name in OF_LINKS:
                self.of_link(name, row)
            elif name in BY_ID:
                self.by_id(name, row)
            elif name == "exchange":
                self.of_exchange(row)
            else:
                self.node(name, row)

    def know_columns(self, name: str) -> None:
        """Refuse columns that mean nothing in their table."""
        known = [*columns_of(name), *((WHERE,) if name == "readings" else ())]
        for column in self.tables[name].names:
            is_part = name == "readings" and column.startswith(f"{WHERE}_")
            if column not in known and not column.startswith("x-") and not is_part:
                near = nearest(column, known)
                message = f"{shown(column)} is no column of {name}{hint(near) or ': head it x-… to keep it'}"
                self.problems.append(self.tables[name].head.problem("TOC010", message, column, near))

    # Rows

    def node(self, name: str, row: Row) -> None:
        """A node, or more that is said of one."""
        id, kind = row.cells.get("id"), SECTIONS.get(name) or row.cells.get("kind")
        if not isinstance(id, str) or kind not in KINDS:
            field = "kind" if isinstance(id, str) else "id"
            choices = f" of {', '.join(KINDS)}" if field == "kind" else " like readers"
            code = "TOC013" if field in row.cells else "TOC011"
            self.problems.append(row.problem(code, f"`{field}` is missing or wrong: write one{choices}", field))
            return
        path = (PLURALS[kind], id)
        if id in self.kinds and (self.kinds[id] != kind or self.rows[path].path[0] == name):
            self.problems.append(
                row.problem("TOC031", f"the id '{id}' is used twice: give one of the two another", "id")
            )
            return
        self.kinds[id], self.rows[path] = kind, row
        raw = self.data[path[0]].setdefault(id, {})
        raw |= self.fields(name, row)
        if LEVEL in row.cells:
            raw.setdefault("participation", row.cells[LEVEL])
        if "pillar" in row.cells and kind in ("outcome", "output", "activity"):
            self.pillars[id] = row
        for kpi in _names(row.cells.get("kpis", ())):
            self.measured.setdefault(kpi, []).append(id)

    def of_kpi(self, name: str, row: Row) -> None:
        """A milestone, a reading, or what a KPI measures."""
        kpi = row.cells.get("kpi")
        if not isinstance(kpi, str) or kpi not in self.data["kpis"]:
            self.problems.append(self.unknown(row, "kpi", self.data["kpis"]))
            return
        items = self.data["kpis"][kpi]
        path = ("kpis", kpi, OF_KPIS[name])
        if path not in self.rows:  # what the table of KPIs says in short
            self.rows[path] = row
            items[path[2]] = []
        self.rows[*path, len(items[path[2]])] = row
        about = {one.removeprefix(f"{WHERE}_"): who for one, who in row.cells.items() if one.startswith(f"{WHERE}_")}
        item = self.fields(name, row) | ({WHERE: about} if about else {})
        items[path[2]].append(row.cells.get("measures", "") if name == "measures" else item)

    def of_link(self, name: str, row: Row) -> None:
        """A link, or an assumption or a piece of evidence of one."""
        source, target = (str(row.cells.get(end, "")) for end in ENDS)
        unknown = [self.unknown(row, end, self.kinds) for end in ENDS if row.cells.get(end) not in self.kinds]
        if unknown:
            self.problems += unknown
            return
        section = PLURALS[self.kinds[source]]
        links = self.data[section][source].setdefault("leads_to", {})
        path: Path = (section, source, "leads_to", target)
        if name == "links":
            if path in self.rows:
                self.problems.append(row.problem("TOC018", "this link stands twice: keep one of the two", "target"))
            links.setdefault(target, {}).update(self.fields(name, row))
        else:
            items = links.setdefault(target, {}).setdefault(name, [])
            path = (*path, name, len(items))
            items.append(self.fields(name, row))
        self.rows[path] = row

    def of_exchange(self, row: Row) -> None:
        """What a partner gives to an activity or gains from it; a word of the library's table, or one of the author's own."""
        activity, way = row.cells.get("activity"), row.cells.get("way")
        if not isinstance(activity, str) or activity not in self.data["activities"]:
            self.problems.append(self.unknown(row, "activity", self.data["activities"]))
            return
        if way not in ("gives", "gains"):
            self.problems.append(row.problem("TOC013", "`way` is missing or wrong: write gives or gains", "way"))
            return
        partner, what = str(row.cells.get("partner", "")), row.cells.get("what")
        dealt = self.data["activities"][activity].setdefault("exchange", {}).setdefault(partner, {}).setdefault(way, [])
        self.rows["activities", activity, "exchange", partner, way, len(dealt)] = row
        said = _thing(what, WORDS_OF[way])
        more = ("because", "source", "said_by", *(("kind",) if "text" in said else ()))
        dealt.append(said | {key: row.cells[key] for key in more if key in row.cells})

    def by_id(self, name: str, row: Row) -> None:
        """A partner or a group of people."""
        id = row.cells.get("id")
        if not isinstance(id, str):
            self.problems.append(row.problem("TOC011", "`id` is missing: write one like readers", "id"))
            return
        self.section(name)[id] = self.fields(name, row)
        self.rows[*BY_ID[name], id] = row

    def section(self, name: str) -> Raw:
        """The mapping by id of a table."""
        found = self.data
        for step in BY_ID[name]:
            found = found.setdefault(step, {})
        return found

    def fields(self, name: str, row: Row) -> Raw:
        """The keys of the file that a row holds; what is of one's own stays as it is."""
        found: Raw = {}
        held = {key: column for key, column in columns_of(name).items() if column.field and key in row.cells}
        for key, column in held.items():
            *steps, last = column.field
            inner = found
            for step in steps:
                inner = inner.setdefault(step, {})
            value = row.cells[key]
            if column.dtype == NAMES:
                value = _pairs(value, last) if last in ("codes", "reach") else _names(value)
                value = [_thing(one, WORDS_OF[last]) for one in value] if last in WORDS_OF else value
            elif last == "since" and isinstance(value, str) and value.isdecimal():
                value = int(value)  # a year, in a column that holds days too
            inner[last] = value
        own = {key: value for key, value in row.cells.items() if key.startswith("x-")}
        return {key: value for key, value in found.items() if value not in ([], {})} | own

    def unknown(self, row: Row, name: str, ids: Mapping[str, Any]) -> Problem:
        """The problem of an id that no node has."""
        id = row.cells.get(name)
        if id is None:
            return row.problem("TOC011", f"`{name}` is missing: write an id of the nodes", name)
        near = nearest(id, ids) if len(self.problems) < ADVISED else None
        return row.problem("TOC030", f"unknown id {shown(id)}{hint(near)}", name, near)

    # The whole

    def complete(self) -> None:
        """What goes without saying in tables: who is measured, links there are none of, names that no table explains."""
        for id, kpi in self.data["kpis"].items():
            kpi.setdefault("measures", self.measured.get(id, []))
        nodes = [(section, node) for section in SECTIONS for node in self.data[section].values()]
        for section, node in nodes if "links" in self.tables else ():
            if section != "kpis":
                node.setdefault("leads_to", {})
        for table, key in (("target_groups", "target_group"), ("partners", "partners")):
            if table not in self.tables:
                named = chain.from_iterable(node.get(key, ()) for _, node in nodes)
                if found := {id: {"title": id} for id in named}:
                    self.section(table).update(found)

    def unknown_pillars(self, theory: Theory) -> Iterator[Problem]:
        """Pillars that are named and are none."""
        return (
            self.unknown(row, "pillar", theory.pillars)
            for row in self.pillars.values()
            if row.cells["pillar"] not in theory.pillars
        )

    def in_columns(self, theory: T) -> T:
        """The theory with each node that does not stand in its pillar's column by its links declared to do so."""
        told = {id: row.cells["pillar"] for id, row in self.pillars.items()}
        while moved := [id for id, pillar in told.items() if theory.columns.get(id) != pillar]:
            theory = with_nodes(theory, {id: changed(theory.nodes[id], pillar=told[id]) for id in moved})
        return theory

    def in_tables(self, problem: Problem) -> Problem:
        """The problem with its place in the tables."""
        path = problem.path
        for length in range(len(path), 1, -1):
            if row := self.rows.get(path[:length]):
                name, rest = str(row.path[0]), path[length:]
                return replace(problem, path=(*row.path, *_column(name, path[length - 1], rest)))
        if problem.code == "TOC035":
            return replace(
                problem, message="there is no goal: a row of `nodes` of the kind goal is one", path=("nodes",)
            )
        return problem


def columns_of(name: str) -> Mapping[str, Column]:
    """The columns of a table; in the table of all nodes there may stand those of every kind."""
    tables = ("nodes", *SECTIONS) if name == "nodes" else (name,)
    return {column.name: column for table in tables for column in TABLES[table].columns}


def _column(name: str, last: Any, rest: Path) -> Iterable[str]:
    """The column in which the rest of a path stands."""
    steps = tuple(step for step in rest if isinstance(step, str))
    if steps[:1] == (WHERE,):
        return (f"{WHERE}_{steps[-1]}",)
    for column in columns_of(name).values():
        if column.field and steps[: len(column.field)] == column.field:
            return (column.name,)
    if name in ("measures", "links") and not steps:
        return ("measures" if name == "measures" else "target",)
    return steps[:1] or (("id",) if isinstance(last, str) else ())


def _names(value: Any) -> list[Any]:
    """Several names: a list, or a text with semicolons between them."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(";") if name.strip()]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _thing(what: Any, key: str) -> Raw:
    """What is given or gained: a word of the library's table under its key, or a text of the author's own."""
    return {key if isinstance(what, str) and A_WORD.fullmatch(what) else "text": what}


def _pairs(value: Any, key: str) -> Raw:
    """Vocabularies with their codes, from `sdg: 4.1.1`, or groups with how many people, from `pupils: 40`."""
    pairs = (str(one).partition(": ") for one in _names(value))
    return {name: int(said) if key == "reach" and said.isdecimal() else said for name, _, said in pairs}
