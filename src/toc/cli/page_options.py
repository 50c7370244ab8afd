"""What commands share that print a page: its options, its format, and its text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final, Protocol, TypeVar

import click

from toc.cli.failures import Refused
from toc.cli.streams import same_file
from toc.cli.terminal import harmless, width

F = TypeVar("F", bound=Callable[..., Any])
FORMATS: Final = ("text", "markdown", "html", "json")
ENDINGS: Final = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv",
    ".json": "json",
}  # fmt: skip


class Paged(Protocol):
    """An answer that can be written as a page."""

    def to_text(self, width: int = ...) -> str: ...  # noqa: D102  # the library's own methods say what they do
    def to_markdown(self) -> str: ...  # noqa: D102
    def to_html(self) -> str: ...  # noqa: D102
    def to_dict(self) -> Any: ...  # noqa: D102


def page_options(*formats: str) -> Callable[[F], F]:
    """The options `--format` and `--output`, for every command that prints a page."""

    def add(command: F) -> F:
        """Put both options on a command."""
        chosen = click.option(
            "-f",
            "--format",
            "format",
            type=click.Choice(formats),
            help="How to write it.  [default: by the ending of OUT; text]",
        )
        out = click.option("-o", "--output", default="-", metavar="OUT", help="Write to a file.  [default: stdout]")
        return chosen(out(command))

    return add


def page_format(file: str, output: str, format: str | None, formats: tuple[str, ...] = FORMATS) -> str:
    """The format to write in; a page is not written over its own theory."""
    if same_file(file, output):
        raise Refused(f"{file}: the page would replace the theory itself: give it another name")
    found = format or format_for(output)
    if found not in formats:
        raise click.UsageError(
            f"'{output}' does not say what to write: choose one of {', '.join(formats)} with --format"
        )
    return found


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


def page_text(found: Paged, format: str, as_csv: Callable[[], str] | None = None) -> str:
    """An answer as the text of a file; `as_csv` makes its table, where it has one."""
    if format == "csv" and as_csv is not None:
        text = as_csv()
    elif format == "json":
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
    elif format == "html":
        text = found.to_html()
    elif format == "markdown":
        text = found.to_markdown()
    else:
        text = harmless(found.to_text(width()))
    return text if text.endswith("\n") else f"{text}\n"
