"""`toc draw`: a theory as a picture."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from toc.cli.failures import Refused
from toc.cli.inputs import read_as_option, same_file, theory_from
from toc.cli.terminal import note, say, working, write
from toc.cli.wording import examples

if TYPE_CHECKING:
    from toc import TheoryOfChange
    from toc.files import Format
    from toc.render import Picture


@click.command(
    short_help="Draw a theory as SVG, PNG, PDF or DOT.",
    epilog=examples(
        "toc draw my.yaml my.svg",
        "toc draw my.yaml my.svg my.png my.pdf",
        "toc draw my.yaml my.svg --view collapsed",
        "toc draw my.yaml - --format png > my.png",
    ),
)
@click.argument("file")
@click.argument("outs", nargs=-1, required=True, metavar="OUT...")
@click.option(
    "--view",
    type=click.Choice(["pillars", "collapsed"]),
    help="pillars shows everything, collapsed the pillars only.  "
    "[default: pillars, but collapsed for a theory too large to read]",
)
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["svg", "png", "pdf", "dot"]),
    help="What to draw, whatever the ending of OUT.  [default: by the ending; SVG for -]",
)
@read_as_option
def draw(file: str, outs: tuple[str, ...], view: str | None, format: Picture | None, read_as: Format | None) -> None:
    """Draw the theory in FILE to one or more pictures OUT. The ending of OUT says what it becomes.

    SVG is the sharpest and opens in every browser; PNG goes into slides and letters; PDF prints. DOT is the text
    that Graphviz reads.
    """
    if any(same_file(file, out) for out in outs):
        raise Refused(f"{file}: the picture would replace the theory itself: give the picture another name")
    theory = theory_from(file, read_as)
    with warnings_told():
        for out in outs:
            with working(f"drawing {out}"):
                drawn = draw_to(theory, out, view, format)
            if drawn is not None:
                write(drawn)
            elif "-" not in outs:
                say(f"wrote {out}")


def draw_to(theory: TheoryOfChange, out: str, view: str | None, format: Picture | None) -> bytes | None:
    """Draw to a file; for `-` the picture itself, so that nothing is written unless all of it is there."""
    if out != "-":
        theory.draw(out, view=view, format=format)
        return None
    picture = io.BytesIO()
    theory.draw(picture, view=view, format=format or "svg")
    return picture.getvalue()


@contextmanager
def warnings_told() -> Iterator[None]:
    """What the library warns of, each once and as one line on stderr, without the place in our code."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for message in dict.fromkeys(str(one.message) for one in caught if issubclass(one.category, UserWarning)):
        note(re.sub(r"\bview='(\w+)'", r"--view \1", message))  # as it is written here, not in Python
