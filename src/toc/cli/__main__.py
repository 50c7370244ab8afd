"""The program in a process of its own: as `toc`, and as `python -m toc.cli` for those whose shell does not find it."""

from __future__ import annotations

import gc
import os

from toc.cli.program import main

SELDOM = 1_000_000


def start() -> None:
    """Run the command that was typed. What is set here is for this process, which ends with the command."""
    # A theory is made of many parts and of no cycles: the collector would walk it again and again.
    gc.set_threshold(SELDOM)
    # What is installed to watch pydantic in other programs would be looked for in every distribution there is.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        main(prog_name="toc")
    finally:
        gc.freeze()  # else everything is walked twice more at the end, for what goes with the process anyway


if __name__ == "__main__":
    start()
