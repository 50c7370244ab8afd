"""From rows to what they say: activities, what they lead to, KPIs, and every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toc.errors import TheoryError
from toc.model.structure import is_id
from toc.model.types import shown
from toc.problems import Problem
from toc.spreadsheet.cells import content, is_open
from toc.spreadsheet.chains import Chains
from toc.spreadsheet.columns import Table
from toc.spreadsheet.entries import Book, Entry, names_something
from toc.spreadsheet.grid import Row
from toc.spreadsheet.ledger import Ledger, Remark
from toc.spreadsheet.lines import Line, Reading
from toc.spreadsheet.measures import Measures
from toc.spreadsheet.named_links import linked
from toc.spreadsheet.particulars import Particulars
from toc.spreadsheet.sheet_reading import Sheet


@dataclass(frozen=True, slots=True)
class Plan:
    """What the spreadsheets say, ready to be written."""

    book: Book
    goal: str | None
    remarks: tuple[Remark, ...]


def gathered(tables: Sequence[Table], outside: Iterable[Entry] = ()) -> Plan:
    """Everything the rows of all tables say. Raises TheoryError with every problem, by cell.

    `outside` are things that no row speaks of, to which rows may lead by id or title.
    """
    ledger, problems, book = Ledger(), list[Problem](), Book()
    book.outside = tuple(outside)
    sheets = [Sheet(table, ledger, problems) for table in tables]
    goals = {text.casefold(): text for sheet in sheets for row in sheet.table.rows for text in _goals(sheet, row)}
    for sheet in sheets:
        gathering = _Gathering(sheet, book, several_goals=len(goals) > 1)
        for line in Reading(sheet.table, sheet.rule, ledger).lines():
            gathering.take(line)
        sheet.tell_columns()
    _refuse_empty(book, sheets[0])
    _name_all(book, ledger, problems)
    problems += linked(book)
    sources = {table.grid.source for table in tables}
    source = sources.pop() if len(sources) == 1 else None
    if problems:
        raise TheoryError(
            sorted(problems, key=lambda one: (one.sheet or "", one.line or 0, one.column or 0)), source=source
        )
    for one in book.activities:
        if not (one.pillars or one.reached or one.named or one.links):
            ledger.tell("goal", one.cell, f"'{one.title[:60]}'")
    return Plan(book, next(iter(goals.values())) if len(goals) == 1 else None, ledger.remarks())


def _goals(sheet: Sheet, row: Row) -> Iterable[str]:
    column = sheet.columns.one("goal")
    text = content(row.cell(column))
    return [text] if text and not is_open(text) else []


def _refuse_empty(book: Book, sheet: Sheet) -> None:
    if not (book.activities or any(book.of("outcome")) or any(book.of("output")) or sheet.problems):
        message = "there are no activities under the headings: write one in each row"
        sheet.report("TOC011", message, sheet.table.head, 0)


def _name_all(book: Book, ledger: Ledger, problems: list[Problem]) -> None:
    """Give ids; two activities of one file with one id are a problem, of two files they are told apart."""
    firsts: dict[str, Entry] = {}
    for one in book.activities:
        firsts.setdefault(one.typed_id.casefold(), one)
    for one in book.name_all():
        first = firsts[one.typed_id.casefold()]
        if first is not one and first.cell.file != one.cell.file:
            ledger.tell("new-id", one.cell, f"'{one.title[:60]}', {shown(one.typed_id)} as in {first.cell}")
            one.keep(one.id_key, one.typed_id)
            continue
        what = "the id of the goal" if one.typed_id.casefold() == "goal" else "used twice"
        message = f"the id {shown(one.typed_id)} is {what}: give this activity another id"
        problems.append(Problem("TOC031", message, line=one.cell.row, column=one.cell.column + 1, sheet=one.cell.file))


def _are_two(one_id: str, other_id: str) -> bool:
    """Whether two ids tell two activities apart; running numbers do not."""
    return names_something(one_id) and names_something(other_id) and one_id.casefold() != other_id.casefold()


class _Gathering:
    """Where the walk down the rows of one sheet stands."""

    def __init__(self, sheet: Sheet, book: Book, *, several_goals: bool) -> None:
        self.sheet, self.book, self.columns = sheet, book, sheet.columns
        self.chains = Chains(sheet, book, several_goals=several_goals)
        self.particulars = Particulars(sheet, book)
        self.measures = Measures(sheet, book)
        self.by_title = {one.title.casefold(): one for one in reversed(book.activities)}
        self.last: list[Entry] = []

    def take(self, line: Line) -> None:
        """One row more."""
        row = line.row
        known = content(row.cell(self.columns.one("title"))).casefold() in self.by_title
        steps = self.chains.steps(line, known=known)
        activities = self.activities_of(row)
        if activities is None:
            return
        about = activities or next(iter(steps.values()), []) or self.above(row)
        if not about:
            return
        self.last = about
        self.chains.link(line, activities, steps, about)
        self.particulars.rate(row, activities, about)
        self.particulars.describe(row, about)
        self.measures.take(row, {"title": activities, **steps}, about)
        for column in self.columns.spare:
            if content(row.cell(column)):
                self.sheet.keep(about, row, column)

    def above(self, row: Row) -> list[Entry]:
        """What the row above is about, for a row that names nothing itself."""
        said = [column for column in row.filled() if not is_open(row.cell(column))]
        if self.last and said:
            self.sheet.tell("above", row, said[0], f"with '{self.last[0].title[:60]}'")
        elif said:
            self.sheet.report(
                "TOC017", "this row has no title: write one, or empty the row", row, self.columns.one("title")
            )
        for column in row.filled() if not said else ():
            self.sheet.tell("open", row, column)
        return self.last if said else []

    def activities_of(self, row: Row) -> list[Entry] | None:
        """The activities a row is about: new ones, or those of rows above; None for a row with a problem."""
        column = self.columns.one("title")
        titles = self.sheet.texts(row, column)
        if column is None or not titles:
            return self.untitled(row)
        id_column = self.columns.one("id")
        typed_id = self.sheet.text(row, id_column)
        if len(titles) > 1 and typed_id and id_column is not None:
            found = [self.activity(title, "", row, column) for title in titles]
            self.sheet.keep((one for one in found if one), row, id_column, "shared")
        else:
            found = [self.activity(title, typed_id, row, column) for title in titles]
        return [one for one in found if one] or None

    def untitled(self, row: Row) -> list[Entry] | None:
        """A row without a title: more of the activity above, unless it says what is said once of an activity."""
        if self.columns.one("title") is None:
            return []
        own = [
            column
            for field in ("id", "certainty", "participation", "leads_to")
            for column in self.columns.fields.get(field, ())
        ]
        strands = {name.casefold() for name, _ in self.sheet.names(row, "pillar")}
        known = {pillar.title.casefold() for one in self.last for pillar in (*one.pillars, *one.reached)}
        if any(content(row.cell(column)) and not is_open(row.cell(column)) for column in own) or strands - known:
            self.sheet.report(
                "TOC017", "this row has no title: write one, or empty the row", row, self.columns.one("title")
            )
            return None
        return self.above(row) or None

    def activity(self, title: str, typed_id: str, row: Row, column: int) -> Entry | None:
        """The activity of a title and an id."""
        sheet, cell = self.sheet, self.sheet.table.cell(row, column)
        refs = self.book.refs.setdefault(cell.file, {})
        by_id = refs.get(typed_id.casefold()) if typed_id else None
        if by_id and by_id.title.casefold() != title.casefold():
            message = f"the id {shown(typed_id)} is used twice: {by_id.cell} has it already, so give one another id"
            sheet.report("TOC031", message, row, self.columns.one("id"))
            return None
        same = by_id or self.by_title.get(title.casefold())
        if same and not by_id and _are_two(same.typed_id, typed_id):
            sheet.ledger.tell("twins", cell, f"'{title[:60]}' and {same.cell}")
            same = None
        elif same:
            sheet.ledger.tell("merged", cell, f"'{title[:60]}' with {same.cell}")
        if same is None:
            same = Entry("activity", title, cell, typed_id)
            self.book.activities.append(same)
            self.by_title.setdefault(title.casefold(), same)
        if typed_id:
            self.give_id(same, typed_id, row)
        return same

    def give_id(self, activity: Entry, typed_id: str, row: Row) -> None:
        """Remember the id that a row gives; one of which the program makes another is kept as well."""
        column = self.columns.one("id") or 0
        self.book.refs[activity.cell.file].setdefault(typed_id.casefold(), activity)
        activity.id_key = self.sheet.keys[column]
        if not is_id(typed_id.casefold()) or activity.typed_id not in ("", typed_id):
            self.sheet.keep([activity], row, column)
        activity.typed_id = activity.typed_id or typed_id
