"""What the rows of a logframe say of a KPI: what was planned, what was achieved, and what is no number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from toc.language.text import one_line
from toc.model.types import shown
from toc.monitoring.small_groups import Hidden
from toc.reports.logframe_table import TARGET, TableRow
from toc.reports.logframe_values import CODE, Told, named_as, told_value
from toc.spreadsheet.grid import Cell

HIDDEN: Final = tuple(f": {why}" for why in Hidden)
SEE: Final = re.compile(rf"see ({CODE}|{'|'.join(named_as('levels'))})", re.IGNORECASE)
_TEXTS: Final = ("unit", "direction", "status", "source", "method", "frequency", "owner")
_DETAIL: Final = re.compile(r"(Unit|Direction|Status): (.*)")
_COURSE: Final = re.compile("(.+) → (.+)")
_LINES: Final = re.compile(r"\n|; (?=(?:Unit|Direction|Status): |see \S|[^;]* → )")
_PART: Final = re.compile(r"(.+): (.+)")


@dataclass(slots=True, eq=False)
class ReadResult:
    """A result as it is read."""

    kind: str
    code: str
    title: str
    cell: Cell
    assumptions: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class ReadKpi:
    """An indicator as it is read. Values of milestones stand under their numbers; `see` names where it is told in full."""

    title: str
    cell: Cell
    measures: list[ReadResult]
    see: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    baseline: Told | None = None
    stops: dict[int, Told] = field(default_factory=dict)
    readings: list[tuple[Told, Mapping[str, str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def begun(at: TableRow, text: str, result: ReadResult) -> ReadKpi:
    """An indicator by the text of its cell: the title, and beneath it what our own forms say there."""
    first, *more = (line for line in map(one_line, _LINES.split(text)) if line)
    kpi = ReadKpi(first, at.cell(at.column("indicator")), [result], at.cell_of("see"))
    for line in more:
        if detail := _DETAIL.fullmatch(line):
            kpi.fields[detail[1].lower()] = detail[2]
        elif elsewhere := SEE.fullmatch(line):
            kpi.see = elsewhere[1]
        elif course := _COURSE.fullmatch(line):
            kpi.baseline, end = told_value(course[1], at.rule), told_value(course[2], at.rule)
            kpi.stops |= {TARGET: end} if end else {}
        else:
            kpi.notes.append(line)
    return kpi


def take_planned(at: TableRow, kpi: ReadKpi) -> None:
    """Baseline, milestones and target, and what else stands in a row of an indicator."""
    for name in _TEXTS:
        if text := one_line(at.cell_of(name)):
            kpi.fields.setdefault(name, text)
    if at.has("baseline"):
        kpi.baseline = _value(at, kpi, at.column("baseline")) or kpi.baseline
    for column in at.stops:
        if found := _value(at, kpi, column):
            kpi.stops[at.place(column)] = found
    if at.kind is None:
        take_latest(at, kpi)


def take_achieved(at: TableRow, kpi: ReadKpi) -> None:
    """What was read near each milestone, and last. Without a day beside it, it is of the day of the milestone."""
    for column in at.stops:
        found, stop = _value(at, kpi, column), kpi.stops.get(at.place(column))
        if found and found.when is None and stop and stop.when:
            found = found._replace(when=stop.when)
            at.tell("day-of", column, f"as {stop.when.day.isoformat()}")
        if found:
            _read(at, kpi, (found, {}), column)
    take_latest(at, kpi)


def take_latest(at: TableRow, kpi: ReadKpi) -> None:
    """The latest readings, of everybody and of parts of the people."""
    if not at.has("latest"):
        return
    column = at.column("latest")
    day = at.day("latest_date") or at.head[column].when
    count = one_line(at.cell_of("n"))
    for line in filter(None, map(str.strip, re.split("\n|; ", at.row.cell(column)))):
        found, where = _of_whom(at, line)
        if line.endswith(HIDDEN):
            at.tell("hidden", column, shown(line))
        elif found is None:
            _describe(at, kpi, column, line)
        else:
            n = int(count) if found.n is None and count.isdecimal() and not where else found.n
            _read(at, kpi, (found._replace(when=found.when or day, n=n), where), column)


def _of_whom(at: TableRow, line: str) -> tuple[Told | None, Mapping[str, str]]:
    """A value, and of which part of the people it is."""
    found, part = told_value(line, at.rule), _PART.fullmatch(line)
    if found or not part:
        return found, {}
    where = dict(one.split(": ", 1) for one in part[1].split(", ") if ": " in one)
    return told_value(part[2], at.rule), where or {"part": part[1]}


def _read(at: TableRow, kpi: ReadKpi, reading: tuple[Told, Mapping[str, str]], column: int) -> None:
    """A reading, once; one without a day is none."""
    found, where = reading
    if found.when is None:
        _describe(at, kpi, column, at.text(column))
    elif (found.when, where) not in [(one.when, other) for one, other in kpi.readings]:
        kpi.readings.append(reading)


def _value(at: TableRow, kpi: ReadKpi, column: int) -> Told | None:
    """A value in a cell; the words behind it are the unit, unless another is given."""
    try:
        found = at.value(column)
    except ValueError as text:
        _describe(at, kpi, column, str(text))
        return None
    if found and found.unit and found.n is None:
        unit = kpi.fields.setdefault("unit", found.unit)
        if unit != found.unit:
            at.tell("unit", column, f"as {found.value:g} {unit}")
    return found


def _describe(at: TableRow, kpi: ReadKpi, column: int, text: str) -> None:
    """What is no value is kept in words."""
    kpi.notes.append(f"{at.head[column].role.capitalize()}: {one_line(text)}")
    at.tell("described", column, shown(one_line(text)))
