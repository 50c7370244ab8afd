"""A logframe that somebody has, as a theory to go on from: results lead upwards by their codes, and no pillar is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from toc.errors import OptionError, TheoryError, as_given
from toc.files.loader import loads
from toc.files.yaml_writer import to_yaml
from toc.language.numbers import counted
from toc.language.text import one_line
from toc.model import Theory
from toc.pages.sheet import unguarded
from toc.reports.docx_rows import document_rows, is_document
from toc.reports.logframe_document import PLURALS, LogframeDocument
from toc.reports.logframe_rows import LogframeReading, is_logframe
from toc.reports.logframe_values import meaning
from toc.spreadsheet import Converted, Grid, workbook_in
from toc.spreadsheet.csv_grid import csv_grid
from toc.spreadsheet.grid import Aside, Row, refused
from toc.spreadsheet.ledger import Ledger
from toc.spreadsheet.workbook_cells import Workbook
from toc.spreadsheet.workbook_grids import workbook_grids

# In this order they are told. {} is where the cells are named.
KINDS: Final = {
    "sheet": "sheets that are not read (--sheet says which to read): {}",
    "goal": "{}",
    "unused": "not used: {}",
    "heading": "columns that are not used: {}",
    "described": "no number, so it is kept in the KPI's description: {}",
    "hidden": "hidden in the file, so it is not known: {}",
    "above": "taken to lead to the nearest result above, because no code says what it stands under: {}",
    "parent": "taken to lead to another, because what its code stands under can have no such result: {}",
    "last-day": "a month or a year, read as its last day: {}",
    "day-of": "no day stands beside it, so it is that of the milestone: {}",
    "unit": "words behind a number that are not used, because the unit is given already: {}",
    "down": "the target lies below the baseline, so less is taken to be better: {}",
    "unsaid": "assumptions of what leads nowhere, left out: {}",
    "no-kpi": "a KPI that is told nowhere in full: {}",
    "formula": "formulas, of which the result that was saved is read: {}",
    "cell-note": "notes on cells, which are not kept: {}",
    "workbook": "{}",
}
NO_TITLE: Final = "this block has indicators and no title: write its title beside the word for its level, or beneath it"
_HEADER: Final = """\
# Made from the logframe {origin}: {found}.
#
# What to do next:
#  - Read it through: results lead to what stood above them, and nobody has said why yet. Say it under `leads_to`.
#  - Find mistakes with toc check, and see the picture with toc draw.
"""
_SECTIONS: Final = re.compile(r"(?m)^(?=(?:goals?|outcomes|outputs|activities|kpis|settings):)")


class LogframeRows(NamedTuple):
    """The rows of a file, each with the name of its table, and what its reader has to say."""

    rows: tuple[tuple[str, Row], ...]
    decimal: str | None = None
    asides: tuple[Aside, ...] = ()
    faults: tuple[Aside, ...] = ()


def logframe_in(
    data: bytes | Workbook, source: str | None = None, sheets: Sequence[str] = (), *, is_sure: bool = False
) -> LogframeRows | None:
    """The rows of the logframe in a workbook, a Word document or a CSV file; None where it holds none.

    With `is_sure`, the first sheet is taken even where it does not look like one.

    Raises:
        TheoryError: the file cannot be read.
        OptionError: there is no such sheet.
    """
    if isinstance(data, bytes) and is_document(data, source):
        rows = document_rows(data, source)
        return LogframeRows(tuple(rows)) if is_sure or is_logframe([row for _, row in rows]) else None
    grids = [grid for grid in _grids(data, source, sheets) if grid.rows]
    found = next((grid for grid in grids if is_logframe(grid.rows)), grids[0] if is_sure and grids else None)
    if found is None:
        return None
    left = [Aside("sheet", f"'{one.sheet}'") for one in grids if one is not found]
    return LogframeRows(tuple(("", row) for row in found.rows), found.decimal, (*left, *found.asides), found.faults)


def _grids(data: bytes | Workbook, source: str | None, sheets: Sequence[str]) -> list[Grid]:
    """The rows of each sheet that people see, or of those that are named."""
    opened = data if isinstance(data, Workbook) else workbook_in(data, source) or data
    if isinstance(opened, Workbook):
        names = sheets or [one.name for one in opened.sheets if not one.is_hidden and not one.too_large]
        return [grid for name in names for grid in workbook_grids(opened, [name])]
    if sheets:
        raise OptionError(f"{source or 'the file'} is no workbook, so it has no sheet {as_given(sheets[0])}")
    grid = csv_grid(opened, source, _sense)
    rows = (Row(row.number, tuple(map(unguarded, row.cells)), row.numbers) for row in grid.rows)
    return [Grid(tuple(rows), grid.source, grid.decimal)]


def _sense(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How much sense rows make as a logframe: the headings that are known in one of them, and how many columns there are."""
    known = (sum(meaning(one_line(cell)) is not None for cell in cells) for cells in rows)
    return max(known, default=0), max(map(len, rows), default=0)


def from_logframe(found: LogframeRows, *, title: str, source: str | None = None) -> Converted:
    """The text of a valid YAML file made from a logframe, and what was guessed, left out or not understood.

    Raises:
        TheoryError: with every problem; the line is the row and the column that of the table.
    """
    ledger = Ledger(KINDS)
    for aside in found.asides:
        ledger.tell(aside.kind, aside.cell, aside.what)
    reading = LogframeReading(found.rows, found.decimal, ledger)
    problems = [*reading.problems, *(refused("TOC039", one.what, source, one.cell).problems[0] for one in found.faults)]
    measured = {id(result) for kpi in (*reading.kpis, *reading.mentions) for result in kpi.measures}
    untitled = [one.cell for one in reading.results if not one.title and id(one) in measured]
    problems += [refused("TOC011", NO_TITLE, source, cell).problems[0] for cell in untitled]
    reading.results = [one for one in reading.results if one.title]
    if not reading.results and not problems:
        message = (
            "no row is a result: begin blocks with Impact, Outcome, Output or Activity, or head columns Level, Result "
            "and Indicator"
        )
        raise refused("TOC011", message, source)
    if problems:
        raise TheoryError(problems, source=source)
    document = LogframeDocument(reading, ledger).written(title)
    text = _SECTIONS.sub("\n", to_yaml(document))
    name = "".join(letter if letter.isprintable() else " " for letter in PurePath(source or "somebody sent").name)
    text = _HEADER.format(origin=" ".join(name.split()), found=_counts(reading)) + "\n" + text
    loads(text, source=None, into=Theory)
    return Converted(text, ledger.remarks())


def _counts(reading: LogframeReading) -> str:
    kinds = [one.kind for one in reading.results]
    said = [counted(kinds.count(kind), kind, plural) for kind, plural in PLURALS.items() if kind in kinds]
    return ", ".join([*said, counted(len(reading.kpis), "KPI", "KPIs")])
