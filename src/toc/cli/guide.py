"""`toc guide`: what to measure, how hard, and what not to claim."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import click

from toc.cli.answers import ask_for_certainties
from toc.cli.failures import Refused
from toc.cli.inputs import name_of, read_as_option, same_file, theory_from
from toc.cli.outputs import put
from toc.cli.terminal import harmless
from toc.cli.wording import examples
from toc.errors import TheoryError

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format
    from toc.report import Guidance, GuidanceTable, MeasurementPlan

    Found = Guidance | GuidanceTable | MeasurementPlan

FORMATS: Final = ("text", "markdown", "html", "csv", "json")
ENDINGS: Final = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv",
    ".json": "json",
}  # fmt: skip
NARROWEST: Final = 40
WIDEST: Final = 120


@click.command(
    short_help="Say what to measure, and what not to claim.",
    epilog=examples(
        "toc guide my.yaml",
        "toc guide my.yaml --activity reading-support",
        "toc guide my.yaml --ask",
        "toc guide my.yaml --output plan.html",
        "toc guide my.yaml --output plan.csv",
    ),
)
@click.argument("file")
@click.option("--activity", metavar="ID", help="The advice for this activity, with its reasons and sources.")
@click.option("--advice", is_flag=True, help="The advice for every activity at full length, in place of the plan.")
@click.option(
    "--ask", is_flag=True, help="Ask three questions where the certainty is missing, and write the answers into FILE."
)
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="How to write it.  [default: by the ending of OUT; text]",
)
@click.option("-o", "--output", default="-", metavar="OUT", help="Write to a file.  [default: stdout]")
@read_as_option
def guide(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    activity: str | None,
    advice: bool,
    ask: bool,
    format: str | None,
    output: str,
    read_as: Format | None,
) -> None:
    """Print the measurement plan: what each activity needs, every KPI, who collects it, and what not to claim.

    How to measure an activity follows from how certain it is that it changes those who take part (`certainty`), and
    from how many people that is (`participation`). Where the certainty is missing no advice is guessed: --ask asks
    three questions about each such activity and writes what follows into FILE. Comments stay, and each activity is
    saved as soon as it is answered.

    HTML prints well, CSV opens in Excel.
    """
    if same_file(file, output):
        raise Refused(f"{file}: the plan would replace the theory itself: give it another name")
    if ask and file == "-":
        raise Refused("the answers are written into a file: name one in place of -, or leave out --ask")
    form = format or format_for(output)
    theory = theory_from(file, read_as)
    if activity is not None:
        known_activity(theory, activity, file)
    if ask:
        theory = ask_for_certainties(theory, file, read_as, only=activity)
    found: Found
    if activity is not None:
        found = theory.guidance(activity)
    else:
        found = theory.guidance() if advice else theory.measurement_plan()
    put(written(found, form), output)


def known_activity(theory: TheoryOfChange, activity: str, file: str) -> None:
    """Refuse the id of no activity, with the nearest: the command is wrong then, not the file."""
    try:
        theory.guidance(activity)
    except TheoryError as error:
        raise Refused(error.problems[0].text(name_of(file))) from None


def format_for(output: str) -> str:
    """The format that the name of a file asks for.

    >>> format_for("plan.MD"), format_for("-")
    ('markdown', 'text')
    """
    if output == "-":
        return "text"
    found = ENDINGS.get(PurePath(output).suffix.lower())
    if found is None:
        raise click.UsageError(f"'{output}' does not say what to write: end it in .txt, .md, .html, .csv or .json")
    return found


def written(found: Found, format: str) -> str:
    """Advice, or a plan, as the text of a file."""
    match format:
        case "json":
            text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
        case "csv":
            text = as_table(found)
        case "html":
            text = found.to_html()
        case "markdown":
            text = found.to_markdown()
        case _:
            text = harmless(found.to_text(width()))
    return text if text.endswith("\n") else f"{text}\n"


def as_table(found: Found) -> str:
    """The CSV of a plan or of advice; that for one activity has one row."""
    from toc.report import Guidance
    from toc.report.guidance_pages import flat_table
    from toc.report.spreadsheet_text import as_csv

    return as_csv(flat_table((found,))) if isinstance(found, Guidance) else found.to_csv()


def width() -> int:
    """How many columns there are: those of the terminal, within reason, and 100 in a file or a pipe."""
    from toc.report.terminal_text import WIDTH

    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
