"""`python -m toc.cli`, for those whose shell does not find `toc`."""

from __future__ import annotations

from toc.cli import main

main(prog_name="toc")
