"""What the panel of one KPI shows, before it has a place on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final, NamedTuple

from toc.language.facts import told
from toc.language.kpi_units import is_percentage
from toc.language.numbers import amount, number
from toc.language.text import one_line
from toc.model.nodes import Kpi
from toc.monitoring import KpiProgress, Progress, Status, Why
from toc.monitoring.course import Stop, aim, stops
from toc.monitoring.kpi_progress import readings
from toc.monitoring.small_groups import hidden, whom
from toc.monitoring.standing import standing

MOST_CURVES: Final = 4  # of parts of the people in one panel; more are listed beneath
LONG: Final = 1e7  # a value that is written out at its point has no more digits
SIZES: Final = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
LARGEST: Final = 1e200  # beyond it nothing can be drawn to scale


class Spot(NamedTuple):
    """A value of a day, or of none that is known."""

    day: date | None
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """The readings of a part of the people, and the latest of them in words, or why that is not shown."""

    name: str
    points: tuple[Stop, ...]
    latest: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything in one panel.

    `way` is how the KPI should go, and `band` how far below and above it a value is still on track. `said` is what is told
    behind the word for the status, `latest` and `goal` the values that are written at their points, `listed` the parts of
    the people that are told beneath.
    """

    kpi: str
    title: str
    status: Status
    said: str
    unit: str
    today: date
    way: tuple[Stop, ...]
    steps: bool
    band: tuple[float, float]
    baseline: Spot | None
    milestones: tuple[Spot, ...]
    goal: str
    readings: tuple[Stop, ...]
    latest: str
    curves: tuple[Part, ...]
    listed: tuple[Part, ...]

    @property
    def days(self) -> list[date]:
        """Every day on the panel, in order; today is one of them."""
        spots = (
            self.baseline,
            *self.milestones,
            *self.readings,
            *self.way,
            *(one for c in self.curves for one in c.points),
        )
        return sorted({self.today, *(spot.day for spot in spots if spot and spot.day)})

    @property
    def values(self) -> list[float]:
        """Every value on the panel, the edges of the band included."""
        spots = (self.baseline, *self.milestones, *self.readings, *(one for c in self.curves for one in c.points))
        edges = (stop.value + edge for stop in self.way for edge in self.band)
        return [*(spot.value for spot in spots if spot), *edges]

    @property
    def told(self) -> str:
        """The panel in words."""
        latest = f"latest {self.latest}" if self.latest else ""
        return f"{self.title}: {self.status.word}{f' ({self.said})' if self.said else ''}{', ' * bool(latest)}{latest}."

    @property
    def why_empty(self) -> str:
        """Why there is nothing to draw; empty where there is."""
        if not self.values:
            return "Nothing to draw yet: no baseline, no target and no reading of everybody"
        if max(map(abs, self.values)) > LARGEST or not isfinite(max(self.values) - min(self.values)):
            return "Nothing is drawn: the values are too large"
        return ""


def panel(progress: Progress, one: KpiProgress) -> Panel:
    """What is shown of one KPI. Above the ceiling that is its values and how they went, and nothing that judges them."""
    theory, kpi = progress.theory, progress.theory.kpis[one.kpi]
    judged = one.why is not Why.ABOVE_CEILING
    read = readings(kpi, progress.today)
    milestones = [Spot(goal.by, goal.value) for goal in kpi.target or ()] if judged else []
    curves, listed = _parts(progress, kpi, one)
    found = Panel(
        kpi=kpi.id,
        title=f"{one_line(kpi.title)}{' (draft)' if one.draft else ''}",
        status=one.status,
        said=standing(theory, one),
        unit=one_line(kpi.unit or ""),
        today=progress.today,
        way=stops(kpi) if judged else (),
        steps=kpi.path == "steps",
        band=_band(kpi, theory.settings.monitoring.tolerance[0]),
        baseline=Spot(kpi.baseline.date, kpi.baseline.value) if kpi.baseline else None,
        milestones=tuple(milestones),
        goal=_bare(kpi, kpi.target.value, amount(kpi.target.value, kpi.unit)) if kpi.target and judged else "",
        readings=tuple(Stop(reading.date, reading.value) for reading in read),
        latest=_bare(kpi, read[-1].value, told(kpi, read[-1])) if read else "",
        curves=curves,
        listed=listed,
    )
    return _kept(found, aim(kpi)) if kpi.direction == "keep" and judged else found


def _kept(found: Panel, goal: float | None) -> Panel:
    """The panel of a KPI that is to keep a value, whose way is level."""
    if goal is None:
        return found
    return replace(found, way=(Stop(found.days[0], goal), Stop(found.days[-1], goal)))


def _band(kpi: Kpi, tolerance: float) -> tuple[float, float]:
    """How far below and above its path a value is still on track: only behind it, unless a value is to be kept."""
    if kpi.direction == "keep":
        wide = tolerance * abs(aim(kpi) or 0)
        return -wide, wide
    behind = tolerance * (kpi.target.value - kpi.baseline.value) if kpi.target and kpi.baseline else 0.0
    return min(-behind, 0), max(-behind, 0)


def short(value: float) -> str:
    """A number; of a large one four digits, with the name of its size.

    >>> short(950_000), short(1_250_000), short(3.2e12)
    ('950,000', '1.25 m', '3.2 tn')
    """
    size, name = next(((size, name) for size, name in SIZES if size <= abs(value) < 1e15), (1.0, ""))
    return f"{number(float(f'{value / size:.4g}') if name else value)} {name}".rstrip()


def _bare(kpi: Kpi, value: float | None, text: str) -> str:
    """A value in words without its unit, which is told above; a percent sign stays."""
    if value is not None and abs(value) >= LONG:
        return short(value)
    unit = one_line(kpi.unit or "")
    return text.removesuffix(unit[1:] if unit.startswith("%") else f" {unit}")


def _parts(progress: Progress, kpi: Kpi, one: KpiProgress) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts of the people that are drawn, where their values can be compared with those of all, and those listed."""
    groups = {id: group.title for id, group in progress.theory.context.target_groups.items()}
    unseen = {} if progress.small_groups else hidden(kpi)
    shown = [reading for reading in kpi.readings if reading.date <= progress.today and whom(reading) not in unseen]
    parts: list[Part] = []
    for part in one.parts:
        days = {reading.date: reading for reading in shown if reading.where == part.where}
        points = tuple(Stop(day, days[day].value) for day in sorted(days))
        name = ", ".join(one_line(groups.get(text, text)) for text in part.where.values())
        parts.append(Part(name, points, _bare(kpi, part.value, part.text)))
    drawn = [part for part in parts if part.points]
    if len(drawn) > MOST_CURVES or not (is_percentage(kpi) or kpi.design == "before-after"):
        return (), tuple(parts)
    return tuple(drawn), tuple(part for part in parts if not part.points)
