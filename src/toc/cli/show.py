"""`toc show`: a theory as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.inputs import read_as_option, theory_from
from toc.cli.terminal import say
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc.files import Format


@click.command(
    short_help="Print a theory as an outline.",
    epilog=examples("toc show my.yaml", "toc show my.yaml | less"),
)
@click.argument("file")
@read_as_option
def show(file: str, read_as: Format | None) -> None:
    """Print a theory as an outline: goals, pillars, and under each what leads to it and what measures it."""
    say(theory_from(file, read_as).outline())
