"""What arrives: bodies that are bounded in size and time, whoever sends them, and what they say they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import anyio
from starlette.requests import Request

from toc.limits import Limits
from toc.web.media_forms import READ_AS, read_as
from toc.web.replies import Reply, problem


class RefusedError(Exception):
    """A request that goes no further, with the reply to it."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(str(reply.status))


def refused(sort: str, detail: str = "", headers: Sequence[tuple[str, str]] = (), **more: Any) -> RefusedError:
    """A refusal with a problem document."""
    return RefusedError(problem(sort, detail, headers=headers, **more))


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body, unless it is too large or too slow. Raises RefusedError."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limits.bytes:
        raise _too_large(limits)
    pieces, size = [], 0
    with anyio.move_on_after(limits.seconds if limits.seconds is not None else float("inf")):
        async for piece in request.stream():
            size += len(piece)
            if size > limits.bytes:
                raise _too_large(limits)
            pieces.append(piece)
        return b"".join(pieces)
    raise refused("too-slow-body", f"a body has {limits.seconds:g} seconds to arrive", (("connection", "close"),))


def _too_large(limits: Limits) -> RefusedError:
    return refused("too-large", f"a body takes at most {limits.bytes:,} bytes", (("connection", "close"),))


def format_of(request: Request) -> str:
    """The format that the header tells, "yaml" or "json". Raises RefusedError for anything else."""
    given = request.headers.get("content-type", "")
    if (format := read_as(given)) is None:
        kinds = ", ".join(READ_AS)
        raise refused("unknown-media-type", f"send a theory as one of {kinds}, in UTF-8", (("accept", kinds),))
    return format


async def gone(request: Request) -> None:
    """Wait until whoever asked has gone; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def present_day() -> date:
    """The day where the server is: the one look at a clock here."""
    return date.today()  # noqa: DTZ011  # as at the front door of the library
