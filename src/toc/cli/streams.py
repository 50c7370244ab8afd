"""Where a command's theory comes from and where its result goes: files, or `-` for the programs before and after it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from toc.cli.terminal import note, say, write
from toc.errors import TheoryError
from toc.problems import Problem

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format


def put(text: str, file: str) -> None:
    """Write text to a file and say so, or to stdout for `-`. Raises TheoryError when it cannot be written."""
    if file == "-":
        write(text.encode())
        return
    from toc.files.atomic import write_bytes

    write_bytes(file, text.encode())
    say(f"wrote {file}")


F = TypeVar("F", bound=Callable[..., Any])
STDIN: Final = "<stdin>"
FORMATS: Final = ("yaml", "json")


def read_as_option(command: F) -> F:
    """The option `--read-as`, for every command that reads a theory."""
    return click.option(
        "--read-as",
        type=click.Choice(FORMATS),
        help="How to read FILE.  [default: by its ending; YAML for - and unknown endings]",
    )(command)


def theory_from(file: str, read_as: Format | None) -> TheoryOfChange:
    """The theory in a file, or in what is piped in. Raises TheoryError with every problem."""
    import toc

    if file != "-":
        return toc.load(file, format=read_as)
    return toc.loads(piped_in(), format=read_as or "yaml", source=STDIN)


def bytes_from(file: str) -> bytes:
    """What stands in a file, or is piped in, at most 50 MB. Raises TheoryError."""
    from toc.files.opening import read_bytes

    return piped_in() if file == "-" else read_bytes(file)


def piped_in() -> bytes:
    """What is piped in, at most 50 MB of it. Raises TheoryError."""
    from toc.files.opening import LARGEST

    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        note("reading from the keyboard: end with Ctrl-D on a new line")
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TheoryError([Problem("TOC004", "what is piped in is larger than 50 MB")], source=STDIN)
    return data


def name_of(file: str) -> str:
    """What messages call a file."""
    return STDIN if file == "-" else file


def same_file(one: str, other: str) -> bool:
    """Whether two arguments name one file on the disk."""
    if "-" in (one, other):
        return False
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
