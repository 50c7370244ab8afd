"""A server's own defence against pages of other sites, and a token for those who may ask."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from toc.web.replies import problem
from toc.web.stores import Denied
from toc.web.workbench import Authorize

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_READING: Final = frozenset({"list", "read", "compute"})


class Guard:
    """Lets through what names this server as its own pages and programs do.

    A page of another site can make a browser send requests here; it can have its own name lead here, too. Neither can
    change what the headers `Host`, `Origin` and `Sec-Fetch-Site` say of it.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        """`hosts` are the names of this server, with their ports; None where another program looks after that."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, or refuse it."""
        refusal = _refusal(Request(scope), self.hosts) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)


def _refusal(request: Request, hosts: Collection[str] | None) -> Response | None:
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    if hosts is not None and host.lower() not in hosts:
        return _problem("wrong-host", f"this server is {' or '.join(sorted(hosts))}")
    if origin is not None and origin.partition("://")[2].lower() != host.lower():
        return _problem("not-allowed", "a page of another site may not ask this server")
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _problem("not-allowed", "a page of another site may not ask this server")
    return None


def _problem(sort: str, detail: str) -> Response:
    reply = problem(sort, detail)
    return Response(reply.body, reply.status, media_type=reply.media)


def names_at(port: int) -> frozenset[str]:
    """What a server on this computer alone may be called."""
    names = {f"[{name}]" if ":" in name else name for name in LOOPBACK}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def permission(token: str | None, *, read_only: bool) -> Authorize:
    """Who may do what: with a token only those who send it, and with `read_only` nobody may change anything."""

    def authorize(request: Request, action: str, _: str | None) -> None:
        sort, _, given = request.headers.get("authorization", "").partition(" ")
        is_known = sort.lower() == "bearer" and secrets.compare_digest(given.strip().encode(), (token or "").encode())
        if token is not None and not is_known:
            raise Denied(401, "send the token in the header Authorization: Bearer …")
        if read_only and action not in _READING:
            raise Denied(403, "this server only reads")

    return authorize
