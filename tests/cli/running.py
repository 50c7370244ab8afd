"""What the tests of the command line share besides fixtures."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from click.testing import Result

START = "toc: 1\ntitle: Reading partners\ngoal: Every child reads at their age\n"


class Run(Protocol):
    """Runs `toc` inside this process."""

    def __call__(self, *arguments: str, piped_in: str | bytes | None = None) -> Result: ...


class Shell(Protocol):
    """Runs `toc` as a process of its own."""

    def __call__(
        self, *arguments: str, piped_in: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]: ...
