"""The closed lists of words, and the scalar types that values are made of.

A type that may be written shorter than it is says so here, once: the `Short` annotation holds both the function that
expands what people write and the JSON Schema that editors complete with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from toc.model.mappings import frozen
from toc.model.meant import day_advice, number_advice, number_meant
from toc.spelling import hint, nearest

Kind = Literal["goal", "pillar", "outcome", "output", "activity", "kpi"]
Level = Literal["low", "medium", "high"]
Strength = Literal["none", "emerging", "established"]
Stakes = Literal["low", "high"]
Horizon = Literal["short", "medium", "long"]
Frequency = Literal["once", "daily", "weekly", "fortnightly", "monthly", "termly", "quarterly", "half-yearly", "yearly"]
Depth = Literal["participation", "engagement", "feedback", "learning", "attainment", "practice"]
MonitoringPath = Literal["linear", "steps"]
Design = Literal["after", "trend", "before-after", "comparison"]
Direction = Literal["up", "down", "keep"]
Contribution = Literal["necessary", "sufficient", "contributory"]
AssumptionStatus = Literal["untested", "holding", "failing"]
EvidenceType = Literal["evaluation", "review", "data", "testimony", "judgement"]
EvidenceSays = Literal["supports", "contradicts", "mixed"]
EvidenceStrength = Literal["weak", "moderate", "strong"]
Profile = Literal["sketch", "plan", "funder"]
KpiStatus = Literal["draft", "agreed"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
PLURALS: Final[dict[Kind, str]] = {
    "goal": "goals",
    "pillar": "pillars",
    "outcome": "outcomes",
    "output": "outputs",
    "activity": "activities",
    "kpi": "kpis",
}
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
CONFIDENCES: Final[dict[str, float]] = {"low": 0.25, "medium": 0.5, "high": 0.8}

# C0 and C1 controls but for tab, line feed, carriage return and next line.
CONTROLS: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
TEXT_PATTERN: Final = rf"^[^{CONTROLS}]*$"
ID_PATTERN: Final = "^[a-z][a-z0-9-]*$"
REFERENCE_PATTERN: Final = r"^\s*[a-z][a-z0-9-]*\s*$"
EXTENSION_PATTERN: Final = "^x-"
CODE_PATTERN: Final = "^TOC[0-9]{3}$"
LANGUAGE_PATTERN: Final = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
NULL_FORM: Final = {"type": "null"}
ID_FORM: Final = {"type": "string", "pattern": REFERENCE_PATTERN}
TEXT_SCHEMA: Final = {"type": "string", "pattern": rf"^(?=[\s\S]*\S)[^{CONTROLS}]*$"}


def words_form(words: Iterable[str]) -> dict[str, Any]:
    """The JSON Schema of a word from a closed list: the list for editors, and the same with spaces around it."""
    choices = list(words)
    pattern = "|".join(map(re.escape, choices)).replace("\\-", "-")
    return {"anyOf": [{"enum": choices}, {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}]}


def problem(code: str, message: str, suggestion: str | None = None) -> PydanticCustomError:
    """One of our problems in the form in which pydantic carries it: the message is final, the code is its type."""
    return PydanticCustomError(code, "{message}", {"message": message, "suggestion": suggestion})


def word_problem(word: Any, choices: tuple[str, ...]) -> PydanticCustomError:
    """A word outside its closed list, with the list and the nearest word of it."""
    suggestion = nearest(word, choices) if isinstance(word, str) else None
    return problem("TOC013", f"{shown(word)} is not one of {', '.join(choices)}{hint(suggestion)}", suggestion)


def shown(value: Any) -> str:
    """A value as its author knows it, on one line and not too long."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= 60 else f"{value[:59]}…")
        case int() | float():
            return _digits(value)
        case dict():
            return "keys with values"
        case list() | tuple():
            return "a list"
        case date():
            return str(value)
        case _:
            return f"a Python {type(value).__name__}"


def _digits(value: float) -> str:
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a number of more than 40 digits"
    return str(value)


@dataclass(frozen=True, eq=False)  # compared as an object: annotations must hash
class Short:
    """Annotation: `expand` turns what may be written into what is meant; `forms` are the JSON Schemas of the former.

    `expand` lets everything it does not know pass, so that the type behind it says what is wrong.
    """

    expand: Callable[[Any], Any]
    forms: tuple[dict[str, Any], ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        full = handler(schema)
        return {"anyOf": [*self.forms, full]} if self.forms and handler.mode == "validation" else full


@dataclass(frozen=True, eq=False)
class Forms:
    """Annotation: more for the JSON Schema alone; `forms` are short forms that are expanded further up."""

    forms: tuple[dict[str, Any], ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        full = {**handler(schema), **self.keywords}
        return {"anyOf": [*self.forms, full]} if self.forms and handler.mode == "validation" else full


def wrapped_as(key: str, *forms: dict[str, Any], kinds: tuple[type, ...] = (str,)) -> Short:
    """A lone value stands for a mapping with that one key."""

    def expand(value: Any) -> Any:
        return {key: value} if isinstance(value, kinds) and not isinstance(value, bool) else value

    return Short(expand, forms or (TEXT_SCHEMA,))


@dataclass(frozen=True, eq=False)  # compared as an object: annotations must hash
class Scalar:
    """Annotation: a value that one function reads; it returns the value or raises a `problem`."""

    read: Callable[[Any], Any]
    form: dict[str, Any]
    plain: Callable[[Any], Any] | None = None  # what is dumped

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = None if self.plain is None else core_schema.plain_serializer_function_ser_schema(self.plain)
        return core_schema.no_info_plain_validator_function(self.read, serialization=plain)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.form)


def read_date(value: Any) -> date:
    """A date from `YYYY-MM-DD`, or a `datetime.date`.

    A moment at midnight that somebody gave in Python is its day already (see `scalars`).
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, datetime):
        raise problem("TOC015", f"{value.isoformat(' ')} is a moment and not a day: give its date() alone")
    day = value.strip() if isinstance(value, str) else ""
    if len(day) == 10 and day[4] == day[7] == "-" and day.isascii():
        try:
            return date.fromisoformat(day)
        except ValueError:
            raise problem("TOC015", f"{shown(value)} is not a day of the calendar") from None
    raise problem("TOC015", f"{shown(value)} is not a date: {day_advice(value)}")


class WordedShare(float):
    """A share that was given as a word: that number in every respect, which is written as the word again."""

    __slots__ = ()

    @property
    def word(self) -> str:
        """The word that it was given as."""
        return next(word for word, share in CONFIDENCES.items() if share == self)


def read_confidence(value: Any) -> float:
    """A share from 0 to 1, or low, medium, high for 0.25, 0.5, 0.8."""
    if isinstance(value, WordedShare):
        return value
    if isinstance(value, str):
        if value.strip() in CONFIDENCES:
            return WordedShare(CONFIDENCES[value.strip()])
        refuse_share_as_text(value)
        raise word_problem(value, (*CONFIDENCES, "or a number from 0 to 1"))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return read_share(value)
    raise problem("TOC012", f"expected a number from 0 to 1, or low, medium or high, but found {shown(value)}")


def read_share(value: Any) -> float:
    """A share from 0 to 1; of a percentage is told what to write."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if 0 <= value <= 1:
            return float(value)
        percent = f": for {shown(value)}% write {value / 100:g}" if 1 < value <= 100 else ""
        raise problem("TOC014", f"{shown(value)} is not between 0 and 1{percent}")
    refuse_share_as_text(value)
    raise problem("TOC012", f"expected a number from 0 to 1 but found {shown(value)}")


def refuse_share_as_text(value: Any) -> None:
    """Go on where a text is no share, such as 0.7 in quotes or 70%."""
    meant = number_meant(value) if isinstance(value, str) else None
    if meant and 0 <= (share := float(meant) / (100 if "%" in value else 1)) <= 1:
        raise problem("TOC013", f"expected a number from 0 to 1 but found {shown(value)}: write {share:g}")


def read_participation(value: Any) -> int | Level:
    """Different people the activity means to change in a year, or low, medium, high."""
    if isinstance(value, str):
        for level in LEVELS:
            if value.strip() == level:
                return level
        if "%" in value:
            raise problem("TOC013", f"{shown(value)} is a share: write how many people, in digits")
        if advice := number_advice(value):
            raise problem("TOC013", f"expected a whole number of people but found {shown(value)}{advice}")
        raise word_problem(value, (*LEVELS, "or a whole number of people"))
    if isinstance(value, int) and not isinstance(value, bool):
        if 0 <= value < 10**10:
            return value
        raise problem(
            "TOC014", f"{shown(value)} is not a number of people: it must be 0 or more, and no more than live"
        )
    message = f"expected a whole number of people, or low, medium or high, but found {shown(value)}"
    if isinstance(value, float) and (value * 1000).is_integer():
        message += f"; if {value * 1000:.0f} are meant, write them without a point"
    raise problem("TOC012", message)


def read_extension(value: Any) -> Any:
    """What stands under an `x-…` key: any JSON value, made immutable and never read."""
    try:
        return frozen(value)
    except ValueError as error:
        message = "half a character may not stand in a text" if isinstance(error, UnicodeError) else str(error)
        raise problem("TOC012", message) from None


def one_or_many(value: Any) -> Any:
    """A lone name stands for a list of one, nothing for an empty list; a name repeated in the list is refused."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)):
        if len(value) > 1:
            _refuse_repeats(value)
        return tuple(value)
    return value


def _refuse_repeats(names: Iterable[Any]) -> None:
    seen = set()
    for name in names:
        if isinstance(name, str):
            if name.strip() in seen:
                raise problem("TOC018", f"{shown(name.strip())} stands twice in this list: delete one")
            seen.add(name.strip())


def stripped(value: Any) -> Any:
    """A word without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def many(value: Any) -> Any:
    """Nothing stands for an empty list."""
    return () if value is None else tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, eq=False)
class _Word:
    """Annotation: a word from a closed list, with or without spaces around it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(stripped, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        full = handler(schema)
        return words_form(full["enum"]) if handler.mode == "validation" else full


Word = _Word()
EMPTY: Final = Short(lambda value: {} if value is None else value, (NULL_FORM,))
"""Nothing stands for an empty mapping."""
Text = Annotated[
    str,
    Strict(),
    StringConstraints(strip_whitespace=True, min_length=1, pattern=TEXT_PATTERN),
    Field(json_schema_extra=TEXT_SCHEMA),
]
Id = Annotated[str, Strict(), StringConstraints(pattern=ID_PATTERN)]
Code = Annotated[str, Strict(), StringConstraints(pattern=CODE_PATTERN)]
Language = Annotated[str, Strict(), StringConstraints(pattern=LANGUAGE_PATTERN)]
Number = Annotated[float, Strict()]
Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=0, le=10**10 - 1)]
DAY_FORM: Final = {
    "anyOf": [
        {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        {"type": "string", "pattern": r"^\s+\d{4}-\d{2}-\d{2}\s*$|^\d{4}-\d{2}-\d{2}\s+$"},
    ]
}
Day = Annotated[date, Scalar(read_date, DAY_FORM)]
Confidence = Annotated[
    float,
    Scalar(
        read_confidence, {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, words_form(CONFIDENCES)]}, float
    ),
]
Share = Annotated[float, Scalar(read_share, {"type": "number", "minimum": 0, "maximum": 1}, float)]
Participation = Annotated[
    int | Level,
    Scalar(
        read_participation,
        {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 10**10 - 1}, words_form(LEVELS)]},
    ),
]
Extension = Annotated[Any, Scalar(read_extension, {})]
Names = Annotated[
    tuple[Text, ...],
    Field(json_schema_extra={"uniqueItems": True}),
    Short(one_or_many, (TEXT_SCHEMA, NULL_FORM)),
]
# An id that must exist elsewhere need not be checked for its letters: what is no id is unknown.
Reference = Annotated[
    str, Strict(), StringConstraints(strip_whitespace=True, min_length=1), Forms((), {"pattern": REFERENCE_PATTERN})
]
Ids = Annotated[
    tuple[Reference, ...],
    Field(json_schema_extra={"uniqueItems": True}),
    Short(one_or_many, (ID_FORM, NULL_FORM)),
]
