"""`toc update`: a theory brought up to date with a spreadsheet of other people's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples
from toc.cli.streams import going_on, harmless, read_as_option, say, say_wrote, theory_from, width

if TYPE_CHECKING:
    from toc.files.locator import Format


@click.command(
    help="""Write into FILE what a spreadsheet says that is no export of it, such as a log of activities that comes every term.

    Columns are known by their headings, as in `toc new --from`. A row is known by its id, or else by the only title of its kind
    that equals its own. What a row says is taken, and what it leaves empty means nothing: outcomes, reasons and notes of
    yours stay. Links are added where FILE does not lead there by any way, and none is taken away. What is new, what
    changes, and what no row names any more is listed. In FILE only the lines that change are written anew.
    """,
    short_help="Bring a file up to date with a spreadsheet.",
    epilog=examples(
        "toc update my.yaml --from log.xlsx --dry-run      say what would change",
        "toc update my.yaml --from log.xlsx --sheet Activities",
    ),
)
@click.argument("file")
@click.option("--from", "source", metavar="FILE", required=True, help="A workbook (.xlsx) or a CSV file.")
@click.option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="The sheet of the workbook to read; give it again for several.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--delete", is_flag=True, help="Take out of FILE what no row names any more.")
@read_as_option
def update(  # noqa: PLR0913  # one for each option
    *, file: str, source: str, sheets: tuple[str, ...], dry_run: bool, delete: bool, read_as: Format | None
) -> None:
    if file == "-" and not dry_run:
        raise click.UsageError("a theory that is piped in cannot be written back: name its file, or add --dry-run")
    theory = theory_from(file, read_as)
    from toc.spreadsheet.updating import updated

    with going_on(f"reading {source}") as tell:
        found = updated(theory, source, sheets, delete=delete, tell=tell)
    say(harmless(found.to_text(width())))
    if dry_run or not found.changes:
        say(f"{file} was left as it is")
    else:
        found.theory.save(file, format=read_as)
        say_wrote(file)
