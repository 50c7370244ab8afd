"""Who takes part, what each side brings, gains and gives, and on what footing: the values of the partnership itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from toc.model.frame_words import Aim as GainedAim
from toc.model.frame_words import Benefit, Resource
from toc.model.mappings import FrozenDict
from toc.model.meant import day_advice
from toc.model.partner_words import (
    BENEFITS,
    RESOURCES,
    TYPES,
    FundingKind,
    FundingLevel,
    GiftKind,
    PaidBy,
    Phase,
    Sector,
    TypeWord,
)
from toc.model.types import (
    CONTROLS,
    DAY_FORM,
    EMPTY,
    ID_FORM,
    ID_PATTERN,
    LEVELS,
    NULL_FORM,
    Count,
    Day,
    Flag,
    Forms,
    Frequency,
    Level,
    Reference,
    Scalar,
    Share,
    Short,
    Text,
    Word,
    one_or_many,
    problem,
    read_date,
    shown,
    word_problem,
    words_form,
    wrapped_as,
)
from toc.model.values import Value
from toc.spelling import hint, nearest

MentionedId = Annotated[str, Field(strict=True), Forms((), {"pattern": ID_PATTERN})]
"""An id that is a key and must exist elsewhere: what is no id is unknown."""


def one_of(names: Sequence[str]) -> ConfigDict:
    """What a model's JSON Schema says where exactly one of some keys must stand in it."""
    said: Any = [{"required": [name], "properties": {name: {"type": "string"}}} for name in names]
    return ConfigDict(json_schema_extra={"oneOf": said})


def refuse_but_one(value: Value, names: Sequence[str]) -> None:
    """Go on where a value says exactly one of some keys."""
    said = [name for name in names if value.__dict__[name] is not None]
    keys = [f"`{name}`" for name in names]
    if not said:
        raise problem("TOC011", f"one of {', '.join(keys[:-1])} and {keys[-1]} is missing")
    if len(said) > 1:
        raise problem("TOC012", f"`{said[0]}` and `{said[1]}` exclude each other: keep one")


# What each side brings and gains


def _own(word: str) -> str:
    return f" An own word holds a space or a capital, or stands as {{text: {word[:60]}}}"


def _table_word(words: Sequence[str], what: str) -> Scalar:
    """A word of a table."""

    def read(value: Any) -> str:
        word = value.strip() if isinstance(value, str) else value
        if word in words and isinstance(word, str):
            return word
        if not isinstance(word, str):
            raise problem("TOC012", f"expected a word of the table of {what} but found {shown(value)}")
        suggestion = nearest(word, words)
        choices = hint(suggestion) or f": {', '.join(words)}."
        told = f"{shown(word)} is not in the table of {what}{choices}{_own(word)}"
        raise problem("TOC013", told, suggestion)

    return Scalar(read, words_form(words))


def _worded(key: str) -> Any:
    """A word of the table, or an own text, in the mapping for which it stands."""

    def expand(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return {key if re.fullmatch(ID_PATTERN, value.strip()) else "text": value}

    return expand


_OWN_TEXT: Final = {
    "type": "string",
    "pattern": rf"^(?!\s*[a-z][a-z0-9-]*\s*$)(?=[\s\S]*\S)[^{CONTROLS}]*$",
}


def one_or_listed(value: Any) -> Any:
    """One stands for a list of one, nothing for an empty list; a word repeated in the list is refused."""
    return (value,) if isinstance(value, (dict, Value)) else one_or_many(value)


class Gift(Value):
    """What a partner brings or gives: a word of the table of resources, or an own text with its kind."""

    model_config = one_of(("resource", "text"))

    resource: Annotated[Resource, _table_word(RESOURCES, "resources")] | None = None
    text: Text | None = None
    kind: Annotated[GiftKind, Word] | None = None
    because: Text | None = None
    source: Text | None = None
    said_by: Text | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        refuse_but_one(self, ("resource", "text"))
        return self


class Gain(Value):
    """What a partner receives or gains: a word of the tables of benefits and aims, or an own text."""

    model_config = one_of(("benefit", "text"))

    benefit: Annotated[Benefit | GainedAim, _table_word(BENEFITS, "benefits and aims")] | None = None
    text: Text | None = None
    because: Text | None = None
    source: Text | None = None
    said_by: Text | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        refuse_but_one(self, ("benefit", "text"))
        return self


_GIFT: Final = (words_form(RESOURCES), _OWN_TEXT)
_GAIN: Final = (words_form(BENEFITS), _OWN_TEXT)
GiftForm = Annotated[Gift, Short(_worded("resource"), _GIFT)]
GainForm = Annotated[Gain, Short(_worded("benefit"), _GAIN)]


def alone_too(form: dict[str, Any]) -> None:
    """JSON Schema of a list that may be written as its only item."""
    whole = dict(form)
    form.clear()
    form.update({"anyOf": [*whole["items"]["anyOf"], NULL_FORM, whole]} if "anyOf" in whole["items"] else whole)


Gifts = Annotated[tuple[GiftForm, ...], Field(json_schema_extra=alone_too), Short(one_or_listed)]
Gains = Annotated[tuple[GainForm, ...], Field(json_schema_extra=alone_too), Short(one_or_listed)]


# Partners


def read_since(value: Any) -> int | date:
    """A year, or a day."""
    if isinstance(value, int) and not isinstance(value, bool):
        if 1000 <= value <= 9999:
            return value
        raise problem("TOC014", f"{shown(value)} is not a year: write four digits, such as 2021")
    if isinstance(value, str) and re.fullmatch("[0-9]{4}", value.strip()):
        raise problem("TOC012", f"expected a year or a day but found the text {shown(value)}: write {value.strip()}")
    if not isinstance(value, date) and len(str(value).strip()) != len("2021-09-01"):
        raise problem("TOC015", f"{shown(value)} is not a date: {day_advice(value)}, or the year alone")
    return read_date(value)


Since = Annotated[
    int | date, Scalar(read_since, {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, DAY_FORM]})
]


class Disadvantage(Value):
    """The share from 0 to 1 of a partner's people who are disadvantaged, as which measure, and who says so."""

    share: Share
    measure: Text | None = None
    date: Day | None = None
    source: Text | None = None


Phases = Annotated[
    tuple[Annotated[Phase, Word], ...],
    Field(json_schema_extra={"uniqueItems": True}),
    Short(one_or_many, (words_form(get_args(Phase)), NULL_FORM)),
]


class Partner(Value):
    """An organisation that takes part, or a group of `organisations`; `contact` is a role and never a name."""

    title: Text
    description: Text | None = None
    url: Text | None = None
    sector: Annotated[Sector, Word] | None = None
    phase: Phases = ()
    contact: Text | None = None
    since: Since | None = None
    organisations: Annotated[Count, Field(ge=1)] = 1
    disadvantage: Disadvantage | None = None
    brings: Gifts = ()
    receives: Gains = ()


# What an activity is to each side


class ImpactSide(Value):
    """How much an activity changes one side, why, and for how many people."""

    level: Annotated[Level, Word]
    because: Text | None = None
    people: Count | None = None


_Side = Annotated[ImpactSide, wrapped_as("level", words_form(LEVELS))]


class Impact(Value):
    """What an activity changes inside the home partner, and outside it."""

    internal: _Side | None = None
    external: _Side | None = None


class Exchange(Value):
    """What one partner gives to an activity, and gains from it."""

    gives: Gifts = ()
    gains: Gains = ()


Exchanges = Annotated[FrozenDict[MentionedId, Annotated[Exchange, EMPTY]], EMPTY]


def _reciprocated(value: Any) -> Any:
    """The mapping that `reciprocates` stands for: `id`, `[ids]` and `{id: because}`."""
    if isinstance(value, (list, tuple)) and any(not isinstance(item, str) for item in value):
        raise problem("TOC012", "a list under `reciprocates` holds ids only; to say why, write `id: because`")
    if isinstance(value, str) and not value.strip():
        raise problem("TOC017", "the text is empty: name an activity, or leave the key out")
    if value is None or isinstance(value, (str, list, tuple)):
        return {item.strip(): None for item in one_or_many(value)}
    return value


Reciprocates = Annotated[
    FrozenDict[MentionedId, Text | None],
    Short(_reciprocated, (ID_FORM, NULL_FORM, {"type": "array", "items": ID_FORM, "uniqueItems": True})),
]
Reach = Annotated[FrozenDict[MentionedId, Count], EMPTY]


# The footing


class Fact(Value):
    """What somebody says of the partnership, in a word of the guide's table, with the reason and who says so."""

    value: str | bool
    because: Text | None = None
    source: Text | None = None
    said_by: Text | None = None


class Aim(Fact):
    """How wide the aim is."""

    value: Annotated[Literal["share", "need", "broad", "community"], Word]


class MainBenefit(Fact):
    """Who gains most."""

    value: Annotated[Literal["recipient", "needs", "shared", "society"], Word]


class Resourcing(Fact):
    """How means are shared."""

    value: Annotated[Literal["lent", "shared", "equitable", "pooled"], Word]


class Coordinator(Fact):
    """Who coordinates."""

    value: Annotated[Literal["none", "one-partner", "each-partner", "joint", "team"], Word]


class Agreement(Fact):
    """What is written down between the partners."""

    value: Annotated[Literal["none", "note", "written", "mou", "legal"], Word]


class Governance(Fact):
    """Who governs."""

    value: Annotated[Literal["none", "informal", "steering", "board"], Word]


class Heads(Fact):
    """What heads do in it."""

    value: Annotated[Literal["aware", "agree", "strategic", "regional"], Word]


class Strategy(Fact):
    """Whether there is a joint strategy."""

    value: Flag


class Trust(Fact):
    """What partners trust in."""

    value: Annotated[Literal["activities", "motives", "high"], Word]


class Power(Fact):
    """Who decides."""

    value: Annotated[Literal["lead", "mostly-lead", "even"], Word]


class JointDesign(Fact):
    """Who designs what is done."""

    value: Annotated[Literal["offer", "co-designed"], Word]


class Leadership(Fact):
    """Whether one partner leads, or all."""

    value: Annotated[Literal["one", "joint"], Word]


class Communication(Fact):
    """How openly partners talk."""

    value: Annotated[Literal["limited", "open"], Word]


class ReciprocityFact(Fact):
    """How much is given back."""

    value: Annotated[Literal["low", "integrated"], Word]


@dataclass(frozen=True, eq=False)  # compared as an object: annotations must hash
class _ItsWord:
    """Annotation: a word alone stands for a fact with that value."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_fact_written, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        full = handler(schema)
        if handler.mode != "validation":
            return full
        word = handler.resolve_ref_schema(full)["properties"]["value"]
        return {"anyOf": [{key: part for key, part in word.items() if key != "title"}, full]}


def _fact_written(value: Any) -> Any:
    return {"value": value} if isinstance(value, (str, bool)) else value


class FundingSource(Value):
    """One who pays: with money or in kind, and until when."""

    kind: Annotated[FundingKind, Word] | None = None
    until: Day | None = None


class PartnershipFunding(Value):
    """How the partnership is paid for; a source bears the name that it has under `funding` of the activities."""

    level: Annotated[FundingLevel, Word] | None = None
    paid_by: Annotated[PaidBy, Word] | None = None
    outside: Flag | None = None
    pooled: Flag | None = None
    sources: Annotated[FrozenDict[Annotated[str, Field(strict=True)], Annotated[FundingSource, EMPTY]], EMPTY] = (
        FrozenDict()
    )


def read_type(value: Any) -> int | str:
    """One of the guide's four types, by number or by name."""
    word = value.strip() if isinstance(value, str) else value
    if isinstance(word, str) and word in TYPES:
        return word
    if isinstance(value, int) and not isinstance(value, bool):
        if 1 <= value <= len(TYPES):
            return value
        raise problem("TOC014", f"{shown(value)} is no type of partnership: write a number from 1 to 4")
    if isinstance(value, str):
        raise word_problem(value, (*TYPES, "or a number from 1 to 4"))
    raise problem("TOC012", f"expected a number from 1 to 4, or {', '.join(TYPES)}, but found {shown(value)}")


PartnershipType = Annotated[
    int | TypeWord, Scalar(read_type, {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 4}, words_form(TYPES)]})
]


class Partnership(Value):
    """The partnership as a whole: whose `internal` is meant, what it is for, on what footing, who signed up."""

    home: Reference | None = None
    since: Since | None = None
    type: PartnershipType | None = None
    review: Annotated[Frequency, Word] | None = None
    aim: Annotated[Aim, _ItsWord()] | None = None
    benefit: Annotated[MainBenefit, _ItsWord()] | None = None
    funding: Annotated[PartnershipFunding, EMPTY] = PartnershipFunding.model_construct()
    resourcing: Annotated[Resourcing, _ItsWord()] | None = None
    coordinator: Annotated[Coordinator, _ItsWord()] | None = None
    agreement: Annotated[Agreement, _ItsWord()] | None = None
    governance: Annotated[Governance, _ItsWord()] | None = None
    heads: Annotated[Heads, _ItsWord()] | None = None
    strategy: Annotated[Strategy, _ItsWord()] | None = None
    trust: Annotated[Trust, _ItsWord()] | None = None
    power: Annotated[Power, _ItsWord()] | None = None
    design: Annotated[JointDesign, _ItsWord()] | None = None
    leadership: Annotated[Leadership, _ItsWord()] | None = None
    communication: Annotated[Communication, _ItsWord()] | None = None
    reciprocity: Annotated[ReciprocityFact, _ItsWord()] | None = None
    decisions: Text | None = None
    agreed_by: Annotated[FrozenDict[MentionedId, Day | None], EMPTY] = FrozenDict()
