"""The errors and the warning that the library raises on purpose, and the line of whoever caused them."""

from __future__ import annotations

import linecache
import os
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from types import FrameType, MappingProxyType, TracebackType
from typing import Any, Final

from toc.problems import UNREADABLE, Problem
from toc.scalars import plain
from toc.spelling import hint, ids_titled, meant, nearest

CHOICES_SHOWN: Final = 20
MOST_TOLD: Final = 500
"""The most problems in the text of an error; `problems` has the others."""
LONGEST_SHOWN: Final = 60
HERE: Final = os.path.dirname(__file__) + os.sep  # noqa: PTH120  # pathlib would be imported for this alone


def caller() -> tuple[FrameType, int]:
    """The innermost frame outside this package, and how many calls lie between it and whoever asks, itself included."""
    frame, calls = sys._getframe(1), 1  # noqa: SLF001  # `inspect` would read source files
    while frame.f_code.co_filename.startswith(HERE) and frame.f_back is not None:
        frame, calls = frame.f_back, calls + 1
    return frame, calls


def source_name(file: str) -> str:
    """What a person calls a file of Python: a notebook gives each cell a file name that nobody knows."""
    return "this cell" if "ipykernel" in file or "<ipython" in file else os.path.basename(file)  # noqa: PTH119


def asking_line(trace: TracebackType | None) -> str:
    """The line outside this package that led into it, with its place; nothing where there is none."""
    asked: TracebackType | None = None
    while trace is not None and not trace.tb_frame.f_code.co_filename.startswith(HERE):
        asked, trace = trace, trace.tb_next
    if asked is None or trace is None:
        return ""
    file, line = asked.tb_frame.f_code.co_filename, asked.tb_lineno
    place = "" if source_name(file) == "this cell" else f"{source_name(file)}, "
    return f"{place}line {line}: {linecache.getline(file, line).strip()}"


class TocError(Exception):
    """Base class of every error this library raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """The lines a notebook shows: who asked and what is wrong, without the wall of calls between them."""
        asked = asking_line(self.__traceback__)
        return [*([asked] if asked else []), *self._told()]

    def _told(self) -> list[str]:
        return f"{type(self).__name__}: {self}".splitlines()


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
        told = [problem.text(self.source) for problem in self.problems[:MOST_TOLD]]
        more = len(self.problems) - len(told)
        return "\n".join([*told, f"and {more:,} more, listed by `problems`"] if more else told)

    def _told(self) -> list[str]:
        count = len(self.problems)
        return [f"TheoryError: {count} problem{'' if count == 1 else 's'}", *str(self).splitlines()]

    @property
    def unreadable(self) -> bool:
        """Whether the text could not even be read, or not be written, as against a text that says something wrong."""
        return any(problem.code in UNREADABLE for problem in self.problems)


class OptionError(TocError, ValueError):
    """An argument that cannot be: an unknown name, a number out of range, a value of the wrong type.

    The message names the value, the choices and the nearest of them. What stands in a theory, and an id that is not in
    it, is a `TheoryError`.

    >>> import toc
    >>> toc.example("small-charity").to_pandas("kpi")
    Traceback (most recent call last):
    toc.errors.OptionError: there is no table 'kpi'; the tables are nodes, goals, pillars, ...: did you mean 'kpis'?
    """


class DrawingError(TocError, RuntimeError):
    """A drawing that could not be made; the message says what to install or to change.

    There is no engine, it took too long, the file cannot be written. A wrong view or format is an `OptionError`.
    """


class MissingExtraError(TocError, ImportError):
    """An optional part is not installed; the message holds the command that installs it."""


def missing_extra(extra: str, purpose: str) -> MissingExtraError:
    """The error for a feature whose libraries are not installed."""
    return MissingExtraError(f"{purpose} needs more libraries: pip install 'theory-of-change[{extra}]'")


class TocWarning(UserWarning):
    """What somebody should know of an answer that is given all the same, raised at the caller's own line."""


_LISTENING: Final[ContextVar[list[str] | None]] = ContextVar("toc_listening", default=None)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what is warned of inside, in this thread or task alone: a service tells it to who asked, not to its own log."""
    messages: list[str] = []
    token = _LISTENING.set(messages)
    try:
        yield messages
    finally:
        _LISTENING.reset(token)


def warn(message: str) -> None:
    """Warn, at the first line outside this package, unless somebody here listens to all warnings."""
    if (messages := _LISTENING.get()) is not None:
        messages.append(message)
        return
    _, calls = caller()
    warnings.warn(message, TocWarning, stacklevel=calls)


def one_of(
    what: str,
    value: object,
    choices: Collection[str],
    *,
    or_else: str = "",
    titles: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The value, if it is one of the choices; `or_else` says what else might stand there.

    Where the choices are ids that have `titles`, a title that only one of them bears stands for its id.

    Raises OptionError.
    """
    value = plain(value)
    if isinstance(value, str) and value in choices:
        return value
    found = ids_titled(value, titles)
    if len(found) == 1:
        return found[0]
    some = ", ".join([*choices][:CHOICES_SHOWN]) + (", …" if len(choices) > CHOICES_SHOWN else "") + or_else
    listed = f"; the {what}s are {some}" if len(choices) > 1 else f"; the only {what} is {some}" if choices else ""
    if not isinstance(value, str):
        raise OptionError(f"the {what} is named by text, not by {as_given(value)}{listed}")
    near = meant(value, titles) if titles else hint(nearest(value, choices))
    raise OptionError(f"there is no {what} {as_given(value)}{listed}{near}")


def whole_number(what: str, value: object, least: int = 0) -> int:
    """The value, if it is a whole number that is large enough; `what` says what it counts. Raises OptionError."""
    number = plain(value)
    if type(number) is int and number >= least:
        return min(number, sys.maxsize)  # more than anything that is counted
    raise OptionError(f"{what} is a whole number, {least} or more, not {as_given(value)}")


def yes_or_no(what: str, value: object) -> bool:
    """The value, if it is True or False. Raises OptionError."""
    answer = plain(value)
    if isinstance(answer, bool):
        return answer
    raise OptionError(f"{what} is True or False, not {as_given(value)}")


def day_of(today: object) -> date:
    """The day from which dates are judged; of a moment, which Python takes for a date as well, its day. Raises OptionError."""
    day = plain(today)
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    raise OptionError(f"today is a date, such as date(2026, 9, 1), not {as_given(today)}")


def path_to(value: Any) -> str | os.PathLike[str]:
    """The value, if it can be the path of a file. Raises OptionError."""
    if isinstance(value, (str, os.PathLike)):
        return value
    raise OptionError(f"{as_given(value)} is no path: write the name of a file as text, or as a pathlib.Path")


def names_of(what: str, value: Any) -> tuple[str, ...]:
    """The value, if it is a text or several; `what` says how they are given. Raises OptionError."""
    names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, Iterable) else (value,)
    if not all(isinstance(name, str) for name in names):
        raise OptionError(f"{what}, not by {as_given(value)}")
    return names


def name_or_none(what: str, value: Any) -> str | None:
    """The value, if it is text or nothing; of a path its text. Raises OptionError."""
    if value is None or isinstance(value, (str, os.PathLike)):
        return None if value is None else str(value)
    raise OptionError(f"the {what} is text, not {as_given(value)}")


def text_of(value: Any) -> str | bytes:
    """The value, if it is text or holds bytes. Raises OptionError."""
    if isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    raise OptionError(f"{as_given(value)} is neither text nor bytes; `toc.load(path)` reads a file")


def as_given(value: object) -> str:
    """An argument as its giver knows it, on one line and not too long."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a number of more than 40 digits"
    if value is None or isinstance(value, (str, bytes, int, float)):
        text = repr(value)
        return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return f"{'an' if type(value).__name__[0] in 'AEIOUaeiou' else 'a'} {type(value).__name__}"


def _rebuilt(cls: type[TheoryError], problems: tuple[Problem, ...], source: str | None) -> TheoryError:
    return cls(problems, source=source)
