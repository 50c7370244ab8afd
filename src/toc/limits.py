"""How much a theory, or a drawing of one, may take: for whoever reads what strangers send."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple, Self

from toc.errors import DrawingError, OptionError, TheoryError, as_given, whole_number
from toc.log import now
from toc.problems import Problem

MOST_UNSAID: Final = 10_000
"""The most links that go without saying of which each is made: drawn, or written into a table or graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that reading or drawing a theory may take; what goes over is refused, with the name of the limit.

    Args:
        bytes: of the text that is read, in UTF-8.
        nodes: goals, pillars, outcomes, outputs, activities and KPIs.
        links: when reading, those that are written in the file; when drawing, all that are drawn.
        problems: that are listed of a text with mistakes; the others are counted.
        seconds: of the clock, from the beginning to the end of reading or drawing; None for no such limit. It is looked at
            between the steps of the work and inside the long ones, not at every moment: a step that has begun, such as
            the parsing of one JSON text, is finished first. An engine that paints is given what is left of it.

    Raises:
        OptionError: a limit is no positive number.

    >>> import toc
    >>> toc.loads("{toc: 1, title: Reading, goal: Every child reads}", limits=toc.Limits(nodes=500)).title
    'Reading'
    >>> toc.loads("toc: 1", limits=toc.Limits(bytes=5))
    Traceback (most recent call last):
    toc.errors.TheoryError: 6 bytes is too large: a theory takes at most 5 bytes (the limit `bytes`) [TOC004]

    """

    bytes: int = 50 * 1024 * 1024
    nodes: int = 1_000_000
    links: int = 1_000_000
    problems: int = 10_000
    seconds: float | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "seconds":
                object.__setattr__(self, one.name, whole_number(f"the limit `{one.name}`", value, 1))
            elif value is not None and (type(value) not in (int, float) or not value > 0):
                raise OptionError(f"the limit `seconds` is a number above 0, or None, not {as_given(value)}")

    @classmethod
    def service(cls) -> Self:
        """The low profile of a service that anybody may write to; `dataclasses.replace` changes one of its limits.

        >>> import toc
        >>> toc.Limits.service()
        Limits(bytes=2097152, nodes=5000, links=25000, problems=100, seconds=10.0)
        """
        return cls(bytes=2 * 1024 * 1024, nodes=5_000, links=25_000, problems=100, seconds=10.0)


DEFAULT: Final = Limits()


class Bounds(NamedTuple):
    """Limits at work: until when there is time, and whether it is a drawing that they are about."""

    limits: Limits = DEFAULT
    until: float | None = None
    is_drawing: bool = False


UNTOLD: Final = Bounds()
_AT_WORK: Final[ContextVar[Bounds]] = ContextVar("toc_bounds", default=UNTOLD)


def bounds_of(limits: Any, *, is_drawing: bool = False) -> Bounds:
    """The limits as they are given, from now on; the default ones for None. Raises OptionError for anything else."""
    if limits is None:
        limits = DEFAULT
    if not isinstance(limits, Limits):
        raise OptionError(f"limits={as_given(limits)}: give toc.Limits(), or toc.Limits.service()")
    return Bounds(limits, None if limits.seconds is None else now() + limits.seconds, is_drawing)


def for_drawing(limits: Any) -> Bounds:
    """As `bounds_of`; for None those to which the drawing is held already, if it has begun."""
    at_work = _AT_WORK.get()
    return at_work if limits is None and at_work.is_drawing else bounds_of(limits, is_drawing=True)


@contextmanager
def held(bounds: Bounds) -> Iterator[Limits]:
    """Hold everything that is done inside to some limits, in this thread or task alone."""
    token = _AT_WORK.set(bounds)
    try:
        yield bounds.limits
    finally:
        _AT_WORK.reset(token)


def limits_now() -> Limits:
    """The limits to which the present work is held."""
    return _AT_WORK.get().limits


def seconds_left() -> float | None:
    """How many seconds the present work still has, none at least; None for as many as it takes."""
    until = _AT_WORK.get().until
    return None if until is None else max(0.0, until - now())


def in_time() -> None:
    """Go on, unless time is up. Raises DrawingError, or TheoryError (TOC004) in reading."""
    if seconds_left() == 0:
        bounds = _AT_WORK.get()
        what = "drawing" if bounds.is_drawing else "reading"
        raise _over(f"{what} this theory takes more than {bounds.limits.seconds:g} seconds (the limit `seconds`)")


def refuse_over(name: str, count: int) -> None:
    """Go on, unless there are more `nodes` or `links` than the limit. Raises as `in_time` does."""
    most = getattr(limits_now(), name)
    if count > most:
        may = "drawn" if _AT_WORK.get().is_drawing else "read"
        raise _over(f"{count:,} {name} are too many: at most {most:,} are {may} here (the limit `{name}`)")


def refuse_unsaid(pillars: int, goals: int) -> None:
    """Go on, unless the links that go without saying are too many to make each. Raises as `in_time` does."""
    if pillars * goals > MOST_UNSAID:
        raise _over(
            f"{pillars:,} pillars lead to each of {goals:,} goals because they do not say where they lead: {pillars * goals:,} "
            f"such links are too many to make each of them, the most are {MOST_UNSAID:,}; write `leads_to` (the limit `links`)"
        )


def _over(message: str) -> DrawingError | TheoryError:
    return DrawingError(message) if _AT_WORK.get().is_drawing else TheoryError([Problem("TOC004", message)])
