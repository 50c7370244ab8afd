"""All checks of a theory, against loading it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import toc
from data import json_text
from timing import Work, report, sizes
from toc.checks import findings_of

DAY = dt.date(2026, 9, 1)


def checking(nodes: int) -> Work:
    """Everything that the checks do for a theory of so many nodes that nobody has looked at yet.

    The views of a theory are kept once they are made; a copy that is not validated again has none.
    """
    theory = toc.loads(json_text(nodes), format="json")
    fields = theory.contents()
    return lambda: findings_of(toc.TheoryOfChange.model_construct(**fields), today=DAY, profile="funder")


def rechecking(nodes: int) -> Work:
    """The same for a theory whose views are there already."""
    return partial(findings_of, toc.loads(json_text(nodes), format="json"), today=DAY, profile="funder")


for size in sizes(30, 1_000, 10_000):
    loading = ("loading its JSON", partial(toc.loads, json_text(size), format="json"))
    report(f"all checks, {size:,} nodes", checking(size), loading, goal=4)
    report(f"all checks again, {size:,} nodes", rechecking(size), loading)
