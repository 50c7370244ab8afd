"""`toc draw`: a theory as a picture."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from toc.cli.failures import Refused
from toc.cli.streams import read_as_option, same_file, theory_from
from toc.cli.terminal import note, say, working, write
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format

F = TypeVar("F", bound=Callable[..., Any])
# Written out, so that `toc --help` need not import what draws; a test compares them with what there is.
VIEWS: Final = ("pillars", "layers", "logic-model", "triangle", "neighbourhood", "path", "collapsed")
THEMES: Final = ("light", "dark", "print", "high-contrast")
FORMATS: Final = ("svg", "png", "pdf", "html", "pptx", "drawio", "mmd", "graphml", "dot")
KINDS: Final = ("goal", "pillar", "outcome", "output", "activity", "kpi")


def looks_options(command: F) -> F:
    """The options that say how a picture looks, for every command that draws one."""
    options = (
        click.option(
            "--view",
            type=click.Choice(VIEWS),
            help="What to show.  [default: pillars, but collapsed for a theory too large to read]",
        ),
        click.option(
            "--theme",
            metavar="NAME|FILE",
            help=f"{', '.join(THEMES)}, or your own: a file .toml or .yaml.  [default: light]",
        ),
        click.option("--node", metavar="ID", help="The node of a neighbourhood, or at the start of a path."),
        click.option(
            "--steps", type=click.IntRange(min=0), help="How many links a neighbourhood reaches.  [default: 2]"
        ),
        click.option("--direction", type=click.Choice(("up", "down", "right", "left")), help="Where layers lead."),
        click.option("--pillar", multiple=True, metavar="ID", help="Only what stands in a pillar; may be repeated."),
        click.option("--tag", multiple=True, help="Only what has a tag; may be repeated."),
        click.option(
            "--target-group", multiple=True, metavar="ID", help="Only what is for a target group; may be repeated."
        ),
        click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only nodes of a kind; may be repeated."),
        click.option("--findings", is_flag=True, help="Mark on the boxes what `toc check` finds."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    help="""Draw the theory in FILE to one or more pictures OUT. The ending of OUT says what it becomes.

    SVG is the sharpest and opens in every browser; PNG goes into letters; PDF prints; PowerPoint (.pptx) and draw.io
    (.drawio) can be edited; .html is a page to explore. Mermaid (.mmd), GraphML and DOT are for other programs.
    """,
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
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="What to draw, whatever the ending of OUT.  [default: by the ending; SVG for -]",
)
@read_as_option
def draw(file: str, outs: tuple[str, ...], read_as: Format | None, **looks: Any) -> None:
    if any(same_file(file, out) for out in outs):
        raise Refused(f"{file}: the picture would replace the theory itself: give the picture another name")
    theory = theory_from(file, read_as)
    given = {name: value for name, value in looks.items() if value not in (None, (), False)}
    with warnings_told():
        for out in outs:
            with working(f"drawing {out}"):
                drawn = draw_to(theory, out, given)
            if drawn is not None:
                write(drawn)
            elif "-" not in outs:
                say(f"wrote {out}")


def draw_to(theory: TheoryOfChange, out: str, looks: dict[str, Any]) -> bytes | None:
    """Draw to a file; for `-` the picture itself, so that nothing is written unless all of it is there."""
    if out != "-":
        theory.draw(out, **looks)
        return None
    picture = io.BytesIO()
    theory.draw(picture, **{"format": "svg", **looks})
    return picture.getvalue()


@contextmanager
def warnings_told() -> Iterator[None]:
    """What the library warns of, each once and as one line on stderr, without the place in our code."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for message in dict.fromkeys(str(one.message) for one in caught if issubclass(one.category, UserWarning)):
        note(re.sub(r"\bview='(\w+)'", r"--view \1", message))  # as it is written here, not in Python
