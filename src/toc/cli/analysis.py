"""`toc explain`, `toc exposure` and `toc coverage`: how a part reaches the goals, what a theory hangs on, what is measured where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples, page_format, page_options, page_text
from toc.cli.failures import Refused
from toc.cli.streams import name_of, put, read_as_option, theory_from
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format


@click.command(
    help="""Show how many KPIs of the theory in FILE measure where: by pillar, level and target group.

    Prints where nobody measures, and where the disadvantaged are not named. CSV opens in Excel.
    """,
    name="coverage",
    short_help="Show what is measured where.",
    epilog=examples("toc coverage my.yaml", "toc coverage my.yaml --output coverage.csv"),
)
@click.argument("file")
@page_options()
@read_as_option
def coverage(*, file: str, format: str | None, output: str, read_as: Format | None) -> None:
    form = page_format((file,), output, format)
    put(page_text(theory_from(file, read_as).coverage(), form), output)


@click.command(
    help="""Explain how the part ID of the theory in FILE leads to the goals, or to another part. A title in quotation
    marks will do for an ID wherever only one part bears it.

    Prints every way with the reasons, assumptions and evidence on it, the strongest and the weakest way, what the
    author calls necessary, and what every way has to pass.

    However many ways there are, all are counted, and the first are listed.
    """,
    short_help="Explain how something leads to the goal.",
    epilog=examples(
        "toc explain my.yaml reading-support",
        "toc explain my.yaml reading-support --to literacy",
        'toc explain my.yaml "Weekly one-to-one reading with a sixth-former"',
        "toc explain my.yaml reading-support --output why.md",
    ),
)
@click.argument("file")
@click.argument("id")
@click.option(
    "--to", metavar="ID", help="Explain the ways to this part, by its id or its title.  [default: to the goals]"
)
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="List at most N ways."
)
@page_options()
@read_as_option
def explain(  # noqa: PLR0913  # one for each option
    *, file: str, id: str, to: str | None, limit: int, format: str | None, output: str, read_as: Format | None
) -> None:
    form = page_format((file,), output, format)
    theory = theory_from(file, read_as)
    for one in (id, to):
        known_part(theory, one, file)
    put(page_text(theory.explain(id, to=to, limit=limit), form), output)


def known_part(theory: TheoryOfChange, id: str | None, file: str) -> None:
    """Refuse what is neither an id nor a title, with the nearest: the command is wrong then, not the file."""
    if id is None:
        return
    try:
        theory.kpis_of(id)
    except TheoryError as error:
        raise Refused(error.problems[0].text(name_of(file))) from None


@click.command(
    help="""Show what the theory in FILE hangs on, and which assumptions to test first.

    Prints which single parts and links would cut something off if they were lost, how many separate ways carry each
    pillar, the untested assumptions with what rests on them, and who alone leads or pays.
    """,
    name="exposure",
    short_help="Show what everything hangs on.",
    epilog=examples("toc exposure my.yaml", "toc exposure my.yaml --output exposure.md"),
)
@click.argument("file")
@page_options()
@read_as_option
def exposure(*, file: str, format: str | None, output: str, read_as: Format | None) -> None:
    form = page_format((file,), output, format)
    put(page_text(theory_from(file, read_as).exposure(), form), output)
