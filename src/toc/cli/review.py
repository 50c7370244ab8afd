"""`toc review`: how the partners judge their work together by a frame, and forms to do so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from toc.cli.command_options import day, examples, page_format, page_options, page_text, today_option
from toc.cli.failures import Refused
from toc.cli.record import ORDERS
from toc.cli.streams import bytes_from, name_of, note, put, read_as_option, say, theory_from

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format
    from toc.pages.answer import Answer
    from toc.spreadsheet.reading_files import Order
    from toc.spreadsheet.review_reading import Judged, ReviewRead


@click.command(
    help="""Show how the partners in FILE judged their work together: the REVIEW of that id, or the newest one.

    Beside each judgement stands what FILE says about it already, and what is open comes first. With --since, it shows
    what changed between two reviews by one frame.

    With --frame, it makes a form for a new review, to print (.html, .pdf, .docx) or to fill in (.csv); --read takes the
    CSV back and writes the answers into FILE. --ask asks one statement after the other, and writes each answer as soon as
    it is given. What comes of it is no grade, and nothing is added up.
    """,
    short_help="Judge the partnership by a frame, and see what changed.",
    epilog=examples(
        "toc review my.yaml --frame practices --output form.html",
        "toc review my.yaml spring-2027 --frame practices --output form.csv",
        "toc review my.yaml --read form.csv",
        "toc review my.yaml spring-2027 --frame practices --ask",
        "toc review my.yaml spring-2027 --since autumn-2026",
    ),
)
@click.argument("file")
@click.argument("review", required=False)
@click.option("--frame", metavar="NAME", help="Make a form by this frame: of the library (toc frames), or one in FILE.")
@click.option(
    "--date", "judged", callback=day, metavar="DAY", help="The day of a new review.  [default: the present day]"
)
@click.option("--since", metavar="REVIEW", help="Show what changed since this review.")
@click.option("--read", "source", metavar="FORM", help="Write the answers of a form, a CSV file, into FILE.")
@click.option("--dates", type=click.Choice(ORDERS), help="What comes first in 03/04/2027, where FORM does not show it.")
@click.option(
    "--ask", is_flag=True, help="Ask about each statement without an answer, and write the answers into FILE."
)
@today_option
@page_options()
@read_as_option
def review(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    review: str | None,
    frame: str | None,
    judged: date | None,
    since: str | None,
    source: str | None,
    dates: Order | None,
    ask: bool,
    today: date | None,
    format: str | None,
    output: str,
    read_as: Format | None,
) -> None:
    form = page_format((file, *([source] if source else [])), output, format)
    if (ask or source) and file == "-":
        raise Refused("the answers are written into a file: name one in place of -")
    if sum(map(bool, (since, source, ask))) > 1:
        raise click.UsageError("choose one of --since, --read and --ask")
    theory = theory_from(file, read_as)
    if source is not None:
        if review or frame or judged:
            raise click.UsageError("--read takes the review, its frame and its date from the form")
        write_answers(theory, file, source, dates, read_as)
        return
    theory, id = with_new(theory, review, frame, judged)
    if ask:
        from toc.cli.review_questions import ask_for_answers

        theory = ask_for_answers(theory, id, file, read_as)
    found = theory.review(id, today=today)
    answer: Answer = found.since(since) if since else found.form() if frame and not ask else found
    put(page_text(answer, form), output)


def with_new(
    theory: TheoryOfChange, id: str | None, frame: str | None, judged: date | None
) -> tuple[TheoryOfChange, str]:
    """The theory, with the review that is asked for where it is a new one, and the id of that review."""
    if frame is None:
        if judged:
            raise click.UsageError("--date is the day of a new review: say by which --frame")
        return theory, id or newest_in(theory)
    when = judged or date.today()  # noqa: DTZ011  # the day where the writer is
    name = id or f"{frame}-{when}"
    there = theory.reviews.get(name)
    if there is None:
        return theory.with_review(name, frame=frame, date=when), name
    if there.frame != frame:
        raise Refused(f"the review '{name}' judges by '{there.frame}': give the new one another id")
    return theory, name


def newest_in(theory: TheoryOfChange) -> str:
    """The id of the newest review in a file."""
    from toc.partnership.judgements import newest

    found = newest(theory)
    if found is None:
        raise Refused(
            "there is no review in it yet: --frame practices makes a form, --ask asks; toc frames lists frames"
        )
    return found


def write_answers(theory: TheoryOfChange, file: str, source: str, dates: Order | None, read_as: Format | None) -> None:
    """Write the answers of a form into the file, and say what changed."""
    from toc.spreadsheet.review_reading import review_read

    day_first = None if dates is None else dates == ORDERS[0]
    found = review_read(theory, bytes_from(source), name_of(source), day_first=day_first)
    if found.is_new or found.changes or found.theory != theory:
        found.theory.save(file, format=read_as)
    for line in told(theory, found, file):
        say(line)


def told(theory: TheoryOfChange, found: ReviewRead[TheoryOfChange], file: str) -> Iterator[str]:
    """What was written."""
    from toc.language.numbers import counted

    new = f", a new review by {found.theory.reviews[found.id].frame}" if found.is_new else ""
    what = counted(len(found.changes), "answer", "answers") if found.changes else "no new answers"
    yield f"{file}: {found.id}{new}: {what}"
    if before := theory.reviews.get(found.id):
        now = found.theory.reviews[found.id]
        if before.date != now.date:
            yield f"  date: {before.date} → {now.date}"
        if before.by != now.by:
            yield f"  judged by: {', '.join(before.by) or '–'} → {', '.join(now.by) or '–'}"
    for one in found.changes:
        yield f"  {one.statement}: {change_told(one)}"
    if found.left:
        rows = counted(len(found.left), "answer stays", "answers stay")
        note(f"{rows} as in the file, because the rows in the form are empty: {', '.join(found.left)}")


def change_told(one: Judged) -> str:
    """The judgement before and now; beside one that stays, what else changed."""
    before, after = one.before.contents() if one.before else {}, one.after.contents()
    if before.get("judgement") != after.get("judgement"):
        return f"{before.get('judgement', '–')} → {after.get('judgement', '–')}"
    keys = [key.replace("_", " ") for key in {**before, **after} if before.get(key) != after.get(key)]
    return f"{after.get('judgement', 'not judged')}; changed: {', '.join(keys)}"
