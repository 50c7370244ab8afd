"""`toc merge` with three files: for people, and as git's merge driver in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import toc
from cli.running import Run
from toc import examples

CHARITY = examples.text("small-charity")
MINE = CHARITY.replace("participation: 60", "participation: 90   # counted anew")
THEIRS = CHARITY.replace("title: Tea, soup and board games", "title: Tea, soup, bread and board games")


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    for name, text in (("base.yaml", CHARITY), ("mine.yaml", MINE), ("theirs.yaml", THEIRS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_what_theirs_changed_is_written_into_ours_and_comments_stay(run: Run) -> None:
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml")
    assert result.exit_code == 0
    assert "1 change, no conflicts." in result.stdout
    both = MINE.replace("title: Tea, soup and board games", "title: Tea, soup, bread and board games")
    assert Path("mine.yaml").read_text(encoding="utf-8") == both
    assert Path("theirs.yaml").read_text(encoding="utf-8") == THEIRS


def test_a_conflict_leaves_ours_and_is_told_with_three_values(run: Run) -> None:
    Path("theirs.yaml").write_text(CHARITY.replace("participation: 60", "participation: 30"), encoding="utf-8")
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml", "small.yaml")
    assert result.exit_code == 1
    assert (
        "participation: changed on both sides: before “60”, in ours “90”, in theirs “30”; decide in one of them"
        in result.stderr
    )
    assert result.stderr.startswith("small.yaml: activities.tea-and-games.participation: ")
    assert "small.yaml was left as it is" in result.stdout
    assert Path("mine.yaml").read_text(encoding="utf-8") == MINE


def test_a_dry_run_writes_nothing(run: Run) -> None:
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml", "--dry-run")
    assert (result.exit_code, "mine.yaml was left as it is" in result.stdout) == (0, True)
    assert Path("mine.yaml").read_text(encoding="utf-8") == MINE


def test_comments_of_theirs_are_told_and_left_out(run: Run) -> None:
    Path("theirs.yaml").write_text(THEIRS + "# only theirs\n", encoding="utf-8")
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml")
    assert "1 that only theirs has is left out" in result.stderr
    assert "# only theirs" not in Path("mine.yaml").read_text(encoding="utf-8")


def test_a_file_with_mistakes_or_none_at_all_leaves_ours_and_ends_with_1(run: Run) -> None:
    Path("theirs.yaml").write_text("toc: 1\ntitle: [\n", encoding="utf-8")
    for theirs in ("theirs.yaml", "nowhere.yaml"):
        result = run("merge", "base.yaml", "mine.yaml", theirs)
        assert (result.exit_code, theirs in result.stderr) == (1, True)
        assert Path("mine.yaml").read_text(encoding="utf-8") == MINE


def test_comments_that_would_be_lost_keep_ours_as_it_is(run: Run) -> None:
    text = "toc: 1\ntitle: &t Reading   # a name\ngoal: *t\n"
    Path("base.yaml").write_text(text, encoding="utf-8")
    Path("mine.yaml").write_text(text, encoding="utf-8")
    Path("theirs.yaml").write_text("toc: 1\ntitle: Another\ngoal: Reading\n", encoding="utf-8")
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml")
    assert (result.exit_code, "comment would be lost" in result.stderr) == (1, True)
    assert Path("mine.yaml").read_text(encoding="utf-8") == text


def test_without_a_base_both_are_new(run: Run) -> None:
    Path("base.yaml").write_text("", encoding="utf-8")
    result = run("merge", "base.yaml", "mine.yaml", "theirs.yaml")
    assert result.exit_code == 1
    assert "before nothing" in result.stderr


def test_the_format_is_that_of_the_name_or_else_of_the_content(run: Run) -> None:
    for name, text in (("O", CHARITY), ("A", MINE), ("B", THEIRS)):
        Path(name).write_text(toc.loads(text).dumps("json"), encoding="utf-8")
    assert run("merge", "O", "A", "B").exit_code == 0
    found = toc.load("A", format="json").activities["tea-and-games"]
    assert (found.title, found.participation) == ("Tea, soup, bread and board games", 90)
    assert run("merge", "O", "A", "B", "my.json").exit_code == 0
    assert run("merge", "base.yaml", "mine.yaml", "theirs.yaml", "my.json").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine.yaml"], "name a file and its workbook, or three files"),
        (["a", "b", "c", "d", "e"], "name a file and its workbook, or three files"),
        (["base.yaml", "mine.yaml", "theirs.yaml", "--take", "file"], "are about a workbook"),
    ],
)
def test_other_numbers_of_files_are_wrong_usage(run: Run, arguments: list[str], said: str) -> None:
    result = run("merge", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)


class Git:
    """A repository in the current folder whose theories are joined by `toc merge`."""

    def __init__(self) -> None:
        # git starts the command by a shell: this Python, whatever `toc` may be on the PATH.
        self("init", "-q", "-b", "main")
        self("config", "user.name", "A")
        self("config", "user.email", "a@example.org")
        self("config", "core.autocrlf", "false")
        self("config", "merge.toc.driver", f'"{sys.executable}" -m toc.cli merge %O %A %B %P')
        Path(".gitattributes").write_text("*.yaml merge=toc\n", encoding="utf-8")
        self.commit("main", CHARITY)
        self("checkout", "-q", "-b", "theirs")

    def __call__(self, *arguments: str, fine: bool = True) -> str:
        no_one = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        found = subprocess.run(
            ["git", "--no-pager", *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**no_one, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
        assert (found.returncode == 0) == fine, found.stdout + found.stderr
        return found.stdout + found.stderr

    def commit(self, message: str, text: str) -> None:
        Path("kept.yaml").write_text(text, encoding="utf-8")
        self("add", ".gitattributes", "kept.yaml")
        self("commit", "-q", "-m", message)


@pytest.fixture
def git(files: Path) -> Git:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    for path in files.glob("*.yaml"):
        path.unlink()
    return Git()


def test_git_joins_two_branches_that_changed_neighbouring_lines(git: Git) -> None:
    git.commit("theirs", THEIRS.replace("participation: 60", "participation: 60\n    stakes: high"))
    git("checkout", "-q", "main")
    git.commit("mine", MINE)
    git("merge", "theirs", "-m", "both")
    found = toc.load("kept.yaml").activities["tea-and-games"]
    assert (found.title, found.participation, found.stakes) == ("Tea, soup, bread and board games", 90, "high")
    assert "participation: 90   # counted anew" in Path("kept.yaml").read_text(encoding="utf-8")
    assert git("status", "--porcelain", "--untracked-files=no") == ""


def test_git_stops_at_a_conflict_with_our_file_as_it_was(git: Git) -> None:
    git.commit("theirs", CHARITY.replace("participation: 60", "participation: 30"))
    git("checkout", "-q", "main")
    git.commit("mine", MINE)
    shown = git("merge", "theirs", "-m", "both", fine=False)
    assert "kept.yaml: activities.tea-and-games.participation: " in shown
    assert "in ours “90”, in theirs “30”" in shown
    assert Path("kept.yaml").read_text(encoding="utf-8") == MINE
    assert git("status", "--porcelain", "--untracked-files=no") == "UU kept.yaml\n"


def test_of_a_file_that_is_not_there_nothing_is_said_to_be_left(run: Run) -> None:
    result = run("merge", "a.yaml", "b.yaml", "c.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no such file" in result.stderr
