"""What is said of a KPI beyond the word for how it stands, where there is room for it."""

from __future__ import annotations

from typing import Final

from toc.language.dates import day
from toc.language.numbers import number
from toc.language.vocabulary import in_sentence
from toc.model import Theory
from toc.monitoring.kpi_progress import KpiProgress
from toc.monitoring.statuses import Status

ENDED: Final = frozenset({Status.MET, Status.MISSED})


def standing(theory: Theory, one: KpiProgress) -> str:
    """Why it is not known how a KPI stands, with what it was last; else what was expected then. Empty for what has ended.

    >>> import datetime, toc
    >>> theory = toc.example("rgs-newcastle")
    >>> progress = theory.progress(today=datetime.date(2026, 11, 25))
    >>> standing(theory, progress["first-time"]), standing(theory, progress["coding-task"])
    ('1,050 expected by then', 'no reading is due yet')
    """
    if one.why:
        why = one.why.sentence.replace("accountability ceiling", in_sentence(theory, "ceiling"))
        was = f"; {one.last_known.word} on {day(one.latest.date)}" if one.last_known and one.latest else ""
        return why + was
    if one.expected is None or one.latest is None or one.status in ENDED:
        return ""
    return f"{number(worked_out(one.expected))} expected by then"


def worked_out(value: float) -> float:
    """A value that was worked out and not read, with as many digits as anybody needs."""
    return round(value) if 100 <= abs(value) < 1e15 else float(f"{value:.3g}")
