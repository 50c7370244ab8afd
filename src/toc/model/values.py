"""The values that nest in a theory: frozen, each in the form in which the file holds it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, NoReturn, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    Strict,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import CoreSchema

from toc.errors import TheoryError
from toc.model.boundary import rebuilding, schema_of
from toc.model.complaints import problems_of, raised, refused
from toc.model.mappings import FrozenDict, Target, alike
from toc.model.types import (
    EMPTY,
    EXTENSION_PATTERN,
    ID_FORM,
    ID_PATTERN,
    NULL_FORM,
    TEXT_SCHEMA,
    AssumptionStatus,
    Code,
    Confidence,
    Contribution,
    Count,
    Day,
    EvidenceSays,
    EvidenceStrength,
    EvidenceType,
    Extension,
    Flag,
    Forms,
    Id,
    Ids,
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

Texts = FrozenDict[Annotated[str, Strict()], Text]
ExtensionKey = Annotated[str, Field(pattern=EXTENSION_PATTERN)]


class _NothingElse:
    """What stands in the place of pydantic's `__getattr__`: an attribute that is not there is not made up.

    The class hides it, because it adds nothing: a notebook that completes `theory.pillars["` reads an attribute only of
    classes without a `__getattr__` of their own, which might run anything.
    """

    def __get__(self, value: object | None, owner: type) -> Callable[[str], NoReturn]:
        if value is None:
            raise AttributeError(name="__getattr__", obj=owner)

        def absent(name: str) -> NoReturn:
            message = f"'{owner.__name__}' object has no attribute '{name}'"
            raise AttributeError(message, name=name, obj=value)  # Python adds the nearest name that there is

        return absent


class Value(BaseModel):
    """A frozen value. Unknown keys are refused, `x-…` keys are kept.

    >>> import toc
    >>> toc.Assumption(text="Pupils are present most weeks").evolve(status="holding")
    Assumption(text='Pupils are present most weeks', status='holding')
    """

    # What reads and writes a value is built when one is first made by itself; `theory` ends this for what others derive.
    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False, defer_build=True)
    if TYPE_CHECKING:  # else a type checker without pydantic's plugin asks for it wherever a value is made
        __pydantic_extra__: dict[ExtensionKey, Extension] = Field(init=False)
    else:
        __pydantic_extra__: dict[ExtensionKey, Extension]
    # Fields that validation sets from where the value stands; they are no keys of the file.
    derived: ClassVar[frozenset[str]] = frozenset()
    is_whole: ClassVar[bool] = (
        False  # a whole theory is read by `read` wherever it stands, a part where it stands alone
    )

    if not TYPE_CHECKING:  # a type checker makes the signature from the fields

        def __init__(self, /, **fields: Any) -> None:
            """A value from its keys as in a file; values of numpy and pandas are understood."""
            try:
                self.__pydantic_validator__.validate_python(stated(fields), self_instance=self)
            except ValidationError as error:
                raise TheoryError(problems_of(error)) from None

        # What nests is validated without it: only what people make themselves goes this way.
        __init__.__pydantic_base_init__ = True
        __getattr__ = _NothingElse()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or not isinstance(other, Value):
            return NotImplemented
        ones, others = self.__dict__, other.__dict__
        for name in self.__pydantic_fields__:
            one, two = ones[name], others[name]
            if one is not two and one != two and not alike(one, two):
                return False
        return self.__pydantic_extra__ == other.__pydantic_extra__

    def __hash__(self) -> int:
        contents = self.__dict__
        parts = [contents[name] for name in self.__pydantic_fields__]
        return hash(tuple([frozenset(part) if isinstance(part, tuple) and len(part) > 1 else part for part in parts]))

    def __setattr__(self, name: str, value: Any) -> None:
        raise _frozen(name)

    def __delattr__(self, name: str) -> None:
        raise _frozen(name)

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in _UNSEEN]

    @property
    def model_extra(self) -> FrozenDict[str, Any]:
        """The `x-…` keys and what stands under them."""
        return FrozenDict(self.__pydantic_extra__ or {})

    @property
    def model_fields_set(self) -> frozenset[str]:  # type: ignore[override]  # pydantic hands out its own set
        """The fields that were given."""
        return frozenset(self.__pydantic_fields_set__)

    def evolve(self, **fields: Any) -> Self:
        """The same value with some fields changed, validated.

        Raises:
            TheoryError: a new value is wrong.

        """
        return type(self)(**stated(fields, over=self.contents()))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; unlike pydantic's own, the update is validated."""
        del deep  # Everything below is immutable, so there is nothing to copy.
        return self.evolve(**update) if update else self

    def copy(self, **options: Any) -> Self:  # pydantic's own would not validate
        """The older name of pydantic for `model_copy`."""
        return self.model_copy(**options)

    def contents(self) -> dict[str, Any]:
        """The fields that were given, `x-…` keys included, as they are."""
        given = self.__pydantic_fields_set__ | {name for name in self.derived if self.__dict__[name]}
        contents = {name: value for name, value in self.__dict__.items() if name in given}
        return contents | (self.__pydantic_extra__ or {})

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, field in type(self).model_fields.items():
            value = self.__dict__[name]
            is_given = name in self.__pydantic_fields_set__ or name in self.derived
            if field.is_required() or (is_given and value != field.get_default()):
                yield name, value
        yield from (self.__pydantic_extra__ or {}).items()

    # Errors of pydantic in our words. Whoever embeds a value in a model of their own gets pydantic's error with them.

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """A value from its keys as in a file. Raises pydantic's ValidationError, with our codes and messages."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise refused(problems_of(error), error.title) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """A value from JSON text, as `model_validate` reads it."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise refused(problems_of(error), error.title) from None

    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:  # noqa: ARG003  # limits
        """The fields of the value as pydantic holds them; what is wrong is raised in our words."""
        try:
            return handler(data)
        except ValidationError as error:
            raise raised(problems_of(error, cls, data), cls.__name__) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(cls, handler)

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Rebuild what pydantic reads and writes the value with, as `BaseModel.model_rebuild` does."""
        options["_parent_namespace_depth"] = options.get("_parent_namespace_depth", 2) + 1
        with rebuilding(cls):
            return super().model_rebuild(**options)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        form = handler.resolve_ref_schema(handler(schema))
        properties: dict[str, Any] = form["properties"]
        for name in cls.derived:
            properties.pop(name, None)
        if handler.mode == "validation":  # programs that make clients would ask for every key that has a default
            for part in properties.values():
                if (default := part.pop("default", None)) not in NOTHING:
                    part["x-default"] = default
        form |= keys_of(properties)
        return form


NOTHING: Final[tuple[Any, ...]] = (None, [], {})


def keys_of(names: Iterable[str]) -> dict[str, Any]:
    """JSON Schema of which keys there may be.

    It says so of the names, and not by closing the mapping: clients are made from it that keep `x-…` keys.
    """
    names_form = {"anyOf": [{"enum": list(names)}, {"type": "string", "pattern": EXTENSION_PATTERN}]}
    return {"additionalProperties": True, "propertyNames": names_form}


_PYDANTICS_OWN: Final = frozenset(name for name in dir(BaseModel) if not name.startswith("__"))
_KEPT: Final = (
    "model_validate",
    "model_validate_json",
    "model_dump",
    "model_dump_json",
    "model_json_schema",
    "model_copy",
)
_UNSEEN: Final = (_PYDANTICS_OWN | {"also_written", "contents", "derived", "is_whole", "read"}).difference(_KEPT)
"""What completion does not offer: what pydantic's models can do besides, and what this library needs for itself."""


class FrozenValueError(TheoryError, AttributeError):
    """An attempt to change a value, said as Python says it and in our words."""


def _frozen(name: str) -> FrozenValueError:
    message = f"a theory does not change in place: use evolve({name}=…), or edit(id, {name}=…) for one box"
    return FrozenValueError([Problem("TOC036", message, (name,))])


class Assumption(Value):
    """What must hold for a link to hold; it can be tested, with an owner and a date."""

    text: Text
    test: Text | None = None
    owner: Text | None = None
    by: Day | None = None
    status: Annotated[AssumptionStatus, Word] = "untested"


class Evidence(Value):
    """A source about a link. Without `says` it takes no stance: it neither supports nor contradicts."""

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
    assumptions: Annotated[tuple[Annotated[Assumption, wrapped_as("text")], ...], Short(many, (NULL_FORM,))] = ()
    evidence: Annotated[tuple[Evidence, ...], Short(many, (NULL_FORM,))] = ()
    confidence: Confidence | None = None
    contribution: Annotated[Contribution, Word] = "contributory"
    sign: Annotated[Literal["+", "-"], Word] = "+"
    feedback: Flag = False


def links_written(value: Any) -> Any:
    """The mapping that `leads_to` stands for: `id`, `[ids]` and `{id: nothing | "because" | link}` are the same."""
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
    """One measured value of a KPI at a date; `where` says of whom, when it is not everybody.

    `n` is how many people or things the value rests on; of a percentage, the number that is a hundred per cent.
    """

    date: Day
    value: Number
    where: Texts = FrozenDict()
    n: Count | None = None
    note: Text | None = None


class TargetGroup(Value):
    """People a change is meant for; `partner` says whose people they are."""

    title: Text
    description: Text | None = None
    disadvantaged: Flag = False
    partner: Ids = ()


class Context(Value):
    """The problem the theory answers, for whom, and what may come from outside or against intention."""

    problem: Text | None = None
    target_groups: Annotated[FrozenDict[Id, Annotated[TargetGroup, wrapped_as("title")]], EMPTY] = FrozenDict()
    external_factors: Names = ()
    unintended: Names = ()


class Silence(Value):
    """A finding that need not be reported, and why: everywhere, or about one box or partner."""

    code: Code
    reason: Text
    node: Reference | None = None
    partner: Reference | None = None


class CheckSettings(Value):
    """How strictly the theory is checked. `evidence_years` is an age in years."""

    profile: Annotated[Profile, Word] | None = None
    evidence_years: Annotated[Number, Field(gt=0)] | None = None
    silence: Annotated[tuple[Silence, ...], Short(many, (NULL_FORM,))] = ()


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
    ceiling: _Own | None = None


def read_tolerance(value: Any) -> tuple[float, float]:
    """How far behind its path a KPI may be: up to the first share it is on track, up to the second behind."""
    if isinstance(value, (list, tuple)) and len(value) == 2 and not {type(item) for item in value} - {int, float}:
        near, far = value
        if 0 < near < far <= 1:
            return float(near), float(far)
    raise problem("TOC014", "the tolerance is two shares above 0 and up to 1, the smaller first: write [0.1, 0.25]")


TOLERANCE_FORM = {
    "type": "array", "items": {"type": "number", "exclusiveMinimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 2
}  # fmt: skip


class MonitoringSettings(Value):
    """How the readings of KPIs are judged. `tolerance` is in shares of the way from the baseline to the target."""

    tolerance: Annotated[tuple[float, float], Scalar(read_tolerance, TOLERANCE_FORM)] = (0.1, 0.25)


class IatiOrganisation(Value):
    """Who publishes in IATI: its identifier, the code of its type, its name."""

    ref: Text | None = None
    type: Text | None = None
    name: Text | None = None


class IatiSettings(Value):
    """What IATI asks about an activity and a theory does not say. Codes are text; `starts` is its first day."""

    identifier: Text | None = None
    reporting_org: Annotated[IatiOrganisation, EMPTY] = IatiOrganisation.model_construct()
    starts: Day | None = None
    status: Text | None = None
    country: Text | None = None
    sector: Text | None = None


class CidsOrganization(Value):
    """Who publishes in the Common Impact Data Standard: its id, and its name in law."""

    id: Text | None = None
    legal_name: Text | None = None


class CidsSettings(Value):
    """What the Common Impact Data Standard asks and a theory does not say. `base` begins the address of every part."""

    base: Text | None = None
    organization: Annotated[CidsOrganization, EMPTY] = CidsOrganization.model_construct()


class Settings(Value):
    """The theory's own scale, checks, monitoring, vocabulary, and what the standards ask of who publishes."""

    participation_scale: Annotated[tuple[int, int], Scalar(read_scale, SCALE_FORM)] = (50, 500)
    checks: CheckSettings = CheckSettings.model_construct()  # which, unlike `CheckSettings()`, builds nothing yet
    monitoring: MonitoringSettings = MonitoringSettings.model_construct()
    vocabulary: Vocabulary = Vocabulary.model_construct()
    iati: Annotated[IatiSettings, EMPTY] | None = None
    cids: Annotated[CidsSettings, EMPTY] | None = None


def target_written(value: Any) -> Any:
    """A number, one milestone or a list of them; the last counts as the target itself."""
    if value is None or isinstance(value, tuple):
        return value
    items = value if isinstance(value, list) else [value]
    if not items:
        raise problem("TOC012", "an empty list is no target: leave the key out")
    return tuple(items)


def _one_or_more(form: dict[str, Any]) -> None:
    """JSON Schema of a list that may be written as its only item, where items have short forms at all."""
    whole = {**form, "minItems": 1}
    form.clear()
    form.update({"anyOf": [*whole["items"]["anyOf"], whole]} if "anyOf" in whole["items"] else whole)


_MILESTONE = wrapped_as("value", {"type": "number"}, kinds=(int, float))
BaselineForm = Annotated[Baseline, wrapped_as("value", {"type": "number"}, kinds=(int, float))]
MilestoneForm = Annotated[Milestone, _MILESTONE]
TargetForm = Annotated[Target[MilestoneForm], Field(json_schema_extra=_one_or_more), Short(target_written)]
