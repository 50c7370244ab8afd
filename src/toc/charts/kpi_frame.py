"""What stands around the axes of a KPI: title, status, unit, the numbers of its axis and the parts of the people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from toc.charts.kpi_panel import Panel, Part, short
from toc.charts.lettering import Lettering
from toc.language.numbers import number

TITLE: Final = 8.0  # points of type
SAID: Final = 7.5
SMALL: Final = 7.0
MOST_LINES: Final = 2  # of a title
MOST_REASONS: Final = 3
MOST_LISTED: Final = 6
GAP: Final = 4.0
SIGN: Final = 7.0  # the side of the sign of a status
BESIDE: Final = 3.0  # a sign
TICK: Final = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the axes of a panel, wrapped for their width, with the height that it takes.

    `left` is the room for the numbers of its axis, and `indent` how far left of the axes all of it begins.
    """

    title: tuple[str, ...]
    said: tuple[str, ...]
    unit: str
    foot: tuple[str, ...]
    values: tuple[float, ...]
    above: float
    below: float
    left: float
    indent: float


def frame(panel: Panel, letters: Lettering, wide: float, *, outside: bool = False) -> Frame:
    """What stands around a panel of a width, in points, with the numbers of its axis in it or `outside`."""
    values = ticks(panel)
    left = max((letters.wide(short(value), SMALL) for value in values), default=0) + TICK + 2
    drawable = letters.drawable
    title = letters.cut(drawable(panel.title), wide, TITLE * 1.08, MOST_LINES)  # bold type is wider
    word = panel.status.word
    said = letters.cut(
        drawable(f"{word}: {panel.said}" if panel.said else word), wide - SIGN - BESIDE, SAID, MOST_REASONS
    )
    unit = letters.cut(drawable(panel.unit), wide, SMALL, 1)
    foot = tuple(_beneath(panel, letters, wide - SIGN - BESIDE))
    heights = (letters.high(title, TITLE), letters.high(said, SAID), letters.high(unit, SMALL))
    below = letters.high(("0",), SMALL) + TICK + GAP + letters.high(foot, SMALL)
    return Frame(title, said, "".join(unit), foot, values, sum(heights) + 2 * GAP, below, left, 0 if outside else left)


def _beneath(panel: Panel, letters: Lettering, room: float) -> Iterator[str]:
    """The parts of the people, one a line: first those that are drawn, whose markers stand before them."""
    yield from (named(part, letters, room) for part in panel.curves)
    if panel.listed and not panel.curves:
        yield "Of these:"
    for part in panel.listed[:MOST_LISTED]:
        yield named(part, letters, room)
    if len(panel.listed) > MOST_LISTED:
        yield f"and {number(len(panel.listed) - MOST_LISTED)} more"


def named(part: Part, letters: Lettering, room: float) -> str:
    """A part of the people with its latest value, which is never cut."""
    latest = f" {letters.drawable(part.latest)}"
    name = letters.cut(letters.drawable(part.name), max(room - letters.wide(latest, SMALL), 12), SMALL, 1)
    return f"{''.join(name)}{latest}"


def ticks(panel: Panel) -> tuple[float, ...]:
    """The numbers on the axis of values."""
    if panel.why_empty:
        return ()
    from matplotlib.ticker import MaxNLocator

    low, high = limits(panel)
    found = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return tuple(float(f"{value:.9g}") for value in found if low <= value <= high)


def limits(panel: Panel) -> tuple[float, float]:
    """The lowest and the highest value of the axis, with room for words above and below."""
    low, high = min(panel.values), max(panel.values)
    if low == high:
        low, high = low - (abs(low) or 1) / 10, high + (abs(high) or 1) / 10
    room = (high - low) * 0.14
    return low - room, high + room
