"""Stores: what every one must keep, and a folder that several processes write to, one of which is killed."""

from __future__ import annotations

import errno
import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import anyio
import pytest

from toc.editing import etag
from toc.web import Conflict, DirectoryStore, app
from toc.web.testing import store_contract
from web_client import PATIENT, YAML, client_of

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/sqlite_store.py"
TEXT = "# ours\ntoc: 1\ntitle: Reading\ngoal: Every child reads\n"

TestDirectoryStore = store_contract(DirectoryStore)


def sqlite_store(folder: Path) -> Any:
    return runpy.run_path(str(EXAMPLE))["SqliteStore"](folder / "theories.db")


TestSqliteStore = store_contract(sqlite_store)


class Careless(DirectoryStore):
    """A store that takes no notice of who wrote before."""

    async def write(self, id: str, text: str, *, expect: str | None) -> Any:  # noqa: ARG002
        (self.folder / f"{id}.yaml").write_bytes(text.encode())
        return await self.read(id)


@pytest.mark.parametrize(
    "name",
    [
        "who_knows_an_older_version_gets_a_conflict_with_the_present_one",
        "of_those_who_write_over_one_version_one_succeeds",
    ],
)
def test_the_contract_finds_a_store_that_loses_what_others_wrote(tmp_path: Path, name: str) -> None:
    contract: Any = store_contract(Careless)
    with pytest.raises(AssertionError):
        getattr(contract(), f"test_{name}")(tmp_path)


# Adds lines to one theory, each over the version that it has read, and starts again where another was first.
WRITER = """
import sys, anyio
from toc.web import Conflict, DirectoryStore
store, name, count = DirectoryStore(sys.argv[1]), sys.argv[2], int(sys.argv[3])
async def add(number):
    while True:
        there = await store.read("reading")
        try:
            return await store.write("reading", f"{there.text}# {name} {number}\\n", expect=there.etag)
        except Conflict:
            pass
async def main():
    for number in range(count):
        await add(number)
        print(number, flush=True)
anyio.run(main)
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_four_processes_lose_nothing_of_four_hundred_writes(tmp_path: Path) -> None:
    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    writers = [writer(tmp_path, f"writer-{number}", 100) for number in range(4)]
    assert [one.communicate(timeout=300)[0].count("\n") for one in writers] == [100] * 4
    lines = (tmp_path / "reading.yaml").read_text(encoding="utf-8").removeprefix(TEXT).splitlines()
    assert sorted(lines) == sorted(f"# writer-{one} {number}" for one in range(4) for number in range(100))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in other ways")
def test_a_process_that_is_killed_while_it_writes_leaves_a_whole_file_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    path.write_text(TEXT, encoding="utf-8")
    kept = 0
    for attempt in range(8):
        process = writer(tmp_path, f"victim-{attempt}", 10_000)
        assert process.stdout is not None
        told = [process.stdout.readline()]  # it is at work
        time.sleep(0.003 * attempt)
        process.send_signal(signal.SIGKILL)
        told += process.communicate(timeout=60)[0].splitlines()
        lines = path.read_text(encoding="utf-8").removeprefix(TEXT).splitlines()
        ours = [line for line in lines if line.startswith(f"# victim-{attempt} ")]
        # Whatever it said that it wrote is there, and at most one more; the lines of those before it are untouched.
        assert len(told) <= len(ours) <= len(told) + 1
        assert len(lines) == kept + len(ours)
        kept = len(lines)
    survivor = writer(tmp_path, "survivor", 3)
    assert survivor.communicate(timeout=60)[0].count("\n") == 3


def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reading.yaml").write_text(TEXT, encoding="utf-8")
    client = client_of(app(DirectoryStore(tmp_path), open=True, limits=PATIENT))

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = client.put("/theories/reading", content=f"{TEXT}# more\n", headers={**YAML, "if-match": f'"{etag(TEXT)}"'})
    assert (answer.status_code, answer.headers["content-type"]) == (507, "application/problem+json")
    assert answer.json()["detail"] == "the disk is full: make room and save again; nothing was changed"
    assert client.post("/theories", content=TEXT, headers=YAML).status_code == 507
    assert (tmp_path / "reading.yaml").read_text(encoding="utf-8") == TEXT
    assert {path.name for path in tmp_path.iterdir()} == {"reading.yaml", ".toc-locks"}


def test_what_another_program_writes_is_seen_and_never_written_over(tmp_path: Path) -> None:
    store, path = DirectoryStore(tmp_path), tmp_path / "reading.yaml"
    first = anyio.run(lambda: store.write("reading", TEXT, expect=None))
    path.write_text(TEXT + "# by hand\n", encoding="utf-8")
    with pytest.raises(Conflict) as raised:
        anyio.run(lambda: store.write("reading", TEXT, expect=first.etag))
    assert raised.value.current is not None
    assert raised.value.current.text == TEXT + "# by hand\n"


def test_files_with_other_names_are_no_theories(tmp_path: Path) -> None:
    for name in ("Reading.yaml", "reading.json", "notes.txt", ".hidden.yaml", "con.yaml"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    store = DirectoryStore(tmp_path)
    assert anyio.run(store.list, None, 10).entries == ()


def test_changes_are_told_whoever_makes_them(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(TEXT, encoding="utf-8")
    store = DirectoryStore(tmp_path)

    async def seen() -> list[tuple[str, str | None]]:
        found: list[tuple[str, str | None]] = []

        async def listen() -> None:
            async for change in store.changes():
                found.append((change.id, change.etag))
                match len(found):
                    case 1:
                        (tmp_path / "new.yaml").write_text(TEXT + "# more\n", encoding="utf-8")
                    case 2:
                        (tmp_path / "old.yaml").unlink()
                    case _:
                        group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(listen)
            await anyio.sleep(0.2)
            await store.write("new", TEXT, expect=None)
        return found

    with anyio.from_thread.start_blocking_portal() as portal:
        found = portal.call(seen)
    assert found == [("new", etag(TEXT)), ("new", etag(TEXT + "# more\n")), ("old", None)]
