"""A table as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from toc.pages.blocks import Cell, Table, lines

# What spreadsheets take for the start of a formula, and the full-width signs that some of them read the same way.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001


def as_csv(table: Table) -> str:
    r"""The table as CSV, with the names of its columns first; lines end as RFC 4180 has it.

    A text that begins like a formula gets an apostrophe in front. Numbers stay numbers, negative ones too.

    >>> as_csv(Table(("KPI", "Baseline"), (("=1+1", -5.0), ("Reading age", None))))
    "KPI,Baseline\r\n'=1+1,-5\r\nReading age,\r\n"
    """
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([_harmless(name) for name in table.columns])
    writer.writerows([_shown(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def _shown(cell: Cell) -> str:
    if isinstance(cell, (int, float)):
        return plain_number(cell)
    return _harmless("; ".join(line for line in lines(cell) if line))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain_number(value: float) -> str:
    """A number without separators, as spreadsheets read it.

    >>> plain_number(1200.0), plain_number(-3), plain_number(0.25)
    ('1200', '-3', '0.25')
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(float(value))
