"""The theories of change that come with the library, as files to read, copy and change."""

from __future__ import annotations

from importlib.resources import files
from typing import Final, TypeVar

from toc.errors import one_of
from toc.files.loader import loads
from toc.model import Theory

T = TypeVar("T", bound=Theory)

NAMES: Final = ("rgs-newcastle", "small-charity", "large-programme")


def text(name: str) -> str:
    """The text of an example's file, comments and all. Raises OptionError where there is none of that name."""
    one_of("example", name, NAMES)
    return files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def example(name: str, *, into: type[T]) -> T:
    """An example as a theory of the type `into`. Raises OptionError where there is none of that name."""
    return loads(text(name), source=f"{name}.yaml", into=into)
