"""`toc exposure`: what a theory hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.inputs import read_as_option, theory_from
from toc.cli.outputs import put
from toc.cli.pages import FORMATS, page_format, page_options, page_text
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc.files import Format


@click.command(
    name="exposure",
    short_help="Show what everything hangs on.",
    epilog=examples("toc exposure my.yaml", "toc exposure my.yaml --output exposure.md"),
)
@click.argument("file")
@page_options(*FORMATS)
@read_as_option
def exposure(*, file: str, format: str | None, output: str, read_as: Format | None) -> None:
    """Show what the theory in FILE hangs on, and which assumptions to test first.

    Prints which single parts and links would cut something off if they were lost, how many separate ways carry each
    pillar, the untested assumptions with what rests on them, and who alone leads or pays.
    """
    form = page_format(file, output, format)
    put(page_text(theory_from(file, read_as).exposure(), form), output)
