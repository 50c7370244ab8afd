"""`toc demo`: a worked example, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from toc.cli.command_options import examples
from toc.cli.streams import note, one_line, say, working
from toc.errors import DrawingError, MissingExtraError

EXAMPLE: Final = "rgs-newcastle"


@click.command(
    help="""Put a worked example into FOLDER (out, unless you name another) and draw it as SVG, PNG and PDF.

    It is the theory of change of a school's partnerships, told from public sources. Change the YAML file and run
    the command again to see what becomes of it.
    """,
    short_help="Draw a worked example and print it as an outline.",
    epilog=examples("toc demo", "toc demo my-first-look"),
)
@click.argument("folder", default="out", metavar="[FOLDER]")
def demo(folder: str) -> None:
    import toc

    source = Path(folder, f"{EXAMPLE}.yaml")
    put_example(source)
    theory = toc.load(source)
    drawn = [source]
    for ending in (".svg", ".png", ".pdf"):
        picture = source.with_suffix(ending)
        try:
            with working(f"drawing {picture}"):
                theory.draw(picture)
        except (DrawingError, MissingExtraError) as error:
            if ending == ".svg":  # which needs nothing that may be missing
                raise
            note(f"no {ending[1:].upper()}: {error}")
        else:
            drawn.append(picture)
    say(theory.outline().rstrip("\n") + "\n")
    for path in drawn:
        say(one_line(str(path)))


def put_example(path: Path) -> None:
    """Put the example's file there, unless somebody has changed the one that is there."""
    from toc import examples
    from toc.files.atomic import write_bytes

    data = examples.text(EXAMPLE).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        write_bytes(path, data)
    elif path.read_bytes() != data:
        note(f"{path} is not the example as it comes, and is drawn as it is: delete it to start afresh")
