from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from toc.errors import TheoryError
from toc.files.atomic import write_bytes


def problem_of(path: Path) -> str:
    with pytest.raises(TheoryError) as caught:
        write_bytes(path, b"x")
    (problem,) = caught.value.problems
    assert problem.code == "TOC001"
    assert caught.value.source == str(path)
    return problem.message


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_with_what_the_system_allows_new_files(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_bytes(tmp_path / "my.yaml", b"title: x\n")
    assert (tmp_path / "my.yaml").read_bytes() == b"title: x\n"
    assert (tmp_path / "my.yaml").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert names_in(tmp_path) == ["my.yaml", "other"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_an_existing_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")
    file.chmod(mode)
    write_bytes(str(file), b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_link_still_leads_to_its_target_which_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, link = tmp_path / "kept" / "target.yaml", tmp_path / "link.yaml"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names_in(tmp_path / "kept") == ["target.yaml"]


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "target.yaml")
    write_bytes(tmp_path / "link.yaml", b"new")
    assert (tmp_path / "target.yaml").read_bytes() == b"new"


def test_a_place_that_cannot_be_written_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "folder does not exist" in problem_of(tmp_path / "nowhere" / "my.yaml")
    assert "folder does not exist" in problem_of(tmp_path / "file" / "my.yaml")
    assert "this is a folder" in problem_of(tmp_path)
    assert "leads back to itself" in problem_of(tmp_path / "loop")
    assert "too long" in problem_of(tmp_path / ("x" * 300))
    assert "not the name of a file" in problem_of(tmp_path / "a\x00b")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "no permission" in problem_of(tmp_path / "my.yaml")
    tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_device_is_not_replaced() -> None:
    assert "not a file" in problem_of(Path("/dev/null"))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "disk is full" in problem_of(file)
    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["my.yaml"]


SAVES = """
import os, signal, sys, time
from toc.files.atomic import write_bytes
from toc.files.yaml.yaml_reader import read_yaml
from toc.files.yaml.yaml_writer import to_yaml

def save(path):
    number = 0
    while True:
        value = {"title": f"Save {number}", "outcomes": {f"o-{i}": {"title": f"Save {number}"} for i in range(200)}}
        write_bytes(path, to_yaml(value).encode())
        number += 1

for delay in range(20):
    child = os.fork()
    if child == 0:
        save(sys.argv[1])
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.001)
    time.sleep(0.003 * delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    value = read_yaml(open(sys.argv[1]).read()).value
    assert {node["title"] for node in value["outcomes"].values()} == {value["title"]}, value["title"]
    assert len(value["outcomes"]) == 200
    print(value["title"])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_killed_while_saving_never_leaves_a_broken_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAVES, str(tmp_path / "my.yaml")], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 20
