"""What activities lead to: outputs, outcomes step by step, and pillars, as the columns of a row name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from toc.language.text import listed
from toc.spreadsheet.cells import content
from toc.spreadsheet.entries import Book, Entry, Wanted
from toc.spreadsheet.grid import Row
from toc.spreadsheet.headings import KINDS
from toc.spreadsheet.lines import Line
from toc.spreadsheet.sheet_reading import Sheet

_STEPS: Final = (*KINDS, "goal")
_HORIZONS: Final = ("short", "medium", "long")


class Chains:
    """Builds the ways from the activities of one sheet."""

    def __init__(self, sheet: Sheet, book: Book, *, several_goals: bool) -> None:
        self.sheet, self.book, self.columns = sheet, book, sheet.columns
        self.kinds = _STEPS if several_goals else _STEPS[:-1]
        self.merged_with: dict[str, None] = {}

    def steps(self, line: Line, *, known: bool) -> dict[str, list[Entry]]:
        """What a row names, step by step; `known` where it is more of an activity above, and so needs no more."""
        self.merged_with = {}
        return {kind: found for kind in self.kinds if (found := self.nodes(line, kind, known=known))}

    def nodes(self, line: Line, kind: str, *, known: bool) -> list[Entry]:
        """The outputs, the outcomes of one step, or the goals that a row names, or that go on from a row above."""
        found = []
        node = "output" if kind == "output" else "outcome"
        for column in self.columns.fields.get(kind, ()):
            row = self.holder(line, column, known=known)
            for text in self.sheet.texts(row, column):
                entry = self.sheet.entry(self.book, node, text, (row, column), kind)
                if kind in _HORIZONS:
                    entry.fields["horizon"] = kind
                if kind == "goal":
                    self.sheet.tell("goals", row, column)
                found.append(entry)
        return list(dict.fromkeys(found))

    def holder(self, line: Line, column: int, *, known: bool) -> Row:
        """The row whose cell holds for this one: its own, or one above with which an empty cell is merged."""
        above = line.goes_on.get(column)
        if (
            above is None
            or known
            or content(line.row.cell(column))
            or not content(line.row.cell(self.columns.one("title")))
        ):
            return line.row
        self.sheet.ledger.tell(
            "filled", self.sheet.table.cell(line.row, column), f"'{content(above.cell(column))[:60]}'"
        )
        self.merged_with[str(self.sheet.table.cell(above, column))] = None
        return above

    def link(self, line: Line, activities: list[Entry], steps: Mapping[str, list[Entry]], about: list[Entry]) -> None:
        """Lead from the activities, step by step, to the pillars; `about` is what the row speaks of."""
        pillars = self.pillars(line, activities)
        chain = [*([activities] if activities else []), *steps.values()]
        for here, there in pairwise(chain):
            if len(here) > 1 and len(there) > 1:
                self.tell_each(line.row, here, there)
            for one in here:
                one.links |= dict.fromkeys(there)
        for one in activities:
            (one.reached if steps else one.pillars).update(dict.fromkeys(pillars))
            if self.merged_with and not steps:
                note = f"the cell is empty: {listed(list(self.merged_with))} goes on here"
                one.notes.append(("leads_to", note))
        for one in chain[-1] if steps else about if not activities else ():
            one.links |= dict.fromkeys(pillars)
        self.assume(line.row, steps.get("output") or activities or about)
        self.point(line.row, activities, about)

    def tell_each(self, row: Row, here: list[Entry], there: list[Entry]) -> None:
        """Note that several of one step lead to several of the next."""
        what = [f"'{step[0].title[:40]}' and {len(step) - 1} more" for step in (here, there)]
        self.sheet.ledger.tell("each", self.sheet.table.cell(row, next(row.filled())), " with ".join(what))

    def point(self, row: Row, activities: list[Entry], about: list[Entry]) -> None:
        """Remember what activities lead to by name, until everything has its name."""
        for column in self.columns.fields.get("leads_to", ()):
            if not self.sheet.is_said(row, column):
                continue
            text = content(re.sub(r"[\r\n]+", ";", row.cell(column).strip()))
            wanted = Wanted(text, self.sheet.table.heading(column), self.sheet.table.cell(row, column))
            for one in activities:
                one.wanted.append(wanted)
            if not activities:
                self.sheet.keep(about, row, column, "kept-here")

    def pillars(self, line: Line, activities: list[Entry]) -> list[Entry]:
        """The pillars that a row names, or that a band or a merged cell above gives to it."""
        named = self.named_pillars(line.row)
        says = [column for field in ("pillar", "leads_to") for column in self.columns.fields.get(field, ())]
        if named or any(content(line.row.cell(column)) for column in says):
            return named
        known = any(one.pillars or one.reached for one in activities)
        if line.band and not known:
            row, column = line.band
            return [self.sheet.entry(self.book, "pillar", content(row.cell(column)), line.band)]
        column_of_strands = self.columns.one("pillar")
        if column_of_strands is None and self.sheet.table.grid.strand and not known:
            return [self.sheet.entry(self.book, "pillar", self.sheet.table.grid.strand, (line.row, 0))]
        if column_of_strands is None or known:
            return []
        above = self.holder(line, column_of_strands, known=known)
        return self.named_pillars(above) if above is not line.row else []

    def named_pillars(self, row: Row) -> list[Entry]:
        """The pillars that a row names itself."""
        names = self.sheet.names(row, "pillar")
        return [self.sheet.entry(self.book, "pillar", name, (row, column)) for name, column in names]

    def assume(self, row: Row, entries: list[Entry]) -> None:
        """Put the assumptions of a row on what goes on from it."""
        for column in self.columns.fields.get("assumptions", ()):
            texts = self.sheet.texts(row, column)
            for one in entries:
                one.assumptions += [text for text in texts if text not in one.assumptions]
            if texts:
                self.sheet.tell("assumed", row, column, f"on what goes on from '{entries[0].title[:40]}'")
