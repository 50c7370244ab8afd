"""What goes in and out of a command: theories, results, and safe lines for the person at the screen."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from toc.errors import TheoryError
from toc.problems import Problem

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format

# Controls, line separators, direction overrides and isolates, the format controls that nobody should use any more, and
# stray surrogates: a file name, an id or a title may hold them. Joiners and the marks of direction are part of writing.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0001\ud800-\udfff]"
)
NARROWEST: Final = 40
WIDEST: Final = 120


def say(text: str) -> None:
    """Text to stdout with a line end, always in UTF-8, whatever the screen's own encoding; nothing in it steers a terminal."""
    write(f"{harmless(text)}\n".encode())


def say_wrote(file: str) -> None:
    """Say that a file was written."""
    say(one_line(f"wrote {file}"))


def write(data: bytes) -> None:
    """Bytes to stdout as they are."""
    click.echo(data, nl=False)


def note(message: str) -> None:
    """One line on stderr that is no failure."""
    _tell(click.style(one_line(message), fg="yellow"))


def prompt(message: str) -> None:
    """A question on stderr, behind which the answer is typed."""
    _tell(one_line(message), end="")


def failure(message: str, *, code: str | None = None) -> None:
    """One line on stderr that says what is wrong, with the stable code of a problem at its end."""
    end = click.style(f" [{code}]", dim=True) if code else ""
    _tell(click.style(one_line(message), fg="red") + end)


def one_line(text: str) -> str:
    """Text that stays on one line and cannot steer a terminal."""
    return _UNSAFE.sub(_escaped, text)


def harmless(text: str) -> str:
    """Text of several lines as people read it: what could steer a terminal or turn round a line is shown by number."""
    return "\n".join(map(one_line, text.split("\n")))


@contextmanager
def working(message: str) -> Iterator[None]:
    """Show what is being done, on stderr and only on a terminal, and take it away afterwards."""
    shown = sys.stderr is not None and sys.stderr.isatty()
    if shown:
        _tell(f"{one_line(message)} …", end="\r")
    try:
        yield
    finally:
        if shown:
            _tell(" " * min(len(message) + 2, 200), end="\r")


def _tell(line: str, end: str = "\n") -> None:
    # The screen may know fewer characters than the theory: show what it can.
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo((line + end).encode(encoding, "replace").decode(encoding), nl=False, err=True)


def _escaped(found: re.Match[str]) -> str:
    return " " if found[0] in "\n\t" else found[0].encode("unicode_escape").decode("ascii")


def width() -> int:
    """How many columns there are: those of the terminal, within reason, and 100 in a file or a pipe."""
    from toc.pages.plain_text import WIDTH

    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def put(text: str | bytes, file: str) -> None:
    """Write to a file and say so, or to stdout for `-`. Raises TheoryError when it cannot be written."""
    data = text if isinstance(text, bytes) else text.encode()
    if file == "-":
        write(data)
        return
    from toc.files.atomic import write_bytes

    write_bytes(file, data)
    say_wrote(file)


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
