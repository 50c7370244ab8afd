"""Tags and the conditions on them: which version somebody has, and which one they mean to replace."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

from toc.web.arrivals import RefusedError, refused
from toc.web.replies import Reply
from toc.web.stores import Conflict, Missing, Store

VARY: Final = ("vary", "accept")
_TAGS: Final = re.compile(r'(W/)?"([^"]*)"')


def tag_header(tag: str) -> tuple[str, str]:
    """The header that tells a tag."""
    return "etag", f'"{tag}"'


def unchanged(request: Request, tag: str) -> Reply | None:
    """That nothing has changed, where who asks has this version already."""
    given = request.headers.get("if-none-match", "")
    if given.strip() == "*" or tag in (found for _, found in _TAGS.findall(given)):
        return Reply(304, "", b"", (tag_header(tag), VARY))
    return None


def is_new(request: Request) -> bool:
    """Whether there must be no theory yet."""
    return request.headers.get("if-none-match", "").strip() == "*"


async def expected(request: Request, store: Store, id: str) -> str | None:
    """The tag of the version that is to be replaced; None for one that must not be there yet. Raises RefusedError."""
    if is_new(request):
        return None
    given = request.headers.get("if-match", "").strip()
    if not given:
        detail = "send If-Match with the ETag of the version that you changed, or If-None-Match: * for a new theory"
        raise refused("condition-missing", detail)
    # A weak tag is none to write by, so that it is left as it stands and matches nothing.
    tags = [f"{weak}{tag.removesuffix('.json')}" for weak, tag in _TAGS.findall(given)]
    if len(tags) == 1:
        return tags[0]
    try:
        current = await store.read(id)
    except Missing:
        raise stale(Conflict(None)) from None
    if given == "*" or current.etag in tags:
        return current.etag
    raise stale(Conflict(current))


def stale(error: Conflict) -> RefusedError:
    """That there is another version, and which."""
    now = error.current
    if now is None:
        return refused("changed-meanwhile", "there is no such version any more", current=None)
    more = {"current": {"text": now.text, "etag": now.etag}}
    return refused("changed-meanwhile", "join your changes with what it says now", (tag_header(now.etag),), **more)
