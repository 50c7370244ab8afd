"""`toc show`: a theory as an outline, as prose, or as its drawing in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples, page_format, printed
from toc.cli.streams import harmless, put, read_as_option, theory_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from toc.files.locator import Format
    from toc.pages.blocks import Page


@click.command(
    help="""Print a theory as an outline: goals, pillars, and under each what leads to it and what measures it.

    As a narrative it is told in sentences, with every reason and assumption: if we do this, we expect that, because.
    As a description it says what the drawing shows, for people who cannot see it.
    """,
    short_help="Print a theory as an outline or as prose.",
    epilog=examples(
        "toc show my.yaml",
        "toc show my.yaml --as narrative > my.txt",
        "toc show my.yaml --as narrative --output my.docx",
        "toc show my.yaml | less",
    ),
)
@click.argument("file")
@click.option(
    "--as",
    "form",
    type=click.Choice(["outline", "narrative", "description"]),
    default="outline",
    show_default=True,
    help="An outline; a narrative of what leads to what and why; or the drawing in words.",
)
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="OUT",
    help="Write to a file: .txt, .md, .html, .docx or .pdf.  [default: stdout]",
)
@read_as_option
def show(file: str, form: str, output: str, read_as: Format | None) -> None:
    format = page_format((file,), output, None)
    theory = theory_from(file, read_as)
    if format == "text":
        texts = {"outline": theory.outline, "narrative": theory.narrative, "description": theory.describe}
        put(f"{harmless(texts[form]())}\n", output)
        return
    from toc.diagram import drawn
    from toc.diagram.description import description_page
    from toc.prose import narrative_page
    from toc.prose.outline_text import outline_page

    pages: dict[str, Callable[[], Page]] = {
        "outline": partial(outline_page, theory),
        "narrative": partial(narrative_page, theory),
        "description": lambda: description_page(drawn(theory, None)),
    }
    put(printed(pages[form](), format), output)
