"""How a command ends: the exit codes, and every failure as lines that say what to do."""

from __future__ import annotations

import errno
import os
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import click

from toc.cli.streams import failure, note, one_line
from toc.errors import MOST_TOLD, TheoryError, TocError

FINE: Final = 0
INVALID: Final = 1
UNUSABLE: Final = 2
FAULT: Final = 70
STOPPED: Final = 130
PIPE_CLOSED: Final = 141
GIVEN: Final = "toc.given"
"""Where the context keeps what was typed, word by word."""
LONGEST_NAME: Final = 20
"""The most words of a file's name."""


class Refused(click.ClickException):
    """Something the program will not or cannot do; the message says what to do instead."""

    exit_code = UNUSABLE

    def show(self, file: object = None) -> None:  # noqa: ARG002  # click passes it
        """One line on stderr."""
        failure(self.message)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn whatever happens inside into a few lines on stderr and an exit code."""
    try:
        yield
    except TheoryError as error:
        tell_problems([error])
        raise click.exceptions.Exit(exit_code(error)) from None
    except TocError as error:
        raise Refused(str(error)) from None
    except BrokenPipeError:
        _leave_pipe()
        raise click.exceptions.Exit(PIPE_CLOSED) from None
    except KeyboardInterrupt:
        failure("stopped")
        raise click.exceptions.Exit(STOPPED) from None
    except OSError as error:
        raise Refused(_system_failure(error)) from None
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, no traceback reaches a person
        _confess(error)
        raise click.exceptions.Exit(FAULT) from None


@contextmanager
def usage_told() -> Iterator[None]:
    """What click says of a command that it did not understand repeats what was typed: it stays on its line."""
    try:
        yield
    except click.UsageError as error:
        raise click.UsageError(one_line(error.format_message()), error.ctx) from None


@contextmanager
def warnings_told() -> Iterator[None]:
    """What the library warns of, each once and as one line on stderr, without the place in our code."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            for message in dict.fromkeys(str(one.message) for one in caught if issubclass(one.category, UserWarning)):
                note(re.sub(r"\bview='(\w+)'", r"--view \1", message))  # as it is written here, not in Python


def exit_code(error: TheoryError) -> int:
    """2 for a text that could not be read, 1 for one that says something wrong."""
    return UNUSABLE if error.unreadable else INVALID


def cut_name(given: Sequence[str]) -> str | None:
    """The name of a file that exists and has spaces, of which what was typed holds the pieces."""
    for start in range(len(given)):
        for end in range(start + 2, min(len(given), start + LONGEST_NAME) + 1):
            name = " ".join(given[start:end])
            with suppress(OSError, ValueError):
                if Path(name).is_file():
                    return name
    return None


def tell_cut_name() -> bool:
    """Say that a name with spaces stands in quotes, if one was typed without."""
    name = cut_name(click.get_current_context().find_root().meta.get(GIVEN, ()))
    if name:
        failure(f'the name of the file holds spaces: put it in quotes, "{name}"')
    return name is not None


def tell_problems(errors: Sequence[TheoryError]) -> None:
    """Every problem on a line of its own on stderr, then how many there are."""
    if any(problem.code == "TOC001" for error in errors for problem in error.problems) and tell_cut_name():
        return
    for error in errors:
        for problem in error.problems[:MOST_TOLD]:
            text = problem.text(error.source).removesuffix(f" [{problem.code}]")
            failure(text, code=problem.code)
        if more := error.problems[MOST_TOLD:]:
            failure(f"{error.source}: and {len(more):,} more, which `toc check --format json` lists")
    count = sum(len(error.problems) for error in errors)
    if count > 1:
        failure(f"{count} problems")


def _system_failure(error: OSError) -> str:
    name = f"{error.filename}: " if error.filename else ""
    reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
    return f"{name}cannot be read or written: {reason}" if name else f"cannot write: {reason}"


def _leave_pipe() -> None:
    """Nobody reads on: let what is still to be written go nowhere, so that leaving does not fail too."""
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(sink)


def _confess(error: Exception) -> None:
    """A fault of ours: say so, and where, in one line that can be reported."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    what = one_line(f"{type(error).__name__}: {error}")[:300]
    failure(f"a fault in this program, not in your file: {what}{place}; please report this line")
