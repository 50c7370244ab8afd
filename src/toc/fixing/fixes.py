"""What was fixed in a text, and what was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from toc.files.json_reader import read_json
from toc.files.locator import Format
from toc.files.spots import Parsed, Places, Spot
from toc.files.yaml_reader import read_yaml

READERS: Final[Mapping[Format, Callable[..., Parsed]]] = MappingProxyType({"yaml": read_yaml, "json": read_json})
UNSAFE: Final = "it is written in a way in which no single line can be changed: fix it by hand"


class Fix(NamedTuple):
    """One mistake, the line of it from 1, and what was done about it, or why nothing was."""

    code: str
    line: int
    what: str


class Fixed(NamedTuple):
    """A text with the mistakes that were fixed in it and those that were left."""

    text: str
    made: tuple[Fix, ...] = ()
    left: tuple[Fix, ...] = ()


def walked(text: str, format: Format) -> tuple[Any, Spot]:
    """The value of a text and where everything stands in it. Raises TheoryError where it cannot be read."""
    places = Places()
    value = READERS[format](text, places=places).value
    return value, places.root or Spot()
