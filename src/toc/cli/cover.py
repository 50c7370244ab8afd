"""`toc coverage`: what is measured where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toc.cli.inputs import read_as_option, theory_from
from toc.cli.outputs import put
from toc.cli.pages import FORMATS, page_format, page_options, page_text
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc.files import Format

WITH_CSV: Final = (*FORMATS, "csv")


@click.command(
    name="coverage",
    short_help="Show what is measured where.",
    epilog=examples("toc coverage my.yaml", "toc coverage my.yaml --output coverage.csv"),
)
@click.argument("file")
@page_options(*WITH_CSV)
@read_as_option
def coverage(*, file: str, format: str | None, output: str, read_as: Format | None) -> None:
    """Show how many KPIs of the theory in FILE measure where: by pillar, level and target group.

    Prints where nobody measures, and where the disadvantaged are not named. CSV opens in Excel.
    """
    form = page_format(file, output, format, WITH_CSV)
    found = theory_from(file, read_as).coverage()
    put(page_text(found, form, found.to_csv), output)
