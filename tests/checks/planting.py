"""A planted fault: one change to a clean theory, and exactly the finding it must give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import toc

TODAY: Final = date(2026, 9, 1)
CLEAN: Final = Path(__file__).with_name("clean.yaml")


class Planted(NamedTuple):
    """`plant` makes the fault; `nodes` are those of the one finding that follows. `day` is the day of the check."""

    code: str
    plant: Callable[[toc.TheoryOfChange], toc.TheoryOfChange]
    nodes: tuple[str, ...]
    day: date = TODAY
