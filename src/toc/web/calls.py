"""One call to an endpoint, from bytes to bytes: what a thread or a process does, and nothing of the network."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from toc.errors import TocError, heard
from toc.limits import Limits
from toc.web.bodies import PartError, parts_in, theory_in
from toc.web.endpoints import ENDPOINTS, INTERNAL, Endpoint
from toc.web.makers import Asked
from toc.web.media_forms import NotAcceptableError
from toc.web.query_options import TODAY, asked_of
from toc.web.replies import Reply, told


class Call(NamedTuple):
    """What is asked of an endpoint, so that it can be sent to another process.

    `format` is "yaml" or "json", or "" for the body of a file of any kind; `stored` is the text in a store that it is about.
    """

    endpoint: str
    body: bytes
    format: str
    query: tuple[tuple[str, str], ...]
    accept: str
    today: date
    limits: Limits
    stored: str = ""


def reply_to(call: Call) -> Reply:
    """Answer a call; whatever is wrong with it is a reply as well."""
    endpoint = ENDPOINTS.get(call.endpoint) or INTERNAL[call.endpoint]
    with heard() as warnings:
        try:
            options = asked_of(endpoint.options, call.query)
            if TODAY in endpoint.options:
                options.setdefault("today", call.today)
            given = _given(call, endpoint)
            reply = endpoint.makes(Asked(endpoint, options, given, call))
        except PartError as error:
            return told(error.error, (error.name,))
        except (TocError, NotAcceptableError) as error:
            return told(error)
    headers = (("toc-today", options["today"].isoformat()),) if "today" in options else ()
    notes = tuple(("toc-note", _in_header(one)) for one in warnings)
    return reply._replace(headers=(*reply.headers, *headers, *notes))


def _given(call: Call, endpoint: Endpoint) -> dict[str, Any]:
    """What stands in the body, by name."""
    if endpoint.is_file:
        return {"data": call.body}
    if endpoint.parts:
        return parts_in(call.body, call.format, endpoint.parts, call.limits)
    return {"theory": theory_in(call.body, call.format, call.limits)}


def _in_header(text: str) -> str:
    """A text as it may stand in a header: what is not ASCII as its percent-encoded UTF-8."""
    from urllib.parse import quote

    return quote(" ".join(text.split()), safe=" !#$&'()*+,/:;=?@[]`{|}~\"")[:1000]
