"""The service: one application of Starlette that other tools mount, made from the table of endpoints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any, Final
from urllib.parse import unquote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import toc
from toc.errors import OptionError, TheoryError, as_given, whole_number
from toc.limits import Limits
from toc.log import tell
from toc.web import catalogue_pages
from toc.web.addresses import LOOKUPS, RESOURCES, asked, endpoints
from toc.web.arrivals import RefusedError, body_of, format_of
from toc.web.endpoints import ENDPOINTS, Endpoint
from toc.web.media_forms import NotAcceptableError
from toc.web.openapi import document
from toc.web.replies import Reply, as_json, problem, told
from toc.web.resources import Resources
from toc.web.stores import Missing, Store
from toc.web.workbench import Authorize, Workbench
from toc.web.workers import Workers

Handler = Callable[[Request], Awaitable[Reply | Response]]
_HEADERS: Final = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
_BY_STATUS: Final = {404: "not-found", 405: "wrong-method"}


def app(  # noqa: PLR0913  # each is one thing for a host to say
    store: Store | None = None,
    *,
    authorize: Authorize | None = None,
    open: bool = False,  # noqa: A002  # as hosts say it
    limits: Limits | None = None,
    concurrent: int | None = None,
    waiting: int = 100,
    processes: int = 0,
    cors: Sequence[str] = (),
) -> Starlette:
    """A web service for all that the library answers, to be served by itself or mounted into another application.

    Args:
        store: where theories are kept; without one nothing is.
        authorize: `authorize(request, action, id)`, a function or coroutine that raises `Denied` where who asks may not:
            the actions are "list", "read", "create", "write", "delete" and "compute".
        open: True lets everybody do everything with the store.
        limits: how much a theory may take; `Limits.service()` unless it says otherwise.
        concurrent: how many calls are worked on at once in threads; as many as there are cores unless it says otherwise.
        waiting: how many more may wait; any beyond is answered with 503 at once.
        processes: how many processes to work in, in place of threads. The program that serves has to guard its
            `__main__` then, as for `multiprocessing`.
        cors: the origins of other sites whose pages may ask.

    Raises:
        OptionError: a store without `authorize` and not `open`, or an argument of the wrong type.

    >>> from toc.web import app
    >>> {"/check", "/draw"} <= {route.path for route in app().routes}
    True

    """
    if store is not None and authorize is None and open is not True:
        raise OptionError("say who may do what in the store: authorize=a function, or open=True for everybody")
    limits = Limits.service() if limits is None else limits
    if not isinstance(limits, Limits):
        raise OptionError(f"limits={as_given(limits)}: give toc.Limits(), or toc.Limits.service()")
    at_once = None if concurrent is None else whole_number("concurrent", concurrent, 1)
    counts = whole_number("waiting", waiting, 1), whole_number("processes", processes)
    bench = Workbench(Workers(at_once, *counts, limits.seconds), limits, authorize)
    made = Starlette(
        routes=_routes(store, bench),
        middleware=[Middleware(_Frame), *_cross_origin(cors)],
        exception_handlers={HTTPException: _refused_by_starlette, Exception: _fault},
    )
    made.router.redirect_slashes = False
    return made


def _routes(store: Store | None, bench: Workbench) -> list[Route]:
    """Every address with what answers there, by method."""
    table: dict[str, dict[str, Handler]] = {}
    pages: dict[str, Handler] = {"healthz": _healthz, "openapi": partial(_described, has_store=store is not None)}
    for one in LOOKUPS:
        page = pages.get(one.does) or partial(to_thread.run_sync, getattr(catalogue_pages, one.does))
        table.setdefault(one.path, {})[one.verb] = page
    for one in endpoints():
        table.setdefault(one.path, {})[one.verb] = partial(_computed, ENDPOINTS[one.does], bench)
    if store is not None:
        kept = Resources(store, bench)
        for one in RESOURCES:
            table.setdefault(one.path, {})[one.verb] = getattr(kept, one.does)
        for one in asked():
            table.setdefault(one.path, {})[one.verb] = partial(kept.asked, endpoint=one.does)
    verbs = {path: [verb.upper() for verb in by_verb] for path, by_verb in table.items()}
    return [Route(path, partial(_answer, by_verb), methods=verbs[path]) for path, by_verb in table.items()]


async def _answer(by_verb: dict[str, Handler], request: Request) -> Response:
    """What answers at an address, or why nothing does."""
    handler = by_verb["get" if request.method == "HEAD" else request.method.lower()]
    try:
        reply = await handler(request)
    except RefusedError as error:
        reply = error.reply
    except Missing:
        reply = problem("not-found", "there is no theory with this id")
    except (TheoryError, NotAcceptableError) as error:  # a file of the store cannot be read, or there is no such form
        reply = told(error)
    except ClientDisconnect:
        reply = Reply(499, "", b"")  # which nobody will see
    return reply if isinstance(reply, Response) else _response(reply)


def _response(reply: Reply) -> Response:
    response = Response(reply.body, reply.status, media_type=reply.media or None)
    for name, value in reply.headers:
        response.headers.append(name, value)
    return response


async def _computed(endpoint: Endpoint, bench: Workbench, request: Request) -> Reply:
    """What an endpoint answers to a body."""
    await bench.allow(request, "compute")
    format = "" if endpoint.is_file else format_of(request)
    body = await body_of(request, bench.limits)
    query, accept = tuple(request.query_params.multi_items()), request.headers.get("accept", "")
    return await bench.worked(request, bench.call(endpoint.name, body, format, query, accept))


async def _healthz(_: Request) -> Reply:
    """That the service is there, however busy its workers are."""
    return as_json({"ok": True, "version": toc.__version__})


async def _described(request: Request, *, has_store: bool) -> Reply:
    """The description of this service."""
    root = request.scope.get("root_path", "")
    return as_json(await to_thread.run_sync(partial(document, root, has_store=has_store)))


def _cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """What lets the pages of other sites ask."""
    if not origins:
        return []
    crossing = Middleware(
        CORSMiddleware,
        allow_origins=[*origins],
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["content-type", "if-match", "if-none-match", "authorization"],
        expose_headers=["etag", "location", "retry-after", "toc-today", "toc-note"],
    )
    return [crossing]


async def _refused_by_starlette(_: Request, error: Exception) -> Response:
    """An address or a method that there is not."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    reply = _response(problem(_BY_STATUS.get(status, "not-found")))
    reply.headers.update(getattr(error, "headers", None) or {})
    return reply


async def _fault(_: Request, __: Exception) -> Response:
    """That something is wrong here; what it was is for the log of the host, not for strangers."""
    return _response(problem("fault"))


class _Frame:
    """Around everything: addresses may end in a slash, every answer has the headers of a service, and the log is told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and tell its id, its status and its time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked: dict[str, Any] = {"status": 0}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked["status"] = message["status"]
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        path, began = scope["path"].rstrip("/"), perf_counter()
        await self.app({**scope, "path": path or "/", "root_path": _root(scope)}, receive, sent)
        tell("%s %s: %d in %.1f ms", scope["method"], path, asked["status"], 1000 * (perf_counter() - began))


def _root(scope: Scope) -> str:
    """Where the service is mounted, as its host says; one that only cuts the address short says it by what it cut off."""
    if root := scope.get("root_path", ""):
        return str(root)
    path, whole = scope["path"].rstrip("/"), unquote(scope.get("raw_path", b"").decode("latin-1")).rstrip("/")
    return whole.removesuffix(path) if whole.endswith(path) else ""
