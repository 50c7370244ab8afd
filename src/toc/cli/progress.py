"""`toc progress`: how every KPI stands, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples, page_format, page_options, page_text, today_option
from toc.cli.streams import put, read_as_option, theory_from

if TYPE_CHECKING:
    from datetime import date

    from toc.files.locator import Format


@click.command(
    help="""Show how every KPI of the theory in FILE stands: met, on track, behind, off track, missed or not known.

    A KPI is judged on the day of its latest reading by the path from its baseline to its target. What nobody can know
    is said, with the reason. KPIs are counted, and never averaged.

    Readings of fewer than ten people are not shown, nor those from which they could be worked out. HTML prints well,
    CSV opens in Excel. The exit code is 0 whatever it finds.
    """,
    short_help="Show how every KPI stands.",
    epilog=examples(
        "toc progress my.yaml",
        "toc progress my.yaml --today 2027-07-31",
        "toc progress my.yaml --output governors.html",
        "toc progress my.yaml --output progress.csv",
    ),
)
@click.argument("file")
@today_option
@click.option("--small-groups", is_flag=True, help="Show readings of few people too; the page says so.")
@page_options()
@read_as_option
def progress(  # noqa: PLR0913  # one for each option
    *, file: str, today: date | None, small_groups: bool, format: str | None, output: str, read_as: Format | None
) -> None:
    form = page_format((file,), output, format)
    put(page_text(theory_from(file, read_as).progress(today, small_groups=small_groups), form), output)
