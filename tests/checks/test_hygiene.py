from __future__ import annotations

from datetime import date, timedelta

import pytest

import toc
from checks.planting import CLEAN
from toc.checks import findings_of

DUE = date(2027, 9, 30)  # as the clean theory says


def test_a_theory_without_a_review_is_told_how_to_write_one() -> None:
    (finding,) = findings_of(toc.load(CLEAN).evolve(review_on=None), today=DUE, profile="funder")
    assert (finding.code, finding.nodes, finding.path) == ("TOC161", (), ())
    assert "`review_on: YEAR-MONTH-DAY`" in finding.fix


@pytest.mark.parametrize(("days", "overdue"), [(-1, False), (0, False), (1, True)])
def test_a_review_is_overdue_from_the_day_after(days: int, overdue: bool) -> None:
    findings = findings_of(toc.load(CLEAN), today=DUE + timedelta(days), profile="funder")
    assert [(finding.code, finding.path) for finding in findings] == [("TOC162", ("review_on",))] * overdue


def test_a_sketch_needs_no_review() -> None:
    assert findings_of(toc.load(CLEAN).evolve(review_on=None), today=DUE, profile="sketch") == ()
