"""`toc logframe`: the theory in the rows and columns that funders ask for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from toc.cli.command_options import Known, examples, page_format, page_text, today_option
from toc.cli.streams import put, read_as_option, theory_from

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toc.files.locator import Format
    from toc.reports.result_levels import Style


def styles() -> Iterable[str]:
    """The styles there are."""
    from toc.reports.logframe import STYLES

    return STYLES


@click.command(
    help="""Write the theory in FILE as a logframe or results framework to OUT: an Excel workbook, a Word document, PDF,
    Markdown, HTML, CSV or JSON, by its ending; to the screen where OUT is left out.

    Goals become the impact, pillars and outcomes the outcomes. The style milestones has a block for each result, with what
    was planned and what was achieved; classic has four columns; results has one row for each indicator.

    What the form cannot hold stands beneath it. Readings of fewer than ten people are not shown, nor those from which
    they could be worked out.
    """,
    short_help="Write the theory as a logframe.",
    epilog=examples(
        "toc logframe my.yaml logframe.xlsx",
        "toc logframe my.yaml logframe.docx --style classic",
        "toc logframe my.yaml results.csv --style results --today 2027-07-31",
    ),
)
@click.argument("file")
@click.argument("out", default="-")
@click.option("--style", type=Known(styles), default="milestones", show_default=True, help="Which rows and columns.")
@today_option
@click.option("--small-groups", is_flag=True, help="Show readings of few people too; the page says so.")
@read_as_option
def logframe(  # noqa: PLR0913  # one for each option
    *, file: str, out: str, style: Style, today: date | None, small_groups: bool, read_as: Format | None
) -> None:
    is_workbook = PurePath(out).suffix.lower() == ".xlsx"
    form = page_format((file,), out, "xlsx" if is_workbook else None, more=".xlsx")
    found = theory_from(file, read_as).logframe(style, today=today, small_groups=small_groups)
    put(found.to_xlsx() if is_workbook else page_text(found, form), out)
