"""The standards that a theory can be written in and read from: one table, open to other distributions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import ValidationError

from toc.errors import OptionError, TheoryError, one_of
from toc.model import Theory
from toc.model.complaints import problems_of
from toc.plug_ins import leave_out, plugged_in
from toc.standards.exchange import Export, Import, Loss, Losses

T = TypeVar("T", bound=Theory)
Written = tuple[str, Iterable[Loss]]
Read = tuple[dict[str, Any], Iterable[Loss]]
GROUP: Final = "toc.standards"


class Standard(NamedTuple):
    """A form of others for what a theory holds.

    Args:
        name: as in `theory.export("iati")`.
        title: what it is called, with its version.
        suffixes: the endings of its files, the usual one first.
        media_type: what a web server calls it.
        writer: a function from a theory to its text and the losses, or where it stands as "module:function"; "" for a form
            that is only read.
        reader: a function from a text, or the bytes of a file, to a theory as plain data and the losses; "" for a form that
            is only written.
        joiner: a function from a theory and the bytes of a file to the bytes in which the theory stands too, the losses
            and the encoding; "" for a form that has files of a theory alone.

    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    writer: str | Callable[[Theory], Written] = ""
    reader: str | Callable[[str | bytes], Read] = ""
    joiner: str | Callable[[Theory, bytes], tuple[str, Iterable[Loss], str]] = ""


STANDARDS: Final = (
    Standard(
        "iati", "IATI 2.03", (".iati.xml",), "application/xml",
        "toc.standards.iati_out:written", "toc.standards.iati_in:read", "toc.standards.iati_out:joined",
    ),
    Standard("cids", "CIDS 3.2", (".cids.jsonld", ".jsonld"), "application/ld+json", "toc.standards.cids_out:written"),
    Standard(
        "toc-maker", "ToC-Maker", (".tocmaker.json",), "application/json",
        "toc.standards.toc_maker:written", "toc.standards.toc_maker:read",
    ),
    Standard("nodes-and-edges", "Boxes and arrows", (".edges.json", ".edges.csv"), "application/json", reader="toc.standards.nodes_and_edges:read"),
    Standard("kumu", "Kumu", (".kumu.json",), "application/json", "toc.standards.kumu_out:written", "toc.standards.nodes_and_edges:read"),
)  # fmt: skip


@cache
def standards() -> Mapping[str, Standard]:
    """Every standard by its name: ours, then those that other distributions add."""
    found = {one.name: one for one in STANDARDS}
    for plug_in in plugged_in(GROUP):
        one = plug_in.value
        if not isinstance(one, Standard):
            leave_out(plug_in, "it is no toc.Standard")
        elif one.name in found:
            leave_out(plug_in, f"there is a standard {one.name!r} already")
        else:
            found[one.name] = one
    return found


def standard(name: str) -> Standard:
    """The standard of this name. Raises OptionError with the names there are."""
    return standards()[one_of("standard", name, standards())]


def told_by(file: str) -> str | None:
    """The name of the standard that the ending of a file tells."""
    return next((one.name for one in standards().values() if file.lower().endswith(one.suffixes)), None)


def export(theory: Theory, name: str, into: bytes | None = None) -> Export:
    """The theory in a standard, or beside what stands in a file of it."""
    form = standard(name)
    if into is not None:
        if not form.joiner:
            raise OptionError(f"{form.title} has no file to write a theory into: leave `into` out")
        text, lost, encoding = _function(form.joiner)(theory, into)
        return Export(text, Losses(lost, form.title), encoding)
    if not form.writer:
        raise OptionError(f"{form.title} is only read: write one of {', '.join(_with('writer'))}")
    text, lost = _function(form.writer)(theory)
    return Export(text, Losses(lost, form.title))


def imported(text: str | bytes, name: str, into: type[T]) -> Import[T]:
    """The theory that stands in a text of a standard, or in the bytes of a file. Raises TheoryError."""
    form = standard(name)
    if not form.reader:
        raise OptionError(f"{form.title} is only written: read one of {', '.join(_with('reader'))}")
    raw, lost = _function(form.reader)(text)
    try:
        theory = into.model_validate(raw)
    except ValidationError as error:
        raise TheoryError(problems_of(error)) from None
    return Import(theory, Losses(lost, form.title, incoming=True))


def _with(part: str) -> list[str]:
    return [one.name for one in standards().values() if getattr(one, part)]


def _function(named: str | Callable[..., Any]) -> Callable[..., Any]:
    function: Callable[..., Any] = resolve_name(named) if isinstance(named, str) else named
    return function
