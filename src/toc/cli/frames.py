"""`toc frames`: the statements by which partners judge their work together, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from toc.cli.command_options import Known, examples, page_format, page_options, page_text
from toc.cli.streams import put, say

if TYPE_CHECKING:
    from toc import Frame

ENDINGS: Final = (".yaml", ".yml", ".json")


def frame_ids() -> Iterable[str]:
    """The frames there are, those of plug-ins too."""
    import toc

    return [one.id for one in toc.frames()]


@click.command(
    help="""List the frames by which partners judge their work together; with a NAME, show the statements of one, with
    their sources.

    A frame is for a talk among partners: what comes of it is no grade. A FILE with a frame of your own is read and
    shown as well, with every mistake in it.

    With --add, a frame of your own is written into the theory in FILE, so that `toc review` can judge by it; comments
    there stay.
    """,
    short_help="Show the frames to judge a partnership by.",
    epilog=examples(
        "toc frames",
        "toc frames practices",
        "toc frames practices --output practices.html",
        "toc frames ours.yaml",
        "toc frames --add ours.yaml my.yaml",
    ),
)
@click.argument("frame", required=False, metavar="[NAME|FILE]", type=Known(frame_ids, files=ENDINGS))
@click.option(
    "--add", metavar="OURS", type=Known(frame_ids, files=ENDINGS), help="Write this frame into the theory in FILE."
)
@page_options()
def frames(*, frame: str | Path | None, add: str | Path | None, format: str | None, output: str) -> None:
    import toc

    if add is not None:
        add_to(frame, frame_meant(add))
        return
    form = page_format((str(frame),) if isinstance(frame, Path) else (), output, format)
    put(page_text(toc.frames() if frame is None else frame_meant(frame), form), output)


def add_to(file: str | Path | None, frame: Frame) -> None:
    """Write a frame into a theory, and say so."""
    import toc

    if not isinstance(file, Path):
        raise click.UsageError("--add writes into a theory: name its file, as in toc frames --add ours.yaml my.yaml")
    theory = toc.load(file)
    with_it = theory.with_frame(frame)
    if with_it == theory:
        say(f"{file}: the frame '{frame.id}' stands in it already")
        return
    with_it.save(file)
    say(f"{file}: judged by '{frame.id}' from now on: toc review {file} --frame {frame.id}")


def frame_meant(frame: str | Path) -> Frame:
    """The frame of a name, or the one in a file."""
    import toc

    return toc.load_frame(frame) if isinstance(frame, Path) else toc.frame(frame)
