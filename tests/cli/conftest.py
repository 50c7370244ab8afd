"""Two ways to run the program: inside this process, quickly, and as a process of its own, as people do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.running import START, Run, Shell
from toc.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test works in an empty folder, where `my.yaml` is a small theory."""
    monkeypatch.chdir(tmp_path)
    Path("my.yaml").write_text(START, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run `toc` with some arguments, inside this process."""

    def invoke(*arguments: str, piped_in: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=piped_in, prog_name="toc")

    return invoke


@pytest.fixture
def shell() -> Shell:
    """Run `toc` with some arguments, as a process of its own."""

    def start(*arguments: str, piped_in: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "toc.cli", *arguments],
            input=piped_in,
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
        )

    return start
