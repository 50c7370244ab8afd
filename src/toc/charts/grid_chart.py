"""A chart of points in a grid of three by three cells, on axes of matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toc.charts.chart_marks import boxed
from toc.charts.chart_places import Paper, Places, with_numbers, with_titles
from toc.charts.grid_contents import Contents
from toc.charts.lettering import Lettering, figure_of, need_matplotlib, room_of, settled_room, too_small
from toc.diagram.looks.themes import LIGHT
from toc.language.numbers import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# The papers of a chart that makes its own figure, in inches: A4 on its side, then each twice as large.
PAPERS: Final = ((11.69, 8.27), (16.54, 11.69), (23.39, 16.54), (33.11, 23.39), (46.81, 33.11))
TITLES: Final = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
NUMBERS: Final = (8.0, 7.5, 7.0)
GIVEN: Final = (*NUMBERS, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0)  # for axes of any size: small, but never one upon another
SHADE: Final = "#e3e8ea"
RULE: Final = "#8fa1aa"


def gridded(chart: Contents, ax: Axes | None) -> tuple[Axes, Places]:
    """The chart on axes, or on a figure of its own, and where its points stand there.

    Raises:
        DrawingError: the axes are too small for so many activities.
        MissingExtraError: matplotlib is not installed.
    """
    need_matplotlib()
    if ax is None:
        ax, places, letters = _on_paper(chart)
    else:
        places, letters = _on_given(ax, chart)
    _painted(ax, chart, places, letters)
    letters.warn(places.size, _counted(chart))
    return ax, places


def _on_paper(chart: Contents) -> tuple[Axes, Places, Lettering]:
    """A figure of the smallest paper on which the chart can be read. pyplot does not know it: nobody need close it."""
    from matplotlib.figure import Figure

    from toc.charts.shown_axes import ShownAxes

    letters = Lettering(Figure())  # one for every paper: it remembers what it measured
    for size in PAPERS:
        figure = Figure(figsize=size, facecolor=LIGHT.paper)
        ax = figure.add_axes((0, 0, 1, 1), axes_class=ShownAxes)
        _framed(ax, chart, letters, 9.0, ink=LIGHT.ink)
        ax.set_position(_margins(figure, _titled(ax, chart, letters)))
        if places := _readable(chart, *room_of(ax), letters):
            return ax, places, letters
    return ax, _largest(chart, *room_of(ax), letters), letters


def _on_given(ax: Axes, chart: Contents) -> tuple[Places, Lettering]:
    letters = Lettering(figure_of(ax))
    _framed(ax, chart, letters, 8.0)
    width, height = room_of(ax)
    _label_sides(ax, width, height)
    return _largest(chart, *settled_room(ax), letters), letters


def _margins(figure: Figure, title: Text) -> tuple[float, float, float, float]:
    """The part of the figure for the axes: what is left beside the title and the names of rows and columns."""
    width, height = figure.get_size_inches() * 72
    lines = title.get_text().count("\n") + 1
    left, right, bottom, top = 46.0, 16.0, 12.0, 56.0 + 1.34 * float(title.get_fontsize()) * lines
    return left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height


def _readable(chart: Contents, width: float, height: float, letters: Lettering) -> Places | None:
    for size in TITLES:
        if places := with_titles(chart, Paper(width, height, size, letters)):
            return places
    for size in NUMBERS:
        if places := with_numbers(chart, Paper(width, height, size, letters)):
            return places
    return None


def _largest(chart: Contents, width: float, height: float, letters: Lettering) -> Places:
    """The most readable arrangement for the room there is; small type is better than words on words."""
    if found := _readable(chart, width, height, letters):
        return found
    for size in GIVEN:
        paper = Paper(width, height, size, letters)
        if places := with_numbers(chart, paper) or with_titles(chart, paper):
            return places
    raise too_small(width, height, _counted(chart))


def _counted(chart: Contents) -> str:
    return counted(len(chart.points), "activity", "activities")


def _framed(ax: Axes, chart: Contents, letters: Lettering, size: float, *, ink: str | None = None) -> None:
    """What stands outside the grid: the names of columns and rows."""
    colour: dict[str, Any] = {"color": ink} if ink else {}
    style = letters.style(size)
    ax.set(xlim=(0, 3), ylim=(0, 3), aspect="auto", facecolor=LIGHT.paper)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_xticks([0.5, 1.5, 2.5], chart.columns, va="baseline", **style, **colour)
    ax.set_yticks([0.5, 1.5, 2.5], chart.rows, rotation=90, va="center", **style, **colour)
    ax.tick_params(length=0)
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_offset_text().set_visible(False)
    ax.set_xlabel(letters.drawable(chart.across), fontweight="bold", **style, **colour)
    ax.set_ylabel(letters.drawable(chart.upwards), fontweight="bold", **style, **colour)


def _titled(ax: Axes, chart: Contents, letters: Lettering) -> Text:
    """The title, on a figure of our own; axes that were handed over are titled by whoever made them."""
    text = letters.drawable(chart.title)
    room = room_of(ax)[0] - 62
    for size in (13.5, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0):
        lines = letters.lines(text, room, size * 1.08)  # bold type is wider
        if len(lines) * size <= 60:
            break
    return ax.set_title("\n".join(lines), loc="left", pad=12, fontweight="bold", color=LIGHT.ink, **letters.style(size))


def _painted(ax: Axes, chart: Contents, places: Places, letters: Lettering) -> None:
    width, height = room_of(ax)
    wide, high = places.cell_width, places.cell_height
    ax.set(xlim=(0, width / wide), ylim=(3 - height / high, 3))
    _label_sides(ax, 3 * wide, 3 * high)
    _narrowed(ax, places, letters)
    _paint_cells(ax, chart)
    for kind in chart.used:
        spots = [spot for spot in places.spots if spot.point.kind == kind]
        ax.scatter(
            [spot.x / wide for spot in spots],
            [3 - spot.y / high for spot in spots],
            s=(0.72 * places.size) ** 2,
            label=chart.kinds[kind].label,
            zorder=3,
            linewidth=max(0.09 * places.size, 0.3),
            **chart.kinds[kind].looks,
        )
    for words in places.words:
        ax.text(
            words.x / wide,
            3 - words.y / high,
            words.text,
            color=LIGHT.ink if words.role.startswith(("label", "key")) else LIGHT.faint,
            fontstyle="italic" if words.role == "source" else "normal",
            ha="right" if words.right else "left",
            va="top",
            gid=words.role.replace(" ", "-"),
            zorder=4,
            **letters.style(words.size),
        )
    _paint_legend(ax, places, letters, height)


def _label_sides(ax: Axes, grid_width: float, grid_height: float) -> None:
    """Put the names of the two sides at the middle of the grid, which may be smaller than the axes."""
    width, height = room_of(ax)
    ax.xaxis.set_label_coords(grid_width / 2 / width, 1 + 21 / height)
    ax.yaxis.set_label_coords(-23 / width, 1 - grid_height / 2 / height)


def _narrowed(ax: Axes, places: Places, letters: Lettering) -> None:
    """Set the names of columns, rows and sides smaller where the grid is too small for them."""
    across, down = ax.xaxis.label, ax.yaxis.label
    for labels, room in (
        (ax.get_xticklabels(), 0.94 * places.cell_width),
        (ax.get_yticklabels(), 0.94 * places.cell_height),
        ([across], 2.6 * places.cell_width),  # bold type is wider
        ([down], 2.6 * places.cell_height),
    ):
        size = float(labels[0].get_fontsize())
        widest = max(letters.wide(label.get_text(), size) for label in labels)
        for label in labels:
            label.set_fontsize(size * min(1.0, room / widest))


def _paint_cells(ax: Axes, chart: Contents) -> None:
    for cell in chart.cells:
        fill = SHADE if cell.shaded else LIGHT.paper
        boxed(ax, (cell.column, cell.row), 1, 1, facecolor=fill, edgecolor=RULE, linewidth=0.8, zorder=1)


def _paint_legend(ax: Axes, places: Places, letters: Lettering, height: float) -> None:
    if not places.spots:
        return
    style = letters.style(places.size * 0.84)
    legend = ax.legend(
        loc="upper left",
        bbox_to_anchor=(0, 1 - places.legend_top / height),
        ncols=places.legend_columns,
        frameon=False,
        borderaxespad=0.4,
        borderpad=0.2,
        handletextpad=0.2,
        columnspacing=1.2,
        labelspacing=0.5,
        prop={"family": letters.families, "size": style["fontsize"]},
        labelcolor=LIGHT.ink,
        scatterpoints=1,
    )
    legend.set_zorder(4)
    for text in legend.get_texts():
        text.set(usetex=False, linespacing=style["linespacing"])
