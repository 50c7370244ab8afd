"""Every address of the service: those of the endpoints, those to look something up, and those of the theories in a store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from toc.web.bodies import Part
from toc.web.endpoints import ALLOW_REWRITE, CHANGES, ENDPOINTS
from toc.web.media_forms import JSON, YAML
from toc.web.query_options import Option

_TAKEN: Final = ("unreadable", "not-acceptable", "too-slow-body", "too-large", "unknown-media-type", "invalid", "busy")
_WRITTEN: Final = ("condition-missing", "changed-meanwhile", "not-stored")
_TEXTS: Final = (YAML, JSON)


class Address(NamedTuple):
    """What can be done at an address.

    Args:
        path: with the parts that change in braces.
        verb: the method of HTTP.
        does: the name of the function in `catalogue_pages`, of the method of `Resources`, or of the endpoint.
        says: what is answered, in a sentence.
        forms: the media types of the answer; none for an answer without a body.
        options: what may be asked in the query.
        takes: what the body is: "theory", "file", "parts", or nothing.
        parts: what stands in a body of parts.
        refusals: why it may be refused, besides what every address has.
        status: of the answer.

    """

    path: str
    verb: str
    does: str
    says: str
    forms: tuple[str, ...] = (JSON,)
    options: tuple[Option, ...] = ()
    takes: str = ""
    parts: tuple[Part, ...] = ()
    refusals: tuple[str, ...] = ()
    status: int = 200


LOOKUPS: Final = (
    Address("/schema", "get", "schema", "The JSON Schema of the file format.", ("application/schema+json",)),
    Address("/rules", "get", "rules", "Every rule, with how grave it is in each profile."),
    Address(
        "/rules/{code}", "get", "rule", "What a rule looks for, and how to fix what it finds.", (JSON, "text/markdown")
    ),
    Address("/examples", "get", "examples", "The names and titles of the examples."),
    Address("/examples/{name}", "get", "example", "An example as its author wrote it, or as JSON.", _TEXTS),
    Address("/forms", "get", "forms", "The forms by which a theory is edited."),
    Address("/openapi.json", "get", "openapi", "This description."),
    Address("/healthz", "get", "healthz", "That the service is there."),
)
RESOURCES: Final = (
    Address(
        "/theories", "get", "listed", "A page of ids and tags, in the order of the ids.",
        options=(
            Option("after", "text", "The id after which the page begins."),
            Option("limit", "whole", "How many, 100 unless it says otherwise and 1,000 at most."),
        ),
    ),
    Address(
        "/theories", "post", "made", "A new theory, and its id.", status=201, takes="theory",
        options=(Option("id", "text", "Its id; without one it is made from the title."),),
        refusals=(*_TAKEN, "id-taken", "not-stored"),
    ),
    Address("/theories/{id}", "get", "read", "The theory as its author wrote it, or as JSON.", _TEXTS),
    Address(
        "/theories/{id}", "put", "put", "The theory in place of the version that is named.", takes="theory",
        options=(ALLOW_REWRITE,), refusals=(*_TAKEN, *_WRITTEN),
    ),
    Address(
        "/theories/{id}", "patch", "patched", "Operations done on the version that is named, all of them or none.",
        takes="parts", parts=CHANGES, refusals=(*_TAKEN, *_WRITTEN),
    ),
    Address("/theories/{id}", "delete", "deleted", "No theory any more.", (), status=204, refusals=_WRITTEN),
    Address("/events", "get", "events", "What changes, as it happens.", ("text/event-stream",), refusals=("not-found",)),
)  # fmt: skip


def endpoints() -> Iterator[Address]:
    """The addresses to which a body is posted."""
    for name, one in ENDPOINTS.items():
        takes = "file" if one.is_file else "parts" if one.parts else "theory"
        yield Address(f"/{name}", "post", name, one.says, one.forms, one.options, takes, one.parts, _TAKEN)


def asked() -> Iterator[Address]:
    """The addresses at which a stored theory is asked."""
    for name, one in ENDPOINTS.items():
        if one.is_of_theory:
            yield Address(f"/theories/{{id}}/{name}", "get", name, one.says, one.forms, one.options, refusals=_TAKEN)
