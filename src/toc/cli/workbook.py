"""`toc workbook` and `toc merge`: the theory as a spreadsheet to change, and what was changed in it, taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

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
    its sheet, and then nothing is saved either. In FILE only the lines that change are written anew. WORKBOOK may be a zip,
    or a folder, of CSV files too.

    With three theories, join two versions that come from BASE, and write into OURS what THEIRS changed: for git, as the
    command of a merge driver, `toc merge %O %A %B %P`. NAME is then what the file is called.
    """,
    short_help="Take back a workbook, or join two versions.",
    epilog=examples(
        "toc merge my.yaml my.xlsx --dry-run      say what would change",
        "toc merge my.yaml my.xlsx",
        "toc merge my.yaml my.xlsx --take workbook --keep Room",
        "toc merge before.yaml mine.yaml theirs.yaml",
    ),
)
@click.argument("files", nargs=-1, metavar="FILE WORKBOOK | BASE OURS THEIRS [NAME]")
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option(
    "--take",
    type=click.Choice(["workbook", "file"]),
    help="Whose word counts where both changed the same in a workbook.",
)
@click.option("--delete", is_flag=True, help="Take out of FILE what has no row in WORKBOOK any more.")
@click.option("--keep", metavar="HEADING", multiple=True, help="Keep a column of your own, under an x-… key.")
@read_as_option
def merge(  # noqa: PLR0913  # one for each option
    *,
    files: tuple[str, ...],
    dry_run: bool,
    take: Literal["workbook", "file"] | None,
    delete: bool,
    keep: tuple[str, ...],
    read_as: Format | None,
) -> None:
    match files:
        case (file, workbook):
            code = _taken_back(file, workbook, {"take": take, "delete": delete, "keep": keep}, read_as, dry_run=dry_run)
        case (base, ours, theirs, *name) if len(name) < 2:
            if take or delete or keep:
                raise click.UsageError("--take, --delete and --keep are about a workbook: name a file and its workbook")
            from toc.cli.version_merging import joined_versions

            code = joined_versions((base, ours, theirs), name[0] if name else None, read_as, dry_run=dry_run)
        case _:
            raise click.UsageError("name a file and its workbook, or three files: what both come from, ours, theirs")
    raise click.exceptions.Exit(code)


def _taken_back(file: str, workbook: str, wishes: dict[str, Any], read_as: Format | None, *, dry_run: bool) -> int:
    """Take back a workbook. The exit code."""
    if file == "-" and not dry_run:
        raise click.UsageError("a theory that is piped in cannot be written back: name its file, or add --dry-run")
    theory = theory_from(file, read_as)
    from toc.spreadsheet.workbook import merged

    with going_on(f"reading {workbook}") as tell:
        found = merged(theory, workbook, **wishes, tell=tell)
    say(harmless(found.to_text(width())))
    return _saved(found, file, workbook, dry_run=dry_run, read_as=read_as)


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
