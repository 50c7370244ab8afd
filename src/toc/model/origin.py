"""The file that a theory was read from: kept beside its fields, so it is in no comparison, no dump and no pickle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from toc.model.values import Value

T = TypeVar("T", bound="Value")
_KEY: Final = "_origin"


class Origin(NamedTuple):
    """Where a file stands, all links followed, and the SHA-256 of its bytes."""

    path: str
    sha256: str


def origin_of(theory: Value) -> Origin | None:
    """The file that a theory, or the one it was edited from, was read from; None for one that came from no file."""
    return theory.__dict__.get(_KEY)


def with_origin(theory: T, origin: Origin | None) -> T:
    """The same theory, which knows that file from now on."""
    if origin is not None:
        theory.__dict__[_KEY] = origin
    return theory
