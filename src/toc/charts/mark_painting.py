"""Rows with marks painted on axes of matplotlib: on axes that are handed over, or on a figure of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from toc.charts.lettering import Lettering, figure_of, need_matplotlib, room_of, settled_room, too_small
from toc.charts.mark_rows import BOLD, GIVEN, TYPE, UNDER, Layout, MarkRows, Words, first_fitting
from toc.diagram.looks.themes import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Points: A4 upright, then each twice as large. A chart is as high as it need be, and no higher than its paper.
PAPERS: Final = ((595.3, 841.9), (841.9, 1190.6), (1190.6, 1683.8), (1683.8, 2383.9), (2383.9, 3370.4))
MARGIN: Final = 28.0
HEAD: Final = 12.0  # points of type: the title
RULE: Final = "#d5dde1"


def plotted(chart: MarkRows, ax: Axes | None) -> Axes:
    """The chart on axes, or on a figure of its own, which pyplot does not know.

    Raises:
        DrawingError: the axes are too small for so many rows.
        MissingExtraError: matplotlib is not installed.
    """
    need_matplotlib()
    if ax is None:
        ax, layout, letters = _on_paper(chart)
    else:
        letters = Lettering(figure_of(ax))
        layout = _given(chart, letters, *settled_room(ax))
    _painted(ax, chart, layout, letters)
    letters.warn(layout.size, "this chart")
    return ax


def _on_paper(chart: MarkRows) -> tuple[Axes, Layout, Lettering]:
    """A figure of the smallest paper on which the chart can be read, cut to its height."""
    from matplotlib.figure import Figure

    from toc.charts.shown_axes import ShownAxes, ShownFigure

    letters = Lettering(Figure())  # one for every paper: it remembers what it measured
    for wide, high in PAPERS:
        inner = wide - 2 * MARGIN
        title = letters.cut(letters.drawable(chart.title), inner, HEAD * BOLD, 3)
        opening = letters.lines(letters.drawable(chart.opening), inner, TYPE[0])
        head = letters.high(title, HEAD) + letters.high(opening, TYPE[0]) + 14
        if layout := first_fitting(chart, letters, TYPE, (inner, high - 2 * MARGIN - head)):
            break
    else:
        layout = _given(chart, letters, inner, high - 2 * MARGIN - head)
    whole = layout.high + head + 2 * MARGIN
    figure = ShownFigure(figsize=(wide / 72, whole / 72), facecolor=LIGHT.paper)
    figure.set_label(chart.told)
    ax = figure.add_axes((MARGIN / wide, MARGIN / whole, inner / wide, layout.high / whole), axes_class=ShownAxes)
    top = 1 - (MARGIN - 6) / whole
    looks: dict[str, Any] = {"va": "top", "color": LIGHT.ink}
    figure.text(MARGIN / wide, top, "\n".join(title), fontweight="bold", **looks, **letters.style(HEAD))
    top -= (letters.high(title, HEAD) + 5) / whole
    figure.text(MARGIN / wide, top, "\n".join(opening), **looks, **letters.style(TYPE[0]))
    return ax, layout, letters


def _given(chart: MarkRows, letters: Lettering, wide: float, high: float) -> Layout:
    """The most readable arrangement for the room there is; small type is better than words on words."""
    if found := first_fitting(chart, letters, GIVEN, (wide, high)):
        return found
    count = sum(not row.is_heading for row in chart.rows)
    raise too_small(wide, high, f"{count:,} rows and {len(chart.columns):,} columns")


def _painted(ax: Axes, chart: MarkRows, layout: Layout, letters: Lettering) -> None:
    """Columns stand at 0, 1, … to the right, rows at 0, 1, … downwards."""
    size, wide, high = layout.size, layout.wide, room_of(ax)[1]

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - layout.left) / layout.column - 0.5, (y - layout.above) / layout.row - 0.5

    left, top = at(0, 0)
    right, bottom = at(wide, high)
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="auto", facecolor=LIGHT.paper)
    ax.set_axis_off()
    edge = at(layout.left + layout.column * len(chart.columns), 0)[0]
    ax.hlines([place - 0.5 for place in range(len(chart.rows) + 1)], left, edge, color=RULE, linewidth=0.6, zorder=1)
    for kind in chart.used:
        spots = [mark for mark in chart.marks if mark.kind == kind]
        one = chart.kinds[kind]
        area = (0.95 * size * one.scale) ** 2
        style = {**one.looks, "linewidth": one.line, "zorder": one.layer}
        columns, rows = [mark.column for mark in spots], [mark.row for mark in spots]
        ax.scatter(columns, rows, s=area, label=one.label, clip_on=False, **style)
        for words in layout.legend:
            if words.role == kind:
                x, y = at(words.x + 1.1 * size, words.y)
                ax.scatter([x], [y], s=area, clip_on=False, **style)
                ax.text(
                    *at(words.x + 2.6 * size, words.y), one.label, va="center", color=LIGHT.ink, **letters.style(size)
                )
    _write_words(ax, chart, layout, letters)
    for words in layout.words:
        _write(ax, words, at(words.x, words.y), letters.style(size), chart)


def _write_words(ax: Axes, chart: MarkRows, layout: Layout, letters: Lettering) -> None:
    """The words under the marks."""
    for mark in chart.marks if layout.is_worded else ():
        y = mark.row + 0.55 * layout.size / layout.row
        style = letters.style(layout.size * UNDER)
        ax.text(mark.column, y, mark.word, ha="center", va="top", color=LIGHT.faint, gid="word", **style)


def _write(ax: Axes, words: Words, place: tuple[float, float], style: Mapping[str, Any], chart: MarkRows) -> None:
    """Words in the looks of what they are."""
    row = chart.rows[round(place[1])] if words.role == "name" else None
    ax.text(
        *place,
        "\n".join(words.lines),
        ha="center" if words.role in {"head", "said"} else "left",
        va={"head": "bottom", "note": "top"}.get(words.role, "center"),
        color=LIGHT.ink if words.role in {"head", "name"} else LIGHT.faint,
        fontweight="bold" if words.role == "head" or (row and row.is_heading) else "normal",
        fontstyle="italic" if words.role == "said" else "normal",
        gid=words.role,
        zorder=4,
        **style,
    )
