"""`toc workbook` and `toc merge`: the theory as a spreadsheet to change, and what was changed in it, taken back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from toc.cli.command_options import examples
from toc.cli.failures import FINE, INVALID, Refused, tell_problems
from toc.cli.streams import (
    going_on,
    harmless,
    read_as_option,
    same_file,
    say,
    say_wrote,
    theory_from,
    width,
    working,
    write,
)
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format
    from toc.merging.merged import Merged


@click.command(
    help="""Write the theory in FILE as an Excel workbook to change and give back: what is aimed for and done, what leads to
    what and why, KPIs, milestones and readings, who gives and gains what, and how the partners judge it, one sheet each,
    with dropdowns and a note on every heading.

    OUT ends in .xlsx. One that ends in .zip, or in a slash for a folder, gets the same sheets as CSV files. Settings stay
    in FILE alone. What comes back is taken with `toc merge`.
    """,
    short_help="Write a workbook to change and give back.",
    epilog=examples("toc workbook my.yaml my.xlsx", "toc workbook my.yaml tables/"),
)
@click.argument("file")
@click.argument("out")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@read_as_option
def workbook(*, file: str, out: str, force: bool, read_as: Format | None) -> None:
    is_folder = out.endswith(("/", os.sep))
    ending = Path(out).suffix.lower()
    if not is_folder and out != "-" and ending not in {".xlsx", ".zip"}:
        raise click.UsageError(f"'{out}' is not the name of a workbook: end it in .xlsx, or in .zip or / for CSV files")
    if same_file(file, out):
        raise Refused(f"{file}: the workbook would replace the theory itself: give it another name")
    theory = theory_from(file, read_as)
    if is_folder:
        from toc.spreadsheet.workbook import csv_texts

        _written({str(Path(out, name)): text.encode() for name, text in csv_texts(theory)}, out, force=force)
        return
    with working(f"writing {out}"):
        data = theory.to_csv_bundle() if ending == ".zip" else theory.to_xlsx()
    if out == "-":
        write(data)
    else:
        _written({out: data}, out, force=force)


def _written(files: dict[str, bytes], out: str, *, force: bool) -> None:
    """Write files, unless one of them is there already."""
    from toc.files.atomic import write_bytes

    there = [name for name in files if os.path.lexists(name)]
    if there and not force:
        raise Refused(f"{there[0]} exists already: choose another name, or add --force to replace it")
    if len(files) > 1:
        Path(out).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_bytes(name, data)
    say_wrote(out)


@click.command(
    help="""Take back a WORKBOOK that `toc workbook` wrote of the theory in FILE, and write what was changed in it into FILE.

    A cell that still says what was written into it changes nothing, so what FILE changed meanwhile stays. Where both
    changed the same, each into something else, nothing is saved until you decide. A cell that cannot be read is told with
    its sheet, and then nothing is saved either. In FILE only the lines that change are written anew.

    WORKBOOK may be a zip, or a folder, of CSV files too.
    """,
    short_help="Take back a workbook that was changed.",
    epilog=examples(
        "toc merge my.yaml my.xlsx --dry-run      say what would change",
        "toc merge my.yaml my.xlsx",
        "toc merge my.yaml my.xlsx --take workbook --keep Room",
    ),
)
@click.argument("file")
@click.argument("workbook")
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--take", type=click.Choice(["workbook", "file"]), help="Whose word counts where both changed the same.")
@click.option("--delete", is_flag=True, help="Take out of FILE what has no row any more.")
@click.option("--keep", metavar="HEADING", multiple=True, help="Keep a column of your own, under an x-… key.")
@read_as_option
def merge(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    workbook: str,
    dry_run: bool,
    take: Literal["workbook", "file"] | None,
    delete: bool,
    keep: Iterable[str],
    read_as: Format | None,
) -> None:
    if file == "-" and not dry_run:
        raise click.UsageError("a theory that is piped in cannot be written back: name its file, or add --dry-run")
    theory = theory_from(file, read_as)
    from toc.spreadsheet.workbook import merged

    with going_on(f"reading {workbook}") as tell:
        found = merged(theory, workbook, take=take, delete=delete, keep=tuple(keep), tell=tell)
    say(harmless(found.to_text(width())))
    raise click.exceptions.Exit(_saved(found, file, workbook, dry_run=dry_run, read_as=read_as))


def _saved(found: Merged[TheoryOfChange], file: str, workbook: str, *, dry_run: bool, read_as: Format | None) -> int:
    """Save what was joined where nothing stands against it. The exit code."""
    if found.conflicts:
        tell_problems([TheoryError([one.problem for one in found.conflicts if one.problem], source=workbook)])
        say(f"{file} was left as it is")
        return INVALID
    if dry_run or not found.changes:
        say(f"{file} was left as it is")
        return FINE
    found.theory.save(file, format=read_as)
    say_wrote(file)
    return FINE
