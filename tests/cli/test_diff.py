from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import toc
from cli.running import START, Run
from toc import examples

CHARITY = examples.text("small-charity")


@pytest.fixture
def two() -> toc.TheoryOfChange:
    """Two files in the folder: `a.yaml`, and `b.yaml`, in which an activity stops."""
    new = toc.example("small-charity").without("tea-and-games")
    Path("a.yaml").write_text(CHARITY, encoding="utf-8")
    new.save("b.yaml")
    return new


def test_what_changed_is_printed_and_the_exit_code_is_that_of_git(run: Run, two: toc.TheoryOfChange) -> None:
    result = run("diff", "a.yaml", "b.yaml")
    assert result.exit_code == 0
    assert result.stdout.rstrip("\n") == toc.example("small-charity").compare(two).to_text()
    assert result.stderr == ""
    assert run("diff", "a.yaml", "b.yaml", "--exit-code").exit_code == 1
    assert run("diff", "a.yaml", "a.yaml", "--exit-code").exit_code == 0


def test_nothing_changed_is_said(run: Run, two: toc.TheoryOfChange) -> None:
    assert "Nothing changed" in run("diff", "a.yaml", "a.yaml").stdout


def test_markdown_and_json_are_those_of_the_library(run: Run, two: toc.TheoryOfChange) -> None:
    found = toc.example("small-charity").compare(two)
    assert run("diff", "a.yaml", "b.yaml", "--format", "markdown").stdout == found.to_markdown()
    assert json.loads(run("diff", "a.yaml", "b.yaml", "-f", "json").stdout) == found.to_dict()


def test_one_of_the_two_may_be_piped_in(run: Run, two: toc.TheoryOfChange) -> None:
    there = run("diff", "-", "b.yaml", piped_in=CHARITY)
    assert there.stdout == run("diff", "a.yaml", "b.yaml").stdout
    both = run("diff", "-", "-", piped_in=CHARITY)
    assert both.exit_code == 2
    assert "only one of the two theories can be piped in" in both.stderr


def test_the_picture_is_drawn_and_never_over_a_theory(run: Run, two: toc.TheoryOfChange) -> None:
    assert run("diff", "a.yaml", "b.yaml", "--draw", "out.dot").exit_code == 0
    assert Path("out.dot").read_text(encoding="utf-8").startswith("digraph")
    result = run("diff", "a.yaml", "b.yaml", "--draw", "b.yaml")
    assert result.exit_code == 2
    assert "would replace a theory" in result.stderr
    assert toc.load("b.yaml") == two


def test_a_file_with_problems_is_told_as_everywhere(run: Run) -> None:
    Path("bad.yaml").write_text(START.replace("goal", "gaol"), encoding="utf-8")
    result = run("diff", "my.yaml", "bad.yaml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "bad.yaml:3:1" in result.stderr
    assert run("diff", "my.yaml", "none.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("files", "here"), [(("my.yaml",), "is only one"), (("a", "b", "c"), "are 3"), (("a",) * 8, "are 8")]
)
def test_any_other_number_of_files_is_refused(run: Run, files: tuple[str, ...], here: str) -> None:
    result = run("diff", *files)
    assert result.exit_code == 2
    assert f"needs two files, OLD and NEW, but here {here}" in result.stderr


# git


class Git:
    """A repository in the current folder whose theories are compared by `toc diff`."""

    def __init__(self) -> None:
        # git starts the command by a shell: this Python, whatever `toc` may be on the PATH.
        toc = f'"{sys.executable}" -m toc.cli'
        self("init", "-q")
        self("config", "user.name", "A")
        self("config", "user.email", "a@example.org")
        self("config", "core.autocrlf", "false")
        self("config", "diff.toc.command", f"{toc} diff")
        Path(".gitattributes").write_text("*.yaml diff=toc\n", encoding="utf-8")
        Path("kept.yaml").write_text(CHARITY, encoding="utf-8")
        Path("notes.txt").write_text("one\n", encoding="utf-8")
        self("add", ".gitattributes", "kept.yaml", "notes.txt")
        self("commit", "-q", "-m", "one")

    def __call__(self, *arguments: str, fine: bool = True) -> str:
        no_one = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        found = subprocess.run(
            ["git", "--no-pager", *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**no_one, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
        assert found.returncode == 0 or not fine, found.stderr
        return found.stdout


@pytest.fixture
def git() -> Git:
    """A repository with one theory and a text."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    return Git()


def test_git_shows_what_changed_in_a_theory(git: Git) -> None:
    Path("kept.yaml").write_text(CHARITY.replace("participation: 60", "participation: 90"), encoding="utf-8")
    shown = git("diff")
    assert shown.startswith("kept.yaml\n\nWhat changed: A warm space on Tuesdays\n")
    assert "participation  60      90" in shown


def test_git_shows_files_that_are_new_gone_or_moved(git: Git) -> None:
    Path("new.yaml").write_text(START, encoding="utf-8")
    git("add", "new.yaml")
    git("mv", "kept.yaml", "moved.yaml")
    Path("moved.yaml").write_text(CHARITY.replace("participation: 60", "participation: 90"), encoding="utf-8")
    git("add", "moved.yaml")
    shown = git("diff", "--cached", "-M")
    assert "kept.yaml → moved.yaml\n" in shown
    assert "new.yaml: new: Reading partners (1 goal)\n" in shown
    git("commit", "-q", "-m", "two")
    git("rm", "-q", "new.yaml")
    assert git("diff", "--cached") == "new.yaml: removed: Reading partners (1 goal)\n"


def test_git_goes_on_after_a_file_that_cannot_be_read(git: Git) -> None:
    Path("kept.yaml").write_text("toc: 1\ntitle: [\n", encoding="utf-8")
    Path("notes.txt").write_text("two\n", encoding="utf-8")
    shown = git("diff")
    assert "kept.yaml (now):" in shown
    assert "git diff --no-ext-diff shows the lines" in shown
    assert "+two" in shown
    assert "Traceback" not in shown


def test_git_goes_on_after_a_file_with_conflicts(git: Git) -> None:
    git("checkout", "-q", "-b", "other")
    Path("kept.yaml").write_text(CHARITY.replace("participation: 60", "participation: 90"), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "two")
    git("checkout", "-q", "-")
    Path("kept.yaml").write_text(CHARITY.replace("participation: 60", "participation: 30"), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "three")
    git("merge", "-q", "other", fine=False)
    Path("notes.txt").write_text("two\n", encoding="utf-8")
    git("add", "notes.txt")
    shown = git("diff", "--cached")
    assert "kept.yaml: not merged yet: solve its conflicts first" in shown
    assert "+two" in shown


def test_git_can_show_the_lines_of_the_outline_instead(git: Git) -> None:
    git("config", "--unset", "diff.toc.command")
    git("config", "diff.toc.textconv", f'"{sys.executable}" -m toc.cli show')
    Path("kept.yaml").write_text(CHARITY.replace("participation: 60", "participation: 90"), encoding="utf-8")
    shown = git("diff")
    assert "-      Activity: Tea, soup and board games (medium certainty, 60 people a year" in shown
    assert "+      Activity: Tea, soup and board games (medium certainty, 90 people a year" in shown
    toc.loads(CHARITY).with_link("advice-table", "friendships", sign="-").save("kept.yaml", force=True)
    assert "+    Activity: Advice table for bills and health (medium certainty" in git("diff")
    assert " – works against it\n" in git("diff")


def test_the_picture_is_drawn_for_a_page(run: Run, two: toc.TheoryOfChange) -> None:
    assert run("diff", "a.yaml", "b.yaml", "--draw", "out.svg", "--page", "a4").exit_code == 0
    assert 'width="841.89pt"' in Path("out.svg").read_text(encoding="utf-8")
    assert run("diff", "a.yaml", "b.yaml", "--draw", "a.pptx", "--arrows", "drawn", "--theme", "print").exit_code == 0
    assert Path("a.pptx").read_bytes() == toc.load("a.yaml").compare(two).to_pptx(arrows="drawn", theme="print")
    result = run("diff", "a.yaml", "b.yaml", "--draw", "b.pptx", "--deck")
    assert (result.exit_code, "what changed is one drawing" in result.stderr) == (2, True)
    result = run("diff", "a.yaml", "b.yaml", "--page", "a4")
    assert (result.exit_code, "say what with --draw OUT" in result.stderr) == (2, True)
