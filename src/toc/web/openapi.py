"""The description of the service for other programs: OpenAPI 3.1, from the addresses and the model."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import toc
from toc.editing import OPERATIONS
from toc.front import TheoryOfChange
from toc.web.addresses import LOOKUPS, RESOURCES, Address, asked, endpoints
from toc.web.bodies import Part
from toc.web.media_forms import JSON, PROBLEM, YAML
from toc.web.query_options import Option
from toc.web.replies import SORTS
from toc.web.stores import ID_PATTERN

INTRODUCTION: Final = (
    "Send a theory of change as JSON or YAML; get its findings, its advice, its drawing. "
    "What is wrong with it comes back as a problem document (RFC 9457) with the place of each mistake."
)
_TEXT: Final = {"type": "string"}
_OBJECT: Final = {"type": "object", "additionalProperties": True}
_THEORY: Final = {"$ref": "#/components/schemas/TheoryOfChange"}
_PROBLEM: Final = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_EVERYWHERE: Final = ("not-offered", "not-signed-in", "not-allowed", "too-many-requests")
_CONDITIONS: Final = (
    Option("If-Match", "text", "The ETag of the version that is meant."),
    Option("If-None-Match", "text", "`*` for a theory that is not there yet."),
)
_PARTS: Final[dict[str, dict[str, Any]]] = {
    "theory": {"anyOf": [_THEORY, _TEXT]},
    "text": _TEXT,
    "word": _TEXT,
    "list": {"type": "array", "items": {}},
    "object": _OBJECT,
    "flag": {"type": "boolean"},
    "operations": {**OPERATIONS},
}


def document(root: str = "", *, has_store: bool = False) -> dict[str, Any]:
    """The description of a service that is mounted at `root`."""
    paths: dict[str, dict[str, Any]] = {}
    for one in (*LOOKUPS, *endpoints(), *((*RESOURCES, *asked()) if has_store else ())):
        paths.setdefault(one.path, {})[one.verb] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Theories of change", "version": toc.__version__, "description": INTRODUCTION},
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _described(one: Address) -> dict[str, Any]:
    """What can be done at an address."""
    parts = re.findall("{(.*?)}", one.path)
    conditions = _CONDITIONS if "condition-missing" in one.refusals else ()
    refusals = (*one.refusals, *_EVERYWHERE, *(("not-found", "not-acceptable") if parts else ()))
    content = {form: {"schema": _TEXT if form == YAML or not form.endswith("json") else _OBJECT} for form in one.forms}
    answer = {"description": one.says, **({"content": content} if content else {})}
    return {
        "operationId": "_".join([one.verb, *re.findall("[a-z]+", one.path)]),
        "summary": one.says,
        "parameters": [
            *(_in_path(name) for name in parts),
            *(_asked(option, "query") for option in one.options),
            *(_asked(option, "header") for option in conditions),
        ],
        **({"requestBody": {"required": True, "content": _body(one)}} if one.takes else {}),
        "responses": {str(status): answer for status in {one.status, *((201,) if one.verb == "put" else ())}}
        | _refusals(refusals),
    }


def _in_path(name: str) -> dict[str, Any]:
    schema = {**_TEXT, **({"pattern": ID_PATTERN} if name == "id" else {})}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _asked(one: Option, place: str) -> dict[str, Any]:
    return {"name": one.name, "in": place, "required": one.is_needed, "description": one.says, "schema": one.schema}


def _body(one: Address) -> dict[str, Any]:
    match one.takes:
        case "file":
            return {"application/octet-stream": {"schema": {**_TEXT, "format": "binary"}}}
        case "parts":
            return {form: {"schema": _together(one.parts)} for form in (JSON, YAML)}
        case _:
            return {JSON: {"schema": _THEORY}, YAML: {"schema": _TEXT}}


def _together(parts: tuple[Part, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: {"description": one.says, **_PARTS[one.sort]} for one in parts},
        "required": [one.name for one in parts if one.is_needed],
        "additionalProperties": False,
    }


def _refusals(sorts: tuple[str, ...]) -> dict[str, Any]:
    """The problem documents that may come, by status."""
    found: dict[str, dict[str, None]] = {}
    for sort in sorts:
        status, title = SORTS[sort]
        found.setdefault(str(status), {})[title] = None
    return {status: {"description": "; ".join(titles), "content": _PROBLEM} for status, titles in found.items()}


@cache
def _schemas() -> dict[str, Any]:
    """The theory as it is sent, without the defaults that would make every key a required one; and a problem document."""
    whole = TheoryOfChange.model_json_schema(mode="validation", ref_template="#/components/schemas/{model}")
    sent = {**whole.pop("$defs", {}), "TheoryOfChange": whole}
    number, text = {"type": ["integer", "null"]}, {"type": ["string", "null"]}
    one: dict[str, Any] = {"code": _TEXT, "message": _TEXT, "path": {"type": "array"}, "pointer": _TEXT}
    one |= {"line": number, "column": number, "suggestion": text}
    problem: dict[str, Any] = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    problem["problems"] = {
        "type": "array",
        "items": {"type": "object", "properties": one, "required": ["code", "message", "path"]},
    }
    needed = ["type", "title", "status", "problems"]
    return {
        **_without_defaults(sent, is_named=True),
        "Problem": {"type": "object", "properties": problem, "required": needed},
    }


_NAMED: Final = frozenset({"properties", "patternProperties", "const"})


def _without_defaults(form: Any, *, is_named: bool = False) -> Any:
    """A schema without defaults; in a mapping that `is_named` every key is the name of something."""
    if isinstance(form, list):
        return [_without_defaults(one) for one in form]
    if not isinstance(form, dict):
        return form
    kept = form.items() if is_named else ((key, one) for key, one in form.items() if key != "default")
    return {key: _without_defaults(one, is_named=key in _NAMED and not is_named) for key, one in kept}
