"""Text and operations in, text and picture out; an outline in, a theory out. Each is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toc.editing.changing import changed, etag
    from toc.editing.forms import forms_of
    from toc.editing.outline import FromOutline, from_outline

    FORMS: Mapping[str, Any]
    NOT_IN_FORMS: Mapping[str, str]
    OPERATIONS: Mapping[str, Any]

__all__ = ["FORMS", "NOT_IN_FORMS", "OPERATIONS", "FromOutline", "changed", "etag", "forms_of", "from_outline"]

_HOMES: Final = {
    "changing": ("changed", "etag"),
    "forms": ("forms_of",),
    "outline": ("FromOutline", "from_outline"),
}


if not TYPE_CHECKING:  # a type checker shall see a misspelt name

    def __getattr__(name: str) -> Any:
        """A function, or data that is read when it is first asked for."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"toc.editing.{home}"), name)
        if name == "OPERATIONS":
            return import_module("toc.editing.operation_shapes").schema()
        if name in {"FORMS", "NOT_IN_FORMS"}:
            forms = import_module("toc.editing.forms")
            return forms.forms() if name == "FORMS" else forms.not_in_forms()
        message = f"module 'toc.editing' has no attribute {name!r}"
        raise AttributeError(message)
