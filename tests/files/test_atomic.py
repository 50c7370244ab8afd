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


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_the_umask_of_the_process_decides_and_is_never_touched(tmp_path: Path, umask: int) -> None:
    code = f"""
import os, sys
os.umask({umask})
os.umask = None
from toc.files.atomic import write_bytes
write_bytes(sys.argv[1], b"new")
write_bytes(sys.argv[1], b"again")
"""
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "my.yaml")], check=True)
    assert stat.S_IMODE((tmp_path / "my.yaml").stat().st_mode) == 0o666 & ~umask


def test_what_replaces_a_private_file_is_never_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")
    file.chmod(0o600)
    seen: list[int] = []
    replace = Path.replace

    def watched(part: Path, target: Path) -> Path:
        seen.append(stat.S_IMODE(part.stat().st_mode))
        return replace(part, target)

    opened = os.open

    def opening(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            seen.append(mode)
        return opened(path, flags, mode)

    monkeypatch.setattr(Path, "replace", watched)
    monkeypatch.setattr(os, "open", opening)
    write_bytes(file, b"new")
    assert seen == [0o600, 0o600]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_an_existing_file_keeps_its_owner_and_group(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")
    os.chown(file, 12345, 23456)
    file.chmod(0o640)
    write_bytes(file, b"new")
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o640)


def test_a_file_protected_against_writing_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")
    file.chmod(0o400)
    assert problem_of(file) == ("this file is protected against writing: allow writing to it, or choose another name")
    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["my.yaml"]


def aged(path: Path, days: float) -> Path:
    path.write_bytes(b"half a fi")
    then = path.stat().st_mtime - days * 24 * 60 * 60
    os.utime(path, (then, then))
    return path


def test_what_a_killed_writer_left_a_day_ago_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    stale = aged(tmp_path / ".toc-0123456789abcdef.part", 1.1)
    others = [
        aged(tmp_path / ".toc-0123456789abcdee.part", 0.9),  # its writer may be at work
        aged(tmp_path / ".my.yaml.x1y2z3a4.part", 9),
        aged(tmp_path / "toc-0123456789abcdef.part", 9),
        aged(tmp_path / ".toc-0123456789abcdef.part.bak", 9),
    ]
    (tmp_path / ".toc-0123456789abcded.part").mkdir()
    write_bytes(tmp_path / "my.yaml", b"new")
    assert not stale.exists()
    assert names_in(tmp_path) == sorted(["my.yaml", ".toc-0123456789abcded.part", *(path.name for path in others)])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "no permission" in problem_of(tmp_path / "my.yaml")
    tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_device_is_not_replaced() -> None:
    assert "not a file" in problem_of(Path("/dev/null"))


FAILURES = {
    errno.EACCES: "choose another folder or ask its owner",
    errno.EPERM: "choose another folder or ask its owner",
    errno.EROFS: "nothing can be written to this disk: choose another folder",
    errno.ENOSPC: "the disk is full: make room and save again",
    errno.EDQUOT: "your share of the disk is full: make room and save again",
    errno.EIO: "the file cannot be written (Input/output error)",
}


@pytest.mark.parametrize("number", FAILURES, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: str
) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")

    def failing(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, failing)
        assert FAILURES[number] in problem_of(file)
    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["my.yaml"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY], ids=errno.errorcode.get)
def test_a_file_that_cannot_be_replaced_is_to_be_closed_in_other_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")

    def kept(*_: object) -> Path:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", kept)
    assert problem_of(file) == (
        "this file cannot be replaced: close it in other programs and save again, or choose another name"
    )
    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["my.yaml"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"old")

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(file, b"new")
    assert file.read_bytes() == b"old"
    assert names_in(tmp_path) == ["my.yaml"]


SAVES = """
import os, signal, sys, time
from toc.files.atomic import write_bytes
from toc.files.yaml_reader import read_yaml
from toc.files.yaml_writer import to_yaml

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
