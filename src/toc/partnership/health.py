"""How a partnership stands by its four pillars: eighteen lines, each with what the file says, as an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, partial
from typing import Any, Final, get_args

from toc.errors import day_of
from toc.language.text import one_line
from toc.model import Theory
from toc.model.mappings import FrozenDict
from toc.pages.answer import Answer, Rows, Sheets, plain
from toc.pages.blocks import Page
from toc.pages.sheet import Column, Sheet
from toc.partnership import health_footing, health_reach
from toc.partnership.health_facts import HealthFact, Judgement, Seen, State
from toc.partnership.health_page import health_page
from toc.partnership.need import reached
from toc.partnership.shelf import data
from toc.partnership.statements import Basis

# What each line of health.toml looks at.
LOOKS: Final[Mapping[str, Callable[[Seen], Judgement]]] = FrozenDict(
    {
        "sweet-spot": health_footing.sweet_spot,
        "reciprocity": health_footing.reciprocity,
        "gives-and-gains": health_footing.gives_and_gains,
        "equal-voice": health_footing.equal_voice,
        "people": health_footing.people,
        "funding": health_footing.funding,
        "years": health_footing.years,
        "infrastructure": health_footing.infrastructure,
        "proof-of-concept": health_footing.proof_of_concept,
        "fit": health_reach.fit,
        "planned": health_reach.planned,
        "evidence": health_reach.evidence,
        "who-measures": health_reach.who_measures,
        "named": health_reach.named,
        "meant": health_reach.meant_for,
        "counted": health_reach.counted_in,
        "schools-chosen": health_reach.schools_chosen,
        "greatest-need": health_reach.greatest_need,
    }
)


@dataclass(frozen=True, slots=True)
class HealthQuestion:
    """What a line asks, under which pillar, and what to write where nobody has said it; whence it comes."""

    line: str
    pillar: str
    question: str
    write: str
    basis: Basis
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class HealthLine(HealthQuestion):
    """One line: its `state` is "holds", "to look at" or "not said"; `facts` say why, each with its place in the file.

    A line is "not said" where nobody wrote what it looks at: that is a question and no fault. `write` says what would
    answer it. `basis` tells whether the question is its source's own or this library's.
    """

    state: State
    facts: tuple[HealthFact, ...]


@dataclass(frozen=True, slots=True)
class TakingPart:
    """How many of one target group take part in an activity, in words: small numbers are not shown."""

    activity: str
    group: str
    people: str


class Health(Rows[HealthLine], Answer):
    """How a partnership stands on a day, in the order of the four pillars; `health["people"]` is one line.

    `counts` says how many lines stand how, and nothing adds them up. `taking_part` tells how many of each target group take
    part in each activity, as `reach` says: groups of fewer than ten are not shown, nor what would give them away. The
    tables are "lines" and "taking_part".

    >>> import datetime, toc
    >>> health = toc.example("rgs-newcastle").health(today=datetime.date(2026, 9, 1))
    >>> health
    <Health on 2026-09-01: 6 hold, 7 to look at, 5 not said>
    >>> health["infrastructure"].state, health["infrastructure"].facts[0].place
    ('to look at', 'partnership.governance')
    """

    __slots__ = ("taking_part", "theory", "today")

    def __init__(self, theory: Theory, today: date) -> None:
        self.theory = theory
        self.today: date = day_of(today)
        seen = Seen(theory, self.today)
        found = {id: HealthLine(**asdict(one), **LOOKS[id](seen)._asdict()) for id, one in questions().items()}
        super().__init__(found.values(), found)
        self.taking_part: tuple[TakingPart, ...] = tuple(
            TakingPart(id, group, people)
            for id, activity in theory.activities.items()
            for group, people in reached(activity).items()
        )

    @property
    def counts(self) -> FrozenDict[State, int]:
        """How many lines hold, are to be looked at, and are not said."""
        found = Counter(line.state for line in self)
        return FrozenDict({state: found[state] for state in get_args(State)})

    def __repr__(self) -> str:
        holds, look, unsaid = self.counts.values()
        return f"<Health on {self.today}: {holds} {'holds' if holds == 1 else 'hold'}, {look} to look at, {unsaid} not said>"

    def _page(self) -> Page:
        return health_page(self)

    def _sheets(self) -> Sheets:
        return {"lines": partial(_lines, self), "taking_part": partial(_taking_part, self)}

    def _record(self) -> dict[str, Any]:
        return {
            "title": one_line(self.theory.title),
            "today": plain(self.today),
            "counts": plain(self.counts),
            "lines": plain((*self,)),
            "taking_part": plain(self.taking_part),
        }


def health(theory: Theory, today: date) -> Health:
    """How a partnership stands on a day; see its method."""
    return Health(theory, today)


@cache
def questions() -> Mapping[str, HealthQuestion]:
    """What the lines ask, by their ids."""
    return FrozenDict({id: HealthQuestion(id, **said) for id, said in data("health")["lines"].items()})


@cache
def pillars() -> Mapping[str, str]:
    """The names of the four pillars of a partnership."""
    return FrozenDict(data("health")["pillars"])


def _lines(found: Health) -> Sheet[HealthLine]:
    columns: tuple[Column[HealthLine], ...] = (
        Column("line", ""),
        Column("pillar", "Pillar", cell=lambda row: pillars()[row.pillar]),
        Column("question", "Question"),
        Column("state", "How it stands"),
        Column("facts", "What the file says", value=lambda row: tuple(fact.text for fact in row.facts)),
        Column("places", "Where", value=lambda row: tuple(fact.place for fact in row.facts)),
        Column("source", "Source"),
    )
    return Sheet(columns, found)


def _taking_part(found: Health) -> Sheet[TakingPart]:
    groups = found.theory.context.target_groups
    columns: tuple[Column[TakingPart], ...] = (
        Column("activity", "Activity", cell=lambda row: found.theory.activities[row.activity].title),
        Column("group", "Target group", cell=lambda row: groups[row.group].title),
        Column("people", "How many take part"),
    )
    return Sheet(columns, found.taking_part)
