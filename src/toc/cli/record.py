"""`toc record`: what was measured, into the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import click

from toc.cli.command_options import examples, today_option
from toc.cli.failures import Refused
from toc.cli.streams import bytes_from, name_of, read_as_option, say, say_wrote, theory_from

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format
    from toc.monitoring.recording import Entry, Recorded
    from toc.spreadsheet.reading_files import Order

MOST_TOLD: Final = 20
ORDERS: Final = ("day-first", "month-first")  # said here too, so that help needs no model


class WithNumbers(click.Command):
    """A command that takes -3 for a number, and not for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a negative number with the sign that no option begins with."""
        return super().parse_args(ctx, [re.sub(r"^-(?=[0-9][0-9.,]*$)", "−", one) for one in args])


def parts(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Of whom a reading is, from KEY=NAME."""
    found = {}
    for one in given:
        key, sign, name = one.partition("=")
        if not (sign and key.strip() and name.strip()):
            raise click.BadParameter(f"'{one}' does not say of whom: write KEY=NAME, such as group=disadvantaged")
        found[key.strip()] = name.strip()
    return found


@click.command(
    cls=WithNumbers,
    help="""Write what was measured into FILE: one reading of a KPI, or those of a table. Nothing else in the file changes.

    KPI is an id, or a title that only one KPI bears. With --from, the readings come from a CSV file or a workbook: either
    with the columns kpi, date, value and, where there is more to say, n, note and where_…, such as where_group; or with a
    column date and a column for each KPI. Other tables are refused, with every cell that is wrong, and then nothing is
    written. A reading that is there already is not written twice.

    With --template, such a table is made, to be filled in and read back with --from.
    """,
    short_help="Write readings into a file, one or a table of them.",
    epilog=examples(
        "toc record my.yaml reading-age 13 --date 2027-07-15",
        "toc record my.yaml reading-age 14 --date 2027-07-15 --where group=disadvantaged --n 34",
        "toc record my.yaml --template results.xlsx",
        "toc record my.yaml --from results.xlsx --dry-run",
    ),
)
@click.argument("file")
@click.argument("kpi", required=False)
@click.argument("value", required=False)
@click.option("--date", "measured", metavar="DAY", help="When it was measured, such as 2027-07-15.")
@click.option("--where", callback=parts, multiple=True, metavar="KEY=NAME", help="Of whom, where not of everybody.")
@click.option("--n", metavar="COUNT", help="On how many people or things the value rests.")
@click.option("--note", metavar="TEXT", help="What should be known of it.")
@click.option("--from", "source", metavar="TABLE", help="Take the readings from a CSV file or a workbook (.xlsx).")
@click.option(
    "--dates", type=click.Choice(ORDERS), help="What comes first in 03/04/2027, where TABLE does not show it."
)
@click.option("--replace", is_flag=True, help="Put a new value in the place of another of that day and those people.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--template", metavar="OUT", help="Make a table to fill in, .xlsx or .csv. --date fills in the dates.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@today_option
@read_as_option
def record(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    kpi: str | None,
    value: str | None,
    measured: str | None,
    where: dict[str, str],
    n: str | None,
    note: str | None,
    source: str | None,
    dates: Order | None,
    replace: bool,
    dry_run: bool,
    template: str | None,
    force: bool,
    today: date | None,
    read_as: Format | None,
) -> None:
    one = {"kpi": kpi, "value": value, "date": measured, "where": where, "n": n, "note": note}
    refuse_mixtures(one, source, template)
    theory = theory_from(file, read_as)
    if template is not None:
        write_template(theory, template, measured, force=force)
        return
    if file == "-":
        raise click.UsageError("a reading is written into a file: name one in place of -")
    today = today or date.today()  # noqa: DTZ011  # the day where the writer is
    from toc.spreadsheet import reading_files

    if source is None:
        found = reading_files.with_one(theory, one, replace=replace, today=today)
    else:
        rows = reading_files.rows_of_bytes(bytes_from(source), name_of(source))
        found = reading_files.recorded_from(
            theory, rows, replace=replace, day_first=None if dates is None else dates == ORDERS[0], today=today
        )
    is_new = bool(found.added or found.replaced)
    if is_new and not dry_run:
        found.theory.save(file, format=read_as)
    for line in told(found, file, dry_run=dry_run):
        say(line)


def refuse_mixtures(one: dict[str, Any], source: str | None, template: str | None) -> None:
    """Refuse what does not say one thing to do."""
    is_one = one["kpi"] is not None
    if is_one + (source is not None) + (template is not None) != 1:
        raise click.UsageError(
            "say what to record: a KPI with its value and --date, or --from TABLE; or make a --template"
        )
    if is_one and (one["value"] is None or one["date"] is None):
        raise click.UsageError("a reading has a value and a day: toc record my.yaml reading-age 13 --date 2027-07-15")
    if source is not None and any(one[key] for key in ("date", "where", "n", "note")):
        raise click.UsageError("--date, --where, --n and --note are of one reading: in a table they are columns")


def write_template(theory: TheoryOfChange, file: str, measured: str | None, *, force: bool) -> None:
    """A table to fill in, with the day of the measurement where it is given."""
    from toc.files.atomic import write_bytes
    from toc.spreadsheet import reading_template as templates

    makers = {".xlsx": templates.template_xlsx, ".csv": templates.template_csv}
    make = makers.get(PurePath(file).suffix.lower())
    if make is None:
        raise click.UsageError(f"'{file}' does not say which table to make: end it in .xlsx or .csv")
    if os.path.lexists(file) and not force:
        raise Refused(f"{file} exists already: choose another name, or add --force to replace it")
    write_bytes(file, make(theory, None if measured is None else iso_day(measured)))
    say_wrote(file)


def iso_day(given: str) -> date:
    """The day that fills a column."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise click.UsageError(f"'{given}' is no day: write it as YEAR-MONTH-DAY, such as 2027-07-15") from None


def told(found: Recorded[Any], file: str, *, dry_run: bool) -> Iterator[str]:
    """What was written, or would be."""
    from toc.language.numbers import counted

    kinds = [
        (len(found.added), "new reading", "new readings"),
        (len(found.replaced), "reading with another value", "readings with another value"),
        (found.known, "reading there already", "readings there already"),
    ]
    said = ", ".join(counted(*kind) for kind in kinds if kind[0])
    end = "; nothing was written" if dry_run or not (found.added or found.replaced) else ""
    yield f"{file}: {said or 'no readings'}{end}"
    entries = (*found.added, *found.replaced)
    yield from (f"  {line(found.theory, entry)}" for entry in entries[:MOST_TOLD])
    if more := entries[MOST_TOLD:]:
        yield f"  and {len(more):,} more"
    if left := found.left_out("--replace"):
        yield f"  {left}"


def line(theory: TheoryOfChange, entry: Entry) -> str:
    """A reading as a person says it."""
    from toc.language.dates import day as in_words
    from toc.language.numbers import amount
    from toc.monitoring.recording import of_whom

    kpi, reading = theory.kpis[entry.kpi], entry.reading
    return f"{kpi.title}: {amount(reading.value, kpi.unit)} on {in_words(reading.date)}{of_whom(reading)}"
