"""`toc guide`: what to measure, how hard, and what not to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples, page_format, page_options, page_text
from toc.cli.failures import Refused
from toc.cli.questions import ask_for_ratings
from toc.cli.streams import name_of, put, read_as_option, theory_from
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format
    from toc.pages.answer import Answer


@click.command(
    help="""Print the measurement plan in brief: a line for each activity, what to do next, and what not to claim.

    --all adds every KPI, who collects it and when, the reasons and the sources; HTML and Markdown hold all of that.

    How to measure an activity follows from how certain it is that it changes those who take part (`certainty`), and
    from how many people that is (`participation`). Where either is missing no advice is guessed: --ask asks three
    questions about each such activity, how many people it is meant to change and for whom it is, and writes the answers
    into FILE. Comments stay, and each answer is saved as soon as it is given.

    HTML prints well, CSV opens in Excel.
    """,
    short_help="Say what to measure, and what not to claim.",
    epilog=examples(
        "toc guide my.yaml",
        "toc guide my.yaml --all",
        "toc guide my.yaml --activity reading-support",
        "toc guide my.yaml --ask",
        "toc guide my.yaml --output plan.html",
        "toc guide my.yaml --output plan.csv",
    ),
)
@click.argument("file")
@click.option(
    "--activity",
    metavar="ID",
    help="The advice for this activity, by its id or its title, with its reasons and sources.",
)
@click.option("--advice", is_flag=True, help="The advice for every activity, in place of the plan.")
@click.option("--all", is_flag=True, help="Everything, and not only what to do next.")
@click.option(
    "--ask",
    is_flag=True,
    help="Ask how certain the effect is, how many people and for whom, where nobody has said, and write the answers into FILE.",
)
@page_options()
@read_as_option
def guide(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    activity: str | None,
    advice: bool,
    all: bool,  # noqa: A002
    ask: bool,
    format: str | None,
    output: str,
    read_as: Format | None,
) -> None:
    form = page_format((file,), output, format)
    if ask and file == "-":
        raise Refused("the answers are written into a file: name one in place of -, or leave out --ask")
    theory = theory_from(file, read_as)
    if activity is not None:
        activity = known_activity(theory, activity, file)
    if ask:
        theory = ask_for_ratings(theory, file, read_as, only=activity)
    found: Answer
    if activity is not None:
        found = theory.guidance(activity)
    else:
        found = theory.guidance() if advice else theory.measurement_plan()
    put(page_text(found, form, all=all), output)


def known_activity(theory: TheoryOfChange, activity: str, file: str) -> str:
    """The id of an activity; what is neither an id nor a title is refused with the nearest: the command is wrong then."""
    try:
        return theory.guidance(activity).activity
    except TheoryError as error:
        raise Refused(error.problems[0].text(name_of(file))) from None
