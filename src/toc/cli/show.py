"""`toc show`: a theory as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.streams import read_as_option, theory_from
from toc.cli.terminal import harmless, say
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc.files import Format


@click.command(
    help="""Print a theory as an outline: goals, pillars, and under each what leads to it and what measures it.

    As a narrative it is told in sentences, with every reason and assumption: if we do this, we expect that, because.
    As a description it says what the drawing shows, for people who cannot see it.
    """,
    short_help="Print a theory as an outline or as prose.",
    epilog=examples("toc show my.yaml", "toc show my.yaml --as narrative > my.txt", "toc show my.yaml | less"),
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
@read_as_option
def show(file: str, form: str, read_as: Format | None) -> None:
    theory = theory_from(file, read_as)
    texts = {"outline": theory.outline, "narrative": theory.narrative, "description": theory.describe}
    say(harmless(texts[form]()))
