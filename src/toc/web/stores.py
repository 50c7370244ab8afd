"""Where theories are kept: what a store can do, and what it says when it cannot. Any object with these methods is one."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final, NamedTuple, Protocol

LONGEST: Final = 100
ID_PATTERN: Final = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_ID: Final = re.compile(ID_PATTERN[1:-1])
# Names of devices on Windows, whatever stands behind the dot.
_DEVICES: Final = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")


class Stored(NamedTuple):
    """The text of a theory as its author wrote it, and the tag of this version of it."""

    id: str
    text: str
    etag: str


class Entry(NamedTuple):
    """One of the theories in a list."""

    id: str
    etag: str


class Page(NamedTuple):
    """Some of the theories in a store in the order of their ids; `after` is where the next page goes on, if there is one."""

    entries: tuple[Entry, ...]
    after: str | None = None


class Change(NamedTuple):
    """A theory that was written, or, without a tag, deleted."""

    id: str
    etag: str | None


class Missing(Exception):  # noqa: N818  # as stores and hosts say it
    """There is no theory with this id."""


class Conflict(Exception):  # noqa: N818  # as stores and hosts say it
    """The theory is not as expected: `current` is what there is now, None where there is nothing."""

    def __init__(self, current: Stored | None) -> None:
        self.current = current
        super().__init__("changed meanwhile" if current else "no longer there")


class Denied(Exception):  # noqa: N818  # as stores and hosts say it
    """Raised by `authorize`: with 401 who asks is not known, with 403 they may not do this, with 429 not so often."""

    def __init__(self, status: int = 403, detail: str = "", *, retry_after: int = 60) -> None:
        self.status, self.detail, self.retry_after = status, detail, retry_after
        super().__init__(detail or str(status))


class Store(Protocol):
    """Text in, text out: the comments belong to the author.

    Comparing and replacing is one step of the store's own: of several that write over the same version one succeeds, and
    every other gets a `Conflict`. `toc.web.testing.store_contract` tries all of it on a store of yours.
    A store may have a method `changes()` besides, an asynchronous iterator of `Change`; then there are `/events`.
    """

    async def list(self, after: str | None, limit: int) -> Page:
        """At most `limit` theories whose ids come after one, in the order of their ids."""
        ...

    async def read(self, id: str) -> Stored:
        """The theory with an id. Raises Missing."""
        ...

    async def write(self, id: str, text: str, *, expect: str | None) -> Stored:
        """Replace the version with the tag `expect`; where that is None there must be none yet. Raises Conflict."""
        ...

    async def delete(self, id: str, *, expect: str) -> None:
        """Delete the version with the tag `expect`. Raises Conflict, and Missing where there is none."""
        ...


class ChangingStore(Store, Protocol):
    """A store that tells what changes in it."""

    def changes(self) -> AsyncIterator[Change]:
        """Every change from now on, whoever makes it."""
        ...


def is_id(text: str) -> bool:
    """Whether a text may be the id of a theory: small letters, digits and single hyphens, so that it is no path.

    >>> is_id("reading-2027"), is_id("../secret"), is_id("con")
    (True, False, False)
    """
    return len(text) <= LONGEST and bool(_ID.fullmatch(text)) and not _DEVICES.fullmatch(text)
