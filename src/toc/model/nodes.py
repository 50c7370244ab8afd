"""The six kinds of node. `id` comes from the key under which a node stands."""

from __future__ import annotations

from typing import Annotated, ClassVar, get_args

from pydantic import Field

from toc.model.mappings import Bag, FrozenDict
from toc.model.types import (
    LEVELS,
    Day,
    Depth,
    Design,
    Direction,
    Flag,
    Frequency,
    Horizon,
    Ids,
    Kind,
    KpiStatus,
    Names,
    Number,
    Participation,
    Reference,
    Short,
    Stakes,
    Strength,
    Text,
    Word,
    many,
    one_or_many,
    words_form,
    wrapped_as,
)
from toc.model.values import ID_FORM, BaselineForm, Certainty, Links, ProvenIdea, Reading, TargetForm, Value


class Node(Value):
    """What every node has. `title` is the only required key."""

    kind: ClassVar[Kind]
    derived: ClassVar[frozenset[str]] = frozenset({"id"})

    id: str = Field(default="", exclude=True, min_length=1)
    title: Text
    description: Text | None = None
    target_group: Ids = Bag()
    tags: Names = Bag()
    url: Text | None = None
    above_ceiling: Flag = False


class CausalNode(Node):
    """A node that links may start from: every kind but the KPI."""

    leads_to: Links = FrozenDict()


def own_links(node: CausalNode) -> None:
    """Tell the links of a node where they stand; doing it twice changes nothing."""
    source = node.id
    for target, link in node.leads_to.items():
        ends = link.__dict__  # no link is shared by two nodes, so this is part of making it
        ends["source"] = source
        ends["target"] = target


class HasPillar(CausalNode):
    """What may say in which pillar's column it stands."""

    pillar: Reference | None = None


class HasHorizon(HasPillar):
    """What may say how far away it is."""

    horizon: Annotated[Horizon, Word] | None = None


class HasDate(CausalNode):
    """A change or a product that may be due by a day."""

    by: Day | None = None


class Goal(HasDate):
    """The long-term impact aimed for; above the accountability ceiling unless it says otherwise."""

    kind: ClassVar[Kind] = "goal"
    above_ceiling: Flag = True


class Pillar(HasDate):
    """One of the few broad outcomes that together lead to the goal."""

    kind: ClassVar[Kind] = "pillar"


class Outcome(HasDate, HasHorizon):
    """A change in people or organisations on the way to a pillar or the goal."""

    kind: ClassVar[Kind] = "outcome"


class Output(HasDate, HasHorizon):
    """What an activity directly produces."""

    kind: ClassVar[Kind] = "output"


class Activity(HasPillar):
    """What the partnership does.

    `participation` counts the different people the activity means to change in a year: not attendances, not volunteers.
    """

    kind: ClassVar[Kind] = "activity"
    type: Text | None = None
    certainty: Annotated[Certainty, wrapped_as("level", words_form(LEVELS))] | None = None
    participation: Participation | None = None
    evidence_strength: Annotated[ProvenIdea, wrapped_as("level", words_form(get_args(Strength)))] | None = None
    stakes: Annotated[Stakes, Word] | None = None
    starts: Day | None = None
    ends: Day | None = None
    recurs: Annotated[Frequency, Word] | None = None
    lead: Names = Bag()
    funding: Names = Bag()
    partners: Ids = Bag()


class Kpi(Node):
    """A key performance indicator: what is counted or measured. `hours` are hours of work for one collection."""

    kind: ClassVar[Kind] = "kpi"
    measures: Annotated[
        Bag[Reference],
        Field(min_length=1, json_schema_extra={"minItems": 1, "uniqueItems": True}),
        Short(one_or_many, (ID_FORM,)),
    ]
    level: Annotated[Depth, Word] | None = None
    design: Annotated[Design, Word] = "after"
    unit: Text | None = None
    direction: Annotated[Direction, Word] = "up"
    baseline: BaselineForm | None = None
    target: TargetForm | None = None
    readings: Annotated[Bag[Reading], Short(many, ({"type": "null"},))] = Bag()
    method: Text | None = None
    source: Text | None = None
    frequency: Annotated[Frequency, Word] | None = None
    owner: Text | None = None
    hours: Annotated[Number, Field(ge=0)] | None = None
    breakdowns: Names = Bag()
    status: Annotated[KpiStatus, Word] | None = None
