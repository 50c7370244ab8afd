"""Theories in a folder, a YAML file each, that editors, git and other processes may change as well."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import anyio
from anyio import to_thread

from toc.errors import OptionError, TheoryError
from toc.files.atomic import write_bytes
from toc.files.opening import decode, read_bytes
from toc.web.file_locks import locked
from toc.web.stores import Change, Conflict, Entry, Missing, Page, Stored, is_id

ENDING: Final = ".yaml"
LOCKS: Final = ".toc-locks"
EVERY: Final = 0.5
"""How many seconds lie between two looks at the folder."""


class DirectoryStore:
    """A folder as a store. The tag of a theory is the SHA-256 of its file.

    What is written is written at one stroke, under a lock that holds across processes, so that of two that write over the
    same version one gets a conflict. Programs that know nothing of the lock, such as an editor, are seen all the same
    unless they write in the same instant. Files with other names are left alone.

    Raises:
        OptionError: there is no such folder.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise OptionError(f"{os.fspath(folder)!r} is no folder: make it first")

    async def list(self, after: str | None, limit: int) -> Page:
        """At most `limit` theories whose ids come after one, in the order of their ids."""
        return await to_thread.run_sync(self._list, after, limit)

    async def read(self, id: str) -> Stored:
        """The theory with an id. Raises Missing, and TheoryError where its file cannot be read."""
        return await to_thread.run_sync(self._read, id)

    async def write(self, id: str, text: str, *, expect: str | None) -> Stored:
        """Replace the version with the tag `expect`, or make the first. Raises Conflict, and TheoryError as `save` does."""
        return await to_thread.run_sync(self._write, id, text, expect)

    async def delete(self, id: str, *, expect: str) -> None:
        """Delete the version with the tag `expect`. Raises Conflict and Missing."""
        await to_thread.run_sync(self._delete, id, expect)

    async def changes(self) -> AsyncIterator[Change]:
        """Every change in the folder from now on, whoever makes it, within a second."""
        seen = await to_thread.run_sync(self._stamps)
        tags: dict[str, str | None] = {}
        while True:
            await anyio.sleep(EVERY)
            now = await to_thread.run_sync(self._stamps)
            for id in sorted({*seen.items()} ^ {*now.items()}):
                tag = await to_thread.run_sync(self._tag, id[0])
                if tags.get(id[0], "") != tag:
                    tags[id[0]] = tag
                    yield Change(id[0], tag)
            seen = now

    def _path(self, id: str) -> Path:
        """The file of a theory. Raises Missing for what is no id, so that no path is ever made of one."""
        if not is_id(id):
            raise Missing(id)
        return self.folder / f"{id}{ENDING}"

    def _lock(self, id: str) -> Path:
        """What stands for the lock of a theory: one of 256 files, which none has to delete."""
        return self.folder / LOCKS / hashlib.sha256(id.encode()).hexdigest()[:2]

    def _ids(self) -> Iterator[os.DirEntry[str]]:
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith(ENDING) and is_id(entry.name.removesuffix(ENDING)) and entry.is_file():
                    yield entry

    def _list(self, after: str | None, limit: int) -> Page:
        ids = sorted(entry.name.removesuffix(ENDING) for entry in self._ids())
        ids = [id for id in ids if after is None or id > after]
        tags = ((id, self._tag(id)) for id in ids[:limit])
        entries = tuple(Entry(id, tag) for id, tag in tags if tag is not None)
        return Page(entries, ids[limit - 1] if len(ids) > limit else None)

    def _stamps(self) -> dict[str, tuple[int, int, int]]:
        """What the system says of each file, which is another where it was changed."""
        stamps = {}
        for entry in self._ids():
            try:
                status = entry.stat()
            except FileNotFoundError:  # deleted this instant
                continue
            stamps[entry.name.removesuffix(ENDING)] = (status.st_mtime_ns, status.st_ino, status.st_size)
        return stamps

    def _tag(self, id: str) -> str | None:
        """The tag of a theory that is there, whether or not its file is text."""
        data = self._data(id)
        return None if data is None else _tag_of(data)

    def _data(self, id: str) -> bytes | None:
        """The bytes of a theory; None where there is none."""
        path = self._path(id)
        try:
            return read_bytes(path)
        except TheoryError:
            if path.is_file():
                raise
            return None

    def _read(self, id: str) -> Stored:
        if (data := self._data(id)) is None:
            raise Missing(id)
        return _stored(id, data)

    def _write(self, id: str, text: str, expect: str | None) -> Stored:
        data = text.encode()
        with locked(self._lock(id)):
            self._refuse_unless(id, expect)
            write_bytes(self._path(id), data)
        return Stored(id, text, _tag_of(data))

    def _delete(self, id: str, expect: str) -> None:
        with locked(self._lock(id)):
            if self._data(id) is None:
                raise Missing(id)
            self._refuse_unless(id, expect)
            self._path(id).unlink()

    def _refuse_unless(self, id: str, expect: str | None) -> None:
        """Go on if a theory is as expected. Raises Conflict."""
        data = self._data(id)
        if (None if data is None else _tag_of(data)) != expect:
            raise Conflict(None if data is None else _stored(id, data))


def _stored(id: str, data: bytes) -> Stored:
    return Stored(id, decode(data, source=id), _tag_of(data))


def _tag_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
