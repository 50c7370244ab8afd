"""Guidance, drawings and tables, as users ask for them. Nothing here is run: `make check-types-user` reads it."""

from __future__ import annotations

import io
from datetime import date
from typing import assert_type

import pandas as pd
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import toc


def measuring(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.guidance(), toc.GuidanceTable)
    assert_type(theory.guidance("clubs"), toc.Guidance)
    assert_type(theory.guidance("clubs").headline, str)
    assert_type(theory.guidance()["clubs"], toc.Guidance)
    assert_type(theory.guidance().to_markdown(), str)
    assert_type([advice.headline for advice in theory.guidance()], list[str])
    assert_type(theory.measurement_plan(), toc.MeasurementPlan)
    assert_type(theory.logframe("classic"), toc.Logframe)
    assert_type(theory.logframe().to_xlsx(), bytes)


def drawing(theory: toc.TheoryOfChange) -> None:
    theory.draw("my.svg")
    theory.draw(io.BytesIO(), format="png", view="pillars")
    theory.draw("my.svg", progress=True, today=date(2026, 11, 25))
    assert_type(theory.diagram(progress=theory.progress()), toc.Diagram)
    assert_type(theory.describe(progress=True, today=date(2026, 11, 25)), str)
    assert_type(theory.plot_kpi("reading-age", today=date(2026, 11, 25)), Axes)
    assert_type(theory.plot_mutuality(), Axes)
    assert_type(theory.plot_types(), Axes)
    assert_type(theory.plot_progress("reading-age", columns=2), Figure | list[Figure])
    assert_type(theory.to_svg(), str)
    assert_type(theory.to_png(dpi=300), bytes)
    assert_type(theory.to_pdf(), bytes)
    assert_type(theory.to_pptx(view="collapsed"), bytes)
    assert_type(theory.to_mermaid(pillar="stem"), str)
    assert_type(theory.compare(theory).to_png(dpi=300, theme="print"), bytes)
    assert_type(theory.compare(theory).to_graphml(), str)


def tables(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.to_pandas(), pd.DataFrame)
    assert_type(theory.to_pandas("kpis"), pd.DataFrame)
    assert_type(theory.to_polars("kpis"), pl.DataFrame)
    assert_type(theory.guidance().to_pandas(), pd.DataFrame)


def workbooks(theory: toc.TheoryOfChange) -> None:
    assert_type(theory.to_xlsx(), bytes)
    assert_type(theory.to_csv_bundle(), bytes)
    found = theory.merge("back.xlsx", take="workbook", keep=["Room"])
    assert_type(found.theory, toc.TheoryOfChange)
    assert_type(found.changes, tuple[toc.MergedChange, ...])
    assert_type([one.problem for one in found.conflicts], list[toc.Problem | None])
    assert_type(found.to_pandas("conflicts"), pd.DataFrame)
    found.theory.save("my.yaml")


def refused(theory: toc.TheoryOfChange) -> str:
    try:
        theory.draw("my.svg", view="pilars")
    except toc.TheoryError as error:
        return error.problems[0].message
    except (toc.OptionError, toc.DrawingError, toc.MissingExtraError) as error:
        assert_type(error, toc.OptionError | toc.DrawingError | toc.MissingExtraError)
        return str(error)
    return ""
