"""`toc plot`: the certainty–participation chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toc.cli.failures import Refused
from toc.cli.streams import read_as_option, same_file, theory_from
from toc.cli.terminal import say, working, write
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc.files import Format


@click.command(
    help="""Plot the activities of the theory in FILE to a picture OUT: certainty against participation.

    How certain it is that an activity changes people says how deep to measure, and how many take part says how widely.
    Each activity stands in its cell, beside the advice for it; its shape says whether its KPIs fit that advice.
    """,
    short_help="Plot certainty against participation.",
    epilog=examples(
        "toc plot my.yaml my-chart.png",
        "toc plot my.yaml my-chart.pdf",
        "toc plot my.yaml - --format svg > my-chart.svg",
    ),
)
@click.argument("file")
@click.argument("out")
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["svg", "png", "pdf"]),
    help="What to plot, whatever the ending of OUT.  [default: by the ending; SVG for -]",
)
@read_as_option
def plot(file: str, out: str, format: str | None, read_as: Format | None) -> None:
    if same_file(file, out):
        raise Refused(f"{file}: the chart would replace the theory itself: give the chart another name")
    theory = theory_from(file, read_as)
    from toc.charts import chart_picture

    ending = "svg" if out == "-" else Path(out).suffix.removeprefix(".").lower()
    with working(f"plotting {out}"):
        picture = chart_picture(theory, format or ending)
    if out == "-":
        write(picture)
        return
    from toc.files.atomic import write_bytes

    write_bytes(out, picture)
    say(f"wrote {out}")
