"""The page about the service: its terminal sessions are held with a server that runs, and its tables are whole."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import RequireTool
from toc.web.endpoints import ENDPOINTS
from toc.web.replies import SORTS
from web_client import free_port, running

PAGE = Path(__file__).resolve().parents[2] / "docs" / "service.md"
TEXT = PAGE.read_text(encoding="utf-8")
SESSION = re.compile(r"runs it -->\n```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands() -> list[tuple[str, str]]:
    """Each command with what it prints."""
    sessions = "\n".join(SESSION.findall(TEXT))
    return [
        (command, told)
        for command, _, told in (one.partition("\n") for one in re.split(r"^\$ ", sessions, flags=re.MULTILINE)[1:])
    ]


def test_every_session_runs_as_written(tmp_path: Path, require_tool: RequireTool) -> None:
    require_tool("curl")
    (serve, _), *others = commands()
    (tmp_path / "theories").mkdir()
    port = free_port()
    arguments = shlex.split(serve)[1:]
    with running([sys.executable, "-m", "toc.cli", *arguments, "--port", str(port)], tmp_path, port) as address:
        for command, told in others:
            program, *rest = shlex.split(command.replace("http://127.0.0.1:8000", address))
            if program == "cat":
                (tmp_path / rest[0]).write_text(told, encoding="utf-8")
                continue
            done = subprocess.run([program, *rest], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
            assert doctest.OutputChecker().check_output(told.rstrip() + "\n", done.stdout.rstrip() + "\n", FLAGS), (
                f"$ {command}\nexpected:\n{told}\nprinted:\n{done.stdout}"
            )


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_endpoint_is_in_the_table(name: str) -> None:
    assert f"`/{name}`" in TEXT


def test_every_status_is_in_the_table() -> None:
    table = TEXT.partition("## What may go wrong")[2].partition("##")[0]
    assert [status for status, _ in SORTS.values() if str(status) not in table and status != 500] == []
