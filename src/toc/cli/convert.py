"""`toc convert`: the same theory as YAML or JSON, and in the forms of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

import click

from toc.cli.command_options import Known, examples, page_text
from toc.cli.command_options import format_for as format_for_page
from toc.cli.failures import Refused
from toc.cli.streams import (
    FORMATS,
    bytes_from,
    name_of,
    note,
    put,
    same_file,
    say_wrote,
    theory_from,
    write,
)
from toc.errors import TheoryError
from toc.language.numbers import counted

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files.locator import Format
    from toc.standards import Losses

ENDINGS: Final[dict[str, Format]] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
READ, WRITTEN, EITHER = "reader", "writer", "name"


def _words(part: str) -> Callable[[], tuple[str, ...]]:
    """The formats, and the standards that can be read or written."""

    def found() -> tuple[str, ...]:
        from toc.standards.registry import standards

        return (*FORMATS, *(one.name for one in standards().values() if getattr(one, part)))

    return found


@click.command(
    help="""Turn YAML into JSON, JSON into YAML, or either into a form that funders and other tools read, and back.

    Between YAML and JSON nothing is lost but comments. Other forms hold less than a theory, or something else: stderr
    says how much is lost, and --losses writes what and why. `toc convert my.yaml my.iati.xml` gives the results of an IATI
    activity, and --into puts them into a file of yours; .cids.jsonld is the Common Impact Data Standard, .kumu.json a
    map for Kumu, .tocmaker.json a file of ToC-Maker. .iati.xml, .tocmaker.json and lists of nodes and edges
    (.edges.json, .edges.csv) are read as well.

    Without OUT the result goes to stdout. Over a YAML file that exists, only the lines that differ are changed; one
    that has mistakes is left alone unless --force is given.
    """,
    short_help="Turn a theory into YAML, JSON, IATI, CIDS and others, and back.",
    epilog=examples(
        "toc convert my.yaml my.json",
        "toc convert my.json my.yaml",
        "toc convert my.yaml my.iati.xml --losses lost.md",
        "toc convert my.yaml new.xml --to iati --into activities.xml",
        "toc convert plan.tocmaker.json my.yaml",
        "toc convert my.yaml > my.json",
    ),
)
@click.argument("file", metavar="IN")
@click.argument("out", default="-", metavar="[OUT]")
@click.option(
    "--to",
    type=Known(_words(WRITTEN)),
    help="What to write.  [default: by the ending of OUT; for -, the one that IN is not]",
)
@click.option(
    "--read-as",
    type=Known(_words(READ)),
    help="How to read IN.  [default: by its ending; YAML for - and unknown endings]",
)
@click.option("--into", metavar="FILE", help="Put the results into a copy of this IATI file, in place of earlier ones.")
@click.option("--losses", metavar="FILE", help="Write what is lost, and why, to this file.")
@click.option("--force", is_flag=True, help="Write over OUT even where something in it gets lost by that.")
def convert(  # noqa: PLR0913  # one for each option
    *, file: str, out: str, to: str | None, read_as: str | None, into: str | None, losses: str | None, force: bool
) -> None:
    if same_file(file, out) or (losses and (same_file(file, losses) or losses == out)):
        raise Refused(f"{file}: give every file of the result another name than the file it is made from")
    read_as = read_as or told_by(file, READ)
    to = to or format_for(file, out, read_as)
    theory, lost = _read(file, read_as)
    if to in FORMATS:
        if into:
            raise click.UsageError("--into is for IATI alone: add --to iati")
        _write(theory, out, to, force=force)
    else:
        try:
            made = theory.export(to, into=into)
        except TheoryError as error:
            raise TheoryError(error.problems, source=name_of(into or file)) from None
        lost = [*lost, made.losses]
        put(made.text.encode(made.encoding, "xmlcharrefreplace"), out)
    for one in lost:
        note(counted_losses(one))
    if losses:
        put("\n".join(str(page_text(one, format_for_page(losses))) for one in lost), losses)


def _read(file: str, read_as: str | None) -> tuple[TheoryOfChange, list[Losses]]:
    if read_as is None or read_as in FORMATS:
        return theory_from(file, cast("Format | None", read_as)), []
    import toc

    try:
        made = toc.imported(bytes_from(file), read_as)
    except TheoryError as error:
        raise TheoryError(error.problems, source=name_of(file)) from None
    return made.theory, [made.losses]


def _write(theory: TheoryOfChange, out: str, to: str, *, force: bool) -> None:
    form = cast("Format", to)
    if out == "-":
        write(theory.dumps(form).encode())
    else:
        theory.save(out, format=form, force=force)
        say_wrote(out)


def counted_losses(lost: Losses) -> str:
    """How much is lost, on one line, the commonest reasons first."""
    if not lost:
        return f"{lost.standard}: nothing is lost"
    why = sorted(lost.counts.items(), key=lambda one: -one[1])
    told = "; ".join(f"{reason}: {times}" for reason, times in why[:3])
    more = f"; {len(why) - 3} more reasons" if len(why) > 3 else ""  # as many as are told
    said = "lost or assumed" if lost.incoming else "lost or changed in meaning"
    return f"{lost.standard}: {counted(len(lost), 'thing is', 'things are')} {said} ({told}{more}); --losses FILE lists them"


def format_for(file: str, out: str, read_as: str | None) -> str:
    """The format that the names of the files ask for."""
    if out == "-":
        return "yaml" if (read_as or told_by(file, READ) or "yaml") != "yaml" else "json"
    told = told_by(out, WRITTEN)
    if told is None:
        raise click.UsageError(f"'{out}' does not say what to write: end it in .yaml, .json, .iati.xml …, or add --to")
    return told


def told_by(name: str, part: str = EITHER) -> str | None:
    """The format or standard that the ending of a name tells, or None."""
    from toc.standards.registry import standard, told_by

    found = told_by(name)
    if found and getattr(standard(found), part):
        return found
    return next((format for ending, format in ENDINGS.items() if name.lower().endswith(ending)), None)
