"""What changes in a store, as it happens: server-sent events with ids and tags, and never a text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, Final

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from toc.web.arrivals import RefusedError, gone
from toc.web.replies import encoded
from toc.web.workbench import Workbench

ALIVE: Final = 15
"""How many seconds pass at most without a sign of life, so that nothing between takes the line for dead."""


class EventStream(Response):
    """The changes of a store that who asks may read of, until they go."""

    media_type = "text/event-stream"

    def __init__(self, changes: Any, bench: Workbench) -> None:
        super().__init__(headers={"cache-control": "no-store"})
        del self.headers["content-length"]
        self.changes, self.bench = changes, bench

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what happens."""
        request, one_at_a_time = Request(scope, receive), anyio.Lock()
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})

        async def tell(text: bytes) -> None:
            async with one_at_a_time:
                await send({"type": "http.response.body", "body": text + b"\n\n", "more_body": True})

        async def tell_changes() -> None:
            await tell(b": changes from now on")
            async with aclosing(self.changes) as changes:
                async for text in self._readable(request, changes):
                    await tell(text)

        async def tell_alive() -> None:
            while True:
                await anyio.sleep(ALIVE)
                await tell(b": still here")

        async with anyio.create_task_group() as group:
            group.start_soon(tell_changes)
            group.start_soon(tell_alive)
            await gone(request)
            group.cancel_scope.cancel()

    async def _readable(self, request: Request, changes: Any) -> AsyncIterator[bytes]:
        async for change in changes:
            try:
                await self.bench.allow(request, "read", change.id)
            except RefusedError:
                continue
            yield b"data: " + encoded(change._asdict())
