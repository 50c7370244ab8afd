"""The theories of a store: listed, read, written, changed and asked about, each version under a tag of its own."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from starlette.requests import Request

import toc
from toc.errors import TheoryError
from toc.model.slugs import slug
from toc.web.arrivals import RefusedError, body_of, format_of, refused
from toc.web.conditions import VARY, expected, is_new, stale, tag_header, unchanged
from toc.web.endpoints import ENDPOINTS
from toc.web.events import EventStream
from toc.web.media_forms import JSON, YAML, accepted
from toc.web.query_options import TODAY
from toc.web.replies import Reply, as_json, encoded
from toc.web.stores import Conflict, Missing, Store, Stored, is_id
from toc.web.workbench import Workbench

MOST_LISTED: Final = 1000
MOST_TRIED: Final = 100
"""How many ids are tried for a theory that names none."""
AN_ID: Final = "an id is small letters, digits and single hyphens, at most 100 of them, and begins with a letter"


class Resources:
    """What can be asked of the theories in a store."""

    def __init__(self, store: Store, bench: Workbench) -> None:
        self.store, self.bench = store, bench

    async def listed(self, request: Request) -> Reply:
        """A page of ids and tags."""
        await self.bench.allow(request, "list")
        given = request.query_params.get("limit", "100")
        if not given.isdecimal() or not 1 <= int(given[:9]) <= MOST_LISTED:
            raise refused("not-offered", f"`limit` is a whole number from 1 to {MOST_LISTED:,}")
        page = await self.store.list(request.query_params.get("after"), int(given))
        return as_json({"theories": [entry._asdict() for entry in page.entries], "after": page.after})

    async def made(self, request: Request) -> Reply:
        """A new theory, under the id that is asked for, or else one made from its title."""
        asked = request.query_params.get("id")
        if asked is not None and not is_id(asked):
            raise refused("not-offered", AN_ID)
        await self.bench.allow(request, "create", asked)
        text, title = await self._kept(request)
        wanted = asked or slug(title, kind="theory")
        for number in range(1, 2 if asked else MOST_TRIED):
            id = wanted if number == 1 else f"{wanted}-{number}"
            try:
                stored = await self._write(id, text, None)
            except Conflict:
                continue
            place = f"{request.scope.get('root_path', '')}/theories/{id}"
            return as_json({"id": id, "etag": stored.etag}, 201, (("location", place), tag_header(stored.etag)))
        raise refused("id-taken", f"there is a theory {wanted!r} already: choose another id")

    async def read(self, request: Request) -> Reply:
        """The text of a theory as its author wrote it, or as JSON."""
        stored = await self._stored(request)
        form = accepted(request.headers.get("accept", ""), (YAML, "text/yaml", JSON))
        tag = f"{stored.etag}.json" if form == JSON else stored.etag
        if reply := unchanged(request, tag):
            return reply
        if form != JSON:
            return Reply(200, form, stored.text.encode(), (tag_header(tag), VARY))
        call = self.bench.call("convert", stored.text.encode(), "yaml", (("to", "json"),))
        return _tagged(await self.bench.worked(request, call), tag)

    async def put(self, request: Request) -> Reply:
        """A theory in place of the version that is named, or where there was none."""
        id = _id(request)
        await self.bench.allow(request, "create" if is_new(request) else "write", id)
        expect = await expected(request, self.store, id)
        text, _ = await self._kept(request, id)
        stored = await self._write_over(id, text, expect)
        return as_json({"id": id, "etag": stored.etag}, 201 if expect is None else 200, (tag_header(stored.etag),))

    async def deleted(self, request: Request) -> Reply:
        """No theory in place of the version that is named."""
        id = _id(request)
        await self.bench.allow(request, "delete", id)
        expect = await expected(request, self.store, id)
        try:
            await self.store.delete(id, expect=expect or "")
        except Conflict as error:
            raise stale(error) from None
        return Reply(204, "", b"")

    async def patched(self, request: Request) -> Reply:
        """Operations done on the version that is named, all of them or none."""
        id = _id(request)
        await self.bench.allow(request, "write", id)
        expect = await expected(request, self.store, id)
        body, format = await body_of(request, self.bench.limits), format_of(request)
        stored = await self.store.read(id)
        if stored.etag != expect:
            raise stale(Conflict(stored))
        call = self.bench.call("change-stored", body, format, tuple(request.query_params.multi_items()))
        reply = await self.bench.worked(request, call._replace(stored=stored.text))
        if reply.status != 200:
            return reply
        written = await self._write_over(id, json.loads(reply.body)["text"], expect)
        return _tagged(reply, written.etag)

    async def asked(self, request: Request, endpoint: str) -> Reply:
        """What an endpoint answers of a stored theory; its tag is known before anything is worked out."""
        stored = await self._stored(request)
        query, accept = tuple(request.query_params.multi_items()), request.headers.get("accept", "")
        call = self.bench.call(endpoint, stored.text.encode(), "yaml", query, accept)
        day = call.today.isoformat() if TODAY in ENDPOINTS[endpoint].options else ""
        of = (toc.__version__, stored.etag, endpoint, *map(repr, sorted(query)), accept, day)
        tag = hashlib.sha256(encoded(of)).hexdigest()
        return unchanged(request, tag) or _tagged(await self.bench.worked(request, call), tag)

    async def events(self, request: Request) -> EventStream:
        """What changes from now on, as it happens."""
        await self.bench.allow(request, "list")
        if not hasattr(self.store, "changes"):
            raise refused("not-found", "this store does not tell what changes in it")
        return EventStream(self.store.changes(), self.bench)

    async def _stored(self, request: Request) -> Stored:
        id = _id(request)
        await self.bench.allow(request, "read", id)
        return await self.store.read(id)

    async def _write_over(self, id: str, text: str, expect: str | None) -> Stored:
        try:
            return await self._write(id, text, expect)
        except Conflict as error:
            raise stale(error) from None

    async def _write(self, id: str, text: str, expect: str | None) -> Stored:
        """Write to the store, whose disk may be full. Raises Conflict and RefusedError."""
        try:
            return await self.store.write(id, text, expect=expect)
        except TheoryError as error:
            raise refused("not-stored", error.problems[0].message) from None

    async def _kept(self, request: Request, id: str | None = None) -> tuple[str, str]:
        """The text that a body gives a theory, and its title. Raises RefusedError where it is none."""
        body, format = await body_of(request, self.bench.limits), format_of(request)
        old = await self._text_of(id) if format == "json" and id is not None else ""
        query = tuple(pair for pair in request.query_params.multi_items() if pair[0] != "id")
        reply = await self.bench.worked(request, self.bench.call("keep", body, format, query)._replace(stored=old))
        if reply.status != 200:
            raise RefusedError(reply)
        answer = json.loads(reply.body)
        return answer["text"], answer["title"]

    async def _text_of(self, id: str) -> str:
        try:
            return (await self.store.read(id)).text
        except Missing:
            return ""


def _id(request: Request) -> str:
    """The id in an address. Raises RefusedError for what can be none."""
    id: str = request.path_params["id"]
    if not is_id(id):
        raise refused("not-found", AN_ID)
    return id


def _tagged(reply: Reply, tag: str) -> Reply:
    """A reply with the tag of what it holds; what went wrong has none."""
    return reply._replace(headers=(*reply.headers, tag_header(tag), VARY)) if reply.status == 200 else reply
