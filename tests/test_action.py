"""The action for GitHub: what it runs, run here in a repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import toc

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPTS = {step["name"]: step["run"] for step in ACTION["runs"]["steps"] if "run" in step}
SMALL = toc.example("small-charity")
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


def git(*arguments: str) -> str:
    who = ["-c", "user.name=Tests", "-c", "user.email=tests@example.org"]
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A repository with theories, committed, that is the working folder; the commit."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    Path("theories").mkdir()
    for name in ("changed", "same", "gone", "mended", "spoilt"):
        SMALL.save(f"theories/{name}.yaml")
    Path("theories/mended.yaml").write_text("toc: 1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "Theories")
    return git("rev-parse", "HEAD")


def changes(base: str) -> str:
    command = [sys.executable, str(ROOT / "scripts/pull_request.py"), base, "out", "theories/*.yaml"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    return Path("out/changes.md").read_text(encoding="utf-8")


def test_a_pull_request_is_told_and_drawn_file_by_file(base: str) -> None:
    SMALL.edit("advice-table", title="Advice ~~~~~~~~ table").save("theories/changed.yaml")
    SMALL.save("theories/größer.yaml")
    git("add", "--intent-to-add", "theories/größer.yaml")
    Path("theories/gone.yaml").unlink()
    SMALL.save("theories/mended.yaml", force=True)
    Path("theories/spoilt.yaml").write_text("toc: 1\ngoal: [\n", encoding="utf-8")
    page = changes(base)
    told = {part.partition("`\n\n")[0]: part.partition("`\n\n")[2] for part in page.split("# `theories/")[1:]}
    assert list(told) == ["changed.yaml", "gone.yaml", "größer.yaml", "mended.yaml", "spoilt.yaml"]
    assert "Advice table for bills and health" in told["changed.yaml"]
    assert "~~~~~~~~mermaid\nflowchart BT" in told["changed.yaml"]
    assert told["gone.yaml"].strip() == "The file is gone."
    assert told["größer.yaml"].startswith("A new theory.\n\n~~~~~~~~mermaid\n")
    assert told["mended.yaml"].startswith("The file had mistakes before, so that nothing can be compared.")
    assert "theories/spoilt.yaml:" in told["spoilt.yaml"]
    drawn = sorted(file.name for file in Path("out").glob("*.svg"))
    assert drawn == ["1-changed.svg", "3-größer.svg", "4-mended.svg"]
    assert "≠ changed" in Path("out/1-changed.svg").read_text(encoding="utf-8")


def test_nothing_is_told_where_only_a_comment_changed(base: str) -> None:
    with Path("theories/same.yaml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    assert changes(base) == ""


def run(step: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as the action does: bash that stops at the first failure."""
    python = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = {"RUNNER_TEMP": ".", "GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary.md", "PROFILE": ""}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPTS[step]],
        env={**os.environ, "PATH": python, **given, "GITHUB_ACTION_PATH": str(ROOT), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(("file", "status"), [("same", 0), ("mended", 1)])
def test_the_check_ends_the_action_after_its_findings_are_handed_on(base: str, file: str, status: int) -> None:
    assert run("Check", FILES=f"theories/{file}.yaml", FORMAT="sarif").returncode == 0
    assert Path("output").read_text(encoding="utf-8") == f"status={status}\n"
    assert '"version": "2.1.0"' in Path("findings.sarif").read_text(encoding="utf-8")
    assert run("End as the check did", STATUS=str(status)).returncode == status


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_a_name_of_a_file_is_never_a_command(base: str) -> None:
    assert run("Check", FILES="theories/*.yaml $(touch owned) ;touch${IFS}owned", FORMAT="github").returncode != 0
    assert not Path("owned").exists()


def test_the_repository_uses_its_own_action() -> None:
    flow = yaml.safe_load((ROOT / ".github/workflows/theories.yml").read_text(encoding="utf-8"))
    (step,) = [step for step in flow["jobs"]["theories"]["steps"] if step.get("uses") == "./"]
    assert step["with"].keys() <= ACTION["inputs"].keys()
