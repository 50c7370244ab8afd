"""`toc new`: a file to start from."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from toc.cli.command_options import examples
from toc.cli.failures import Refused
from toc.cli.streams import bytes_from, going_on, name_of, note, one_line, put, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def readable_title(_ctx: click.Context, _param: click.Parameter, title: str | None) -> str | None:
    """Refuse a title that no file could hold, while the command line can still be blamed."""
    if title is not None and (not title.strip() or re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", title)):
        raise click.BadParameter("a title is one line of text")
    return title


@click.command(
    help="""Write FILE, a short theory with notes that explain each part, for you to put your own words in.

    With --ask, six questions are asked instead, from the goal downwards, and their answers make the file.

    With --from, the theory comes from an outline in a text file, where what leads to a line is indented under it; or the
    activities come from a spreadsheet, an Excel workbook or a CSV file; several are joined. A row holds headings. Of a workbook, the
    first sheet that lists activities is read, and others with the same headings, whose names are strands then; --sheet names others.
    Known are, under many other names too: activity (project), strand (pillar, theme), outcome (also short-, medium- and
    long-term), output, certainty (high, medium, low), number of pupils, target group, lead, partners, funding, start, end,
    internal and external impact (high, medium, low), leads to, KPI with unit, baseline, target, target date, owner and means of verification, assumptions, goal, ref. Only the
    activity is needed. Other columns are kept as they are under x-…, and all that was not used, merged or guessed is said.

    A logframe, in a workbook, a Word document or a CSV file, makes the theory with its goal, outcomes, outputs, activities
    and KPIs. It is recognised by its headings; --as logframe says that a file is one.
    """,
    short_help="Write a file to start from.",
    epilog=examples(
        "toc new my.yaml",
        "toc new my.yaml --ask",
        "toc new my.yaml --from outline.txt",
        "toc new my.yaml --from activities.xlsx",
        "toc new my.yaml --from literacy.csv --from stem.csv",
        "toc new my.yaml --from logframe.docx",
    ),
)
@click.argument("file")
@click.option("--title", callback=readable_title, help="What the theory is called.")
@click.option(
    "--from",
    "sources",
    metavar="FILE",
    multiple=True,
    help="Start from an outline, a spreadsheet (.xlsx or CSV) or a logframe. Give it again to join several spreadsheets.",
)
@click.option("--as", "kind", type=click.Choice(["logframe"]), help="What the file after --from is.")
@click.option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="The sheet of the workbook to read; give it again for several.",
)
@click.option("--ask", is_flag=True, help="Start from your answers to six questions.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def new(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    title: str | None,
    sources: tuple[str, ...],
    sheets: tuple[str, ...],
    kind: str | None,
    ask: bool,
    force: bool,
) -> None:
    if file != "-" and not file.lower().endswith((".yaml", ".yml")):
        raise click.UsageError(f"'{file}' is not the name of a YAML file: end it in .yaml")
    if file != "-" and os.path.lexists(file) and not force:
        raise Refused(f"{file} exists already: choose another name, or add --force to replace it")
    if ask and sources:
        raise click.UsageError("--ask and --from each make a file of their own: choose one")
    if sheets and not sources:
        raise click.UsageError("--sheet names a sheet of a workbook: name that with --from")
    if kind and len(sources) != 1:
        raise click.UsageError("--as says what one file is: name it with --from")
    if ask:
        text, remarks = asked_text(title)
    else:
        text, remarks = made_text(sources, title, sheets, kind) if sources else (starting_text(file, title), ())
    put(text, file)
    for remark in remarks:
        note(remark)
    if file != "-":
        say(
            next_steps(
                file, "Read it through" if ask or sources else "Now open it in a text editor and put your own words in"
            )
        )


def starting_text(file: str, title: str | None) -> str:
    """The starting file, with the title and with the file's own name in its notes."""
    from importlib.resources import files

    text = files("toc.cli").joinpath("starting.yaml").read_text(encoding="utf-8")
    if title:
        from toc.files.yaml_writer import to_yaml

        text = re.sub(r"(?m)^title: .*\n", lambda _: to_yaml({"title": title.strip()}), text, count=1)
    name = PurePath(file).name
    return text.replace("my.yaml", name) if re.fullmatch(r"[\w.-]+", name) and name != "-" else text


def asked_text(title: str | None) -> tuple[str, Sequence[str]]:
    """The theory that the answers to the six questions make; what is the same box in two answers is told."""
    from toc import from_outline
    from toc.cli.first_questions import ask_for_an_outline

    outline = ask_for_an_outline()
    if not outline:
        raise Refused("nothing was written: there is no goal yet")
    made = from_outline(outline, title=title, source="your answers")
    told = (re.sub(r" \(line \d+\)", "", remark.partition(": ")[2]) for remark in made.remarks if "one box" in remark)
    return made.text, [*told]


def made_text(
    sources: Sequence[str], title: str | None, sheets: Sequence[str], kind: str | None
) -> tuple[str, Sequence[str]]:
    """The theory that an outline, or the rows of spreadsheets, make, and what was not used, merged or guessed."""
    if len(set(sources)) < len(sources):
        raise click.UsageError("the same file is named twice after --from: name each once")
    read = {name: bytes_from(name) for name in sources}
    if kind:
        return logframe_text(sources[0], read[sources[0]], title, sheets)
    outlines = [name for name, data in read.items() if is_outline(name, data)]
    if not outlines:
        return tables_text(read, title, sheets)
    if sheets:
        raise click.UsageError(f"'{outlines[0]}' is an outline and has no sheets: leave --sheet out")
    if len(sources) > 1:
        raise click.UsageError(f"'{outlines[0]}' is an outline: it stands alone, only spreadsheets are joined")
    from toc import from_outline

    source = name_of(outlines[0])
    made = from_outline(read[outlines[0]], title=title, source=source)
    return made.text, [f"{source}: {remark}" for remark in made.remarks]


def logframe_text(name: str, data: bytes, title: str | None, sheets: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The theory that a file makes which is said to be a logframe, and what was not used or guessed."""
    from toc.reports.logframe_reading import LogframeRows, from_logframe, logframe_in

    found = logframe_in(data, name_of(name), sheets, is_sure=True) or LogframeRows(())
    made = from_logframe(found, title=title or title_of(name), source=name_of(name))
    return made.text, [f"{name_of(name)}: {remark}" for remark in made.remarks]


def title_of(name: str) -> str:
    """A title from the name of a file."""
    return PurePath(name).stem.replace("-", " ").replace("_", " ").strip().capitalize() or "Our theory of change"


def tables_text(tables: Mapping[str, bytes], title: str | None, sheets: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The theory that the rows of spreadsheets make, and what was not used, merged or guessed on the way."""
    from toc.reports.docx_rows import is_document
    from toc.reports.logframe_reading import from_logframe, logframe_in
    from toc.spreadsheet import from_grids, grids_in, workbook_in
    from toc.spreadsheet.workbook import whole_text

    first, *others = tables
    if not others and is_document(tables[first], first):
        return logframe_text(first, tables[first], title, sheets)
    with going_on(f"reading {first}" if not others else "reading") as tell:
        read = {name: workbook_in(data, name_of(name), tell) or data for name, data in tables.items()}
    if not others and not sheets and (whole := whole_text(read[first], title)):
        return whole[0], [f"{name_of(first)}: {remark}" for remark in whole[1]]
    if not others and (frame := logframe_in(read[first], name_of(first), sheets)):
        framed = from_logframe(frame, title=title or title_of(first), source=name_of(first))
        return framed.text, [f"{name_of(first)}: {remark}" for remark in framed.remarks]
    if title is None and not others:
        title = title_of(first)
    grids = [grid for name, data in read.items() for grid in grids_in(data, name_of(name), sheets)]
    made = from_grids(grids, title=title or "Our theory of change")
    place = "" if others else f"{name_of(first)}: "  # of several, each cell names its own
    return made.text, [f"{place}{remark}" for remark in made.remarks]


def is_outline(name: str, data: bytes) -> bool:
    """Whether a file is an outline: a text whose first line is no row of cells."""
    first = next((line for line in data.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()), b"")
    return name.lower().endswith((".txt", ".md", ".text")) and b"\t" not in first.strip()[2:]


def next_steps(file: str, first: str) -> str:
    """What to do with a file that was just written; `first` by hand, then with the program."""
    name, picture = (one_line(shlex.quote(str(one))) for one in (file, PurePath(file).with_suffix(".svg")))
    return f"{first}. Then:\n  toc check {name}\n  toc guide {name} --ask\n  toc draw {name} {picture}"
