"""What commands share: the format of an answer and its file, words that the library knows, and the shape of the help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from toc.cli.failures import Refused
from toc.cli.streams import harmless, same_file, width
from toc.errors import one_of
from toc.spelling import hint, nearest

if TYPE_CHECKING:
    from toc.pages.answer import Answer
    from toc.pages.blocks import Page

F = TypeVar("F", bound=Callable[..., Any])
FORMATS: Final = ("text", "markdown", "html", "csv", "json", "docx", "pdf")
ENDINGS: Final = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv",
    ".json": "json", ".docx": "docx", ".pdf": "pdf",
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


def day(_: click.Context, __: click.Parameter, given: str | None) -> date | None:
    """The day that somebody wrote."""
    if given is None:
        return None
    try:
        return datetime.strptime(given.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise click.BadParameter(f"'{given}' is no day: write it as YEAR-MONTH-DAY, such as 2026-09-01") from None


def today_option(command: F) -> F:
    """The option `--today`, for every command that judges dates."""
    asked = click.option(
        "--today",
        callback=day,
        metavar="DAY",
        help="Judge dates as on this day, such as 2026-09-01.  [default: the present day]",
    )
    return asked(command)


def page_format(files: tuple[str, ...], output: str, format: str | None, *, more: str = "") -> str:
    """The format to write in; an answer is not written over a theory that it is about. `more` is an ending of its own."""
    for file in files:
        if same_file(file, output):
            raise Refused(f"{file}: the page would replace the theory itself: give it another name")
    return format or format_for(output, more)


def format_for(output: str, more: str = "") -> str:
    """The format that the name of a file asks for."""
    if output == "-":
        return "text"
    found = ENDINGS.get(PurePath(output).suffix.lower())
    if found is None:
        endings = f"{more}, .txt".removeprefix(", ")
        raise click.UsageError(
            f"'{output}' does not say what to write: end it in {endings}, .md, .html, .csv, .json, .docx or .pdf"
        )
    return found


def printed(page: Page, format: str) -> str | bytes:
    """A page of prose as what stands in a file."""
    from toc.pages.html import as_html
    from toc.pages.markdown import as_markdown
    from toc.pages.typeset import as_pdf
    from toc.pages.word import as_docx

    match format:
        case "docx":
            return as_docx(page)
        case "pdf":
            return as_pdf(page)
        case "html":
            return as_html(page)
        case "markdown":
            return as_markdown(page)
        case _:
            raise click.UsageError(
                f"prose has no rows to be {format}: name a file that ends in .txt, .md, .html, .docx or .pdf"
            )


def page_text(found: Answer, format: str, *, all: bool = False) -> str | bytes:  # noqa: A002  # as `--all` of the program
    """An answer as what stands in a file, a text with a line end at its end; `all` of it where text would be brief."""
    match format:
        case "docx":
            return found.to_docx()
        case "pdf":
            return found.to_pdf()
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


class Known(click.ParamType):  # type: ignore[type-arg]  # generic for type checkers since click 8.4 alone
    """One of the words that the library knows; it is asked for them when they are needed, for `toc --help` does without."""

    name = "word"

    def __init__(self, words: Callable[[], Iterable[str]], files: tuple[str, ...] = ()) -> None:
        """`files` are the endings of the files that may be named in place of a word."""
        self.words = words
        self.files = files

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click passes them
        """The words, as help shows them."""
        return f"[{'|'.join([*self.words(), *(('FILE',) if self.files else ())])}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word that somebody wrote, if there is such a one, or the path of a file."""
        words = tuple(self.words())
        if self.files and param is not None:
            if value.lower().endswith(self.files):
                return Path(value)
            return one_of(str(param.name), value, words, or_else=f", or a file {' or '.join(self.files)} of your own")
        if value in words:
            return value
        return self.fail(
            f"{value!r} is not one of {', '.join(map(repr, words))}{hint(nearest(value, words))}", param, ctx
        )

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  # click passes them
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that begin so."""
        return [CompletionItem(word) for word in self.words() if word.startswith(incomplete)]


class PageName(Known):
    """A page by its name, or by its size."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The names, and how a size is written."""
        return super().get_metavar(param, ctx).replace("]", "|WIDTHxHEIGHT]")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """The page that is asked for, refused in the library's own words."""
        from toc.diagram.paper import page

        return page(value)


def pages() -> Iterable[str]:
    """The pages that have a name."""
    from toc.diagram.paper import PAGES

    return PAGES


def searches() -> Iterable[str]:
    """How thoroughly places are looked for."""
    from toc.draw_options import Search

    return get_args(Search)


def views() -> Iterable[str]:
    """The views there are."""
    from toc.diagram import VIEWS

    return VIEWS


def themes() -> Iterable[str]:
    """The themes there are."""
    from toc.diagram.looks.themes import THEMES

    return THEMES


def charts() -> Iterable[str]:
    """The charts there are."""
    from toc.charts import CHARTS

    return CHARTS


def kinds() -> Iterable[str]:
    """The kinds of nodes there are."""
    from toc.model.types import KINDS

    return KINDS


def formats() -> Iterable[str]:
    """The formats there are, those of plug-ins too."""
    from toc.render import all_formats

    return [format.name for format in all_formats()]


def examples(*lines: str, heading: str = "Examples") -> str:
    """The end of a help text: commands to copy, each on a line of its own."""
    # click wraps every paragraph that does not start with this character.
    return "\b\n" + "\n".join([f"{heading}:", *(f"  {line}" for line in lines)])
