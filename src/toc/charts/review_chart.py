"""A review as a dot plot: a row for each statement, a column for each word of the scale; an earlier review hollow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from toc.charts.chart_marks import Kind
from toc.charts.mark_painting import plotted
from toc.charts.mark_rows import Mark, MarkRows, Row
from toc.diagram.looks.themes import LIGHT
from toc.errors import OptionError
from toc.language.dates import day
from toc.language.text import one_line
from toc.model import Theory
from toc.model.own_frames import NOT_OURS
from toc.partnership.evaluation import Evaluation, JudgedStatement, evaluation
from toc.partnership.judgements import newest, one_before
from toc.partnership.review_page import by_theme, judged_when
from toc.partnership.statements import NO_GRADE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOW: Final = Kind("", "o", "#2b6d75", "#17384a", scale=0.9, line=0.6)
THEN: Final = Kind("", "o", LIGHT.paper, "#2b6d75", scale=1.45, line=1.1, layer=2.5)
OPEN: Final = Kind("not answered", "_", "", "#6b7f89", scale=0.6, line=1.1, layer=2)


def plot_review(theory: Theory, id: str | None = None, ax: Axes | None = None, *, since: str | None = None) -> Axes:
    """Draw a review; see the method of the theory."""
    name = newest(theory) if id is None else id
    if name is None:
        raise OptionError("there is no review to plot: with_review() begins one (`toc review --frame`)")
    found = evaluation(theory, name, date.min)  # no day matters here
    other = one_before(theory, name) if since is None else since
    earlier = found.since(other).earlier if other else None
    ax = plotted(_chart(found, earlier), ax)
    for row, then, now in _moves(found, earlier):
        ax.hlines(row, min(then, now), max(then, now), color=THEN.edge, linewidth=1.1, zorder=2)
    return ax


def _chart(found: Evaluation, earlier: Evaluation | None) -> MarkRows:
    return MarkRows(
        title=f"{one_line(found.frame.title)}: {one_line(found.theory.title)}",
        opening=f"{judged_when(found)}.",
        rows=[*map(_row, _rows(found))],
        columns=found.frame.scale,
        marks=[*_marks(found, earlier)],
        kinds={
            "then": THEN._replace(label=day(earlier.review.date) if earlier else ""),
            "now": NOW._replace(label=day(found.review.date)),
            "open": OPEN,
        },
        notes=(f"After {found.frame.source}. {NO_GRADE}",),
        lines=[*_told(found, earlier)],
    )


def _rows(found: Evaluation) -> list[str | JudgedStatement]:
    """The headings of the themes, where there are any, and the statements beneath each."""
    themes = [*by_theme(found)]
    heads = bool(found.frame.themes)
    return [row for heading, rows in themes for row in (*((heading,) if heads else ()), *rows)]


def _row(row: str | JudgedStatement) -> Row:
    if isinstance(row, str):
        return Row(row, is_heading=True)
    return Row(one_line(f"{row.statement.label}{f' ({NOT_OURS})' if row.judgement == NOT_OURS else ''}"))


def _marks(found: Evaluation, earlier: Evaluation | None) -> Iterator[Mark]:
    """The judgements of both reviews; where the later one has none a dash in every column that is free."""
    scale = found.frame.scale
    for place, row in enumerate(_rows(found)):
        if isinstance(row, str):
            continue
        then = earlier.statements[row.id].judgement if earlier else None
        for kind, word in (("then", then), ("now", row.judgement)):
            if word in scale:
                yield Mark(place, scale.index(str(word)), kind)
        if not row.judgement:
            yield from (Mark(place, column, "open") for column, word in enumerate(scale) if word != then)


def _moves(found: Evaluation, earlier: Evaluation | None) -> Iterator[tuple[int, int, int]]:
    """The rows of statements that both reviews judge, each with the columns of both."""
    columns: dict[int, dict[str, int]] = {}
    for mark in _marks(found, earlier):
        columns.setdefault(mark.row, {})[mark.kind] = mark.column
    yield from ((row, both["then"], both["now"]) for row, both in columns.items() if {"then", "now"} <= both.keys())


def _told(found: Evaluation, earlier: Evaluation | None) -> Iterator[str]:
    for one in found.statements:
        was = earlier.statements[one.id].judgement if earlier else None
        before = f", before {was}" if was else ""
        yield f"{one_line(one.statement.label)}: {one.judgement or 'not answered'}{before}."
