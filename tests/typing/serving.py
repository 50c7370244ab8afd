"""A service and a store, as somebody writes them who mounts the one and keeps theories in the other."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from starlette.requests import Request

import toc
from toc.editing import etag
from toc.web import Conflict, Denied, DirectoryStore, Missing, Page, Store, Stored, app
from toc.web.testing import store_contract


class Memory:
    async def list(self, after: str | None, limit: int) -> Page:
        raise NotImplementedError

    async def read(self, id: str) -> Stored:
        raise Missing(id)

    async def write(self, id: str, text: str, *, expect: str | None) -> Stored:
        if expect is not None:
            raise Conflict(None)
        return Stored(id, text, etag(text))

    async def delete(self, id: str, *, expect: str) -> None:
        raise NotImplementedError


async def authorize(request: Request, action: str, id: str | None) -> None:
    if request.headers.get("x-user") is None:
        raise Denied(401)


def refuse(request: Request, action: str, id: str | None) -> None:
    raise Denied


def mounted(folder: Path) -> list[Store]:
    app(Memory(), authorize=authorize, limits=toc.Limits.service(), processes=2)
    app(DirectoryStore(str(folder)), authorize=refuse, cors=["https://tool.example"])
    return [Memory(), DirectoryStore(folder)]


assert_type(etag("toc: 1"), str)
TestMemory = store_contract(lambda _: Memory())
