"""Python may be told to leave out docstrings and assertions (`python -OO`): the program does the same without them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from toc.cli import main

COMMANDS: Final = [
    ["demo", "."],
    ["new", "new.yaml"],
    ["check", "rgs-newcastle.yaml"],
    ["check", "rgs-newcastle.yaml", "--format", "json"],
    ["check", "rgs-newcastle.yaml", "--format", "sarif"],
    ["check", "wrong.yaml"],
    ["rule"],
    ["rule", "TOC121"],
    ["schema"],
    *([command, "--help"] for command in main.commands),
    ["show", "rgs-newcastle.yaml", "--as", "narrative"],
    ["show", "rgs-newcastle.yaml", "--as", "description"],
    ["explain", "rgs-newcastle.yaml", "scitt"],
    ["exposure", "rgs-newcastle.yaml"],
    ["coverage", "rgs-newcastle.yaml"],
    ["progress", "rgs-newcastle.yaml", "--today", "2026-11-25"],
    ["diff", "rgs-newcastle.yaml", "new.yaml"],
    ["guide", "rgs-newcastle.yaml"],
    ["record", "rgs-newcastle.yaml", "reading-age", "13", "--date", "2026-11-15"],
    ["draw", "new.yaml", "a.svg", "a.html", "a.drawio", "a.mmd", "a.graphml", "a.dot"],
    ["convert", "rgs-newcastle.yaml", "-"],
]
PROGRAM: Final = """
import json, sys
from click.testing import CliRunner
from toc.cli import main
answers = [CliRunner().invoke(main, command) for command in json.loads(sys.argv[1])]
print(json.dumps([(answer.exit_code, answer.output) for answer in answers]))
"""


def done_in(folder: Path, *flags: str) -> tuple[Any, dict[Path, bytes]]:
    """What each command answers, its exit code first, and the files there are afterwards."""
    folder.mkdir()
    (folder / "wrong.yaml").write_text("toc: 1\ntitle: T\ngoal: G\npillers: {}\n", encoding="utf-8")
    command = [sys.executable, *flags, "-c", PROGRAM, json.dumps(COMMANDS)]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return json.loads(run.stdout), {path.relative_to(folder): path.read_bytes() for path in folder.iterdir()}


def test_without_docstrings_every_command_says_and_writes_the_same(tmp_path: Path) -> None:
    answers, files = done_in(tmp_path / "plain")
    assert [code for code, _ in answers] == [1 if "wrong.yaml" in command else 0 for command in COMMANDS]
    assert done_in(tmp_path / "optimised", "-OO") == (answers, files)
