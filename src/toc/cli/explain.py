"""`toc explain`: how a part of the theory leads to the goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.failures import Refused
from toc.cli.inputs import name_of, read_as_option, theory_from
from toc.cli.outputs import put
from toc.cli.pages import FORMATS, page_format, page_options, page_text
from toc.cli.wording import examples
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format


@click.command(
    short_help="Explain how something leads to the goal.",
    epilog=examples(
        "toc explain my.yaml reading-support",
        "toc explain my.yaml reading-support --to literacy",
        "toc explain my.yaml reading-support --output why.md",
    ),
)
@click.argument("file")
@click.argument("id")
@click.option("--to", metavar="ID", help="Explain the ways to this part.  [default: to the goals]")
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="List at most N ways."
)
@page_options(*FORMATS)
@read_as_option
def explain(  # noqa: PLR0913  # one for each option
    *, file: str, id: str, to: str | None, limit: int, format: str | None, output: str, read_as: Format | None
) -> None:
    """Explain how the part ID of the theory in FILE leads to the goals, or to another part.

    Prints every way with the reasons, assumptions and evidence on it, the strongest and the weakest way, what the
    author calls necessary, and what every way has to pass.

    However many ways there are, all are counted, and the first are listed.
    """
    form = page_format(file, output, format)
    theory = theory_from(file, read_as)
    for one in (id, to):
        known_part(theory, one, file)
    put(page_text(theory.explain(id, to=to, limit=limit), form), output)


def known_part(theory: TheoryOfChange, id: str | None, file: str) -> None:
    """Refuse the id of nothing, with the nearest: the command is wrong then, not the file."""
    if id is None:
        return
    try:
        theory.kpis_of(id)
    except TheoryError as error:
        raise Refused(error.problems[0].text(name_of(file))) from None
