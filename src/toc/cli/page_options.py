"""What commands share that print an answer: its format, the file it goes to, and its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from toc.cli.failures import Refused
from toc.cli.streams import same_file
from toc.cli.terminal import harmless, width

if TYPE_CHECKING:
    from toc.pages.answer import Answer

F = TypeVar("F", bound=Callable[..., Any])
FORMATS: Final = ("text", "markdown", "html", "csv", "json")
ENDINGS: Final = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv",
    ".json": "json",
}  # fmt: skip


def page_options(*more: str) -> Callable[[F], F]:
    """The options `--format` and `--output`, for every command that prints an answer; `more` are formats of its own."""

    def add(command: F) -> F:
        """Put both options on a command."""
        chosen = click.option(
            "-f",
            "--format",
            "format",
            type=click.Choice([*FORMATS, *more]),
            help="How to write it.  [default: by the ending of OUT; text]",
        )
        out = click.option("-o", "--output", default="-", metavar="OUT", help="Write to a file.  [default: stdout]")
        return chosen(out(command))

    return add


def page_format(files: tuple[str, ...], output: str, format: str | None) -> str:
    """The format to write in; an answer is not written over a theory that it is about."""
    for file in files:
        if same_file(file, output):
            raise Refused(f"{file}: the page would replace the theory itself: give it another name")
    return format or format_for(output)


def format_for(output: str) -> str:
    """The format that the name of a file asks for.

    >>> format_for("plan.MD"), format_for("-")
    ('markdown', 'text')
    """
    if output == "-":
        return "text"
    found = ENDINGS.get(PurePath(output).suffix.lower())
    if found is None:
        raise click.UsageError(f"'{output}' does not say what to write: end it in .txt, .md, .html, .csv or .json")
    return found


def page_text(found: Answer, format: str, *, all: bool = False) -> str:  # noqa: A002
    """An answer as the text of a file, with a line end at its end; `all` of it where text would be brief."""
    match format:
        case "csv":
            return found.to_csv()
        case "json":
            text = found.to_json()
        case "html":
            text = found.to_html()
        case "markdown":
            text = found.to_markdown()
        case _:
            text = harmless(found.to_text(width(), all=all))
    return text if text.endswith("\n") else f"{text}\n"
