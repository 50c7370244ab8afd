"""Rows of values as a pandas DataFrame, one column for each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toc.errors import missing_extra

if TYPE_CHECKING:
    import pandas as pd


def as_frame(rows: Iterable[Mapping[str, Any]], types: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a DataFrame with the columns and types of `types`, in that order.

    Raises MissingExtraError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise missing_extra("pandas", "making a table") from None
    found = list(rows)
    return pd.DataFrame({name: pd.Series([row[name] for row in found], dtype=dtype) for name, dtype in types.items()})
