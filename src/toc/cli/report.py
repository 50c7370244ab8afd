"""`toc report`: a theory as a document to hand in, in several formats at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toc.cli.command_options import Known, examples, format_for, page_text, today_option, views
from toc.cli.failures import Refused
from toc.cli.streams import put, read_as_option, same_file, theory_from, working

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from toc.files.locator import Format
    from toc.reports.report import Report


def audiences() -> Iterable[str]:
    """For whom there is a report."""
    from toc.reports.report_basis import AUDIENCES

    return AUDIENCES


def sections() -> Iterable[str]:
    """The parts that a report can have."""
    from toc.reports.report_basis import SECTIONS

    return SECTIONS


class Several(Known):
    """Some of the words that the library knows, with commas between them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The words that somebody wrote, if there are such."""
        return [super(Several, self).convert(one.strip(), param, ctx) for one in value.split(",")]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words, as help shows them."""
        return f"{super().get_metavar(param, ctx)},…"


@click.command(
    help="""Write the theory in FILE as a report to one or more files OUT: what it is for, the drawing, the reasons, how it is
    measured, how the KPIs stand, and what is not known. The ending of OUT says what it becomes: .docx, .pdf, .html, .md.

    Governors get one page and the pictures; trustees the whole without the details of the plan; a funder everything, judged
    by what funders ask; the team everything, with what is meant for the office.

    Readings of fewer than ten people are not shown, nor those from which they could be worked out.
    """,
    short_help="Write a report for trustees, a funder or governors.",
    epilog=examples(
        "toc report my.yaml report.docx",
        "toc report my.yaml report.docx report.pdf report.html --audience funder",
        "toc report my.yaml report.docx --template letterhead.docx --today 2027-07-31",
        "toc report my.yaml progress.pdf --sections summary,progress,unknown",
    ),
)
@click.argument("file")
@click.argument("outs", nargs=-1, required=True, metavar="OUT...")
@click.option("--audience", type=Known(audiences), default="trustees", show_default=True, help="For whom it is.")
@click.option(
    "--sections", "parts", type=Several(sections), help="Only these parts, in their order.  [default: by the audience]"
)
@click.option("--template", metavar="DOCX", help="A Word document of yours, for its paper, styles, header and footer.")
@click.option(
    "--paper", type=click.Choice(["a4", "a3", "letter"]), default="a4", show_default=True, help="The paper of a PDF."
)
@click.option("--view", type=Known(views), default="pillars", show_default=True, help="How it is drawn.")
@today_option
@read_as_option
def report(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    outs: tuple[str, ...],
    audience: str,
    parts: list[str] | None,
    template: str | None,
    paper: str,
    view: str,
    today: date | None,
    read_as: Format | None,
) -> None:
    for out in outs:
        if any(same_file(one, out) for one in (file, template or "-")):
            raise Refused(f"{out}: the report would replace what it is made from: give it another name")
    forms = [format_for(out) if out != "-" else "markdown" for out in outs]
    if template is not None and "docx" not in forms:
        raise click.UsageError("--template is for Word: name a file that ends in .docx")
    theory = theory_from(file, read_as)
    with working(f"writing {', '.join(outs)}"):
        made = theory.report(today, audience, parts, view)
        written = [_written(made, form, template, paper) for form in forms]
    for out, data in zip(outs, written, strict=True):
        put(data, out)


def _written(made: Report, form: str, template: str | None, paper: str) -> str | bytes:
    match form:
        case "docx":
            return made.to_docx(template)
        case "pdf":
            return made.to_pdf(paper)
        case _:
            return page_text(made, form)
