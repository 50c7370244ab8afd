"""Panels on pages as wide as A4: which of them share a page, where each stands, and the words above and beneath them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toc.charts.kpi_chart import painted
from toc.charts.kpi_frame import SMALL, Frame
from toc.charts.kpi_panel import Panel
from toc.charts.lettering import Lettering
from toc.diagram.looks.themes import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH: Final = 595.3  # points: A4
HEIGHT: Final = 841.9
MARGIN: Final = 28.0
INNER: Final = WIDTH - 2 * MARGIN
BETWEEN: Final = 16.0  # one panel and the next
MOST: Final = 24  # panels on a page
LEAST: Final = 42.0  # points: as low as axes are
HIGHEST: Final = {1: 150.0, 2: 115.0, 3: 90.0}  # axes, by how many stand side by side
HEAD: Final = 12.0  # points of type
OPENING: Final = 8.0
LEGEND: Final = 16.0
EXPLAINED: Final = (
    "expected", "still on track", "baseline", "target", "target, no date", "reading", "today",
)  # fmt: skip


class Saying(NamedTuple):
    """What is said above and beneath all panels."""

    heading: str
    opening: str
    notes: tuple[str, ...]


class Framed(NamedTuple):
    """A panel, and what stands around it."""

    panel: Panel
    frame: Frame


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of panels on a page, as high as their axes are, and the wrapped words above and beneath them."""

    rows: Sequence[Sequence[Framed]]
    columns: int
    high: float
    words: Words


@dataclass(frozen=True, slots=True)
class Words:
    """What is said above and beneath, wrapped, and how high that is."""

    heading: tuple[str, ...]
    opening: tuple[str, ...]
    notes: tuple[str, ...]
    above: float
    below: float


def cell_width(columns: int) -> float:
    """How wide a panel is with what stands around it, in points."""
    return (INNER - BETWEEN * (columns - 1)) / columns


def pages(framed: Sequence[Framed], columns: int, saying: Saying, letters: Lettering) -> Iterator[Page]:
    """The panels in rows, on as few pages as they fit on; one page where there is none."""
    rows = [framed[start : start + columns] for start in range(0, len(framed), columns)]
    words = _words(saying, letters)
    room = HEIGHT - 2 * MARGIN - words.above - words.below
    parts = _filled(rows, room)
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            words = _words(saying._replace(opening=f"{saying.opening}. Page {number} of {len(parts)}"), letters)
        spare = (room - sum(map(_need, part))) / max(len(part), 1)
        yield Page(part, columns, min(LEAST + max(spare, 0), HIGHEST.get(columns, HIGHEST[3])), words)


def _filled(rows: Sequence[Sequence[Framed]], room: float) -> list[list[Sequence[Framed]]]:
    parts: list[list[Sequence[Framed]]] = [[]]
    for row in rows:
        is_full = sum(map(len, parts[-1])) + len(row) > MOST or sum(map(_need, (*parts[-1], row))) > room
        if parts[-1] and is_full:
            parts.append([])
        parts[-1].append(row)
    return parts


def _around(row: Sequence[Framed]) -> tuple[float, float]:
    """How much room the words above and beneath the axes of a row take."""
    return max(one.frame.above for one in row), max(one.frame.below for one in row)


def _need(row: Sequence[Framed]) -> float:
    return sum(_around(row)) + LEAST + BETWEEN


def _words(saying: Saying, letters: Lettering) -> Words:
    heading = letters.cut(letters.drawable(saying.heading), INNER, HEAD * 1.08, 2) if saying.heading else ()
    opening = letters.lines(saying.opening, INNER, OPENING) if saying.opening else ()
    notes = tuple(line for note in saying.notes for line in letters.lines(note, INNER, SMALL))
    above = letters.high(heading, HEAD) + letters.high(opening, OPENING) + 8 * bool(heading)
    return Words(heading, opening, notes, above, LEGEND + letters.high(notes, SMALL))


def figure_of_panels(page: Page, letters: Lettering) -> Figure:
    """A page as a figure of its own, which pyplot does not know. Its label says in words what it shows."""
    from toc.charts.shown_axes import ShownAxes, ShownFigure

    places = list(_places(page))
    foot = max((place.foot for place in places), default=MARGIN + page.words.above)
    high = foot + page.words.below + MARGIN
    figure = ShownFigure(figsize=(WIDTH / 72, high / 72), facecolor=LIGHT.paper)
    for shown, x, top, size, _ in places:
        rectangle = (x / WIDTH, 1 - (top + size[1]) / high, size[0] / WIDTH, size[1] / high)
        painted(figure.add_axes(rectangle, axes_class=ShownAxes), shown.panel, letters, size, shown.frame)
    _write(figure, letters, page.words, foot)
    figure.set_label(_told(page))
    return figure


class Place(NamedTuple):
    """Where the axes of a panel begin, from the top left of the page, how large they are, and where their row ends."""

    framed: Framed
    x: float
    top: float
    size: tuple[float, float]
    foot: float


def _places(page: Page) -> Iterator[Place]:
    cell, top = cell_width(page.columns), MARGIN + page.words.above
    for row in page.rows:
        above, below = _around(row)
        high = page.high if any(one.frame.values for one in row) else LEAST
        foot = top + above + high + below + BETWEEN
        for column, one in enumerate(row):
            left = one.frame.left
            yield Place(one, MARGIN + column * (cell + BETWEEN) + left, top + above, (cell - left, high), foot)
        top = foot


def _write(figure: Figure, letters: Lettering, words: Words, foot: float) -> None:
    """The words above and beneath the panels, and the legend."""
    wide, high = (side * 72 for side in figure.get_size_inches())

    def text(lines: Sequence[str], y: float, size: float, **looks: Any) -> None:
        """Lines from a place down."""
        said = "\n".join(lines)
        figure.text(MARGIN / wide, 1 - y / high, said, va="top", **{"color": LIGHT.ink, **looks}, **letters.style(size))

    if words.heading:
        text(words.heading, MARGIN - 6, HEAD, fontweight="bold")
    if words.opening:
        text(words.opening, MARGIN - 4 + letters.high(words.heading, HEAD), OPENING)
    if words.notes:
        text(words.notes, foot + LEGEND, SMALL, color=LIGHT.faint)
    found = {label: one for ax in figure.axes for one, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    entries = {label: found[label] for label in EXPLAINED if label in found}
    if entries:
        figure.legend(
            entries.values(), entries.keys(), loc="upper left", bbox_to_anchor=(MARGIN / wide, 1 - foot / high), ncols=len(entries),
            frameon=False, borderaxespad=0, borderpad=0, handlelength=1.8, handletextpad=0.5, columnspacing=1.4,
            prop={"family": letters.families, "size": SMALL}, labelcolor=LIGHT.faint,
        )  # fmt: skip


def _told(page: Page) -> str:
    """What the page shows in words, for those who cannot see it."""
    above = (" ".join(lines) for lines in (page.words.heading, page.words.opening) if lines)
    return " ".join((*(f"{text}." for text in above), *(one.panel.told for row in page.rows for one in row)))
