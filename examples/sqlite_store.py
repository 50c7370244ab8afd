"""A store of theories in one SQLite file: `UPDATE … WHERE etag = ?` is all that it takes for writers to mind each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from anyio import to_thread

from toc.editing import etag
from toc.web import Conflict, Entry, Missing, Page, Stored

T = TypeVar("T")


class SqliteStore:
    """Theories in a file of SQLite; give one to `toc.web.app`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS theories (id TEXT PRIMARY KEY, text TEXT, etag TEXT) STRICT")

    async def list(self, after: str | None, limit: int) -> Page:
        """Some theories in the order of their ids."""
        query = "SELECT id, etag FROM theories WHERE id > ? ORDER BY id LIMIT ?"
        rows = await self._in_thread(lambda database: database.execute(query, (after or "", limit + 1)).fetchall())
        entries = tuple(Entry(*row) for row in rows[:limit])
        return Page(entries, entries[-1].id if len(rows) > limit else None)

    async def read(self, id: str) -> Stored:
        """One theory."""
        found = await self._in_thread(lambda database: _found(database, id))
        if found is None:
            raise Missing(id)
        return found

    async def write(self, id: str, text: str, *, expect: str | None) -> Stored:
        """Replace one version, or make the first."""
        tag = etag(text)

        def written(database: sqlite3.Connection) -> None:
            if expect is None:
                insert = "INSERT OR IGNORE INTO theories (text, etag, id) VALUES (?, ?, ?)"
                change = database.execute(insert, (text, tag, id))
            else:
                update = "UPDATE theories SET text = ?, etag = ? WHERE id = ? AND etag = ?"
                change = database.execute(update, (text, tag, id, expect))
            _refuse_unless_done(database, id, change)

        await self._in_thread(written)
        return Stored(id, text, tag)

    async def delete(self, id: str, *, expect: str) -> None:
        """Delete one version."""

        def deleted(database: sqlite3.Connection) -> None:
            if _found(database, id) is None:
                raise Missing(id)
            change = database.execute("DELETE FROM theories WHERE id = ? AND etag = ?", (id, expect))
            _refuse_unless_done(database, id, change)

        await self._in_thread(deleted)

    async def _in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def worked() -> T:
            with closing(sqlite3.connect(self.path)) as database, database:
                return work(database)

        return await to_thread.run_sync(worked)


def _found(database: sqlite3.Connection, id: str) -> Stored | None:
    row = database.execute("SELECT id, text, etag FROM theories WHERE id = ?", (id,)).fetchone()
    return None if row is None else Stored(*row)


def _refuse_unless_done(database: sqlite3.Connection, id: str, change: sqlite3.Cursor) -> None:
    """Raise Conflict where nothing was changed."""
    if change.rowcount == 0:
        raise Conflict(_found(database, id))
