"""Texts read and checked, the last few of them once: the text of one answer is mostly that of the next call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from toc.checks import Finding, findings_of
from toc.files.loader import loads
from toc.files.locator import Format
from toc.limits import Limits
from toc.model import Theory

R = TypeVar("R")
REMEMBERED: Final = 8
LONGEST_REMEMBERED: Final = 200_000
"""Longer texts are read each time, so that what is remembered stays small."""


def theory_in(text: str, format: Format, limits: Limits | None) -> Theory:
    """The theory in a text. Raises TheoryError with every problem."""
    return _once(text, _read, _read_once)(text, format, limits)


def findings_in(text: str, format: Format, limits: Limits | None, today: date) -> tuple[Finding, ...]:
    """What the rules find in the theory in a text."""
    return _once(text, _found, _found_once)(text, format, limits, today)


def _once(text: str, work: Callable[..., R], once: Callable[..., R]) -> Callable[..., R]:
    return once if len(text) <= LONGEST_REMEMBERED else work


def _read(text: str, format: Format, limits: Limits | None) -> Theory:
    return loads(text, format=format, into=Theory, limits=limits)


def _found(text: str, format: Format, limits: Limits | None, today: date) -> tuple[Finding, ...]:
    return findings_of(theory_in(text, format, limits), today=today)


_read_once = lru_cache(maxsize=REMEMBERED)(_read)
_found_once = lru_cache(maxsize=REMEMBERED)(_found)
