"""Checks, analysis and comparisons, as users ask for them. Nothing here is run: `make check-types-user` reads it."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import pandas as pd

import toc
from toc.monitoring import KpiProgress


def checking(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.check(), toc.Findings)
    assert_type(
        theory.check(profile="funder", today=date(2026, 9, 1), select=["TOC12"], ignore={"too-many-kpis"}), toc.Findings
    )
    assert_type([finding.code for finding in theory.check()], list[str])
    assert_type(theory.check()[0], toc.Finding)
    assert_type(theory.check()[0].severity, toc.Severity)
    assert_type(theory.check()[0].nodes, tuple[str, ...])
    theory.check(profile="strict")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def analysing(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.explain("clubs"), toc.Explanation)
    assert_type(theory.exposure(), toc.Exposure)
    assert_type(theory.coverage(), toc.Coverage)
    assert_type(theory.progress(), toc.Progress)
    assert_type(theory.mutuality(), toc.Mutuality)
    assert_type(theory.mutuality().activities["clubs"].answered_by, tuple[str, ...])
    assert_type(theory.partnership_profile(), toc.PartnershipProfile)
    assert_type(theory.partnership_profile().types, tuple[int, ...])
    assert_type(theory.progress()["reading-age"], KpiProgress)
    assert_type(theory.progress(small_groups=True).of("literacy").beneath["learning"].text, str)
    assert_type(theory.narrative(progress=theory.progress()), str)
    assert_type(theory.exposure().to_pandas("cuts"), pd.DataFrame)
    assert_type(theory.coverage().to_csv("pillars"), str)
    assert_type(theory.check().to_json(), str)
    assert_type(theory.narrative(), str)
    assert_type(theory.describe("layers", direction="right"), str)


def comparing(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.compare(theory.without("clubs")), toc.Comparison)
    assert_type(toc.compare(theory, theory), toc.Comparison)
    assert_type(toc.compare(theory, theory).to_markdown(), str)
    assert_type(toc.compare(theory, theory).diagram(), toc.Diagram)


def drawing(theory: toc.TheoryOfChange) -> None:
    theory.draw("my.pptx", theme="print", findings=True)
    theory.draw("my.svg", view="neighbourhood", node="clubs", steps=1, findings=theory.check())
    assert_type(theory.to_svg(pillar="reading", tag=["sport", "music"], theme="dark"), str)
    theory.to_svg(colour="red")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
