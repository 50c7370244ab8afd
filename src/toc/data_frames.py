"""The tables of a theory as DataFrames, with the types of pandas and of polars."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from toc.errors import missing_extra, one_of
from toc.model import Theory
from toc.model.types import Depth
from toc.pages.sheet import Sheet
from toc.tables import COUNTED, DAY, FLAG, NAMES, NUMBER, TABLES, TEXT, WHOLE, Dtype, rows

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

JUDGED: Final = ("progress", "benefits")
"""The tables that are those of an answer."""
OWN: Final = "own"
"""The type of a key of one's own, under which anything may stand."""
Held = dict[str, tuple[Dtype, list[Any]]]
Judged = tuple[Sheet[Any], dict[str, Dtype]]
"""A table of an answer, and the types of its columns that it holds as objects and that are no text."""


def to_pandas(theory: Theory, table: str, today: date) -> pd.DataFrame:
    """One table as a DataFrame with the default index, so that every id is a column."""
    held = _held(theory, table, today)
    try:
        import numpy as np
        import pandas as pd
    except ImportError:
        raise missing_extra("pandas", "making a table") from None
    kinds: dict[Dtype, Any] = {TEXT: NAMES if pd.__version__.startswith("2.") else TEXT, OWN: NAMES}
    series = {}
    for name, (dtype, cells) in held.items():
        kind = pd.CategoricalDtype(list(dtype), ordered=True) if isinstance(dtype, tuple) else kinds.get(dtype, dtype)
        # pandas 2 would go by way of nanoseconds; numpy does not.
        values: Any = np.array(cells, dtype=dtype) if dtype == DAY else cells
        series[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(series)


def to_polars(theory: Theory, table: str, today: date) -> pl.DataFrame:
    """One table as a DataFrame of polars; what a key of one's own holds is a text there, unless all of it are numbers or flags."""
    held = _held(theory, table, today)
    try:
        import polars as pl
    except ImportError:
        raise missing_extra("polars", "making a table") from None
    kinds: dict[Dtype, Any] = {
        TEXT: pl.String, NAMES: pl.List(pl.String), DAY: pl.Date, NUMBER: pl.Float64, WHOLE: pl.Int64, COUNTED: pl.Int64,
        FLAG: pl.Boolean,
    }  # fmt: skip
    series = []
    for name, column in held.items():
        dtype, cells = _own_type(column[1]) if column[0] == OWN else column
        kind = pl.Enum(dtype) if isinstance(dtype, tuple) else kinds[dtype]
        series.append(pl.Series(name, [list(cell) if type(cell) is tuple else cell for cell in cells], dtype=kind))
    return pl.DataFrame(series)


def _held(theory: Theory, table: str, today: date) -> Held:
    """The columns of a table, those of keys of one's own last, each with its type and its cells."""
    if one_of("table", table, (*TABLES, *JUDGED)) in JUDGED:
        return _judged(theory, table, today)
    found = rows(theory, table)
    types: dict[str, Dtype] = {column.name: column.dtype for column in TABLES[table].columns}
    types |= {name: OWN for row in found for name in row if name not in types}
    return {name: (dtype, [row.get(name) for row in found]) for name, dtype in types.items()}


def _judged(theory: Theory, table: str, today: date) -> Held:
    """The first table of an answer, text as text."""
    sheet, kept = _benefits(theory) if table == "benefits" else _progress(theory, today)
    types = {column.name: TEXT if column.dtype == "object" else column.dtype for column in sheet.columns} | kept
    return {column.name: (types[column.name], [column.of(row) for row in sheet.rows]) for column in sheet.columns}


def _progress(theory: Theory, today: date) -> Judged:
    """How every KPI stands."""
    from toc.monitoring.progress import Progress
    from toc.monitoring.progress_sheets import progress_sheets

    return progress_sheets(Progress(theory, today))["kpis"](), {"measures": NAMES, "level": get_args(Depth)}


def _benefits(theory: Theory) -> Judged:
    """What each partner is said to gain."""
    from toc.partnership.benefits import benefits, benefits_sheet
    from toc.partnership.benefits_page import KNOWN

    return benefits_sheet(benefits(theory)), {
        "known": KNOWN, "activities": NAMES, "because": NAMES, "said_by": NAMES
    }  # fmt: skip


def _own_type(cells: list[Any]) -> tuple[Dtype, list[Any]]:
    """What stands under a key of one's own as flags, numbers or texts."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        return FLAG, cells
    if kinds and kinds <= {int, float}:
        return NUMBER, [None if cell is None else float(cell) for cell in cells]
    return TEXT, [cell if cell is None or type(cell) is str else json.dumps(cell, ensure_ascii=False) for cell in cells]
