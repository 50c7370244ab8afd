"""Rows of data with typed columns: for pandas under the names of fields, for spreadsheets as CSV under headings."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO
from sys import float_info
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from toc.errors import missing_extra
from toc.language.numbers import number
from toc.pages.blocks import lines

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")

# Without it Excel takes the text for the computer's own old encoding, and shows "é" as two other letters.
BYTE_ORDER_MARK: Final = "\ufeff"
# What spreadsheets take for the start of a formula, and the full-width signs that some of them read the same way: at the
# start of a cell, and behind what cuts a cell in two where they expect no commas. Excel splits at `;` in most of Europe,
# wherever the quotes of this file stand, and at tabs where a text is pasted; `|` can be chosen on any computer.
_FORMULA: Final = re.compile(r"(^(?=[\t\r]|\s*[=+\-@＝＋－＠])|[;\t|][\s\"]*(?=[=+\-@＝＋－＠]))")  # noqa: RUF001
_GUARD: Final = re.compile(r"(^|[;\t|][\s\"]*)'(?=[\t\r]|\s*[=+\-@＝＋－＠])")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: `name` and `dtype` are for pandas, `heading` is for spreadsheets, "" for a column they need not have.

    `value` takes what pandas holds from a row, `cell` what people read; without the one it is the row's own attribute,
    without the other it is the value.
    """

    name: str
    heading: str
    dtype: str = "object"
    value: Callable[[R], Any] | None = None
    cell: Callable[[R], Any] | None = None

    def of(self, row: R) -> Any:
        """What pandas holds."""
        found = getattr(row, self.name) if self.value is None else self.value(row)
        return str(found) if isinstance(found, StrEnum) else found

    def told(self, row: R) -> str:
        """What people read in a spreadsheet."""
        return _written(self.of(row) if self.cell is None else self.cell(row))


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """A table of data before any format."""

    columns: tuple[Column[R], ...]
    rows: Sequence[R]


def as_frame(sheet: Sheet[Any]) -> pd.DataFrame:
    """The rows as a DataFrame. Raises MissingExtraError where pandas is not installed."""
    try:
        import pandas as pd
    except ImportError:
        raise missing_extra("pandas", "making a table") from None
    return pd.DataFrame(
        {column.name: pd.Series([*map(column.of, sheet.rows)], dtype=column.dtype) for column in sheet.columns}
    )


def as_csv(sheet: Sheet[Any]) -> str:
    """The rows as CSV with their headings first; it begins with a byte-order mark, and lines end as RFC 4180 has it.

    A text that begins like a formula gets an apostrophe in front, and so does a part of it that would begin like one in
    a spreadsheet that splits cells at semicolons. Numbers stay numbers, negative ones too.
    """
    columns = [column for column in sheet.columns if column.heading]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([harmless(column.heading) for column in columns])
    writer.writerows([column.told(row) for column in columns] for row in sheet.rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _written(value: Any) -> str:
    """A value as the text of one cell: several texts on one line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return plain_number(value)
        case date():
            return value.isoformat()
        case tuple():
            return harmless("; ".join(line for part in value for line in lines(part) if line))
        case _:
            return harmless("; ".join(lines(value)))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """A text from a CSV file without the apostrophes that made it harmless.

    >>> unguarded(harmless("=1+1; -2")), unguarded("'tis")
    ('=1+1; -2', "'tis")
    """
    return _GUARD.sub(r"\1", text)


def plain_number(value: float) -> str:
    """A number without separators, as spreadsheets read it; one that no spreadsheet could hold as people read it."""
    if abs(value) < 1e15 and float(value).is_integer():
        return str(int(value))
    return repr(float(value)) if abs(value) <= float_info.max else number(value)
