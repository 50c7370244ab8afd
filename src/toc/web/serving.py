"""A server of its own, for this computer or behind a proxy."""

from __future__ import annotations

import os
import socket
from typing import Final, NamedTuple

from toc.errors import OptionError, missing_extra
from toc.web.directory_store import DirectoryStore
from toc.web.guard import LOOPBACK, Guard, names_at, permission
from toc.web.service import app

MOST_CONNECTED: Final = 1000


class Serving(NamedTuple):
    """How to serve: at which address, who may ask, and in how many processes."""

    folder: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 0
    read_only: bool = False
    token: str | None = None
    behind_proxy: bool = False


def listening(wish: Serving) -> socket.socket:
    """The socket of a server. Raises OptionError where the address is taken, or open to others and unprotected."""
    if wish.host not in LOOPBACK and wish.token is None and not wish.behind_proxy:
        raise OptionError(
            f"others could reach {wish.host}: name a file with a token (--token-file), or say --behind-proxy where a proxy "
            "asks people who they are"
        )
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    try:
        return socket.create_server((wish.host, wish.port), family=family, backlog=2048)
    except OSError as error:
        raise OptionError(f"cannot serve at {wish.host}:{wish.port}: {os.strerror(error.errno or 0)}") from None


def serve(wish: Serving, at: socket.socket) -> None:
    """Serve until somebody ends it.

    Raises:
        MissingExtraError: uvicorn is not installed.
        OptionError: there is no such folder.
    """
    try:
        import uvicorn
    except ImportError:
        raise missing_extra("web", "a server") from None
    store = None if wish.folder is None else DirectoryStore(wish.folder)
    service = app(store, authorize=permission(wish.token, read_only=wish.read_only), processes=wish.processes)
    is_here_alone = wish.host in LOOPBACK and not wish.behind_proxy
    guarded = Guard(service, names_at(at.getsockname()[1]) if is_here_alone else None)
    settings = uvicorn.Config(
        guarded,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        proxy_headers=wish.behind_proxy,
        limit_concurrency=MOST_CONNECTED,
    )
    uvicorn.Server(settings).run(sockets=[at])
