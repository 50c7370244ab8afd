"""The values that nest in a theory: frozen, each in the form in which the file holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, Strict, ValidationError
from pydantic_core import CoreSchema

from toc.errors import TheoryError
from toc.model.complaints import problems_of, raised
from toc.model.mappings import Bag, FrozenDict, Target
from toc.model.types import (
    EXTENSION_PATTERN,
    ID_PATTERN,
    REFERENCE_PATTERN,
    TEXT_SCHEMA,
    AssumptionStatus,
    Code,
    Confidence,
    Contribution,
    Day,
    EvidenceSays,
    EvidenceStrength,
    EvidenceType,
    Extension,
    Flag,
    Forms,
    Id,
    Level,
    Names,
    Number,
    Profile,
    Reference,
    Scalar,
    Short,
    Strength,
    Text,
    Word,
    many,
    problem,
    wrapped_as,
)
from toc.problems import Problem
from toc.scalars import stated

ExtensionKey = Annotated[str, Field(pattern=EXTENSION_PATTERN)]
NULL_FORM = {"type": "null"}


class Value(BaseModel):
    """A frozen value. Unknown keys are refused, `x-…` keys are kept.

    >>> import toc
    >>> toc.Assumption(text="Pupils are present most weeks").evolve(status="holding")
    Assumption(text='Pupils are present most weeks', status='holding')
    """

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
    if TYPE_CHECKING:  # else a type checker without pydantic's plugin asks for it wherever a value is made
        __pydantic_extra__: dict[ExtensionKey, Extension] = Field(init=False)
    else:
        __pydantic_extra__: dict[ExtensionKey, Extension]
    # Fields that validation sets from where the value stands; they are no keys of the file.
    derived: ClassVar[frozenset[str]] = frozenset()

    if not TYPE_CHECKING:  # a type checker makes the signature from the fields

        def __init__(self, /, **fields: Any) -> None:
            """A value from its keys as in a file; values of numpy and pandas are understood."""
            super().__init__(**stated(fields))

        # What nests is validated without it: only what people make themselves goes this way.
        __init__.__pydantic_base_init__ = True

    def __setattr__(self, name: str, value: Any) -> None:
        message = f"a theory does not change in place: use evolve({name}=…), or edit(id, {name}=…) for a node"
        raise raised([Problem("TOC036", message, (name,))], type(self).__name__)

    def evolve(self, **fields: Any) -> Self:
        """The same value with some fields changed, validated.

        Raises:
            TheoryError: a new value is wrong.

        """
        try:
            return type(self).model_validate(stated(fields, over=self.contents()))
        except ValidationError as error:
            raise TheoryError(problems_of(error)) from None

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; unlike pydantic's own, the update is validated."""
        del deep  # Everything below is immutable, so there is nothing to copy.
        return self.evolve(**update) if update else self

    def contents(self) -> dict[str, Any]:
        """The fields that were given, `x-…` keys included, as they are."""
        given = self.model_fields_set | {name for name in self.derived if self.__dict__[name]}
        return {name: value for name, value in self if name in given}

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, field in type(self).model_fields.items():
            value = self.__dict__[name]
            if field.is_required() or value != field.get_default(call_default_factory=True):
                yield name, value
        yield from (self.__pydantic_extra__ or {}).items()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        form = handler.resolve_ref_schema(handler(schema))
        for name in cls.derived:
            form.get("properties", {}).pop(name, None)
        form["additionalProperties"] = False
        form["patternProperties"] = {EXTENSION_PATTERN: {}}
        return form


class Assumption(Value):
    """What must hold for a link to hold; it can be tested, with an owner and a date."""

    text: Text
    test: Text | None = None
    owner: Text | None = None
    by: Day | None = None
    status: Annotated[AssumptionStatus, Word] = "untested"


class Evidence(Value):
    """A source that supports or contradicts a link; while nobody has said which, `says` is None."""

    source: Text
    type: Annotated[EvidenceType, Word] | None = None
    says: Annotated[EvidenceSays, Word] | None = None
    strength: Annotated[EvidenceStrength, Word] | None = None
    date: Day | None = None
    url: Text | None = None


class Link(Value):
    """A causal claim, source leads to target, with its argument.

    `source` and `target` come from where the link stands in the theory; `confidence` is a share from 0 to 1.

    >>> Link(because="Regular practice builds fluency", confidence="high")
    Link(because='Regular practice builds fluency', confidence=0.8)
    """

    derived: ClassVar[frozenset[str]] = frozenset({"source", "target"})

    source: str = Field(default="", exclude=True, min_length=1)
    target: str = Field(default="", exclude=True, min_length=1)
    because: Text | None = None
    assumptions: Annotated[Bag[Annotated[Assumption, wrapped_as("text")]], Short(many, (NULL_FORM,))] = Bag()
    evidence: Annotated[Bag[Evidence], Short(many, (NULL_FORM,))] = Bag()
    confidence: Confidence | None = None
    contribution: Annotated[Contribution, Word] = "contributory"
    sign: Annotated[Literal["+", "-"], Word] = "+"
    feedback: Flag = False


def links_written(value: Any) -> Any:
    """The mapping that `leads_to` stands for: `id`, `[ids]` and `{id: nothing | "because" | link}` are the same.

    >>> links_written("stem"), links_written({"stem": "They practise"})
    ({'stem': {}}, {'stem': {'because': 'They practise'}})
    """
    if isinstance(value, dict):
        return {target: link if link and type(link) is dict else _link_written(link) for target, link in value.items()}
    if isinstance(value, str):
        return {value.strip(): {}}
    if value is None:
        return {}
    if isinstance(value, (list, tuple)):
        return _listed_links(value)
    return value


def _link_written(link: Any) -> Any:
    if link is None:
        return {}
    if isinstance(link, str):
        return {"because": link}
    if isinstance(link, Link):  # shared with another theory: take a copy, because its ends are set below
        return link.contents()
    return link


def _listed_links(ids: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for item in ids:
        if not isinstance(item, str):
            raise problem("TOC012", "a list under `leads_to` holds ids only; to say why, write `id: because`")
        target = item.strip()
        if target in links:
            raise problem("TOC018", f"'{target}' stands twice in this list: delete one")
        links[target] = {}
    return links


ID_FORM = {"type": "string", "pattern": REFERENCE_PATTERN}
LinkTarget = Annotated[str, Strict(), Forms((), {"pattern": ID_PATTERN})]
LinkForm = Annotated[Link, Forms((TEXT_SCHEMA, NULL_FORM))]
Links = Annotated[
    FrozenDict[LinkTarget, LinkForm],
    Short(links_written, (ID_FORM, NULL_FORM, {"type": "array", "items": ID_FORM, "uniqueItems": True})),
]


class Certainty(Value):
    """How certain it is that the activity itself changes those who take part (Smith in SecEd, after Fiennes 2012)."""

    level: Annotated[Level, Word]
    because: Text | None = None


class ProvenIdea(Value):
    """How well the idea behind an activity is proven, and by what."""

    level: Annotated[Strength, Word]
    source: Text | None = None


class Baseline(Value):
    """Where a KPI started, in its unit."""

    value: Number
    date: Day | None = None


class Milestone(Value):
    """A value to be reached, in the KPI's unit, by a date."""

    value: Number
    by: Day | None = None


class Reading(Value):
    """One measured value of a KPI at a date; `where` says of whom, when it is not everybody."""

    date: Day
    value: Number
    where: FrozenDict[Annotated[str, Strict()], Text] = FrozenDict()


class TargetGroup(Value):
    """People a change is meant for."""

    title: Text
    description: Text | None = None
    disadvantaged: Flag = False


class Partner(Value):
    """An organisation that takes part."""

    title: Text
    description: Text | None = None
    url: Text | None = None


class Context(Value):
    """The problem the theory answers, for whom, and what may come from outside or against intention."""

    problem: Text | None = None
    target_groups: Annotated[
        FrozenDict[Id, Annotated[TargetGroup, wrapped_as("title")]],
        Short(lambda v: {} if v is None else v, (NULL_FORM,)),
    ] = FrozenDict()
    external_factors: Names = Bag()
    unintended: Names = Bag()


class Silence(Value):
    """A finding that need not be reported, and why."""

    code: Code
    reason: Text
    node: Reference | None = None


class CheckSettings(Value):
    """How strictly the theory is checked. `evidence_years` is an age in years."""

    profile: Annotated[Profile, Word] | None = None
    evidence_years: Annotated[Number, Field(gt=0)] | None = None
    silence: Annotated[Bag[Silence], Short(many, (NULL_FORM,))] = Bag()


def read_scale(value: Any) -> tuple[int, int]:
    """The two bounds of participation: below the first is low, below the second medium, else high."""
    if isinstance(value, (list, tuple)) and len(value) == 2:
        low, high = value
        if type(low) is int and type(high) is int and 0 < low < high:
            return low, high
    raise problem("TOC014", "the scale is two whole numbers of people, the smaller first: write [50, 500]")


SCALE_FORM = {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2}


class OwnWord(Value):
    """An organisation's own word for an idea, and its plural: without one an English word makes its own."""

    one: Text
    many: Text | None = None


_Own = Annotated[OwnWord, wrapped_as("one")]


class Vocabulary(Value):
    """The organisation's own words for the ideas of this format, used in every output."""

    goal: _Own | None = None
    pillar: _Own | None = None
    outcome: _Own | None = None
    output: _Own | None = None
    activity: _Own | None = None
    kpi: _Own | None = None
    link: _Own | None = None
    assumption: _Own | None = None
    evidence: _Own | None = None
    partner: _Own | None = None


class Settings(Value):
    """The theory's own scale, checks and vocabulary."""

    participation_scale: Annotated[tuple[int, int], Scalar(read_scale, SCALE_FORM)] = (50, 500)
    checks: CheckSettings = CheckSettings()
    vocabulary: Vocabulary = Vocabulary()


def target_written(value: Any) -> Any:
    """A number, one milestone or a list of them; the last counts as the target itself."""
    if value is None or isinstance(value, tuple):
        return value
    items = value if isinstance(value, list) else [value]
    if not items:
        raise problem("TOC012", "an empty list is no target: leave the key out")
    return tuple(items)


def _one_or_more(form: dict[str, Any]) -> None:
    """JSON Schema of a list that may be written as its only item."""
    items = dict(form)
    form.clear()
    form["anyOf"] = [*items["items"]["anyOf"], {**items, "minItems": 1}]


_MILESTONE = wrapped_as("value", {"type": "number"}, kinds=(int, float))
BaselineForm = Annotated[Baseline, wrapped_as("value", {"type": "number"}, kinds=(int, float))]
MilestoneForm = Annotated[Milestone, _MILESTONE]
TargetForm = Annotated[Target[MilestoneForm], Field(json_schema_extra=_one_or_more), Short(target_written)]
