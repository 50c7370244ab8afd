"""`toc new`: a file to start from."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from toc.cli.failures import Refused
from toc.cli.streams import bytes_from, name_of, put
from toc.cli.terminal import note, say
from toc.cli.wording import examples

if TYPE_CHECKING:
    from collections.abc import Sequence


def readable_title(_ctx: click.Context, _param: click.Parameter, title: str | None) -> str | None:
    """Refuse a title that no file could hold, while the command line can still be blamed."""
    if title is not None and (not title.strip() or re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", title)):
        raise click.BadParameter("a title is one line of text")
    return title


@click.command(
    help="""Write FILE, a short theory with notes that explain each part, for you to put your own words in.

    With --from, the activities come from a spreadsheet: save it as CSV in Excel and name that file; several are
    joined. A row holds headings. Known are, under many other names too: activity (project), strand (pillar, theme),
    outcome (also short-, medium- and long-term), output, certainty (high, medium, low), number of pupils, target group,
    lead, partners, funding, start, end, leads to, KPI with unit, baseline, target, target date, owner and means of
    verification, assumptions, goal, ref. Only the activity is needed. Other columns are kept as they are under x-…,
    and all that was not used, merged or guessed is said.
    """,
    short_help="Write a file to start from.",
    epilog=examples(
        "toc new my.yaml",
        'toc new my.yaml --title "Reading partners"',
        "toc new my.yaml --from activities.csv",
        "toc new my.yaml --from literacy.csv --from stem.csv",
    ),
)
@click.argument("file")
@click.option("--title", callback=readable_title, help="What the theory is called.")
@click.option(
    "--from",
    "tables",
    metavar="CSV",
    multiple=True,
    help="Start from a spreadsheet saved as CSV: one activity a row. Give it again to join several.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def new(file: str, title: str | None, tables: tuple[str, ...], force: bool) -> None:  # noqa: FBT001  # click passes a flag
    if file != "-" and not file.lower().endswith((".yaml", ".yml")):
        raise click.UsageError(f"'{file}' is not the name of a YAML file: end it in .yaml")
    if file != "-" and os.path.lexists(file) and not force:
        raise Refused(f"{file} exists already: choose another name, or add --force to replace it")
    text, remarks = tables_text(tables, title) if tables else (starting_text(file, title), ())
    put(text, file)
    for remark in remarks:
        note(remark)
    if file != "-":
        say(next_steps(file))


def starting_text(file: str, title: str | None) -> str:
    """The starting file, with the title and with the file's own name in its notes."""
    from importlib.resources import files

    text = files("toc.cli").joinpath("starting.yaml").read_text(encoding="utf-8")
    if title:
        from toc.files.yaml.yaml_writer import to_yaml

        text = re.sub(r"(?m)^title: .*\n", lambda _: to_yaml({"title": title.strip()}), text, count=1)
    name = PurePath(file).name
    return text.replace("my.yaml", name) if re.fullmatch(r"[\w.-]+", name) and name != "-" else text


def tables_text(tables: Sequence[str], title: str | None) -> tuple[str, Sequence[str]]:
    """The theory that the rows of spreadsheets make, and what was not used, merged or guessed on the way."""
    from toc.spreadsheet import from_grids
    from toc.spreadsheet.csv_grid import csv_grid

    if len(set(tables)) < len(tables):
        raise click.UsageError("the same file is named twice after --from: name each once")
    grids = [csv_grid(bytes_from(table), name_of(table)) for table in tables]
    if title is None and len(tables) == 1:
        title = PurePath(tables[0]).stem.replace("-", " ").replace("_", " ").strip().capitalize()
    made = from_grids(grids, title=title or "Our theory of change")
    place = f"{name_of(tables[0])}: " if len(tables) == 1 else ""  # of several, each cell names its own
    return made.text, [f"{place}{remark}" for remark in made.remarks]


def next_steps(file: str) -> str:
    """What to do with a file that was just written."""
    name = shlex.quote(file)
    picture = shlex.quote(str(PurePath(file).with_suffix(".svg")))
    return f"Now open it in a text editor and put your own words in. Then:\n  toc check {name}\n  toc draw {name} {picture}"
