"""From rows to what they say: one activity for each title, with pillars, links and KPIs, and every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from toc.errors import TheoryError
from toc.language.numbers import number
from toc.model.slugs import slug
from toc.model.structure import is_id
from toc.model.types import Level, shown
from toc.problems import Problem
from toc.spreadsheet.cells import Amount, amount, content, level, level_or_none, people
from toc.spreadsheet.csv_table import Row, Table
from toc.spreadsheet.headings import KpiColumns
from toc.spreadsheet.named_links import Named, linked

V = TypeVar("V")
GOAL: Final = "goal"


@dataclass(slots=True)
class Measure:
    """A KPI of an activity; `typed` is what its target's cell held, where that had to be guessed at."""

    id: str
    title: str
    unit: str | None = None
    target: float | None = None
    typed: str | None = None


@dataclass(slots=True)
class Activity(Named):
    """What all rows with one title, or one id, say."""

    pillars: list[str] = field(default_factory=list)
    certainty: Level | None = None
    participation: int | Level | None = None
    typed: str | None = None
    kpis: list[Measure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the spreadsheet says, ready to be written: pillars by id, and activities in the order of the rows."""

    pillars: dict[str, str]
    activities: tuple[Activity, ...]
    remarks: tuple[str, ...]


def gathered(table: Table) -> Plan:
    """Everything the rows say. Raises TheoryError with every problem, by row and column."""
    gathering = _Gathering(table)
    for row in table.rows:
        gathering.take(row)
    activities = tuple(gathering.activities)
    if not activities and not gathering.problems:
        gathering.report("TOC011", "there are no activities under the headings: write one in each row", 1, 0)
    gathering.name_all()
    pillars = {id: title for title, id in gathering.pillar_ids.values()}
    gathering.problems += linked(activities, pillars, table)
    if gathering.problems:
        problems = sorted(gathering.problems, key=lambda problem: (problem.line or 0, problem.column or 0))
        raise TheoryError(problems, source=table.source)
    remarks = [*gathering.remarks, *_without_pillars(activities)]
    return Plan(pillars, activities, tuple(remarks))


def _without_pillars(activities: Iterable[Activity]) -> list[str]:
    return [
        f"no pillar: {shown(one.title)} (row {one.row}) leads straight to the goal"
        for one in activities
        if not one.pillars and not one.links
    ]


class _Gathering:
    """Where the walk down the rows stands."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self.activities: list[Activity] = []
        self.by_title: dict[str, Activity] = {}
        self.by_id: dict[str, Activity] = {}
        self.pillar_ids: dict[str, tuple[str, str]] = {}
        self.taken: dict[str, int] = {GOAL: 1}

    def take(self, row: Row) -> None:
        """One row more."""
        activity = self.activity_of(row)
        if activity is None:
            return
        for column in self.table.columns.fields.get("pillar", ()):
            for name in row.cell(column).replace(";", "\n").splitlines():
                self.stand_in(activity, content(name))
        for column in self.table.columns.fields.get("leads_to", ()):
            if text := content(row.cell(column).replace("\n", ";")):
                activity.wanted.append((text, row.number, column))
        self.rate(activity, row)
        for columns in self.table.columns.kpis:
            self.measure(activity, row, columns)

    def activity_of(self, row: Row) -> Activity | None:
        """The activity a row is about: a new one, or that of a row above with the same title or id."""
        columns = self.table.columns
        title, typed_id = content(row.cell(columns.one("title"))), content(row.cell(columns.one("id")))
        if not title:
            return self.untitled(row, typed_id)
        by_id = self.by_id.get(typed_id.casefold()) if typed_id else None
        if by_id and by_id.title.casefold() != title.casefold():
            message = f"the id {shown(typed_id)} is used twice: row {by_id.row} has it already, so give one another id"
            self.report("TOC031", message, row.number, columns.one("id"))
            return None
        same = by_id or self.by_title.get(title.casefold())
        if same is None or (typed_id and same.typed_id and typed_id.casefold() != same.typed_id.casefold()):
            same = Activity(row.number, title, typed_id)
            self.activities.append(same)
            self.by_title.setdefault(title.casefold(), same)
        if typed_id:
            same.typed_id = typed_id
            self.by_id[typed_id.casefold()] = same
        return same

    def untitled(self, row: Row, typed_id: str) -> Activity | None:
        """A row without a title: another KPI of the activity above (its cells were joined), or a mistake."""
        columns = self.table.columns
        used = [column for found in columns.fields.values() for column in found if content(row.cell(column))]
        described = any(content(row.cell(kpi.title)) for kpi in columns.kpis)
        if not used and not typed_id and described and self.activities:
            above = self.activities[-1]
            self.remarks.append(
                f"row {row.number} has no title: its KPI is taken for one of {shown(above.title)} above"
            )
            return above
        if used or described:
            self.report(
                "TOC017", "this row has no title: write one, or empty the row", row.number, columns.one("title")
            )
        return None

    def stand_in(self, activity: Activity, name: str) -> None:
        """Put an activity under a pillar, which is new with its first activity."""
        if name:
            key = name.casefold()
            self.pillar_ids.setdefault(key, (name, ""))
            if key not in activity.pillars:
                activity.pillars.append(key)

    def rate(self, activity: Activity, row: Row) -> None:
        """Certainty and participation; rows of one activity must not disagree."""
        columns = self.table.columns
        certainty = self.read(row, columns.one("certainty"), level)
        activity.certainty = self.agreed(activity.certainty, certainty, row, columns.one("certainty"))
        column = columns.one("participation")
        found = self.read(row, column, lambda text: level_or_none(text) or people(text), "TOC012")
        if isinstance(found, Amount):
            typed = content(row.cell(column)) if found.guessed else None
            if typed:
                self.remarks.append(f"row {row.number}: participation {shown(typed)} is read as {found.value}")
            activity.typed = activity.typed or typed
            activity.participation = self.agreed(activity.participation, int(found.value), row, column)
        else:
            activity.participation = self.agreed(activity.participation, found, row, column)

    def agreed(self, before: V | None, now: V | None, row: Row, column: int | None) -> V | None:
        """The one value that the rows of an activity give."""
        if now is not None and before is not None and now != before and column is not None:
            message = (
                f"{self.table.heading(column)} says {shown(now)}, but a row above says {shown(before)} for the same "
                f"activity: make them agree, or give the two activities different ids"
            )
            self.report("TOC012", message, row.number, column)
        return before if before is not None else now

    def measure(self, activity: Activity, row: Row, columns: KpiColumns) -> None:
        """One KPI of a row, with its unit and target."""
        title, unit = content(row.cell(columns.title)), content(row.cell(columns.unit))
        target = self.read(row, columns.target, amount, "TOC012")
        if not title:
            column = columns.target if target else columns.unit if unit else None
            if column is not None:
                message = f"{self.table.heading(column)} is filled, but {self.table.heading(columns.title)} is empty: name the KPI"
                self.report("TOC011", message, row.number, column)
            return
        kpi = Measure("", title, unit or (target.unit if target else None))
        if target:
            kpi.target = target.value
            typed = content(row.cell(columns.target)) if target.guessed else None
            digits = number(target.value).replace(",", "")
            if typed and typed not in (f"{digits}{kpi.unit}", f"{digits} {kpi.unit}"):
                kpi.typed = typed
                self.remarks.append(f"row {row.number}: target {shown(typed)} is read as {number(target.value)}")
        if all(
            (one.title.casefold(), one.unit, one.target) != (title.casefold(), kpi.unit, kpi.target)
            for one in activity.kpis
        ):
            activity.kpis.append(kpi)

    def read(self, row: Row, column: int | None, reader: Callable[[str], V], code: str = "TOC013") -> V | None:
        """What a cell means, or None for one that is empty or whose problem has been reported."""
        text = content(row.cell(column))
        if not text or column is None:
            return None
        try:
            return reader(text)
        except ValueError as error:
            self.report(code, f"{self.table.heading(column)}: {error}", row.number, column)
            return None

    def name_all(self) -> None:
        """Give every pillar, activity and KPI its id; those the author wrote come first."""
        for activity in self.activities:
            if activity.typed_id:
                activity.id = self.typed_id_of(activity)
        for key, (title, _) in self.pillar_ids.items():
            self.pillar_ids[key] = title, self.new_id(title, "pillar")
        for activity in self.activities:
            activity.id = activity.id or self.new_id(activity.title, "activity")
            activity.pillars = [self.pillar_ids[key][1] for key in activity.pillars]
        for activity in self.activities:
            for kpi in activity.kpis:
                kpi.id = self.new_id(kpi.title, "kpi")

    def typed_id_of(self, activity: Activity) -> str:
        """The id the author wrote, made into one where it is none."""
        typed = activity.typed_id
        id = typed if is_id(typed) else slug(typed, kind="activity")
        if id in self.taken:
            what = "the id of the goal" if id == GOAL else "used twice"
            message = f"the id {shown(typed)} is {what}: give this activity another id"
            self.report("TOC031", message, activity.row, self.table.columns.one("id"))
        self.taken[id] = 1
        return id

    def new_id(self, title: str, kind: str) -> str:
        """A free id for a title. Clashes are counted, so that thousands of equal titles take no longer."""
        base = slug(title, kind=kind)
        id, number = base, self.taken.get(base, 0)
        while id in self.taken:
            number += 1
            id = f"{base[:32].rstrip('-')}-{number}"
        self.taken[base] = max(number, 1)
        self.taken.setdefault(id, 1)
        return id

    def report(self, code: str, message: str, row: int, column: int | None) -> None:
        """A problem at a row and a column, which is counted from 0 here."""
        self.problems.append(Problem(code, message, line=row, column=(column or 0) + 1))
