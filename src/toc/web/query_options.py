"""What may be asked in the query of an address: the names and the values that Python takes, read from text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, get_args

from toc.draw_options import Audience, Direction, Hidden, Kpis, Search
from toc.errors import OptionError, as_given, one_of
from toc.model.types import Profile

Sort = Literal["text", "words", "day", "whole", "flag"]


class Option(NamedTuple):
    """An option: its name in Python, what sort of value it takes, what it is for, the words there are, if few."""

    name: str
    sort: Sort
    says: str
    words: tuple[str, ...] = ()
    is_needed: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        one: dict[str, Any] = {**_SCHEMAS[self.sort], **({"enum": list(self.words)} if self.words else {})}
        return {"type": "array", "items": one} if self.sort == "words" else one


_SCHEMAS: Final[Mapping[Sort, Mapping[str, Any]]] = MappingProxyType(
    {
        "text": {"type": "string"},
        "words": {"type": "string"},
        "day": {"type": "string", "format": "date"},
        "whole": {"type": "integer"},
        "flag": {"type": "boolean"},
    }
)

TODAY: Final = Option("today", "day", "The day from which dates are judged; the present day unless it says otherwise.")
SMALL_GROUPS: Final = Option("small_groups", "flag", "Show readings of few people as well.")
TABLE: Final = Option("table", "text", "Which of its tables to answer as text/csv.")
PAPER: Final = (
    Option("page", "text", 'The paper: "a4", "slide", "297x210" in millimetres, or "free".'),
    Option("search", "text", "How thoroughly to look for places.", get_args(Search)),
)
DRAWN: Final = (
    Option("view", "text", "One of the views; the pillar view, or of a large theory the collapsed one."),
    Option("theme", "text", "The name of a theme."),
    Option("findings", "flag", "Mark what the checks find."),
    Option("node", "text", "The node in the middle of a neighbourhood, or at the start of a path."),
    Option("steps", "whole", "How many links up and down a neighbourhood goes."),
    Option("direction", "text", "Where the layers lead.", get_args(Direction)),
    Option("pillar", "words", "Only what stands in one of these pillars."),
    Option("tag", "words", "Only what has one of these tags."),
    Option("target_group", "words", "Only what is meant for one of these groups."),
    Option("kind", "words", "Only nodes of these kinds."),
    *PAPER,
    Option("kpis", "text", "How boxes name their KPIs.", get_args(Kpis)),
    Option("hide", "words", "What to leave out.", get_args(Hidden)),
    Option("audience", "text", "For whom.", get_args(Audience)),
    Option("progress", "flag", "Tell at each KPI how it stands."),
    TODAY,
)
CHECKED: Final = (
    Option(
        "profile", "text", "How much is asked for; what the theory says unless it says otherwise.", get_args(Profile)
    ),
    TODAY,
    Option("select", "words", "The only rules to follow: a code, the beginning of one, or a name."),
    Option("ignore", "words", "Rules to leave out."),
)


def asked_of(options: Iterable[Option], query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What a query asks, as Python takes it. Raises OptionError for what there is not."""
    known = {one.name: one for one in options}
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(one_of("option", name, known), []).append(value)
    for one in known.values():
        if one.is_needed and one.name not in given:
            raise OptionError(f"the option `{one.name}` is missing. {one.says}")
    return {name: _value(known[name], values) for name, values in given.items()}


def _value(option: Option, values: list[str]) -> Any:
    """The value of an option that is given once, or the values of one that may be given several times."""
    if option.sort == "words":
        return tuple(values)
    if len(values) > 1:
        raise OptionError(f"`{option.name}` is given {len(values)} times: once is enough")
    return _READERS[option.sort](option.name, values[0])


def _text(_: str, value: str) -> str:
    return value


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OptionError(f"`{name}` is a day such as 2026-09-01, not {as_given(value)}") from None


def _whole(name: str, value: str) -> int:
    if not value.removeprefix("-").isdecimal() or len(value) > 18:
        raise OptionError(f"`{name}` is a whole number, not {as_given(value)}")
    return int(value)


def _flag(name: str, value: str) -> bool:
    if value not in {"true", "false"}:
        raise OptionError(f"`{name}` is true or false, not {as_given(value)}")
    return value == "true"


_READERS: Final[Mapping[str, Callable[[str, str], Any]]] = MappingProxyType(
    {"text": _text, "day": _day, "whole": _whole, "flag": _flag}
)
