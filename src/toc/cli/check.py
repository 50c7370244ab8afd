"""`toc check`: is everything in these files right?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from toc.cli.failures import FINE, exit_code, tell_problems
from toc.cli.inputs import name_of, read_as_option, theory_from
from toc.cli.terminal import one_line, say
from toc.cli.wording import examples
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format


@click.command(
    short_help="Find the mistakes in one or more files.",
    epilog=examples(
        "toc check my.yaml", "toc check theories/*.yaml", "toc check --format json my.yaml > problems.json"
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report: lines for people, or JSON on stdout for programs.",
)
@read_as_option
def check(files: tuple[str, ...], report: str, read_as: Format | None) -> None:
    """Find the mistakes in one or more files, all of them at once.

    Each problem is a line: the file, the line and the column where it stands, what is wrong and what to do, and a
    code that never changes. The exit code is 0 when every file is fine, 1 when one says something wrong, 2 when
    one cannot be read.
    """
    errors = []
    for file in files:
        try:
            theory = theory_from(file, read_as)
        except TheoryError as error:
            errors.append(TheoryError(error.problems, source=name_of(file)))
        else:
            if report == "text":
                say(one_line(f"{name_of(file)}: fine: {contents(theory)}"))
    if report == "text":
        tell_problems(errors)
    else:
        say(json.dumps(as_json(errors), ensure_ascii=False, indent=2))
    raise click.exceptions.Exit(max(map(exit_code, errors), default=FINE))


def contents(theory: TheoryOfChange) -> str:
    """How many there are of each kind, and of links.

    >>> import toc
    >>> contents(toc.loads("{toc: 1, title: Reading, goal: Every child reads}"))
    '1 goal'
    """
    counts = {
        ("goal", "goals"): len(theory.goals),
        ("pillar", "pillars"): len(theory.pillars),
        ("outcome", "outcomes"): len(theory.outcomes),
        ("output", "outputs"): len(theory.outputs),
        ("activity", "activities"): len(theory.activities),
        ("KPI", "KPIs"): len(theory.kpis),
        ("link", "links"): len(theory.links),
    }
    return ", ".join(f"{count} {one if count == 1 else many}" for (one, many), count in counts.items() if count)


def as_json(errors: list[TheoryError]) -> list[dict[str, object]]:
    """Every problem as plain JSON values, each with its file."""
    return [{"file": error.source, **problem.to_dict()} for error in errors for problem in error.problems]
