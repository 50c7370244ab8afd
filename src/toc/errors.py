"""The errors that the library raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toc.problems import UNREADABLE, Problem


class TocError(Exception):
    """Base class of every error this library raises on purpose."""


class TheoryError(TocError, ValueError):
    r"""A theory that cannot be: `problems` lists everything that is wrong, in the order of the text.

    >>> import toc
    >>> try:
    ...     toc.loads("toc: 1\ntitle: Reading\ngaol: Every child reads", format="yaml")
    ... except toc.TheoryError as error:
    ...     [(problem.code, problem.line) for problem in error.problems]
    [('TOC035', 1), ('TOC010', 3)]
    """

    def __init__(self, problems: Iterable[Problem], *, source: str | None = None) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.problems, self.source)

    def __str__(self) -> str:
        return "\n".join(problem.text(self.source) for problem in self.problems)

    def _render_traceback_(self) -> list[str]:
        """The lines a notebook shows: the problems, without the wall of calls that led to them."""
        count = len(self.problems)
        return [f"TheoryError: {count} problem{'' if count == 1 else 's'}", *str(self).splitlines()]

    @property
    def unreadable(self) -> bool:
        """Whether the text could not even be read, as against a text that says something wrong."""
        return any(problem.code in UNREADABLE for problem in self.problems)


class DrawingError(TocError, RuntimeError):
    """A drawing that could not be made; the message says what to install or to change."""


class MissingExtraError(TocError, ImportError):
    """An optional part is not installed; the message holds the command that installs it."""


def missing_extra(extra: str, purpose: str) -> MissingExtraError:
    """The error for a feature whose libraries are not installed.

    >>> print(missing_extra("pdf", "drawing a PDF"))
    drawing a PDF needs more libraries: pip install 'theory-of-change[pdf]'
    """
    return MissingExtraError(f"{purpose} needs more libraries: pip install 'theory-of-change[{extra}]'")


def _rebuilt(cls: type[TheoryError], problems: tuple[Problem, ...], source: str | None) -> TheoryError:
    return cls(problems, source=source)
