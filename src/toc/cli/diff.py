"""`toc diff`: what changed between two theories, also for git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from toc.cli.draw import DrawingOfChanges
from toc.cli.failures import FINE, Refused
from toc.cli.finding_reports import contents
from toc.cli.streams import read_as_option, same_file, theory_from
from toc.cli.terminal import harmless, one_line, say, width, working
from toc.cli.wording import examples
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.comparisons import Comparison
    from toc.files import Format

DIFFERENT: Final = 1
NO_FILE: Final = frozenset({"/dev/null", "nul", "NUL"})
FROM_GIT: Final = "GIT_DIFF_PATH_COUNTER"  # git sets it for the programs that it asks for a difference


class Asked(NamedTuple):
    """What git asks for: the file as people call it, before and after, None where there is none."""

    path: str
    old: str | None
    new: str | None


class Output(NamedTuple):
    """How to tell, and where to draw."""

    format: str
    picture: str | None
    read_as: Format | None


@click.command(
    cls=DrawingOfChanges,
    help="""Say what changed from the theory in OLD to the one in NEW, and what lost support by it.

    Nodes and links that were added, removed or renamed, and every field that changed, old value and new. The order
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
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--draw", "picture", metavar="OUT", help="Draw both theories in one, with what changed marked; OUT ends as below."
)
@click.option("--exit-code", is_flag=True, help="End with 1 when anything changed.  [default: 0 either way]")
@read_as_option
def diff(*, files: tuple[str, ...], format: str, picture: str | None, exit_code: bool, read_as: Format | None) -> None:
    output = Output(format, picture, read_as)
    asked = asked_by_git(files)
    if asked is not None:
        different = told_to_git(asked, output)
    elif len(files) == 2:
        different = told(*files, output)
    elif len(files) == 1 and FROM_GIT in os.environ:
        say(one_line(f"{files[0]}: not merged yet: solve its conflicts first"))
        different = True
    else:
        raise click.UsageError(f"a comparison needs two files, OLD and NEW, but here {_there(len(files))}")
    raise click.exceptions.Exit(DIFFERENT if different and exit_code else FINE)


def asked_by_git(arguments: tuple[str, ...]) -> Asked | None:
    """What git asks for by seven arguments, or by nine where a file has another name now; None for anything else.

    >>> asked_by_git(("a.yaml", "/tmp/1/a.yaml", "f00", "100644", "/dev/null", ".", "."))
    Asked(path='a.yaml', old='/tmp/1/a.yaml', new=None)
    """
    if len(arguments) not in {7, 9}:
        return None
    path, old, _, _, new, _, _, *renamed = arguments
    name = f"{path} → {renamed[0]}" if renamed else path
    return Asked(name, None if old in NO_FILE else old, None if new in NO_FILE else new)


def told(old: str, new: str, output: Output) -> bool:
    """Tell what changed between two files, and whether anything did. Raises TheoryError for a file that cannot be read."""
    if output.picture is not None and any(same_file(file, output.picture) for file in (old, new)):
        raise Refused(f"{output.picture}: the picture would replace a theory: give the picture another name")
    if old == new == "-":
        raise Refused("only one of the two theories can be piped in: name a file for the other one")
    before, after = theory_from(old, output.read_as), theory_from(new, output.read_as)
    return shown(before.compare(after), output)


def told_to_git(asked: Asked, output: Output) -> bool:
    """Tell git's reader what changed in one file; a file that cannot be read is told in words, so that git goes on."""
    theories: list[TheoryOfChange | None] = []
    for file, when in ((asked.old, "before"), (asked.new, "now")):
        try:
            theories.append(None if file is None else theory_from(file, output.read_as))
        except TheoryError as error:
            _tell_unreadable(TheoryError(error.problems, source=f"{asked.path} ({when})"))
            return True
    before, after = theories
    if before is not None and after is not None:
        if output.format == "text":
            say(f"{one_line(asked.path)}\n")
        shown(before.compare(after), output)
        if output.format == "text":
            say("")
        return True
    for theory, what in ((before, "removed"), (after, "new")):
        if theory is not None:
            say(one_line(f"{asked.path}: {what}: {theory.title} ({contents(theory)})"))
    return True


def shown(found: Comparison, output: Output) -> bool:
    """Print, and draw where asked to, what changed. Whether anything did."""
    match output.format:
        case "json":
            text = found.to_json()
        case "markdown":
            text = found.to_markdown().rstrip("\n")
        case _:
            text = harmless(found.to_text(width()))
    if output.picture is not None:
        with working(f"drawing {output.picture}"):
            found.draw(output.picture)
    say(text)
    return bool(found)


def _tell_unreadable(error: TheoryError) -> None:
    """The problems of a file on stdout, where git's reader looks, and how to see the lines all the same."""
    for line in str(error).splitlines():
        say(one_line(line))
    say("What changed cannot be told in words until this is fixed; git diff --no-ext-diff shows the lines.\n")


def _there(count: int) -> str:
    return "is only one" if count == 1 else f"are {count}"
