"""The forms that an answer may have on the wire, and which of them somebody accepts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

JSON: Final = "application/json"
YAML: Final = "application/yaml"
PROBLEM: Final = "application/problem+json"

# What an answer is asked for each form; the first is given where nobody says.
METHODS: Final[Mapping[str, str]] = {
    JSON: "to_dict",
    "text/html": "to_html",
    "text/markdown": "to_markdown",
    "text/csv": "to_csv",
    "text/plain": "to_text",
    "application/pdf": "to_pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "to_docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "to_xlsx",
    "image/svg+xml": "to_svg",
}
READ_AS: Final[Mapping[str, str]] = {
    JSON: "json", YAML: "yaml", "application/x-yaml": "yaml", "text/yaml": "yaml", "text/x-yaml": "yaml",
}  # fmt: skip


class NotAcceptableError(Exception):
    """There is no form that somebody accepts; `offered` are those there are."""

    def __init__(self, offered: Iterable[str]) -> None:
        self.offered = tuple(offered)
        super().__init__(f"this can be answered as {', '.join(self.offered)}")


def forms_of(made: Any) -> list[str]:
    """The forms that a value can have."""
    return [form for form, method in METHODS.items() if hasattr(made, method)]


def accepted(accept: str, offered: Collection[str]) -> str:
    """The form that is liked best, the first of those liked alike. Raises NotAcceptableError."""
    wishes = dict(map(_wish, accept.split(","))) if accept.strip() else {"*/*": 1.0}
    liked = {form: _liking(form, wishes) for form in offered}
    best = max(liked, key=lambda form: liked[form])
    if not liked[best]:
        raise NotAcceptableError(offered)
    return best


def _wish(text: str) -> tuple[str, float]:
    """A media range and how much it is liked, from 0 to 1."""
    range_, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return range_, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return range_, 0.0
    return range_, 1.0


def _liking(form: str, wishes: Mapping[str, float]) -> float:
    """How much a form is liked: what names it most closely decides."""
    for range_ in (form, f"{form.partition('/')[0]}/*", "*/*"):
        if range_ in wishes:
            return wishes[range_]
    return 0.0


def read_as(content_type: str) -> str | None:
    """The format in which a body is to be read; None for one that is not understood."""
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")]
    if any(charset not in {"utf-8", "us-ascii"} for charset in charsets):
        return None
    return "json" if media.endswith("+json") else READ_AS.get(media)
