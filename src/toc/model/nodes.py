"""The six kinds of node. `id` comes from the key under which a node stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, cast, get_args

from pydantic import (
    AfterValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from toc.model.implied import ImpliedLinks, LeadsTo
from toc.model.mappings import FrozenDict
from toc.model.partner_words import Stage
from toc.model.partners import Exchanges, Impact, Reach, Reciprocates
from toc.model.types import (
    EMPTY,
    ID_FORM,
    LEVELS,
    NULL_FORM,
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
    MonitoringPath,
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
    problem,
    words_form,
    wrapped_as,
)
from toc.model.values import BaselineForm, Certainty, Link, Links, ProvenIdea, Reading, TargetForm, Texts, Value

LEADS_TO: Final = "leads_to"


class Node(Value):
    """What every node has. `title` is the only required key."""

    kind: ClassVar[Kind]
    derived: ClassVar[frozenset[str]] = frozenset({"id"})

    id: str = Field(default="", exclude=True, min_length=1)
    title: Text
    description: Text | None = None
    target_group: Ids = ()
    tags: Names = ()
    url: Text | None = None
    above_ceiling: Flag = False


class CausalNode(Node):
    """A node that links may start from: every kind but the KPI."""

    leads_to: Links = FrozenDict()


@dataclass(frozen=True, eq=False)  # compared as an object: annotations must hash
class NullUnlessSaid:
    """Annotation: links that go without saying are null in the normal form."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.wrap_serializer_function_ser_schema(_null_unless_said, is_field_serializer=True)
        return cast("CoreSchema", {**handler(source), "serialization": written})

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        form = handler(schema)
        return form if handler.mode == "validation" else {"anyOf": [form, NULL_FORM]}


def _null_unless_said(node: CausalNode, links: Any, handler: SerializerFunctionWrapHandler) -> Any:
    return handler(links) if says_links(node) else None


def says_links(node: CausalNode) -> bool:
    """Whether a node's links are its author's own, and not those to every goal that a pillar has without saying."""
    return LEADS_TO in node.__pydantic_fields_set__


def written_links(node: CausalNode) -> FrozenDict[str, Link]:
    """The links of a node but for those that go without saying."""
    links: FrozenDict[str, Link] | ImpliedLinks = node.__dict__[LEADS_TO]
    return FrozenDict() if isinstance(links, ImpliedLinks) else links


def own_links(node: CausalNode) -> None:
    """Tell the links of a node where they stand; doing it twice changes nothing."""
    source = node.id
    for target, link in written_links(node).items():
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
    """One of the few broad outcomes that together lead to the goal; it leads to every goal unless it says otherwise."""

    kind: ClassVar[Kind] = "pillar"
    leads_to: Annotated[Links, NullUnlessSaid()] = Field(default=None, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_unsaid(cls, data: Any) -> Any:
        """Take out links that are null, which are those that go without saying."""
        if isinstance(data, dict) and data.get(LEADS_TO, ()) is None:
            return {key: value for key, value in data.items() if key != LEADS_TO}
        return data

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.description))  # its links are equal whether they are said or not

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)  # beside a hash of its own, Python asks for it

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]
        return ((name, self.leads_to if name == LEADS_TO else value) for name, value in super().__iter__())


if not TYPE_CHECKING:  # a type checker knows the field
    Pillar.leads_to = LeadsTo()


class Outcome(HasDate, HasHorizon):
    """A change in people or organisations on the way to a pillar or the goal."""

    kind: ClassVar[Kind] = "outcome"


class Output(HasDate, HasHorizon):
    """What an activity directly produces."""

    kind: ClassVar[Kind] = "output"


class Activity(HasPillar):
    """What the partnership does.

    `participation` counts the different people the activity means to change in a year: not attendances, not volunteers.
    `reach` counts those of one target group among them.
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
    lead: Names = ()
    funding: Names = ()
    partners: Ids = ()
    impact: Annotated[Impact, EMPTY] | None = None
    exchange: Exchanges = FrozenDict()
    reciprocates: Reciprocates = FrozenDict()
    stage: Annotated[Stage, Word] | None = None
    reach: Reach = FrozenDict()
    places: Text | None = None
    only_together: Text | None = None


def _measuring(names: tuple[str, ...]) -> tuple[str, ...]:
    if names:
        return names
    raise problem("TOC011", "a KPI must measure something: name the id of an outcome, output or activity")


class Kpi(Node):
    """A key performance indicator: what is counted or measured. `hours` are hours of work for one collection.

    `path` is how it should move from the baseline over the milestones to the target: on a line, or in steps on their days.
    """

    kind: ClassVar[Kind] = "kpi"
    measures: Annotated[
        tuple[Reference, ...],
        Field(json_schema_extra={"minItems": 1, "uniqueItems": True}),
        AfterValidator(_measuring),
        Short(one_or_many, (ID_FORM,)),
    ]
    level: Annotated[Depth, Word] | None = None
    design: Annotated[Design, Word] = "after"
    unit: Text | None = None
    direction: Annotated[Direction, Word] = "up"
    baseline: BaselineForm | None = None
    target: TargetForm | None = None
    path: Annotated[MonitoringPath, Word] = "linear"
    readings: Annotated[tuple[Reading, ...], Short(many, (NULL_FORM,))] = ()
    method: Text | None = None
    source: Text | None = None
    frequency: Annotated[Frequency, Word] | None = None
    owner: Text | None = None
    collected_by: Ids = ()
    hours: Annotated[Number, Field(ge=0)] | None = None
    breakdowns: Names = ()
    codes: Annotated[Texts, EMPTY] = FrozenDict()
    status: Annotated[KpiStatus, Word] | None = None
    agreed_on: Day | None = None
