"""`toc show` and `toc convert`: the same theory as an outline or prose, as YAML or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toc.cli.command_options import examples
from toc.cli.failures import Refused
from toc.cli.streams import FORMATS, read_as_option, same_file, say, say_wrote, theory_from, write

if TYPE_CHECKING:
    from toc.files.locator import Format


@click.command(
    help="""Print a theory as an outline: goals, pillars, and under each what leads to it and what measures it.

    As a narrative it is told in sentences, with every reason and assumption: if we do this, we expect that, because.
    As a description it says what the drawing shows, for people who cannot see it.
    """,
    short_help="Print a theory as an outline or as prose.",
    epilog=examples("toc show my.yaml", "toc show my.yaml --as narrative > my.txt", "toc show my.yaml | less"),
)
@click.argument("file")
@click.option(
    "--as",
    "form",
    type=click.Choice(["outline", "narrative", "description"]),
    default="outline",
    show_default=True,
    help="An outline; a narrative of what leads to what and why; or the drawing in words.",
)
@read_as_option
def show(file: str, form: str, read_as: Format | None) -> None:
    theory = theory_from(file, read_as)
    texts = {"outline": theory.outline, "narrative": theory.narrative, "description": theory.describe}
    say(texts[form]())


ENDINGS: Final[dict[str, Format]] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


@click.command(
    help="""Turn YAML into JSON, or JSON into YAML. Nothing is lost but the comments, which JSON cannot hold.

    Without OUT the result goes to stdout. Over a YAML file that exists, only the lines that differ are changed; one
    that has mistakes is left alone unless --force is given.
    """,
    short_help="Turn YAML into JSON, or JSON into YAML.",
    epilog=examples("toc convert my.yaml my.json", "toc convert my.json my.yaml", "toc convert my.yaml > my.json"),
)
@click.argument("file", metavar="IN")
@click.argument("out", default="-", metavar="[OUT]")
@click.option(
    "--to",
    type=click.Choice(FORMATS),
    help="What to write.  [default: by the ending of OUT; for -, the one that IN is not]",
)
@click.option("--force", is_flag=True, help="Write over OUT even where something in it gets lost by that.")
@read_as_option
def convert(file: str, out: str, to: Format | None, *, force: bool, read_as: Format | None) -> None:
    if same_file(file, out):
        raise Refused(f"{file}: give the result another name than the file it is made from")
    to = to or format_for(file, out, read_as)
    theory = theory_from(file, read_as)
    if out == "-":
        write(theory.dumps(to).encode())
    else:
        theory.save(out, format=to, force=force)
        say_wrote(out)


def format_for(file: str, out: str, read_as: Format | None) -> Format:
    """The format that the names of the files ask for."""
    if out == "-":
        return "yaml" if (read_as or told_by(file)) == "json" else "json"
    told = told_by(out)
    if told is None:
        raise click.UsageError(f"'{out}' does not say what to write: end it in .yaml or .json, or add --to")
    return told


def told_by(name: str) -> Format | None:
    """The format that the ending of a name tells, or None."""
    return next((format for ending, format in ENDINGS.items() if name.lower().endswith(ending)), None)
