"""What stands in a body: a theory, or several things of which some are theories; every problem with its place in the body."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, cast

from pydantic import ValidationError

from toc.errors import TheoryError
from toc.files.loader import loads
from toc.files.locator import Format, read
from toc.files.opening import decode
from toc.front import TheoryOfChange
from toc.limits import Limits, bounds_of, held
from toc.model.complaints import problems_of
from toc.problems import Problem
from toc.spelling import hint, nearest

Sort = Literal["theory", "text", "word", "list", "object", "flag", "operations"]
_TYPES: Final[Mapping[Sort, tuple[type, str]]] = MappingProxyType(
    {
        "text": (str, "text"),
        "word": (str, "text"),
        "list": (list, "a list"),
        "object": (dict, "an object"),
        "flag": (bool, "true or false"),
        "operations": (list, "a list"),
    }
)


class Part(NamedTuple):
    """One of the things that stand in a body by name."""

    name: str
    sort: Sort
    says: str
    is_needed: bool = True


class PartError(Exception):
    """A part of a body that is no theory."""

    def __init__(self, error: TheoryError, name: str) -> None:
        self.error, self.name = error, name
        super().__init__(str(error))


def theory_in(body: bytes, format: str, limits: Limits) -> TheoryOfChange:
    """The theory that a body is. Raises TheoryError."""
    return loads(body, format=cast("Format", format), into=TheoryOfChange, limits=limits)


def parts_in(body: bytes, format: str, parts: tuple[Part, ...], limits: Limits) -> dict[str, Any]:
    """The things in a body by name, theories read. Raises TheoryError, and PartError for a theory that is none."""
    with held(bounds_of(limits)):
        parsed = read(decode(body), cast("Format", format))
        given = parsed.value
        if parsed.problems:
            raise TheoryError(parsed.problems)
        if not isinstance(given, dict):
            raise TheoryError([Problem("TOC012", f"the body holds {_listed(parts)} by name, and is no such thing")])
        problems = [*_strange(given, parts), *_missing(given, parts)]
        if problems:
            raise TheoryError(problems)
        return {one.name: _value(one, given[one.name], limits) for one in parts if one.name in given}


def _strange(given: Mapping[str, Any], parts: tuple[Part, ...]) -> list[Problem]:
    """What stands in a body under a name that there is not."""
    names = [one.name for one in parts]
    return [
        Problem("TOC010", f"unknown key {name!r}{hint(nearest(str(name), names))}", (str(name),))
        for name in given
        if name not in names
    ]


def _missing(given: Mapping[str, Any], parts: tuple[Part, ...]) -> list[Problem]:
    return [
        Problem("TOC011", f"`{one.name}` is missing: {one.says}")
        for one in parts
        if one.is_needed and one.name not in given
    ]


def _value(part: Part, value: Any, limits: Limits) -> Any:
    """A part as it is used: of a theory the theory, whether it is sent as an object or as the text of its file."""
    if part.sort == "theory":
        try:
            return _theory(value, limits)
        except TheoryError as error:
            raise PartError(error, part.name) from None
    kind, called = _TYPES[part.sort]
    if not isinstance(value, kind):
        raise TheoryError([Problem("TOC012", f"`{part.name}` is {called}: {part.says}", (part.name,))])
    return value


def _theory(value: Any, limits: Limits) -> TheoryOfChange:
    if isinstance(value, str):
        return loads(value, into=TheoryOfChange, limits=limits)
    try:
        return TheoryOfChange.model_validate(value, context={"limits": limits})
    except ValidationError as error:
        raise TheoryError(problems_of(error)) from None


def _listed(parts: tuple[Part, ...]) -> str:
    return ", ".join(f"`{one.name}`" for one in parts)
