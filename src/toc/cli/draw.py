"""`toc draw` and `toc plot`: a theory as a picture, and the charts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from toc.cli.command_options import (
    Known,
    PageName,
    charts,
    examples,
    formats,
    kinds,
    pages,
    searches,
    themes,
    today_option,
    views,
)
from toc.cli.failures import Refused
from toc.cli.streams import read_as_option, same_file, say_wrote, theory_from, working, write
from toc.draw_options import Audience, Direction, Hidden, Kpis

if TYPE_CHECKING:
    from datetime import date

    from toc import TheoryOfChange
    from toc.files.locator import Format

F = TypeVar("F", bound=Callable[..., Any])


class Drawing(click.Command):
    """A command that draws a theory: its help lists the formats there are."""

    of_a_theory = True

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the formats."""
        super().format_options(ctx, formatter)
        with formatter.section("Formats, by the ending of OUT"):
            formatter.write_dl(list(self._formats()))

    def _formats(self) -> Iterator[tuple[str, str]]:
        from toc.render import all_formats

        for format in all_formats():
            if self.of_a_theory or "theory" not in format.takes:
                needs = f" (needs theory-of-change[{format.extra}])" if format.extra else ""
                yield ", ".join(f".{suffix}" for suffix in format.suffixes), f"{format.shows}{needs}"


class DrawingOfChanges(Drawing):
    """A command that draws what changed."""

    of_a_theory = False


def paper_options(command: F) -> F:
    """The options that say for what paper to draw, for every command that draws."""
    page = click.option(
        "--page",
        type=PageName(pages),
        help="The paper: one of these, or its size in millimetres, such as 297x210.  [default: free, any size]",
    )
    search = click.option(
        "--search",
        type=Known(searches),
        help="How thoroughly to look for places for the boxes.  [default: full, but quick above 60 boxes]",
    )
    return page(search(command))


theme_option = click.option(
    "--theme",
    type=Known(themes, files=(".toml", ".yaml", ".yml")),
    help="How it looks; FILE is a theme of your own, .toml or .yaml.  [default: light]",
)
arrows_option = click.option(
    "--arrows",
    type=click.Choice(["glued", "drawn"]),
    help="Arrows of a slide: glued to their boxes, or drawn, which look alike in every office program.  [default: glued]",
)


def looks_options(command: F) -> F:
    """The options that say how a picture looks, for every command that draws one."""
    options = (
        click.option(
            "--view",
            type=Known(views),
            help="What to show.  [default: pillars, but collapsed for a theory too large to read]",
        ),
        theme_option,
        click.option(
            "--node",
            metavar="ID",
            help="The box of a neighbourhood, or at the start of a path, by its id or its title.",
        ),
        click.option(
            "--steps", type=click.IntRange(min=0), help="How many links a neighbourhood reaches.  [default: 2]"
        ),
        click.option("--direction", type=click.Choice(get_args(Direction)), help="Where layers lead."),
        click.option(
            "--pillar",
            multiple=True,
            metavar="ID",
            help="Only what stands in a pillar, by its id or its title; may be repeated.",
        ),
        click.option("--tag", multiple=True, help="Only what has a tag; may be repeated."),
        click.option(
            "--target-group",
            multiple=True,
            metavar="ID",
            help="Only what is for a target group, by its id or its title; may be repeated.",
        ),
        click.option("--kind", multiple=True, type=Known(kinds), help="Only boxes of a kind; may be repeated."),
        paper_options,
        click.option("--findings", is_flag=True, help="Mark on the boxes what `toc check` finds."),
        click.option("--progress", is_flag=True, help="Say at each KPI how it stands, by a mark and a word."),
        today_option,
        click.option(
            "--kpis",
            type=click.Choice(get_args(Kpis)),
            help="How boxes name their KPIs.  [default: full, or as much as the page can hold]",
        ),
        click.option(
            "--hide", multiple=True, type=click.Choice(get_args(Hidden)), help="What to leave out; may be repeated."
        ),
        click.option(
            "--audience",
            type=click.Choice(get_args(Audience)),
            help="outside: without badges, certainty, advice on measuring, and findings.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    cls=Drawing,
    help="Draw the theory in FILE to one or more pictures OUT. The ending of OUT says what it becomes.",
    short_help="Draw a theory as SVG, PNG, PDF, PowerPoint and more.",
    epilog=examples(
        "toc draw my.yaml my.svg",
        "toc draw my.yaml my.pptx my.html my.pdf",
        "toc draw my.yaml my.png --theme print --dpi 300",
        "toc draw my.yaml reading.svg --view neighbourhood --node reading --steps 1",
        "toc draw my.yaml - --format png > my.png",
    ),
)
@click.argument("file")
@click.argument("outs", nargs=-1, required=True, metavar="OUT...")
@looks_options
@click.option("--dpi", type=click.IntRange(min=1), help="Dots per inch of a PNG.  [default: 144]")
@click.option("--transparent", is_flag=True, help="A PNG without paper.")
@click.option("--no-tooltips", is_flag=True, help="An SVG that tells nothing when it is pointed at.")
@click.option("--prefix", help="What every id of an SVG begins with.  [default: toc]")
@arrows_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long the engine that makes a PNG may take.  [default: 60]",
)
@click.option(
    "--deck/--no-deck",
    default=None,
    help="Several slides or pages, of .pptx, .pdf or .html: an overview and one for each pillar.  [default: where one slide is too small]",
)
@click.option(
    "-f",
    "--format",
    "format",
    type=Known(formats),
    help="What to draw, whatever the ending of OUT.  [default: by the ending; SVG for -]",
)
@read_as_option
def draw(file: str, outs: tuple[str, ...], read_as: Format | None, **looks: Any) -> None:
    if any(same_file(file, out) for out in outs):
        raise Refused(f"{file}: the picture would replace the theory itself: give the picture another name")
    theory = theory_from(file, read_as)
    given = {name: value for name, value in looks.items() if value not in (None, (), False)}
    given |= {"deck": False} if looks["deck"] is False else {}
    if given.pop("no_tooltips", False):
        given["tooltips"] = False
    for out in outs:
        with working(f"drawing {out}"):
            drawn = draw_to(theory, out, given)
        if drawn is not None:
            write(drawn)
        elif "-" not in outs:
            say_wrote(out)


def draw_to(theory: TheoryOfChange, out: str, looks: dict[str, Any]) -> bytes | None:
    """Draw to a file; for `-` the picture itself, so that nothing is written unless all of it is there."""
    if out != "-":
        theory.draw(out, **looks)
        return None
    picture = io.BytesIO()
    theory.draw(picture, **{"format": "svg", **looks})
    return picture.getvalue()


@click.command(
    help="""Plot a chart of the theory in FILE to a picture OUT.

    certainty: how certain it is that an activity changes people says how deep to measure, and how many take part says how
    widely. Each activity stands in its cell, beside the advice for it; its shape says whether its KPIs fit that advice.

    progress: where each KPI should go, where it is, and how it stands. Beyond one page of A4, an SVG or a PNG is numbered
    by page: my-kpis-1.svg, my-kpis-2.svg; a PDF holds all pages.

    mutuality: how much each activity changes for either side, as rated, and what answers what helps one side only.

    types: which of the four types of partnership each stated fact fits.

    evidence: what is known of each activity today, what its KPIs are planned to show, and what the advice asks.

    benefits: what each partner is said to gain, and how sturdy the evidence on it is.

    review: how the partners judged each statement of a frame, and how they did before.
    """,
    short_help="Plot certainty against participation, the progress of KPIs, or how the partnership stands.",
    epilog=examples(
        "toc plot my.yaml my-chart.png",
        "toc plot my.yaml my-kpis.pdf --chart progress",
        "toc plot my.yaml my-review.svg --chart review",
        "toc plot my.yaml - --format svg > my-chart.svg",
    ),
)
@click.argument("file")
@click.argument("out")
@click.option("--chart", type=Known(charts), help="What to plot.  [default: certainty]")
@today_option
@click.option(
    "--small-groups", is_flag=True, help="Show readings of fewer than ten people too; the chart says that it does."
)
@click.option("--review", metavar="REVIEW", help="Which review to plot.  [default: the newest]")
@click.option("--since", metavar="REVIEW", help="Which earlier review to plot beside it.  [default: the one before]")
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["svg", "png", "pdf"]),
    help="What to plot, whatever the ending of OUT.  [default: by the ending; SVG for -]",
)
@read_as_option
def plot(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    out: str,
    chart: str | None,
    today: date | None,
    small_groups: bool,
    review: str | None,
    since: str | None,
    format: str | None,
    read_as: Format | None,
) -> None:
    if same_file(file, out):
        raise Refused(f"{file}: the chart would replace the theory itself: give the chart another name")
    theory = theory_from(file, read_as)
    from toc.charts import CHARTS, chart_pictures

    name = chart or "certainty"
    if (today or small_groups) and not CHARTS[name].has_progress:
        given = "--today" if today else "--small-groups"
        raise click.UsageError(f"the chart {name!r} takes no {given}: 'progress' does")
    if (review or since) and not CHARTS[name].of_reviews:
        given = "--review" if review else "--since"
        raise click.UsageError(f"the chart {name!r} takes no {given}: 'review' does")
    ending = "svg" if out == "-" else Path(out).suffix.removeprefix(".").lower()
    with working(f"plotting {out}"):
        progress = partial(theory.progress, today, small_groups=small_groups)
        pictures = chart_pictures(theory, format or ending, chart=name, progress=progress, reviews=(review, since))
    put_pictures(file, out, pictures)


def put_pictures(file: str, out: str, pictures: Sequence[bytes]) -> None:
    """Write a picture, or several with numbers before the ending."""
    if out == "-":
        if pictures[1:]:
            raise Refused(f"{file}: the chart has {len(pictures)} pages: give a name to number, or --format pdf")
        write(pictures[0])
        return
    from toc.files.atomic import write_bytes

    path = Path(out)
    numbered = [str(path.with_stem(f"{path.stem}-{number}")) for number in range(1, len(pictures) + 1)]
    for name, picture in zip(numbered if pictures[1:] else [out], pictures, strict=True):
        write_bytes(name, picture)
        say_wrote(name)
