"""The chart of one KPI: where it should go, where it is, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any, Final

from toc.charts.kpi_frame import BESIDE, GAP, SAID, SIGN, SMALL, TICK, TITLE, Frame, limits
from toc.charts.kpi_panel import Panel, Part, Spot, short
from toc.charts.lettering import Lettering
from toc.charts.point_labels import (
    ABOVE,
    BELOW,
    DOWN_LEFT,
    DOWN_RIGHT,
    LEFT,
    RIGHT,
    UP_LEFT,
    UP_RIGHT,
    Beside,
    Labels,
)
from toc.diagram.looks.themes import LIGHT
from toc.diagram.shapes import Sign
from toc.language.dates import month
from toc.monitoring.course import Stop
from toc.monitoring.statuses import MARKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHADE: Final = "#dde7ea"
WAY: Final = "#51636e"
READ: Final = "#17384a"
PART: Final = "#7b3fa0"
PART_LOOKS: Final[dict[str, Any]] = {"color": PART, "markerfacecolor": LIGHT.paper, "markersize": 4}
CURVES: Final[tuple[dict[str, Any], ...]] = tuple({"marker": marker} for marker in "sv^h")  # a part of the people each


def painted(ax: Axes, panel: Panel, letters: Lettering, size: tuple[float, float], around: Frame) -> None:
    """Draw a panel into axes of a size in points."""
    _Painter(ax, panel, letters, size).all(around)


class _Painter:
    """What is painted in one panel."""

    def __init__(self, ax: Axes, panel: Panel, letters: Lettering, size: tuple[float, float]) -> None:
        self.ax, self.panel, self.letters = ax, panel, letters
        self.width, self.height = size
        self.labels = Labels(*size)
        days = panel.days
        self.first, self.last = _number(days[0]), _number(days[-1])
        if self.first == self.last:
            self.first, self.last = self.first - 30, self.last + 30
        pad = (self.last - self.first) * 0.03
        self.left, self.right = self.first - pad, self.last + pad

    def all(self, around: Frame) -> None:
        self._heading(around)
        self.ax.set_facecolor(LIGHT.paper)
        self.ax.grid(visible=False)
        self.ax.spines[["top", "right"]].set_visible(False)
        self.ax.spines[["left", "bottom"]].set(color=LIGHT.panel_line, linewidth=0.8)
        if why := self.panel.why_empty:
            self._empty(why)
            return
        today: Any = self.panel.today
        self.ax.axvline(today, color=WAY, linestyle=":", linewidth=1, zorder=1.5, label="today")
        self._way()
        self._readings()
        for curve, looks in zip(self.panel.curves, CURVES, strict=False):
            self._curve(curve, looks)
        self._words()
        self._axes(around)

    def _heading(self, around: Frame) -> None:
        """The title, the sign and the word for the status, and the unit, from the axes up; parts of the people beneath."""
        ax, letters = self.ax, self.letters
        up = GAP
        if around.unit:
            ax.set_ylabel(around.unit, rotation=0, ha="left", va="bottom", color=LIGHT.faint, **letters.style(SMALL))
            ax.yaxis.set_label_coords(-around.indent / self.width, 1 + up / self.height)
            up += letters.high((around.unit,), SMALL)
        high = letters.high(around.said, SAID)
        row = high / max(len(around.said), 1)
        left = -around.indent
        self._sign(left + SIGN / 2, up + high - row / 2)
        self._write("\n".join(around.said), (0, 1), (left + SIGN + BESIDE, up), SAID, va="bottom")
        title = "\n".join(around.title)
        looks = {"va": "bottom", "fontweight": "bold", "color": LIGHT.ink, **letters.style(TITLE)}
        shown = ax.set_title(title, loc="left", pad=up + high, **looks)
        shown.set_x(left / self.width)
        if around.foot:
            self._foot(around)

    def _foot(self, around: Frame) -> None:
        """The parts of the people, beneath the axes."""
        left, row = -around.indent, self.letters.high(around.foot, SMALL) / len(around.foot)
        down = self.letters.high(("0",), SMALL) + TICK + GAP
        drawn = len(self.panel.curves)
        for index, line in enumerate(around.foot):
            beside = SIGN + BESIDE if index < drawn else 0
            self._write(line, (0, 0), (left + beside, -down - index * row), SMALL, va="top", color=LIGHT.faint)
            if index < drawn:
                self._marker((0, 0), (left + SIGN / 2, -down - (index + 0.5) * row), **PART_LOOKS, **CURVES[index])

    def _write(self, text: str, at: Any, offset: tuple[float, float], size: float, **looks: Any) -> None:
        """Words so many points from a place of the axes."""
        looks = {"color": LIGHT.ink, "ha": "left", "xycoords": "axes fraction", **looks}
        looks |= self.letters.style(size)
        self.ax.annotate(text, at, xytext=offset, textcoords="offset points", annotation_clip=False, **looks)

    def _marker(self, at: tuple[float, float], offset: tuple[float, float], **looks: Any) -> None:
        """A marker so many points from a corner of the axes, which no legend explains."""
        from matplotlib.transforms import ScaledTranslation

        moved = ScaledTranslation(offset[0] / 72, offset[1] / 72, self.ax.figure.figure.dpi_scale_trans)
        looks = {"linestyle": "none", "clip_on": False, "label": "_", **looks}
        self.ax.plot([at[0]], [at[1]], transform=self.ax.transAxes + moved, **looks)

    def _sign(self, right: float, up: float) -> None:
        """The sign of the status, above the axes."""
        mark = MARKS[self.panel.status]
        colour = LIGHT.of_sign(Sign(self.panel.status, "", 0, 0))
        self._marker(
            (0, 1), (right, up),
            marker=[(x, -y) for x, y in mark.corners] if mark.corners else "o", markersize=SIGN - (0 if mark.filled else 1.2),
            markerfacecolor=colour if mark.filled else "none", markeredgecolor=colour,
            markeredgewidth=0 if mark.filled else 1.2,
        )  # fmt: skip

    def _empty(self, why: str) -> None:
        self.ax.set(xticks=[], yticks=[])
        self.ax.spines[:].set_visible(False)
        lines = "\n".join(self.letters.lines(why, self.width, SAID))
        self._write(lines, (0, 1), (0, -GAP), SAID, va="top", color=LIGHT.faint, fontstyle="italic")

    def _way(self) -> None:
        """The path with its band, the baseline as a bar and the milestones as diamonds; hollow ones have no day."""
        ax, panel = self.ax, self.panel
        days, values = _sides(panel.way)
        if len(values) > 1:
            low, high = ([value + edge for value in values] for edge in panel.band)
            step: Any = "post" if panel.steps else None
            ax.fill_between(days, low, high, step=step, color=SHADE, linewidth=0, zorder=1, label="still on track")
            drawn = "steps-post" if panel.steps else "default"
            ax.plot(
                days, values, color=WAY, linestyle="--", linewidth=1, drawstyle=drawn, zorder=2, label="expected"
            )  # fmt: skip
            self._keep_clear(panel.way, 1)
        if panel.baseline:
            self._marks([panel.baseline], "baseline", at_start=True, marker="_", markersize=9, markeredgewidth=2.6)
        if panel.milestones:
            self._marks(panel.milestones, "target", at_start=False, marker="D", markersize=5, markeredgewidth=1)

    def _marks(self, spots: Sequence[Spot], label: str, *, at_start: bool, **looks: Any) -> None:
        """Markers of one kind; those without a day stand at the edge, and are not filled."""
        for dated in (True, False):
            found = [spot for spot in spots if (spot.day is not None) is dated]
            if found:
                days, values = _sides(found) if dated else ([self._edge(at_start)] * len(found), _sides(found)[1])
                said = label if dated or at_start else f"{label}, no date"
                fill = WAY if dated else LIGHT.paper
                looks |= {"linestyle": "none", "color": WAY, "markerfacecolor": fill, "zorder": 3, "clip_on": False}
                self.ax.plot(days, values, label=said, **looks)
                for day, value in zip(days, values, strict=True):
                    self.labels.take(*self._point(day, value), 3.5)

    def _edge(self, at_start: bool) -> float:  # noqa: FBT001  # one of two edges
        return self.first if at_start else self.last

    def _readings(self) -> None:
        """The readings, joined from the baseline."""
        read, start = self.panel.readings, self.panel.baseline
        if not read:
            return
        joined = (start,) if start and start.day and start.day < read[0].day else ()
        line: tuple[Spot | Stop, ...] = (*joined, *read)
        self.ax.plot(
            *_sides(line), color=READ, linewidth=1.6, marker="o", markersize=4, markevery=slice(len(joined), None), zorder=4,
            clip_on=False, label="reading",
        )  # fmt: skip
        self._keep_clear(line, 2.5)

    def _curve(self, curve: Part, looks: Mapping[str, Any]) -> None:
        looks = {"linewidth": 0.9, "zorder": 3.5, "clip_on": False, "label": curve.name, **PART_LOOKS, **looks}
        self.ax.plot(*_sides(curve.points), **looks)
        self._keep_clear(curve.points, 2.5)

    def _keep_clear(self, corners: Sequence[Spot | Stop], half: float) -> None:
        """Keep words away from a line and from the markers at its corners."""
        points = [self._point(*corner) for corner in corners[-20:]]
        for x, y in points:
            self.labels.take(x, y, half)
        for (x, y), (next_x, next_y) in pairwise(points):
            steps = int(hypot(next_x - x, next_y - y) // 6)
            for step in range(1, steps):
                self.labels.take(x + (next_x - x) * step / steps, y + (next_y - y) * step / steps, 1)

    def _words(self) -> None:
        """The latest value in bold, and the target."""
        panel = self.panel
        if panel.readings:
            over = (ABOVE, UP_LEFT, UP_RIGHT, LEFT, RIGHT)
            under = (BELOW, DOWN_RIGHT, DOWN_LEFT, RIGHT, LEFT)
            last = panel.readings[-1]
            beside = (*under, *over) if self._is_low(last) else (*over, *under)
            self._word(panel.latest, (last.day, last.value), beside, bold=True)
        if panel.milestones and panel.goal:
            goal = panel.milestones[-1] if None in _sides(panel.milestones)[0] else max(panel.milestones)
            places = (LEFT, UP_LEFT, DOWN_LEFT, ABOVE, BELOW)
            self._word(panel.goal, (goal.day or self.last, goal.value), places, colour=WAY)

    def _is_low(self, at: Stop) -> bool:
        """Whether a value stands below the path at about its day, so that words go beneath."""
        before = [stop for stop in self.panel.way if stop.day <= at.day] or self.panel.way[:1]
        after = [stop for stop in self.panel.way if stop.day > at.day] or self.panel.way[-1:]
        return bool(before) and at.value < (before[-1].value + after[0].value) / 2

    def _word(
        self, text: str, at: tuple[Any, float], places: Sequence[Beside], *, bold: bool = False, colour: str = LIGHT.ink
    ) -> None:
        size = SAID if bold else SMALL
        wide, high = self.letters.wide(text, size) * (1.08 if bold else 1), self.letters.high((text,), size)
        place = self.labels.place(self._point(*at), (wide, high), places)
        self._write(
            text, at, (place.x, place.y), size, ha=place.ha, va=place.va, color=colour, xycoords="data",
            fontweight="bold" if bold else "normal", zorder=6,
            bbox={"facecolor": LIGHT.paper, "alpha": 0.7, "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip

    def _point(self, day: Any, value: float) -> tuple[float, float]:
        """A place of the axes in points."""
        low, high = limits(self.panel)
        x = (_number(day) - self.left) / (self.right - self.left)
        return x * self.width, (value - low) / (high - low) * self.height

    def _axes(self, around: Frame) -> None:
        """The first and the last month, and a few numbers."""
        ax, style = self.ax, {**self.letters.style(SMALL), "color": LIGHT.faint}
        days: Any = self.panel.days
        ends = [days[0], days[-1]] if month(days[0]) != month(days[-1]) else days[:1]
        names = [month(day) for day in ends]
        if sum(self.letters.wide(name, SMALL) for name in names) > self.width - 6:
            names = [str(day.year) for day in ends]
        ax.set_xticks(ends, names, **style)
        if len(ends) > 1:
            first, last = ax.get_xticklabels()
            first.set_horizontalalignment("left")
            last.set_horizontalalignment("right")
        ax.set_yticks(around.values, [short(value) for value in around.values], **style)
        ax.tick_params(length=TICK, color=LIGHT.panel_line, pad=1.5)
        ax.set(xlim=(self.left, self.right), ylim=limits(self.panel))


def _sides(spots: Sequence[Spot | Stop]) -> tuple[Any, list[float]]:
    """The days and the values, for matplotlib, which takes days though its types do not say so."""
    return [spot.day for spot in spots], [spot.value for spot in spots]


def _number(day: Any) -> float:
    """A day, or a place that is a number already, on the axis of days."""
    from matplotlib import dates

    number: Any = dates.date2num
    return float(number(day))
