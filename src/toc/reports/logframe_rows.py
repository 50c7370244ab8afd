"""From rows to results with their KPIs: a flat table, or blocks that stand under each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from toc.language.text import one_line
from toc.model.types import shown
from toc.problems import Problem
from toc.reports.logframe_kpis import SEE, ReadKpi, ReadResult, begun, take_achieved, take_planned
from toc.reports.logframe_pages import NOT_HELD
from toc.reports.logframe_table import WANTED, TableRow, head_of
from toc.reports.logframe_values import CODE, Meaning, logframe_words, named_as
from toc.spreadsheet.cells import is_open, parts_of
from toc.spreadsheet.grid import Row
from toc.spreadsheet.headings import plain
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.notation import Notation

_LEVELS: Final = "|".join(sorted(map(re.escape, named_as("levels")), key=len, reverse=True))
_OPENS: Final = re.compile(
    rf"({_LEVELS})(?:s\b|\b)(?!\s+(?:framework|chain|matrix|table|based)\b)(?:\s+({CODE})(?![\d.]*\d))?\.?\s*([:–—-]|$)?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED: Final = re.compile(rf"({CODE})(?:[.)]\s+|(?<=\.\d)\s+)(.+)")
_LEVEL: Final = "say in a column headed Level whether it is an Impact, Outcome, Output or Activity"


class Opening(NamedTuple):
    """How a block begins: the kind of its result, its code and its title, as far as they stand there."""

    kind: str
    code: str
    title: str
    is_marked: bool

    @property
    def is_clear(self) -> bool:
        """Whether a code or a sign follows the word for the level, or nothing does."""
        return self.is_marked or not self.title


def opening(text: str) -> Opening | None:
    """What a cell opens, if it begins with the word for a level.

    >>> opening("Outcome 1.1: Young readers catch up")
    Opening(kind='outcome', code='1.1', title='Young readers catch up', is_marked=True)
    """
    found = _OPENS.fullmatch(text.strip())
    if not found:
        return None
    return Opening(named_as("levels")[plain(found[1])], found[2] or "", one_line(found[4]), bool(found[2] or found[3]))


def is_logframe(rows: Sequence[Row]) -> bool:
    """Whether rows look like a logframe: blocks of several levels, or a table of results by level with indicators."""
    heads = [(row, head) for row in rows if (head := head_of(row))]
    roles = {one.role for _, head in heads for one in head.values()}
    if "indicator" not in roles:
        return False
    if any(_is_table(rows, row, head) for row, head in heads):
        return True
    sides = [cell for row in rows if (cell := next((one for one in row.cells if one.strip()), ""))]
    opened = {found.kind for cell in sides if (found := opening(cell.split("\n")[0])) and found.is_clear}
    return len(opened) > 1 and bool(roles & WANTED - {"indicator"})


def _is_table(rows: Sequence[Row], head_row: Row, head: Mapping[int, Meaning]) -> bool:
    """Whether a table has results, and under Level the words for levels: another list may have a column of types."""
    places = {one.role: place for place, one in reversed([*head.items()])}
    if not {"level", "result"} <= places.keys():
        return False
    beneath = (kind_of(row.cell(places["level"])) for row in rows if row.number > head_row.number)
    return any(kind not in (None, "activity") for kind in beneath)


class LogframeReading:
    """What the rows say, with what is told of it and what is wrong."""

    def __init__(self, rows: Sequence[tuple[str, Row]], decimal: str | None, ledger: Ledger) -> None:
        self.rule = Notation(decimal or ".", sure=True)
        self.ledger = ledger
        self.problems: list[Problem] = []
        self.results: list[ReadResult] = []
        self.kpis: list[ReadKpi] = []
        self.mentions: list[ReadKpi] = []
        self.head: Mapping[int, Meaning] = {}
        self.result: ReadResult | None = None
        self.kpi: ReadKpi | None = None
        self.flat: dict[tuple[str, str, str], ReadResult] = {}
        self.is_source_next = False
        self.has_side = False
        for file, row in rows:
            at = TableRow(file, row, self.head, self.rule, ledger)
            if at.text(0) == NOT_HELD:
                break
            self.take(at)

    def take(self, at: TableRow) -> None:
        """One row."""
        is_value = at.has("value") and at.kind is not None
        if not is_value and (head := head_of(at.row)):
            self.take_head(at, head)
        elif at.has("result"):
            if (result := self.flat_result(at)) is not None:
                self.take_indicator(at, result)
        elif not (self.take_opening(at) or self.take_source(at) or self.result is None):
            self.take_title(at, self.result)
            if self.head:
                self.take_indicator(at, self.result)

    def take_head(self, at: TableRow, head: Mapping[int, Meaning]) -> None:
        """A row of headings, which may name the level of its block as well."""
        first = at.filled[0]
        opened = opening(at.row.cells[first]) if first not in head else None
        if opened and opened.is_clear:
            self.open(opened, at, first)
        self.head = head
        for column in at.filled:
            if column not in head and column != first:
                at.tell("heading", column, shown(at.text(column)))

    # Blocks

    def take_opening(self, at: TableRow) -> bool:
        """A row that begins a block."""
        filled, first = at.filled, at.row.cell(0)
        is_mention = bool(at.head and SEE.fullmatch(first.split("\n")[-1]))
        opened = opening(first) if filled and filled[0] == 0 and not at.kind and not is_mention else None
        stands_alone = len(filled) == 1
        if not opened or not (opened.is_marked or (stands_alone and self.may_begin(at, opened))):
            return False
        if not stands_alone and not opened.title:
            opened = opened._replace(title=at.text(filled[1]))
        elif not stands_alone:
            at.tell("unused", filled[1], shown(at.text(filled[1])))
        self.open(opened, at, 0)
        return True

    @staticmethod
    def may_begin(at: TableRow, opened: Opening) -> bool:
        """Whether it is more than a sentence of a document that happens to begin with the word for a level."""
        return not (opened.title and at.file.startswith("line "))

    def open(self, opened: Opening, at: TableRow, column: int) -> ReadResult:
        """A new result."""
        self.result = ReadResult(opened.kind, opened.code, opened.title, at.cell(column))
        self.results.append(self.result)
        self.kpi = None
        return self.result

    def take_title(self, at: TableRow, result: ReadResult) -> None:
        """The title of a block that stands under its beginning."""
        if not result.title and 0 not in self.head:
            result.title = at.text(0)
        if not result.title and len(at.filled) == 1:
            result.title = at.text(at.filled[0])

    def take_source(self, at: TableRow) -> bool:
        """A line that says where the indicator above it comes from, under the word for that."""
        if self.is_source_next and self.kpi and len(at.filled) <= 2:
            self.kpi.fields.setdefault("source", at.text(at.filled[-1]))
            self.is_source_next = False
            return True
        self.is_source_next = len(at.filled) == 1 and plain(at.text(at.filled[0])) in ("source", "sources")
        return self.is_source_next

    # Tables

    def flat_result(self, at: TableRow) -> ReadResult | None:
        """Which result a row of a flat table is about."""
        level, code, title = self.level(at), at.cell_of("code"), at.cell_of("result")
        first, _, rest = title.partition("\n")
        opened = None if level else opening(first if rest else title)
        kind: str | None
        if opened and opened.is_clear:
            kind, code, title = opened.kind, code or opened.code, opened.title or one_line(rest)
        else:
            numbered = None if at.has("code") else _NUMBERED.fullmatch(one_line(title))
            code, title = (numbered[1], numbered[2]) if numbered else (code, one_line(title))
            goes_on = self.result if title and not level and (self.has_side or at.has("level")) else None
            kind = goes_on.kind if goes_on else kind_of(level)
        code = code.strip(" .")
        if not (level or code or title):
            return self.result
        if not title or not kind:
            self.refuse(at, title, code)
            return None
        key = (kind, code, title)
        if key not in self.flat:
            self.flat[key] = self.open(Opening(kind, code, title, is_marked=True), at, at.column("result"))
        self.result = self.flat[key]
        return self.result

    def level(self, at: TableRow) -> str:
        """The cell that names the level: under its heading, or before the result under no heading."""
        found = at.cell_of("level")
        sides = (place for place in at.filled if place < at.column("result") and place not in at.head)
        for place in () if found else sides:
            opened = opening(at.text(place))
            if opened and not opened.title:
                self.has_side = True
                return at.text(place)
        return found

    def refuse(self, at: TableRow, title: str, code: str) -> None:
        """A row that names no result; one that holds nothing else is no row of the table."""
        if len(at.filled) == 1:
            at.tell("unused", at.filled[0], shown(at.text(at.filled[0])))
            return
        why = f"{shown(title)}: {_LEVEL}" if title else f"{shown(code)} has no title: write one beside it"
        cell = at.cell(at.column("result"))
        self.problems.append(Problem("TOC011", why, line=cell.row, column=cell.column + 1, sheet=cell.file))

    # Indicators

    def take_indicator(self, at: TableRow, result: ReadResult) -> None:
        """The indicator in a row, or what was achieved of the one above; and the assumptions beside it."""
        if said := at.cell_of("assumptions"):
            new = (text for text in parts_of(said).texts if not is_open(text))
            result.assumptions += [text for text in new if text not in result.assumptions]
        text = at.cell_of("indicator")
        is_mention = bool(text and at.cell_of("see")) or bool(SEE.fullmatch(text.split("\n")[-1]) and "\n" in text)
        is_empty = not text or is_open(text) or plain(text) in logframe_words()["rows"]["none"]
        if at.has("value") and at.kind is None and not is_mention:
            if not is_empty:
                at.tell("unused", at.column("indicator"), shown(one_line(text)))  # a text beneath a block
            return
        is_same = self.kpi is not None and at.kind == "achieved" and text.split("\n")[0] in ("", self.kpi.title)
        if not is_same and (is_mention or (text and at.kind == "planned") or not is_empty):
            self.begin(begun(at, text, result))
        elif not is_same and (text or not at.kind):
            return
        if self.kpi:
            take_achieved(at, self.kpi) if at.kind == "achieved" else take_planned(at, self.kpi)

    def begin(self, kpi: ReadKpi) -> None:
        """An indicator, or the mention of one that is told elsewhere."""
        (self.mentions if kpi.see else self.kpis).append(kpi)
        self.kpi = None if kpi.see else kpi


def kind_of(level: str) -> str | None:
    """The kind that a cell under Level names."""
    found = opening(one_line(level))
    return found.kind if found and not found.title else named_as("levels").get(plain(level))
