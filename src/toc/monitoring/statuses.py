"""How a KPI stands and why that is not known: the words for it, and a mark of its own shape for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.pages.blocks import Marked


class Mark(NamedTuple):
    """What stands beside a word: a letter for plain text, and for a drawing its corners; one without corners is round.

    Corners are seen from the middle, as shares of half its side.
    """

    glyph: str
    corners: tuple[tuple[float, float], ...] = ()
    filled: bool = True

    @property
    def outline(self) -> str:
        """The shape as path data of SVG, in a square of 16 units."""
        if self.corners:
            return f"M{' '.join(f'{8 + 7 * x:.4g} {8 + 7 * y:.4g}' for x, y in self.corners)}z"
        return _CIRCLE if self.filled else _CIRCLE + _HOLE


class Status(StrEnum):
    """How a KPI stands on a day.

    >>> Status.OFF_TRACK.value, Status.OFF_TRACK.word, Status.UNKNOWN.word
    ('off-track', 'off track', 'not known')
    """

    MET = "met"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    OFF_TRACK = "off-track"
    MISSED = "missed"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        """What people read."""
        return "not known" if self is Status.UNKNOWN else self.value.replace("-", " ")

    @property
    def marked(self) -> Marked:
        """The word with its mark, for a page."""
        mark = MARKS[self]
        return Marked(self.word, mark.glyph, mark.outline)


class Why(StrEnum):
    """Why it is not known how a KPI stands."""

    ABOVE_CEILING = "above-ceiling"
    NO_TARGET = "no-target"
    NOT_READ = "not-read"
    NOT_DUE = "not-due"
    NO_READING = "no-reading"
    NO_BASELINE = "no-baseline"
    NO_DATE = "no-date"
    NO_START = "no-start"
    NO_SCALE = "no-scale"
    STALE = "stale"

    @property
    def sentence(self) -> str:
        """The reason in words, for the end of a sentence."""
        return REASONS[self]


REASONS: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.ABOVE_CEILING: "above the accountability ceiling, so it is told and not judged",
        Why.NO_TARGET: "no target yet",
        Why.NOT_READ: "the target was due, and no reading tells of that time",
        Why.NOT_DUE: "no reading is due yet",
        Why.NO_READING: "no reading yet, though one was due",
        Why.NO_BASELINE: "no baseline, so nobody can tell how far it has come",
        Why.NO_DATE: "the target has no date",
        Why.NO_START: "the baseline has no date",
        Why.NO_SCALE: "there is no way between baseline and target to measure along",
        Why.STALE: "the latest reading is too old to tell of this day",
    }
)
_CIRCLE: Final = "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z"
_HOLE: Final = "M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10z"
MARKS: Final[Mapping[Status, Mark]] = MappingProxyType(
    {
        Status.MET: Mark(
            "★",
            (
                (0, -0.95), (0.24, -0.22), (1, -0.22), (0.38, 0.22), (0.62, 0.95), (0, 0.5), (-0.62, 0.95), (-0.38, 0.22),
                (-1, -0.22), (-0.24, -0.22),
            ),
        ),
        Status.ON_TRACK: Mark("●"),
        Status.BEHIND: Mark("▲", ((0, -0.9), (1, 0.8), (-1, 0.8))),
        Status.OFF_TRACK: Mark("■", ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))),
        Status.MISSED: Mark(
            "✕",
            (
                (-0.6, -0.88), (0, -0.28), (0.6, -0.88), (0.88, -0.6), (0.28, 0), (0.88, 0.6), (0.6, 0.88), (0, 0.28),
                (-0.6, 0.88), (-0.88, 0.6), (-0.28, 0), (-0.88, -0.6),
            ),
        ),
        Status.UNKNOWN: Mark("○", filled=False),
    }
)  # fmt: skip
