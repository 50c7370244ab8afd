"""What goes back: a reply in bytes, and what went wrong as a problem document (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from toc.errors import DrawingError, MissingExtraError, OptionError, TheoryError
from toc.problems import Problem, Step
from toc.web.media_forms import JSON, PROBLEM, NotAcceptableError

URN: Final = "urn:theory-of-change:"
# The name of each sort of problem, its status and what it is called.
SORTS: Final[Mapping[str, tuple[int, str]]] = MappingProxyType(
    {
        "unreadable": (400, "The body cannot be read"),
        "not-offered": (400, "This is not offered"),
        "not-signed-in": (401, "Say who you are"),
        "not-allowed": (403, "This is not allowed"),
        "not-found": (404, "There is nothing here"),
        "wrong-method": (405, "This cannot be done here"),
        "not-acceptable": (406, "There is no such form"),
        "too-slow-body": (408, "The body took too long to arrive"),
        "id-taken": (409, "The id is taken"),
        "changed-meanwhile": (412, "The theory was changed meanwhile"),
        "too-large": (413, "This is too large"),
        "unknown-media-type": (415, "The body is of no type that is understood"),
        "wrong-host": (421, "This server does not go by that name"),
        "invalid": (422, "The theory is not valid"),
        "not-done": (422, "The operations cannot be done"),
        "not-drawn": (422, "This cannot be drawn"),
        "condition-missing": (428, "Say which version you have changed"),
        "too-many-requests": (429, "Too many requests"),
        "fault": (500, "Something went wrong here"),
        "busy": (503, "Too much is asked at once"),
        "too-long": (503, "This takes too long"),
        "not-stored": (507, "The theory could not be stored"),
    }
)


class Reply(NamedTuple):
    """A status, a media type, the bytes of the body, and headers of its own."""

    status: int
    media: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def as_json(value: Any, status: int = 200, headers: Sequence[tuple[str, str]] = ()) -> Reply:
    """A value as JSON."""
    return Reply(status, JSON, encoded(value), tuple(headers))


def encoded(value: Any) -> bytes:
    """A value as JSON text in UTF-8; half a character, which an address may hold, is shown as its number."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def problem(
    sort: str,
    detail: str = "",
    problems: Iterable[Mapping[str, Any]] = (),
    headers: Sequence[tuple[str, str]] = (),
    **more: Any,
) -> Reply:
    """What went wrong, for programs and for people."""
    status, title = SORTS[sort]
    document: dict[str, Any] = {"type": f"{URN}{sort}", "title": title, "status": status}
    document |= {"detail": detail} if detail else {}
    document |= {"problems": [*problems], **more}
    return Reply(status, PROBLEM, encoded(document), tuple(headers))


def told(error: Exception, part: tuple[Step, ...] = ()) -> Reply:
    """A problem document for what the library raises; `part` leads to the theory in the body."""
    match error:
        case TheoryError():
            codes = {one.code for one in error.problems}
            sort = "too-large" if "TOC004" in codes else "unreadable" if error.unreadable else "invalid"
            return problem(sort, _first(error), (_placed(one, part) for one in error.problems))
        case NotAcceptableError() | MissingExtraError():
            return problem("not-acceptable", str(error))
        case OptionError():
            return problem("not-offered", str(error))
        case DrawingError():
            return problem("not-drawn", str(error))
        case _:
            raise error


def _first(error: TheoryError) -> str:
    """The first problem, and how many more there are."""
    first, *others = error.problems or [Problem("TOC003", "nothing can be read")]
    return f"{first.text()}, and {len(others):,} more" if others else first.text()


def _placed(one: Problem, part: tuple[Step, ...]) -> dict[str, Any]:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in (*part, *one.path))
    return {**one.to_dict(), "pointer": "".join(f"/{step}" for step in steps)}
