"""Which activities help one side only, what answers or balances each, and what follows for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from toc.language.text import one_line
from toc.model import Theory
from toc.model.types import LEVELS, Level
from toc.partnership.exchanges import taking_part

Lean = Literal["outward", "inward", "even"]
Whole = Literal["one-sided", "open", "reciprocal"]
Side = Literal["internal", "external"]
SIDES: Final[tuple[Side, ...]] = ("internal", "external")


@dataclass(frozen=True, slots=True)
class ActivityMutuality:
    """What an activity changes on each side, as somebody rated it: low, medium, high, or None where nobody did.

    `answered_by` are activities that `reciprocates` joins to one that leans to a side, and that are not low where it is
    low. `elsewhere`, of a one-sided activity that nothing answers, are others with one of the same partners that are
    medium or high where it is low.
    """

    activity: str
    title: str
    internal: Level | None = None
    external: Level | None = None
    answered_by: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def is_rated(self) -> bool:
        """Whether both sides are rated."""
        return self.internal is not None and self.external is not None

    @property
    def lean(self) -> Lean | None:
        """Which side is rated higher: "outward" for the external one, "inward", or "even"; None unless both are rated."""
        if self.internal is None or self.external is None:
            return None
        inside, outside = LEVELS.index(self.internal), LEVELS.index(self.external)
        return "outward" if outside > inside else "inward" if inside > outside else "even"

    @property
    def sweet_spot(self) -> bool:
        """Whether it is high on both sides."""
        return self.internal == self.external == "high"

    @property
    def one_sided(self) -> bool:
        """Whether it is high on one side and low on the other."""
        return {self.internal, self.external} == {"low", "high"}

    @property
    def open(self) -> bool:
        """Whether it is one-sided, and nothing answers or balances it."""
        return self.one_sided and not self.answered_by and not self.elsewhere


def rated(theory: Theory) -> Iterator[ActivityMutuality]:
    """Every activity with its ratings, and what answers or balances it."""
    joined, balancing = _joined(theory), _Balancing(theory)
    for id, activity in theory.activities.items():
        one = ActivityMutuality(
            id, one_line(activity.title), level(theory, id, "internal"), level(theory, id, "external")
        )
        if one.lean not in {None, "even"}:
            low = _lower(one)
            answers = tuple(other for other in joined.get(id, ()) if level(theory, other, low) != "low")
            balanced = balancing.of(id, low) if one.one_sided and not answers else ()
            one = ActivityMutuality(id, one.title, one.internal, one.external, answers, balanced)
        yield one


def whole_of(activities: Sequence[ActivityMutuality]) -> Whole | None:
    """What the activities that are rated on both sides are together; None where there is none."""
    both = [one for one in activities if one.is_rated]
    if not both:
        return None
    if len(both) > 1 and low_sides(both) and not any(one.answered_by for one in both):
        return "one-sided"
    return "open" if any(one.open for one in both) else "reciprocal"


def low_sides(activities: Sequence[ActivityMutuality]) -> tuple[Side, ...]:
    """The sides on which every activity that is rated on both is low."""
    both = [one for one in activities if one.is_rated]
    return tuple(side for side in SIDES if both and all(getattr(one, side) == "low" for one in both))


def level(theory: Theory, id: str, side: Side) -> Level | None:
    """How an activity is rated on one side."""
    impact = theory.activities[id].impact
    rating = getattr(impact, side) if impact else None
    return rating.level if rating else None


def _lower(one: ActivityMutuality) -> Side:
    return "internal" if one.lean == "outward" else "external"


def _joined(theory: Theory) -> Mapping[str, Sequence[str]]:
    """The activities that `reciprocates` joins to each, in either direction, in the author's order."""
    found: dict[str, dict[str, None]] = {}
    for id, activity in theory.activities.items():
        for other in activity.reciprocates:
            found.setdefault(id, {})[other] = None
            found.setdefault(other, {})[id] = None
    place = {id: number for number, id in enumerate(theory.activities)}
    return {id: sorted(others, key=place.__getitem__) for id, others in found.items()}


class _Balancing:
    """The activities of each partner that are medium or high on a side: of partners alike they are gathered once."""

    def __init__(self, theory: Theory) -> None:
        home = theory.partnership.home
        self._place = {id: number for number, id in enumerate(theory.activities)}
        self._partners = {id: frozenset(taking_part(one)) - {home} for id, one in theory.activities.items()}
        self._by_partner: dict[tuple[str, Side], list[str]] = {}
        self._gathered: dict[tuple[frozenset[str], Side], tuple[str, ...]] = {}
        for id, partners in self._partners.items():
            for side in SIDES:
                if level(theory, id, side) in {"medium", "high"}:
                    for partner in partners:
                        self._by_partner.setdefault((partner, side), []).append(id)

    def of(self, id: str, side: Side) -> tuple[str, ...]:
        """Those with a partner of an activity that is low on that side, and so is none of them itself."""
        key = self._partners[id], side
        if key not in self._gathered:
            found = {other for partner in key[0] for other in self._by_partner.get((partner, side), ())}
            self._gathered[key] = tuple(sorted(found, key=self._place.__getitem__))
        return self._gathered[key]
