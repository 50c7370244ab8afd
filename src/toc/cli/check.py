"""`toc check`: is everything in these files right, and is it a good theory of change?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from toc.cli.command_options import examples, page_format, page_options, today_option
from toc.cli.failures import FINE, INVALID, Refused, exit_code, tell_problems
from toc.cli.finding_reports import REPORTS, as_lines, is_coloured
from toc.cli.inspection import Asked, Inspection, inspected
from toc.cli.streams import note, put, read_as_option
from toc.errors import OptionError, TheoryError

if TYPE_CHECKING:
    from datetime import date

    from toc.files.locator import Format
    from toc.model.types import Profile

PROFILES: Final = ("sketch", "plan", "funder")  # said here too, so that help needs no model


def rules(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The rules that an option names: repeated, or with commas between them, in small letters or capitals."""
    from toc.checks import rules_meant

    words = [word.strip() for item in given for word in item.split(",") if word.strip()]
    for word in words:
        try:
            rules_meant(word)
        except OptionError as error:
            raise click.BadParameter(str(error)) from None
    return tuple(words)


@click.command(
    help="""Find the mistakes in one or more files, all of them at once, and the weak places of the theories in them.

    A mistake is a line: the file, the line and the column where it stands, what is wrong and what to do, and a code
    that never changes. A weak place is a finding of a rule, with what to do about it; `toc rule` lists the rules.
    Findings that are answered for in the file are not repeated.

    The exit code is 0 when every file is fine, 1 when one says something wrong or has a finding that is an error, 2
    when one cannot be read. Warnings and advice leave it at 0.
    """,
    short_help="Find the mistakes and the weak places in one or more files.",
    epilog=examples(
        "toc check my.yaml",
        "toc check --profile funder my.yaml",
        "toc check --ignore TOC163,unmeasured-pillar my.yaml",
        "toc check --fix my.yaml",
        "toc check --format sarif theories/*.yaml > findings.sarif",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="How much to ask for: sketch, plan or funder.  [default: what the file says; plan]",
)
@click.option(
    "--select", multiple=True, callback=rules, metavar="RULE", help="Follow only these rules: TOC121, TOC12 or a name."
)
@click.option("--ignore", multiple=True, callback=rules, metavar="RULE", help="Leave these rules out.")
@click.option("--fix", is_flag=True, help="First fix misspelt ids and unused silences in the files.")
@click.option("--all", "everything", is_flag=True, help="List every finding, not only what to do first.")
@page_options("sarif", "github")
@today_option
@read_as_option
def check(  # noqa: PLR0913  # one for each option
    *,
    files: tuple[str, ...],
    profile: Profile | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    everything: bool,
    format: str | None,
    output: str,
    today: date | None,
    read_as: Format | None,
) -> None:
    form = page_format(files, output, format)
    asked = Asked(profile, today, select, ignore)
    if fix:
        fix_files(files, read_as, asked)
    found = [inspected(file, read_as, asked) for file in files]
    if form == "text":
        put(as_lines(found, is_folded=not everything, is_coloured=output == "-" and is_coloured()), output)
        tell_problems([inspection.error for inspection in found if inspection.error])
    else:
        put(REPORTS[form](found), output)
    raise click.exceptions.Exit(max(map(exit_code_of, found), default=FINE))


def exit_code_of(inspection: Inspection) -> int:
    """1 for an error of either sort, 2 for a file that could not be read."""
    if inspection.error:
        return exit_code(inspection.error)
    return INVALID if inspection.findings is not None and inspection.findings.errors else FINE


def fix_files(files: tuple[str, ...], read_as: Format | None, asked: Asked) -> None:
    """Fix what can be fixed, and say on stderr what was done and what was left."""
    if "-" in files:
        raise Refused("--fix writes into files: name one in place of -, or leave out --fix")
    for file in files:
        try:
            fix_file(file, read_as, asked)
        except TheoryError as error:
            if Path(file).is_file():  # all other reasons are told with the other problems
                note(f"{file}: nothing was fixed: {error.problems[0].message}")


def fix_file(file: str, read_as: Format | None, asked: Asked) -> None:
    """Fix one file. Raises TheoryError where it cannot be read or written."""
    import toc
    from toc import fixing
    from toc.files.loader import format_of

    done = fixing.fix_file(file, asked.of, format=read_as or format_of(file), into=toc.TheoryOfChange)
    for fix in done.made:
        note(f"{file}:{fix.line}: fixed: {fix.what} [{fix.code}]")
    for fix in done.left:
        note(f"{file}:{fix.line}: {fix.what} [{fix.code}]")
