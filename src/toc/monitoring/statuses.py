"""How a KPI stands and why that is not known: the words for it, and a mark of its own shape for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from toc.pages.blocks import Marked


class Mark(NamedTuple):
    """What stands beside a word: a letter for plain text, and an outline in a square of 16 units for a drawing."""

    glyph: str
    outline: str


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
        return Marked(self.word, *MARKS[self])


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
MARKS: Final[Mapping[Status, Mark]] = MappingProxyType(
    {
        Status.MET: Mark("★", "M8 .8 9.8 5.9 15.2 6.1 10.9 9.4 12.5 14.5 8 11.5 3.5 14.5 5.1 9.4.8 6.1 6.2 5.9z"),
        Status.ON_TRACK: Mark("●", "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z"),
        Status.BEHIND: Mark("▲", "M8 1 15.5 14.5H.5z"),
        Status.OFF_TRACK: Mark("■", "M1.5 1.5h13v13h-13z"),
        Status.MISSED: Mark("✕", "M3.2 1 8 5.8 12.8 1 15 3.2 10.2 8 15 12.8 12.8 15 8 10.2 3.2 15 1 12.8 5.8 8 1 3.2z"),
        Status.UNKNOWN: Mark("○", "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14zM8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10z"),
    }
)
