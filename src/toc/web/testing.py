"""Tests of a store, for pytest: they say whether somebody's own store keeps what `toc.web` relies on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio

from toc.web.stores import Conflict, Missing, Store, Stored

TEXT = "# ours\ntoc: 1\ntitle: Reading\ngoal: Every child reads\n"


def store_contract(make: Callable[[Path], Store]) -> type[StoreContract]:
    """Tests for pytest of a store: give them a name that begins with `Test`.

        TestMyStore = store_contract(lambda folder: MyStore(folder / "theories.db"))

    Args:
        make: a function that makes an empty store; what it keeps on disk goes into the folder that it is given.
            Called again with the same folder it opens the same store.

    """
    return type("StoreContract", (StoreContract,), {"make": staticmethod(make)})


class StoreContract:
    """What a store must keep; each test has a store of its own."""

    make: Callable[[Path], Store]

    def test_what_is_written_is_read_back_with_its_comments(self, tmp_path: Path) -> None:
        written = _run(self.make(tmp_path).write, "reading", TEXT, expect=None)
        assert written == _run(self.make(tmp_path).read, "reading") == Stored("reading", TEXT, written.etag)

    def test_a_version_is_replaced_by_who_knows_its_tag(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        first = _run(store.write, "reading", TEXT, expect=None)
        second = _run(store.write, "reading", TEXT.replace("Reading", "Books"), expect=first.etag)
        assert second.etag != first.etag
        assert _run(store.read, "reading") == second

    def test_who_knows_an_older_version_gets_a_conflict_with_the_present_one(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        first = _run(store.write, "reading", TEXT, expect=None)
        second = _run(store.write, "reading", TEXT + "# more\n", expect=first.etag)
        for attempt in (
            lambda: _run(store.write, "reading", TEXT, expect=first.etag),
            lambda: _run(store.write, "reading", TEXT, expect=None),
            lambda: _run(store.delete, "reading", expect=first.etag),
        ):
            assert _raised(Conflict, attempt).current == second
        assert _run(store.read, "reading") == second

    def test_what_is_not_there_is_missing(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        _raised(Missing, lambda: _run(store.read, "reading"))
        _raised(Missing, lambda: _run(store.delete, "reading", expect="0"))
        assert _raised(Conflict, lambda: _run(store.write, "reading", TEXT, expect="0")).current is None

    def test_what_is_deleted_is_gone_and_may_be_made_again(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        first = _run(store.write, "reading", TEXT, expect=None)
        _run(store.delete, "reading", expect=first.etag)
        _raised(Missing, lambda: _run(store.read, "reading"))
        assert _run(store.write, "reading", TEXT, expect=None).text == TEXT

    def test_a_list_is_in_order_and_comes_in_pages(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        ids = [f"theory-{number}" for number in range(1, 6)]
        tags = [_run(store.write, id, TEXT, expect=None).etag for id in reversed(ids)]
        seen, after = [], None
        for _ in range(3):
            page = _run(store.list, after, 2)
            seen += [entry.id for entry in page.entries]
            assert all(entry.etag in tags for entry in page.entries)
            after = page.after
        assert (seen, after) == (ids, None)

    def test_of_those_who_write_over_one_version_one_succeeds(self, tmp_path: Path) -> None:
        store = self.make(tmp_path)
        first = _run(store.write, "reading", TEXT, expect=None)
        outcomes: list[str] = []

        async def write(number: int) -> None:
            try:
                await store.write("reading", f"{TEXT}# {number}\n", expect=first.etag)
                outcomes.append("written")
            except Conflict:
                outcomes.append("conflict")

        async def all_at_once() -> None:
            async with anyio.create_task_group() as group:
                for number in range(20):
                    group.start_soon(write, number)

        anyio.run(all_at_once)
        assert sorted(outcomes) == ["conflict"] * 19 + ["written"]


def _run(method: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What a method of a store gives, in a loop of its own."""

    async def called() -> Any:
        return await method(*given, **named)

    return anyio.run(called)


def _raised(kind: type[Exception], attempt: Callable[[], Any]) -> Any:
    """The error that an attempt ends with."""
    try:
        attempt()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")
