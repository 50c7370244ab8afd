"""Where the operations of a call have led, and what they need on their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toc.errors import OptionError, TheoryError
from toc.files.locator import Format
from toc.limits import Limits
from toc.model import Theory
from toc.model.mappings import FrozenDict

Read = Callable[[str], Theory]
Op = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """Where the operations of a call have led: the text that is laid over, what it means, and the theory by now."""

    text: str
    there: Theory
    theory: Theory
    said: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    renames: Mapping[str, str] = FrozenDict()

    def with_theory(self, theory: Theory, said: str, *touched: str) -> State:
        """The same with another theory, and what was done."""
        return replace(self, theory=theory, said=(*self.said, said), touched=(*self.touched, *touched))

    def with_text(self, text: str, there: Theory, said: str) -> State:
        """The same with another text to lay over."""
        return replace(self, text=text, there=there, theory=there, said=(*self.said, said))


@dataclass(frozen=True)
class Means:
    """What operations need besides: how a text is read and written, and the day."""

    format: Format
    read: Read
    lay: Callable[[State], str]
    limits: Limits | None = None
    today: date | None = None

    @property
    def day(self) -> date:
        """The day from which dates are judged. Raises OptionError where none is given."""
        if self.today is None:
            raise OptionError("give `today`, a date: findings, and what is fixed by them, depend on the day")
        return self.today


class NeedsConsentError(TheoryError):
    """What an operation would lose, unless it is told that it may: `asks` is the field that says so."""

    asks = "drop"
