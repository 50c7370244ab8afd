"""What every endpoint of a service shares: who may ask, what it may cost, and where it is worked on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request

from toc.limits import Limits
from toc.web.arrivals import gone, present_day, refused
from toc.web.calls import Call
from toc.web.media_forms import JSON
from toc.web.replies import Reply
from toc.web.stores import Denied
from toc.web.workers import Workers

Query = tuple[tuple[str, str], ...]
Authorize = Callable[[Request, str, str | None], Awaitable[None] | None]
_SORTS = {401: "not-signed-in", 403: "not-allowed", 429: "too-many-requests"}


class Workbench(NamedTuple):
    """The limits of a service, its workers, and the host's own word on who may do what."""

    workers: Workers
    limits: Limits
    authorize: Authorize | None = None

    async def allow(self, request: Request, action: str, id: str | None = None) -> None:
        """Go on if the host lets who asks. Raises RefusedError."""
        if self.authorize is None:
            return
        try:
            answer = self.authorize(request, action, id)
            if isawaitable(answer):
                await answer
        except Denied as error:
            more = {401: (("www-authenticate", "Bearer"),), 429: (("retry-after", str(error.retry_after)),)}
            sort = _SORTS.get(error.status, "not-allowed")
            raise refused(sort, error.detail, more.get(error.status, ())) from None

    def call(self, endpoint: str, body: bytes, format: str, query: Query = (), accept: str = JSON) -> Call:
        """A call, as of the present day."""
        return Call(endpoint, body, format, query, accept, present_day(), self.limits)

    async def worked(self, request: Request, call: Call) -> Reply:
        """The reply to a call. Raises ClientDisconnect where nobody waits for it any longer."""
        reply = await self.workers.reply(call, partial(gone, request))
        if reply is None:
            raise ClientDisconnect
        return reply
