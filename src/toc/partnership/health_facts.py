"""What the lines of the health view rest on: judgements, facts with their places, and what several lines look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple

from toc.language.vocabulary import Wording, wording
from toc.model import Theory

State = Literal["holds", "to look at", "not said"]
HOLDS: Final = "holds"
LOOK: Final = "to look at"
NOT_SAID: Final = "not said"


@dataclass(frozen=True, slots=True)
class HealthFact:
    """What a line rests on, in words, and where that stands in the file: keys with full stops between them."""

    text: str
    place: str


class Judgement(NamedTuple):
    """How a line stands, and why."""

    state: State
    facts: tuple[HealthFact, ...] = ()


def judged(bad: Iterable[HealthFact] = (), good: Iterable[HealthFact] = ()) -> Judgement:
    """To be looked at where anything gives cause, else held where anything speaks for it, else not said."""
    if found := tuple(bad):
        return Judgement(LOOK, found)
    found = tuple(good)
    return Judgement(HOLDS if found else NOT_SAID, found)


@dataclass(frozen=True)
class Seen:
    """A theory on a day, and what several lines would otherwise each work out."""

    theory: Theory
    today: date

    @cached_property
    def say(self) -> Wording:
        """The titles and words of the theory."""
        return wording(self.theory)

    def of_activity(self, id: str, key: str, text: str) -> HealthFact:
        """A fact about an activity, which is named first."""
        return HealthFact(f"{self.say.title(id)} {text}", f"activities.{id}.{key}")
