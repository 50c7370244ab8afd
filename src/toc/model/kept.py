"""What is found in a theory once and kept with it, as its own views are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from toc.model.theory import Theory

T = TypeVar("T")


def kept(theory: Theory, find: Callable[[Theory], T]) -> T:
    """What a function finds in a theory. A theory never changes, so that it is asked for once."""
    key = f"_{find.__module__}.{find.__qualname__}"
    found: T | None = theory.__dict__.get(key)
    if found is None:
        found = theory.__dict__[key] = find(theory)
    return found
