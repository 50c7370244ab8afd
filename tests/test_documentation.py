"""Every page of the documentation is executed: Python, terminal sessions and the files they use.

The blocks of a page run in order and in one folder of their own. In a block of `python` either the prompts and what
they print are checked, or the code only has to run. A block of `console` holds commands of `toc` after `$ ` and what
they print; `...` stands for anything. A block whose first line is `# name.yaml` (or .json, .csv) is written to that
file. A block after the comment `<!-- not run: reason -->` is left alone.
"""

from __future__ import annotations

import doctest
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import toc

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(
    r"^(?P<left_out><!-- not run: .+? -->\n+)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
FILE_NAME = re.compile(r"# ([\w-]+\.(?:yaml|json|csv))\s*$", re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    language: str
    code: str
    line: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["language"], found["code"], text.count("\n", 0, found.start("code")) + 1)
        for found in BLOCK.finditer(text)
        if not found["left_out"]
    ]


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    if ">>>" not in block.code:
        exec(compile("\n" * (block.line - 1) + block.code, str(page), "exec"), names)  # noqa: S102  # our own page
        return
    test = doctest.DocTestParser().get_doctest(block.code, names, page.name, str(page), block.line - 1)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    failed = runner.run(test, out=said.append, clear_globs=False).failed
    names.update(test.globs)
    assert not failed, "".join(said)


def run_console(block: Block, page: Path) -> None:
    from click.testing import CliRunner

    from toc.cli import main

    for session in re.split(r"^\$ ", block.code, flags=re.MULTILINE)[1:]:
        line, _, expected = session.partition("\n")
        command, *arguments = shlex.split(line, comments=True)
        if command != "toc":
            continue  # pip and make are tried elsewhere
        output = CliRunner().invoke(main, arguments, prog_name="toc").output
        if expected.strip():
            assert doctest.OutputChecker().check_output(expected.rstrip() + "\n", output.rstrip() + "\n", FLAGS), (
                f"{page.name}:{block.line}: $ {line}\nexpected:\n{expected}\nprinted:\n{output}"
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_on_the_page_runs_as_written(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    for block in blocks(page):
        if block.language in {"python", "pycon"}:
            run_python(block, page, names)
        elif block.language == "console":
            run_console(block, page)
        elif named := FILE_NAME.match(block.code):
            (tmp_path / named[1]).write_text(block.code, encoding="utf-8")


def test_every_public_name_stands_in_the_reference() -> None:
    reference = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^\.\. auto\w+:: (\w+)$", reference, flags=re.MULTILINE)
    assert sorted(named) == sorted(toc.__all__)
