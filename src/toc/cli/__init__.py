"""The command `toc`: each command is a module, a few lines over the library; what they share stands in a module too."""

from __future__ import annotations

from toc.cli.program import main

__all__ = ["main"]
