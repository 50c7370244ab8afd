"""Readings as people bring them: one in a row, or one day in a row with a column for each KPI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from toc.errors import TheoryError
from toc.given_rows import WHERE, Row, Rows
from toc.language import dates
from toc.model import Theory
from toc.model.complaints import ADVISED
from toc.model.nodes import Kpi
from toc.model.types import shown
from toc.model.values import Reading
from toc.monitoring.recording import Entry
from toc.problems import Problem
from toc.spelling import by_title, hint, listed, meant, nearest, plain_title
from toc.spreadsheet.reading_cells import counted_in, error_shown, rules_shown
from toc.spreadsheet.reading_headings import DATE, KPI, NOTE, READ, TOLD, UNIT, VALUE, N, known_heading


class ReadingTable:
    """The rows of a table, read as readings of a theory; `problems` are those that were found on the way.

    `day_first` says what comes first in 03/04/2027, for a table that does not show it.
    """

    def __init__(self, rows: Rows, theory: Theory, *, day_first: bool | None, today: date) -> None:
        self.rows, self.theory, self.today = rows, theory, today
        self.problems: list[Problem] = []
        self.titles = {id: kpi.title for id, kpi in theory.kpis.items()}
        self.by_title = by_title(self.titles)
        self.unknown: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.parts: dict[str, str] = {}
        self.own: list[str] = []
        self.wide: dict[str, Kpi] = {}
        self.know_columns()
        values = [self.fields[VALUE]] if VALUE in self.fields else [*self.wide]
        days = self.texts([self.fields.get(DATE, DATE)])
        self.rules = rules_shown(self.texts(values), days, decimal=rows.decimal, day_first=day_first)

    def entries(self) -> Iterator[Entry]:
        """Every reading that can be read."""
        is_long = KPI in self.fields
        if DATE in self.fields and (VALUE in self.fields) == is_long:
            for row in self.rows.rows:
                yield from self.one(row) if is_long else self.each_kpi(row)

    # Columns

    def know_columns(self) -> None:
        """What each column holds; what holds something and is not known is a problem."""
        names = {name: known_heading(name) for name in self.rows.names}
        # without kpi, a column headed value is that of a long table whose first heading was changed, or a KPI's
        is_long = KPI in names.values() or (VALUE in names.values() and not self.kpi_named(VALUE))
        if names and not is_long and DATE not in names.values():
            self.report_heading("TOC011", "no column is headed kpi or date: give the columns these headings", "")
            return
        for name, known in names.items():
            if known in self.fields:
                message = f"{shown(name)} and {shown(self.fields[known])} are the same column: keep one"
                self.report_heading("TOC019", message, name)
            elif known in READ if is_long else known == DATE:
                self.fields[known] = name
            elif known.startswith(f"{WHERE}_"):
                self.parts[known.removeprefix(f"{WHERE}_")] = name
            elif is_long and known.startswith("x-"):
                self.own.append(name)
            elif not is_long and (kpi := self.kpi_named(known)):
                self.wide[name] = kpi
            elif not (is_long and known in TOLD) and any(name in row.cells for row in self.rows.rows):
                self.report_unknown(name, is_long=is_long)
        for missing in ({KPI, DATE, VALUE} - self.fields.keys()) if is_long else ():
            self.report_heading("TOC011", f"no column is headed {missing}: add it", "")

    def report_unknown(self, name: str, *, is_long: bool) -> None:
        """A column that means nothing."""
        if is_long:
            near = None if name == WHERE else nearest(name, (*READ, WHERE))
            message = (
                f"{shown(name)} is no column of readings{hint(near) or '.'} There are kpi, date, value, n, note and where_…, such as "
                "where_group; head it x-… to keep it with each reading"
            )
            self.report_heading("TOC010", message, name, near)
            return
        message = (
            f"there is no KPI {shown(name)}{self.near(name) or '.'} A table without a column kpi has a column date, one "
            "for each KPI, headed by its id or title, and where_…"
        )
        self.report_heading("TOC030", message, name)

    def report_heading(self, code: str, message: str, name: str, near: str | None = None) -> None:
        """A problem with a heading, or with the headings."""
        self.problems.append(self.rows.head.problem(code, message, name, near))

    # Rows

    def one(self, row: Row) -> Iterator[Entry]:
        """The reading of a row that names its KPI; none where nobody has filled one in."""
        cells = {field: row.cells[name] for field, name in self.fields.items() if name in row.cells}
        if self.refuse_errors(row):
            return
        if VALUE not in cells:
            is_alone = row.number is None and not row.path  # the arguments of a call, and no row to fill in
            if N in cells or NOTE in cells or is_alone:
                self.report(row, "TOC011", "the value is missing: write the number that was measured", VALUE)
            return
        kpi = self.kpi_of(row, cells)
        if kpi is None:
            return
        self.compare_unit(row, kpi, cells)
        value = self.fields[VALUE]
        values = {DATE: self.day_of(row), VALUE: self.value_of(row, value, kpi), NOTE: cells.get(NOTE)}
        values[N] = self.read(row, self.fields[N], "TOC012", self.rules.count) if N in cells else None
        own = {name: _yes_or_no(row.cells[name]) for name in self.own if name in row.cells}
        yield from self.made(row, kpi, {**values, **own}, value)

    def each_kpi(self, row: Row) -> Iterator[Entry]:
        """The readings of a row that holds one day."""
        filled = [name for name in self.wide if name in row.cells]
        if not filled or self.refuse_errors(row):
            return
        found = self.day_of(row)
        for name in filled:
            kpi = self.wide[name]
            yield from self.made(row, kpi, {DATE: found, VALUE: self.value_of(row, name, kpi)}, name)

    def made(self, row: Row, kpi: Kpi, values: dict[str, Any], name: str) -> Iterator[Entry]:
        """The reading, if all that it needs was read, and what it needs is right."""
        if values[DATE] is None or values[VALUE] is None:
            return
        about = {key: _named(row.cells[column]) for key, column in self.parts.items() if column in row.cells}
        try:
            given = {key: value for key, value in values.items() if value is not None}
            reading = Reading(**given, **({WHERE: about} if about else {}))
        except TheoryError as error:
            for problem in error.problems:
                field = str(problem.path[0])
                at = self.parts.get(str(problem.path[-1]), "") if field == WHERE else self.fields.get(field, field)
                at = name if field == VALUE else at
                self.problems.append(row.problem(problem.code, problem.message, at, problem.suggestion))
            return
        if reading.date > self.today:
            message = f"{dates.day(reading.date)} has not come yet: a reading is what was measured; what is to be reached is a target"
            self.report(row, "TOC014", message, DATE)
            return
        yield Entry(kpi.id, reading, row, name)

    def refuse_errors(self, row: Row) -> bool:
        """Whether the spreadsheet itself shows an error in a cell that is read."""
        names = (*self.fields.values(), *self.parts.values(), *self.wide, *self.own)
        errors = [(name, message) for name in names if (message := error_shown(row.cells.get(name)))]
        self.problems += [row.problem("TOC039", message, name) for name, message in errors]
        return bool(errors)

    def report(self, row: Row, code: str, message: str, field: str) -> None:
        """A problem with what stands, or should stand, in a column."""
        self.problems.append(row.problem(code, message, self.fields.get(field, field)))

    # Cells

    def kpi_named(self, text: str) -> Kpi | None:
        """The KPI of this id, or the only one of this title."""
        found = [text] if text in self.theory.kpis else self.by_title.get(plain_title(text), ())
        return self.theory.kpis[found[0]] if len(found) == 1 else None

    def near(self, text: str) -> str:
        """The end of a message about a KPI that there is not: what may have been meant."""
        begun = [id for title, ids in self.by_title.items() if title.startswith(plain_title(text)) for id in ids]
        if len(begun) == 1:
            return hint(begun[0])
        return meant(text, self.titles) or listed("KPIs", self.titles)

    def kpi_of(self, row: Row, cells: dict[str, Any]) -> Kpi | None:
        """The KPI that a row names."""
        if KPI not in cells:
            self.report(row, "TOC011", "the KPI is missing: write its id or its title", KPI)
            return None
        text = _named(cells[KPI])
        text = text.strip() if isinstance(text, str) else shown(text)
        if (kpi := self.kpi_named(text)) is None:
            if text not in self.unknown:
                near = self.near(text) if len(self.unknown) < ADVISED else ""
                self.unknown[text] = f"there is no KPI {shown(text)}{near}"
            self.report(row, "TOC030", self.unknown[text], KPI)
        return kpi

    def compare_unit(self, row: Row, kpi: Kpi, cells: dict[str, Any]) -> None:
        """Refuse values in another unit than the KPI's."""
        if UNIT not in cells:
            return
        there, given = (_signs(one) for one in (kpi.unit, _named(cells[UNIT])))
        if given != there:
            said = f"the unit here is {shown(cells[UNIT])}, but the KPI {counted_in(kpi)}"
            self.report(row, "TOC012", f"{said}: bring the value in its unit", UNIT)

    def day_of(self, row: Row) -> Any:
        """The day of a reading."""
        if self.fields[DATE] not in row.cells:
            self.report(row, "TOC011", "the date is missing: write the day of the measurement, like 2027-07-15", DATE)
            return None
        return self.read(row, self.fields[DATE], "TOC015", self.rules.day)

    def value_of(self, row: Row, name: str, kpi: Kpi) -> Any:
        """The value of a reading."""
        return self.read(row, name, "TOC012", lambda text: self.rules.value(text, kpi))

    def read(self, row: Row, name: str, code: str, meaning: Callable[[str], Any]) -> Any:
        """What a text in a cell means; what is no text is left to the reading to judge."""
        given = row.cells[name]
        if not isinstance(given, str):
            return given
        try:
            return meaning(given.strip())
        except ValueError as error:
            self.problems.append(row.problem(code, str(error), name))
            return None

    def texts(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The texts under some headings, each with its place."""
        for row in self.rows.rows:
            for name in names:
                if isinstance(text := row.cells.get(name), str):
                    yield row.place(name), text


def _signs(unit: Any) -> str:
    """A unit without what makes no difference, and without the signs that keep a CSV file from being a formula."""
    return "".join(unit.replace("'", "").casefold().split()) if isinstance(unit, str) else ""


def _yes_or_no(value: Any) -> Any:
    """A cell under a key of one's own: TRUE and false are what CSV makes of yes and no."""
    return {"true": True, "false": False}.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _named(value: Any) -> Any:
    """Whom a reading is about, as text: a year group may have arrived as a number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return shown(value) if isinstance(value, int) and not isinstance(value, bool) else value
