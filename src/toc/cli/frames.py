"""`toc frames`: the statements by which partners judge their work together, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toc.cli.command_options import Known, examples, page_format, page_options, page_text
from toc.cli.streams import put

if TYPE_CHECKING:
    from toc import Frame


def frame_ids() -> Iterable[str]:
    """The frames there are, those of plug-ins too."""
    import toc

    return [one.id for one in toc.frames()]


@click.command(
    help="""List the frames by which partners judge their work together; with a NAME, show the statements of one, with
    their sources.

    A frame is for a talk among partners: what comes of it is no grade. A FILE with a frame of your own is read and
    shown as well, with every mistake in it.
    """,
    short_help="Show the frames to judge a partnership by.",
    epilog=examples(
        "toc frames", "toc frames practices", "toc frames practices --output practices.html", "toc frames ours.yaml"
    ),
)
@click.argument("frame", required=False, metavar="[NAME|FILE]", type=Known(frame_ids, files=(".yaml", ".yml", ".json")))
@page_options()
def frames(*, frame: str | Path | None, format: str | None, output: str) -> None:
    import toc

    form = page_format((str(frame),) if isinstance(frame, Path) else (), output, format)
    put(page_text(toc.frames() if frame is None else frame_meant(frame), form), output)


def frame_meant(frame: str | Path) -> Frame:
    """The frame of a name, or the one in a file."""
    import toc

    return toc.load_frame(frame) if isinstance(frame, Path) else toc.frame(frame)
