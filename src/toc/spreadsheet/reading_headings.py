"""The headings of a table of readings, and how such a table is told from one of activities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from toc.given_rows import WHERE

KPI, DATE, VALUE, N, NOTE, UNIT = "kpi", "date", "value", "n", "note", "unit"
READ: Final = (KPI, DATE, VALUE, N, NOTE, UNIT)
TOLD: Final = ("title", "last_date", "last_value", "target", "target_by")
"""Columns that tell whoever fills in a template something: nothing is read from them."""
RECORDED: Final = "this is a table of readings: `toc record my.yaml --from FILE` takes it"
_PART: Final = re.compile(rf"{WHERE}[_ ]\s*(\S.*)", re.IGNORECASE)


def known_heading(text: str) -> str:
    """A heading in the form in which this module knows it; another one as it is written.

    >>> known_heading(" Last value"), known_heading("Where Group"), known_heading("KPI"), known_heading("Reading age")
    ('last_value', 'where_Group', 'kpi', 'Reading age')
    """
    if part := _PART.fullmatch(text.strip()):
        return f"{WHERE}_{part[1]}"
    plain = re.sub(r"[\s_]+", "_", text.strip().casefold())
    return plain if plain in READ or plain in TOLD else text.strip()


def is_readings(cells: Iterable[str]) -> bool:
    """Whether headings are those of readings, as in a template, and not of activities with their KPIs.

    >>> is_readings(["kpi", "title", "last_value", "date", "value"]), is_readings(["Title", "KPI", "Date", "Value"])
    (True, False)
    """
    known = {known_heading(cell).casefold() for cell in cells}
    return {KPI, DATE, VALUE} <= known and "id" not in known and ("last_value" in known or "title" not in known)
