"""`toc diff`: what changed between two theories, also for git."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from toc.cli.command_options import examples, page_format, page_options, page_text
from toc.cli.draw import DrawingOfChanges, arrows_option, paper_options, theme_option
from toc.cli.failures import FINE, Refused
from toc.cli.finding_reports import contents
from toc.cli.streams import one_line, put, read_as_option, same_file, say, theory_from, working
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.comparisons import Comparison
    from toc.files.locator import Format

DIFFERENT: Final = 1
NO_FILE: Final = frozenset({"/dev/null", "nul", "NUL"})
FROM_GIT: Final = "GIT_DIFF_PATH_COUNTER"  # git sets it for the programs that it asks for a difference


class Asked(NamedTuple):
    """What git asks for: the file as people call it, before and after, None where there is none."""

    path: str
    old: str | None
    new: str | None


class Wanted(NamedTuple):
    """How and where to tell, and where to draw."""

    format: str
    output: str
    picture: str | None
    looks: Mapping[str, Any]
    read_as: Format | None


@click.command(
    cls=DrawingOfChanges,
    help="""Say what changed from the theory in OLD to the one in NEW, and what lost support by it.

    Boxes and links that were added, removed or renamed, and every field that changed, old value and new. The order
    in which things are written, and comments, do not count.

    git can show changes in this way: git config diff.toc.command "toc diff", and in the file .gitattributes a line
    such as: theories/*.yaml diff=toc
    """,
    short_help="Say what changed between two theories.",
    epilog=examples(
        "toc diff last-year.yaml this-year.yaml",
        "toc diff last-year.yaml this-year.yaml --format markdown > changes.md",
        "toc diff last-year.yaml this-year.yaml --draw changes.svg",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="OLD NEW")
@page_options()
@click.option(
    "--draw", "picture", metavar="OUT", help="Draw both theories in one, with what changed marked; OUT ends as below."
)
@paper_options
@theme_option
@arrows_option
@click.option("--deck", is_flag=True, default=None, hidden=True, help="Refused, with the reason.")
@click.option("--exit-code", is_flag=True, help="End with 1 when anything changed.  [default: 0 either way]")
@read_as_option
def diff(  # noqa: PLR0913  # one for each option
    *,
    files: tuple[str, ...],
    format: str | None,
    output: str,
    picture: str | None,
    exit_code: bool,
    read_as: Format | None,
    **looks: Any,
) -> None:
    looks = {name: value for name, value in looks.items() if value is not None}
    if looks and picture is None:
        raise click.UsageError(f"--{next(iter(looks))} says how to draw: say what with --draw OUT")
    wanted = Wanted(page_format(files, output, format), output, picture, looks, read_as)
    asked = asked_by_git(files)
    if asked is not None:
        if output != "-":
            raise click.UsageError("git shows one file after the other: leave out --output")
        different = told_to_git(asked, wanted)
    elif len(files) == 2:
        different = told(*files, wanted)
    elif len(files) == 1 and FROM_GIT in os.environ:
        say(one_line(f"{files[0]}: not merged yet: solve its conflicts first"))
        different = True
    else:
        raise click.UsageError(f"a comparison needs two files, OLD and NEW, but here {_there(len(files))}")
    raise click.exceptions.Exit(DIFFERENT if different and exit_code else FINE)


def asked_by_git(arguments: tuple[str, ...]) -> Asked | None:
    """What git asks for by seven arguments, or by nine where a file has another name now; None for anything else."""
    if len(arguments) not in {7, 9}:
        return None
    path, old, _, _, new, _, _, *renamed = arguments
    name = f"{path} → {renamed[0]}" if renamed else path
    return Asked(name, None if old in NO_FILE else old, None if new in NO_FILE else new)


def told(old: str, new: str, wanted: Wanted) -> bool:
    """Tell what changed between two files, and whether anything did. Raises TheoryError for a file that cannot be read."""
    if wanted.picture is not None and any(same_file(file, wanted.picture) for file in (old, new)):
        raise Refused(f"{wanted.picture}: the picture would replace a theory: give the picture another name")
    if old == new == "-":
        raise Refused("only one of the two theories can be piped in: name a file for the other one")
    before, after = theory_from(old, wanted.read_as), theory_from(new, wanted.read_as)
    return shown(before.compare(after), wanted)


def told_to_git(asked: Asked, wanted: Wanted) -> bool:
    """Tell git's reader what changed in one file; a file that cannot be read is told in words, so that git goes on."""
    theories: list[TheoryOfChange | None] = []
    for file, when in ((asked.old, "before"), (asked.new, "now")):
        try:
            theories.append(None if file is None else theory_from(file, wanted.read_as))
        except TheoryError as error:
            _tell_unreadable(TheoryError(error.problems, source=f"{asked.path} ({when})"))
            return True
    before, after = theories
    if before is not None and after is not None:
        if wanted.format == "text":
            say(f"{one_line(asked.path)}\n")
        shown(before.compare(after), wanted)
        if wanted.format == "text":
            say("")
        return True
    for theory, what in ((before, "removed"), (after, "new")):
        if theory is not None:
            say(one_line(f"{asked.path}: {what}: {theory.title} ({contents(theory)})"))
    return True


def shown(found: Comparison, wanted: Wanted) -> bool:
    """Print, and draw where asked to, what changed. Whether anything did."""
    if wanted.picture is not None:
        with working(f"drawing {wanted.picture}"):
            found.draw(wanted.picture, **wanted.looks)
    put(page_text(found, wanted.format), wanted.output)
    return bool(found)


def _tell_unreadable(error: TheoryError) -> None:
    """The problems of a file on stdout, where git's reader looks, and how to see the lines all the same."""
    for line in str(error).splitlines():
        say(one_line(line))
    say("What changed cannot be told in words until this is fixed; git diff --no-ext-diff shows the lines.\n")


def _there(count: int) -> str:
    return "is only one" if count == 1 else f"are {count}"
